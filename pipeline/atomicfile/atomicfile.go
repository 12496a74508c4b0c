// Package atomicfile owns the writing of files: everything tonghop writes to a
// folder goes through it. A reader, and a machine that lost power, finds under a
// name either the whole old content or the whole new one; a failed write leaves
// the old content and no temporary file.
//
// What is written is first made under a temporary name in the same folder, since
// only within one file system does a rename happen at once. A process that was
// killed leaves such names behind; RemoveLeftovers knows them.
package atomicfile

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Write makes data the content of path, replacing a file that is there. perm is
// cut by the umask, as in os.OpenFile. The folder must exist. On Windows a file
// that somebody has open cannot be replaced: after a second of trying the error
// is one for which Busy is true.
func Write(path string, data []byte, perm fs.FileMode) error {
	return write(path, Bytes(data), perm, replace)
}

// WriteMade is Write for content that is written to the disk as it is made. Where
// the maker fails, what was there stays.
func WriteMade(path string, content Content, perm fs.FileMode) error {
	return write(path, content, perm, replace)
}

// Content makes what a file holds. It is called once.
type Content func(to io.Writer) error

// Bytes is content that is in memory already.
func Bytes(data []byte) Content {
	return func(to io.Writer) error {
		_, err := to.Write(data)
		return err
	}
}

// WriteNew is Write for a file that must not exist yet; where it does, the error
// is fs.ErrExist and what is there stays.
func WriteNew(path string, data []byte, perm fs.FileMode) error {
	return write(path, Bytes(data), perm, placeNew)
}

func write(path string, content Content, perm fs.FileMode, place func(temp, path string) error) error {
	if err := put(path, content, perm, place); err != nil {
		return err
	}
	// Without this a power cut can bring the old name back.
	if err := syncFolder(filepath.Dir(path)); err != nil {
		return fmt.Errorf("write %s: sync its folder: %w", path, reason(err))
	}
	return nil
}

// put is write but for the wait until the name is on the disk.
func put(path string, content Content, perm fs.FileMode, place func(temp, path string) error) error {
	folder, name := filepath.Split(path)
	temp := filepath.Join(folder, tempName(name))
	err := writeSynced(temp, content, perm)
	if err == nil {
		err = place(temp, path)
	}
	if err != nil {
		// Gone already where the file was never made or was placed by a link; a
		// temporary file that stays for another reason is a leftover.
		_ = remove(temp)
		return fmt.Errorf("write %s: %w", path, reason(err))
	}
	return nil
}

// writeSynced writes a file that must not exist and waits for the disk. Without
// the wait a power cut after the rename can leave the new name with no content.
func writeSynced(path string, content Content, perm fs.FileMode) (err error) {
	next(Step{Deed: Create, Path: path})
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, perm)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	buffered := bufio.NewWriterSize(stepped{file}, bufferSize)
	if err := content(buffered); err != nil {
		return err
	}
	if err := buffered.Flush(); err != nil {
		return err
	}
	next(Step{Deed: SyncFile, Path: path})
	return file.Sync()
}

// bufferSize is how much of a file that is being made waits in memory.
const bufferSize = 64 << 10

// stepped makes every write to a file a step.
type stepped struct{ file *os.File }

func (s stepped) Write(data []byte) (int, error) {
	next(Step{Deed: WriteData, Path: s.file.Name(), Data: data})
	return s.file.Write(data)
}

// remove takes a file or a folder away, with all that is in it.
func remove(path string) error {
	next(Step{Deed: RemoveAll, Path: path})
	return os.RemoveAll(path)
}

func replace(temp, path string) error {
	next(Step{Deed: GiveName, Path: temp, To: path})
	return retry(func() error { return os.Rename(temp, path) })
}

// placeNew uses a hard link because it is the one call that, on every system,
// refuses a name that is taken in the same step in which it takes it.
func placeNew(temp, path string) error {
	next(Step{Deed: GiveMoreName, Path: temp, To: path})
	err := os.Link(temp, path)
	if err == nil {
		// Its content is in place under the right name; a temporary name that
		// cannot be removed is a leftover and no failure.
		_ = remove(temp)
		return nil
	}
	if errors.Is(err, fs.ErrExist) {
		return err
	}
	// FAT and some network shares have no links. There the look and the rename are
	// two steps, and the lock that a writing command holds keeps others out.
	if err := refuseExisting(path); err != nil {
		return err
	}
	return replace(temp, path)
}

// refuseExisting answers fs.ErrExist where anything has the name, be it a link
// that leads nowhere.
func refuseExisting(path string) error {
	_, err := os.Lstat(path)
	switch {
	case err == nil:
		return fs.ErrExist
	case errors.Is(err, fs.ErrNotExist):
		return nil
	default:
		return err
	}
}

// reason drops the temporary name that an error of package os carries: people know
// the file by its own name, which the caller puts in front.
func reason(err error) error {
	if pathErr, ok := errors.AsType[*fs.PathError](err); ok {
		return pathErr.Err
	}
	if linkErr, ok := errors.AsType[*os.LinkError](err); ok {
		return linkErr.Err
	}
	return err
}
