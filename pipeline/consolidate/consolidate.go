// Package consolidate owns how units' figures make the city's: sums, rates over
// exactly the units that have every term, stocks at a span's end, coverage,
// and verdicts. It is pure, and deterministic: equal inputs give equal
// summaries whatever the order in which submissions came.
package consolidate

import (
	"slices"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/catalogue/formula"
	"tonghop/pipeline/decision"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/history"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
)

// Input is what a consolidation rests on.
type Input struct {
	Catalogue *catalogue.Catalogue
	Timetable period.Timetable
	// History holds the accepted submission of every unit and month up to the
	// period's end; later months are not looked at.
	History *history.History
	// Period is the month, or the longer span, to consolidate.
	Period period.Span
	// Receipts has one entry for each month of the period and unit expected in
	// it: by month, then in catalogue order.
	Receipts []summary.Receipt
	// Decisions are the office's, in force for months of the period: those that
	// the summary lists. What they do to figures was done before.
	Decisions []decision.Decision
	// CarryStockMonths is how many months back a stock may be taken from where
	// its unit gave none for a span's last month; 0 carries none.
	CarryStockMonths int
	// Adopted is the month of adoption where the office says it; zero where the
	// submissions tell.
	Adopted period.Month
	// Trends says whether figures are grouped by predecessor, too.
	Trends summary.Trends
}

// City consolidates one period.
func City(in Input) *summary.Summary {
	c := newConsolidation(in)
	s := &summary.Summary{
		Catalogue:    in.Catalogue,
		Period:       in.Period,
		Window:       in.Timetable.Scheme.SpanWindow(in.Period),
		Spans:        Spans(in.Catalogue, in.Period),
		Expected:     expectedUnits(in.Catalogue, in.Receipts),
		Basis:        Basis(in.Catalogue, in.History, in.Period),
		Submissions:  in.Receipts,
		Counts:       count(in.Receipts),
		CountsByKind: countByKind(in.Receipts),
		Decisions:    in.Decisions,
		Began:        c.began,
	}
	impossible := c.consolidate(s)
	s.Ended = c.ended(s.Spans)
	s.Trends = c.trends()
	s.Tallies = c.tallies()
	s.Unreported = c.unreported(s.Spans)
	if in.Trends == summary.TrendsPredecessor {
		s.Areas = ByPredecessor(in, period.Span{From: in.Period.To.Add(1 - areaMonths), To: in.Period.To}.Months())
	}
	s.Findings = c.findings(s, impossible)
	return s
}

// consolidate makes the figures, and finds the impossible ones among them.
func (c *consolidation) consolidate(s *summary.Summary) []finding.Finding {
	all := 0
	for _, span := range s.Spans {
		all += len(c.scopes(span)) * len(c.indicatorsIn(span))
	}
	drops := func(summary.Figure) bool { return false }
	if s.Crowded() {
		all, drops, s.Units = 0, c.unnamed(s.Spans), c.remaker(s.Spans)
	}
	s.Figures = make([]summary.Figure, 0, all)
	var seen impossible
	for _, span := range s.Spans {
		scopes := c.scopes(span)
		for _, ind := range c.indicatorsIn(span) {
			before := len(s.Figures)
			s.Figures = c.figures(s.Figures, ind, span, scopes)
			made := s.Figures[before:]
			for i := range made {
				seen.look(&made[i], c.Period.To)
			}
			s.Figures = s.Figures[:before+len(slices.DeleteFunc(made, drops))]
		}
	}
	return seen.told
}

// figures appends those of an indicator over a span, one for each scope.
func (c *consolidation) figures(all []summary.Figure, ind *catalogue.Indicator, span period.Span, scopes []scope) []summary.Figure {
	before := len(all)
	for _, s := range scopes {
		all = append(all, c.figure(ind, span, s))
	}
	if earlier, any := c.yearBefore(span); any {
		earlier.compare(ind, scopes, all[before:])
	}
	return all
}

