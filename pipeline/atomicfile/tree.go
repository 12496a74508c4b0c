package atomicfile

import (
	"fmt"
	"os"
	"path/filepath"
)

// NewFolder makes a folder in one step, like WriteFolder, for content that is too
// much for memory: fill puts it into a temporary folder beside path, waiting for
// the disk itself. Where path exists the error is fs.ErrExist; on any error
// nothing stays. The folder above must exist.
func NewFolder(path string, fill func(temp string) error) error {
	path = filepath.Clean(path)
	above, name := filepath.Split(path)
	above = filepath.Clean(above)
	temp := filepath.Join(above, tempName(name))
	err := refuseExisting(path)
	if err == nil {
		next(Step{Deed: MakeFolders, Path: temp})
		err = os.Mkdir(temp, folderPerm)
	}
	if err != nil {
		return fmt.Errorf("write folder %s: %w", path, reason(err))
	}
	if err = fill(temp); err == nil {
		err = syncFolder(temp)
	}
	if err == nil {
		err = replace(temp, path)
	}
	if err != nil {
		_ = remove(temp) // what cannot be removed is a leftover
		return fmt.Errorf("write folder %s: %w", path, reason(err))
	}
	if err := syncFolder(above); err != nil {
		return fmt.Errorf("write folder %s: sync the folder above: %w", path, reason(err))
	}
	return nil
}

// Rename gives a file another name in the same folder, replacing a file of that
// name, and waits for the disk. The content must be on the disk already.
func Rename(from, to string) error {
	if err := replace(from, to); err != nil {
		return fmt.Errorf("rename %s to %s: %w", from, to, reason(err))
	}
	if err := syncFolder(filepath.Dir(to)); err != nil {
		return fmt.Errorf("rename %s to %s: sync the folder: %w", from, to, reason(err))
	}
	return nil
}

// Sync waits until the content of a file that another program wrote is on disk.
func Sync(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR, 0) // Windows syncs only what may be written
	if err != nil {
		return fmt.Errorf("sync %s: %w", path, reason(err))
	}
	next(Step{Deed: SyncFile, Path: path})
	err = file.Sync()
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return fmt.Errorf("sync %s: %w", path, reason(err))
	}
	return nil
}
