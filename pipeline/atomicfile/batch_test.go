package atomicfile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"testing"
)

// Each file is waited for before it gets its name, each folder once, at the end.
func TestBatchWaitsForEachFolderOnce(t *testing.T) {
	one, two := t.TempDir(), t.TempDir()
	var batch Batch
	deeds := deedsOf(t, func() {
		for _, path := range []string{filepath.Join(one, "a"), filepath.Join(two, "b"), filepath.Join(one, "c")} {
			if err := batch.Write(path, []byte(path), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	})
	written := []Deed{Create, WriteData, SyncFile, GiveName}
	if want := slices.Repeat(written, 3); !slices.Equal(deeds, want) {
		t.Errorf("writing did %q, want %q", deeds, want)
	}
	for range 2 {
		deeds = deedsOf(t, func() {
			if err := batch.Sync(); err != nil {
				t.Fatal(err)
			}
		})
		if want := []Deed{SyncFolder, SyncFolder}; !slices.Equal(deeds, want) {
			t.Errorf("waiting did %q, want %q", deeds, want)
		}
		// The second time there is something new in both.
		for _, folder := range []string{one, two} {
			if err := batch.Write(filepath.Join(folder, "d"), nil, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	if got := content(t, filepath.Join(one, "c")); got != filepath.Join(one, "c") {
		t.Errorf("got %q", got)
	}
}

func deedsOf(t *testing.T, do func()) (deeds []Deed) {
	t.Helper()
	BeforeStep = func(s Step) { deeds = append(deeds, s.Deed) }
	defer func() { BeforeStep = nil }()
	do()
	return deeds
}

func TestBatchTellsWhichFolderFailed(t *testing.T) {
	gone, stays := filepath.Join(t.TempDir(), "gone"), t.TempDir()
	if err := os.Mkdir(gone, 0o755); err != nil {
		t.Fatal(err)
	}
	var batch Batch
	for _, folder := range []string{gone, stays} {
		if err := batch.Write(filepath.Join(folder, "a"), []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.RemoveAll(gone); err != nil {
		t.Fatal(err)
	}
	if err := batch.Sync(); runtime.GOOS != "windows" && !errors.Is(err, fs.ErrNotExist) { // Windows cannot wait for a folder
		t.Errorf("a folder that has gone: %v", err)
	}
	if err := batch.Write(filepath.Join(gone, "a"), nil, 0o644); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file in it: %v", err)
	}
}

func TestBatchFromSeveralGoroutines(t *testing.T) {
	folder := t.TempDir()
	var batch Batch
	var wait sync.WaitGroup
	for n := range 8 {
		wait.Go(func() {
			for range 5 {
				if err := batch.Write(filepath.Join(folder, fmt.Sprint(n)), []byte("x"), 0o644); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
	if err := batch.Sync(); err != nil {
		t.Error(err)
	}
	if got := len(names(t, folder)); got != 8 {
		t.Errorf("%d names, want 8", got)
	}
}
