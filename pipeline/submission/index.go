package submission

// Index tells where in the values of a submission an indicator stands. Units that
// are asked the same have one between them.
type Index struct {
	indicators []string
	at         map[string]int
}

// For is the index of some values: x itself, if they have the same order. A nil x
// is no index.
func (x *Index) For(values Values) *Index {
	if x.fits(values) {
		return x
	}
	made := &Index{make([]string, values.Len()), make(map[string]int, values.Len())}
	for i := range made.indicators {
		code := values.Indicator(i)
		made.indicators[i], made.at[code] = code, i
	}
	return made
}

func (x *Index) fits(values Values) bool {
	if x == nil || len(x.indicators) != values.Len() {
		return false
	}
	for i, code := range x.indicators {
		if values.Indicator(i) != code {
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
