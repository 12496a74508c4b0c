package consolidate

import (
	"slices"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
)

// tallies count the units at each answer of the choice and yes/no indicators
// in the period's last month.
func (c *consolidation) tallies() []summary.Tally {
	var all []summary.Tally
	for _, ind := range c.Catalogue.Indicators {
		choices := ind.Choices
		switch {
		case ind.Type == catalogue.YesNo:
			choices = []string{"có", "không"}
		case ind.Type != catalogue.Choice:
			continue
		}
		t := summary.Tally{Indicator: ind}
		at := map[string]int{}
		for i, choice := range choices {
			t.Choices = append(t.Choices, summary.ChoiceCount{Choice: choice})
			at[choice] = i
		}
		for _, u := range c.Catalogue.AskedUnits(ind, c.Period.To, c.Timetable.Scheme) {
			v, ok := c.History.Value(u.ID, ind.Code, c.Period.To)
			if !ind.DueIn(c.Period.To) || v.Figure.Is(figure.NotApplicable) {
				continue
			}
			t.Expected++
			if i, known := at[v.Text]; ok && known {
				t.Choices[i].Units++
				t.Reported++
			}
		}
		if t.Expected > 0 {
			all = append(all, t)
		}
	}
	return all
}

// impossible tells of figures that are something of nothing, once for the city and
// once for each unit, of the shortest span that shows it.
type impossible struct {
	told []finding.Finding
	seen map[place]bool
}

type place struct{ indicator, unit string }

// look comes upon the figures in their order.
func (i *impossible) look(f *summary.Figure, month period.Month) {
	at := place{f.Indicator.Code, f.Unit}
	// A figure made from units' own has no numerator: its units tell it.
	if f.Reason != summary.ReasonImpossible || f.Numerator == nil || f.Group != "" || i.seen[at] {
		return
	}
	if i.seen == nil {
		i.seen = map[place]bool{}
	}
	i.seen[at] = true
	one := finding.New(finding.ZeroDenominator)
	one.Indicator, one.Unit, one.Period = f.Indicator.Code, f.Unit, month
	i.told = append(i.told, one.With("numerator_value", f.Numerator.String()))
}

// findings are those that concern figures and no single cell: the impossible ones,
// and those of the city as a whole.
func (c *consolidation) findings(s *summary.Summary, impossible []finding.Finding) []finding.Finding {
	all := slices.Clone(impossible)
	all = append(all, c.cityRules(s)...)
	all = append(all, c.overlaps(s)...)
	all = append(all, c.early(s)...)
	finding.Sort(all)
	return all
}

func count(receipts []summary.Receipt) summary.Counts {
	var n summary.Counts
	for _, r := range receipts {
		n.Expected++
		if !r.IsReceived() {
			continue
		}
		n.Received++
		if r.IsUsable() {
			n.Usable++
		}
		if r.OnTime {
			n.OnTime++
		}
	}
	return n
}

func countByKind(receipts []summary.Receipt) []summary.KindCounts {
	var kinds []catalogue.UnitKind
	byKind := map[catalogue.UnitKind][]summary.Receipt{}
	for _, r := range receipts {
		if _, ok := byKind[r.Unit.Kind]; !ok {
			kinds = append(kinds, r.Unit.Kind)
		}
		byKind[r.Unit.Kind] = append(byKind[r.Unit.Kind], r)
	}
	all := make([]summary.KindCounts, len(kinds))
	for i, k := range kinds {
		all[i] = summary.KindCounts{Kind: k, Counts: count(byKind[k])}
	}
	return all
}
