package simulation_test

import (
	"context"
	"encoding/json"
	"path/filepath"
	"reflect"
	"sync"
	"testing"
	"time"

	"tonghop/pipeline/ledger"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/validate"
)

// archive enters a story into a real ledger as it goes.
type archive struct {
	t      *testing.T
	path   string
	book   *ledger.Ledger
	events events
	until  time.Time // entered so far
	months []published
}

type published struct {
	month period.Month
	at    time.Time
	data  []byte
}

func openArchive(t *testing.T, e events) *archive {
	t.Helper()
	path := filepath.Join(t.TempDir(), "ledger.db")
	book, err := ledger.Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	return &archive{t: t, path: path, book: book, events: e}
}

func (a *archive) must(err error) {
	a.t.Helper()
	if err != nil {
		a.t.Fatal(err)
	}
}

// publish enters what has happened since, then the month's revision.
func (a *archive) publish(m period.Month, at time.Time, data []byte, checked *validate.Checked) {
	a.t.Helper()
	ctx := context.Background()
	a.enter(ctx, at)
	_, hash := written(string(data))
	per := period.SpanOf(period.Monthly, m, period.Month{})
	r := ledger.Revision{
		Period: m.String(), Number: 1, Fingerprint: hash, AsOf: at, PublishedAt: at, ManifestSHA256: hash, Program: "simulated",
		Files: []ledger.PublishedFile{{Name: "figures.json", SHA256: hash, Size: int64(len(data))}},
	}
	for _, s := range checked.Used(per) {
		r.Submissions = append(r.Submissions, s.Originals()...)
	}
	a.must(a.book.Publish(ctx, r))
	a.months = append(a.months, published{m, at, data})
}

// enter records the events up to an instant, as a run does.
func (a *archive) enter(ctx context.Context, at time.Time) {
	a.t.Helper()
	since := func(t time.Time) bool { return !t.IsZero() && t.After(a.until) && !t.After(at) }
	var files []ledger.Received
	var keeping sync.WaitGroup
	for _, f := range a.events.files {
		if since(f.at) {
			keeping.Go(func() { // each waits for the disk
				if err := a.book.Keep(f.sha256, f.data); err != nil {
					a.t.Error(err)
				}
			})
			files = append(files, ledger.Received{
				SHA256: f.sha256, Path: f.path, Size: int64(len(f.data)), FirstSeen: at, ReceivedAt: f.at,
				ReceivedFrom: string(submission.FromRegister), Unit: f.Unit, Period: f.Month.String(),
			})
		}
	}
	keeping.Wait()
	a.must(a.book.Receive(ctx, files))
	for _, f := range a.events.files {
		if since(f.gone) {
			a.must(a.book.Gone(ctx, f.gone, ledger.Key{SHA256: f.sha256, Path: f.path}))
		}
	}
	var decided []ledger.Decided
	for _, d := range a.events.rulings {
		if since(d.At) {
			content, err := json.Marshal(d)
			a.must(err)
			decided = append(decided, ledger.Decided{ID: d.ID, Content: string(content), FirstSeen: at, ReceivedAt: d.At})
		}
	}
	a.must(a.book.Decide(ctx, decided))
	for _, one := range a.events.tables {
		if since(one.at) {
			a.must(a.book.Keep(one.sha256, one.data))
			_, err := a.book.Import(ctx, ledger.Imported{SHA256: one.sha256, Name: one.name, Size: int64(len(one.data)), At: one.at, By: "VP"})
			a.must(err)
		}
	}
	for _, one := range a.events.tables {
		if since(one.gone) {
			a.must(a.book.TakeBack(ctx, one.sha256, one.gone, "VP"))
		}
	}
	a.until = at
}

// content is all that a ledger says.
type content struct {
	Files     []ledger.Received
	Decisions []ledger.Decided
	Imports   []ledger.Imported
	Revisions map[string][]ledger.Revision
}

func (a *archive) content() content {
	a.t.Helper()
	ctx := context.Background()
	book, err := ledger.OpenReading(ctx, a.path)
	a.must(err)
	defer book.Close()
	c := content{Revisions: map[string][]ledger.Revision{}}
	c.Files, err = book.Files(ctx)
	a.must(err)
	c.Decisions, err = book.Decisions(ctx)
	a.must(err)
	c.Imports, err = book.Imports(ctx)
	a.must(err)
	periods, err := book.Periods(ctx)
	a.must(err)
	for _, name := range periods {
		c.Revisions[name], err = book.Revisions(ctx, name)
		a.must(err)
	}
	return c
}

// rebuilt makes the ledger again from its journal and holds it, and the figures
// of some months made from it alone, against what was there.
func (a *archive) rebuilt(o office) {
	a.t.Helper()
	ctx := context.Background()
	a.must(a.book.Close())
	before := a.content()
	if len(before.Files) == 0 || len(before.Decisions) == 0 || len(before.Imports) == 0 || len(before.Revisions) != len(a.months) {
		a.t.Errorf("the ledger holds %d files, %d decisions, %d imports and %d periods", len(before.Files), len(before.Decisions), len(before.Imports), len(before.Revisions))
	}
	if aside, err := ledger.Rebuild(ctx, a.path); err != nil || aside == "" {
		a.t.Fatalf("%q, %v", aside, err)
	}
	after := a.content()
	if !reflect.DeepEqual(before, after) {
		a.t.Error("the rebuilt ledger says something else")
	}
	x, err := ledger.Examine(ctx, a.path)
	a.must(err)
	for _, problem := range x.Problems {
		a.t.Errorf("%+v", problem)
	}
	if x.Received != len(after.Files) || x.Decisions != len(after.Decisions) || x.Imports != len(after.Imports) || x.Publications != len(a.months) || x.Pending != 0 {
		a.t.Errorf("examined: %+v", x)
	}
	o.held, o.read = a.kept(ctx, after), map[string]*submission.Submission{}
	for i, one := range a.months {
		if i != len(a.months)-1 && i%17 != 5 {
			continue
		}
		checked := o.view(a.t, one.at)
		if string(figures(a.t, o.month(checked, one.month), checked, one.at)) != string(one.data) {
			a.t.Errorf("%s: the rebuilt ledger gives other figures", one.month)
		}
	}
}

// kept is what an office holds that has nothing but its ledger.
func (a *archive) kept(ctx context.Context, c content) held {
	a.t.Helper()
	book, err := ledger.OpenReading(ctx, a.path)
	a.must(err)
	defer book.Close()
	original := func(hash string) []byte {
		data, err := book.Original(hash)
		a.must(err)
		return data
	}
	var h held
	for _, f := range c.Files {
		h.files = append(h.files, heldFile{f.Path, f.SHA256, original(f.SHA256), f.ReceivedAt.In(hanoi), local(f.Withdrawn)})
	}
	for _, d := range c.Decisions {
		var one ruling
		a.must(json.Unmarshal([]byte(d.Content), &one))
		one.At = d.ReceivedAt.In(hanoi)
		h.rulings = append(h.rulings, one)
	}
	for _, i := range c.Imports {
		h.tables = append(h.tables, heldTable{i.Name, i.SHA256, original(i.SHA256), i.At.In(hanoi), local(i.Withdrawn)})
	}
	return h
}

func local(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.In(hanoi)
}
