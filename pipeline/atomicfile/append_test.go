package atomicfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestAppendAndCutBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "journal")
	if err := Append(path, []byte("x")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("made a file: %v", err)
	}
	if err := WriteNew(path, []byte("one\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Append(path, []byte("two\n")); err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(path); err != nil || string(data) != "one\ntwo\n" {
		t.Errorf("%q, %v", data, err)
	}
	if err := CutBack(path, 4); err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(path); err != nil || string(data) != "one\n" {
		t.Errorf("%q, %v", data, err)
	}
}

func TestNewFolderIsWholeOrNotThere(t *testing.T) {
	above := t.TempDir()
	path := filepath.Join(above, "copy")
	stopped := errors.New("stopped")
	fill := func(end error) func(string) error {
		return func(temp string) error {
			if err := WriteNew(filepath.Join(temp, "a"), []byte("a"), 0o600); err != nil {
				return err
			}
			if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("seen before it is whole: %v", err)
			}
			return end
		}
	}
	if err := NewFolder(path, fill(stopped)); !errors.Is(err, stopped) {
		t.Errorf("got %v", err)
	}
	if entries, err := os.ReadDir(above); err != nil || len(entries) > 0 {
		t.Errorf("left over: %v, %v", entries, err)
	}
	if err := NewFolder(path, fill(nil)); err != nil {
		t.Fatal(err)
	}
	if data, err := os.ReadFile(filepath.Join(path, "a")); err != nil || string(data) != "a" {
		t.Errorf("%q, %v", data, err)
	}
	if err := NewFolder(path, fill(nil)); !errors.Is(err, fs.ErrExist) {
		t.Errorf("got %v", err)
	}
}
