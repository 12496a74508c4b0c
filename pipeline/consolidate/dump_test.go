package consolidate_test

import (
	"fmt"
	"strings"
	"testing"

	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
)

// dump writes a figure as a story wants it.
func dump(f *summary.Figure) string {
	if f == nil {
		return "absent"
	}
	var b strings.Builder
	if f.Provisional {
		b.WriteString("~")
	}
	b.WriteString(f.Value.String())
	if f.Reason != summary.ReasonNone {
		b.WriteString(":" + string(f.Reason))
	}
	if f.Numerator != nil && f.Denominator != nil {
		fmt.Fprintf(&b, " (%s/%s)", f.Numerator, f.Denominator)
	}
	by := ""
	if f.Coverage.By == summary.ByUnitMonth {
		by = " um"
	}
	fmt.Fprintf(&b, " [%d/%d%s]", f.Coverage.Reported, f.Coverage.Expected, by)
	for _, m := range f.Coverage.Missing {
		b.WriteString(" -" + m.Unit)
		if by != "" {
			b.WriteString(":" + months(m.Periods))
		}
	}
	for _, carried := range f.Coverage.Carried {
		b.WriteString(" ^" + carried.Unit + ":" + months([]period.Month{carried.From}))
	}
	if !f.Opening.IsZero() {
		b.WriteString(" @" + f.Opening.String())
	}
	if len(f.Coverage.Uncovered) > 0 {
		b.WriteString(" ?" + months(f.Coverage.Uncovered))
	}
	verdict := "unjudged"
	if f.Judgment != nil {
		verdict = string(f.Judgment.Verdict)
	}
	b.WriteString(" : " + verdict)
	return b.String()
}

// beside writes a figure's comparison: over whom, the two sides, and the change
// in percent or points; why there is none; or nothing.
func beside(f *summary.Figure) string {
	c := f.Comparison
	switch {
	case c == nil:
		return "nothing"
	case !c.Compared():
		return "none:" + string(c.Reason)
	}
	over := string(c.Basis)
	if c.Basis == summary.OverSameUnits {
		over = fmt.Sprintf("same:%d", c.Units)
	}
	change, _ := c.Change()
	text := fmt.Sprintf("%s %s/%s", over, c.Value, c.Base)
	if percent, ok := c.Percent(); ok {
		return text + " " + percent.Published() + "%"
	}
	if c.Points {
		return text + " " + change.Published() + " points"
	}
	return text + " " + change.Published()
}

// weight writes what the missing gave in the period before, and of how many.
func weight(f *summary.Figure) string {
	w := f.Coverage.Weight
	if w == nil {
		return "unknown"
	}
	return fmt.Sprintf("%s %d/%d", w.Percent.Published(), w.Known, w.Missing)
}

// trendOf writes a trend's months and values, "~" where provisional; "absent"
// where there is none.
func trendOf(s *summary.Summary, code, group, unit string) string {
	for _, t := range s.Trends {
		if t.Indicator.Code != code || t.Group != group || t.Unit != unit {
			continue
		}
		all := make([]string, len(t.Points))
		for i, p := range t.Points {
			mark := ""
			if p.Provisional {
				mark = "~"
			}
			all[i] = p.Month.String()[2:] + ":" + mark + p.Value.String()
		}
		return strings.Join(all, " ")
	}
	return "absent"
}

// months writes "04,05" of the months' numbers.
func months(all []period.Month) string {
	names := make([]string, len(all))
	for i, m := range all {
		names[i] = m.String()[5:]
	}
	return strings.Join(names, ",")
}

// dumpAll writes everything a summary says, in its order.
func dumpAll(s *summary.Summary) string {
	var b strings.Builder
	for i := range s.Figures {
		f := &s.Figures[i]
		fmt.Fprintf(&b, "%s %s%s %s = %s %+v", f.Indicator.Code, f.Group, f.Unit, f.Span, dump(f), f.Source)
		if j := f.Judgment; j != nil {
			fmt.Fprintf(&b, " %v %v %v %d/%d %v", j.Expected, j.Attained, j.Gap, j.Reporting, j.Missing, j.HorizonEnds)
		}
		fmt.Fprintf(&b, " %s %s\n", beside(f), weight(f))
	}
	for _, t := range s.Trends {
		fmt.Fprintf(&b, "%s %s%s %s\n", t.Indicator.Code, t.Group, t.Unit, trendOf(s, t.Indicator.Code, t.Group, t.Unit))
	}
	for _, t := range s.Tallies {
		fmt.Fprintf(&b, "%s %v %d/%d\n", t.Indicator.Code, t.Choices, t.Reported, t.Expected)
	}
	for _, f := range s.Findings {
		fmt.Fprintf(&b, "%+v\n", f)
	}
	return b.String()
}

func tallyLine(t summary.Tally) string {
	return fmt.Sprintf("%s %v %d/%d; ", t.Indicator.Code, t.Choices, t.Reported, t.Expected)
}

func TestDumpTellsFiguresApart(t *testing.T) {
	city := tell(t, `
indicators: code
  A
reports:
  2025-06 U1 A=1
want:
  A city month = ~1 [1/4] -U2 -U3 -U4
  A U1 month = 1 [1/1]
  A U2 month = ~blank:not_received [0/1] -U2
  A nowhere month = absent
`)
	if len(city.Figures) != 3*(1+4) {
		t.Errorf("%d figures, want three spans of the city and four units", len(city.Figures))
	}
}
