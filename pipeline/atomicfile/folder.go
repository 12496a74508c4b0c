package atomicfile

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

// WriteFolder makes a folder with the given files, named without slashes, in one
// step: either the folder is there with all of them on disk or it is not there.
// Where path exists, even as an empty folder, the error is fs.ErrExist and what
// is there stays. The folder above must exist.
func WriteFolder(path string, files map[string][]byte, perm fs.FileMode) error {
	path = filepath.Clean(path)
	above, name := filepath.Split(path)
	above = filepath.Clean(above)
	temp := filepath.Join(above, tempName(name))
	err := refuseExisting(path)
	if err == nil {
		err = fillFolder(temp, files, perm)
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

func fillFolder(folder string, files map[string][]byte, perm fs.FileMode) error {
	next(Step{Deed: MakeFolders, Path: folder})
	if err := os.Mkdir(folder, folderPerm); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if name != filepath.Base(name) || !filepath.IsLocal(name) || name == "." {
			return fmt.Errorf("%q is not the name of a file", name)
		}
		if err := writeSynced(filepath.Join(folder, name), files[name], perm); err != nil {
			return fmt.Errorf("%s: %w", name, reason(err))
		}
	}
	return syncFolder(folder)
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
