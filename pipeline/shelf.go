package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sync"

	"tonghop/pipeline/atomicfile"
	"tonghop/pipeline/intake"
	"tonghop/pipeline/ledger"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
)

// shelf finds the folders in which answers are put, puts them there, and clears out
// those that are not true any more. Several may use it at once.
type shelf struct {
	*Pipeline
	span  period.Span
	batch atomicfile.Batch // to be synced when all answers are there

	guard  sync.Mutex
	tidied map[string]bool // folders that are there and hold nothing half-written
	// holds are the answers put, by folder and by what they answer.
	holds map[string]map[string]*held
	here  map[ledger.Key]bool // the files that are where they are said to be
	// earlier are the answers that lay in folders when these were first looked at.
	earlier map[string]map[string][]string
}

// held are the answers to a file that a folder holds.
type held struct {
	file  string
	stems []string
}

func newShelf(p *Pipeline, span period.Span, files []submission.File) *shelf {
	s := &shelf{Pipeline: p, span: span, tidied: map[string]bool{}, holds: map[string]map[string]*held{}, here: map[ledger.Key]bool{}, earlier: map[string]map[string][]string{}}
	for _, f := range files {
		if f.Disposition != submission.Gone {
			s.here[ledger.Key{SHA256: f.SHA256, Path: f.Path}] = true
		}
	}
	return s
}

// among is the folder of answers among the outputs of the span.
func (s *shelf) among() string { return filepath.Join(s.Outputs, s.span.String(), "feedback") }

// ofMonth is the folder among the outputs for the answer to a file. A month has one:
// what a run of several months puts there the next report of the month puts there, too.
func (s *shelf) ofMonth(f submission.File) string {
	if s.span.Contains(f.Period) {
		return filepath.Join(s.Outputs, f.Period.String(), "feedback")
	}
	return s.among()
}

// put lets the answer to a file be written where it belongs: beside the file where
// the office wants that, else among the outputs. Whatever is wrong with the share,
// or lies in the way there, must not keep a unit from its answer. It reports whether
// the answer lies beside the file.
func (s *shelf) put(f submission.File, write func(folder string) error) (beside bool, err error) {
	folder := s.ofMonth(f)
	if folder != s.among() {
		s.only(s.among(), f, "")
	}
	if s.Beside {
		near, err := s.beside(f)
		if err == nil {
			err = s.into(near, f, write)
		}
		if err == nil {
			s.only(folder, f, "")
			return true, s.whereItLay(f, write)
		}
		if far := s.into(folder, f, write); far != nil {
			return false, errors.Join(far, err)
		}
		return false, nil
	}
	return false, s.into(folder, f, write)
}

// whereItLay answers a file that was moved also where it lay before, if it was
// answered there: somebody may still look there.
func (s *shelf) whereItLay(f submission.File, write func(folder string) error) error {
	if f.Disposition == submission.Duplicate {
		return nil // the first one's answer is for there, too
	}
	for _, path := range f.SeenUnder {
		if s.here[ledger.Key{SHA256: f.SHA256, Path: path}] || filepath.Dir(path) == filepath.Dir(f.Path) {
			continue
		}
		folder, err := s.beside(submission.File{Path: path})
		if err != nil {
			continue // that folder has gone, too
		}
		switch lay, err := s.lay(folder, f); {
		case err != nil:
			return err
		case !lay:
			continue
		}
		if err := s.into(folder, f, write); err != nil {
			return err
		}
	}
	return nil
}

// lay reports whether a folder held an answer to a file when it was first looked at.
func (s *shelf) lay(folder string, f submission.File) (bool, error) {
	s.guard.Lock()
	defer s.guard.Unlock()
	if s.earlier[folder] == nil {
		all, err := answersIn(folder)
		if err != nil {
			return false, err
		}
		s.earlier[folder] = all
	}
	return len(s.earlier[folder][f.SHA256[:8]]) > 0, nil
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

// into writes the answer to a file into a folder.
func (s *shelf) into(folder string, f submission.File, write func(folder string) error) error {
	if err := s.tidy(folder); err != nil {
		return err
	}
	if err := write(folder); err != nil {
		return err
	}
	s.only(folder, f, feedbackName(f))
	return nil
}

// only notes which answer to a file a folder holds, beside those already noted;
// without a stem it may be none.
func (s *shelf) only(folder string, f submission.File, stem string) {
	if f.SHA256 == "" {
		return
	}
	s.guard.Lock()
	defer s.guard.Unlock()
	if s.holds[folder] == nil {
		s.holds[folder] = map[string]*held{}
	}
	h := s.holds[folder][f.SHA256[:8]]
	if h == nil {
		h = &held{file: f.Path}
		s.holds[folder][f.SHA256[:8]] = h
	}
	h.stems = append(h.stems, stem)
}

// answerName is what an answer is called: stem, the file it answers, ending.
var answerName = regexp.MustCompile(`^(.+?-([0-9a-f]{8})(?:-trung-[0-9a-f]{8})?)\.(?:pdf|xlsx|xlsm|xltx|xltm)$`)

// answersIn lists the answers in a folder by the file they answer; none where there
// is no folder.
func answersIn(folder string) (map[string][]string, error) {
	found, err := os.ReadDir(folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("look at earlier answers: %w", err)
	}
	all := map[string][]string{}
	for _, d := range found {
		if name := answerName.FindStringSubmatch(d.Name()); name != nil && d.Type().IsRegular() {
			all[name[2]] = append(all[name[2]], d.Name())
		}
	}
	return all, nil
}

// clear removes the earlier answers to the files that were answered now under
// another name or elsewhere, such as one from before the unit was known: they say
// what is not true any more. It gives the files of which one is left.
func (s *shelf) clear() []Unanswered {
	var failed []Unanswered
	for _, folder := range slices.Sorted(maps.Keys(s.holds)) {
		lying, err := answersIn(folder)
		for _, what := range slices.Sorted(maps.Keys(s.holds[folder])) {
			h := s.holds[folder][what]
			for _, name := range lying[what] {
				if slices.Contains(h.stems, answerName.FindStringSubmatch(name)[1]) {
					continue
				}
				if gone := os.Remove(filepath.Join(folder, name)); gone != nil && !errors.Is(gone, fs.ErrNotExist) {
					err = errors.Join(err, fmt.Errorf("remove an earlier answer: %w", gone))
				}
			}
			if err != nil {
				failed = append(failed, Unanswered{h.file, err})
				err = nil // the folder is told once
			}
		}
	}
	return failed
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
