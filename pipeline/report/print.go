package report

import (
	"slices"

	"tonghop/pipeline/catalogue"
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
		return c.mark(f) + c.marks(f)
	}
	return c.printed(f, n) + c.marks(f)
}

// printed is a figure's number without marks.
func (c *composer) printed(f *summary.Figure, n figure.Number) string {
	decimals := f.Indicator.Decimals
	if f.Judgment != nil {
		n = n.RoundBeside(f.Judgment.Target.Value, decimals)
	}
	return c.number(f, n, decimals)
}

// marks stand behind a figure: a star where it rests on a correction without
// its document, a dagger where it was carried from an earlier month.
func (c *composer) marks(f *summary.Figure) string {
	marks := ""
	if f.Unconfirmed {
		marks = c.say("mark.unconfirmed")
	}
	if len(f.Coverage.Carried) > 0 {
		marks += c.say("mark.carried")
	}
	return marks
}

// legend explains the marks of tables.
func (c *composer) legend() string { return c.daggered(c.starred(c.say("legend"))) }

// starred explains the star behind a text, where any figure has one.
func (c *composer) starred(text string) string {
	if slices.ContainsFunc(c.Summary.Figures, func(f summary.Figure) bool { return f.Unconfirmed }) {
		return text + " " + c.say("legend.unconfirmed")
	}
	return text
}

// number prints a figure of an indicator; a rate carries its sign.
func (c *composer) number(f *summary.Figure, n figure.Number, decimals int) string {
	if f.Indicator.Type == catalogue.Percent {
		return c.Phrases.Percent(n, decimals)
	}
	return c.Phrases.Number(n, decimals)
}

// mark is the sign for a figure without a number. What is not asked for here
// or now is left empty, so that the eye finds what is missing.
func (c *composer) mark(f *summary.Figure) string {
	switch f.Reason {
	case summary.ReasonNotExpected, summary.ReasonNotDue:
		return ""
	case summary.ReasonBlank:
		if f.Coverage.Expected == 0 { // left blank, and may be
			return ""
		}
	case summary.ReasonNoCases:
		return c.Phrases.Mark(figure.None)
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

// target prints what a figure is judged by: "≥ 15.000", "≥ 70%".
func (c *composer) target(f *summary.Figure) string {
	return c.Phrases.Comparator(f.Judgment.Target.Comparator) + " " + c.targetNumber(f)
}

func (c *composer) targetNumber(f *summary.Figure) string {
	n, decimals := f.Judgment.Target.Value, f.Indicator.Decimals
	if n.IsWhole() {
		decimals = 0
	}
	return c.number(f, n, decimals)
}

// coverage prints how complete a figure is, as short as a column allows; the
// note under the table says what is counted.
func (c *composer) coverage(f *summary.Figure) string {
	if f == nil || f.Coverage.Expected == 0 {
		return ""
	}
	return c.say("report.of", "n", f.Coverage.Reported, "all", f.Coverage.Expected)
}

// count prints a number of things.
func (c *composer) count(n int) string { return c.Phrases.Number(figure.Int(int64(n)), 0) }
