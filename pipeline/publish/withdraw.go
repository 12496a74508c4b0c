package publish

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// withdraw removes the copies at the top of files that earlier revisions had and
// the newest has not: beside its files they would pass for part of it. What
// somebody has changed since is theirs and stays.
func (o Outputs) withdraw(name string, newest Manifest) []Delay {
	numbers, err := o.numbers(name)
	if err != nil {
		return nil
	}
	var delays []Delay
	for _, number := range numbers {
		earlier, _, err := readManifest(o.revision(name, number))
		if err != nil { // a damaged revision is told of where it is read
			continue
		}
		for _, f := range earlier.Files {
			if slices.Contains(newest.names(), f.Name) || !filepath.IsLocal(f.Name) {
				continue
			}
			path := filepath.Join(o.Dir, name, f.Name)
			if !f.describes(path) {
				continue
			}
			if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
				delays = append(delays, Delay{Path: path, Err: err})
			}
		}
	}
	return delays
}
