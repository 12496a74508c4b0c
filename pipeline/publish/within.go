package publish

import (
	"os"
	"path/filepath"
	"strings"
)

// Holds reports whether a folder, which need not exist, is one of revisions or
// lies within a revision: nothing may be added to these. Links are followed, and
// names compared as the file system does.
func (o Outputs) Holds(folder string) (bool, error) {
	path, err := resolved(folder)
	if err != nil {
		return false, err
	}
	root, err := os.Stat(o.Dir)
	if os.IsNotExist(err) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	for {
		parent := filepath.Dir(path)
		if parent == path {
			return false, nil
		}
		if strings.EqualFold(filepath.Base(path), revisionsFolder) && isPeriod(filepath.Base(parent)) {
			if there, err := os.Stat(filepath.Dir(parent)); err == nil && os.SameFile(there, root) {
				return true, nil
			}
		}
		path = parent
	}
}

// resolved is a path without links, as far as it exists.
func resolved(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	missing := ""
	for {
		there, err := filepath.EvalSymlinks(path)
		if err == nil {
			return filepath.Join(there, missing), nil
		}
		parent := filepath.Dir(path)
		if !os.IsNotExist(err) || parent == path {
			return "", err
		}
		path, missing = parent, filepath.Join(filepath.Base(path), missing)
	}
}
