//go:build !windows

package atomicfile

import (
	"errors"
	"os"
	"syscall"
)

// Busy reports whether a write failed because somebody has the file open, so that
// trying later may help. Only Windows refuses to replace an open file.
func Busy(error) bool { return false }

// syncNames waits until the names in a folder are on disk. Some network shares
// cannot do it and say so by EINVAL or ENOTSUP; there the server decides, and a
// refusal to publish would help nobody.
func syncNames(path string) (err error) {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, folder.Close()) }()
	err = folder.Sync()
	if errors.Is(err, syscall.EINVAL) || errors.Is(err, syscall.ENOTSUP) {
		return nil
	}
	return err
}
