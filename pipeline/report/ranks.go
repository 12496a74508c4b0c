package report

import (
	"slices"
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/summary"
)

const (
	// leastRanked is the number of units from which on first and last say anything.
	leastRanked = 5
	// mostTied is how many equal units are still named.
	mostTied = 3
)

// leastBase is what a unit's figure must be made from: of three cases one more is
// chance.
var leastBase = figure.Int(30)

// ranked is a unit with what it is compared by.
type ranked struct {
	unit  *catalogue.Unit
	value figure.Number
	text  string // as printed, with what it was made from
}

// ranks name the units at both ends, for the indicators of a programme that the
// catalogue lets be compared, within each group where units have one. Only figures
// that are complete are compared.
func (c *composer) ranks(p *catalogue.Programme, index lookup) []Block {
	if c.Edition == Meeting { // ranks are for the office
		return nil
	}
	var items []string
	for _, ind := range c.Summary.Catalogue.Indicators {
		if ind.Programme != p.Code || ind.CityOnly || ind.Compare == "none" || ind.Compare == "" {
			continue
		}
		for _, g := range c.groups() {
			if ends := c.ends(ind, g, index); ends != "" {
				items = append(items, ends)
			}
		}
	}
	if len(items) == 0 {
		return nil
	}
	return []Block{Heading{Level: 3, Text: c.say("report.ranks")}, Bullets{Small: true, Items: items}}
}

// ends are the highest and the lowest of a group; "" where they say nothing. The
// city's own office is no unit among others.
func (c *composer) ends(ind *catalogue.Indicator, g group, index lookup) string {
	var all []ranked
	for _, u := range g.units {
		if u.Kind == catalogue.CityOffice {
			continue
		}
		if r, ok := c.comparable(ind, u, index); ok {
			all = append(all, r)
		}
	}
	if len(all) < leastRanked {
		return ""
	}
	slices.SortStableFunc(all, func(a, b ranked) int { return b.value.Cmp(a.value) })
	highest, lowest := c.tied(all, all[0].value), c.tied(all, all[len(all)-1].value)
	if all[0].value.Equal(all[len(all)-1].value) {
		return ""
	}
	return c.say("report.rank", "indicator", c.Phrases.IndicatorName(ind), "group", g.title, "highest", highest, "lowest", lowest, "n", len(all))
}

// tied names the units that have a value, or counts them where they are many.
func (c *composer) tied(all []ranked, value figure.Number) string {
	var units []string
	for _, r := range all {
		if r.value.Equal(value) {
			units = append(units, r.unit.Title()+" "+r.text)
		}
	}
	if len(units) <= mostTied {
		return strings.Join(units, ", ")
	}
	return c.say("report.rank.tied", "n", len(units))
}

// comparable is what a unit is compared by, if its figure is known, complete and
// made from enough.
func (c *composer) comparable(ind *catalogue.Indicator, u *catalogue.Unit, index lookup) (ranked, bool) {
	f := index[lookupKey{indicator: ind.Code, span: c.inYear(), unit: u.ID}]
	n, known := complete(f)
	if !known {
		return ranked{}, false
	}
	per, isPer := strings.CutPrefix(ind.Compare, "per:")
	switch {
	case ind.Compare == "rate":
		if f.Denominator == nil || f.Denominator.Cmp(leastBase) < 0 {
			return ranked{}, false
		}
		return ranked{u, n, c.printed(f, n) + c.made(*f.Numerator, *f.Denominator)}, true
	case ind.Compare == "own_target":
		if f.Judgment == nil || f.Judgment.Attained == nil || base(f).Cmp(leastBase) < 0 {
			return ranked{}, false
		}
		return ranked{u, *f.Judgment.Attained, c.percent(f.Judgment.Attained)}, true
	case isPer:
		of := index[lookupKey{indicator: per, span: c.inYear(), unit: u.ID}]
		base, known := complete(of)
		if !known || base.Cmp(leastBase) < 0 {
			return ranked{}, false
		}
		share, err := n.Mul(figure.Int(100)).Quo(base)
		if err != nil {
			return ranked{}, false
		}
		text := c.say("report.rank.per", "share", c.Phrases.Number(share, 1), "measure", of.Indicator.Measure)
		return ranked{u, share, text + c.made(n, base)}, true
	}
	return ranked{}, false
}

// complete is the number of a figure that lacks nothing.
func complete(f *summary.Figure) (figure.Number, bool) {
	if f == nil || f.Provisional || f.Unconfirmed || !f.Coverage.Complete() {
		return figure.Number{}, false
	}
	return f.Value.Number()
}

// base is what a target asks a share of: the denominator of a rate, else the
// target itself.
func base(f *summary.Figure) figure.Number {
	if f.Denominator != nil {
		return *f.Denominator
	}
	return f.Judgment.Target.Value
}

// made tells what a share was computed from.
func (c *composer) made(numerator, denominator figure.Number) string {
	return " (" + c.say("report.ratio", "numerator", numerator, "denominator", denominator) + ")"
}
