package validate

import (
	"slices"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/submission"
)

// fallen finds a cumulative count that is smaller than one reported earlier in
// the year, and says which. Where the count looks like the month's own, typed
// where the total since January is asked, that total is offered.
func (x *examination) fallen(ind *catalogue.Indicator, v submission.Value, n figure.Number, earlier series) bool {
	if ind.Nature != catalogue.Cumulative {
		return false
	}
	year := earlier.in(x.Period.Year)
	reported := year.of(func(one said) bool { return !one.mended() })
	if len(reported) == 0 || n.Cmp(reported[0].number) >= 0 {
		return false
	}
	last := reported[0]
	f := x.at(finding.CumulativeDiscontinuous, v).
		With("previous", last.number.String()).With("previous_period", last.month.String())
	f.Read = n.String()
	if total := year[0].number.Add(n); x.oneMonth(n, last.number, year) && x.possible(ind, total) {
		f.Want = total.String()
	}
	x.Findings = append(x.Findings, f)
	return true
}

// oneMonth reports whether a count that should be a total looks like what one
// month adds. Nothing is what many a month adds, and no total after there was
// one.
func (x *examination) oneMonth(n, last figure.Number, year series) bool {
	if n.IsZero() {
		return true
	}
	added := year.increments().ordinary()
	if len(added) == 0 || len(year) < earlierMonths || last.Cmp(figure.Int(smallBase)) < 0 || n.Add(n).Cmp(last) > 0 {
		return false
	}
	return usual(added.numbers()).holds(n)
}

// possible reports whether a figure would be accepted for an indicator: a
// reading that breaks a bound or is larger than its whole is not offered.
func (x *examination) possible(ind *catalogue.Indicator, n figure.Number) bool {
	if !ind.Admits(n, x.Period) {
		return false
	}
	whole, _ := x.value(ind.PartOf)
	all, known := whole.Figure.Number()
	return !known || n.Cmp(all) <= 0
}

// The months of this year that must be known to tell a total from a month.
const (
	earlierMonths = 2
	runningMonths = 3 // where none of them speaks against it
)

// totalTyped finds the total since January typed where the month's own count is
// asked, and offers the count: the value is far above what a month brings, and
// less the total before it is just that. Where the year's first months are not
// known the total since the first known one is tried.
func (x *examination) totalTyped(ind *catalogue.Indicator, v submission.Value, n figure.Number, earlier series) bool {
	if ind.Nature != catalogue.Flow {
		return false
	}
	year := earlier.in(x.Period.Year)
	if len(year) < earlierMonths || n.Cmp(figure.Int(smallBase)) < 0 || n.Cmp(year[0].number) < 0 {
		return false
	}
	if lastYear, ok := earlier.at(x.Period.Add(-12)); ok && abs(n.Sub(lastYear)).Cmp(slack(lastYear)) <= 0 {
		return false
	}
	before, whole := x.yearToDate(ind.Code, figure.Of(figure.Int(0))).Number()
	if !whole && !x.unbroken(ind, year) {
		return false // what happened in some month between is not known, and so no total
	}
	typed := figure.Int(0)
	total := before
	for _, one := range year {
		typed = typed.Add(one.typed)
		total = total.Add(one.number).Sub(one.typed)
	}
	if !whole { // nobody knows what was before the first report: a unit may count from there
		total = typed.Add(total.Sub(before))
	}
	months := year.ordinary()
	if all := earlier.ordinary(); len(all) >= enoughMonths {
		months = all
	}
	if !whole && len(months) < runningMonths && !alikeMonths(months, n.Sub(total)) {
		return false
	}
	if !x.continues(n, total, months) {
		// Or the months before were totals, too, since January.
		running, ok := x.running(year)
		if !ok || !whole || !typed.Equal(before) || !x.continues(n, year[0].typed, running) {
			return false
		}
		total = year[0].typed
	}
	month := n.Sub(total)
	if !x.possible(ind, month) {
		return false
	}
	f := x.at(finding.CumulativeInMonthColumn, v)
	if whole {
		f = f.With("previous_total", total.String())
	} else {
		f = f.With("known_total", total.String()).With("first", year[len(year)-1].month.String())
	}
	f.Read, f.Want = n.String(), month.String()
	x.Findings = append(x.Findings, f)
	return true
}

// alikeMonths reports whether a count and the few months before it are all near
// their middle. Two months alone do not show how far a unit's figures spread.
func alikeMonths(months series, added figure.Number) bool {
	if len(months) == 0 {
		return false
	}
	middle := median(months.numbers())
	near := band{middle.Sub(slack(middle)), middle.Add(slack(middle))}
	return (added.IsZero() || near.holds(added)) &&
		!slices.ContainsFunc(months, func(one said) bool { return !near.holds(one.number) })
}

// unbroken reports whether every month since the first known one of a year in
// which the unit was asked is known.
func (x *examination) unbroken(ind *catalogue.Indicator, year series) bool {
	unit, ok := x.cat.Unit(x.Unit)
	if !ok || len(year) == 0 {
		return false
	}
	for m := year[len(year)-1].month; m.Before(x.Period); m = m.Add(1) {
		if _, known := year.at(m); !known && ind.DueIn(m) && x.cat.Asks(ind, unit, m, x.table.Scheme) {
			return false
		}
	}
	return true
}

// continues reports whether n is a total and what an ordinary month adds to it,
// and no such month itself. It may equal the total: a month without anything.
func (x *examination) continues(n, total figure.Number, months series) bool {
	if len(months) < earlierMonths || total.Cmp(figure.Int(smallBase)) < 0 || n.Cmp(total) < 0 {
		return false
	}
	normal, added := usual(months.numbers()), n.Sub(total)
	if n.Cmp(normal.high) <= 0 {
		return false
	}
	return added.IsZero() || normal.holds(added) || x.tet(x.Period) && added.Cmp(normal.high) <= 0
}

// running takes the figures of a year for totals and returns what each month
// added; ok is false where these are not alike. January's own count must be
// like what the others added, for that is what no series of months shows.
func (x *examination) running(year series) (added series, ok bool) {
	for i, one := range year {
		n := one.typed
		if i+1 < len(year) {
			n = n.Sub(year[i+1].typed)
		}
		if n.Sign() <= 0 && !one.tet || n.Sign() < 0 {
			return nil, false
		}
		added = append(added, said{one.month, n, n, one.tet})
	}
	ordinary := added.ordinary()
	if len(ordinary) < runningMonths {
		return nil, false
	}
	normal := usual(ordinary.numbers())
	for _, one := range added {
		if one.number.Cmp(normal.high) > 0 || one.number.Cmp(normal.low) < 0 && !one.tet {
			return nil, false
		}
	}
	return ordinary, true
}
