// Package machine owns what the program asks the operating system about the
// machine it runs on: the disks below its folders and the rights of who runs it.
// Where a system has no answer it says errors.ErrUnsupported.
package machine

// Disk is what lies below a folder.
type Disk struct {
	Kind Kind
	Name string // of the file system, as the system calls it
	Free uint64 // bytes that whoever asks may still write
}

// Kind is how far a disk can be trusted with what must not be lost.
type Kind string

// The kinds of disks.
const (
	Local   Kind = "local"
	Network Kind = "network" // another machine's: locks and waiting for the disk mean little
	Bridged Kind = "bridged" // a program stands between (FUSE): it may be either
	Memory  Kind = "memory"  // gone when the machine stops
)
