package submission

// Index tells where in the values of a submission an indicator stands. Units that
// are asked the same have one between them.
type Index struct {
	indicators []string
	at         map[string]int
}

// For is the index of some values: x itself, if they have the same order. A nil x
// is no index.
func (x *Index) For(values []Value) *Index {
	if x.fits(values) {
		return x
	}
	made := &Index{make([]string, len(values)), make(map[string]int, len(values))}
	for i := range values {
		made.indicators[i], made.at[values[i].Indicator] = values[i].Indicator, i
	}
	return made
}

func (x *Index) fits(values []Value) bool {
	if x == nil || len(x.indicators) != len(values) {
		return false
	}
	for i := range values {
		if values[i].Indicator != x.indicators[i] {
			return false
		}
	}
	return true
}

// Of is the place of an indicator; false where there is none.
func (x *Index) Of(indicator string) (place int, ok bool) {
	place, ok = x.at[indicator]
	return place, ok
}
