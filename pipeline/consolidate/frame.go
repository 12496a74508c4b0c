package consolidate

import (
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
)

// frame is what every figure of an indicator over a span is collected from,
// whatever units it is of.
type frame struct {
	made
	months []frameMonth // of the flows; none where there are none
	end    frameMonth   // of the points, in the span's last month
}

// frameMonth is a month of a frame.
type frameMonth struct {
	month   period.Month
	rows    []*row // of the flows, or of the points
	valid   bool   // the indicator is, in the month's window
	due     bool   // all of the terms are
	covered bool   // units can be missing
}

type frameKey struct {
	indicator *catalogue.Indicator
	span      period.Span
}

func (c *consolidation) frame(ind *catalogue.Indicator, span period.Span) *frame {
	k := frameKey{ind, span}
	f, ok := c.frames[k]
	if !ok {
		f = &frame{made: c.made[ind]}
		f.end = c.frameMonth(ind, f.points, span.To)
		if len(f.flows) > 0 {
			for _, m := range span.Months() {
				f.months = append(f.months, c.frameMonth(ind, f.flows, m))
			}
		}
		c.frames[k] = f
	}
	return f
}

func (c *consolidation) frameMonth(ind *catalogue.Indicator, terms []*catalogue.Indicator, m period.Month) frameMonth {
	f := frameMonth{month: m, valid: ind.ValidDuring(c.Timetable.Scheme.Window(m)), due: true, covered: c.covers(m, terms)}
	for _, t := range terms {
		f.rows = append(f.rows, c.row(t, m))
		f.due = f.due && t.DueIn(m)
	}
	return f
}

// owed reports whether the unit at a place of the catalogue is asked for the
// indicator, by each of the terms.
func (f *frameMonth) owed(at int) bool {
	for _, r := range f.rows {
		if !r.asked[at] {
			return false
		}
	}
	return f.valid && f.due
}

// contribution is what a unit gives for a month to a figure made of several
// terms. The whole counts only where every term does; the terms' own parts
// stand in the rows.
type contribution struct {
	part
	rows []*row
	at   int
}

// contribution looks at the terms of the unit at a place of the catalogue. No
// terms at all lack nothing.
func (c *consolidation) contribution(f *frameMonth, at int) contribution {
	given := contribution{part: part{figure: figure.Without(figure.None), expected: true}, rows: f.rows, at: at}
	if len(f.rows) > 0 && !f.valid {
		given.part = notExpected
		return given
	}
	complete := true
	for _, r := range f.rows {
		p := c.part(r, at)
		if p.reason == summary.ReasonNotExpected || p.reason == summary.ReasonNotDue {
			given.part = *p
			return given
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
	if !complete {
		lacking := c.lacking(f.rows, at)
		given.figure, given.reason = lacking.figure, lacking.reason
	}
	return given
}

// lacking is the part by whose state a figure lacks a number.
func (c *consolidation) lacking(rows []*row, at int) *part {
	figures := make([]figure.Figure, len(rows))
	for i, r := range rows {
		figures[i] = c.part(r, at).figure
	}
	state, _ := figure.Missing(figures...)
	for _, r := range rows {
		if p := c.part(r, at); p.figure.Is(state) {
			return p
		}
	}
	return nil // one of them is
}
