package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"tonghop/pipeline/decision"
	"tonghop/pipeline/ledger"
	"tonghop/pipeline/period"
	"tonghop/pipeline/publish"
)

// Seal says that a period is signed: its report does not change until the
// office reopens it.
type Seal struct {
	Revision int
	Number   string // of the document
	Dated    period.Date
	// Changed is the number of indicators of which any figure would differ now;
	// they enter the cumulative figures of later periods.
	Changed int
	// CountsFrom is the first month after it that is not signed.
	CountsFrom period.Month

	seen map[string]bool // files that had come before it was signed, by sha256
}

// SignedReport is a report that was signed, or that could not be signed or
// reopened.
type SignedReport struct {
	Decision decision.Decision
	Revision publish.Published
	// Err is *SealedError, *NotSealedError, *OutdatedError, *UnseenError,
	// *UnknownError, *NotNewestError or *DatedEarlyError.
	Err error
	// Backup is the folder of the copy made of the state after signing; empty
	// where none is set. BackupErr says why there is none.
	Backup    string
	BackupErr error
}

// SealedError says that a period is signed already.
type SealedError struct {
	Period   string
	Revision int
}

func (e *SealedError) Error() string {
	return fmt.Sprintf("%s is signed, as r%d", e.Period, e.Revision)
}

// NotSealedError says that a period is not signed, so that there is nothing to
// reopen.
type NotSealedError struct{ Period string }

func (e *NotSealedError) Error() string { return e.Period + " is not signed" }

// OutdatedError says that what would be published now is not what the newest
// revision says: it must not be signed.
type OutdatedError struct {
	Period   string
	Revision int
}

func (e *OutdatedError) Error() string {
	return fmt.Sprintf("r%d of %s does not say what would be published now", e.Revision, e.Period)
}

// NotNewestError says that another revision was to be signed than the newest.
type NotNewestError struct {
	Period        string
	Asked, Newest int
}

func (e *NotNewestError) Error() string {
	return fmt.Sprintf("r%d of %s is not the newest, r%d is", e.Asked, e.Period, e.Newest)
}

// UnseenError says that the newest revision was made after it was asked to be
// signed: nobody can have looked at it.
type UnseenError struct {
	Period string
	Newest int
}

func (e *UnseenError) Error() string {
	return fmt.Sprintf("r%d of %s was made after the decision to sign", e.Newest, e.Period)
}

// DatedEarlyError says that a report was to be signed under a date before its
// period had ended: it cannot have told that period's results.
type DatedEarlyError struct {
	Period      string
	Dated, Ends period.Date
}

func (e *DatedEarlyError) Error() string {
	return fmt.Sprintf("a report of %s dated %s, before the period ended on %s", e.Period, e.Dated, e.Ends)
}

// LostSealError says that the folder of a signed revision is gone. It cannot be
// made again: it would not be the signed one.
type LostSealError struct {
	Period   string
	Revision int
}

func (e *LostSealError) Error() string {
	return fmt.Sprintf("the signed revision r%d of %s is missing from the outputs", e.Revision, e.Period)
}

// Hint is the remedy.
func (e *LostSealError) Hint() string {
	return "put its folder back from a backup of the outputs, or reopen the period"
}

// sealed returns the revision by which a period is closed; nil while it is open.
// A period is closed by its newest signed revision, unless the office reopened
// it after that.
func sealed(revisions []ledger.Revision, standing []decision.Decision, per period.Span) *ledger.Revision {
	for i := range slices.Backward(revisions) {
		r := &revisions[i]
		if r.SignedBy == "" {
			continue
		}
		if slices.ContainsFunc(standing, func(d decision.Decision) bool {
			return d.Kind == decision.Reopen && d.Span == per && d.Seen.After(r.PublishedAt)
		}) {
			return nil
		}
		return r
	}
	return nil
}

// seal tells whether the period of an outcome is signed, and what has come since.
func (p *Pipeline) seal(ctx context.Context, w *writer, v view, out *Outcome) (*Seal, error) {
	standing, _ := decision.InForce(v.office.decisions)
	revisions, err := w.book.Revisions(ctx, out.Period.String())
	if err != nil {
		return nil, err
	}
	r := sealed(revisions, standing, out.Period)
	if r == nil {
		return nil, nil
	}
	s := &Seal{Revision: r.Number, CountsFrom: out.Period.To.Add(1)}
	if shown, there, err := w.outputs.Current(out.Period.String()); err != nil {
		return nil, err
	} else if there && shown.Manifest.Signed != nil {
		s.Number, s.Dated = shown.Manifest.Signed.Number, shown.Manifest.Signed.Dated
	}
	for {
		next := period.SpanOf(period.Monthly, s.CountsFrom, period.Month{})
		later, err := w.book.Revisions(ctx, next.String())
		if err != nil {
			return nil, err
		}
		if sealed(later, standing, next) == nil {
			break
		}
		s.CountsFrom = s.CountsFrom.Add(1)
	}
	since, err := p.since(w.outputs, out, r.Number)
	s.Changed, s.seen = since.indicators(), map[string]bool{}
	for _, f := range since.filesBefore {
		s.seen[f.SHA256] = true
	}
	return s, err
}

