package pipeline_test

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/form"
	"tonghop/pipeline/ledger"
	"tonghop/pipeline/period"
	"tonghop/pipeline/report"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/wording"
	"tonghop/templates"
)

var (
	june  = period.Month{Year: 2025, Number: time.June}
	clock = time.Date(2025, 6, 18, 7, 0, 0, 0, time.UTC)
)

// office is a real office in a temporary folder: real definitions, real workbooks,
// a real ledger.
type office struct {
	*pipeline.Pipeline
	t *testing.T
}

// sideBySide are the tests that have begun to run beside others.
var sideBySide sync.Map

// newOffice is an office with a few of the shipped definitions. It lets its test run
// beside others, for most of the time of each goes into waiting for the disk.
func newOffice(t *testing.T) office { return officeWith(t, few(t)) }

// newShippedOffice is one with all that the program brings along.
func newShippedOffice(t *testing.T) office { return officeWith(t, shipped(t)) }

// officeWith is one with these definitions.
func officeWith(t *testing.T, cat *catalogue.Catalogue) office {
	t.Helper()
	if _, begun := sideBySide.LoadOrStore(t, true); !begun {
		t.Parallel()
	}
	book, err := sentences()
	if err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation("Asia/Ho_Chi_Minh")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	p := &pipeline.Pipeline{
		Inputs: filepath.Join(dir, "inputs"), Outputs: filepath.Join(dir, "outputs"), State: filepath.Join(dir, "state"),
		Catalogue: cat, CatalogueSource: "shipped", ReceivableShare: 80, NewIndicatorGrace: 1,
		Timetable: period.Timetable{Deadline: period.DeadlineRule{Day: 17, Hour: 17}, Calendar: cat.Calendar, Zone: zone},
		LockWait:  10 * time.Millisecond,
		Phrases:   book.In(wording.Vietnamese), Office: report.Office{Issuer: "BAN THƯỜNG VỤ"}, Program: "test",
		Now: func() time.Time { return clock },
	}
	if err := os.MkdirAll(p.Inputs, 0o755); err != nil {
		t.Fatal(err)
	}
	return office{p, t}
}

// sentences are the same for all offices.
var sentences = sync.OnceValues(func() (*wording.Book, error) { return wording.Load(templates.FS) })

