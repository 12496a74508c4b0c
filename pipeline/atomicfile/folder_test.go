package atomicfile

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestWriteFolder(t *testing.T) {
	above := t.TempDir()
	path := filepath.Join(above, "r1")
	// What a later file says may depend on what an earlier one was made of.
	made := ""
	files := []File{
		{"report.pdf", func(to io.Writer) error {
			made = strings.Repeat("pdf", bufferSize)
			_, err := io.WriteString(to, made)
			return err
		}},
		{"manifest.json", func(to io.Writer) error { _, err := fmt.Fprint(to, len(made)); return err }},
	}
	if err := WriteFolder(path, files, 0o644); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"report.pdf": made, "manifest.json": "196608"} {
		if got := content(t, filepath.Join(path, name)); got != want {
			t.Errorf("%s holds %q", name, got)
		}
	}
	if len(names(t, path)) != 2 || len(names(t, above)) != 1 {
		t.Errorf("%q in %q", names(t, path), names(t, above))
	}
}

func TestWriteFolderRefusesWhatExists(t *testing.T) {
	above := t.TempDir()
	empty := filepath.Join(above, "empty")
	if err := os.Mkdir(empty, 0o755); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(above, "file")
	if err := Write(file, []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(above, "link")
	if err := os.Symlink("nowhere", link); err != nil {
		t.Logf("no links here: %v", err)
		link = empty
	}
	before := names(t, above)
	for _, path := range []string{empty, empty + string(filepath.Separator), file, link} {
		if err := WriteFolder(path, []File{{"a", Bytes(nil)}}, 0o644); !errors.Is(err, fs.ErrExist) {
			t.Errorf("%s: %v", path, err)
		}
	}
	if after := names(t, above); !slices.Equal(before, after) || len(names(t, empty)) != 0 {
		t.Errorf("%q became %q", before, after)
	}
}

func TestWriteFolderWithABadNameLeavesNothing(t *testing.T) {
	for _, name := range []string{"", ".", "..", "../out", "sub/file", strings.Repeat("x", 300)} {
		above := t.TempDir()
		err := WriteFolder(filepath.Join(above, "r1"), []File{{"a", Bytes(nil)}, {name, Bytes(nil)}}, 0o644)
		if err == nil {
			t.Errorf("%q was written", name)
		}
		if got := names(t, above); len(got) != 0 {
			t.Errorf("%q left %q", name, got)
		}
	}
}

func TestContentThatFailsLeavesWhatWasThere(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "figures.json")
	if err := Write(path, []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	half := func(to io.Writer) error {
		_, err := to.Write(make([]byte, 3*bufferSize/2))
		return errors.Join(err, broken)
	}
	for _, err := range []error{
		WriteMade(path, half, 0o644),
		WriteFolder(filepath.Join(folder, "r1"), []File{{"a", Bytes(nil)}, {"b", half}}, 0o644),
	} {
		if !errors.Is(err, broken) {
			t.Errorf("got %v", err)
		}
	}
	if got := names(t, folder); !slices.Equal(got, []string{"figures.json"}) || content(t, path) != "old" {
		t.Errorf("the folder holds %q", got)
	}
}

func TestMakeFolder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "2025-06", "revisions")
	for range 2 {
		if err := MakeFolder(path); err != nil {
			t.Fatal(err)
		}
	}
	if info, err := os.Stat(path); err != nil || !info.IsDir() {
		t.Errorf("%v, %v", info, err)
	}
}

func TestRemoveLeftoversTakesOnlyItsOwn(t *testing.T) {
	folder := t.TempDir()
	foreign := []string{
		"report.pdf", "report.tmp", ".report.pdf.tmp", ".0123456789abcdef.tmp", "x.0123456789abcdef.tmp",
		".report.pdf.0123456789ABCDEF.tmp", ".report.pdf.0123456789abcde.tmp", ".report.pdf.0123456789abcdef.tmp.bak", "~$report.xlsx",
	}
	for _, name := range foreign {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	own := []string{tempName("report.pdf"), tempName("bản " + strings.Repeat("ế", 100)), tempName("r1")}
	for _, name := range own[:2] {
		if err := writeSynced(filepath.Join(folder, name), Bytes([]byte("half")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(folder, own[2]), folderPerm); err != nil {
		t.Fatal(err)
	}
	if err := writeSynced(filepath.Join(folder, own[2], "report.pdf"), Bytes([]byte("half")), 0o644); err != nil {
		t.Fatal(err)
	}
	removed, err := RemoveLeftovers(folder)
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(removed)
	slices.Sort(own)
	slices.Sort(foreign)
	if !slices.Equal(removed, own) {
		t.Errorf("removed %q, want %q", removed, own)
	}
	if got := names(t, folder); !slices.Equal(got, foreign) {
		t.Errorf("left %q, want %q", got, foreign)
	}
	if removed, err := RemoveLeftovers(filepath.Join(folder, "missing")); err != nil || removed != nil {
		t.Errorf("a missing folder: %q, %v", removed, err)
	}
}

func TestRetryStopsInTime(t *testing.T) {
	held := errors.New("held")
	broken := errors.New("broken")
	busy := func(err error) bool { return errors.Is(err, held) }
	for name, c := range map[string]struct {
		answers  []error
		want     error
		attempts int
	}{
		"at once":         {[]error{nil}, nil, 1},
		"freed in time":   {[]error{held, held, nil}, nil, 3},
		"another failure": {[]error{held, broken}, broken, 2},
		"never freed":     {slices.Repeat([]error{held}, 100), held, len(pauses) + 1},
	} {
		attempts, waited := 0, time.Duration(0)
		err := retryWith(func() error { attempts++; return c.answers[attempts-1] }, busy, func(d time.Duration) { waited += d })
		if !errors.Is(err, c.want) || attempts != c.attempts {
			t.Errorf("%s: %v after %d attempts", name, err, attempts)
		}
		if waited > 2*time.Second {
			t.Errorf("%s: waited %s", name, waited)
		}
	}
}
