package pipeline

import (
	"context"
	"errors"
	"io/fs"

	"tonghop/pipeline/decision"
	"tonghop/pipeline/edition"
	"tonghop/pipeline/period"
)

// Reconciliation holds a month's cumulative figures against the last month that
// was signed before it.
type Reconciliation struct {
	Signed      period.Month // zero where none was
	Revision    int
	Adjustments []edition.Adjustment
}

// reconcile finds what was received, corrected or decided for months that are
// signed: their reports do not change, and this month's cumulative figures do.
func (p *Pipeline) reconcile(ctx context.Context, w *writer, v view, out *Outcome) error {
	if out.Period.Kind != period.Monthly {
		return nil // a longer span is no sum of reports before it
	}
	signed, number, err := p.signedBefore(ctx, w, v, out.Period.To)
	if err != nil || signed.IsZero() {
		return err
	}
	text, done, err := published(w.outputs, signed.String(), number)
	if errors.Is(err, fs.ErrNotExist) {
		return &LostSealError{Period: signed.String(), Revision: number}
	}
	if err != nil {
		return err
	}
	defer done()
	older, err := text.Decode()
	if err != nil {
		return err
	}
	now, err := p.text(out).Decode()
	if err != nil {
		return err
	}
	var between []*edition.Edition
	for m := signed.Add(1); m.Before(out.Period.To); m = m.Add(1) {
		one, err := p.consider(v, period.SpanOf(period.Monthly, m, period.Month{}))
		if err != nil {
			return err
		}
		e, err := p.text(&one).Decode()
		if err != nil {
			return err
		}
		between = append(between, e)
	}
	out.Reconciliation = Reconciliation{
		Signed: signed, Revision: number, Adjustments: edition.Reconcile(older, between, now, p.Catalogue),
	}
	return nil
}

// signedBefore finds the newest month before m that is signed, and by which
// revision.
func (p *Pipeline) signedBefore(ctx context.Context, w *writer, v view, m period.Month) (signed period.Month, number int, err error) {
	periods, err := w.book.Periods(ctx)
	if err != nil {
		return signed, 0, err
	}
	standing, _ := decision.InForce(v.office.decisions)
	for _, name := range periods {
		month, err := period.ParseMonth(name)
		if err != nil || !month.Before(m) || month.Before(signed) {
			continue
		}
		revisions, err := w.book.Revisions(ctx, name)
		if err != nil {
			return signed, 0, err
		}
		if r := sealed(revisions, standing, period.SpanOf(period.Monthly, month, period.Month{})); r != nil {
			signed, number = month, r.Number
		}
	}
	return signed, number, nil
}
