package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"time"
)

// bench runs every measurement.
type bench struct {
	folder        string
	mostForRivals int
	modules       string

	self, tonghop string // executables
	rivals        []rival
}

// row is a line of the table.
type row struct {
	what string
	measurement
}

func (b *bench) run(corpora []corpus) error {
	var err error
	if b.self, err = os.Executable(); err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "tonghop-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(work) }() // it lies among the system's temporary files
	if b.tonghop, err = build(work); err != nil {
		return err
	}
	if b.rivals, err = b.findRivals(work); err != nil {
		return err
	}
	fmt.Printf("%s, %s/%s, %d processors, %s\n\n", time.Now().Format(time.DateOnly), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version())
	for _, r := range b.rivals {
		if r.absent != "" {
			fmt.Printf("%s is not here: %s\n\n", r.name, r.absent)
		}
	}
	for _, c := range corpora {
		if _, err := measure(b.self, "make", c.path()); err != nil {
			return fmt.Errorf("make corpus: %w", err)
		}
		rows, err := b.measureAll(c)
		if err != nil {
			return err
		}
		fmt.Printf("### %s\n\n", c.title())
		printTable(rows)
	}
	return nil
}

// build makes the program as it ships.
func build(folder string) (string, error) {
	path := filepath.Join(folder, "tonghop")
	if runtime.GOOS == "windows" {
		path += ".exe"
	}
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", path, "tonghop/cmd/tonghop")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build tonghop: %w\n%s", err, out)
	}
	return path, nil
}

// measureAll measures everything on one corpus. All sums must be the corpus's.
func (b *bench) measureAll(c corpus) ([]row, error) {
	want, err := os.ReadFile(c.path(complete))
	if err != nil {
		return nil, err
	}
	times := 1
	if c.units*c.months <= 100 {
		times = 3 // short ones differ most
	}
	var rows []row
	add := func(what string, mustSum bool, run func() (measurement, error)) error {
		m, err := least(times, run)
		if err != nil {
			return err
		}
		if mustSum && m.printed != string(want) {
			return fmt.Errorf("%s finds other sums than are in the workbooks: %s", what, m.printed)
		}
		rows = append(rows, row{what: what, measurement: m})
		return nil
	}
	program := func(name string) func() (measurement, error) {
		return func() (measurement, error) { return measure(b.self, name, c.path()) }
	}
	if _, err := measure(b.self, "hash", c.path()); err != nil { // so that no file comes from the disk
		return nil, err
	}
	err = errors.Join(
		add(floorName, false, program("floor")),
		add("hash every file", false, program("hash")),
		add("tonghop: read, check, consolidate", true, program("figures")),
		add("tonghop: the same with a ledger", true, func() (measurement, error) {
			if err := os.RemoveAll(c.path(recordedFolder)); err != nil {
				return measurement{}, err
			}
			return program("recorded")()
		}),
		add("tonghop: first run, all outputs", true, func() (measurement, error) {
			if err := c.forget(); err != nil {
				return measurement{}, err
			}
			return b.runTonghop(c)
		}),
		add("tonghop: first run, the units' answers already made", true, func() (measurement, error) {
			if err := c.forgetPublished(); err != nil {
				return measurement{}, err
			}
			return b.runTonghop(c)
		}),
		add("tonghop: unchanged rerun", true, func() (measurement, error) {
			if err := c.forgetLastRun(); err != nil {
				return measurement{}, err
			}
			return b.runTonghop(c)
		}),
		add("tonghop: unchanged rerun after such a one", true, func() (measurement, error) { return b.runTonghop(c) }),
	)
	if err != nil {
		return rows, err
	}
	changed, err := b.afterOneChange(c)
	if err != nil {
		return rows, err
	}
	rows = append(rows, changed...)
	if c.months > 1 {
		return rows, nil
	}
	if err := add("excelize, adding up only", true, program("excelize")); err != nil {
		return rows, err
	}
	for _, r := range b.rivals {
		if r.absent != "" || c.units > b.mostForRivals {
			continue
		}
		if err := add(r.name, true, func() (measurement, error) { return r.run(c.path("inputs")) }); err != nil {
			return rows, err
		}
	}
	return rows, nil
}

// runTonghop runs the program as an office would, and gives the sums that it
// published.
func (b *bench) runTonghop(c corpus) (measurement, error) {
	m, err := measure(b.tonghop, "run", "--config", c.path("tonghop.yaml"), "--period", lastMonth.String(), "--as-of", asOf.Format(time.RFC3339))
	if err != nil {
		return m, err
	}
	found, err := measure(b.self, "published", c.path())
	m.printed = found.printed
	return m, err
}

// afterOneChange measures what is done after one workbook was changed, without and
// with a new revision, and puts the workbook back.
func (b *bench) afterOneChange(c corpus) ([]row, error) {
	if err := c.change(1); err != nil {
		return nil, err
	}
	figures, err := measure(b.self, "recorded", c.path())
	run, failed := b.runTonghop(c)
	return []row{
		{what: "tonghop: with a ledger, after one changed file", measurement: figures},
		{what: "tonghop: rerun after one changed file", measurement: run},
	}, errors.Join(err, failed, c.change(0))
}

// published prints the sums of the last month that were published.
func published(c corpus) error {
	data, err := os.ReadFile(c.path("outputs", lastMonth.String(), "figures.json"))
	if err != nil {
		return err
	}
	var said struct {
		Figures []struct {
			Indicator, Span, Value string
			Unit, Group            *string
		}
	}
	if err := json.Unmarshal(data, &said); err != nil {
		return err
	}
	asked := make(map[string]bool)
	for i := range indicatorCount {
		asked[code(i)] = true
	}
	found := sums{}
	for _, f := range said.Figures {
		if f.Unit != nil || f.Group != nil || f.Span != "month" || !asked[f.Indicator] {
			continue
		}
		if found[f.Indicator], err = strconv.Atoi(f.Value); err != nil {
			return fmt.Errorf("published %s: %w", f.Indicator, err)
		}
	}
	fmt.Print(found)
	return nil
}
