package reading

import (
	"strings"

	"tonghop/pipeline/figure"
)

// convention is a way to write numbers.
type convention struct {
	group   byte // parts thousands
	decimal byte // begins the decimals
	// foreign is set where grouping in this way is not Vietnamese and so worth a
	// look even where nothing else can be meant.
	foreign bool
}

// conventions in the order of trust: of two readings of a count the earlier
// holds.
var conventions = [...]convention{
	{group: '.', decimal: ','},                // 1.234,5 as Vietnamese offices write
	{group: ' ', decimal: ','},                // 1 234,5
	{group: ',', decimal: '.', foreign: true}, // 1,234.5 as English keyboards write
	{group: ' ', decimal: '.'},                // 1 234.5
}

// written is one reading of digits and separators.
type written struct {
	number  figure.Number
	foreign bool // thousands were grouped the foreign way
}

// readings lists the different numbers that digits and separators can be, by the
// order of the conventions. There are never more than two: one separator with
// three digits behind it begins decimals for some and parts thousands for others.
func readings(core string) []written {
	var found []written
	for _, c := range conventions {
		w, ok := c.read(core)
		if !ok {
			continue
		}
		same := false
		for _, other := range found {
			same = same || other.number.Equal(w.number)
		}
		if !same {
			found = append(found, w)
		}
	}
	return found
}

const (
	// mostDigits is what a spreadsheet keeps of a number. A text of more digits
	// is an account, a telephone number or an identity number.
	mostDigits = 15
	// longestCode is the longest number with a zero before it that is still one,
	// as in "05 hộ"; from there on it is a telephone number or a code.
	longestCode = 3
)

// read reads digits and separators by one convention.
func (c convention) read(core string) (written, bool) {
	whole, decimals, point := strings.Cut(core, string(c.decimal))
	grouped := strings.IndexByte(whole, c.group) >= 0
	if grouped && !wellGrouped(whole, c.group) {
		return written{}, false
	}
	if grouped {
		whole = strings.ReplaceAll(whole, string(c.group), "")
	}
	switch {
	case !allDigits(whole), point && !allDigits(decimals), len(whole)+len(decimals) > mostDigits:
		return written{}, false
	case len(whole) > 1 && whole[0] == '0' && (point || len(whole) > longestCode):
		return written{}, false
	}
	if point {
		whole += "." + decimals
	}
	n, err := figure.Parse(whole)
	return written{n, grouped && c.foreign}, err == nil
}

// wellGrouped reports whether a grouping separator stands where it may: one to
// three digits first, not 0, and three in each group.
func wellGrouped(whole string, group byte) bool {
	first, rest, _ := strings.Cut(whole, string(group))
	if len(first) < 1 || len(first) > 3 || first[0] == '0' {
		return false
	}
	for more := true; more; {
		var next string
		next, rest, more = strings.Cut(rest, string(group))
		if len(next) != 3 {
			return false
		}
	}
	return true
}

func allDigits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}
