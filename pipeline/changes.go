package pipeline

import (
	"context"
	"fmt"
	"io"
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
	older, done, err := published(outputs, out.Period.String(), before)
	if unreadable(err) {
		return changes{}, nil
	}
	if err != nil {
		return changes{}, err
	}
	defer done()
	was, now, err := edition.Differing(older, p.text(out))
	if err != nil {
		return changes{}, err
	}
	return changes{before: before, all: edition.Compare(was, now, p.Catalogue), filesBefore: was.Files}, nil
}

// compare lists what newer gives otherwise than older.
func (p *Pipeline) compare(older, newer edition.Text) ([]edition.Change, error) {
	was, now, err := edition.Differing(older, newer)
	if err != nil {
		return nil, err
	}
	return edition.Compare(was, now, p.Catalogue), nil
}

// text is the figures.json that would be published of an outcome.
func (p *Pipeline) text(out *Outcome) edition.Text {
	return func(to io.Writer) error { return export.JSON(to, p.exported(out, 0, time.Time{})) }
}

// published is the figures.json of a revision, until it is closed.
func published(outputs publish.Outputs, name string, number int) (_ edition.Text, done func(), err error) {
	file, err := outputs.Open(name, number, figuresName)
	if err != nil {
		return nil, nil, err
	}
	text := func(to io.Writer) error {
		if _, err := file.Seek(0, io.SeekStart); err != nil {
			return err
		}
		_, err := io.Copy(to, file)
		return err
	}
	return text, func() { _ = file.Close() }, nil // it was only read
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
	older, done, err := published(outputs, per.String(), d.From)
	if err != nil {
		return d, err
	}
	defer done()
	newer, done, err := published(outputs, per.String(), d.To)
	if err != nil {
		return d, err
	}
	defer done()
	d.Changes, err = p.compare(older, newer)
	return d, err
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
