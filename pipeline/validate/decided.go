package validate

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"tonghop/pipeline/decision"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
)

// rulings are the office's decisions as they stand at as-of, and what became
// of each.
type rulings struct {
	input    Input
	standing []decision.Decision // in order: of two about the same the later holds
	met      map[string]bool     // ids of those that found what they are about
	findings []finding.Finding   // about the table of decisions itself
}

// newRulings leaves out what had not been decided at as-of, or had not come: a
// withdrawal not yet made withdraws nothing. One dated before it came is no decision
// for later, whatever the clock has been moved to since.
func newRulings(in Input) *rulings {
	o := &rulings{input: in, met: map[string]bool{}, findings: slices.Clone(in.DecisionFindings)}
	today := period.DateIn(in.AsOf, in.Timetable.Zone)
	var seen []decision.Decision
	for _, d := range in.Decisions {
		came := period.DateIn(d.Received, in.Timetable.Zone)
		if !d.Received.After(in.SeenBy) && (!d.Date.After(today) || !d.Date.After(came)) {
			seen = append(seen, d)
		}
	}
	var lost []decision.Decision
	o.standing, lost = decision.InForce(seen)
	for _, d := range lost {
		o.tell(at(finding.DecisionNotApplied, d).With("wanted", d.Withdraws))
	}
	return o
}

// at starts a finding about a decision, at the row where it was typed.
func at(code finding.Code, d decision.Decision) finding.Finding {
	f := finding.New(code).With("decision", d.ID)
	f.Unit, f.Period, f.Indicator = d.Unit, d.Period, d.Indicator
	f.File, f.Sheet, f.Row, f.Col = d.Place.File, d.Place.Sheet, d.Place.Row, d.Place.Col
	return f
}

func (o *rulings) tell(f finding.Finding) { o.findings = append(o.findings, f) }

// about returns the decisions of a kind on a unit's report, in order.
func (o *rulings) about(k decision.Kind, unit string, m period.Month) []decision.Decision {
	var all []decision.Decision
	for _, d := range o.standing {
		if d.Kind == k && d.Unit == unit && d.Period == m {
			all = append(all, d)
		}
	}
	return all
}

// last returns the decision of a kind that holds for a unit's report.
func (o *rulings) last(k decision.Kind, unit string, m period.Month) (d decision.Decision, ok bool) {
	all := o.about(k, unit, m)
	for _, d := range all {
		o.met[d.ID] = true
	}
	if len(all) == 0 {
		return decision.Decision{}, false
	}
	return all[len(all)-1], true
}

// later reports whether a report came after a decision: on a later day, or on
// the same day after the decision was typed.
func (o *rulings) later(s *submission.Submission, d decision.Decision) bool {
	on := period.DateIn(s.ReceivedAt, o.input.Timetable.Zone)
	if on != d.Date {
		return on.After(d.Date)
	}
	return s.ReceivedAt.After(d.Received)
}

// discarded returns the decision by which a file is left out.
func (o *rulings) discarded(f submission.File) (decision.Decision, bool) {
	for _, d := range slices.Backward(o.standing) {
		if d.Kind == decision.Discard && d.Names(f.Path, f.SHA256) &&
			(d.Unit == "" || f.Unit == "" || d.Unit == f.Unit) && (d.Period.IsZero() || f.Period.IsZero() || d.Period == f.Period) {
			o.met[d.ID] = true
			return d, true
		}
	}
	return decision.Decision{}, false
}

// correct puts the office's corrections in place of what a report says, before
// its rules are checked. Where the unit has sent the corrected value itself
// there is nothing left to correct.
func (o *rulings) correct(s *submission.Submission) {
	holds := map[string]decision.Decision{}
	for _, d := range o.about(decision.Correction, s.Unit, s.Period) {
		holds[d.Indicator] = d
	}
	if len(holds) == 0 {
		return
	}
	values := s.Values.List()
	for i := range values {
		v := &values[i]
		d, ok := holds[v.Indicator]
		if !ok || v.NotDue {
			continue
		}
		for _, one := range o.about(decision.Correction, s.Unit, s.Period) {
			if one.Indicator == v.Indicator {
				o.met[one.ID] = true
			}
		}
		if says(*v, d.New) {
			continue
		}
		if s.File != "" && o.later(s, d) {
			s.Findings = append(s.Findings, o.contradicted(s, *v, d))
		}
		v.Figure, v.Text, v.Decision, v.Unconfirmed = d.New.Figure, d.New.Words, d.ID, !d.Confirmed
		for j, f := range s.Findings {
			if stage := f.Code.Definition().Stage; f.Indicator == v.Indicator && (stage == finding.StageForm || stage == finding.StageValue) {
				s.Findings[j] = settled(f, d.Reason())
			}
		}
	}
	s.Values = submission.ValuesOf(values...)
}

