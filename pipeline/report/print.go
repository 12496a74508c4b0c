package report

import (
	"tonghop/pipeline/figure"
	"tonghop/pipeline/summary"
)

// value prints a figure for a table: rounded half-up to the indicator's
// decimals, on its own side of its target, or the mark of its state.
func (c *composer) value(f *summary.Figure) string {
	if f == nil {
		return ""
	}
	n, ok := f.Value.Number()
	if !ok || f.Value.Is(figure.None) {
		return c.mark(f)
	}
	decimals := f.Indicator.Decimals
	if f.Judgment != nil {
		n = n.RoundBeside(f.Judgment.Target.Value, decimals)
	}
	return c.Phrases.Number(n, decimals)
}

// mark is the sign for a figure without a number. What is not asked for here
// or now is left empty, so that the eye finds what is missing.
func (c *composer) mark(f *summary.Figure) string {
	switch f.Reason {
	case summary.ReasonNotExpected, summary.ReasonNotDue:
		return ""
	case summary.ReasonNoCases:
		return c.Phrases.Mark(figure.None)
	case summary.ReasonBlank, summary.ReasonNotReceived, summary.ReasonNoTerms:
		return c.Phrases.Mark(figure.NotAvailable)
	}
	return c.Phrases.Mark(f.Value.State())
}

// percent prints how much of a target is attained, never rounded up to 100.
func (c *composer) percent(n *figure.Number) string {
	if n == nil {
		return ""
	}
	return c.Phrases.Percent(n.RoundBeside(figure.Int(100), 1), 1)
}

func (c *composer) target(j *summary.Judgment, decimals int) string {
	if j == nil {
		return ""
	}
	n := j.Target.Value
	if n.IsWhole() {
		decimals = 0
	}
	return c.Phrases.Comparator(j.Target.Comparator) + " " + c.Phrases.Number(n, decimals)
}

func (c *composer) coverage(f *summary.Figure) string {
	if f == nil || f.Coverage.Expected == 0 {
		return ""
	}
	return c.Phrases.Coverage(f.Coverage)
}

// count prints a number of things.
func (c *composer) count(n int) string { return c.Phrases.Number(figure.Int(int64(n)), 0) }
