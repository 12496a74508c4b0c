package main

import (
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"tonghop/pipeline"
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
)

func (a *app) explainCommand() *cobra.Command {
	var per, unit string
	cmd := &cobra.Command{Use: "explain INDICATOR", Short: a.say.Say("cli.explain"), Args: cobra.ArbitraryArgs}
	cmd.Flags().StringVar(&per, "period", "latest", a.say.Say("flag.period"))
	cmd.Flags().StringVar(&unit, "unit", "", a.say.Say("flag.unit"))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) != 1 {
			return usage(a.say.Say("explain.no_indicator"), " explain")
		}
		sel, err := a.selector(per)
		if err != nil {
			return err
		}
		p, err := a.pipeline()
		if err != nil {
			return err
		}
		var one *catalogue.Unit
		if unit != "" {
			if one, err = unitNamed(unitsIn(p, sel), unit); err != nil {
				return err
			}
		}
		e, err := p.Explain(cmd.Context(), args[0], one, sel, a.now())
		if err != nil {
			return err
		}
		if a.json {
			return a.explainJSON(e)
		}
		a.explainIn(e)
		return nil
	}
	return cmd
}

// unitsIn are those there on some day of a period: names and codes come back.
// Where the period is yet to be found they are all.
func unitsIn(p *pipeline.Pipeline, sel period.Selector) []*catalogue.Unit {
	if sel.Kind != period.Fixed {
		return p.Catalogue.Units
	}
	days := p.Timetable.Scheme.SpanWindow(sel.Span)
	return slices.DeleteFunc(slices.Clone(p.Catalogue.Units), func(u *catalogue.Unit) bool { return !u.ValidDuring(days) })
}

// explainIn prints the figure, how it was made, and the cells it rests on.
func (a *app) explainIn(e pipeline.Explanation) {
	who := a.say.Say("column.city")
	if e.Unit != nil {
		who = e.Unit.Title()
	}
	a.println("explain.title", "code", e.Indicator.Code, "name", a.say.IndicatorName(e.Indicator), "who", who, "period", e.Period)
	if e.Indicator.Formula != nil {
		a.println("explain.formula", "formula", e.Indicator.Formula.String())
	}
	for i, f := range e.Figures {
		if f != nil {
			a.printf("  %s: %s\n", a.say.Span(e.Spans[i]), a.figureInWords(f, e.Spans[i]))
		}
	}
	for _, t := range e.Terms {
		a.term(t, len(e.Terms) > 1, e.Unit != nil)
	}
}

func (a *app) figureInWords(f *summary.Figure, span period.Span) string {
	parts := []string{a.say.Reason(f.Reason)}
	if n, ok := f.Value.Number(); ok {
		parts = []string{a.say.Exact(n) + " " + f.Indicator.Measure}
	}
	if f.Numerator != nil && f.Denominator != nil {
		parts = append(parts, a.say.Say("report.ratio", "numerator", *f.Numerator, "denominator", *f.Denominator))
	}
	if f.Coverage.Expected > 0 {
		parts = append(parts, a.say.Coverage(f.Coverage))
	}
	if !f.Opening.IsZero() {
		parts = append(parts, a.say.Say("coverage.opening", "through", f.Opening))
	}
	if uncovered := a.say.Uncovered(f, span); uncovered != "" {
		parts = append(parts, uncovered)
	}
	for _, carried := range f.Coverage.Carried {
		if f.Unit != "" {
			parts = append(parts, a.say.Say("coverage.carried", "from", carried.From))
		}
	}
	if weight := a.say.Weight(f.Coverage.Weight); weight != "" {
		parts = append(parts, weight)
	}
	if f.Comparison.Compared() {
		parts = append(parts, a.say.Say("comparison.explained", "base", a.say.Base(f.Comparison, f.Indicator)))
	} else if f.Comparison != nil {
		parts = append(parts, a.say.Compared(f.Comparison))
	}
	if f.Judgment != nil {
		parts = append(parts, a.say.Judgment(f.Judgment))
	}
	return strings.Join(parts, "; ")
}