// says reports whether a value is what a decision names.
func says(v submission.Value, a decision.Amount) bool {
	return v.Figure.Equal(a.Figure) && v.Text == a.Words
}

// contradicted tells that a report sent after a correction says something else:
// still the old value, or a third one.
func (o *rulings) contradicted(s *submission.Submission, v submission.Value, d decision.Decision) finding.Finding {
	f := finding.New(finding.CorrectionContradicted).
		With("decision", d.ID).With("corrected", shown(submission.Value{Figure: d.New.Figure, Text: d.New.Words})).With("basis", d.Basis)
	f.Unit, f.Period, f.File, f.Indicator = s.Unit, s.Period, s.File, v.Indicator
	f.Sheet, f.Cell, f.Row, f.Col = v.Sheet, v.Cell, v.Row, v.Col
	f.Raw, f.Read = v.Raw, typed(v)
	switch {
	case f.Read == "": // left blank
	case d.Old.Given() && says(v, d.Old):
		f = f.With("still", f.Read)
	default:
		f = f.With("now", f.Read)
	}
	return f
}

// typed is what a cell holds, in the words of who filled it in; empty where it
// is blank. What could not be read has no other.
func typed(v submission.Value) string {
	if v.Figure.Is(figure.Known) || v.Text != "" {
		return shown(v)
	}
	return strings.TrimSpace(v.Raw)
}

// checkOld tells of a correction that names an old value which no report sent
// before it holds: it may be about another cell. It is applied nevertheless. A
// correction may also name what an earlier one gave.
func (o *rulings) checkOld(all *dossier) {
	if len(all.versions) == 0 {
		return
	}
	unit, month := all.versions[0].Unit, all.versions[0].Period
	rows := o.about(decision.Correction, unit, month)
	for i, d := range rows {
		same := func(one decision.Decision) bool { return one.Indicator == d.Indicator }
		if !d.Old.Given() || slices.ContainsFunc(rows[i+1:], same) {
			continue
		}
		agreed := slices.ContainsFunc(rows[:i], func(one decision.Decision) bool {
			return same(one) && one.New.Figure.Equal(d.Old.Figure) && one.New.Words == d.Old.Words
		})
		var last *version // newest of those sent before, in which the cell is
		for _, v := range all.versions {
			value, ok := v.Value(d.Indicator)
			if !ok || value.NotDue || v.File == "" || o.later(v.Submission, d) {
				continue
			}
			agreed = agreed || says(value, d.Old) || says(value, d.New)
			if last == nil || newestFirst(v, last) < 0 {
				last = v
			}
		}
		if agreed || last == nil {
			continue
		}
		value, _ := last.Value(d.Indicator)
		f := at(finding.CorrectionOldDiffers, d).With("old", d.Old.Raw).With("report", last.File)
		if held := typed(value); held != "" {
			f = f.With("held", held)
		}
		if value.Cell != "" {
			f = f.With("report_cell", value.Cell)
		}
		o.tell(f)
	}
}

// settled makes a finding one that nobody need act on, with the reason.
func settled(f finding.Finding, why string) finding.Finding {
	f.Severity = finding.Note
	return f.With(finding.Explained, why)
}

// enterPaper makes a report of what the office entered for a unit that sent no
// file that can be used.
func (c *Checked) enterPaper() {
	type key struct {
		unit  string
		month period.Month
	}
	var keys []key
	for _, d := range c.office.standing {
		if k := (key{d.Unit, d.Period}); d.Kind == decision.Paper && !slices.Contains(keys, k) {
			keys = append(keys, k)
		}
	}
	slices.SortFunc(keys, func(a, b key) int { return cmp.Or(a.month.Compare(b.month), strings.Compare(a.unit, b.unit)) })
	for _, k := range keys {
		rows := c.office.about(decision.Paper, k.unit, k.month)
		if d := c.months[k.month][k.unit]; d != nil && len(d.versions) > 0 {
			for _, row := range rows {
				c.office.met[row.ID] = true
			}
			last := rows[len(rows)-1]
			f := at(finding.PaperNotUsed, last).With("used_file", d.versions[0].File)
			f.Indicator = ""
			c.office.tell(f)
			continue
		}
		if s := c.onPaper(k.unit, k.month, rows); s != nil {
			d := c.dossier(k.unit, k.month)
			d.versions = append(d.versions, &version{Submission: s, entry: noEntry})
		}
	}
}

