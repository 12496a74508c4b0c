package consolidate

import (
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
)

// roster remembers who is asked for what in which month.
type roster struct {
	cat    *catalogue.Catalogue
	scheme period.Scheme
	known  map[rosterKey]map[string]bool
}

type rosterKey struct {
	indicator string
	month     period.Month
}

func newRoster(cat *catalogue.Catalogue, scheme period.Scheme) *roster {
	return &roster{cat: cat, scheme: scheme, known: map[rosterKey]map[string]bool{}}
}

func (r *roster) asks(ind *catalogue.Indicator, unit string, m period.Month) bool {
	k := rosterKey{ind.Code, m}
	units, ok := r.known[k]
	if !ok {
		units = map[string]bool{}
		for _, u := range r.cat.AskedUnits(ind, m, r.scheme) {
			units[u.ID] = true
		}
		r.known[k] = units
	}
	return units[unit]
}

// part is what one unit contributes for one month: a figure, or the reason why
// there is none and whether one was expected.
type part struct {
	figure   figure.Figure
	expected bool
	reason   summary.Reason
	// value and from trace the part to a cell; nil where nothing was typed.
	value *submission.Value
	from  *submission.Submission
}

// part tells what a unit said for an input indicator in a month.
func (c *consolidation) part(u *catalogue.Unit, ind *catalogue.Indicator, m period.Month) part {
	if !c.asked.asks(ind, u.ID, m) {
		return part{figure: figure.Without(figure.NotApplicable), reason: summary.ReasonNotExpected}
	}
	if !ind.DueIn(m) {
		return part{reason: summary.ReasonNotDue}
	}
	from := c.History.Submission(u.ID, m)
	if from == nil {
		return part{expected: true, reason: summary.ReasonNotReceived}
	}
	v, ok := c.History.Value(u.ID, ind.Code, m)
	p := part{figure: v.Figure, expected: true, from: from}
	if ok {
		p.value = &v
	}
	switch v.Figure.State() {
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

// together is what a unit contributes to a figure made of several terms, at
// the months where each term stands: it counts only where every term does.
// The terms' own figures are returned beside it.
func (c *consolidation) together(u *catalogue.Unit, terms []*catalogue.Indicator, m period.Month) (part, []part) {
	parts := make([]part, len(terms))
	for i, t := range terms {
		parts[i] = c.part(u, t, m)
	}
	whole := part{figure: figure.Without(figure.None), expected: true}
	if len(terms) == 1 {
		return parts[0], parts
	}
	for _, p := range parts {
		if !p.expected && !p.figure.State().Counts() {
			return part{figure: p.figure, reason: p.reason}, parts
		}
	}
	figures := make([]figure.Figure, len(parts))
	for i, p := range parts {
		figures[i] = p.figure
	}
	if missing, ok := figure.Missing(figures...); ok {
		whole.figure = figure.Without(missing)
		for _, p := range parts {
			if p.figure.Is(missing) {
				whole.reason = p.reason
				break
			}
		}
	}
	return whole, parts
}
