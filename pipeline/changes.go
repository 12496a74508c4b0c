package pipeline

import (
	"context"
	"fmt"
	"slices"
	"time"

	"tonghop/pipeline/edition"
	"tonghop/pipeline/ledger"
	"tonghop/pipeline/period"
	"tonghop/pipeline/publish"
	"tonghop/pipeline/report/export"
)

// changes are what a revision gives otherwise than the one before it.
type changes struct {
	before int // 0 where there is none
	all    []edition.Change
	// filesBefore are those that the earlier revision had seen.
	filesBefore []edition.File
}

// indicators counts the indicators of which any figure differs.
func (c changes) indicators() int { return edition.Indicators(c.all) }

// since holds an outcome against an earlier revision of its period. One that is
// lost or damaged cannot be compared with, and is no reason not to publish.
func (p *Pipeline) since(outputs publish.Outputs, out *Outcome, before int) (changes, error) {
	if before == 0 {
		return changes{}, nil
	}
	older, err := readEdition(outputs, out.Period.String(), before)
	if unreadable(err) {
		return changes{}, nil
	}
	if err != nil {
		return changes{}, err
	}
	newer, err := p.edition(out)
	if err != nil {
		return changes{}, err
	}
	return changes{before: before, all: edition.Compare(older, newer, p.Catalogue), filesBefore: older.Files}, nil
}

// edition is what would be published of an outcome.
func (p *Pipeline) edition(out *Outcome) (*edition.Edition, error) {
	figures, err := export.JSON(p.exported(out, 0, time.Time{}))
	if err != nil {
		return nil, err
	}
	return edition.Decode(figures)
}

func readEdition(outputs publish.Outputs, name string, number int) (*edition.Edition, error) {
	return readWith(edition.Decode, outputs, name, number)
}

func readWith(decode func([]byte) (*edition.Edition, error), outputs publish.Outputs, name string, number int) (*edition.Edition, error) {
	data, err := outputs.File(name, number, figuresName)
	if err != nil {
		return nil, err
	}
	return decode(data)
}

// figuresName is the file of a revision that says what it holds.
const figuresName = "figures.json"

// Difference is what two revisions of a period give differently.
type Difference struct {
	Period   period.Span
	From, To int
	Changes  []edition.Change
}

// Diff holds two published revisions against each other; 0 is the newest, and
// for from the one before the other. It writes nothing. The error is
// *UnknownError where a period or a revision was not published.
func (p *Pipeline) Diff(ctx context.Context, sel period.Selector, from, to int, now time.Time) (Difference, error) {
	per := sel.Span
	if sel.Kind != period.Fixed {
		v, err := p.present(ctx, func() time.Time { return now })
		if err != nil {
			return Difference{}, err
		}
		if per, err = p.resolve(sel, v); err != nil {
			return Difference{}, err
		}
	}
	d := Difference{Period: per}
	revisions, err := p.revisions(ctx, per)
	if err != nil {
		return d, err
	}
	if len(revisions) == 0 {
		return d, &UnknownError{What: "publication", Name: per.String()}
	}
	first, last := revisions[0].Number, revisions[len(revisions)-1].Number
	if d.To = to; to == 0 {
		d.To = last
	}
	if d.From = from; from == 0 {
		if d.From = d.To - 1; d.To == first {
			return d, &UnknownError{What: "earlier_revision", Name: fmt.Sprintf("r%d", first)}
		}
	}
	for _, number := range []int{d.From, d.To} {
		if slices.ContainsFunc(revisions, func(r ledger.Revision) bool { return r.Number == number }) {
			continue
		}
		e := &UnknownError{What: "revision", Name: fmt.Sprintf("r%d", number), Near: fmt.Sprintf("r%d", first)}
		if last > first {
			e.Near += fmt.Sprintf("–r%d", last)
		}
		return d, e
	}
	outputs := publish.Outputs{Dir: p.Outputs}
	older, err := readEdition(outputs, per.String(), d.From)
	if err != nil {
		return d, err
	}
	newer, err := readEdition(outputs, per.String(), d.To)
	if err != nil {
		return d, err
	}
	d.Changes = edition.Compare(older, newer, p.Catalogue)
	return d, nil
}

// revisions are those recorded of a period, by number; none where nothing was
// ever recorded.
func (p *Pipeline) revisions(ctx context.Context, per period.Span) ([]ledger.Revision, error) {
	book, err := p.reading(ctx)
	if err != nil {
		return nil, err
	}
	if book == nil {
		return nil, nil
	}
	defer book.Close()
	return book.Revisions(ctx, per.String())
}