// Basis lists the accepted submissions of every month that a period's spans add
// up: all that its figures rest on, by month and then in catalogue order.
func Basis(cat *catalogue.Catalogue, past *history.History, p period.Span) []*submission.Submission {
	widest := p
	for _, s := range Spans(cat, p) {
		if s.From.Before(widest.From) {
			widest.From = s.From
		}
	}
	var all []*submission.Submission
	for _, m := range widest.Months() {
		for _, u := range cat.Units {
			if s := past.Submission(u.ID, m); s != nil {
				all = append(all, s)
			}
		}
	}
	return all
}

// Spans are those published for a period: for a month also the quarter, the
// year and the plan so far; for a longer period that span alone.
func Spans(cat *catalogue.Catalogue, p period.Span) []period.Span {
	if p.Kind != period.Monthly {
		return []period.Span{p}
	}
	spans := []period.Span{
		p,
		period.SpanOf(period.QuarterToDate, p.To, period.Month{}),
		period.SpanOf(period.YearToDate, p.To, period.Month{}),
	}
	if from, ok := cat.PlanStart(p.To); ok {
		spans = append(spans, period.SpanOf(period.PlanToDate, p.To, from))
	}
	return spans
}

type consolidation struct {
	Input
	openings openings
	began    period.Month // the month of adoption
	known    period.Month // the first of which anything is known: began, or of an import before it
	made     map[*catalogue.Indicator]made
	rows     map[rowKey]*row
	frames   map[frameKey]*frame
	at       map[*catalogue.Unit]int // where a unit stands in the catalogue
}

func newConsolidation(in Input) *consolidation {
	c := &consolidation{
		Input:    in,
		openings: newOpenings(in.Catalogue.Openings),
		made:     make(map[*catalogue.Indicator]made, len(in.Catalogue.Indicators)),
		rows:     map[rowKey]*row{},
		frames:   map[frameKey]*frame{},
		at:       make(map[*catalogue.Unit]int, len(in.Catalogue.Units)),
	}
	for i, u := range in.Catalogue.Units {
		c.at[u] = i
	}
	for _, ind := range in.Catalogue.Indicators {
		m := made{terms: c.takeApart(ind)}
		m.flows, m.points = split(m.terms)
		if ind.Kind == catalogue.Derived {
			m.numerator, m.denominator, _ = ind.Formula.Ratio()
		}
		c.made[ind] = m
	}
	c.began = c.adoption()
	if c.known = c.History.FirstImported(); c.known.IsZero() || !c.began.IsZero() && c.began.Before(c.known) {
		c.known = c.began
	}
	return c
}

// published reports whether an indicator has figures for a span. Words are
// tallied, not summed. Plan to date is published for what a plan target judges
// and for its terms.
func (c *consolidation) published(ind *catalogue.Indicator, span period.Span) bool {
	if !numeric(ind) || !ind.ValidDuring(c.Timetable.Scheme.SpanWindow(span)) {
		return false
	}
	return span.Kind != period.PlanToDate || c.planned(ind, span.To)
}

// indicatorsIn are those published for a span.
func (c *consolidation) indicatorsIn(span period.Span) []*catalogue.Indicator {
	var all []*catalogue.Indicator
	for _, ind := range c.Catalogue.Indicators {
		if c.published(ind, span) {
			all = append(all, ind)
		}
	}
	return all
}

func (c *consolidation) planned(ind *catalogue.Indicator, m period.Month) bool {
	for _, t := range c.Catalogue.Targets {
		if t.Horizon != catalogue.HorizonPlan || m.Before(t.From) || m.After(t.To) {
			continue
		}
		judged, ok := c.Catalogue.Indicator(t.Indicator)
		if !ok {
			continue
		}
		for _, term := range c.terms(judged) {
			if judged == ind || term == ind {
				return true
			}
		}
	}
	return false
}

func numeric(ind *catalogue.Indicator) bool {
	if ind.Kind == catalogue.Derived {
		return true
	}
	switch ind.Type {
	case catalogue.Prose, catalogue.Choice, catalogue.YesNo:
		return false
	}
	return ind.Kind == catalogue.Input
}

// terms are the inputs an indicator is made of: itself for an input.
func (c *consolidation) terms(ind *catalogue.Indicator) []*catalogue.Indicator {
	return c.made[ind].terms
}