// noEntry is the entry of a report that has no file.
const noEntry = -1

// onPaper is the report made of rows, nil where none of them answers what the
// unit is asked. It was received on the day by which enough of it had been
// entered.
func (c *Checked) onPaper(unit string, m period.Month, rows []decision.Decision) *submission.Submission {
	u, ok := c.input.Catalogue.Unit(unit)
	first := rows[0].Date.At(0, 0, c.input.Timetable.Zone)
	if !ok || !c.input.Timetable.Begun(m, first) {
		return nil
	}
	s := &submission.Submission{
		Unit: unit, Period: m, Version: 1, ReceivedFrom: submission.FromDecision, Channel: paperChannel,
	}
	var values []submission.Value
	for _, ind := range c.input.Catalogue.IndicatorsFor(u, m, c.input.Timetable.Scheme) {
		values = append(values, submission.Value{Indicator: ind.Code, NotDue: !ind.DueIn(m)})
	}
	entered, handedIn := false, false
	for _, d := range rows {
		i := slices.IndexFunc(values, func(v submission.Value) bool { return v.Indicator == d.Indicator })
		if i < 0 || values[i].NotDue {
			continue
		}
		entered = true
		c.office.met[d.ID] = true
		v := &values[i]
		v.Figure, v.Text, v.Raw = d.New.Figure, d.New.Words, d.New.Raw
		v.Decision, v.Unconfirmed = d.ID, !d.Confirmed
		if !handedIn {
			s.ReceivedAt = d.Date.At(0, 0, c.input.Timetable.Zone)
			s.Values = submission.ValuesOf(values...)
			handedIn = receivable(s, c.input)
		}
	}
	if !entered {
		return nil
	}
	s.Values = submission.ValuesOf(values...)
	return s
}

// paperChannel is the register's word for a report on paper.
const paperChannel = "giấy"

// chosen is the version that the office has chosen, with its decision.
func (o *rulings) chosen(d *dossier) (*version, decision.Decision) {
	if len(d.versions) == 0 {
		return nil, decision.Decision{}
	}
	for _, one := range slices.Backward(o.about(decision.Choose, d.versions[0].Unit, d.versions[0].Period)) {
		for _, v := range d.versions {
			if one.Names(v.File, v.SHA256) {
				o.met[one.ID] = true
				return v, one
			}
		}
	}
	return nil, decision.Decision{}
}

// unmet tells the decisions that found nothing to be about: a path mistyped, a
// report that has not come.
func (o *rulings) unmet() {
	for _, d := range o.standing {
		switch d.Kind {
		case decision.Extend, decision.Close, decision.SignOff, decision.Reopen:
			continue
		}
		if !o.met[d.ID] {
			f := at(finding.DecisionNotApplied, d)
			if d.File != "" {
				f = f.With("wanted", d.File)
			}
			o.tell(f)
		}
	}
}

// Deadline is when a unit's report for a month is due, and whether the office
// has moved it for this unit.
func (c *Checked) Deadline(unit string, m period.Month) (due time.Time, extended bool) {
	due = c.input.Timetable.Due(m)
	d, ok := c.office.last(decision.Extend, unit, m)
	if !ok {
		return due, false
	}
	hour, minute := d.Hour, d.Minute
	if hour < 0 { // the usual hour on another day
		hour, minute = due.In(c.input.Timetable.Zone).Hour(), due.In(c.input.Timetable.Zone).Minute()
	}
	return d.Until.At(hour, minute, c.input.Timetable.Zone), true
}

// Decisions are those in force on what units said for the months of a span, in
// order. One that names no month concerns every span.
func (c *Checked) Decisions(span period.Span) []decision.Decision {
	var all []decision.Decision
	for _, d := range c.office.standing {
		if !d.Kind.AboutReports() && (d.Period.IsZero() || span.Contains(d.Period)) {
			all = append(all, d)
		}
	}
	return all
}
