package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"tonghop/pipeline/dispatch"
)

// Fault is a kind of damage, worded by the phrases "ledger.fault." and
// "ledger.remedy." before it.
type Fault string

// The faults. DatabaseDamaged to JournalDiffers concern the ledger and its
// journal, the others a file of the state or of the outputs.
const (
	DatabaseDamaged  Fault = "database_damaged"
	JournalMissing   Fault = "journal_missing"
	JournalBroken    Fault = "journal_broken"
	JournalBehind    Fault = "journal_behind"
	JournalDiffers   Fault = "journal_differs"
	OriginalMissing  Fault = "original_missing"
	OriginalDamaged  Fault = "original_damaged"
	RevisionMissing  Fault = "revision_missing"
	RevisionDamaged  Fault = "revision_damaged"
	RevisionReplaced Fault = "revision_replaced"
)

// Problem is one fault and what has it.
type Problem struct {
	Fault Fault
	// Name is the file, decision or revision concerned; Detail what the system or
	// the database says, in English, or empty.
	Name, Detail string
}

// Examination is what a look through the state found.
type Examination struct {
	Received, Withdrawn, Decisions, Imports, Publications int
	Dues                                                  int // runs of the schedule
	Originals                                             int // kept originals that are wanted and whole
	Lines                                                 int // of the journal
	// Pending are lines that the next writing command enters, and Torn the bytes of
	// a line that was not finished and is cut off then: neither is a fault.
	Pending, Torn int
	Problems      []Problem
	// Revisions are all that is recorded, for the outputs to be held against.
	Revisions []Revision
}

func (x *Examination) add(fault Fault, name, detail string) {
	x.Problems = append(x.Problems, Problem{fault, name, detail})
}

// Examine looks through the ledger, its journal and its kept originals. It
// changes nothing, needs no lock, and may be called while another process
// writes. The error is that of OpenReading, or what the system says; damage is no
// error but a problem found.
func Examine(ctx context.Context, path string) (*Examination, error) {
	l, err := OpenReading(ctx, path)
	if err != nil {
		return nil, err
	}
	defer l.Close()
	x := &Examination{}
	if err := l.integrity(ctx, x); err != nil || len(x.Problems) > 0 {
		return x, err // what a damaged database says of the rest is worth nothing
	}
	// The ledger first, then the journal: what is entered meanwhile stands at the
	// journal's end, behind the mark, and is not compared.
	have, m, err := l.examined(ctx, x)
	if err != nil {
		return nil, err
	}
	if err := l.examineJournal(x, have, m); err != nil {
		return nil, err
	}
	return x, l.examineOriginals(ctx, x, have)
}

func (l *Ledger) integrity(ctx context.Context, x *Examination) error {
	err := each(ctx, l.db, func(scan scan) error {
		var answer string
		if err := scan(&answer); err != nil {
			return err
		}
		if answer != "ok" {
			x.add(DatabaseDamaged, l.path, answer)
		}
		return nil
	}, `PRAGMA integrity_check(20)`)
	if err == nil {
		err = each(ctx, l.db, func(scan scan) error {
			var table, parent string
			var row, key sql.NullInt64
			if err := scan(&table, &row, &parent, &key); err != nil {
				return err
			}
			x.add(DatabaseDamaged, l.path, fmt.Sprintf("row %d of %s has no row of %s", row.Int64, table, parent))
			return nil
		}, `PRAGMA foreign_key_check`)
	}
	var corrupt *CorruptError
	if err = l.failedOrNil("check ledger", err); errors.As(err, &corrupt) {
		x.add(DatabaseDamaged, l.path, corrupt.Err.Error())
		return nil
	}
	return err
}

func (l *Ledger) failedOrNil(doing string, err error) error {
	if err == nil {
		return nil
	}
	return l.failed(doing, err)
}

// holdings are what a ledger has recorded.
type holdings struct {
	files     []Received
	decisions []Decided
	imports   []Imported
	dues      []Due
	revisions []Revision
	sent      []dispatch.Dispatch
}

// examined reads everything as it stood at one instant.
func (l *Ledger) examined(ctx context.Context, x *Examination) (holdings, mark, error) {
	fail := func(err error) (holdings, mark, error) {
		return holdings{}, mark{}, l.failed("check ledger", err)
	}
	tx, err := l.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return fail(err)
	}
	defer func() { _ = tx.Rollback() }() // it only read
	m, err := readMark(ctx, tx)
	if err != nil {
		return fail(err)
	}
	var have holdings
	if have.files, err = receivedFiles(ctx, tx); err != nil {
		return fail(err)
	}
	if have.decisions, err = decisionsIn(ctx, tx); err != nil {
		return fail(err)
	}
	if have.imports, err = importsIn(ctx, tx); err != nil {
		return fail(err)
	}
	if have.dues, err = duesIn(ctx, tx); err != nil {
		return fail(err)
	}
	if have.sent, err = dispatchesIn(ctx, tx); err != nil {
		return fail(err)
	}
	periods, err := numbersIn(ctx, tx)
	if err != nil {
		return fail(err)
	}
	for _, period := range slices.Sorted(maps.Keys(periods)) {
		revisions, err := revisionsIn(ctx, tx, period)
		if err != nil {
			return fail(err)
		}
		have.revisions = append(have.revisions, revisions...)
	}
	x.Revisions = have.revisions
	x.Received, x.Decisions, x.Publications = len(have.files), len(have.decisions), len(have.revisions)
	x.Imports, x.Dues = len(have.imports), len(have.dues)
	for _, f := range have.files {
		if !f.Withdrawn.IsZero() {
			x.Withdrawn++
		}
	}
	return have, m, nil
}

