package consolidate

import (
	"tonghop/pipeline/figure"
	"tonghop/pipeline/summary"
)

// totals are sums by term. A figure has few of them, and there are very many
// figures: a list is found through faster than a map is made.
type totals []total

type total struct {
	term string
	sum  figure.Number
}

func (t *totals) add(term string, n figure.Number) {
	for i := range *t {
		if (*t)[i].term == term {
			(*t)[i].sum = (*t)[i].sum.Add(n)
			return
		}
	}
	*t = append(*t, total{term, n})
}

// of is 0 for a term that nothing was added to.
func (t totals) of(term string) figure.Number {
	for i := range t {
		if t[i].term == term {
			return t[i].sum
		}
	}
	return figure.Number{}
}

// reasons is a set of those that precedence knows.
type reasons uint16

// precedence says in which state, and why, a figure is that nobody contributed
// to: what must be mended comes before what is as it should be. That some unit
// had nothing to rate is told even where others are missing, as it is of the
// city's own 0 of 0.
var precedence = [...]struct {
	reason summary.Reason
	state  figure.State
}{
	{summary.ReasonImpossible, figure.Refused},
	{summary.ReasonNoCases, figure.NotApplicable},
	{summary.ReasonRefused, figure.Refused},
	{summary.ReasonBlank, figure.Blank},
	{summary.ReasonNotReceived, figure.Blank},
	{summary.ReasonNotAvail, figure.NotAvailable},
	{summary.ReasonNotAppl, figure.NotApplicable},
	{summary.ReasonNotDue, figure.Blank},
	{summary.ReasonNotExpected, figure.NotApplicable},
}

func (r *reasons) add(reason summary.Reason) {
	for i := range precedence {
		if precedence[i].reason == reason {
			*r |= 1 << i
		}
	}
}

// without is the state and reason of a figure to which nobody contributed.
func (r reasons) without() (figure.Figure, summary.Reason) {
	for i, p := range precedence {
		if r&(1<<i) != 0 {
			return figure.Without(p.state), p.reason
		}
	}
	return figure.Without(figure.Blank), summary.ReasonNoTerms
}
