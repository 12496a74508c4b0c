package validate

import (
	"tonghop/pipeline/decision"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
)

// ReceiptsIn gives the receipts of every month of a span, in order of time. The
// months of a longer span before any unit ever reported are nobody's to report,
// but for those of which the office imported figures.
func (c *Checked) ReceiptsIn(span period.Span) []summary.Receipt {
	var receipts []summary.Receipt
	for _, m := range span.Months() {
		if span.From != span.To && !c.History.Knows(m) {
			continue
		}
		receipts = append(receipts, c.Receipts(m)...)
	}
	return receipts
}

// Receipts tells, for each unit expected in m, in catalogue order, what was
// received and what became of it.
func (c *Checked) Receipts(m period.Month) []summary.Receipt {
	var receipts []summary.Receipt
	for _, u := range c.input.Catalogue.ExpectedUnits(m, c.input.Timetable.Scheme) {
		r := summary.Receipt{Unit: u, Month: m, Status: submission.Missing}
		r.Deadline, r.Extended = c.Deadline(u.ID, m)
		if d := c.months[m][u.ID]; d != nil {
			c.fill(&r, d)
		}
		if r.Used == nil {
			_, r.Closed = c.office.last(decision.Close, u.ID, m)
		}
		receipts = append(receipts, r)
	}
	return receipts
}

func (c *Checked) fill(r *summary.Receipt, d *dossier) {
	if d.used != nil && d.used.Imported() {
		r.Status, r.Used = submission.Imported, d.used.Submission
		return // nothing was handed in
	}
	r.Status = submission.Unusable
	if first := d.firstReceivable(c.input); first != nil {
		r.FirstReceived, r.ReceivedFrom = first.ReceivedAt, first.ReceivedFrom
		r.OnTime = !first.ReceivedAt.After(r.Deadline)
	}
	if d.used == nil {
		return
	}
	r.Used = d.used.Submission
	switch {
	case !saysAnything(d.used.Submission):
		// A form sent back as it was issued is received, and of no use.
	case d.used.Errors() > 0:
		r.Status = submission.NeedsCorrection
	case d.used.Warnings() > 0:
		r.Status = submission.AcceptedWithWarnings
	default:
		r.Status = submission.Accepted
	}
}

// saysAnything reports whether any value can be used.
func saysAnything(s *submission.Submission) bool {
	return s.Values.Any(func(v submission.Value) bool {
		return v.Text != "" || v.Figure.State().Counts() || v.Figure.Is(figure.NotApplicable)
	})
}

// firstReceivable is the earliest version that can be called handed in: enough
// of its required cells carry a state.
func (d *dossier) firstReceivable(in Input) *submission.Submission {
	var first *submission.Submission
	for _, v := range d.versions {
		if receivable(v.Submission, in) && (first == nil || v.ReceivedAt.Before(first.ReceivedAt)) {
			first = v.Submission
		}
	}
	return first
}

func receivable(s *submission.Submission, in Input) bool {
	asked, carrying := 0, 0
	for _, v := range s.Values.All() {
		ind, ok := in.Catalogue.Indicator(v.Indicator)
		if !ok || !ind.Required || v.NotDue {
			continue
		}
		asked++
		if v.Text != "" || !v.Figure.Is(figure.Blank) {
			carrying++
		}
	}
	return carrying*100 >= asked*in.ReceivableShare
}
