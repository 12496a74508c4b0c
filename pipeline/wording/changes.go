package wording

import (
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/edition"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/summary"
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

// Changed prints a figure that changed as it was and as it is: the number with
// the decimals of its indicator, more where only they show the change, else the
// mark of its state; words where there is no such figure, or where two states
// have one mark. As everywhere, a number never stands on the other side of its
// target.
func (p Phrases) Changed(c edition.Change, cat *catalogue.Catalogue) (before, now string) {
	ind, ok := cat.Indicator(c.Indicator)
	if !ok { // the definitions have it no more: how it is printed is not known
		ind = &catalogue.Indicator{Decimals: figure.PublishedDecimals}
	}
	return p.changed(c, ind)
}

// ChangedDecimals are those of an indicator, or as many more as show a change.
func ChangedDecimals(c edition.Change, ind *catalogue.Indicator) int {
	decimals := ind.Decimals
	for decimals < figure.PublishedDecimals && hides(c.Old, c.New, decimals) {
		decimals++
	}
	return decimals
}

func (p Phrases) changed(c edition.Change, ind *catalogue.Indicator) (before, now string) {
	decimals := ChangedDecimals(c, ind)
	before, now = p.published(c.Old, ind, decimals), p.published(c.New, ind, decimals)
	if before == now && c.Old != nil && c.New != nil && c.Old.State != c.New.State {
		return p.stateOf(c.Old), p.stateOf(c.New)
	}
	return before, now
}

// hides reports whether two different numbers look the same at so many decimals.
func hides(a, b *edition.Figure, decimals int) bool {
	before, known := a.Number()
	now, alsoKnown := b.Number()
	return known && alsoKnown && !before.Equal(now) && shown(a, decimals).Equal(shown(b, decimals))
}

// shown is a figure's number at so many decimals, beside its target.
func shown(f *edition.Figure, decimals int) figure.Number {
	n, _ := f.Number()
	if f.Target != nil {
		return n.RoundBeside(f.Target.Number, decimals)
	}
	return n.Round(decimals)
}

func (p Phrases) published(f *edition.Figure, ind *catalogue.Indicator, decimals int) string {
	if f == nil {
		return p.Say("change.absent")
	}
	_, known := f.Number()
	switch state, err := figure.ParseState(f.State); {
	case err != nil:
		return f.State
	case !known || state != figure.Known:
		return p.Mark(state)
	case ind.Code == "":
		return p.Exact(shown(f, decimals))
	case ind.Type == catalogue.Percent:
		return p.Percent(shown(f, decimals), decimals)
	}
	return p.Number(shown(f, decimals), decimals)
}

func (p Phrases) stateOf(f *edition.Figure) string {
	state, err := figure.ParseState(f.State)
	if err != nil {
		return f.State
	}
	return p.State(state)
}

// Judged prints the verdicts of a figure that changed, with the targets where
// these differ; "" where it is not judged.
func (p Phrases) Judged(c edition.Change) (before, now string) {
	targets := c.Old != nil && c.New != nil && !edition.SameTarget(c.Old, c.New)
	return p.judged(c.Old, targets), p.judged(c.New, targets)
}

func (p Phrases) judged(f *edition.Figure, target bool) string {
	if f == nil || f.Verdict == "" {
		return ""
	}
	verdict := p.Verdict(summary.Verdict(f.Verdict))
	if !target || f.Target == nil {
		return verdict
	}
	return p.Say("change.judged", "verdict", verdict, "comparator", p.Comparator(catalogue.Comparator(f.Comparator)), "target", p.Exact(f.Target.Number))
}
