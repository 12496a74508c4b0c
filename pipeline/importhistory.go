package pipeline

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"time"

	"tonghop/pipeline/finding"
	"tonghop/pipeline/imported"
	"tonghop/pipeline/ledger"
	"tonghop/pipeline/period"
	"tonghop/pipeline/report"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/validate"
)

// Import is what became of a table of past figures.
type Import struct {
	Name, SHA256 string
	// Since is when the same bytes were imported before, which still stands:
	// there is nothing to do. Zero for a table that is new.
	Since time.Time
	// Recorded says that the figures are in history now. A table with any error
	// is imported not at all.
	Recorded bool

	Figures, Units int
	From, To       period.Month
	// NotUsed are the months of units whose own reports are there and count.
	NotUsed         int
	Sheets, Skipped []string // of a workbook: read, and no such table
	Findings        []report.Finding
}

// Errors is the number of findings for which the table is refused.
func (i *Import) Errors() int {
	n := 0
	for _, f := range i.Findings {
		if f.Severity == finding.Error {
			n++
		}
	}
	return n
}

// ImportHistory checks a table of past figures like submissions of those months
// and, where nothing is wrong with it, takes it in for good: its bytes are kept,
// and every run reads them again. It holds the lock.
func (p *Pipeline) ImportHistory(ctx context.Context, file Named, by string) (out Import, err error) {
	out = Import{Name: file.Path, SHA256: file.SHA256}
	lock, err := ledger.Acquire(ctx, p.State, p.LockWait)
	if err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	book, err := ledger.Open(ctx, p.ledgerPath())
	if err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	before, err := book.Imports(ctx)
	if err != nil {
		return out, err
	}
	for _, one := range before {
		if one.SHA256 == file.SHA256 && one.Withdrawn.IsZero() {
			out.Since = one.At
			return out, book.Keep(file.SHA256, file.Data) // a damaged original is mended
		}
	}
	record := ledger.Imported{SHA256: file.SHA256, Name: file.Path, Size: int64(len(file.Data)), At: p.Now(), By: by}
	if err := p.examineImport(ctx, &out, record, file.Data); err != nil || out.Errors() > 0 {
		return out, err
	}
	if err := book.Keep(file.SHA256, file.Data); err != nil {
		return out, err
	}
	out.Recorded, err = book.Import(ctx, record)
	return out, err
}

// examineImport computes what a run would find with the table in history.
func (p *Pipeline) examineImport(ctx context.Context, out *Import, record ledger.Imported, data []byte) error {
	batch, err := p.Collect(ctx)
	if err != nil && !errors.Is(err, fs.ErrNotExist) { // past figures may come before any report
		return err
	}
	office, err := p.decided(ctx)
	if err != nil {
		return err
	}
	t := p.readPast(record, data)
	out.Sheets, out.Skipped = t.sheets, t.skipped
	out.count(t)
	office.past = append(office.past, t)
	checked := validate.Batch(p.rules(batch, office, record.At, ever))
	_, found := p.pastFigures(office.past, ever)
	found = append(found, slices.DeleteFunc(checked.All(), func(f finding.Finding) bool { return f.Code != finding.ImportNotUsed })...)
	found = slices.DeleteFunc(found, func(f finding.Finding) bool { return f.File != t.label() })
	for _, s := range checked.Imported() {
		if !s.Values.Any(func(v submission.Value) bool { return v.Import.SHA256 == record.SHA256 }) {
			continue
		}
		if !checked.Counts(s) {
			out.NotUsed++
		}
		for _, f := range s.Findings {
			// A figure imported before may only now be a part larger than its whole.
			if f.File == t.label() || f.Severity == finding.Error {
				found = append(found, f)
			}
		}
	}
	out.Findings = p.inWords(found)
	return nil
}

func (i *Import) count(t *pastTable) {
	units := map[string]bool{}
	for _, f := range t.figures {
		i.Figures++
		units[f.unit] = true
		if i.From.IsZero() || f.month.Before(i.From) {
			i.From = f.month
		}
		if f.month.After(i.To) {
			i.To = f.month
		}
	}
	i.Units = len(units)
}

// Imports lists the tables ever imported, those taken back too, in order.
func (p *Pipeline) Imports(ctx context.Context) ([]ledger.Imported, error) {
	book, err := p.reading(ctx)
	if err != nil {
		return nil, err
	}
	if book == nil {
		return nil, nil
	}
	defer book.Close()
	return book.Imports(ctx)
}

// WithdrawImport takes an import back, named by at least the first eight digits
// of its sha256. Its figures are in no later run; the record that they were, and
// the file, stay.
func (p *Pipeline) WithdrawImport(ctx context.Context, hash, by string) (taken ledger.Imported, err error) {
	lock, err := ledger.Acquire(ctx, p.State, p.LockWait)
	if err != nil {
		return taken, err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	book, err := ledger.Open(ctx, p.ledgerPath())
	if err != nil {
		return taken, err
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	all, err := book.Imports(ctx)
	if err != nil {
		return taken, err
	}
	var named, standing []ledger.Imported
	for _, one := range all {
		if !one.Withdrawn.IsZero() {
			continue
		}
		standing = append(standing, one)
		if short := imported.ShortHash(one.SHA256); len(hash) >= len(short) && strings.HasPrefix(one.SHA256, strings.ToLower(hash)) {
			named = append(named, one)
		}
	}
	if len(named) != 1 {
		near := make([]string, len(standing))
		for i, one := range standing {
			near[i] = imported.ShortHash(one.SHA256) + " (" + one.Name + ")"
		}
		return taken, &UnknownError{What: "import", Name: hash, Near: strings.Join(near, ", ")}
	}
	return named[0], book.TakeBack(ctx, named[0].SHA256, p.Now(), by)
}
