package main

import (
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"tonghop/pipeline"
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/edition"
	"tonghop/pipeline/period"
)

func (a *app) diffCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "diff PERIOD [r1 [r2]]", Short: a.say.Say("cli.diff"), Args: cobra.RangeArgs(1, 3),
	}
	all := cmd.Flags().Bool("units", false, a.say.Say("flag.units"))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		sel, err := a.selector(args[0])
		if err != nil {
			return err
		}
		var numbers [2]int
		for i, text := range args[1:] {
			if numbers[i], err = revisionNumber(text); err != nil {
				return &failure{code: exitUsage, key: "revision", facts: []any{"revision", text, "suggestion", "r1"}, underlie: err}
			}
		}
		p, err := a.pipeline()
		if err != nil {
			return err
		}
		d, err := p.Diff(cmd.Context(), sel, numbers[0], numbers[1], a.now())
		if err != nil {
			return err
		}
		if a.json {
			t := changeTables{say: a.say, cat: p.Catalogue}
			return a.printJSON(struct {
				Period  string       `json:"period"`
				From    int          `json:"from"`
				To      int          `json:"to"`
				Changes []changeJSON `json:"changes"`
			}{d.Period.String(), d.From, d.To, t.changesJSON(d.Changes, true)})
		}
		a.difference(p.Catalogue, d, *all)
		return nil
	}
	return cmd
}

// revisionNumber reads "r2" or "2".
func revisionNumber(text string) (int, error) {
	n, err := strconv.ParseUint(strings.TrimPrefix(strings.ToLower(text), "r"), 10, 31)
	if err == nil && n == 0 {
		err = strconv.ErrRange // revisions count from 1
	}
	return int(n), err
}

// difference prints why figures changed, then those of the city; with units those
// of groups and units, and of every span, as well.
func (a *app) difference(cat *catalogue.Catalogue, d pipeline.Difference, units bool) {
	a.println("diff.title", "period", d.Period, "from", strconv.Itoa(d.From), "to", strconv.Itoa(d.To))
	if len(d.Changes) == 0 {
		a.println("diff.none")
		return
	}
	t := changeTables{say: a.say, cat: cat}
	for _, line := range t.numbered(edition.Tallies(d.Changes)) {
		a.printf("%s\n", line)
	}
	a.changes(&t, d.Changes, d.Period, units)
}

// changes prints the tables of changed figures.
func (a *app) changes(t *changeTables, changes []edition.Change, per period.Span, units bool) {
	if !units {
		if edition.CityIndicators(changes) > 0 {
			a.printf("%s\n", t.city(changes, per))
		}
		a.println("diff.more")
		return
	}
	text, withheld := t.every(changes)
	a.printf("%s\n", text)
	if withheld {
		a.println("report.note.city_only")
	}
}
