package report

import (
	"strconv"
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/summary"
)

// numbered is a judged indicator with its number in the table of results, by
// which page 1 speaks of it.
type numbered struct {
	n int
	*summary.Figure
}

// glance is page 1 in shapes: each headline indicator with its verdict, then how
// much of each target is attained. What is judged once a year stands apart until
// its month comes, so that eight verdicts are not read as eight of ten.
func (c *composer) glance() []Block {
	var now []numbered
	var later []string
	for i, f := range c.judged(true) {
		if f.Judgment.Verdict == summary.NotDue {
			later = append(later, c.numberedName(numbered{i + 1, f}))
			continue
		}
		now = append(now, numbered{i + 1, f})
	}
	var blocks []Block
	if len(now) > 0 {
		blocks = append(blocks, c.strip(now))
	}
	if bars := c.bars(now); len(bars.Items) > 0 {
		blocks = append(blocks, bars)
	}
	if len(later) > 0 {
		blocks = append(blocks, Paragraph{Style: Small, Text: c.say("report.year_end", "indicators", strings.Join(later, "; "))})
	}
	return blocks
}

func (c *composer) numberedName(f numbered) string {
	name := c.Phrases.IndicatorName(f.Indicator) + c.horizonSuffix(f.Figure)
	return c.say("report.numbered", "n", strconv.Itoa(f.n), "name", name)
}

func (c *composer) strip(figures []numbered) Strip {
	var s Strip
	for _, f := range figures {
		s.Cells = append(s.Cells, StripCell{
			Label: c.numberedName(f), Value: c.value(f.Figure), Note: joined(c.say("report.target", "target", c.target(f.Figure)), c.restsOn(f.Figure)),
			Mark: markOf(f.Judgment.Verdict), Verdict: c.Phrases.Judgment(f.Judgment),
		})
	}
	return s
}

// restsOn says how much of a figure there is where neither its bar nor its verdict
// does.
func (c *composer) restsOn(f *summary.Figure) string {
	j := f.Judgment
	unbreached := j.Provisional && ceiling(j.Target) && (j.Verdict == summary.Met || j.Verdict == summary.OnTrack || j.Held)
	if barred(j) || unbreached || f.Coverage.Reported == f.Coverage.Expected {
		return c.uncovered(f)
	}
	return joined(c.say("report.rests_on", "coverage", c.coverage(f)), c.uncovered(f))
}

// barred reports whether a figure has a bar. A ceiling has none: the longer bar
// would be the worse.
func barred(j *summary.Judgment) bool { return j.Attained != nil && !ceiling(j.Target) }

// markOf is the shape of a verdict.
func markOf(v summary.Verdict) Mark {
	switch v {
	case summary.Met:
		return MarkMet
	case summary.OnTrack:
		return MarkOnTrack
	case summary.Behind:
		return MarkBehind
	case summary.NotMet:
		return MarkNotMet
	}
	return MarkOpen
}

// bars are the shares of targets attained.
func (c *composer) bars(figures []numbered) Bars {
	b := Bars{Legend: Legend{Target: c.say("legend.target")}}
	for _, f := range figures {
		j := f.Judgment
		if !barred(j) {
			continue
		}
		bar := Bar{
			Label:       c.barLabel(f),
			Percent:     c.percent(j.Attained),
			Attained:    figure.Of(*j.Attained),
			Pace:        paceOf(j),
			Provisional: f.Provisional,
			Word:        c.Phrases.Verdict(j.Verdict),
		}
		if _, paced := bar.Pace.Number(); paced {
			b.Legend.Pace = c.say("legend.pace")
		}
		if bar.Provisional {
			b.Legend.Provisional = c.say("legend.provisional")
		}
		b.Items = append(b.Items, bar)
	}
	return b
}

// barLabel is the indicator's number, and where units are missing how much they
// weigh: the name stands in the strip above.
func (c *composer) barLabel(f numbered) string {
	coverage := ""
	if !f.Coverage.Complete() {
		coverage = strings.TrimSpace(c.coverage(f.Figure) + " " + c.Phrases.ShortWeight(c.weight(f.Figure)))
	}
	return c.say("report.bar", "n", strconv.Itoa(f.n), "coverage", coverage)
}

// paceOf is what is expected to date, in per cent of the target. A target that
// asks for its whole value at any time has none beside itself.
func paceOf(j *summary.Judgment) figure.Figure {
	if j.Expected == nil || j.Target.Pace == catalogue.PaceLevel {
		return figure.Figure{}
	}
	share, err := j.Expected.Mul(figure.Int(100)).Quo(j.Target.Value)
	if err != nil { // nothing is a share of 0
		return figure.Figure{}
	}
	return figure.Of(share)
}
