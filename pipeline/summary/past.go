package summary

import (
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
)

// Comparison sets a figure beside that of the same span a year earlier. Both
// sides are made by the same rules, from sums; where one of them is incomplete
// both are made again over exactly the units that are complete in both.
type Comparison struct {
	Span  period.Span // the earlier one
	Basis Basis
	// Units is the number of units both sides are made over, of OverSameUnits.
	Units int
	// Value and Base are the two sides, Value this span's: the figure itself,
	// but of OverSameUnits. Nil where nothing can be compared.
	Value, Base *figure.Number
	// Points says that both sides are rates: their change is one in percentage
	// points and is not told in percent.
	Points bool
	// Reason says why nothing can be compared, of NotCompared.
	Reason Incomparable
}

// Basis says over whom a comparison is made.
type Basis string

// The bases.
const (
	OverAll       Basis = "all"        // everyone asked then and now: both sides are complete
	OverSameUnits Basis = "same_units" // the units complete in both
	NotCompared   Basis = "none"
)

// Incomparable says why a figure cannot be set beside last year's.
type Incomparable string

// The reasons.
const (
	IncompleteNow   Incomparable = "incomplete"      // this span's figure lacks something
	IncompleteThen  Incomparable = "incomplete_then" // last year's does
	NoSameUnits     Incomparable = "no_same_units"   // no unit is complete in both
	UnitChanged     Incomparable = "unit_changed"    // it began, ended or was merged in between
	AskedOtherwise  Incomparable = "asked_otherwise" // in other months, or by another definition
	NothingOccurred Incomparable = "no_cases"        // a rate of 0 of 0 on one side
)

// Change is Value less Base; false where nothing can be compared.
func (c *Comparison) Change() (figure.Number, bool) {
	if !c.Compared() {
		return figure.Number{}, false
	}
	return c.Value.Sub(*c.Base), true
}

// Percent is the change in percent of Base; false for a rate, and where Base is
// 0 or negative.
func (c *Comparison) Percent() (figure.Number, bool) {
	change, ok := c.Change()
	if !ok || c.Points || c.Base.Sign() <= 0 {
		return figure.Number{}, false
	}
	percent, err := change.Mul(figure.Int(100)).Quo(*c.Base)
	return percent, err == nil
}

// Compared reports whether there are two sides.
func (c *Comparison) Compared() bool { return c != nil && c.Basis != NotCompared }

// Trend is what an indicator was in each of the last months, up to the
// period's last. It begins with the month of adoption where that is later.
type Trend struct {
	Indicator   *catalogue.Indicator
	Unit, Group string // both empty for the city
	Points      []Point
}

// Point is one month of a trend: the month's own figure, never a sum so far.
type Point struct {
	Month       period.Month
	Value       figure.Figure
	Reason      Reason // why Value has no number
	Provisional bool
}

// Known counts the months whose figure is known.
func (t *Trend) Known() int {
	n := 0
	for _, p := range t.Points {
		if _, ok := p.Value.Number(); ok {
			n++
		}
	}
	return n
}

// Weight is how much the units that are missing from a flow gave of the same
// figure of the period before, by those that had a complete one then.
type Weight struct {
	Percent figure.Number
	// Known is the number of missing units of which it is known, Missing that of
	// all.
	Known, Missing int
}

// Carried is a unit whose stock stands for that of a later month.
type Carried struct {
	Unit string
	From period.Month
}