func (l *Ledger) examineJournal(x *Examination, have holdings, m mark) error {
	w, err := readJournal(l.journal)
	if err != nil {
		return err
	}
	x.Lines, x.Torn = len(w.lines), w.torn
	all, err := w.entries(0)
	var broken *JournalError
	switch {
	case errors.As(err, &broken):
		x.add(JournalBroken, strconv.Itoa(broken.Line), broken.Err.Error())
		return nil
	case err != nil:
		return err
	case !w.there:
		x.add(JournalMissing, l.journal, "")
		return nil
	case !m.isIn(w):
		x.add(JournalBehind, l.journal, fmt.Sprintf("%d / %d", len(w.lines), m.lines))
		return nil
	}
	x.Pending = len(w.lines) - m.lines
	for _, name := range differing(all[:m.lines], have) {
		x.add(JournalDiffers, name, "")
	}
	return nil
}

// differing names what a ledger made from the entries would have otherwise.
func differing(entries []entry, have holdings) []string {
	journalled, recorded := map[string]any{}, map[string]any{}
	for _, e := range entries {
		switch e.Kind {
		case kindReceived, kindWithdrawn:
			journalled[fileName(*e.File)] = *e.File
		case kindDecided:
			if _, there := journalled[e.Decision.ID]; !there {
				journalled[e.Decision.ID] = *e.Decision
			}
		case kindImported, kindImportWithdrawn:
			journalled[importName(*e.Import)] = *e.Import
		case kindDue:
			journalled[dueName(*e.Due)] = *e.Due
		case kindSent:
			journalled[sentName(*e.Sent)] = *e.Sent
		case kindPublished:
			if name := revisionName(*e.Revision); journalled[name] == nil {
				journalled[name] = asGiven(*e.Revision)
			}
		}
	}
	for _, f := range have.files {
		f.Seq = 0
		recorded[fileName(f)] = f
	}
	for _, d := range have.decisions {
		recorded[d.ID] = d
	}
	for _, i := range have.imports {
		recorded[importName(i)] = i
	}
	for _, d := range have.dues {
		recorded[dueName(d)] = d
	}
	for _, d := range have.sent {
		recorded[sentName(d)] = d
	}
	for _, r := range have.revisions {
		recorded[revisionName(r)] = asGiven(r)
	}
	both := maps.Clone(journalled)
	maps.Copy(both, recorded)
	var names []string
	for _, name := range slices.Sorted(maps.Keys(both)) {
		if !reflect.DeepEqual(journalled[name], recorded[name]) {
			names = append(names, name)
		}
	}
	return names
}

func fileName(f Received) string   { return f.Path + " (" + f.SHA256[:8] + ")" }
func importName(i Imported) string { return i.Name + " (" + i.SHA256[:8] + ", " + stamp(i.At) + ")" }
func dueName(d Due) string         { return "schedule " + d.Period }
func sentName(d dispatch.Dispatch) string {
	return strings.Join(slices.DeleteFunc([]string{string(d.Kind), d.Period, d.Unit, d.Recipient, d.Thing}, func(s string) bool { return s == "" }), " ")
}
func revisionName(r Revision) string { return r.Period + " r" + strconv.Itoa(r.Number) }

// asGiven is the form in which the ledger gives a revision back.
func asGiven(r Revision) Revision {
	r.Files = slices.SortedFunc(slices.Values(r.Files), func(a, b PublishedFile) int {
		if a.Name < b.Name {
			return -1
		}
		return 1
	})
	r.Submissions = slices.Compact(slices.Sorted(slices.Values(r.Submissions)))
	return r
}

// wanted are the originals that the ledger speaks of, and one name of each.
func wanted(have holdings) map[string]string {
	names := map[string]string{}
	for _, i := range have.imports {
		names[i.SHA256] = i.Name
	}
	for _, d := range have.decisions {
		if d.SHA256 != "" {
			names[d.SHA256] = d.Path
		}
	}
	for _, f := range have.files {
		names[f.SHA256] = f.Path
	}
	return names
}

func (l *Ledger) examineOriginals(ctx context.Context, x *Examination, have holdings) error {
	names := wanted(have)
	hashes := slices.SortedFunc(maps.Keys(names), func(a, b string) int {
		if names[a]+a < names[b]+b {
			return -1
		}
		return 1
	})
	for _, hash := range hashes {
		if err := ctx.Err(); err != nil {
			return err
		}
		_, err := l.Original(hash)
		var damaged *DamagedOriginalError
		switch {
		case err == nil:
			x.Originals++
		case errors.Is(err, fs.ErrNotExist):
			x.add(OriginalMissing, names[hash], l.originalPath(hash))
		case errors.As(err, &damaged):
			x.add(OriginalDamaged, names[hash], damaged.Path)
		default:
			return err
		}
	}
	// Beside those, files that are kept and not recorded: harmless when whole, for a
	// run keeps before it records; told when they are not what they are called.
	return filepath.WalkDir(l.originals, func(path string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return fmt.Errorf("check originals: %w", err)
		case d.IsDir() || names[d.Name()] != "" || !validSHA256(d.Name()):
			return ctx.Err()
		}
		data, err := os.ReadFile(path)
		if err == nil && sum(data) != d.Name() {
			x.add(OriginalDamaged, d.Name(), path)
		}
		return err
	})
}
