package catalogue

import (
	"slices"
	"time"
	"unicode"
	"unicode/utf8"

	"tonghop/pipeline/period"
)

// unitTitle puts the kind before the name where it belongs to it. The city
// office and affiliated units are called by their names alone.
func unitTitle(u *Unit) string {
	if u.Kind == CityOffice || u.Kind == Affiliated || u.Kind == "" {
		return u.Name
	}
	first, size := utf8.DecodeRuneInString(string(u.Kind))
	return string(unicode.ToUpper(first)) + string(u.Kind)[size:] + " " + u.Name
}

// AskedOfUnit reports whether the indicator is meant for this unit at all: by
// kind, by group, or by "city" for the city office. An empty asked_of means
// every unit but the city office. A derived indicator is asked of nobody.
func (i *Indicator) AskedOfUnit(u *Unit) bool {
	if i.Kind == Derived {
		return false
	}
	if len(i.AskedOf) == 0 {
		return u.Kind != CityOffice
	}
	if u.Kind == CityOffice {
		return slices.Contains(i.AskedOf, askedCity)
	}
	return slices.Contains(i.AskedOf, string(u.Kind)) || u.Group != "" && slices.Contains(i.AskedOf, u.Group)
}

// Asks reports whether unit u is asked for input or text indicator i in month
// m, whether or not the fact is due then: DueIn says that.
//
// What happened, a flow or a narrative, is asked of a unit valid on any day of
// the month's window; of one that ended inside it as the bridge says, of one
// renamed there only under its new name. How things stand, a stock or a choice,
// is asked of a unit valid on the window's last day. So is a cumulative: it is
// the span's last month that counts, and what a unit that ended had reached is
// with its successors.
func (c *Catalogue) Asks(i *Indicator, u *Unit, m period.Month, scheme period.Scheme) bool {
	window := scheme.Window(m)
	if !i.AskedOfUnit(u) || !i.ValidDuring(window) {
		return false
	}
	if i.standing() {
		return u.ValidOn(window.To)
	}
	return u.ValidDuring(window) && c.reports(u, window)
}

// standing reports whether an indicator says how things stand at the end of the
// period, and not what happened in it.
func (i *Indicator) standing() bool {
	return i.Nature == Stock || i.Nature == Cumulative || i.Type == Choice || i.Type == YesNo
}

// Accumulates reports whether an indicator's value of a month is what has come
// together since January, not what the month brought: it is cumulative, or a rate
// of what is.
func (c *Catalogue) Accumulates(i *Indicator) bool {
	if i.Kind != Derived || i.Formula == nil {
		return i.Nature == Cumulative
	}
	return slices.ContainsFunc(c.terms(i), func(term *Indicator) bool { return term != nil && term.Nature == Cumulative })
}

// AskedUnits returns the units asked for an indicator in month m, in table
// order, whether or not it is due then. For a derived indicator these are the
// units asked for every one of its terms.
func (c *Catalogue) AskedUnits(i *Indicator, m period.Month, scheme period.Scheme) []*Unit {
	terms := []*Indicator{i}
	if i.Kind == Derived {
		if !i.ValidDuring(scheme.Window(m)) {
			return nil
		}
		terms = c.terms(i)
	}
	var units []*Unit
	for _, u := range c.Units {
		asked := func(term *Indicator) bool { return c.Asks(term, u, m, scheme) }
		if !slices.ContainsFunc(terms, func(t *Indicator) bool { return !asked(t) }) {
			units = append(units, u)
		}
	}
	return units
}

// IndicatorsFor returns the input and text indicators that unit u is asked for
// in month m, in table order, due or not: the rows of its form.
func (c *Catalogue) IndicatorsFor(u *Unit, m period.Month, scheme period.Scheme) []*Indicator {
	var all []*Indicator
	for _, i := range c.Indicators {
		if c.Asks(i, u, m, scheme) {
			all = append(all, i)
		}
	}
	return all
}

// ExpectedUnits returns the units that owe a report for month m: those asked
// for at least one indicator due in it.
func (c *Catalogue) ExpectedUnits(m period.Month, scheme period.Scheme) []*Unit {
	var units []*Unit
	for _, u := range c.Units {
		if slices.ContainsFunc(c.Indicators, func(i *Indicator) bool { return i.DueIn(m) && c.Asks(i, u, m, scheme) }) {
			units = append(units, u)
		}
	}
	return units
}

// terms returns the input indicators of a derived one.
func (c *Catalogue) terms(i *Indicator) []*Indicator {
	var all []*Indicator
	for _, code := range i.Formula.Terms() {
		all = append(all, c.indicators[code])
	}
	return all
}

// DueMonths returns the months of the year in which an indicator has a value,
// ascending: its own, or for a derived one those in which every term is asked.
// Nil means every month; for a loaded catalogue the result is never empty.
func (c *Catalogue) DueMonths(i *Indicator) []int {
	terms := []*Indicator{i}
	if i.Kind == Derived {
		if i.Formula == nil {
			return nil
		}
		terms = terms[:0]
		for _, code := range i.Formula.Terms() {
			if term := c.indicators[code]; term != nil {
				terms = append(terms, term)
			}
		}
	}
	months := []int{}
	for m := time.January; m <= time.December; m++ {
		if !slices.ContainsFunc(terms, func(t *Indicator) bool { return !t.DueIn(period.Month{Year: 1, Number: m}) }) {
			months = append(months, int(m))
		}
	}
	if len(months) == 12 {
		return nil
	}
	return months
}

// IndicatorsOf returns a programme's indicators in table order.
func (c *Catalogue) IndicatorsOf(programme string) []*Indicator {
	var all []*Indicator
	for _, i := range c.Indicators {
		if i.Programme == programme {
			all = append(all, i)
		}
	}
	return all
}

// FormFor returns the form in force on the last day of month m's window.
func (c *Catalogue) FormFor(m period.Month, scheme period.Scheme) (Form, bool) {
	day := scheme.Window(m).To
	for _, f := range c.Forms {
		if overlap(f.ValidFrom, f.ValidTo, day, day) {
			return f, true
		}
	}
	return Form{}, false
}

// Groups returns the names of the units' groups in order of first appearance.
func (c *Catalogue) Groups() []string {
	var all []string
	for _, u := range c.Units {
		if u.Group != "" && !slices.Contains(all, u.Group) {
			all = append(all, u.Group)
		}
	}
	return all
}
