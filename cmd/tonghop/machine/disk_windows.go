package machine

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/windows"
)

// DiskOf tells what lies below an existing folder.
func DiskOf(folder string) (Disk, error) {
	full, err := filepath.Abs(folder)
	if err != nil {
		return Disk{}, err
	}
	name, err := windows.UTF16PtrFromString(full)
	if err != nil {
		return Disk{}, &os.PathError{Op: "disk", Path: full, Err: err}
	}
	d := Disk{Kind: Local}
	if err := windows.GetDiskFreeSpaceEx(name, &d.Free, nil, nil); err != nil {
		return Disk{}, &os.PathError{Op: "disk", Path: full, Err: err}
	}
	volume := filepath.VolumeName(full)
	d.Name = volume
	root, err := windows.UTF16PtrFromString(volume + `\`)
	if err != nil {
		return Disk{}, &os.PathError{Op: "disk", Path: full, Err: err}
	}
	switch drive := windows.GetDriveType(root); {
	case strings.HasPrefix(volume, `\\`) && !strings.HasPrefix(volume, `\\?\`), drive == windows.DRIVE_REMOTE:
		d.Kind = Network
	case drive == windows.DRIVE_RAMDISK:
		d.Kind = Memory
	}
	return d, nil
}

// MayWrite is not known without trying: rights are lists here.
func MayWrite(string) (bool, error) { return false, errors.ErrUnsupported }

// Privileged reports whether whoever runs the program may change the machine: the
// program was started as administrator.
func Privileged() bool { return windows.GetCurrentProcessToken().IsElevated() }
