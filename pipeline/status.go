package pipeline

import (
	"context"
	"slices"
	"time"

	"tonghop/pipeline/decision"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/ledger"
	"tonghop/pipeline/period"
	"tonghop/pipeline/report"
	"tonghop/pipeline/summary"
)

// Status is who has reported for a period, and what has been published.
type Status struct {
	Period   period.Span
	Receipts []summary.Receipt
	// Owed is what each unit owes, in the order of Receipts.
	Owed        []summary.Owed
	Revision    int // 0 where nothing was published
	PublishedAt time.Time
	Signed      bool // the newest revision is signed, and the period not reopened
	// Unused tells of each newer version of a report that is not used, and of
	// versions whose order nothing tells: their figures wait for the office.
	Unused []report.Finding
	// OutOfDate are the publications, of whatever period, that a run would change.
	OutOfDate []OutOfDate
}

// Status looks at the inputs and the ledger as they stood at as-of, zero for now.
// It writes nothing.
func (p *Pipeline) Status(ctx context.Context, sel period.Selector, asOf time.Time) (Status, error) {
	v, err := p.look(ctx, asOf)
	if err != nil {
		return Status{}, err
	}
	span := sel.Span
	if sel.Kind != period.Fixed {
		if span, err = p.resolve(sel, v); err != nil {
			return Status{}, err
		}
	}
	s := Status{Period: span, Receipts: v.checked.ReceiptsIn(span), Unused: p.inWords(unused(v, span))}
	out, err := p.consider(v, span)
	if err != nil {
		return Status{}, err
	}
	s.Owed = p.stillOwed(out.Summary, s.Receipts, v.asOf)
	if s.OutOfDate, err = p.outOfDate(ctx, v, period.Span{}); err != nil {
		return Status{}, err
	}
	book, err := p.reading(ctx)
	if err != nil {
		return Status{}, err
	}
	if book == nil {
		return s, nil
	}
	defer book.Close()
	revisions, err := book.Revisions(ctx, span.String())
	if err != nil || len(revisions) == 0 {
		return s, err
	}
	last := revisions[len(revisions)-1]
	s.Revision, s.PublishedAt, s.Signed = last.Number, last.PublishedAt, v.office.signed(revisions, span)
	return s, nil
}

// signed reports whether a period is, by its revisions and what was decided since.
func (o decided) signed(revisions []ledger.Revision, span period.Span) bool {
	standing, _ := decision.InForce(o.decisions)
	return sealed(revisions, standing, span) != nil
}

// stillOwed is what units owe at an instant.
func (p *Pipeline) stillOwed(s *summary.Summary, receipts []summary.Receipt, at time.Time) []summary.Owed {
	owing := s.Owing(at.In(p.Timetable.Zone))
	all := make([]summary.Owed, len(receipts))
	for i, r := range receipts {
		all[i] = owing.Of(r)
	}
	return all
}

// unused are the findings of a period about versions that do not count.
func unused(v view, per period.Span) []finding.Finding {
	return slices.DeleteFunc(v.checked.Findings(per), func(f finding.Finding) bool {
		return f.Code != finding.ResubmissionNotUsed && f.Code != finding.VersionOrderUnknown
	})
}
