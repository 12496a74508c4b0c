package validate

import (
	"slices"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
)

// copiedValues is the number of figures other than 0 that must be the same
// before two reports are alike by more than chance.
const copiedValues = 8

// repeated finds a report whose flows are all those of the month before.
func (x *examination) repeated() {
	before := x.past.Submission(x.Unit, x.Period.Add(-1))
	flow := func(i *catalogue.Indicator) bool { return i.Nature == catalogue.Flow }
	if before == nil || !alike(x.cat, x.Submission, before, flow) {
		return
	}
	f := finding.New(finding.CopiedSubmission).With("other_period", before.Period.String())
	f.Unit, f.Period, f.File = x.Unit, x.Period, x.File
	x.Findings = append(x.Findings, f)
}

// copied finds, among the reports that count for a month, those with the
// figures of another unit. Both are told, for nothing says who copied; one that
// repeats its own month before is told that already.
func (c *Checked) copied(m period.Month) {
	var used []*version
	for _, unit := range c.units(m) {
		if v := c.months[m][unit].used; v != nil {
			used = append(used, v)
		}
	}
	all := func(*catalogue.Indicator) bool { return true }
	outlines := c.outlines(used)
	for i, own := range used {
		if carries(own.Submission, finding.CopiedSubmission) {
			continue
		}
		for j, other := range used {
			if i == j || !outlines[i].fits(outlines[j]) || !alike(c.input.Catalogue, own.Submission, other.Submission, all) {
				continue
			}
			own.Findings = append(own.Findings, about(finding.CopiedSubmission, own).With("other_unit", other.Unit))
			finding.Sort(own.Findings)
			break
		}
	}
}

// outline is a report's figures at a glance, by the places of their indicators:
// each report is held against each other, and of ten thousand that is often. Equal
// figures have equal marks.
type outline []uint32

// The marks of what is no number.
const (
	uncompared uint32 = iota // not asked, refused, or by a decision
	figureless
	numbered // the first of the numbers'
)

// fits is false only where the reports are surely not alike.
func (o outline) fits(other outline) bool {
	for i, mark := range o {
		if mark != other[i] && mark != uncompared && other[i] != uncompared {
			return false
		}
	}
	return true
}

func (c *Checked) outlines(used []*version) []outline {
	places := make(map[string]int, len(c.input.Catalogue.Indicators))
	for i, ind := range c.input.Catalogue.Indicators {
		places[ind.Code] = i
	}
	marks := make(map[string]uint32)
	all := make([]outline, len(used))
	for i, version := range used {
		all[i] = make(outline, len(places))
		for _, v := range version.Values.All() {
			if place, known := places[v.Indicator]; known && compared(v) {
				all[i][place] = figureless
				if n, counts := v.Figure.Number(); counts {
					text := n.Published()
					if marks[text] == 0 {
						marks[text] = numbered + uint32(len(marks))
					}
					all[i][place] = marks[text]
				}
			}
		}
	}
	return all
}

// compared reports whether an answer is the unit's own.
func compared(v submission.Value) bool {
	return !v.NotDue && v.Decision == "" && !v.Figure.Is(figure.Refused)
}

func carries(s *submission.Submission, code finding.Code) bool {
	return slices.ContainsFunc(s.Findings, func(f finding.Finding) bool { return f.Code == code })
}

// alike reports whether two reports give the same figures for every indicator
// of a kind that is asked of both, and enough of them. Refused figures are no
// figures; one that only one of the reports gives is a difference.
func alike(cat *catalogue.Catalogue, a, b *submission.Submission, kind func(*catalogue.Indicator) bool) bool {
	same, next := 0, 0
	for _, v := range a.Values.All() {
		// Both are in catalogue order.
		at := next
		for at < b.Values.Len() && b.Values.Indicator(at) != v.Indicator {
			at++
		}
		if at == b.Values.Len() {
			continue
		}
		o := b.Values.At(at)
		next = at + 1
		if !compared(v) || !compared(o) {
			continue
		}
		if ind, known := cat.Indicator(v.Indicator); !known || !kind(ind) {
			continue
		}
		n, counts := v.Figure.Number()
		m, otherCounts := o.Figure.Number()
		if counts != otherCounts || counts && !n.Equal(m) {
			return false
		}
		if counts && !n.IsZero() {
			same++
		}
	}
	return same >= copiedValues
}
