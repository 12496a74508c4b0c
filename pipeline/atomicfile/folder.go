package atomicfile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// File is a file of a folder that is made.
type File struct {
	Name    string // without slashes
	Content Content
}

// WriteFolder makes a folder with the given files, made in their order, in one
// step: either the folder is there with all of them on disk or it is not there.
// Where path exists, even as an empty folder, the error is fs.ErrExist and what
// is there stays. The folder above must exist.
func WriteFolder(path string, files []File, perm fs.FileMode) error {
	return NewFolder(path, func(temp string) error {
		for _, f := range files {
			if f.Name != filepath.Base(f.Name) || !filepath.IsLocal(f.Name) || f.Name == "." {
				return fmt.Errorf("%q is not the name of a file", f.Name)
			}
			if err := writeSynced(filepath.Join(temp, f.Name), f.Content, perm); err != nil {
				return fmt.Errorf("%s: %w", f.Name, reason(err))
			}
		}
		return nil
	})
}

// syncFolder waits until the names in a folder are on disk.
func syncFolder(path string) error {
	next(Step{Deed: SyncFolder, Path: path})
	return syncNames(path)
}

// folderPerm lets everybody look and the owner write, less the umask.
const folderPerm = 0o755

// MakeFolder makes path and the folders above it that are missing, and waits for
// the disk, so that what is written into them later is not lost with them. A
// folder that exists is no error.
func MakeFolder(path string) error {
	path = filepath.Clean(path)
	var missing []string
	for at := path; ; at = filepath.Dir(at) {
		if _, err := os.Stat(at); !errors.Is(err, fs.ErrNotExist) {
			break
		}
		missing = append(missing, at)
		if at == filepath.Dir(at) {
			break
		}
	}
	if len(missing) > 0 {
		next(Step{Deed: MakeFolders, Path: path})
	}
	if err := os.MkdirAll(path, folderPerm); err != nil {
		return fmt.Errorf("make folder %s: %w", path, reason(err))
	}
	for _, folder := range missing {
		if err := syncFolder(filepath.Dir(folder)); err != nil {
			return fmt.Errorf("make folder %s: sync the folder above: %w", path, reason(err))
		}
	}
	return nil
}
