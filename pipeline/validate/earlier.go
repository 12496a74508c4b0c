package validate

import (
	"slices"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
)

// farthest is how many months back a unit's own figures say what is usual. What
// is older than two years tells of another time.
const farthest = 24

// said is a figure of an earlier month.
type said struct {
	month  period.Month
	number figure.Number // as understood
	typed  figure.Number // as it stands in the report
	tet    bool          // the month holds Tết
}

// mended reports whether the figure is understood otherwise than it was typed.
func (s said) mended() bool { return !s.number.Equal(s.typed) }

// series is what a unit said of one indicator, newest first, without the months
// of which no figure is known.
type series []said

// numbers are the figures as understood.
func (s series) numbers() []figure.Number {
	all := make([]figure.Number, len(s))
	for i, one := range s {
		all[i] = one.number
	}
	return all
}

// of returns those that a test keeps.
func (s series) of(keep func(said) bool) series {
	kept := make(series, 0, len(s))
	for _, one := range s {
		if keep(one) {
			kept = append(kept, one)
		}
	}
	return kept
}

// in returns those of a year.
func (s series) in(year int) series {
	from := slices.IndexFunc(s, func(one said) bool { return one.month.Year == year })
	if from < 0 {
		return nil
	}
	to := from
	for to < len(s) && s[to].month.Year == year {
		to++
	}
	return s[from:to:to]
}

// ordinary are the months that say what a month usually brings: those that hold
// no Tết.
func (s series) ordinary() series {
	return s.of(func(one said) bool { return !one.tet })
}

// at returns the figure of a month.
func (s series) at(m period.Month) (figure.Number, bool) {
	i := slices.IndexFunc(s, func(one said) bool { return one.month == m })
	if i < 0 {
		return figure.Number{}, false
	}
	return s[i].number, true
}

// increments turns a cumulative count into what each month added. A month adds
// to the one right before it; January adds to nothing.
func (s series) increments() series {
	all := make(series, 0, len(s))
	for i, one := range s {
		switch {
		case one.month.Number == 1:
			all = append(all, one)
		case i+1 < len(s) && s[i+1].month == one.month.Add(-1):
			added := one.number.Sub(s[i+1].number)
			all = append(all, said{one.month, added, added, one.tet})
		}
	}
	return all
}

// looksBack compares a submission with what its unit reported before. What it
// finds are warnings: the figures stay as they are. A value that is refused or
// that the office has decided is not compared.
func (x *examination) looksBack() {
	earlier := x.earlier()
	for i, v := range x.Values.All() {
		ind, ok := x.cat.Indicator(v.Indicator)
		n, known := v.Figure.Number()
		if !ok || !known || v.NotDue || v.Decision != "" || len(earlier[i]) == 0 {
			continue
		}
		// One problem is told once, by the check that knows the most about it.
		if !x.fallen(ind, v, n, earlier[i]) && !x.totalTyped(ind, v, n, earlier[i]) {
			x.far(ind, v, n, earlier[i])
		}
	}
	x.repeated()
}

// earlier gives for each of the submission's values what the unit said of the
// indicator before, as far back as it has been the same unit.
func (x *examination) earlier() []series {
	all := make([]series, x.Values.Len())
	since := x.sameSince()
	if since.IsZero() {
		return all
	}
	for back := 1; back <= farthest; back++ {
		m := x.Period.Add(-back)
		if m.Before(since) {
			break
		}
		s := x.past.Submission(x.Unit, m)
		if s == nil {
			continue
		}
		offered, tet := offers(s), x.tet(m)
		for _, v := range s.Values.All() {
			n, known := v.Figure.Number()
			i, asked := x.index.Of(v.Indicator)
			if !known || !asked || v.NotDue {
				continue
			}
			one := said{m, n, n, tet}
			if better, ok := offered[v.Indicator]; ok && v.Decision == "" {
				one.number = better
			}
			if all[i] == nil {
				all[i] = make(series, 0, farthest)
			}
			all[i] = append(all[i], one)
		}
	}
	return all
}

// sameSince is the first month from which the unit's figures can be compared
// with those of this month; zero where it has none.
func (x *examination) sameSince() period.Month {
	since := x.past.Since(x.Unit)
	if since.IsZero() {
		return since
	}
	until := x.table.Window(x.Period).To
	for _, s := range x.cat.Successions {
		if m := x.table.Scheme.MonthOf(s.Date); (s.From == x.Unit || s.To == x.Unit) && !s.Date.After(until) && m.After(since) {
			since = m
		}
	}
	return since
}

// offers are the readings that a warning offered and nobody has answered yet. A
// unit that types totals where months are asked does so again next month: only
// with last month understood can this one be.
func offers(s *submission.Submission) map[string]figure.Number {
	var all map[string]figure.Number
	for _, f := range s.Findings {
		if f.Severity != finding.Warning || f.Want == "" ||
			f.Code != finding.CumulativeDiscontinuous && f.Code != finding.CumulativeInMonthColumn {
			continue
		}
		if n, err := figure.Parse(f.Want); err == nil {
			if all == nil {
				all = map[string]figure.Number{}
			}
			all[f.Indicator] = n
		}
	}
	return all
}

// tet reports whether the days of a month hold Tết. Of a year that the calendar
// does not know, the days between which Tết can fall are taken for it: the new
// year's day is between 21 January and 20 February.
func (x *examination) tet(m period.Month) bool {
	if m.Number > lastTet {
		return false
	}
	window := x.table.Window(m)
	if !x.cat.Calendar.Covers(m.Year) {
		return window.Overlaps(period.Date{Year: m.Year, Month: 1, Day: 21}, period.Date{Year: m.Year, Month: 2, Day: 20})
	}
	for d := window.From; !d.After(window.To); d = d.AddDays(1) {
		if x.cat.Calendar.Kind(d) == period.Tet {
			return true
		}
	}
	return false
}

// lastTet is the last month, by either scheme, with days that can be Tết's.
const lastTet = 3

// seasonal reports whether Tết makes an indicator's month unlike others. What
// is counted on the last day does not ask what happened before it.
func seasonal(ind *catalogue.Indicator) bool { return ind.Nature != catalogue.Stock }
