//go:build unix

package intake

import (
	"net"
	"path/filepath"
	"syscall"
	"testing"
)

// Opening a pipe that nobody writes to would wait for ever.
func TestPipesAndSocketsAreNotOpened(t *testing.T) {
	root := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(root, "ống.xlsx"), 0o644); err != nil {
		t.Skip("no pipes here:", err)
	}
	want := []string{"ống.xlsx unusable: not-a-regular-file kind=fifo"}
	if l, err := net.Listen("unix", filepath.Join(root, "s.xlsx")); err == nil {
		defer l.Close()
		want = append([]string{"s.xlsx unusable: not-a-regular-file kind=socket"}, want...)
	}
	expect(t, collect(t, folder(t, root)), want...)
}
