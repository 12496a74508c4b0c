//go:build unix

package snapshot

import "syscall"

// withoutWaiting keeps the opening of a pipe, put in a file's place after it was
// listed, from waiting for a writer.
const withoutWaiting = syscall.O_NONBLOCK
