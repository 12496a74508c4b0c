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
		b.WriteString("\n")
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