// sealOf is the seal of a month, as its units are told of it.
func (o *Outcome) sealOf(m period.Month) *Seal {
	if o.Period == period.SpanOf(period.Monthly, m, period.Month{}) {
		return o.Seal
	}
	return o.seals[m]
}

// monthSeals are the seals of the months of a span of several: what a unit is told of
// its file goes by the report of its month.
func (p *Pipeline) monthSeals(ctx context.Context, w *writer, v view, per period.Span) (map[period.Month]*Seal, error) {
	if per.Kind == period.Monthly {
		return nil, nil
	}
	standing, _ := decision.InForce(v.office.decisions)
	seals := map[period.Month]*Seal{}
	for _, m := range per.Months() {
		month := period.SpanOf(period.Monthly, m, period.Month{})
		revisions, err := w.book.Revisions(ctx, month.String())
		if err != nil {
			return nil, err
		}
		if sealed(revisions, standing, month) == nil {
			continue
		}
		out, err := p.consider(v, month)
		if err != nil {
			return nil, err
		}
		if seals[m], err = p.seal(ctx, w, v, &out); err != nil {
			return nil, err
		}
	}
	return seals, nil
}

// SignOff signs the newest revision of a period: it is drawn once more from the
// same figures, without the mark of a draft. Cells are those of the office's
// table, without the id. What was not published as it stands now is refused, for
// nobody has seen it.
func (p *Pipeline) SignOff(ctx context.Context, cells map[string]string) (SignedReport, error) {
	cells["kind"] = string(decision.SignOff)
	if cells["by"] == "" {
		cells["by"] = cells["signer"]
	}
	var done SignedReport
	err := p.writing(ctx, func(w *writer) error {
		d, err := p.prepare(ctx, w.book, cells)
		if err != nil {
			return err
		}
		done, err = p.sign(ctx, w, d, func() error { return p.take(ctx, w.book, d) })
		if err != nil {
			return err
		}
		return done.Err
	})
	if err == nil {
		p.backUpSigned(ctx, &done)
	}
	return done, err
}

// sign carries a decision to sign out. What speaks against it is in the result;
// record is called once nothing does, before the revision is written: a program
// stopped in between leaves a decision that the next run carries out.
func (p *Pipeline) sign(ctx context.Context, w *writer, d decision.Decision, record func() error) (SignedReport, error) {
	d.Signature = signature(d.Signature, p.Office)
	done := SignedReport{Decision: d}
	last, v, out, refused, err := p.signable(ctx, w, d)
	if done.Err = refused; err != nil || refused != nil {
		return done, err
	}
	if err := record(); err != nil {
		return done, err
	}
	fingerprint := publish.Fingerprint(
		publish.Part{Name: "draft", Data: []byte(last.Fingerprint)}, publish.Part{Name: "signed", Data: []byte(d.Canonical)})
	before, err := w.lastSigned(ctx, d.Span)
	if err != nil {
		return done, err
	}
	as := issue{number: last.Number + 1, against: before, fingerprint: fingerprint, signed: &d.Signature}
	if err := p.newRevision(ctx, &out, w, v, as); err != nil {
		return done, fmt.Errorf("sign %s: %w", d.Span, err)
	}
	done.Revision = out.Revision
	return done, nil
}

// lastSigned is the number of the newest signed revision of a period; 0 where
// none was signed.
func (w *writer) lastSigned(ctx context.Context, per period.Span) (int, error) {
	revisions, err := w.book.Revisions(ctx, per.String())
	for _, r := range slices.Backward(revisions) {
		if r.SignedBy != "" {
			return r.Number, err
		}
	}
	return 0, err
}

