package atomicfile

import (
	"errors"
	"syscall"
)

// What Windows answers when a file, or one inside a folder, is open elsewhere.
// Access denied is among them: that is what a rename onto an open file gets, and
// it cannot be told from a lack of rights.
const (
	errorAccessDenied     = syscall.Errno(5)
	errorSharingViolation = syscall.Errno(32)
	errorLockViolation    = syscall.Errno(33)
)

// Busy reports whether a write failed because somebody has the file open, so that
// trying later may help.
func Busy(err error) bool {
	return errors.Is(err, errorSharingViolation) || errors.Is(err, errorLockViolation) ||
		errors.Is(err, errorAccessDenied)
}

// syncNames does nothing: Windows cannot sync a folder, and NTFS keeps its names
// in a journal.
func syncNames(string) error { return nil }
