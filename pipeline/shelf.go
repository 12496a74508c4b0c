package pipeline

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"tonghop/pipeline/atomicfile"
	"tonghop/pipeline/intake"
	"tonghop/pipeline/submission"
)

// shelf finds the folders in which answers are put, and puts them there. Several
// may use it at once.
type shelf struct {
	*Pipeline
	folder string           // among the outputs
	batch  atomicfile.Batch // to be synced when all answers are there

	guard  sync.Mutex
	tidied map[string]bool // folders that are there and hold nothing half-written
}

func (p *Pipeline) newShelf(folder string) *shelf {
	return &shelf{Pipeline: p, folder: folder, tidied: map[string]bool{}}
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

// into writes into a folder.
func (s *shelf) into(folder string, write func(folder string) error) error {
	if err := s.tidy(folder); err != nil {
		return err
	}
	return write(folder)
}

// tidy makes a folder and rids it, once a run and before anything is written there,
// of what a killed one left half-written: the lock is held, so that is nobody's.
func (s *shelf) tidy(folder string) error {
	s.guard.Lock()
	defer s.guard.Unlock()
	if s.tidied[folder] {
		return nil
	}
	if err := atomicfile.MakeFolder(folder); err != nil {
		return err
	}
	if _, err := atomicfile.RemoveLeftovers(folder); err != nil {
		return err
	}
	s.tidied[folder] = true
	return nil
}

// write replaces an answer, unless somebody has the old one open.
func (s *shelf) write(path string, data []byte) error {
	if err := s.batch.Write(path, data, 0o644); err != nil && !atomicfile.Busy(err) {
		return err
	}
	return nil
}
