package report

import (
	"slices"
	"strings"

	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
)

// apart says how the units in a part's figure differ from those in its whole's:
// a part whose whole was refused is no part of the sum of the others. It is empty
// where they are the same, and for what is no part.
func (c *composer) apart(part *summary.Figure, index lookup) string {
	if part == nil || part.Indicator.PartOf == "" {
		return ""
	}
	if _, known := part.Value.Number(); !known {
		return ""
	}
	whole := index[lookupKey{indicator: part.Indicator.PartOf, span: part.Span}]
	if whole == nil {
		return ""
	}
	var said []string
	if n := lackingBut(whole, part); n > 0 {
		said = append(said, c.say("report.part_beyond", "n", n))
	}
	if n := lackingBut(part, whole); n > 0 {
		said = append(said, c.say("report.part_short", "n", n))
	}
	return strings.Join(said, ", ")
}

// lackingBut counts the units that a figure lacks, in any month, where the other
// has them.
func lackingBut(f, other *summary.Figure) int {
	has := func(unit string, m period.Month) bool {
		return !slices.ContainsFunc(other.Coverage.Missing, func(o summary.Missing) bool {
			return o.Unit == unit && slices.Contains(o.Periods, m)
		})
	}
	n := 0
	for _, missing := range f.Coverage.Missing {
		if slices.ContainsFunc(missing.Periods, func(m period.Month) bool { return has(missing.Unit, m) }) {
			n++
		}
	}
	return n
}
