package main

import (
	"path/filepath"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"tonghop/pipeline"
	"tonghop/pipeline/edition"
	"tonghop/pipeline/finding"
)

func (a *app) rehearseCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "rehearse FOLDER|FILE.xlsx", Short: a.say.Say("cli.catalogue.rehearse"), Args: cobra.ExactArgs(1)}
	units := cmd.Flags().Bool("units", false, a.say.Say("flag.units"))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		p, err := a.pipeline()
		if err != nil {
			return err
		}
		source, from, err := catalogueSource(args[0])
		if err != nil {
			return err
		}
		source, err = withOfficeOpenings(source, filepath.Join(p.Inputs, officeFolder))
		if err != nil {
			return err
		}
		cat, err := a.load(source, from)
		if err != nil {
			return err
		}
		all, err := p.Rehearse(cmd.Context(), cat)
		if err != nil {
			return err
		}
		t := changeTables{say: a.say, cat: cat, former: p.Catalogue}
		if a.json {
			return a.printJSON(newRehearsalJSON(&t, from, all))
		}
		a.println("rehearse.title", "id", from)
		if len(all) == 0 {
			a.println("rehearse.none")
		}
		for _, one := range all {
			a.printf("\n")
			a.rehearsal(&t, one, *units)
		}
		return nil
	}
	return cmd
}

// firstErrors is how many new errors of a period are told.
const firstErrors = 5

// rehearsal tells what the definitions would do to one publication.
func (a *app) rehearsal(t *changeTables, r pipeline.Rehearsal, units bool) {
	about := []any{"period", r.Period, "revision", strconv.Itoa(r.Revision)}
	if len(r.Changes) == 0 {
		a.println("rehearse.unchanged", about...)
	} else {
		count := func(is func(edition.Change) bool) int {
			n := 0
			for _, c := range r.Changes {
				if is(c) {
					n++
				}
			}
			return n
		}
		others := count(func(c edition.Change) bool { return !c.IsCity() })
		gone := count(func(c edition.Change) bool { return c.New == nil })
		fresh := count(func(c edition.Change) bool { return c.Old == nil })
		a.println("rehearse.changed", append(about, "city", edition.CityIndicators(r.Changes), "others", others, "gone", ifAny(gone), "fresh", ifAny(fresh))...)
	}
	if len(r.Already) > 0 {
		a.println("rehearse.already", "n", len(r.Already))
	}
	if len(r.Errors) > 0 {
		a.println("rehearse.errors", "n", len(r.Errors))
		for _, f := range r.Errors[:min(len(r.Errors), firstErrors)] {
			a.printf("  - %s: %s\n", f.File, f.Message)
		}
		if rest := len(r.Errors) - firstErrors; rest > 0 {
			a.printf("  %s\n", a.say.Say("rehearse.more_errors", "n", rest))
		}
	}
	if len(r.Changes) > 0 {
		a.changes(t, r.Changes, r.Period, units)
	}
}

// ifAny leaves a number out of a sentence where it is 0.
func ifAny(n int) any {
	if n == 0 {
		return ""
	}
	return n
}

// rehearsalJSON is the same for a script, with every change.
type rehearsalJSON struct {
	Catalogue string                `json:"catalogue"`
	Periods   []rehearsedPeriodJSON `json:"periods"`
}

type rehearsedPeriodJSON struct {
	Period   string       `json:"period"`
	Revision int          `json:"revision"`
	AsOf     string       `json:"as_of"`
	Changes  []changeJSON `json:"changes"`
	// Already is the number of published figures that the present definitions
	// give otherwise.
	Already int              `json:"already_different"`
	Errors  []newlyWrongJSON `json:"new_errors"`
}

type newlyWrongJSON struct {
	Code      finding.Code `json:"code"`
	Unit      string       `json:"unit,omitempty"`
	Indicator string       `json:"indicator,omitempty"`
	File      string       `json:"file,omitempty"`
	Sheet     string       `json:"sheet,omitempty"`
	Cell      string       `json:"cell,omitempty"`
	Message   string       `json:"message"`
}

func newRehearsalJSON(t *changeTables, from string, all []pipeline.Rehearsal) rehearsalJSON {
	out := rehearsalJSON{Catalogue: from, Periods: []rehearsedPeriodJSON{}}
	for _, r := range all {
		one := rehearsedPeriodJSON{
			Period: r.Period.String(), Revision: r.Revision, AsOf: r.AsOf.Format(time.RFC3339),
			Changes: t.changesJSON(r.Changes, false), Already: len(r.Already), Errors: []newlyWrongJSON{},
		}
		for _, f := range r.Errors {
			one.Errors = append(one.Errors, newlyWrongJSON{f.Code, f.Unit, f.Indicator, f.File, f.Sheet, f.Cell, f.Message})
		}
		out.Periods = append(out.Periods, one)
	}
	return out
}
