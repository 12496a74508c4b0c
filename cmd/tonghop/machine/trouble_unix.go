//go:build !windows

package machine

import (
	"errors"
	"syscall"
)

// Full reports whether something failed for want of space, or of what an account
// is allowed of it.
func Full(err error) bool { return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) }

// ReadOnly reports whether something failed because the disk may only be read.
func ReadOnly(err error) bool { return errors.Is(err, syscall.EROFS) }
