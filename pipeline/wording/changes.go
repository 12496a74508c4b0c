package wording

import (
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/edition"
	"tonghop/pipeline/figure"
)

// Cause says why a figure changed between two editions: "Huyện Ba Vì, tháng
// 6/2025: báo cáo nhận sau (2025-06/ba-vi.xlsx)".
func (p Phrases) Cause(c edition.Cause, cat *catalogue.Catalogue) string {
	return p.Say("change."+string(c.Why), "unit", unitName(cat, c.Unit), "month", c.Month, "file", c.File, "decision", c.Decision)
}

// Causes are those of one change, on one line.
func (p Phrases) Causes(change edition.Change, cat *catalogue.Catalogue) string {
	return p.CausesOf(change.Causes, cat)
}

// CausesOf lists causes on one line.
func (p Phrases) CausesOf(causes []edition.Cause, cat *catalogue.Catalogue) string {
	texts := make([]string, len(causes))
	for i, cause := range causes {
		texts[i] = p.Cause(cause, cat)
	}
	return strings.Join(texts, "; ")
}

func unitName(cat *catalogue.Catalogue, id string) string {
	if u, ok := cat.Unit(id); ok {
		return u.Title()
	}
	return id
}

// Edited prints a published figure for a comparison: its number with the
// decimals of its indicator, more where only they show a change, else the mark
// of its state; "" where there is none.
func (p Phrases) Edited(f *edition.Figure, ind *catalogue.Indicator, decimals int) string {
	if f == nil {
		return ""
	}
	state, err := figure.ParseState(f.State)
	n, known := f.Number()
	switch {
	case err != nil || !known || state != figure.Known:
		return p.Mark(state)
	case ind.Type == catalogue.Percent:
		return p.Percent(n, decimals)
	}
	return p.Number(n, decimals)
}

// ShownDecimals are the decimals at which a change can be seen.
func ShownDecimals(c edition.Change, ind *catalogue.Indicator) int {
	before, known := c.Old.Number()
	now, alsoKnown := c.New.Number()
	decimals := ind.Decimals
	if !known || !alsoKnown || before.Equal(now) {
		return decimals
	}
	for decimals < figure.PublishedDecimals && before.Round(decimals).Equal(now.Round(decimals)) {
		decimals++
	}
	return decimals
}
