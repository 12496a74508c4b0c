package main

import (
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/spf13/cobra"

	"tonghop/pipeline"
	"tonghop/pipeline/decision"
	"tonghop/pipeline/period"
	"tonghop/pipeline/report/export"
)

// columnFlag gives a column of the table of decisions.
type columnFlag struct{ flag, column, phrase string }

// decideFlags are the columns of the table of decisions that a command gives.
var decideFlags = []columnFlag{
	{"date", "date", "flag.date"}, {"by", "by", "flag.by"}, {"kind", "kind", "flag.kind"},
	{"period", "period", "flag.month"}, {"unit", "unit", "flag.unit_named"}, {"indicator", "indicator", "flag.indicator"},
	{"file", "file", "flag.named_file"}, {"old", "old_value", "flag.old"}, {"new", "new_value", "flag.new"},
	{"basis", "basis", "flag.basis"},
}

func (a *app) decideCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "decide --kind … --period 2025-06 --unit … --by … --basis …",
		Short: a.say.Say("cli.decide"), Args: cobra.NoArgs,
	}
	var kinds []string
	for _, k := range decision.Kinds {
		if !k.AboutReports() { // they have commands of their own
			kinds = append(kinds, string(k)+" ("+k.Vietnamese()+")")
		}
	}
	given := map[string]*string{}
	for _, f := range decideFlags {
		help := ""
		if f.phrase == "flag.kind" {
			help = a.say.Say("flag.kind", "kinds", strings.Join(kinds, ", "))
		} else {
			help = a.say.Say(f.phrase)
		}
		given[f.column] = cmd.Flags().String(f.flag, "", help)
	}
	confirmed := cmd.Flags().Bool("confirmed", false, a.say.Say("flag.confirmed"))
	list := cmd.Flags().Bool("list", false, a.say.Say("flag.list"))
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		p, err := a.pipeline()
		if err != nil {
			return err
		}
		if *list {
			return a.listDecisions(cmd, p, *given["period"])
		}
		cells := cellsOf(given)
		cells["confirmed"] = decision.Waiting
		if *confirmed {
			cells["confirmed"] = decision.Available
		}
		d, err := p.Decide(cmd.Context(), cells)
		if err != nil {
			return a.decisionFailure(err)
		}
		if a.json {
			return a.printJSON(export.NewDecision(&d))
		}
		a.println("decide.done", "id", d.ID, "kind", a.say.Say("decision."+string(d.Kind)), "unit", unitTitle(p, d.Unit),
			"period", d.Period, "indicator", d.Indicator, "old", d.Old.Raw, "new", d.New.Raw, "file", d.File)
		a.println("decide.next")
		return nil
	}
	return cmd
}

// wrongDecision tells every fault at once, by the flag that was given.
func (a *app) wrongDecision(wrong *pipeline.DecisionError) error {
	f := &failure{code: exitUsage, key: "decision", facts: []any{"n", len(wrong.Problems)}, underlie: wrong}
	for _, p := range wrong.Problems {
		p.Where = "--" + flagOf(p.Column)
		p.Column = ""
		if a.language == "en" {
			f.details = append(f.details, p.Error())
		} else {
			f.details = append(f.details, p.Vietnamese())
		}
	}
	return f
}

func flagOf(column string) string {
	for _, flags := range [][]columnFlag{decideFlags, signFlags} {
		for _, f := range flags {
			if f.column == column {
				return f.flag
			}
		}
	}
	return column
}

func unitTitle(p *pipeline.Pipeline, id string) string {
	if u, ok := p.Catalogue.Unit(id); ok {
		return u.Title()
	}
	return id
}

func (a *app) listDecisions(cmd *cobra.Command, p *pipeline.Pipeline, text string) error {
	var m period.Month
	if text != "" {
		sel, err := a.selector(text)
		if err != nil {
			return err
		}
		if sel.Kind != period.Fixed || sel.Span.Kind != period.Monthly {
			return &failure{code: exitUsage, key: "period", facts: []any{"period", text}}
		}
		m = sel.Span.To
	}
	all, err := p.InForce(cmd.Context(), m, a.now())
	if err != nil {
		return err
	}
	if a.json {
		out := make([]export.Decision, len(all))
		for i, d := range all {
			out[i] = export.NewDecision(&d)
		}
		return a.printJSON(out)
	}
	if len(all) == 0 {
		a.println("decide.none", "period", m)
		return nil
	}
	a.println("decide.title", "period", m)
	a.printf("%s\n", a.decisionTable(p, all))
	return nil
}

func (a *app) decisionTable(p *pipeline.Pipeline, all []decision.Decision) string {
	t := table.NewWriter()
	t.SetStyle(table.StyleLight)
	t.Style().Format.Header = text.FormatDefault // capitals would hide the words' accents
	header := table.Row{}
	for _, key := range []string{
		"column.decision", "column.date", "column.kind", "column.period", "column.unit", "column.code",
		"column.finding", "column.basis", "column.decided_by", "column.confirmed",
	} {
		header = append(header, a.say.Say(key))
	}
	t.AppendHeader(header)
	for _, d := range all {
		content := d.New.Raw + d.File
		if d.Old.Given() {
			content = d.Old.Raw + " → " + d.New.Raw
		}
		waits := a.say.Say("confirmed.no")
		if d.Confirmed {
			waits = a.say.Say("confirmed.yes")
		}
		t.AppendRow(table.Row{
			d.ID, a.say.Date(d.Date), a.say.Say("decision." + string(d.Kind)), d.Period.String(), unitTitle(p, d.Unit), d.Indicator,
			content, d.Basis, d.By, waits,
		})
	}
	return t.Render()
}