// made is what an indicator is made of.
type made struct {
	terms []*catalogue.Indicator
	// Flows add over months, points are taken in a span's last one.
	flows, points []*catalogue.Indicator
	// Numerator and denominator are of a ratio; nil for any other.
	numerator, denominator *formula.Formula
}

func (c *consolidation) takeApart(ind *catalogue.Indicator) []*catalogue.Indicator {
	if ind.Kind != catalogue.Derived {
		return []*catalogue.Indicator{ind}
	}
	var terms []*catalogue.Indicator
	for _, code := range ind.Formula.Terms() {
		if term, ok := c.Catalogue.Indicator(code); ok { // a loaded catalogue has them all
			terms = append(terms, term)
		}
	}
	return terms
}

// scope is a set of units that a figure speaks for.
type scope struct {
	units []*catalogue.Unit
	unit  string // set for one unit
	group string // set for a group
	// opened is the month through which openings cover the figure of which
	// this one is a part; zero where it is no part.
	opened period.Month
	// some says that the units were picked: no opening of the city is theirs.
	some bool
}

func (s scope) city() bool { return s.unit == "" && s.group == "" && !s.some }

// scopes are the city, its groups and its units, in catalogue order. The units
// are those expected in any month of the span.
func (c *consolidation) scopes(span period.Span) []scope {
	units := c.unitsIn(span)
	scopes := []scope{{units: units}}
	at := map[string]int{}
	for _, u := range units {
		if u.Group == "" {
			continue
		}
		i, ok := at[u.Group]
		if !ok {
			i = len(scopes)
			at[u.Group] = i
			scopes = append(scopes, scope{group: u.Group})
		}
		scopes[i].units = append(scopes[i].units, u)
	}
	// Units that ended before the period's own window stay in the sums above,
	// and have no row of their own.
	own := c.Timetable.Scheme.SpanWindow(c.Period)
	for _, u := range units {
		if u.ValidDuring(own) {
			scopes = append(scopes, scope{units: []*catalogue.Unit{u}, unit: u.ID})
		}
	}
	return scopes
}

// ended are the cumulative figures of units that have no row of their own.
func (c *consolidation) ended(spans []period.Span) []summary.Figure {
	own := c.Timetable.Scheme.SpanWindow(c.Period)
	var all []summary.Figure
	for _, span := range spans {
		for _, ind := range c.indicatorsIn(span) {
			for _, u := range c.unitsIn(span) {
				if u.ValidDuring(own) {
					continue
				}
				f := c.figure(ind, span, scope{units: []*catalogue.Unit{u}, unit: u.ID})
				if _, known := f.Value.Number(); known {
					all = append(all, f)
				}
			}
		}
	}
	return all
}

// unitsIn are the units valid on any day of a span.
func (c *consolidation) unitsIn(span period.Span) []*catalogue.Unit {
	var units []*catalogue.Unit
	w := c.Timetable.Scheme.SpanWindow(span)
	for _, u := range c.Catalogue.Units {
		if u.ValidDuring(w) {
			units = append(units, u)
		}
	}
	return units
}

func (c *consolidation) figure(ind *catalogue.Indicator, span period.Span, s scope) summary.Figure {
	r := c.evaluate(ind, span, s)
	f := summary.Figure{
		Indicator: ind, Unit: s.unit, Group: s.group, Span: span.Kind,
		Value: r.value, Reason: r.reason, Coverage: r.coverage,
		Numerator: r.numerator, Denominator: r.denominator,
		Opening: r.opening, Source: sourceOf(r.single), Unconfirmed: r.unconfirmed,
	}
	f.Provisional = r.provisional()
	f.Coverage.Weight = c.weight(&f, span, s)
	f.Judgment = c.judge(&f, span, r.units)
	return f
}

// expectedUnits are those that have a receipt, each once.
func expectedUnits(cat *catalogue.Catalogue, receipts []summary.Receipt) []*catalogue.Unit {
	asked := map[*catalogue.Unit]bool{}
	for _, r := range receipts {
		asked[r.Unit] = true
	}
	var units []*catalogue.Unit
	for _, u := range cat.Units {
		if asked[u] {
			units = append(units, u)
		}
	}
	return units
}
