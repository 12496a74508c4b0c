package machine

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

func TestDiskOf(t *testing.T) {
	d, err := DiskOf(t.TempDir())
	if errors.Is(err, errors.ErrUnsupported) {
		t.Skip("not known on", runtime.GOOS)
	}
	if err != nil || d.Kind == "" || d.Name == "" || d.Free == 0 {
		t.Errorf("%+v, %v", d, err)
	}
	if _, err := DiskOf(filepath.Join(t.TempDir(), "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("of none: %v", err)
	}
}

func TestMemoryIsTold(t *testing.T) {
	const shared = "/dev/shm"
	if _, err := os.Stat(shared); runtime.GOOS != "linux" || err != nil {
		t.Skip("no", shared)
	}
	if d, err := DiskOf(shared); err != nil || d.Kind != Memory {
		t.Errorf("%+v, %v", d, err)
	}
}
