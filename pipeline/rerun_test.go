package pipeline_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/wording"
	"tonghop/templates"
)

var latest = period.Selector{Kind: period.Latest}

// again runs as a command does: what the last run told, or else a run.
func (o office) again(told string) (spared bool, out pipeline.Outcome) {
	o.t.Helper()
	r := o.Rerun(latest, time.Time{}, "text")
	if said, ok := r.Told(o.t.Context()); ok {
		if string(said) != told {
			o.t.Errorf("told %q, want %q", said, told)
		}
		return true, out
	}
	out, err := o.Run(o.t.Context(), latest, time.Time{})
	if err != nil {
		o.t.Fatal(err)
	}
	r.Keep(o.t.Context(), out, []byte(told))
	return false, out
}

// spared reports whether a run would be.
func (o office) spared() bool {
	o.t.Helper()
	_, ok := o.Rerun(latest, time.Time{}, "text").Told(o.t.Context())
	return ok
}

func (o office) read(path string) []byte {
	o.t.Helper()
	data, err := os.ReadFile(path)
	o.must(err)
	return data
}

// swap changes one byte of a file and nothing that a listing shows.
func (o office) swap(path string, at int) {
	o.t.Helper()
	info, err := os.Stat(path)
	o.must(err)
	data := bytes.Clone(o.read(path))
	data[(at+len(data))%len(data)] ^= 1
	o.must(os.Chmod(path, 0o644))
	o.must(os.WriteFile(path, data, 0o644))
	o.must(os.Chmod(path, info.Mode()))
	o.must(os.Chtimes(path, info.ModTime(), info.ModTime()))
}

func rerunOffice(t *testing.T) office {
	t.Helper()
	o := newOffice(t)
	o.Build = "of the test"
	o.send("2025-06/ba-dinh.xlsx", "HN-001", june, 5, 1)
	o.send("2025-06/hoan-kiem.xlsx", "HN-002", june, 7, 1)
	return o
}

// A run is spared after one that found nothing to do, and would find nothing itself.
func TestARunThatWouldFindNothingNewIsSpared(t *testing.T) {
	o := rerunOffice(t)
	if spared, out := o.again("first"); spared || out.Unchanged {
		t.Fatalf("the first run: spared %t, unchanged %t", spared, out.Unchanged)
	}
	if spared, out := o.again("first"); spared || !out.Unchanged {
		t.Fatalf("a run after one that published: spared %t, unchanged %t", spared, out.Unchanged)
	}
	before := o.everything()
	for range 2 {
		if spared, _ := o.again("first"); !spared {
			t.Fatal("an unchanged rerun was not spared")
		}
	}
	if o.everything() != before {
		t.Error("asking changed something")
	}
	note := filepath.Join(o.State, "last-run.json")
	for at := 0; at < len(o.read(note)); at += 13 {
		o.swap(note, at)
		if o.spared() {
			t.Fatalf("told from a note that is damaged at byte %d", at)
		}
		o.swap(note, at)
	}
	o.must(os.Remove(note))
	if spared, out := o.again("second"); spared || !out.Unchanged || out.Revision.Manifest.Revision != 1 {
		t.Errorf("without its note: spared %t, unchanged %t", spared, out.Unchanged)
	}
	if !o.spared() {
		t.Error("a run that found nothing to do is not noted")
	}
	o.Now = func() time.Time { return clock.Add(2 * time.Hour) }
	if !o.spared() {
		t.Error("two hours later is another day")
	}
}

