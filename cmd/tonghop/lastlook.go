package main

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"tonghop/cmd/tonghop/settings"
	"tonghop/pipeline/atomicfile"
)

// lastLookFile holds, in the state folder, when a service last saw the inputs. A
// file that comes while none runs is known to have come after that.
const lastLookFile = "last-look.json"

type lastLookJSON struct {
	At time.Time `json:"at"`
}

// lastLook is zero where no service ever looked: files then say themselves when
// they came.
func lastLook(state string) time.Time {
	var last lastLookJSON
	data, err := os.ReadFile(filepath.Join(state, lastLookFile))
	if err != nil || json.Unmarshal(data, &last) != nil {
		return time.Time{}
	}
	return last.At
}

// noteEvery is how often the last look is written down. Less often costs a unit
// nothing, for the time between is read in its favour.
const noteEvery = time.Minute

func (s *attendant) noteLook() error {
	last := s.folder.Last()
	if last.IsZero() || last.Sub(s.noted) < noteEvery && !last.Before(s.noted) {
		return nil
	}
	data, err := json.Marshal(lastLookJSON{last})
	if err == nil {
		err = atomicfile.Write(filepath.Join(s.State, lastLookFile), data, 0o600)
	}
	if err != nil {
		return fmt.Errorf("note last look: %w", err)
	}
	s.noted = last
	return nil
}

// looks tells how the files of settings and definitions look from outside: while
// it is the same they need not be read again.
func (s *attendant) looks() string {
	sum := fnv.New64a()
	for _, path := range []string{settings.FileName(s.configFile), s.settings.Catalogue, filepath.Join("templates", shippedCatalogue), s.settings.Wording, filepath.Join(s.Inputs, officeFolder, openingsFile)} {
		if path != "" {
			describe(sum, path)
		}
	}
	return fmt.Sprintf("%x", sum.Sum64())
}

// describe adds names, sizes and times of a file, or of the files in a folder.
func describe(sum io.Writer, path string) {
	_ = filepath.WalkDir(path, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			_, _ = fmt.Fprintln(sum, name, "unreadable")
			return nil
		}
		if info, err := d.Info(); err == nil && !d.IsDir() {
			_, _ = fmt.Fprintln(sum, name, info.Size(), info.ModTime().UnixNano())
		}
		return nil
	})
}
