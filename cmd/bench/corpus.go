package main

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"tonghop/pipeline/period"
)

// corpus is the workbooks of some units over some months, the last of which is
// lastMonth, with the definitions and settings of their office. The same corpus
// has the same bytes on every machine.
type corpus struct {
	folder        string // in which corpora are kept
	units, months int
}

// generation is raised when what corpora hold is changed.
const generation = 1

// openCorpus finds a corpus by its folder.
func openCorpus(folder string) (corpus, error) {
	c := corpus{folder: filepath.Dir(folder)}
	var made int
	if _, err := fmt.Sscanf(filepath.Base(folder), "%dx%d-v%d", &c.units, &c.months, &made); err != nil || made != generation {
		return c, fmt.Errorf("%s is no corpus of this program", folder)
	}
	return c, nil
}

// path is of something in the corpus.
func (c corpus) path(elements ...string) string {
	name := fmt.Sprintf("%dx%d-v%d", c.units, c.months, generation)
	return filepath.Join(append([]string{c.folder, name}, elements...)...)
}

func (c corpus) title() string {
	if c.months == 1 {
		return fmt.Sprintf("%d workbooks, one month", c.units)
	}
	return fmt.Sprintf("%d workbooks, %d units over %d months", c.units*c.months, c.units, c.months)
}

// monthList is from the first month to the last.
func (c corpus) monthList() []period.Month {
	var all []period.Month
	for m := range c.months {
		all = append(all, lastMonth.Add(m-c.months+1))
	}
	return all
}

// workbook is where a unit's report of a month lies among the inputs.
func (c corpus) workbook(month period.Month, unit int) string {
	return c.path("inputs", month.String(), strings.ToLower(unitID(unit))+".xlsx")
}

// complete is the file that is written last.
const complete = "sums.txt"

// make makes the corpus, unless it is there whole.
func (c corpus) make() error {
	if _, err := os.Stat(c.path(complete)); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	cat, err := definitions(c.units)
	if err != nil {
		return err
	}
	for name, data := range tables(c.units) {
		if err := write(c.path("catalogue", name+".csv"), data); err != nil {
			return err
		}
	}
	if err := write(c.path("tonghop.yaml"), c.settings()); err != nil {
		return err
	}
	sums := sums{}
	for _, month := range c.monthList() {
		blanks, err := newBlanks(cat, month)
		if err != nil {
			return err
		}
		for unit := range c.units {
			figures := c.figures(month, unit)
			data, err := blanks[unitKind(unit)].fill(unit, figures)
			if err != nil {
				return err
			}
			if err := c.put(month, unit, data); err != nil {
				return err
			}
			if month == lastMonth {
				sums.add(figures)
			}
		}
	}
	return write(c.path(complete), []byte(sums.String()))
}

// put writes a workbook, received two days after its month closed.
func (c corpus) put(month period.Month, unit int, data []byte) error {
	path := c.workbook(month, unit)
	if err := write(path, data); err != nil {
		return err
	}
	at := period.Scheme15to14.Window(month).To.AddDays(2).At(9, unit%60, zone)
	return os.Chtimes(path, time.Time{}, at)
}

// figures are what a unit reports of a month.
func (c corpus) figures(month period.Month, unit int) [indicatorCount]int {
	rng := rand.New(rand.NewPCG(uint64(month.Year*12+int(month.Number)), uint64(unit)))
	var all [indicatorCount]int
	for i := range all {
		most := [...]int{40, 900, 12000}[i%3]
		if isPart(i) {
			most = all[i-1]
		}
		all[i] = rng.IntN(most + 1)
	}
	return all
}

// change gives the first unit's last report another figure, a different one each
// time.
func (c corpus) change(time int) error {
	cat, err := definitions(c.units)
	if err != nil {
		return err
	}
	blanks, err := newBlanks(cat, lastMonth)
	if err != nil {
		return err
	}
	figures := c.figures(lastMonth, 0)
	figures[0] += time
	data, err := blanks[unitKind(0)].fill(0, figures)
	if err != nil {
		return err
	}
	return c.put(lastMonth, 0, data)
}

func (c corpus) settings() []byte {
	return fmt.Appendf(nil, `inputs: inputs
outputs: outputs
state: state
catalogue: catalogue
adopted: %s
`, c.monthList()[0])
}

func write(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o644)
}

// forget removes what runs have published and remember.
func (c corpus) forget() error {
	return errors.Join(os.RemoveAll(c.path("outputs")), os.RemoveAll(c.path("state")))
}

// forgetPublished forgets all but the answers to the units, which a service makes
// as reports come.
func (c corpus) forgetPublished() error {
	published, err := filepath.Glob(c.path("outputs", "*", "*"))
	for _, path := range published {
		if filepath.Base(path) != "feedback" {
			err = errors.Join(err, os.RemoveAll(path))
		}
	}
	return errors.Join(err, os.RemoveAll(c.path("state")))
}

// forgetLastRun forgets what the last run told: as if it had been yesterday's.
func (c corpus) forgetLastRun() error { return os.RemoveAll(c.path("state", "last-run.json")) }

// inputs are the workbooks, by path.
func (c corpus) inputs() ([]string, error) {
	return filepath.Glob(c.path("inputs", "*", "*.xlsx"))
}
