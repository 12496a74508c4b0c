package report

import (
	"cmp"
	"slices"
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
)

// firstPage says what is met, what is behind and how complete it all is, at a
// glance: ten targets and the names of some missing units leave it one page.
func (c *composer) firstPage() []Block {
	blocks := []Block{
		c.letterhead(),
		Title{Lines: []string{
			c.say("report.title"),
			c.say("report.subject", "period", c.period()),
			c.say("report.window", "window", c.Summary.Window),
		}},
	}
	if c.Sample {
		blocks = append(blocks, Paragraph{Style: Warn, Text: c.say("sample")})
	}
	if len(c.judged(true)) == 0 {
		blocks = append(blocks, Paragraph{Text: c.noTargets()})
	} else {
		blocks = append(blocks, c.verdictSentence())
	}
	blocks = append(blocks, c.completeness()...)
	if c.untargeted() {
		return append(blocks, c.targetedFigures()...)
	}
	return append(blocks, c.glance()...)
}

// targetedFigures are, where the period has no target of its own, its figures of the
// indicators that page 1 shows against the year's and the plan's.
func (c *composer) targetedFigures() []Block {
	t := Table{
		Columns: []Column{{Weight: 80}, {Weight: 16, Align: Center}, {Weight: 20, Align: Right}, {Weight: 22, Align: Center}},
		Head:    [][]Cell{c.head("column.indicator", "column.measure", "", "column.coverage")},
		Whole:   true,
	}
	t.Head[0][2] = Cell{Text: c.Phrases.Span(c.Summary.Period), Strong: true, AlignSet: true, Align: Center}
	headline := map[string]bool{}
	for _, target := range c.Summary.Catalogue.Targets {
		headline[target.Indicator] = headline[target.Indicator] || target.Headline && target.Unit == ""
	}
	index := c.index()
	for _, ind := range c.Summary.Catalogue.Indicators {
		f := index[c.cityKey(ind, c.own())]
		if !headline[ind.Code] || undue(f) {
			continue
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			{Text: c.nameOfOwn(ind) + c.ratio(f)}, {Text: ind.Measure}, {Text: c.value(f), Italic: f.Provisional}, {Text: joined(c.coverage(f), c.uncovered(f))},
		}})
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return []Block{Paragraph{Text: c.say("report.targeted_figures", "period", c.period())}, t}
}

// results are the verdicts in full: what page 1 shows, with what it rests on.
func (c *composer) results() []Block {
	judged := c.judged(true)
	if len(judged) == 0 {
		return nil
	}
	blocks := []Block{Heading{Level: 1, Text: c.say("report.section.headline")}, c.verdicts()}
	blocks = append(blocks, c.adjustments(judged)...)
	return append(blocks, Paragraph{Style: Small, Text: c.starred(c.weighed(c.say("report.note.coverage")))})
}

// noTargets says that nothing is judged: a quarter, or the second half, has no
// target of its own.
func (c *composer) noTargets() string {
	if c.own() == period.Quarterly || c.own() == period.HalfYear {
		return c.say("report.no_targets_span", "period", c.period())
	}
	return c.say("report.no_targets")
}

// verdictSentence is the headline: how many targets are met or on track. The
// counts add up to all targets: those judged on incomplete figures are told
// apart, by their verdicts, but for a verdict that nobody who is missing can
// turn. Once every horizon has ended nothing is called on track or behind.
func (c *composer) verdictSentence() Block {
	var met, missed, provisional, open int
	ended := true
	words := []string{}
	tally := map[string]int{} // of the provisional ones, by word
	judged := c.judged(true)
	slices.SortStableFunc(judged, func(a, b *summary.Figure) int {
		return cmp.Compare(slices.Index(summary.Verdicts, a.Judgment.Verdict), slices.Index(summary.Verdicts, b.Judgment.Verdict))
	})
	for _, f := range judged {
		j := f.Judgment
		switch {
		case !decided(j.Verdict):
			open++
			continue
		case j.Provisional && !certain(j):
			provisional++
			word := c.Phrases.Level(j)
			if tally[word]++; tally[word] == 1 {
				words = append(words, word)
			}
		case j.Verdict == summary.Met || j.Verdict == summary.OnTrack:
			met++
		default:
			missed++
		}
		ended = ended && j.Verdict != summary.OnTrack && j.Verdict != summary.Behind
	}
	for i, word := range words {
		words[i] = c.say("report.tally", "n", tally[word], "verdict", word)
	}
	key := "report.headline"
	if ended && open < len(judged) {
		key = "report.headline_ended"
	}
	return Paragraph{Style: Strong, Text: c.say(key, "met", met, "total", len(judged), "missed", some(missed),
		"provisional", some(provisional), "verdicts", strings.Join(words, ", "), "open", some(open))}
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

// verdicts is the table of results: each judged indicator and its verdict.
func (c *composer) verdicts() Block {
	t := Table{
		Columns: []Column{{Weight: 5, Align: Center}, {Weight: 46}, {Weight: 14, Align: Right}, {Weight: 16, Align: Right}, {Weight: 12, Align: Right}, {Weight: 13, Align: Center}, {Weight: 43}},
		Head: [][]Cell{c.head("column.no", "column.indicator", "column.value", "column.target",
			"column.attained", "column.coverage", "column.verdict")},
		Whole: true,
	}
	for i, f := range c.judged(true) {
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			{Text: c.count(i + 1)},
			{Text: c.Phrases.IndicatorName(f.Indicator) + c.horizonSuffix(f)},
			{Text: c.value(f), Italic: f.Provisional},
			{Text: c.target(f)},
			{Text: c.percent(f.Judgment.Attained)},
			{Text: strings.TrimSpace(c.coverage(f) + " " + c.Phrases.ShortWeight(c.weight(f)))},
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
		amount := c.number(f, j.Expected.RoundBeside(value, decimals), decimals)
		if ceiling(j.Target) {
			return c.say("report.pace_allows", "amount", amount, "measure", measure)
		}
		return c.say("report.pace_asks", "amount", amount, "measure", measure)
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

// horizonSuffix tells targets of the plan and of the month from the year's.
func (c *composer) horizonSuffix(f *summary.Figure) string {
	switch t := f.Judgment.Target; t.Horizon {
	case catalogue.HorizonPlan:
		return " " + c.say("report.plan_suffix", "from", year(t.From.Year), "to", year(t.To.Year))
	case catalogue.HorizonMonth:
		return " " + c.say("report.month_suffix")
	}
	return ""
}

// adjustments says under a table which of its targets have replaced others, and
// by which document.
func (c *composer) adjustments(figures []*summary.Figure) []Block {
	var items []string
	for _, f := range figures {
		if adjusted := c.Phrases.Adjusted(f.Judgment, f.Indicator); adjusted != "" {
			items = append(items, c.say("report.adjusted", "indicator", c.Phrases.IndicatorName(f.Indicator)+c.horizonSuffix(f), "adjusted", adjusted))
		}
	}
	if len(items) == 0 {
		return nil
	}
	return []Block{Bullets{Small: true, Items: items}}
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
