package edition

import (
	"cmp"
	"slices"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/period"
)

// Tally is a cause and the number of indicators of which it changed a figure.
type Tally struct {
	Cause
	Indicators int
}

// Tallies sums changes up by their causes: those that changed most indicators
// first, equal ones in the order in which they are first met.
func Tallies(changes []Change) []Tally {
	type pair struct {
		cause     Cause
		indicator string
	}
	var all []Tally
	at, met := map[Cause]int{}, map[pair]bool{}
	for _, change := range changes {
		for _, cause := range change.Causes {
			if met[pair{cause, change.Indicator}] {
				continue
			}
			met[pair{cause, change.Indicator}] = true
			if _, ok := at[cause]; !ok {
				at[cause] = len(all)
				all = append(all, Tally{Cause: cause})
			}
			all[at[cause]].Indicators++
		}
	}
	slices.SortStableFunc(all, func(a, b Tally) int { return cmp.Compare(b.Indicators, a.Indicators) })
	return all
}

// Indicators counts the indicators of which any figure changed.
func Indicators(changes []Change) int {
	seen := map[string]bool{}
	for _, c := range changes {
		seen[c.Indicator] = true
	}
	return len(seen)
}

// CityIndicators counts the indicators of which a figure of the city changed.
func CityIndicators(changes []Change) int {
	seen := map[string]bool{}
	for _, c := range changes {
		if c.IsCity() {
			seen[c.Indicator] = true
		}
	}
	return len(seen)
}

// CityChange is what changed of an indicator's figures of the city.
type CityChange struct {
	Indicator string
	Spans     map[period.SpanKind]Change
}

// OfCity lists the changes of the city's figures by indicator, in catalogue order;
// those of indicators that it does not have come last, by code.
func OfCity(changes []Change, cat *catalogue.Catalogue) []CityChange {
	spans := map[string]map[period.SpanKind]Change{}
	for _, c := range changes {
		if !c.IsCity() {
			continue
		}
		if spans[c.Indicator] == nil {
			spans[c.Indicator] = map[period.SpanKind]Change{}
		}
		spans[c.Indicator][c.Span] = c
	}
	place := make(map[string]int, len(cat.Indicators))
	for i, ind := range cat.Indicators {
		place[ind.Code] = i - len(cat.Indicators) // before 0, which those it lacks have
	}
	all := make([]CityChange, 0, len(spans))
	for code, own := range spans {
		all = append(all, CityChange{Indicator: code, Spans: own})
	}
	slices.SortFunc(all, func(a, b CityChange) int {
		return cmp.Or(cmp.Compare(place[a.Indicator], place[b.Indicator]), cmp.Compare(a.Indicator, b.Indicator))
	})
	return all
}
