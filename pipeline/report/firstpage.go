package report

import (
	"slices"
	"strings"
	"tonghop/pipeline/period"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
)

// firstPage says what is met, what is behind and how complete it all is.
func (c *composer) firstPage() []Block {
	blocks := []Block{
		Letterhead{
			Left:      []string{c.Office.Superior, c.Office.Issuer},
			Right:     []string{c.say("report.letterhead.nation_1"), c.say("report.letterhead.nation_2")},
			Number:    c.documentNumber(),
			PlaceDate: c.placeAndDate(),
		},
		Title{Lines: []string{
			c.say("report.title"),
			c.say("report.subject", "period", c.period()),
			c.say("report.window", "window", c.Summary.Window),
		}},
	}
	if c.Sample {
		blocks = append(blocks, Paragraph{Style: Warn, Text: c.say("sample")})
	}
	blocks = append(blocks, c.facts())
	if c.own() != period.Monthly {
		blocks = append(blocks, Paragraph{Style: Small, Text: c.say("report.counts_of", "month", c.Summary.Period.To)})
	}
	if items := c.missingUnits(); len(items) > 0 {
		blocks = append(blocks, Bullets{Items: items})
	}
	blocks = append(blocks, Heading{Level: 1, Text: c.say("report.section.headline")})
	if len(c.judged(true)) == 0 {
		return append(blocks, Paragraph{Text: c.say("report.no_targets")})
	}
	return append(blocks, c.verdictSentence(), c.verdicts(), Paragraph{Style: Small, Text: c.starred(c.say("report.note.coverage"))})
}

func (c *composer) facts() Block {
	n := c.Summary.Counts
	return Facts{Items: []Fact{
		{c.say("count.expected"), c.count(n.Expected)},
		{c.say("count.received"), c.count(n.Received)},
		{c.say("count.usable"), c.count(n.Usable)},
		{c.say("count.on_time"), c.count(n.OnTime)},
	}}
}

// missingUnits names who has not reported and whose report cannot be used, and
// counts each kind of unit apart.
func (c *composer) missingUnits() []string {
	var items []string
	if len(c.Summary.CountsByKind) > 1 {
		kinds := make([]string, len(c.Summary.CountsByKind))
		for i, k := range c.Summary.CountsByKind {
			kinds[i] = c.say("report.kind", "kind", c.Phrases.UnitKind(k.Kind), "usable", k.Usable, "expected", k.Expected)
		}
		items = append(items, c.say("report.kinds", "kinds", strings.Join(kinds, "; ")))
	}
	for _, group := range []struct {
		key    string
		status submission.Status
	}{
		{"report.missing", submission.Missing},
		{"report.unusable", submission.Unusable},
		{"report.to_correct", submission.NeedsCorrection},
	} {
		if names := c.unitsWith(group.status); len(names) > 0 {
			items = append(items, c.say(group.key, "n", len(names), "units", strings.Join(names, ", ")))
		}
	}
	var late []string
	for _, r := range c.Summary.Submissions {
		if !r.FirstReceived.IsZero() && !r.OnTime {
			late = append(late, r.Unit.Title())
		}
	}
	if len(late) > 0 {
		items = append(items, c.say("report.late", "n", len(late), "units", strings.Join(late, ", ")))
	}
	items = append(items, c.ruled()...)
	if n := c.Summary.Counts; n.Usable == n.Expected && n.Expected > 0 {
		items = append(items, c.say("report.none_missing"))
	}
	return items
}

func (c *composer) unitsWith(status submission.Status) []string {
	var names []string
	for _, r := range c.Summary.Submissions {
		if r.Status == status {
			names = append(names, r.Unit.Title())
		}
	}
	return names
}

// verdictSentence is the headline: how many targets are met or on track. The
// counts add up to all targets: those judged on incomplete figures are told
// apart, but for a verdict that nobody who is missing can turn.
func (c *composer) verdictSentence() Block {
	var met, behind, ahead, lagging, open int
	judged := c.judged(true)
	for _, f := range judged {
		j := f.Judgment
		good := j.Verdict == summary.Met || j.Verdict == summary.OnTrack
		switch {
		case !decided(j.Verdict):
			open++
		case j.Provisional && !certain(j) && good:
			ahead++
		case j.Provisional && !certain(j):
			lagging++
		case good:
			met++
		default:
			behind++
		}
	}
	return Paragraph{Style: Strong, Text: c.say("report.headline", "met", met, "total", len(judged), "behind", some(behind),
		"provisional", some(ahead+lagging), "ahead", ahead, "lagging", lagging, "open", some(open))}
}

