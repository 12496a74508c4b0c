package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"tonghop/pipeline/consolidate"
	"tonghop/pipeline/edition"
	"tonghop/pipeline/ledger"
	"tonghop/pipeline/period"
	"tonghop/pipeline/publish"
)

// OutOfDate is a publication that a run would now change, mostly because an
// earlier month was corrected after it, and what would change.
type OutOfDate struct {
	Period   period.Span
	Revision int
	Changes  []edition.Change
	// Gone says that no report counts for the period any more, so that it cannot
	// be made again: what it rested on was withdrawn.
	Gone bool
}

// RunStale makes every publication again that is out of date as inputs and
// decisions stood at as-of, oldest first, each as Run would. On an error those
// before it are published and returned; all are on an *UnansweredError.
func (p *Pipeline) RunStale(ctx context.Context, asOf time.Time) ([]Outcome, error) {
	if err := p.renewLedger(ctx); err != nil {
		return nil, fmt.Errorf("renew ledger: %w", err)
	}
	now, err := p.look(ctx, asOf)
	if err != nil {
		return nil, err
	}
	stale, err := p.outOfDate(ctx, now, period.Span{})
	if err != nil {
		return nil, err
	}
	var done []Outcome
	var answers []Feedback
	for _, one := range stale {
		if one.Gone {
			continue
		}
		out, err := p.remake(ctx, now, one.Period)
		if err != nil {
			return done, err
		}
		done, answers = append(done, out), append(answers, out.Feedback)
	}
	return done, unanswered(answers...)
}

// outOfDate lists the publications of which a view shows other figures, oldest
// first. Only figures count: another program, letterhead or sentence makes no
// report wrong. One period may be left out, for it is made again anyhow.
func (p *Pipeline) outOfDate(ctx context.Context, v view, but period.Span) ([]OutOfDate, error) {
	standing, err := p.publications(ctx, but)
	if err != nil {
		return nil, err
	}
	var stale []OutOfDate
	for _, one := range standing {
		may, gone := p.mayRemake(one, v)
		if !may && !gone || p.untouched(one, v) {
			continue
		}
		out, err := p.consider(v, one.Period)
		if err != nil {
			return nil, fmt.Errorf("consider %s: %w", one.Period, err)
		}
		changes, err := p.compareWith(one.Revision, p.text(&out))
		if err != nil {
			return nil, err
		}
		if len(changes) > 0 {
			stale = append(stale, OutOfDate{Period: one.Period, Revision: one.Number, Changes: changes, Gone: gone})
		}
	}
	return stale, nil
}

// mayRemake reports whether a publication may be made again: it is not signed,
// for then later reports carry what was corrected, and a run of its period would
// publish at all. Gone says that it would not, for nothing counts any more.
func (p *Pipeline) mayRemake(one publication, v view) (may, gone bool) {
	if v.office.signed(one.revisions, one.Period) {
		return false, false
	}
	_, err := p.resolve(period.Selector{Kind: period.Fixed, Span: one.Period}, v)
	var nothing *NothingError
	return err == nil, errors.As(err, &nothing)
}

// untouched reports whether all that figures depend on is as it was when a
// publication was made. It spares the consolidation of every published period.
func (p *Pipeline) untouched(one publication, v view) bool {
	return one.Program == p.Program && one.head.Catalogue.SHA256 == p.Catalogue.SHA256 &&
		period.Window(one.head.Window) == p.Timetable.Scheme.SpanWindow(one.Period) &&
		one.head.RestsOn(consolidate.Basis(p.Catalogue, v.checked.History, one.Period))
}

// compareWith lists what newer gives otherwise than a revision.
func (p *Pipeline) compareWith(r ledger.Revision, newer edition.Text) ([]edition.Change, error) {
	said, done, err := published(publish.Outputs{Dir: p.Outputs}, r.Period, r.Number)
	if err != nil {
		return nil, err
	}
	defer done()
	return p.compare(said, newer)
}

// publication is the newest revision of a period, with what it rests on.
type publication struct {
	ledger.Revision
	Period    period.Span
	head      *edition.Edition  // without figures and files
	revisions []ledger.Revision // all of the period, by number
}

// publications are the newest revisions of all periods but one, which may be zero,
// oldest first. One that is lost or damaged cannot be held against anything, and
// `ledger check` tells of it.
func (p *Pipeline) publications(ctx context.Context, but period.Span) ([]publication, error) {
	book, err := p.reading(ctx)
	if err != nil {
		return nil, err
	}
	if book == nil {
		return nil, nil
	}
	defer book.Close()
	names, err := book.Periods(ctx)
	if err != nil {
		return nil, err
	}
	var all []publication
	for _, name := range names {
		if name == but.String() {
			continue
		}
		revisions, err := book.Revisions(ctx, name)
		if err != nil {
			return nil, err
		}
		last := revisions[len(revisions)-1]
		head, err := readHead(publish.Outputs{Dir: p.Outputs}, name, last.Number)
		if unreadable(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		all = append(all, publication{Revision: last, Period: head.Period.Span, head: head, revisions: revisions})
	}
	slices.SortFunc(all, func(a, b publication) int {
		return cmp.Or(a.Period.To.Compare(b.Period.To), cmp.Compare(a.Period.NumMonths(), b.Period.NumMonths()))
	})
	return all, nil
}

func readHead(outputs publish.Outputs, name string, number int) (*edition.Edition, error) {
	text, done, err := published(outputs, name, number)
	if err != nil {
		return nil, err
	}
	defer done()
	return text.Head()
}

// unreadable reports whether a revision is lost or damaged.
func unreadable(err error) bool {
	var damaged *publish.DamagedError
	return errors.Is(err, fs.ErrNotExist) || errors.As(err, &damaged)
}
