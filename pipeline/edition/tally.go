package edition

// Tally is a cause and the number of indicators of which it changed a figure.
type Tally struct {
	Cause
	Indicators int
}

// Tallies sums changes up by their causes, in the order in which they are first
// met.
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
	return all
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
