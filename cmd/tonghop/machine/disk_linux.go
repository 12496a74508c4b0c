package machine

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// fileSystems are told by their magic numbers (statfs(2), linux/magic.h). What is
// not among them is a disk of this machine.
var fileSystems = map[uint32]struct {
	name string
	kind Kind
}{
	0x6969:                 {"nfs", Network},
	0x517B:                 {"smb", Network},
	0xFF534D42:             {"cifs", Network},
	0xFE534D42:             {"smb2", Network},
	0x564C:                 {"ncp", Network},
	0x5346414F:             {"afs", Network},
	0x73757245:             {"coda", Network},
	0x00C36400:             {"ceph", Network},
	0x01021997:             {"9p", Network},
	unix.FUSE_SUPER_MAGIC:  {"fuse", Bridged},
	unix.TMPFS_MAGIC:       {"tmpfs", Memory},
	unix.RAMFS_MAGIC:       {"ramfs", Memory},
	unix.EXT4_SUPER_MAGIC:  {"ext4", Local},
	unix.XFS_SUPER_MAGIC:   {"xfs", Local},
	unix.BTRFS_SUPER_MAGIC: {"btrfs", Local},
}

// DiskOf tells what lies below an existing folder.
func DiskOf(folder string) (Disk, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(folder, &s); err != nil {
		return Disk{}, &os.PathError{Op: "statfs", Path: folder, Err: err}
	}
	d := Disk{Kind: Local, Name: fmt.Sprintf("%#x", uint32(s.Type)), Free: s.Bavail * uint64(s.Bsize)}
	if known, ok := fileSystems[uint32(s.Type)]; ok {
		d.Kind, d.Name = known.kind, known.name
	}
	return d, nil
}

// MayWrite reports whether whoever runs the program may write into a folder,
// without trying.
func MayWrite(folder string) (bool, error) { return unix.Access(folder, unix.W_OK) == nil, nil }

// Privileged reports whether whoever runs the program may change the machine.
func Privileged() bool { return os.Geteuid() == 0 }
