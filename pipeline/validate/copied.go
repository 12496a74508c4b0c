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
	units := c.units(m)
	all := func(*catalogue.Indicator) bool { return true }
	for _, unit := range units {
		own := c.months[m][unit].used
		if own == nil || carries(own.Submission, finding.CopiedSubmission) {
			continue
		}
		for _, other := range units {
			theirs := c.months[m][other].used
			if other == unit || theirs == nil || !alike(c.input.Catalogue, own.Submission, theirs.Submission, all) {
				continue
			}
			own.Findings = append(own.Findings, about(finding.CopiedSubmission, own).With("other_unit", other))
			finding.Sort(own.Findings)
			break
		}
	}
}

func carries(s *submission.Submission, code finding.Code) bool {
	return slices.ContainsFunc(s.Findings, func(f finding.Finding) bool { return f.Code == code })
}

// alike reports whether two reports give the same figures for every indicator
// of a kind that is asked of both, and enough of them. Refused figures are no
// figures; one that only one of the reports gives is a difference.
func alike(cat *catalogue.Catalogue, a, b *submission.Submission, kind func(*catalogue.Indicator) bool) bool {
	same, next := 0, 0
	for _, v := range a.Values {
		// Both are in catalogue order.
		at := slices.IndexFunc(b.Values[next:], func(o submission.Value) bool { return o.Indicator == v.Indicator })
		if at < 0 {
			continue
		}
		o := b.Values[next+at]
		next += at + 1
		if v.NotDue || o.NotDue || v.Decision != "" || o.Decision != "" {
			continue
		}
		if ind, known := cat.Indicator(v.Indicator); !known || !kind(ind) {
			continue
		}
		n, counts := v.Figure.Number()
		m, otherCounts := o.Figure.Number()
		if v.Figure.Is(figure.Refused) || o.Figure.Is(figure.Refused) {
			continue
		}
		if counts != otherCounts || counts && !n.Equal(m) {
			return false
		}
		if counts && !n.IsZero() {
			same++
		}
	}
	return same >= copiedValues
}