// Whatever changes, wherever, a run is made: by name, time or content, in the inputs, the
// ledger or what is published.
func TestARunIsMadeAfterEveryChange(t *testing.T) {
	o := rerunOffice(t)
	in := func(name string) string { return filepath.Join(o.Inputs, name) }
	one := func(folder, pattern string) string {
		t.Helper()
		found, err := filepath.Glob(filepath.Join(folder, pattern))
		if err != nil || len(found) == 0 {
			t.Fatalf("%s: %q, %v", pattern, found, err)
		}
		return found[0]
	}
	published := filepath.Join(o.Outputs, "2025-06")
	changes := []struct {
		name   string
		change func()
	}{
		{"a first run", func() {}},
		{"content alone", func() { // another number, under the old time and size
			path := in("2025-06/ba-dinh.xlsx")
			info, err := os.Stat(path)
			o.must(err)
			o.send("2025-06/ba-dinh.xlsx", "HN-001", june, 6, 1)
			o.must(os.Chtimes(path, info.ModTime(), info.ModTime()))
			if again, err := os.Stat(path); err != nil || again.Size() != info.Size() {
				t.Fatalf("%d bytes and %d, %v: the change shows in a listing", info.Size(), again.Size(), err)
			}
		}},
		{"a file touched", func() { o.received(in("2025-06/ba-dinh.xlsx"), clock.Add(-2*time.Hour)) }},
		{"a new file", func() { o.send("2025-06/cau-giay.xlsx", "HN-005", june, 1, 1) }},
		{"a file that is no report", func() { o.write(in("ghi-chu.txt"), []byte("họp")) }},
		{"a file renamed", func() { o.must(os.Rename(in("2025-06/cau-giay.xlsx"), in("2025-06/cg.xlsx"))) }},
		{"a file removed", func() { o.must(os.Remove(in("ghi-chu.txt"))) }},
		{"an empty folder", func() { o.must(os.Mkdir(in("2025-07"), 0o755)) }},
		{"the register of receipts", func() {
			o.write(in("so-nhan.csv"), []byte("file,received_at,channel\n2025-06/ba-dinh.xlsx,2025-06-16 09:00,email\n"))
		}},
		{"a table of decisions", func() { o.rule("quyet-dinh.csv", corrected) }},
		{"its content alone", func() { o.swap(in(pipeline.OfficeFolder+"/quyet-dinh.csv"), -3) }},
		{"a decision by command", func() {
			_, err := o.Decide(t.Context(), map[string]string{"kind": "rút quyết định", "old_value": "QD-1", "by": "Lan", "basis": "nhầm"})
			o.must(err)
		}},
		{"a copy at the top", func() { o.swap(filepath.Join(published, "figures.csv"), 100) }},
		{"a copy at the top removed", func() { o.must(os.Remove(filepath.Join(published, "report.pdf"))) }},
		{"an answer removed", func() { o.must(os.Remove(one(filepath.Join(published, "feedback"), "HN-002*.xlsx"))) }},
		{"an answer touched", func() { o.received(one(filepath.Join(published, "feedback"), "HN-002*.pdf"), clock) }},
		{"a kept original removed", func() {
			hash := fmt.Sprintf("%x", sha256.Sum256(o.read(in("2025-06/ba-dinh.xlsx"))))
			o.must(os.Remove(one(filepath.Join(o.State, "originals"), "*/"+hash+"*")))
		}},
		{"what a stopped run left", func() { o.write(filepath.Join(published, ".tonghop-tmp-1-report.pdf"), []byte("%PDF")) }},
	}
	var standing pipeline.Outcome
	half := filepath.Join(o.State, ".last-run.json.0123456789abcdef.tmp")
	o.write(half, []byte("{"))
	for _, c := range changes {
		c.change()
		if o.spared() {
			t.Fatalf("after %s no run was made", c.name)
		}
		_, standing = o.again(c.name)
		o.again(c.name)
		if !o.spared() {
			t.Fatalf("after %s and a run, another run was made", c.name)
		}
	}
	if _, err := os.Lstat(half); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a note that was half written stays: %v", err)
	}
	o.swap(filepath.Join(standing.Revision.Dir, "figures.json"), 100)
	if o.spared() {
		t.Error("after damage to the revision that stands no run was made")
	}
}

// Every setting, the day, the language, the definitions and the program are premises.
func TestARunIsMadeUnderOtherPremises(t *testing.T) {
	o := rerunOffice(t)
	o.again("text")
	o.again("text")
	if !o.spared() {
		t.Fatal("not spared")
	}
	settings := reflect.ValueOf(o.Pipeline).Elem()
	for i := range settings.NumField() {
		field, name := settings.Field(i), settings.Type().Field(i).Name
		if strings.Contains(settings.Type().Field(i).Tag.Get("json"), "-") {
			continue // those below
		}
		was := reflect.New(field.Type()).Elem()
		was.Set(field)
		alter(t, name, field)
		if o.spared() {
			t.Errorf("under another %s no run was made", name)
		}
		field.Set(was)
	}
	book, err := wording.Load(templates.FS)
	o.must(err)
	before := *o.Pipeline
	for name, change := range map[string]func(){
		"day":         func() { o.Now = func() time.Time { return clock.Add(24 * time.Hour) } },
		"language":    func() { o.Phrases = book.In(wording.English) },
		"timetable":   func() { o.Timetable.Deadline.Day++ },
		"zone":        func() { o.Timetable.Zone = time.UTC },
		"catalogue":   func() { c := *o.Catalogue; c.SHA256 = strings.Repeat("0", 64); o.Catalogue = &c },
		"bridge":      func() { o.Catalogue = o.Catalogue.Bridged("other") },
		"a watcher":   func() { o.Arrived = func(string, time.Time) (r submission.Receipt, ok bool) { return r, false } },
		"no progress": func() { o.Progress = nil; o.Build = "" },
	} {
		change()
		if o.spared() {
			t.Errorf("under another premise no run was made: %s", name)
		}
		*o.Pipeline = before
	}
	own, err := book.WithParagraphs(os.DirFS("../templates/wording"), "own")
	if err == nil {
		o.Phrases = own.In(wording.Vietnamese)
		if o.spared() {
			t.Error("with the office's own templates no run was made")
		}
		*o.Pipeline = before
	}
	if _, ok := o.Rerun(latest, time.Time{}, "json").Told(t.Context()); ok {
		t.Error("told in another way than asked")
	}
	if _, ok := o.Rerun(period.Selector{Kind: period.Previous}, time.Time{}, "text").Told(t.Context()); ok {
		t.Error("told of another period than asked")
	}
	if _, ok := o.Rerun(latest, clock, "text").Told(t.Context()); ok {
		t.Error("told as of another instant than asked")
	}
	if !o.spared() {
		t.Error("under the same premises a run was made")
	}
}

