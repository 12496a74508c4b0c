//go:build unix

package intake

import "syscall"

// withoutWaiting keeps the opening of a pipe, put in a file's place after it was
// looked at, from waiting for a writer.
const withoutWaiting = syscall.O_NONBLOCK

// heldByAnother: here nobody can keep a file from being read.
func heldByAnother(error) bool { return false }
