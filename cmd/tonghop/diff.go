package main

import (
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"tonghop/pipeline"
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/edition"
	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/wording"
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
		if sel.Kind != period.Fixed {
			return &failure{code: exitUsage, key: "period", facts: []any{"period", args[0]}}
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
		d, err := p.Diff(cmd.Context(), sel.Span, numbers[0], numbers[1])
		if err != nil {
			return err
		}
		if a.json {
			return a.printJSON(differenceJSON(a.say, p.Catalogue, d))
		}
		a.difference(p.Catalogue, d, *all)
		return nil
	}
	return cmd
}

// revisionNumber reads "r2" or "2".
func revisionNumber(text string) (int, error) {
	n, err := strconv.ParseUint(strings.TrimPrefix(strings.ToLower(text), "r"), 10, 31)
	return int(n), err
}

// difference prints what changed: why, then the figures of the city, or those of
// groups and units as well.
func (a *app) difference(cat *catalogue.Catalogue, d pipeline.Difference, units bool) {
	a.println("diff.title", "period", d.Period, "from", strconv.Itoa(d.From), "to", strconv.Itoa(d.To))
	if len(d.Changes) == 0 {
		a.println("report.changes_none")
		return
	}
	for _, t := range edition.Tallies(d.Changes) {
		a.printf("- %s\n", a.say.Say("report.change", "cause", a.say.Cause(t.Cause, cat), "n", t.Indicators))
	}
	t := newTable()
	header := table.Row{}
	for _, key := range []string{"column.unit", "column.code", "column.span", "column.value_before", "column.value_now", "column.verdict_now", "column.cause"} {
		header = append(header, a.say.Say(key))
	}
	t.AppendHeader(header)
	for _, change := range d.Changes {
		if ind, ok := cat.Indicator(change.Indicator); ok && (units || change.IsCity()) {
			t.AppendRow(a.changeRow(cat, ind, change))
		}
	}
	a.printf("%s\n", t.Render())
	if !units {
		a.println("diff.more")
	}
}

func (a *app) changeRow(cat *catalogue.Catalogue, ind *catalogue.Indicator, change edition.Change) table.Row {
	who := a.say.Say("column.city")
	switch u, ok := cat.Unit(change.Unit); {
	case ok:
		who = u.Title()
	case change.Group != "":
		who = change.Group
	}
	verdict := ""
	if change.New != nil && change.New.Verdict != "" {
		verdict = a.say.Verdict(summary.Verdict(change.New.Verdict))
	}
	decimals := wording.ShownDecimals(change, ind)
	return table.Row{
		who, change.Indicator, a.say.Span(period.Span{Kind: change.Span}),
		a.say.Edited(change.Old, ind, decimals), a.say.Edited(change.New, ind, decimals), verdict, a.shortCauses(cat, change),
	}
}

// shortCauses names the causes of a figure of many units by their number: they
// are listed above.
func (a *app) shortCauses(cat *catalogue.Catalogue, change edition.Change) string {
	if len(change.Causes) > 1 {
		return a.say.Say("diff.causes", "n", len(change.Causes))
	}
	return a.say.Causes(change, cat)
}

// differenceJSON is the same for a script.
func differenceJSON(say wording.Phrases, cat *catalogue.Catalogue, d pipeline.Difference) any {
	type cause struct {
		Why      string `json:"why"`
		Unit     string `json:"unit,omitempty"`
		Period   string `json:"period,omitempty"`
		File     string `json:"file,omitempty"`
		Decision string `json:"decision,omitempty"`
		Message  string `json:"message"`
	}
	type side struct {
		Value   *string `json:"value"`
		State   string  `json:"state"`
		Verdict string  `json:"verdict,omitempty"`
	}
	type change struct {
		Indicator string  `json:"indicator"`
		Unit      string  `json:"unit,omitempty"`
		Group     string  `json:"group,omitempty"`
		Span      string  `json:"span"`
		Old       *side   `json:"old"`
		New       *side   `json:"new"`
		Causes    []cause `json:"causes"`
	}
	of := func(f *edition.Figure) *side {
		if f == nil {
			return nil
		}
		s := &side{State: f.State, Verdict: f.Verdict}
		if n, ok := f.Number(); ok {
			text := n.String()
			s.Value = &text
		}
		return s
	}
	out := struct {
		Period  string   `json:"period"`
		From    int      `json:"from"`
		To      int      `json:"to"`
		Changes []change `json:"changes"`
	}{d.Period.String(), d.From, d.To, []change{}}
	for _, one := range d.Changes {
		c := change{Indicator: one.Indicator, Unit: one.Unit, Group: one.Group, Span: one.Span.String(), Old: of(one.Old), New: of(one.New)}
		for _, why := range one.Causes {
			c.Causes = append(c.Causes, cause{
				Why: string(why.Why), Unit: why.Unit, Period: why.Month.String(), File: why.File, Decision: why.Decision, Message: say.Cause(why, cat),
			})
		}
		out.Changes = append(out.Changes, c)
	}
	return out
}
