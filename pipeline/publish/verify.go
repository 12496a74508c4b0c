package publish

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// Verify holds a revision's folder against its manifest and returns it. The error
// is fs.ErrNotExist where there is no such folder and *DamagedError where it does
// not hold exactly what its manifest lists. It changes nothing.
func (o Outputs) Verify(period string, number int) (Published, error) {
	dir := o.revision(period, number)
	if _, err := os.Lstat(dir); errors.Is(err, fs.ErrNotExist) {
		return Published{}, fmt.Errorf("verify revision: %w", err)
	}
	found, err := o.adopt(period, number)
	return found.Published, err
}

// File returns one file of a revision, held against the manifest. The error is
// fs.ErrNotExist where there is no such revision and *DamagedError where the
// file is not what the manifest lists.
func (o Outputs) File(period string, number int, name string) ([]byte, error) {
	file, err := o.Open(period, number, name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	data, err := io.ReadAll(file)
	if err != nil {
		return nil, fmt.Errorf("read revision: %w", err)
	}
	return data, nil
}

// Open is File for one that is too large for memory.
func (o Outputs) Open(period string, number int, name string) (*os.File, error) {
	dir := o.revision(period, number)
	if _, err := os.Lstat(dir); err != nil {
		return nil, fmt.Errorf("read revision: %w", err)
	}
	m, _, err := readManifest(dir)
	if err != nil {
		return nil, err
	}
	for _, f := range m.Files {
		if f.Name == name {
			return openListed(dir, f)
		}
	}
	return nil, &DamagedError{Dir: dir, Err: fmt.Errorf("its manifest does not list %s", name)}
}
