package machine

import (
	"errors"

	"golang.org/x/sys/windows"
)

// Full reports whether something failed for want of space, or of what an account
// is allowed of it.
func Full(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL) || errors.Is(err, windows.ERROR_DISK_QUOTA_EXCEEDED)
}

// ReadOnly reports whether something failed because the disk may only be read.
func ReadOnly(err error) bool { return errors.Is(err, windows.ERROR_WRITE_PROTECT) }