// shipped are the definitions that the program brings along.
func shipped(t *testing.T) *catalogue.Catalogue {
	t.Helper()
	folder, err := fs.Sub(templates.FS, "hanoi")
	if err != nil {
		t.Fatal(err)
	}
	cat, problems := catalogue.Load(catalogue.FromFolder(folder, "hanoi"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return cat
}

// send drops a complete report with the same number in every cell, but for the
// stocks, which are large enough to be wholes.
func (o office) send(name, unit string, month period.Month, number int64, version int) string {
	o.t.Helper()
	return o.sendWith(name, unit, month, number, func(f *form.Filled) { f.Version = version })
}

// sendWith drops such a report with something done to it.
func (o office) sendWith(name, unit string, month period.Month, number int64, change func(*form.Filled)) string {
	o.t.Helper()
	u, ok := o.Catalogue.Unit(unit)
	if !ok {
		o.t.Fatalf("no unit %s", unit)
	}
	issued, _ := o.Catalogue.FormFor(month, o.Timetable.Scheme)
	filled := &form.Filled{Answers: map[string]form.Answer{}}
	for _, i := range o.Catalogue.IndicatorsFor(u, month, o.Timetable.Scheme) {
		switch {
		case !i.DueIn(month):
		case i.Type == catalogue.Choice:
			filled.Answers[i.Code] = form.Answer{Content: form.Text(i.Choices[0])}
		case i.Nature == catalogue.Stock:
			filled.Answers[i.Code] = form.Answer{Content: form.Number(figure.Int(1000))}
		case i.Kind == catalogue.Input:
			filled.Answers[i.Code] = form.Answer{Content: form.Number(figure.Int(number))}
		}
	}
	change(filled)
	data, err := form.Build(form.Input{
		Catalogue: o.Catalogue, Unit: u, Month: month, Scheme: o.Timetable.Scheme, Form: issued, Created: clock, Filled: filled,
	})
	if err != nil {
		o.t.Fatal(err)
	}
	path := filepath.Join(o.Inputs, name)
	o.write(path, data)
	return path
}

func (o office) write(path string, data []byte) {
	o.t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		o.t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		o.t.Fatal(err)
	}
	if err := os.Chtimes(path, clock.Add(-time.Hour), clock.Add(-time.Hour)); err != nil {
		o.t.Fatal(err)
	}
}

func (o office) run(month period.Month) (pipeline.Outcome, error) {
	o.t.Helper()
	sel, err := period.ParseSelector(month.String())
	if err != nil {
		o.t.Fatal(err)
	}
	return o.Run(context.Background(), sel, clock)
}

func (o office) runAt(month period.Month, at time.Time) (pipeline.Outcome, error) {
	o.t.Helper()
	sel, err := period.ParseSelector(month.String())
	if err != nil {
		o.t.Fatal(err)
	}
	return o.Run(context.Background(), sel, at)
}

func (o office) mustRun(month period.Month) pipeline.Outcome {
	o.t.Helper()
	out, err := o.run(month)
	if err != nil {
		o.t.Fatal(err)
	}
	return out
}

// city is the published figure of the city for a month.
func (o office) city(month period.Month, indicator string) string {
	o.t.Helper()
	data, err := os.ReadFile(filepath.Join(o.Outputs, month.String(), "figures.json"))
	if err != nil {
		o.t.Fatal(err)
	}
	var doc struct{ Figures []map[string]any }
	if err := json.Unmarshal(data, &doc); err != nil {
		o.t.Fatal(err)
	}
	for _, f := range doc.Figures {
		if f["indicator"] == indicator && f["unit"] == nil && f["group"] == nil && f["span"] == "month" {
			v, _ := f["value"].(string)
			return v
		}
	}
	o.t.Fatalf("no figure of %s", indicator)
	return ""
}

func dispositions(files []submission.File) string {
	var out []string
	for _, f := range files {
		out = append(out, f.Path+" "+string(f.Disposition))
	}
	return strings.Join(out, "; ")
}

func TestAHeldLockIsNamedAndNothingIsPublished(t *testing.T) {
	o := newOffice(t)
	o.send("a.xlsx", "HN-001", june, 5, 1)
	lock, err := ledger.Acquire(context.Background(), o.State, time.Second)
	if err != nil {
		t.Fatal(err)
	}
	_, err = o.run(june)
	var held *ledger.HeldError
	if !errors.As(err, &held) || held.Holder.PID != os.Getpid() {
		t.Fatalf("err = %v, want the lock's holder", err)
	}
	if _, err := os.Stat(filepath.Join(o.Outputs, "2025-06")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("something was published: %v", err)
	}
	if err := lock.Release(); err != nil {
		t.Fatal(err)
	}
	if out := o.mustRun(june); out.Revision.Manifest.Revision != 1 {
		t.Errorf("revision %d, want 1", out.Revision.Manifest.Revision)
	}
}

// A file that disappears before its period is published is withdrawn; one that
// disappears afterwards still counts, from its kept original.
func TestFilesThatDisappear(t *testing.T) {
	o := newOffice(t)
	a, b := o.send("a.xlsx", "HN-001", june, 5, 1), o.send("b.xlsx", "HN-002", june, 7, 1)
	july := june.Add(1)
	o.send("c.xlsx", "HN-TP", july, 1, 1)
	c := filepath.Join(o.Inputs, "c.xlsx")
	o.mustRun(june)
	if got := o.city(june, "CT02_LD"); got != "12" {
		t.Fatalf("the city has %s, want 12", got)
	}
	for _, path := range []string{a, c} {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
	out := o.mustRun(june)
	if !out.Unchanged {
		t.Error("a published file's disappearance changed the figures")
	}
	if got, want := dispositions(out.Files), "a.xlsx counted; b.xlsx counted; c.xlsx withdrawn"; got != want {
		t.Errorf("files: %s, want %s", got, want)
	}
	// Once told, a withdrawal is over.
	if got, want := dispositions(o.mustRun(june).Files), "a.xlsx counted; b.xlsx counted"; got != want {
		t.Errorf("files: %s, want %s", got, want)
	}
	if err := os.Rename(b, filepath.Join(o.Inputs, "moved.xlsx")); err != nil {
		t.Fatal(err)
	}
	if out := o.mustRun(june); out.Summary.Counts.Usable != 2 {
		t.Errorf("after a move %d units count, want 2", out.Summary.Counts.Usable)
	}
}

// A corrected version makes a new revision; the old one stays as it was.
func TestACorrectionMakesANewRevision(t *testing.T) {
	o := newOffice(t)
	o.send("a.xlsx", "HN-001", june, 5, 1)
	first := o.mustRun(june)
	before, err := os.ReadFile(filepath.Join(first.Revision.Dir, "figures.json"))
	if err != nil {
		t.Fatal(err)
	}
	o.send("a-lan-2.xlsx", "HN-001", june, 9, 2)
	second := o.mustRun(june)
	if n := second.Revision.Manifest.Revision; n != 2 || second.Unchanged {
		t.Fatalf("revision %d, unchanged %v", n, second.Unchanged)
	}
	if got := o.city(june, "CT02_LD"); got != "9" {
		t.Errorf("the city has %s, want 9", got)
	}
	if got, want := dispositions(second.Files), "a-lan-2.xlsx counted; a.xlsx superseded"; got != want {
		t.Errorf("files: %s, want %s", got, want)
	}
	after, err := os.ReadFile(filepath.Join(first.Revision.Dir, "figures.json"))
	if err != nil || string(after) != string(before) {
		t.Errorf("the first revision changed: %v", err)
	}
}

// A revision whose files were deleted by hand is published anew under the next
// number: figures that people may hold on paper keep theirs.
func TestALostRevisionIsNotNumberedAgain(t *testing.T) {
	o := newOffice(t)
	o.send("a.xlsx", "HN-001", june, 5, 1)
	o.mustRun(june)
	if err := os.RemoveAll(filepath.Join(o.Outputs, "2025-06")); err != nil {
		t.Fatal(err)
	}
	if out := o.mustRun(june); out.Revision.Manifest.Revision != 2 {
		t.Errorf("revision %d, want 2", out.Revision.Manifest.Revision)
	}
}

// Touching a file later, as copying between shares does, does not make it late
// and changes nothing.
func TestTheFirstSightOfAFileStays(t *testing.T) {
	o := newOffice(t)
	path := o.send("a.xlsx", "HN-001", june, 5, 1)
	deadline := o.Timetable.Due(june)
	early := deadline.Add(-time.Hour)
	if err := os.Chtimes(path, early, early); err != nil {
		t.Fatal(err)
	}
	if out := o.mustRun(june); out.Summary.Counts.OnTime != 1 {
		t.Fatalf("on time: %d, want 1", out.Summary.Counts.OnTime)
	}
	late := deadline.Add(time.Hour)
	if err := os.Chtimes(path, late, late); err != nil {
		t.Fatal(err)
	}
	if out := o.mustRun(june); !out.Unchanged || out.Summary.Counts.OnTime != 1 {
		t.Errorf("unchanged %v, on time %d", out.Unchanged, out.Summary.Counts.OnTime)
	}
}
