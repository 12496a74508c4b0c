package ledger

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

func TestOriginalIsKeptOnce(t *testing.T) {
	l := newLedger(t)
	data := []byte("a workbook")
	name := hash("a workbook")
	if _, err := l.Original(name); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("before: %v", err)
	}
	if err := l.Keep(name, data); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(filepath.Dir(l.Path()), "originals", name[:2], name)
	info, err := os.Stat(path)
	if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Fatalf("%v, %v", info, err)
	}
	old := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	if err := os.Chtimes(path, old, old); err != nil {
		t.Fatal(err)
	}
	if err := l.Keep(name, data); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || !info.ModTime().Equal(old) {
		t.Error("written again")
	}
	if got, err := l.Original(name); err != nil || string(got) != string(data) {
		t.Errorf("%q, %v", got, err)
	}
}

func TestDamagedOriginalIsToldAndMended(t *testing.T) {
	l := newLedger(t)
	name := hash("a workbook")
	if err := l.Keep(name, []byte("a workbook")); err != nil {
		t.Fatal(err)
	}
	path := l.originalPath(name)
	if err := os.WriteFile(path, []byte("a workbooK"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := l.Original(name)
	var damaged *DamagedOriginalError
	if !errors.As(err, &damaged) || damaged.Path != path || damaged.Hint() == "" {
		t.Errorf("got %v", err)
	}
	if err := l.Keep(name, []byte("a workbook")); err != nil {
		t.Fatal(err)
	}
	if got, err := l.Original(name); err != nil || string(got) != "a workbook" {
		t.Errorf("%q, %v", got, err)
	}
}

func TestOnlyAHashNamesAnOriginal(t *testing.T) {
	l := newLedger(t)
	for _, name := range []string{"", "..", "../../../../etc/passwd", hash("x")[:63], hash("x") + "0", "X" + hash("x")[1:]} {
		if err := l.Keep(name, []byte("x")); err == nil {
			t.Errorf("kept under %q", name)
		}
		if _, err := l.Original(name); err == nil || errors.Is(err, fs.ErrNotExist) {
			t.Errorf("looked for %q: %v", name, err)
		}
	}
	if err := l.Keep(hash("x"), []byte("y")); err == nil {
		t.Error("kept bytes under the hash of others")
	}
	if _, err := os.Stat(l.originals); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("something was written: %v", err)
	}
}
