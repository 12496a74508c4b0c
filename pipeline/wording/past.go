package wording

import (
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/summary"
)

// Change prints a change since last year: "+3,2%", "-1,25 điểm %",
// "+5" where the base has no percent, "không đổi". One too small for the
// decimals is printed with more: a change is never printed as none.
func (p Phrases) Change(c *summary.Comparison, i *catalogue.Indicator) string {
	return p.change(c, i, "measure.points_short")
}

// ChangeInFull is the same for a sentence: "-1,25 điểm phần trăm".
func (p Phrases) ChangeInFull(c *summary.Comparison, i *catalogue.Indicator) string {
	return p.change(c, i, "measure.points")
}

func (p Phrases) change(c *summary.Comparison, i *catalogue.Indicator, points string) string {
	change, ok := c.Change()
	percent, counted := c.Percent()
	switch {
	case !ok:
		return ""
	case change.IsZero():
		return p.Say("comparison.unchanged")
	case counted:
		return p.signed(percent, 1) + "%"
	case c.Points:
		return p.signed(change, i.Decimals) + " " + p.Say(points)
	}
	return p.signed(change, i.Decimals)
}

// signed prints a number with its sign, and as many decimals as it takes to
// tell it from 0.
func (p Phrases) signed(n figure.Number, decimals int) string {
	for decimals < figure.PublishedDecimals && n.Round(decimals).IsZero() {
		decimals++
	}
	if n.Sign() > 0 {
		return "+" + p.Number(n, decimals)
	}
	return p.Number(n, decimals)
}

// Base prints last year's side of a comparison with the change since, short
// enough for a table: "6.900 (+3,2%)". Where both sides were made over the same
// units it prints both and the number of units, for the figure beside it is
// another: "6.720 so với 6.500 (+3,4%), 24 đơn
// vị".
func (p Phrases) Base(c *summary.Comparison, i *catalogue.Indicator) string {
	switch {
	case c == nil:
		return ""
	case !c.Compared():
		return p.Say("comparison.none")
	case c.Basis == summary.OverSameUnits:
		return p.Say("comparison.sides", "value", p.amount(*c.Value, i), "base", p.amount(*c.Base, i), "change", p.Change(c, i), "units", c.Units)
	}
	return p.Say("comparison.base", "base", p.amount(*c.Base, i), "change", p.Change(c, i))
}

// amount prints a number of an indicator; a rate carries its sign.
func (p Phrases) amount(n figure.Number, i *catalogue.Indicator) string {
	if i.Type == catalogue.Percent {
		return p.Percent(n, i.Decimals)
	}
	return p.Number(n, i.Decimals)
}

// Compared says over whom a comparison was made, or why there is none; "" for
// one that is over everybody.
func (p Phrases) Compared(c *summary.Comparison) string {
	switch {
	case c == nil || c.Basis == summary.OverAll:
		return ""
	case c.Basis == summary.OverSameUnits:
		return p.Say("comparison.over", "units", c.Units)
	}
	return p.Say("comparison.none_because", "reason", p.Say("comparison.reason."+string(c.Reason)))
}

// negligible reports whether a weight prints as 0,0%.
func negligible(w *summary.Weight) bool { return w.Percent.Round(1).IsZero() }

// Weight says how much the missing units gave in the period before; "" where
// that is not known, or known of units only that gave next to nothing.
func (p Phrases) Weight(w *summary.Weight) string {
	switch {
	case w == nil || negligible(w) && w.Known < w.Missing:
		return ""
	case negligible(w):
		return p.Say("coverage.weight_small", "percent", p.Percent(figure.MustParse("0.1"), 1))
	case w.Known < w.Missing:
		return p.Say("coverage.weight_least", "percent", p.Percent(w.Percent, 1), "known", w.Known, "missing", w.Missing)
	}
	return p.Say("coverage.weight", "percent", p.Percent(w.Percent, 1))
}

// ShortWeight is the same for a column: "(≈7,1%)", "(≥7,1%)" where it
// is known of some of the missing only; "(<0,1%)" or nothing where it is next to
// nothing.
func (p Phrases) ShortWeight(w *summary.Weight) string {
	about := "≈"
	switch {
	case w == nil || negligible(w) && w.Known < w.Missing:
		return ""
	case negligible(w):
		return p.Say("coverage.weight_short", "about", "<", "percent", p.Percent(figure.MustParse("0.1"), 1))
	case w.Known < w.Missing:
		about = "≥"
	}
	return p.Say("coverage.weight_short", "about", about, "percent", p.Percent(w.Percent, 1))
}

// Carried names the units whose stock was carried and from when: "Quận Ba Đình
// (tháng 5/2025)"; title gives a unit's.
func (p Phrases) Carried(all []summary.Carried, title func(unit string) string) string {
	names := make([]string, len(all))
	for i, one := range all {
		names[i] = title(one.Unit) + " (" + p.Month(one.From) + ")"
	}
	return strings.Join(names, "; ")
}