func (a *app) term(t pipeline.Term, named, monthly bool) {
	a.printf("\n")
	if named {
		a.printf("%s – %s\n", t.Indicator.Code, a.say.IndicatorName(t.Indicator))
	}
	for _, o := range t.Openings {
		span := period.Span{Kind: period.YearToDate}
		if o.Span == catalogue.OpeningPlan {
			span.Kind = period.PlanToDate
		}
		a.println("report.opening", "indicator", t.Indicator.Code, "span", a.say.Span(span), "value", o.Value,
			"measure", t.Indicator.Measure, "through", o.Through, "source", o.Source)
	}
	w := newTable()
	header := table.Row{a.say.Say("column.unit")}
	if monthly {
		header = append(header, a.say.Say("column.period"))
	}
	for _, key := range []string{"column.read", "column.raw", "column.cell", "column.sheet", "column.file", "column.note"} {
		header = append(header, a.say.Say(key))
	}
	w.AppendHeader(header)
	for _, l := range t.Lines {
		row := table.Row{l.Unit.Title()}
		if monthly {
			row = append(row, l.Month.String())
		}
		read, raw, cell, sheet := "", "", "", ""
		if v := l.Value; v != nil {
			read, raw, cell, sheet = a.say.Mark(v.Figure.State()), v.Raw, v.Cell, v.Sheet
			if n, ok := v.Figure.Number(); ok && read == "" {
				read = a.say.Exact(n)
			}
			if v.Text != "" {
				read = v.Text
			}
		}
		w.AppendRow(append(row, read, raw, cell, sheet, l.File, a.why(l)))
	}
	a.printf("%s\n", w.Render())
}

// why says what is the matter with a line: the finding, else the reason that
// there is no figure.
func (a *app) why(l pipeline.Line) string {
	if v := l.Value; v != nil && v.Import != nil && l.Decision == nil {
		return a.say.Say("explain.import", "source", v.Import.Source)
	}
	if d := l.Decision; d != nil {
		waiting := ""
		if !d.Confirmed {
			waiting = a.say.Say("legend.unconfirmed")
		}
		return a.say.Say("explain.decision", "id", d.ID, "by", d.By, "basis", d.Basis, "waiting", waiting)
	}
	for _, f := range l.Findings {
		if f.Severity == finding.Error {
			return f.Title
		}
	}
	switch {
	case l.File == "" && l.Value == nil:
		return a.say.Reason(summary.ReasonNotReceived)
	case l.Figure != nil && l.Figure.Reason != summary.ReasonNone:
		return a.say.Reason(l.Figure.Reason)
	case len(l.Findings) > 0:
		return l.Findings[0].Title
	}
	return ""
}

func (a *app) explainJSON(e pipeline.Explanation) error {
	type line struct {
		Unit  string `json:"unit"`
		Month string `json:"month"`
		State string `json:"state"`
		Value string `json:"value,omitempty"`
		Text  string `json:"text,omitempty"`
		File  string `json:"file,omitempty"`
		Sheet string `json:"sheet,omitempty"`
		Cell  string `json:"cell,omitempty"`
		Raw   string `json:"raw,omitempty"`
		Why   string `json:"why,omitempty"`
	}
	type term struct {
		Indicator string `json:"indicator"`
		Lines     []line `json:"lines"`
	}
	type figure struct {
		Span     period.SpanKind `json:"span"`
		Value    string          `json:"value,omitempty"`
		Reason   string          `json:"reason,omitempty"`
		Reported int             `json:"reported"`
		Expected int             `json:"expected"`
	}
	out := struct {
		Indicator string   `json:"indicator"`
		Unit      string   `json:"unit,omitempty"`
		Period    string   `json:"period"`
		Formula   string   `json:"formula,omitempty"`
		Figures   []figure `json:"figures"`
		Terms     []term   `json:"terms"`
	}{Indicator: e.Indicator.Code, Period: e.Period.String()}
	if e.Unit != nil {
		out.Unit = e.Unit.ID
	}
	if e.Indicator.Formula != nil {
		out.Formula = e.Indicator.Formula.String()
	}
	for _, f := range e.Figures {
		if f == nil {
			continue
		}
		one := figure{Span: f.Span, Reason: string(f.Reason), Reported: f.Coverage.Reported, Expected: f.Coverage.Expected}
		if n, ok := f.Value.Number(); ok {
			one.Value = n.Published()
		}
		out.Figures = append(out.Figures, one)
	}
	for _, t := range e.Terms {
		made := term{Indicator: t.Indicator.Code}
		for _, l := range t.Lines {
			one := line{Unit: l.Unit.ID, Month: l.Month.String(), State: "missing", File: l.File, Why: a.why(l)}
			if v := l.Value; v != nil {
				one.State, one.Text, one.Sheet, one.Cell, one.Raw = v.Figure.State().String(), v.Text, v.Sheet, v.Cell, v.Raw
				if n, ok := v.Figure.Number(); ok {
					one.Value = n.Published()
				}
			}
			made.Lines = append(made.Lines, one)
		}
		out.Terms = append(out.Terms, made)
	}
	return a.printJSON(out)
}
