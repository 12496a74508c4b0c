package report

import (
	"slices"
	"strings"

	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
)

// mostNamed is how many units page 1 names together: more, and it would be a
// page of names.
const mostNamed = 15

// completeness says who had to report and who did: the four numbers, then the
// names. A month counts units; a longer span counts reports, one a unit and
// month, for a unit may lack one month and have the others.
func (c *composer) completeness() []Block {
	blocks := []Block{c.facts()}
	if c.own() != period.Monthly {
		blocks = append(blocks, Paragraph{Style: Small, Text: c.say("report.counts_of",
			"units", len(c.Summary.Expected), "months", len(c.Summary.Months()), "annex", c.annexLabel(AnnexSubmissions)) + c.beforeFirst()})
	}
	for _, u := range c.Summary.Unreported {
		blocks = append(blocks, Paragraph{Style: Warn, Text: c.Phrases.Unreported(u)})
	}
	if items := c.missingUnits(); len(items) > 0 {
		blocks = append(blocks, Bullets{Small: true, Items: items})
	}
	return blocks
}

// beforeFirst says which of the span's months are before any report: the first
// ones, and those between months that were imported.
func (c *composer) beforeFirst() string {
	months := c.Summary.Months()
	if len(months) == 0 {
		return ""
	}
	text := ""
	if months[0] != c.Summary.Period.From {
		text = " " + c.say("report.before_first", "first", months[0])
	}
	between := period.Span{From: months[0], To: months[len(months)-1]}.Months()
	between = slices.DeleteFunc(between, func(m period.Month) bool { return slices.Contains(months, m) })
	if len(between) > 0 {
		text += " " + c.say("report.no_reports", "months", c.Phrases.Months(between))
	}
	return text
}

func (c *composer) facts() Block {
	n := c.Summary.Counts
	facts := Facts{Items: []Fact{
		{c.say("count.expected"), c.count(n.Expected)},
		{c.say("count.received"), c.count(n.Received)},
		{c.say("count.usable"), c.count(n.Usable)},
		{c.say("count.on_time"), c.count(n.OnTime)},
	}}
	if c.own() != period.Monthly {
		for i := range facts.Items {
			facts.Items[i].Label = c.say("report.count_reports", "label", facts.Items[i].Label)
		}
	}
	return facts
}

// missingUnits names who has not reported and whose report cannot be used, and
// counts each kind of unit apart.
func (c *composer) missingUnits() []string {
	var items []string
	for _, group := range []struct {
		key string
		is  func(summary.Receipt) bool
	}{
		{"report.missing", func(r summary.Receipt) bool { return r.Status == submission.Missing }},
		{"report.imported", func(r summary.Receipt) bool { return r.Status == submission.Imported }},
		{"report.unusable", func(r summary.Receipt) bool { return r.Status == submission.Unusable }},
		{"report.to_correct", func(r summary.Receipt) bool { return r.Status == submission.NeedsCorrection }},
		{"report.late", summary.Receipt.IsLate},
	} {
		if count, names := c.named(c.Summary.Reports(group.is)); names != "" {
			items = append(items, c.say(group.key, "count", count, "units", names))
		}
	}
	items = append(items, c.ruled()...)
	if len(c.Summary.CountsByKind) > 1 {
		kinds := make([]string, len(c.Summary.CountsByKind))
		for i, k := range c.Summary.CountsByKind {
			kinds[i] = c.say("report.kind", "kind", c.Phrases.UnitKind(k.Kind), "usable", k.Usable, "expected", k.Expected)
		}
		items = append(items, c.say("report.kinds", "kinds", strings.Join(kinds, "; ")))
	}
	if n := c.Summary.Counts; n.Usable == n.Expected && n.Expected > 0 {
		items = append(items, c.say("report.none_missing"))
	}
	return items
}

// named counts reports and names their units, the first of them where there are
// many.
func (c *composer) named(all summary.Reports) (count, names string) {
	more := len(all.Units) - mostNamed
	if more > 0 {
		all.Units = all.Units[:mostNamed]
	}
	count, names = c.Phrases.Reports(all, c.Summary.Period)
	if more > 0 {
		names = c.say("report.and_more", "units", names, "n", more, "annex", c.annexLabel(AnnexSubmissions))
	}
	return count, names
}
