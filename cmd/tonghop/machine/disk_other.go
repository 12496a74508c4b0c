//go:build !linux && !windows

package machine

import (
	"errors"
	"os"
)

// DiskOf is not known here.
func DiskOf(string) (Disk, error) { return Disk{}, errors.ErrUnsupported }

// MayWrite is not known here.
func MayWrite(string) (bool, error) { return false, errors.ErrUnsupported }

// Privileged reports whether whoever runs the program may change the machine.
func Privileged() bool { return os.Geteuid() == 0 }