// signable finds the revision to sign and makes its figures again, as it stood.
// Refused is why it must not be signed.
func (p *Pipeline) signable(ctx context.Context, w *writer, d decision.Decision) (last ledger.Revision, v view, out Outcome, refused, err error) {
	name := d.Span.String()
	if ends := p.Timetable.Window(d.Span.To).To; d.Signature.Dated.Before(ends) {
		return last, v, out, &DatedEarlyError{Period: name, Dated: d.Signature.Dated, Ends: ends}, nil
	}
	revisions, err := w.book.Revisions(ctx, name)
	if err != nil {
		return last, v, out, nil, err
	}
	if len(revisions) == 0 {
		return last, v, out, &UnknownError{What: "publication", Name: name}, nil
	}
	last = revisions[len(revisions)-1]
	// As it is now: what has come since the revision was made must be looked at
	// before it is signed.
	if v, err = p.present(ctx, p.Now); err != nil {
		return last, v, out, nil, err
	}
	standing, _ := decision.InForce(v.office.decisions)
	if r := sealed(revisions, standing, d.Span); r != nil {
		return last, v, out, &SealedError{Period: name, Revision: r.Number}, nil
	}
	if d.Revision != 0 && d.Revision != last.Number {
		return last, v, out, &NotNewestError{Period: name, Asked: d.Revision, Newest: last.Number}, nil
	}
	// A row of the office's table is about what there was when it was written.
	if d.Seen.Before(last.PublishedAt) {
		return last, v, out, &UnseenError{Period: name, Newest: last.Number}, nil
	}
	if out, err = p.consider(v, d.Span); err != nil {
		return last, v, out, nil, err
	}
	if err := p.reconcile(ctx, w, v, &out); err != nil {
		return last, v, out, nil, err
	}
	if last.SignedBy != "" || w.lost[name] || p.fingerprint(&out) != last.Fingerprint {
		return last, v, out, &OutdatedError{Period: name, Revision: last.Number}, nil
	}
	v.asOf = last.AsOf // the date that is printed
	return last, v, out, nil, nil
}

// signPending carries out the rows of the office's table that ask for a report
// to be signed and that no revision carries yet. Rows that cannot be carried
// out are told with what speaks against them, at each run until they are
// withdrawn.
func (p *Pipeline) signPending(ctx context.Context, v view) ([]SignedReport, error) {
	standing, _ := decision.InForce(v.office.decisions)
	asked := slices.DeleteFunc(standing, func(d decision.Decision) bool { return !d.Kind.AboutReports() })
	if len(asked) == 0 {
		return nil, nil
	}
	var all []SignedReport
	err := p.writing(ctx, func(w *writer) error {
		for _, d := range asked {
			revisions, err := w.book.Revisions(ctx, d.Span.String())
			if err != nil {
				return err
			}
			if d.Kind == decision.Reopen {
				if !opened(revisions, d) {
					all = append(all, SignedReport{Decision: d, Err: &NotSealedError{Period: d.Span.String()}})
				}
				continue
			}
			if slices.ContainsFunc(revisions, func(r ledger.Revision) bool { return r.SignedBy == d.ID }) {
				continue
			}
			done, err := p.sign(ctx, w, d, func() error { return nil }) // the run has recorded it
			if err != nil {
				return err
			}
			all = append(all, done)
		}
		return nil
	})
	for i := range all {
		if all[i].Err == nil && err == nil {
			p.backUpSigned(ctx, &all[i])
		}
	}
	return all, err
}

// opened reports whether there was something that a decision to reopen opened.
func opened(revisions []ledger.Revision, d decision.Decision) bool {
	return slices.ContainsFunc(revisions, func(r ledger.Revision) bool { return r.SignedBy != "" && d.Seen.After(r.PublishedAt) })
}

// Reopen lets the report of a signed period be made anew. Cells are those of the
// office's table, without the id.
func (p *Pipeline) Reopen(ctx context.Context, cells map[string]string) (d decision.Decision, err error) {
	cells["kind"] = string(decision.Reopen)
	err = p.writing(ctx, func(w *writer) error {
		if d, err = p.prepare(ctx, w.book, cells); err != nil {
			return err
		}
		revisions, err := w.book.Revisions(ctx, d.Span.String())
		if err != nil {
			return err
		}
		office, err := p.decided(ctx)
		if err != nil {
			return err
		}
		standing, _ := decision.InForce(office.decisions)
		if sealed(revisions, standing, d.Span) == nil {
			return &NotSealedError{Period: d.Span.String()}
		}
		return p.take(ctx, w.book, d)
	})
	return d, err
}

// backUpSigned copies the state to where the settings say, for a signature is
// what nobody could make again.
func (p *Pipeline) backUpSigned(ctx context.Context, done *SignedReport) {
	if p.Backup == "" {
		return
	}
	folder, found, err := p.BackUpLedger(ctx, p.Backup)
	if err == nil && len(found.Problems) > 0 {
		err = errors.New("the copy is not sound: " + found.Problems[0].Name)
	}
	done.Backup, done.BackupErr = folder, err
}
