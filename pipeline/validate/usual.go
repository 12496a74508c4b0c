package validate

import (
	"slices"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/submission"
)

// What is usual and what is far from it.
const (
	// enoughMonths are needed to say what a unit's months are like.
	enoughMonths = 6
	// fewMonths are enough to see what is wrong by a digit.
	fewMonths = 3
	// smallBase is the count below which chance alone makes large differences.
	smallBase = 20
	// farDeviations is how many median deviations off a figure is far.
	farDeviations = 6
	// farTimes is by how many times a figure differs from the only one with
	// which it can be compared, to be far from it.
	farTimes = 3
)

// band is where a unit's figures usually lie, ends included.
type band struct{ low, high figure.Number }

func (b band) holds(n figure.Number) bool { return n.Cmp(b.low) >= 0 && n.Cmp(b.high) <= 0 }

// usual is the band around the median of some figures: six median deviations
// (MAD) to either side, and never less than half of the median or smallBase. One
// wrong figure among them moves neither median nor MAD. Where more than half
// are equal the MAD is 0, and the mean deviation stands in. There must be at
// least one figure.
func usual(figures []figure.Number) band {
	middle := median(figures)
	deviations := make([]figure.Number, len(figures))
	sum := figure.Int(0)
	for i, n := range figures {
		deviations[i] = abs(n.Sub(middle))
		sum = sum.Add(deviations[i])
	}
	deviation := median(deviations)
	if deviation.IsZero() {
		if mean, err := sum.Quo(figure.Int(int64(len(figures)))); err == nil {
			deviation = mean
		}
	}
	spread := larger(deviation.Mul(figure.Int(farDeviations)), slack(middle))
	return band{middle.Sub(spread), middle.Add(spread)}
}

// slack is the difference from a figure that is never far.
func slack(n figure.Number) figure.Number { return larger(abs(n).Mul(half), figure.Int(smallBase)) }

var half = figure.MustParse("0.5")

// median is the middle of some figures, or the mean of the two in the middle.
func median(figures []figure.Number) figure.Number {
	sorted := slices.Clone(figures)
	slices.SortFunc(sorted, figure.Number.Cmp)
	middle := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[middle]
	}
	return sorted[middle-1].Add(sorted[middle]).Mul(half)
}

func abs(n figure.Number) figure.Number {
	if n.Sign() < 0 {
		return n.Neg()
	}
	return n
}

func larger(a, b figure.Number) figure.Number {
	if a.Cmp(b) < 0 {
		return b
	}
	return a
}

// far finds a figure unlike the unit's earlier ones and unlike that of the same
// month last year. A month that holds Tết is like no other but last year's.
// Quiet months are ordinary: a small count of a flow is never far. Of a
// cumulative count it is what the month added that is compared.
func (x *examination) far(ind *catalogue.Indicator, v submission.Value, n figure.Number, earlier series) {
	before, pool := figure.Int(0), earlier
	if ind.Nature == catalogue.Cumulative {
		pool = earlier.increments()
		if x.Period.Number != 1 {
			last, ok := earlier.at(x.Period.Add(-1))
			if !ok {
				return
			}
			before = last
		}
	}
	now := n.Sub(before)
	if seasonal(ind) && now.Cmp(figure.Int(smallBase)) < 0 {
		return
	}
	f := x.at(finding.FarFromHistory, v)
	f.Read = n.String()
	lastYear, compared := pool.at(x.Period.Add(-12))
	if compared {
		f = f.With("last_year", before.Add(lastYear).String())
	}
	if seasonal(ind) && x.tet(x.Period) {
		if compared && x.tet(x.Period.Add(-12)) && manyTimes(now, lastYear) {
			x.Findings = append(x.Findings, f)
		}
		return
	}
	if seasonal(ind) {
		pool = pool.ordinary()
	}
	if len(pool) < enoughMonths {
		near := compared && abs(now.Sub(lastYear)).Cmp(slack(lastYear)) <= 0
		if low, high, gross := gross(ind, now, pool); gross && !near {
			x.Findings = append(x.Findings, f.With("usual_from", before.Add(low).String()).With("usual_to", before.Add(high).String()))
		}
		return
	}
	normal := usual(pool.numbers())
	if normal.holds(now) || compared && abs(now.Sub(lastYear)).Cmp(slack(lastYear)) <= 0 {
		return
	}
	if low, high, ok := extremes(pool.numbers(), normal); ok {
		f = f.With("usual_from", before.Add(low).String()).With("usual_to", before.Add(high).String())
	}
	x.Findings = append(x.Findings, f)
}

// gross reports whether a figure is several times, or a small part of, each of
// the few that are known: of a stock the last alone, for what is there stays
// there; of what happens within a month never fewer than fewMonths. It gives the
// smallest and largest of those compared with.
func gross(ind *catalogue.Indicator, now figure.Number, pool series) (low, high figure.Number, ok bool) {
	if !seasonal(ind) && len(pool) > 0 {
		pool = pool[:1]
	} else if len(pool) < fewMonths {
		return low, high, false
	}
	numbers := pool.numbers()
	low, high = slices.MinFunc(numbers, figure.Number.Cmp), slices.MaxFunc(numbers, figure.Number.Cmp)
	above := now.Cmp(high) > 0 && manyTimes(now, high)
	below := now.Cmp(low) < 0 && manyTimes(now, low)
	return low, high, above || below
}

// manyTimes reports whether one of two figures is several times the other.
func manyTimes(a, b figure.Number) bool {
	times := figure.Int(farTimes)
	return abs(a.Sub(b)).Cmp(figure.Int(smallBase)) > 0 && (a.Cmp(b.Mul(times)) > 0 || b.Cmp(a.Mul(times)) > 0)
}

// extremes are the smallest and largest of the figures within the band: what
// the unit really reported, for its clerk to recognise.
func extremes(figures []figure.Number, within band) (low, high figure.Number, ok bool) {
	for _, n := range figures {
		if !within.holds(n) {
			continue
		}
		if !ok || n.Cmp(low) < 0 {
			low = n
		}
		if !ok || n.Cmp(high) > 0 {
			high = n
		}
		ok = true
	}
	return low, high, ok
}
