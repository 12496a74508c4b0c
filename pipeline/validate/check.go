package validate

import (
	"slices"
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/catalogue/formula"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/history"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
)

// check adds what is missing from a submission and what breaks a rule, and
// refuses the values that an error rule refuses.
func (c *Checked) check(s *submission.Submission) {
	c.index = c.index.For(s.Values)
	x := examination{
		Submission: s, cat: c.input.Catalogue, table: c.input.Timetable, grace: c.input.NewIndicatorGrace, past: c.History, index: c.index,
	}
	if !s.Imported() { // nobody was asked for more than the table gives
		x.missing()
	}
	x.parts()
	x.rules()
	x.refuse()
	x.looksBack()
	finding.Sort(s.Findings)
}

// examination is one submission being checked.
type examination struct {
	*submission.Submission
	cat     *catalogue.Catalogue
	table   period.Timetable
	grace   int // periods
	past    *history.History
	index   *submission.Index
	refused []string // codes refused once every rule has seen what was typed
}

func (x *examination) value(code string) (submission.Value, bool) {
	i, ok := x.index.Of(code)
	if !ok {
		return submission.Value{}, false
	}
	return x.Values.At(i), true
}

// at starts a finding at the cell of a value.
func (x *examination) at(code finding.Code, v submission.Value) finding.Finding {
	f := finding.New(code)
	f.Unit, f.Period, f.File, f.Indicator = x.Unit, x.Period, x.FileOf(v), v.Indicator
	f.Sheet, f.Cell, f.Raw = v.Sheet, v.Cell, v.Raw
	f.Row, f.Col = v.Row, v.Col
	return f
}

// missing finds required values that were left blank.
func (x *examination) missing() {
	for _, v := range x.Values.All() {
		ind, ok := x.cat.Indicator(v.Indicator)
		if !ok || !ind.Required || v.NotDue || !blank(v) {
			continue
		}
		f := x.at(finding.ValueMissing, v)
		if v.Cell == "" && x.isNew(ind) {
			f.Severity = finding.Note
		}
		if ind.Type == catalogue.Choice {
			f = f.With("choices", strings.Join(ind.Choices, "|"))
		}
		// That the row is not there is said by this: one gap is told once.
		x.Findings = slices.DeleteFunc(x.Findings, func(f finding.Finding) bool {
			return f.Code == finding.IndicatorMissing && f.Indicator == v.Indicator
		})
		x.Findings = append(x.Findings, f)
	}
}

func (x *examination) isNew(ind *catalogue.Indicator) bool {
	if ind.ValidFrom.IsZero() {
		return false
	}
	return x.Period.Sub(x.table.Scheme.MonthOf(ind.ValidFrom)) < x.grace
}

// parts refuses a part larger than its whole, and the whole with it: one of
// the two is wrong and nobody knows which.
func (x *examination) parts() {
	for _, v := range x.Values.All() {
		ind, ok := x.cat.Indicator(v.Indicator)
		if !ok || ind.PartOf == "" {
			continue
		}
		whole, ok := x.value(ind.PartOf)
		if !ok {
			continue
		}
		part, partOK := v.Figure.Number()
		all, wholeOK := whole.Figure.Number()
		if !partOK || !wholeOK || part.Cmp(all) <= 0 {
			continue
		}
		f := x.at(finding.PartExceedsWhole, v).
			With("whole", ind.PartOf).With("whole_cell", whole.Cell).With("whole_value", all.String())
		f.Read = part.String()
		if v.Decision != "" { // then the cell holds another
			f = f.With("corrected", part.String()).With("decision", v.Decision)
		}
		if whole.Decision != "" {
			f = f.With("whole_decision", whole.Decision)
		}
		x.Findings = append(x.Findings, f)
		x.refused = append(x.refused, v.Indicator, ind.PartOf)
	}
}

// rules checks the catalogue's conditions on this submission.
func (x *examination) rules() {
	window := x.table.Window(x.Period)
	for _, r := range x.cat.Rules {
		if r.Scope == catalogue.RuleOfCity || !window.Overlaps(r.ValidFrom, r.ValidTo) || !x.concerned(r) {
			continue
		}
		switch r.Check.Eval(x.look) {
		case formula.Broken:
			x.broken(r)
		case formula.NotChecked:
			x.notChecked(r)
		}
	}
}

// concerned reports whether a rule is about this submission: every code it
// names is asked of the unit and due this month, and it looks back to no time
// before the unit's first report nor across a succession, nor to what was not
// imported of a month before adoption.
func (x *examination) concerned(r *catalogue.Rule) bool {
	for _, ref := range r.Check.Refs() {
		if v, ok := x.value(ref.Code); !ok || v.NotDue {
			return false
		}
		if back := lookback(ref.When); back > 0 && (!x.comparable(back) || !x.past.Covers(x.Period.Add(-back), ref.Code)) {
			return false
		}
	}
	return true
}

// lookback is how many months before its own a rule looks.
func lookback(w formula.When) int {
	switch w {
	case formula.Prev:
		return 1
	case formula.LastYear:
		return 12
	}
	return 0
}

