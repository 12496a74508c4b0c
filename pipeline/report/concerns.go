package report

import (
	"strings"

	"tonghop/pipeline/submission"
)

// Concerns reports whether a finding is about a value: its own indicator, one
// whose cell it names, or one among the figures of a broken rule.
func (f Finding) Concerns(v submission.Value) bool {
	if f.Indicator == v.Indicator {
		return true
	}
	if v.Cell != "" && f.Sheet == v.Sheet {
		if f.Cell == v.Cell {
			return true
		}
		for name, value := range f.Args {
			if strings.HasSuffix(name, "_cell") && value == v.Cell {
				return true
			}
		}
	}
	for one := range strings.SplitSeq(f.Args["values"], "|") {
		if code, _, ok := strings.Cut(one, " = "); ok && code == v.Indicator {
			return true
		}
	}
	return false
}
