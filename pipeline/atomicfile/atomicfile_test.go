package atomicfile

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
)

// names lists a folder, hidden names too: what a failed write must not have left.
func names(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, entry := range entries {
		list = append(list, entry.Name())
	}
	return list
}

func content(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestWriteReplacesTheWholeContent(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "báo cáo.pdf")
	for _, data := range []string{"a long first content", "short", ""} {
		if err := Write(path, []byte(data), 0o640); err != nil {
			t.Fatal(err)
		}
		if got := content(t, path); got != data {
			t.Errorf("got %q, want %q", got, data)
		}
	}
	if got := names(t, folder); !slices.Equal(got, []string{"báo cáo.pdf"}) {
		t.Errorf("the folder holds %q", got)
	}
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm()&0o137 != 0 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

func TestWriteInTheWorkingFolder(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := Write("plain.txt", []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := WriteFolder("r1", []File{{"plain.txt", Bytes([]byte("y"))}}, 0o644); err != nil {
		t.Fatal(err)
	}
	if got := content(t, "plain.txt") + content(t, filepath.Join("r1", "plain.txt")); got != "xy" {
		t.Errorf("got %q", got)
	}
}

func TestFailingRenameLeavesTheOldFile(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "report.pdf")
	if err := Write(path, []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	refused := errors.New("refused")
	err := write(path, Bytes([]byte("new")), 0o644, func(temp, _ string) error {
		if got := content(t, temp); got != "new" {
			t.Errorf("placed before it was written: %q", got)
		}
		return &os.LinkError{Op: "rename", Old: temp, New: path, Err: refused}
	})
	if !errors.Is(err, refused) || !strings.Contains(err.Error(), path) || strings.Contains(err.Error(), ".tmp") {
		t.Errorf("got %v", err)
	}
	if got := content(t, path); got != "old" {
		t.Errorf("got %q", got)
	}
	if got := names(t, folder); !slices.Equal(got, []string{"report.pdf"}) {
		t.Errorf("the folder holds %q", got)
	}
}

func TestWriteOverAFolderFails(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "taken")
	if err := os.MkdirAll(filepath.Join(path, "inside"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{Write(path, []byte("x"), 0o644), WriteNew(path, []byte("x"), 0o644)} {
		if err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("got %v", err)
		}
	}
	if got := names(t, folder); !slices.Equal(got, []string{"taken"}) {
		t.Errorf("the folder holds %q", got)
	}
}

func TestErrorsNameThePath(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "file")
	if err := Write(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for name, path := range map[string]string{
		"in a missing folder": filepath.Join(folder, "missing", "report.pdf"),
		"below a file":        filepath.Join(file, "report.pdf"),
	} {
		for _, err := range []error{Write(path, nil, 0o644), WriteNew(path, nil, 0o644), WriteFolder(path, nil, 0o644)} {
			if err == nil || !strings.Contains(err.Error(), path) || strings.Contains(err.Error(), ".tmp") {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	if err := MakeFolder(filepath.Join(file, "sub")); err == nil || !strings.Contains(err.Error(), file) {
		t.Errorf("folder below a file: %v", err)
	}
}

func TestUnwritableFolder(t *testing.T) {
	if runtime.GOOS == "windows" || os.Geteuid() == 0 {
		t.Skip("the rights of a folder do not bind this user")
	}
	folder := t.TempDir()
	if err := os.Chmod(folder, 0o555); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, "report.pdf")
	if err := Write(path, nil, 0o644); !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), path) {
		t.Errorf("got %v", err)
	}
}

func TestWriteNewKeepsWhatIsThere(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "kept")
	if err := WriteNew(path, []byte("first"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := WriteNew(path, []byte("second"), 0o644); !errors.Is(err, fs.ErrExist) {
		t.Errorf("got %v", err)
	}
	if got := content(t, path); got != "first" {
		t.Errorf("got %q", got)
	}
	if got := names(t, folder); !slices.Equal(got, []string{"kept"}) {
		t.Errorf("the folder holds %q", got)
	}
}

func TestWriteNewHasOneWinner(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kept")
	var wg sync.WaitGroup
	won := make(chan string, 20)
	for i := range 20 {
		wg.Go(func() {
			data := strings.Repeat(string(rune('a'+i)), 1000)
			switch err := WriteNew(path, []byte(data), 0o644); {
			case err == nil:
				won <- data
			case !errors.Is(err, fs.ErrExist):
				t.Error(err)
			}
		})
	}
	wg.Wait()
	close(won)
	winner := <-won
	if _, second := <-won; second || content(t, path) != winner {
		t.Error("two writers made the same new file")
	}
}

func TestReadersSeeOldOrNew(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a reader who never pauses keeps the file from being replaced")
	}
	path := filepath.Join(t.TempDir(), "figures.json")
	whole := func(i int) []byte { return bytes.Repeat([]byte{byte('a' + i%26)}, 100_000+i) }
	if err := Write(path, whole(0), 0o644); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		defer close(done)
		for i := range 40 {
			if err := Write(path, whole(i), 0o644); err != nil {
				t.Error(err)
			}
		}
	})
	for writing := true; writing; {
		select {
		case <-done:
			writing = false
		default:
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if len(data) < 100_000 || !bytes.Equal(data, whole(len(data)-100_000)) {
			t.Fatalf("read a mixture of %d bytes", len(data))
		}
	}
	wg.Wait()
}
