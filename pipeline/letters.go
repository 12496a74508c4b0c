package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"tonghop/pipeline/atomicfile"
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/report"
	"tonghop/pipeline/report/pdf"
)

// lettersFolder lies beside the revisions of a period, of which it is no part.
const lettersFolder = "letters"

// allLetters is the name of the file that has every unit's letter, for printing.
const allLetters = "tat-ca.pdf"

// Letters are reminders as they were written.
type Letters struct {
	Folder string
	// Files are those written, that of all units last.
	Files []string
	// Removed are letters of an earlier day that nobody is owed any more.
	Removed []string
}

// WriteLetters writes a letter a unit, called by its id, and one file with all of
// them, unless only one unit was asked about. The folder is the period's own where
// it is empty. Letters of this period that lie there for a unit that is not
// reminded any more are removed, and so is a file of all that holds such a one:
// what is in the folder is current.
func (p *Pipeline) WriteLetters(r Reminders, folder string) (Letters, error) {
	if folder == "" {
		folder = filepath.Join(p.Outputs, r.Period.String(), lettersFolder)
	} else if err := p.MayWrite(folder); err != nil {
		return Letters{}, err
	}
	done := Letters{Folder: folder}
	if len(r.Units) > 0 {
		if err := atomicfile.MakeFolder(folder); err != nil {
			return done, err
		}
	}
	write := func(name string, some ...Reminder) error {
		data, err := r.PDF(some...)
		if err != nil {
			return err
		}
		path := filepath.Join(folder, name)
		done.Files = append(done.Files, path)
		return atomicfile.Write(path, data, 0o644)
	}
	for _, one := range r.Units {
		if err := write(one.Unit.ID+".pdf", one); err != nil {
			return done, err
		}
	}
	if r.only == nil && len(r.Units) > 0 {
		if err := write(allLetters, r.Units...); err != nil {
			return done, err
		}
	}
	var err error
	done.Removed, err = p.removeLetters(r, folder)
	return done, err
}

// removeLetters removes letters about the period, known by what they say of
// themselves and not by their names alone, that name a unit which is not reminded.
func (p *Pipeline) removeLetters(r Reminders, folder string) ([]string, error) {
	var removed []string
	for _, name := range p.letterNames() {
		path := filepath.Join(folder, name)
		data, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return removed, fmt.Errorf("look at earlier letters: %w", err)
		}
		if !pdf.HasKeyword(data, report.LetterKeyword(r.Period.String())) || !p.outdated(r, data) {
			continue
		}
		if err := os.Remove(path); err != nil {
			return removed, fmt.Errorf("remove an earlier letter: %w", err)
		}
		removed = append(removed, path)
	}
	return removed, nil
}

// outdated reports whether a file of letters names a unit that is not reminded.
func (p *Pipeline) outdated(r Reminders, data []byte) bool {
	return slices.ContainsFunc(p.Catalogue.Units, func(u *catalogue.Unit) bool {
		return !r.reminds(u) && pdf.HasKeyword(data, u.ID)
	})
}

func (p *Pipeline) letterNames() []string {
	names := []string{allLetters}
	for _, u := range p.Catalogue.Units {
		names = append(names, u.ID+".pdf")
	}
	return names
}