// certain reports whether a verdict stands whoever is still missing: a floor
// that is reached, a ceiling that is breached.
func certain(j *summary.Judgment) bool {
	return j.Verdict == summary.Met || j.Verdict == summary.NotMet && ceiling(j.Target)
}

func ceiling(t *catalogue.Target) bool {
	return t.Comparator == catalogue.AtMost || t.Comparator == catalogue.LessThan
}

// some leaves a part of a sentence out where there is nothing to count.
func some(n int) any {
	if n == 0 {
		return ""
	}
	return n
}

func decided(v summary.Verdict) bool {
	switch v {
	case summary.Met, summary.OnTrack, summary.Behind, summary.NotMet:
		return true
	}
	return false
}

// verdicts is the table of page 1: each judged indicator and its verdict.
func (c *composer) verdicts() Block {
	t := Table{
		Columns: []Column{{Weight: 5, Align: Center}, {Weight: 52}, {Weight: 14, Align: Right}, {Weight: 16, Align: Right}, {Weight: 12, Align: Right}, {Weight: 13, Align: Center}, {Weight: 37}},
		Head: [][]Cell{c.head("column.no", "column.indicator", "column.value", "column.target",
			"column.attained", "column.coverage", "column.verdict")},
		Size: 9,
	}
	for i, f := range c.judged(true) {
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			{Text: c.count(i + 1)},
			{Text: c.Phrases.IndicatorName(f.Indicator) + c.horizonSuffix(f)},
			{Text: c.value(f), Italic: f.Provisional},
			{Text: c.target(f)},
			{Text: c.percent(f.Judgment.Attained)},
			{Text: c.coverage(f)},
			{Text: c.verdictCell(f), Strong: decided(f.Judgment.Verdict)},
		}})
	}
	return t
}

// verdictCell is the verdict in words, with what is lacking.
func (c *composer) verdictCell(f *summary.Figure) string {
	return joined(c.Phrases.Judgment(f.Judgment), c.lacking(f), c.uncovered(f))
}

// lacking says what is missing to the target or, where the pace asks for a part
// of it by now, what that part is.
func (c *composer) lacking(f *summary.Figure) string {
	j := f.Judgment
	value, known := f.Value.Number()
	switch paced := j.Target.Pace == catalogue.PaceLinear || j.Target.Pace == catalogue.PacePath; {
	case !known:
		return ""
	case j.Verdict == summary.Behind && paced && j.Expected != nil:
		measure := f.Indicator.Measure
		if f.Indicator.Type == catalogue.Percent {
			measure = "" // the number carries it
		}
		decimals := f.Indicator.Decimals
		return c.say("report.pace_asks", "amount", c.number(f, j.Expected.RoundBeside(value, decimals), decimals), "measure", measure)
	case j.Verdict == summary.Behind, j.Verdict == summary.NotMet:
		return c.Phrases.Gap(j, f.Indicator)
	}
	return ""
}

// uncovered says which months of a cumulative figure nothing covers.
func (c *composer) uncovered(f *summary.Figure) string {
	span, _ := c.span(f.Span)
	return c.Phrases.Uncovered(f, span)
}

// joined puts the parts that there are into one line.
func joined(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "; ")
}

// horizonSuffix tells plan targets from year targets.
func (c *composer) horizonSuffix(f *summary.Figure) string {
	t := f.Judgment.Target
	if t.Horizon != catalogue.HorizonPlan {
		return ""
	}
	return " " + c.say("report.plan_suffix", "from", year(t.From.Year), "to", year(t.To.Year))
}

func (c *composer) head(keys ...string) []Cell {
	cells := make([]Cell, len(keys))
	for i, k := range keys {
		if k != "" {
			cells[i] = Cell{Text: c.say(k), Strong: true, AlignSet: true, Align: Center}
		}
	}
	return cells
}
