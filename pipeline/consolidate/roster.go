package consolidate

import (
	"slices"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
)

// roster remembers who is asked for what in which month.
type roster struct {
	cat    *catalogue.Catalogue
	scheme period.Scheme
	known  map[rosterKey]map[*catalogue.Unit]bool
}

type rosterKey struct {
	indicator *catalogue.Indicator
	month     period.Month
}

func newRoster(cat *catalogue.Catalogue, scheme period.Scheme) *roster {
	return &roster{cat: cat, scheme: scheme, known: map[rosterKey]map[*catalogue.Unit]bool{}}
}

func (r *roster) asks(ind *catalogue.Indicator, unit *catalogue.Unit, m period.Month) bool {
	k := rosterKey{ind, m}
	units, ok := r.known[k]
	if !ok {
		units = map[*catalogue.Unit]bool{}
		for _, u := range r.cat.AskedUnits(ind, m, r.scheme) {
			units[u] = true
		}
		r.known[k] = units
	}
	return units[unit]
}

// part is what one unit contributes for one month: a figure, or the reason why
// there is none and whether one was expected.
type part struct {
	figure    figure.Figure
	expected  bool
	contested bool // another version of the report says otherwise
	// unconfirmed is set where the figure is a correction without a document.
	unconfirmed bool
	reason      summary.Reason
	from        *submission.Submission // nil where none was looked into
	// carried is the month that a stock was carried from: it counts, and its
	// unit is missing all the same. Zero for a figure of the month itself.
	carried period.Month
}

func (p part) counts() bool { return p.figure.State().Counts() }

// wanted reports whether an indicator is asked of anybody at all in month m, by
// its own validity and its due months.
func (c *consolidation) wanted(ind *catalogue.Indicator, flows []*catalogue.Indicator, m period.Month) bool {
	w := c.Timetable.Window(m)
	for _, t := range append([]*catalogue.Indicator{ind}, flows...) {
		if !t.ValidDuring(w) || !t.DueIn(m) {
			return false
		}
	}
	return true
}

// asksLater reports whether the terms of a figure are asked of any unit that
// begins after month m, due in its first month or not.
func (c *consolidation) asksLater(terms []*catalogue.Indicator, m period.Month) bool {
	return slices.ContainsFunc(c.Catalogue.Units, func(u *catalogue.Unit) bool {
		if u.ValidFrom.IsZero() {
			return false
		}
		first := c.Timetable.Scheme.MonthOf(u.ValidFrom)
		return first.After(m) && !slices.ContainsFunc(terms, func(t *catalogue.Indicator) bool { return !c.asked.asks(t, u, first) })
	})
}

// part tells what a unit gives for an input indicator in a month, as the one
// part of a list. Every span and scope asks again, so the answers are kept and
// must not be written to.
func (c *consolidation) part(u *catalogue.Unit, ind *catalogue.Indicator, m period.Month) []part {
	k := rosterKey{ind, m}
	parts, ok := c.parts[k]
	if !ok {
		parts = make([]part, len(c.Catalogue.Units))
		for i, each := range c.Catalogue.Units {
			parts[i] = c.carry(c.said(each, ind, m), each, ind, m)
		}
		c.parts[k] = parts
	}
	i := c.at[u]
	return parts[i : i+1 : i+1]
}

// said tells what a unit said for an input indicator in a month.
func (c *consolidation) said(u *catalogue.Unit, ind *catalogue.Indicator, m period.Month) part {
	if !c.asked.asks(ind, u, m) {
		return notExpected
	}
	if !ind.DueIn(m) {
		return part{reason: summary.ReasonNotDue}
	}
	from := c.History.Submission(u.ID, m)
	if from == nil {
		return part{expected: true, reason: summary.ReasonNotReceived}
	}
	v, _ := c.History.Value(u.ID, ind.Code, m)
	p := part{
		figure: v.Figure, expected: true, contested: from.Contested[ind.Code], unconfirmed: v.Unconfirmed, from: from,
	}
	switch p.figure.State() {
	case figure.Blank:
		p.reason = summary.ReasonBlank
		p.expected = ind.Required
	case figure.NotApplicable:
		p.reason = summary.ReasonNotAppl
		p.expected = false
	case figure.NotAvailable:
		p.reason = summary.ReasonNotAvail
	case figure.Refused:
		p.reason = summary.ReasonRefused
	}
	return p
}

var notExpected = part{figure: figure.Without(figure.NotApplicable), reason: summary.ReasonNotExpected}

// contribution is what a unit gives for a month to a figure made of several
// terms. The whole counts only where every term does; the terms' own parts
// stand beside it.
type contribution struct {
	part
	terms []*catalogue.Indicator
	parts []part
}

// contribution looks at a unit's terms in a month in which ind may be asked. No
// terms at all lack nothing.
func (c *consolidation) contribution(ind *catalogue.Indicator, u *catalogue.Unit, terms []*catalogue.Indicator, m period.Month) contribution {
	given := contribution{part: part{figure: figure.Without(figure.None), expected: true}, terms: terms}
	if len(terms) > 0 && !ind.ValidDuring(c.Timetable.Scheme.Window(m)) {
		given.part = notExpected
		return given
	}
	if len(terms) != 1 {
		given.parts = make([]part, 0, len(terms))
	}
	complete := true
	for _, t := range terms {
		one := c.part(u, t, m)
		p := &one[0]
		if p.reason == summary.ReasonNotExpected || p.reason == summary.ReasonNotDue {
			given.part = *p
			return given
		}
		if given.parts == nil {
			given.parts = one
		} else {
			given.parts = append(given.parts, *p)
		}
		// What need not be given for one term is expected for none of them.
		given.expected = given.expected && p.expected
		given.contested = given.contested || p.contested
		given.unconfirmed = given.unconfirmed || p.unconfirmed
		if given.carried.IsZero() || !p.carried.IsZero() && p.carried.Before(given.carried) {
			given.carried = p.carried
		}
		complete = complete && p.counts()
	}
	if complete {
		return given
	}
	figures := make([]figure.Figure, len(terms))
	for i, p := range given.parts {
		figures[i] = p.figure
	}
	state, _ := figure.Missing(figures...)
	lacking := given.parts[slices.IndexFunc(figures, func(f figure.Figure) bool { return f.Is(state) })]
	given.figure, given.reason = lacking.figure, lacking.reason
	return given
}

// owes reports whether a unit is asked for ind in a month, by each of the terms.
func (c *consolidation) owes(ind *catalogue.Indicator, u *catalogue.Unit, terms []*catalogue.Indicator, m period.Month) bool {
	for _, t := range terms {
		if !t.DueIn(m) || !c.asked.asks(t, u, m) {
			return false
		}
	}
	return ind.ValidDuring(c.Timetable.Scheme.Window(m))
}
