package summary

import (
	"cmp"
	"iter"
	"slices"

	"tonghop/pipeline/period"
)

// MostListed is how many units a page and a sheet list one by one.
const MostListed = 500

// Crowded reports whether the units are more than a page can list. Then it lists
// their groups, and the published table of figures has the units.
func (s *Summary) Crowded() bool { return len(s.Expected) > MostListed }

// All gives every figure of the given spans, of all where none is given, ordered by
// span, indicator, then city, groups, units. Of a crowded city it makes those of
// units: who asks again gets equal ones.
func (s *Summary) All(spans ...period.SpanKind) iter.Seq[*Figure] {
	return func(yield func(*Figure) bool) {
		for i := range s.Figures {
			f := &s.Figures[i]
			if len(spans) > 0 && !slices.Contains(spans, f.Span) {
				continue
			}
			if (s.Units == nil || f.Unit == "") && !yield(f) {
				return
			}
			last := i+1 == len(s.Figures) || s.Figures[i+1].Indicator != f.Indicator || s.Figures[i+1].Span != f.Span
			if s.Units == nil || !last {
				continue
			}
			for own := range s.Units(f.Indicator, f.Span) {
				if !yield(own) {
					return
				}
			}
		}
	}
}

// Find returns the figure of an indicator for a span; unit and group empty for
// the city. It is nil where the summary holds none.
func (s *Summary) Find(indicator string, span period.SpanKind, group, unit string) *Figure {
	for i := range s.Figures {
		f := &s.Figures[i]
		if f.Indicator.Code != indicator || f.Span != span {
			continue
		}
		if f.Unit == unit && f.Group == group {
			return f
		}
		if unit == "" || s.Units == nil {
			continue
		}
		for own := range s.Units(f.Indicator, span) {
			if own.Unit == unit {
				return own
			}
		}
		return nil
	}
	return nil
}

// JudgedUnits are the figures of units that have a target of their own, by unit in
// catalogue order.
func (s *Summary) JudgedUnits() []*Figure {
	at := make(map[string]int, len(s.Catalogue.Units))
	for i, u := range s.Catalogue.Units {
		at[u.ID] = i
	}
	var all []*Figure
	for i := range s.Figures {
		if f := &s.Figures[i]; f.Unit != "" && f.Judgment != nil {
			all = append(all, f)
		}
	}
	slices.SortStableFunc(all, func(a, b *Figure) int { return cmp.Compare(at[a.Unit], at[b.Unit]) })
	return all
}
