package pipeline

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"tonghop/pipeline/atomicfile"
	"tonghop/pipeline/intake"
	"tonghop/pipeline/submission"
)

// shelf finds the folders in which answers are put.
type shelf struct {
	*Pipeline
	folder string          // among the outputs
	tidied map[string]bool // folders that are there and hold nothing half-written
}

// put lets the answer to a file be written where it belongs: beside the file where
// the office wants that, else among the outputs. Whatever is wrong with the share,
// or lies in the way there, must not keep a unit from its answer. It returns the
// folder.
func (s *shelf) put(f submission.File, write func(folder string) error) (string, error) {
	if s.Beside {
		folder, err := s.beside(f)
		if err == nil {
			err = s.into(folder, write)
		}
		if err == nil {
			return folder, nil
		}
		if among := s.into(s.folder, write); among != nil {
			return s.folder, errors.Join(among, err)
		}
		return s.folder, nil
	}
	return s.folder, s.into(s.folder, write)
}

// errElsewhere says that an answer cannot lie beside what it answers.
var errElsewhere = errors.New("there is no folder for answers")

// beside is the folder for answers next to a file. It is never reached through a
// link: whoever may write into the inputs could send our files anywhere by one.
func (s *shelf) beside(f submission.File) (string, error) {
	above := filepath.Dir(filepath.Join(s.Inputs, filepath.FromSlash(f.Name())))
	folder := filepath.Join(above, intake.ReturnFolder)
	for _, one := range []string{above, folder} {
		info, err := os.Lstat(one)
		switch {
		case errors.Is(err, fs.ErrNotExist) && one == folder:
		case errors.Is(err, fs.ErrNotExist), err == nil && !info.IsDir() && one != filepath.Clean(s.Inputs):
			return "", errElsewhere
		case err != nil:
			return "", err
		}
	}
	return folder, nil
}

// into writes into a folder, which it makes and rids, once a run, of what a killed
// one left half-written: the lock is held, so that is nobody's.
func (s *shelf) into(folder string, write func(folder string) error) error {
	if !s.tidied[folder] {
		if err := atomicfile.MakeFolder(folder); err != nil {
			return err
		}
		if _, err := atomicfile.RemoveLeftovers(folder); err != nil {
			return err
		}
		s.tidied[folder] = true
	}
	return write(folder)
}