// comparable reports whether the unit was there some months ago and has been
// the same since.
func (x *examination) comparable(months int) bool {
	then := x.Period.Add(-months)
	since := x.past.Since(x.Unit)
	if since.IsZero() || since.After(then) {
		return false
	}
	after, until := x.table.Window(then).To, x.table.Window(x.Period).To
	return !slices.ContainsFunc(x.cat.Successions, func(s catalogue.Succession) bool {
		return (s.From == x.Unit || s.To == x.Unit) && s.Date.After(after) && !s.Date.After(until)
	})
}

func (x *examination) broken(r *catalogue.Rule) {
	f := x.at(finding.RuleBroken, x.anchor(r)).
		With("rule", r.ID).With("values", x.values(r))
	f.Severity = severity(r.Severity)
	x.Findings = append(x.Findings, f)
	if f.Severity == finding.Error {
		x.refused = append(x.refused, r.Refuses...)
	}
}

// notChecked says so, unless a cell the rule needs already has a finding of its
// own that explains it.
func (x *examination) notChecked(r *catalogue.Rule) {
	var lacking []string
	for _, ref := range r.Check.Refs() {
		if x.look(ref).State().Counts() {
			continue
		}
		if lookback(ref.When) == 0 && x.explained(ref.Code) {
			return
		}
		lacking = append(lacking, ref.String())
	}
	f := x.at(finding.RuleNotChecked, x.anchor(r)).
		With("rule", r.ID).With("lacking", strings.Join(lacking, "|"))
	x.Findings = append(x.Findings, f)
}

func (x *examination) explained(code string) bool {
	return slices.ContainsFunc(x.Findings, func(f finding.Finding) bool {
		return f.Indicator == code && f.Severity == finding.Error
	})
}

// anchor is the value at whose cell a rule's finding stands: the first of this
// submission that the rule names, else the first of which it names the past.
func (x *examination) anchor(r *catalogue.Rule) submission.Value {
	refs := r.Check.Refs()
	if i := slices.IndexFunc(refs, func(ref formula.Ref) bool { return lookback(ref.When) == 0 }); i > 0 {
		refs = refs[i:]
	}
	v, _ := x.value(refs[0].Code)
	return v
}

// values lists what a rule saw: "CT01_HV = 1234|prev(CT01_HV) = 1200".
func (x *examination) values(r *catalogue.Rule) string {
	var seen []string
	for _, ref := range r.Check.Refs() {
		seen = append(seen, ref.String()+" = "+mark(x.look(ref)))
	}
	return strings.Join(seen, "|")
}

// look answers what a rule asks for, from this submission and the past.
func (x *examination) look(ref formula.Ref) figure.Figure {
	v, _ := x.value(ref.Code)
	switch ref.When {
	case formula.Prev:
		return x.past.Figure(x.Unit, ref.Code, x.Period.Add(-1))
	case formula.LastYear:
		return x.past.Figure(x.Unit, ref.Code, x.Period.Add(-12))
	case formula.YTD:
		return x.yearToDate(ref.Code, v.Figure)
	}
	return v.Figure
}

// yearToDate is a flow's sum since January over the months in which the unit
// was asked, known only if every one of them is; an opening stands for the
// months it covers. A stock or cumulative count is its own value.
func (x *examination) yearToDate(code string, now figure.Figure) figure.Figure {
	ind, ok := x.cat.Indicator(code)
	if !ok || ind.Nature != catalogue.Flow {
		return now
	}
	unit, known := x.cat.Unit(x.Unit)
	total, ok := now.Number()
	if !ok || !known {
		return now
	}
	from := period.Month{Year: x.Period.Year, Number: 1}
	for _, o := range x.cat.Openings {
		if o.Indicator == code && o.Unit == x.Unit && o.Span == catalogue.OpeningYear && !o.Through.Before(from) && o.Through.Before(x.Period) {
			total, from = total.Add(o.Value), o.Through.Add(1)
			break // a year has one
		}
	}
	for m := from; m.Before(x.Period); m = m.Add(1) {
		if !ind.DueIn(m) || !x.cat.Asks(ind, unit, m, x.table.Scheme) {
			continue
		}
		n, ok := x.past.Figure(x.Unit, code, m).Number()
		if !ok {
			return figure.Without(figure.NotAvailable)
		}
		total = total.Add(n)
	}
	return figure.Of(total)
}

// refuse marks what the rules refuse, after all of them have been checked on
// what was typed: the order of rules changes nothing.
func (x *examination) refuse() {
	if len(x.refused) == 0 {
		return
	}
	values := x.Values.List()
	for _, code := range x.refused {
		if i, ok := x.index.Of(code); ok {
			values[i].Figure = figure.Without(figure.Refused)
		}
	}
	x.Values = submission.ValuesOf(values...)
}

func severity(s catalogue.Severity) finding.Severity {
	switch s {
	case "error":
		return finding.Error
	case "note":
		return finding.Note
	}
	return finding.Warning
}
