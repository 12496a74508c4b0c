package publish

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"tonghop/pipeline/atomicfile"
)

// Recovery is what Recover found.
type Recovery struct {
	// Adopted are whole revisions that the ledger does not know: a process was
	// stopped between putting them in place and recording them. The caller
	// records them, in this order, before it publishes anything.
	Adopted []Adopted
	// SetAside are folders called like a revision that are none, under their new
	// names. Nothing in them was changed.
	SetAside []string
	// Lost are recorded revisions whose folders are gone, by period and number.
	Lost []Lost
	// Leftovers are temporary names that were removed, with their folders.
	Leftovers []string
}

// Adopted is a revision to be recorded.
type Adopted struct {
	Published
	WrittenAt time.Time // when it was put in place
}

// Lost is a recorded revision that is no longer there.
type Lost struct {
	Period string
	Number int
}

// StatelessError says that there are published revisions, but a ledger that
// knows nothing: their state was lost, or another state folder is set.
type StatelessError struct {
	Dir string // a revision
}

func (e *StatelessError) Error() string {
	return fmt.Sprintf("%s was published before, but the state it was published from is missing", e.Dir)
}

// Hint is the remedy.
func (e *StatelessError) Hint() string {
	return "set state: to the folder it is in, or put it back from a backup; to begin anew, move these outputs away first"
}

// Recover puts the outputs in order at the start of a command that writes.
// recorded are the revision numbers that the ledger knows, by period; fresh
// says that the ledger knows nothing at all, not even a received file: then
// revisions that are there are refused by *StatelessError and nothing is
// touched.
//
// An unrecorded revision that agrees with its manifest and is newer than the
// recorded ones is adopted; any other is renamed to rN.set-aside-K. Copies at
// the top are left to Refresh, after the adopted revisions are recorded.
func (o Outputs) Recover(recorded map[string][]int, fresh bool) (Recovery, error) {
	var found Recovery
	names, err := o.periods()
	if err != nil {
		return Recovery{}, fmt.Errorf("recover outputs: %w", err)
	}
	if fresh {
		if err := o.refuseAny(names); err != nil {
			return Recovery{}, err
		}
	}
	for _, name := range names {
		if err := o.recoverPeriod(name, recorded[name], &found); err != nil {
			return found, fmt.Errorf("recover outputs: %w", err)
		}
	}
	if found.Lost, err = o.lost(recorded); err != nil {
		return found, fmt.Errorf("recover outputs: %w", err)
	}
	return found, nil
}

// RefuseAny is *StatelessError where any revision is there: for who knows of
// none.
func (o Outputs) RefuseAny() error {
	names, err := o.periods()
	if err != nil {
		return err
	}
	return o.refuseAny(names)
}

func (o Outputs) refuseAny(names []string) error {
	for _, name := range names {
		numbers, err := o.numbers(name)
		if err != nil {
			return fmt.Errorf("recover outputs: %w", err)
		}
		if len(numbers) > 0 {
			return &StatelessError{Dir: o.revision(name, numbers[len(numbers)-1])}
		}
	}
	return nil
}

func (o Outputs) recoverPeriod(name string, recorded []int, found *Recovery) error {
	for _, folder := range []string{filepath.Join(o.Dir, name), o.revisions(name)} {
		removed, err := atomicfile.RemoveLeftovers(folder)
		for _, leftover := range removed {
			found.Leftovers = append(found.Leftovers, filepath.Join(folder, leftover))
		}
		if err != nil {
			return err
		}
	}
	numbers, err := o.numbers(name)
	if err != nil {
		return err
	}
	newest := 0
	if len(recorded) > 0 {
		newest = slices.Max(recorded)
	}
	for _, number := range numbers {
		if slices.Contains(recorded, number) {
			continue
		}
		adopted, err := o.adopt(name, number)
		var damaged *DamagedError
		switch {
		case err == nil && number > newest:
			found.Adopted = append(found.Adopted, adopted)
		case err == nil || errors.As(err, &damaged):
			aside, err := setAside(o.revision(name, number))
			if err != nil {
				return err
			}
			found.SetAside = append(found.SetAside, aside)
		default: // unreadable just now is not damaged
			return err
		}
	}
	return nil
}

func (o Outputs) adopt(name string, number int) (Adopted, error) {
	dir := o.revision(name, number)
	info, err := os.Lstat(dir)
	if err != nil {
		return Adopted{}, fmt.Errorf("read revision: %w", err)
	}
	if !info.IsDir() {
		return Adopted{}, &DamagedError{Dir: dir, Err: errors.New("it is not a folder")}
	}
	manifest, described, err := verify(dir)
	if err != nil {
		return Adopted{}, err
	}
	return Adopted{
		Published: Published{Manifest: manifest, ManifestSHA256: sum(described), Dir: dir},
		WrittenAt: info.ModTime(),
	}, nil
}

// setAside gives a revision's folder a name that no revision has.
func setAside(dir string) (string, error) {
	for k := 1; ; k++ {
		aside := fmt.Sprintf("%s.set-aside-%d", dir, k)
		if _, err := os.Lstat(aside); !errors.Is(err, fs.ErrNotExist) {
			if err != nil {
				return "", fmt.Errorf("set revision aside: %w", err)
			}
			continue
		}
		if err := atomicfile.Rename(dir, aside); err != nil {
			return "", fmt.Errorf("set revision aside: %w", err)
		}
		return aside, nil
	}
}

func (o Outputs) lost(recorded map[string][]int) ([]Lost, error) {
	var lost []Lost
	for name, wanted := range recorded {
		there, err := o.numbers(name)
		if err != nil {
			return nil, err
		}
		for _, number := range wanted {
			if !slices.Contains(there, number) {
				lost = append(lost, Lost{Period: name, Number: number})
			}
		}
	}
	slices.SortFunc(lost, func(a, b Lost) int {
		return cmp.Or(cmp.Compare(a.Period, b.Period), cmp.Compare(a.Number, b.Number))
	})
	return lost, nil
}
