package intake

import (
	"errors"
	"syscall"
)

// withoutWaiting: opening does not wait here.
const withoutWaiting = 0

// What the system says of a file that a program copies or saves just now
// (ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION).
const (
	sharingViolation syscall.Errno = 32
	lockViolation    syscall.Errno = 33
)

// heldByAnother reports whether another program keeps the file to itself.
func heldByAnother(err error) bool {
	return errors.Is(err, sharingViolation) || errors.Is(err, lockViolation)
}