// alter gives a setting another value.
func alter(t *testing.T, name string, v reflect.Value) {
	t.Helper()
	switch v.Kind() {
	case reflect.String:
		v.SetString(v.String() + "x")
	case reflect.Int, reflect.Int64:
		v.SetInt(v.Int() + 1)
	case reflect.Float64:
		v.SetFloat(v.Float() + 1)
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).Kind() != reflect.Struct {
				alter(t, name, v.Field(i))
				return
			}
		}
	default:
		t.Fatalf("%s: no way to alter a %s", name, v.Kind())
	}
}

// What a run finds behind links no listing shows: such a run is always made. A report that
// is gone from the inputs counts from its kept original, which is a premise, too.
func TestWhatAListingDoesNotShowIsNotNoted(t *testing.T) {
	o := rerunOffice(t)
	o.State = filepath.Join(o.Outputs, "so") // the one in the other, as in a small office
	settled := func() bool {
		o.again("")
		o.again("")
		return o.spared()
	}
	if !settled() {
		t.Fatal("with the state among the outputs nothing was noted")
	}
	moved := filepath.Join(t.TempDir(), "moved")
	month := filepath.Join(o.Outputs, "2025-06")
	for _, folder := range []string{month, filepath.Join(o.State, "originals")} {
		o.must(os.Rename(folder, moved))
		if err := os.Symlink(moved, folder); err != nil {
			t.Skip(err) // Windows lets not everybody make links
		}
		if settled() {
			t.Errorf("noted with a link at %s", folder)
		}
		o.must(os.Remove(folder))
		o.must(os.Rename(moved, folder))
		if !settled() {
			t.Errorf("not noted without a link at %s", folder)
		}
	}
	o.must(os.Remove(filepath.Join(o.Inputs, "2025-06/ba-dinh.xlsx")))
	if !settled() {
		t.Error("not noted with a report that counts from its kept original")
	}
	kept, err := filepath.Glob(filepath.Join(o.State, "originals", "*", "*"))
	o.must(err)
	for _, path := range kept {
		o.swap(path, 100)
	}
	if o.spared() {
		t.Error("after damage to a kept original that counts no run was made")
	}
}

// What waits for time to pass, was done by halves or changed since it was looked at is
// not noted.
func TestWhatIsNotSettledIsNotNoted(t *testing.T) {
	o := rerunOffice(t)
	half := filepath.Join(o.Inputs, "2025-06/tay-ho.xlsx")
	o.write(half, make([]byte, 4096)) // a copy under way: zeros, and young
	o.received(half, clock)
	o.again("")
	o.again("")
	if o.spared() {
		t.Error("with a file that is still being written")
	}
	o.must(os.Remove(half))
	register := filepath.Join(o.Inputs, "so-nhan.csv")
	o.write(register, []byte("file,received_at\n2025-06/ba-dinh.xlsx,2025-06-18 15:00\n")) // an hour after the clock
	o.again("")
	o.again("")
	if o.spared() {
		t.Error("with a row of the register that is of a later hour")
	}
	o.must(os.Remove(register))
	o.again("")

	r := o.Rerun(latest, time.Time{}, "text")
	if _, ok := r.Told(t.Context()); ok {
		t.Fatal("spared")
	}
	out, err := o.Run(t.Context(), latest, time.Time{})
	o.must(err)
	o.send("2025-06/cau-giay.xlsx", "HN-005", june, 1, 1)
	r.Keep(t.Context(), out, nil)
	if o.spared() {
		t.Error("with a file that came during the run")
	}
	o.again("")
	o.again("")
	if !o.spared() {
		t.Error("in the end nothing was noted")
	}
}
