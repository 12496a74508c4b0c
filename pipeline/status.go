package pipeline

import (
	"context"
	"errors"
	"io/fs"
	"time"

	"tonghop/pipeline/ledger"
	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
)

// Status is who has reported for a period, and what has been published.
type Status struct {
	Period      period.Span
	Receipts    []summary.Receipt
	Revision    int // 0 where nothing was published
	PublishedAt time.Time
	// OutOfDate are the publications, of whatever period, that a run would change.
	OutOfDate []OutOfDate
}

// Status looks at the inputs and the ledger. It writes nothing.
func (p *Pipeline) Status(ctx context.Context, sel period.Selector, now time.Time) (Status, error) {
	v, err := p.look(ctx, now)
	if err != nil {
		return Status{}, err
	}
	span := sel.Span
	if sel.Kind != period.Fixed {
		if span, err = p.resolve(sel, v); err != nil {
			return Status{}, err
		}
	}
	s := Status{Period: span, Receipts: v.checked.ReceiptsIn(span)}
	if s.OutOfDate, err = p.outOfDate(ctx, v); err != nil {
		return Status{}, err
	}
	book, err := ledger.OpenReading(ctx, p.ledgerPath())
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return Status{}, err
	}
	defer book.Close()
	last, ok, err := book.Latest(ctx, span.String())
	if ok {
		s.Revision, s.PublishedAt = last.Number, last.PublishedAt
	}
	return s, err
}
