package consolidate

import (
	"slices"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
)

// row is what all units are asked, and give, for an input indicator in a month.
// Both are by where a unit stands in the catalogue.
type row struct {
	indicator *catalogue.Indicator
	month     period.Month
	asked     []bool
	parts     []part // found when first wanted
}

type rowKey struct {
	indicator *catalogue.Indicator
	month     period.Month
}

// mostParts is about how many parts rows are kept for: all of a city that is not
// crowded. What was dropped is found again.
const mostParts = 250_000

// row finds who is asked. Every span and scope asks again, so rows are kept.
func (c *consolidation) row(ind *catalogue.Indicator, m period.Month) *row {
	k := rowKey{ind, m}
	r, ok := c.rows[k]
	if !ok {
		if len(c.rows)*len(c.Catalogue.Units) > mostParts {
			clear(c.rows)
			clear(c.frames) // they hold rows
		}
		r = &row{indicator: ind, month: m, asked: make([]bool, len(c.Catalogue.Units))}
		for _, u := range c.Catalogue.AskedUnits(ind, m, c.Timetable.Scheme) {
			r.asked[c.at[u]] = true
		}
		c.rows[k] = r
	}
	return r
}

func (c *consolidation) asks(ind *catalogue.Indicator, unit *catalogue.Unit, m period.Month) bool {
	return c.row(ind, m).asked[c.at[unit]]
}

// part tells what the unit at a place of the catalogue gives; it must not be
// written to.
func (c *consolidation) part(r *row, at int) *part {
	if r.parts == nil {
		r.parts = make([]part, len(r.asked))
		for i, u := range c.Catalogue.Units {
			r.parts[i] = c.carry(c.said(u, r.indicator, r.month), u, r.indicator, r.month)
		}
	}
	return &r.parts[at]
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
	place       int                    // of the answer among its values, where it counts
	// carried is the month that a stock was carried from: it counts, and its
	// unit is missing all the same. Zero for a figure of the month itself.
	carried period.Month
}

func (p *part) counts() bool { return p.figure.State().Counts() }

// said tells what a unit said for an input indicator in a month.
func (c *consolidation) said(u *catalogue.Unit, ind *catalogue.Indicator, m period.Month) part {
	if !c.asks(ind, u, m) {
		return notExpected
	}
	if !ind.DueIn(m) {
		return part{reason: summary.ReasonNotDue}
	}
	from, place, answered := c.History.Answer(u.ID, ind.Code, m)
	if from == nil {
		return part{expected: true, reason: summary.ReasonNotReceived}
	}
	p := part{expected: true, contested: from.Contested[ind.Code], from: from, place: place}
	if answered {
		v := from.Values.At(place)
		p.figure, p.unconfirmed = v.Figure, v.Unconfirmed
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
		return first.After(m) && !slices.ContainsFunc(terms, func(t *catalogue.Indicator) bool { return !c.asks(t, u, first) })
	})
}
