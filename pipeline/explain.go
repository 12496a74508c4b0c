package pipeline

import (
	"context"
	"strings"
	"time"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/decision"
	"tonghop/pipeline/period"
	"tonghop/pipeline/report"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/validate"
)

// Explanation leads from a figure to the cells it was made of.
type Explanation struct {
	Indicator *catalogue.Indicator
	Unit      *catalogue.Unit // nil for the city
	Period    period.Span
	Spans     []period.Span
	// Figures of the city or the unit, one a span, in the order of Spans.
	Figures []*summary.Figure
	// Terms are what the figure is made of: the indicator itself unless it is
	// derived.
	Terms []Term
}

// Term is one input and what every unit said for it.
type Term struct {
	Indicator *catalogue.Indicator
	Openings  []catalogue.Opening
	Lines     []Line
}

// Line is what one unit said for one month, or why it said nothing.
type Line struct {
	Unit   *catalogue.Unit
	Month  period.Month
	Value  *submission.Value // nil where no submission counts or the row is not in it
	File   string
	Figure *summary.Figure // of the month; nil outside the period's own month
	// Decision is the office's by which the value stands; nil where it is the
	// unit's own.
	Decision *decision.Decision
	// Findings about this cell, told in words.
	Findings []report.Finding
}

// UnknownError says that the definitions hold no such indicator or unit.
type UnknownError struct {
	What string // "indicator" or "unit"
	Name string
	Near string // what was perhaps meant
}

func (e *UnknownError) Error() string { return "no " + e.What + " " + e.Name }

// Explain computes the period as a run would and shows what the figure of an
// indicator rests on, for the city or, where unit is not nil, for one unit. It
// writes nothing.
func (p *Pipeline) Explain(ctx context.Context, code string, unit *catalogue.Unit, sel period.Selector, now time.Time) (Explanation, error) {
	ind, err := p.indicatorNamed(code)
	if err != nil {
		return Explanation{}, err
	}
	v, err := p.present(ctx, func() time.Time { return now })
	if err != nil {
		return Explanation{}, err
	}
	per, err := p.resolve(sel, v)
	if err != nil {
		return Explanation{}, err
	}
	out, err := p.consider(v, per)
	if err != nil {
		return Explanation{}, err
	}
	city, checked := out.Summary, v.checked
	e := Explanation{Indicator: ind, Unit: unit, Period: per, Spans: city.Spans}
	id := ""
	if unit != nil {
		id = unit.ID
	}
	for _, span := range city.Spans {
		e.Figures = append(e.Figures, city.Find(ind.Code, span.Kind, "", id))
	}
	for _, code := range termsOf(ind) {
		if term, ok := p.Catalogue.Indicator(code); ok {
			e.Terms = append(e.Terms, p.term(term, unit, per, city, checked))
		}
	}
	return e, nil
}

func termsOf(ind *catalogue.Indicator) []string {
	if ind.Formula != nil {
		return ind.Formula.Terms()
	}
	return []string{ind.Code}
}

// term lists what every unit, or the one, said in each month of the period;
// for one unit also in the months since January, which its cumulative figure
// adds up.
func (p *Pipeline) term(ind *catalogue.Indicator, unit *catalogue.Unit, per period.Span, city *summary.Summary, checked *validate.Checked) Term {
	t := Term{Indicator: ind}
	for _, o := range p.Catalogue.Openings {
		// The city's openings say nothing of one unit.
		own := unit == nil || o.Unit == unit.ID
		if o.Indicator == ind.Code && own && !o.Through.After(per.To) {
			t.Openings = append(t.Openings, o)
		}
	}
	decided := map[string]*decision.Decision{}
	for _, d := range checked.Decisions(period.SpanOf(period.YearToDate, per.To, period.Month{})) {
		decided[d.ID] = &d
	}
	told := map[string][]report.Finding{}
	for _, f := range p.inWords(checked.All()) {
		if f.Indicator == ind.Code {
			key := f.Unit + f.Period.String()
			told[key] = append(told[key], f)
		}
	}
	months := per.Months()
	if unit != nil {
		months = period.SpanOf(period.YearToDate, per.To, period.Month{}).Months()
	}
	for _, m := range months {
		for _, u := range p.Catalogue.AskedUnits(ind, m, p.Timetable.Scheme) {
			if unit != nil && (u.ID != unit.ID || !checked.History.Covers(m, ind.Code)) {
				continue
			}
			line := Line{Unit: u, Month: m, Findings: told[u.ID+m.String()]}
			if m == per.To {
				line.Figure = city.Find(ind.Code, period.Monthly, "", u.ID)
			}
			if s := checked.History.Submission(u.ID, m); s != nil {
				line.File = s.File
			}
			if v, ok := checked.History.Value(u.ID, ind.Code, m); ok {
				line.Value = &v
				line.File = checked.History.Submission(u.ID, m).FileOf(v)
				line.Decision = decided[v.Decision]
			}
			t.Lines = append(t.Lines, line)
		}
	}
	return t
}

// indicatorNamed finds an indicator by code or alias, ignoring case.
func (p *Pipeline) indicatorNamed(name string) (*catalogue.Indicator, error) {
	if i, ok := p.Catalogue.Named(name); ok {
		return i, nil
	}
	near := ""
	for _, i := range p.Catalogue.Indicators {
		if near == "" && name != "" && strings.Contains(strings.ToUpper(i.Code), strings.ToUpper(name)) {
			near = i.Code
		}
	}
	return nil, &UnknownError{What: "indicator", Name: name, Near: near}
}
