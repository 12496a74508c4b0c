package publish

import (
	"errors"
	"fmt"
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
