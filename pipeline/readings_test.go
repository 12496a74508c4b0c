package pipeline

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"testing/fstest"
	"time"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/ledger"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/templates"
)

// What is remembered of a file is what reading it now would give: for every
// sample, moved, bound to another unit's folder, or read against other
// definitions.
func TestARememberedReadingIsAFreshOne(t *testing.T) {
	shipped, err := fs.Sub(templates.FS, "hanoi")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, month := range []string{"2025-05", "2025-06"} {
		if err := os.CopyFS(filepath.Join(dir, "inputs", month), os.DirFS(filepath.Join("..", "inputs", month))); err != nil {
			t.Fatal(err)
		}
	}
	at := time.Date(2025, 6, 18, 7, 0, 0, 0, time.UTC)
	p := Pipeline{
		Inputs: filepath.Join(dir, "inputs"), Outputs: filepath.Join(dir, "outputs"), State: filepath.Join(dir, "state"),
		Catalogue: definitions(t, shipped), Timetable: period.Timetable{Zone: time.UTC}, ReceivableShare: 80, LockWait: time.Second,
		Program: "test", Now: func() time.Time { return at },
	}
	seen := takeIn(t, &p, at)
	if used := checkAgainstFresh(t, p, "unchanged"); used < 50 {
		t.Errorf("of %d files %d are remembered", seen, used)
	}

	move := func(from, to string) {
		t.Helper()
		to = filepath.Join(p.Inputs, to)
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(filepath.Join(p.Inputs, from), to); err != nil {
			t.Fatal(err)
		}
	}
	move("2025-06/ba-dinh.xlsx", "2025-06/quận Tây Hồ/ba-dinh.xlsx")
	move("2025-06/gia-lam.xlsx", "2025-05/gia-lam-thang-6.xlsx")
	checkAgainstFresh(t, p, "moved")

	other := p
	other.Catalogue = definitions(t, without(t, shipped, "rules.csv"))
	if used := checkAgainstFresh(t, other, "other definitions"); used != 0 {
		t.Errorf("%d readings against other definitions are used", used)
	}
	other = p
	other.Build = "another"
	if used := checkAgainstFresh(t, other, "another build"); used != 0 {
		t.Errorf("%d readings of another build are used", used)
	}
	other = p
	other.Timetable.Scheme = period.SchemeCalendar
	if used := checkAgainstFresh(t, other, "calendar months"); used != 0 {
		t.Errorf("%d readings by another calendar are used", used)
	}

	damage(t, &p)
	if used := checkAgainstFresh(t, p, "damaged"); used != 0 {
		t.Errorf("%d damaged readings are used", used)
	}
}

// takeIn records all files, as a run does.
func takeIn(t *testing.T, p *Pipeline, at time.Time) int {
	t.Helper()
	ctx := context.Background()
	v, err := p.look(ctx, at)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.writing(ctx, func(w *writer) error { return p.record(ctx, w.book, v) }); err != nil {
		t.Fatal(err)
	}
	return len(v.checked.Batch())
}

// checkAgainstFresh compares what is collected with what is where nothing is
// remembered, and tells how many readings were used.
func checkAgainstFresh(t *testing.T, p Pipeline, what string) int {
	t.Helper()
	got, read, err := p.collect(context.Background())
	if err != nil {
		t.Fatal(what, err)
	}
	p.Build = "a build that never ran"
	want, _, err := p.collect(context.Background())
	if err != nil {
		t.Fatal(what, err)
	}
	if len(got) != len(want) {
		t.Fatalf("%s: %d files, want %d", what, len(got), len(want))
	}
	for i := range want {
		if !reflect.DeepEqual(got[i], want[i]) {
			t.Errorf("%s: %s\nremembered %+v %+v\nfresh      %+v %+v", what, want[i].File.Path, got[i], got[i].Submission, want[i], want[i].Submission)
		}
	}
	return len(read.used)
}

// damage changes a byte of every reading.
func damage(t *testing.T, p *Pipeline) {
	t.Helper()
	ctx := context.Background()
	err := p.writing(ctx, func(w *writer) error {
		known, err := w.book.Readings(ctx, p.readerVersion())
		if err != nil {
			return err
		}
		var all []ledger.Reading
		for hash, data := range known {
			data[len(data)/2] ^= 1
			if _, err := submission.DecodeReading(data); err == nil {
				t.Error("a damaged reading is decoded")
			}
			all = append(all, ledger.Reading{SHA256: hash, ReaderVersion: p.readerVersion(), Blob: data})
		}
		return w.book.SaveReadings(ctx, all)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func definitions(t *testing.T, folder fs.FS) *catalogue.Catalogue {
	t.Helper()
	cat, problems := catalogue.Load(catalogue.FromFolder(folder, "hanoi"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return cat
}

// without gives the definitions with one table empty.
func without(t *testing.T, folder fs.FS, name string) fs.FS {
	t.Helper()
	all := fstest.MapFS{}
	files, err := fs.Glob(folder, "*.csv")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		data, err := fs.ReadFile(folder, file)
		if err != nil {
			t.Fatal(err)
		}
		all[file] = &fstest.MapFile{Data: data}
	}
	for _, table := range catalogue.Headers() {
		if table.Name+".csv" == name {
			all[name] = &fstest.MapFile{Data: table.CSV()}
		}
	}
	return all
}
