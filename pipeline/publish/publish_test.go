package publish

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"tonghop/pipeline/atomicfile"
)

const june = "2025-06"

// draft is a revision whose every file says text.
func draft(number int, text string) Draft {
	d := Draft{
		Period: june, Number: number, Fingerprint: Fingerprint(Part{Name: "text", Data: []byte(text)}),
		About: About{
			AsOf:      time.Date(2025, 6, 18, 6, 0, 0, 0, time.FixedZone("", 7*3600)),
			Program:   "0.1.0",
			Catalogue: Catalogue{ID: "hanoi", SHA256: sum([]byte("catalogue")), Source: "templates/hanoi"},
		},
		Submissions: []string{sum([]byte("b")), sum([]byte("a")), sum([]byte("b"))},
	}
	for _, name := range []string{"report.pdf", "summary.xlsx", "figures.json", "figures.csv", "findings.csv"} {
		d.Files = append(d.Files, file(name, name+": "+text))
	}
	return d
}

func file(name, text string) File { return File{Name: name, Content: atomicfile.Bytes([]byte(text))} }

func accept(context.Context, Published) error { return nil }

func publish(t *testing.T, o Outputs, d Draft) Published {
	t.Helper()
	done, delays, err := o.Revision(t.Context(), d, accept)
	if err != nil || delays != nil {
		t.Fatalf("publish r%d: %v, delayed %v", d.Number, err, delays)
	}
	return done
}

// tree lists every file under a folder with its content, so that "nothing
// changed" can be said of all of it.
func tree(t *testing.T, root string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		name, _ := filepath.Rel(root, path)
		files[filepath.ToSlash(name)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// shows asserts that the copies at the top are those of one revision.
func shows(t *testing.T, o Outputs, number int, text string) {
	t.Helper()
	top := tree(t, filepath.Join(o.Dir, june))
	for _, f := range draft(number, text).Files {
		if want := f.Name + ": " + text; top[f.Name] != want {
			t.Errorf("%s at the top is %q, want %q", f.Name, top[f.Name], want)
		}
	}
	var m Manifest
	if err := json.Unmarshal([]byte(top[ManifestName]), &m); err != nil || m.Revision != number {
		t.Errorf("the manifest at the top is of r%d (%v), want r%d", m.Revision, err, number)
	}
}

func TestRevisionIsWholeBeforeItIsRecordedAndRecordedBeforeItIsShown(t *testing.T) {
	o := Outputs{Dir: t.TempDir()}
	publish(t, o, draft(1, "one"))
	calls := 0
	done, delays, err := o.Revision(t.Context(), draft(2, "two"), func(_ context.Context, p Published) error {
		calls++
		if _, _, err := verify(p.Dir); err != nil {
			t.Errorf("the revision is not whole when it is recorded: %v", err)
		}
		shows(t, o, 1, "one")
		return nil
	})
	if err != nil || delays != nil || calls != 1 {
		t.Fatalf("error %v, delayed %v, recorded %d times", err, delays, calls)
	}
	shows(t, o, 2, "two")
	files := tree(t, filepath.Join(o.Dir, june))
	if sum([]byte(files["revisions/r2/manifest.json"])) != done.ManifestSHA256 {
		t.Error("the sha256 of the manifest is not that of its bytes")
	}
	if files["revisions/r1/report.pdf"] != "report.pdf: one" {
		t.Error("r1 changed")
	}
	if len(files) != 18 {
		t.Errorf("%d files, want 6 at the top and in each revision: %v", len(files), slices.Sorted(maps.Keys(files)))
	}
	current, found, err := o.Current(june)
	if err != nil || !found || current.ManifestSHA256 != done.ManifestSHA256 || current.Manifest.Revision != 2 {
		t.Errorf("current: %+v, %v, %v", current, found, err)
	}
	if info, err := os.Stat(filepath.Join(done.Dir, "summary.xlsx")); err != nil || info.Mode().Perm()&0o222 != 0 {
		t.Errorf("a revision can be saved over: %v, %v", info, err)
	}
}

func TestManifestText(t *testing.T) {
	o := Outputs{Dir: t.TempDir()}
	d := draft(1, "one")
	d.Files = []File{file("figures.csv", "x"), file("báo-cáo.pdf", "yy")}
	d.Fingerprint = "f00d"
	publish(t, o, d)
	submissions := slices.Sorted(slices.Values([]string{sum([]byte("a")), sum([]byte("b"))}))
	want := strings.NewReplacer("<catalogue>", sum([]byte("catalogue")), "<x>", sum([]byte("x")), "<yy>", sum([]byte("yy")),
		"<first>", submissions[0], "<second>", submissions[1]).Replace(`{
  "schema": "tonghop/manifest/1",
  "period": "2025-06",
  "revision": 1,
  "fingerprint": "f00d",
  "as_of": "2025-06-18T06:00:00+07:00",
  "program": "0.1.0",
  "catalogue": {
    "id": "hanoi",
    "sha256": "<catalogue>",
    "source": "templates/hanoi"
  },
  "submissions": [
    "<first>",
    "<second>"
  ],
  "files": [
    {
      "name": "báo-cáo.pdf",
      "sha256": "<yy>",
      "size": 2
    },
    {
      "name": "figures.csv",
      "sha256": "<x>",
      "size": 1
    }
  ]
}
`)
	if got := tree(t, filepath.Join(o.Dir, june))[ManifestName]; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	// The order in which files and submissions come must not show.
	again := Outputs{Dir: t.TempDir()}
	slices.Reverse(d.Files)
	slices.Reverse(d.Submissions)
	publish(t, again, d)
	if !maps.Equal(tree(t, o.Dir), tree(t, again.Dir)) {
		t.Error("another order gave other bytes")
	}
}

func TestRevisionIsNeverOverwritten(t *testing.T) {
	o := Outputs{Dir: t.TempDir()}
	publish(t, o, draft(1, "one"))
	before := tree(t, o.Dir)
	_, _, err := o.Revision(t.Context(), draft(1, "other"), func(context.Context, Published) error {
		t.Error("recorded all the same")
		return nil
	})
	if !errors.Is(err, fs.ErrExist) || !strings.Contains(err.Error(), filepath.Join(june, "revisions", "r1")) {
		t.Errorf("got %v", err)
	}
	if !maps.Equal(before, tree(t, o.Dir)) {
		t.Error("something changed")
	}
}

func TestCopyThatCannotBeReplacedIsDelayed(t *testing.T) {
	o := Outputs{Dir: t.TempDir()}
	publish(t, o, draft(1, "one"))
	// A folder in the place of the file is what no system lets a file replace.
	blocked := filepath.Join(o.Dir, june, "summary.xlsx")
	if err := os.Remove(blocked); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(blocked, "open"), 0o755); err != nil {
		t.Fatal(err)
	}
	_, delays, err := o.Revision(t.Context(), draft(2, "two"), accept)
	if err != nil {
		t.Fatal(err)
	}
	if len(delays) != 1 || delays[0].Path != blocked || delays[0].Err == nil {
		t.Fatalf("delayed %v", delays)
	}
	if top := tree(t, filepath.Join(o.Dir, june)); top["report.pdf"] != "report.pdf: two" || !strings.Contains(top[ManifestName], `"revision": 2`) {
		t.Error("one copy delayed the others")
	}
	if delays, err := o.Refresh(june); err != nil || len(delays) != 1 {
		t.Errorf("still blocked: %v, %v", delays, err)
	}
	if err := os.RemoveAll(blocked); err != nil {
		t.Fatal(err)
	}
	if delays, err := o.Refresh(june); err != nil || delays != nil {
		t.Errorf("free again: %v, %v", delays, err)
	}
	shows(t, o, 2, "two")
}

func TestRefreshLeavesWhatIsRight(t *testing.T) {
	o := Outputs{Dir: t.TempDir()}
	publish(t, o, draft(1, "one"))
	report := filepath.Join(o.Dir, june, "report.pdf")
	old := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	if err := os.Chtimes(report, old, old); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(o.Dir, june, "figures.csv"), []byte("edited"), 0o644); err != nil {
		t.Fatal(err)
	}
	if delays, err := o.Refresh(june); err != nil || delays != nil {
		t.Fatalf("%v, %v", delays, err)
	}
	shows(t, o, 1, "one")
	if info, err := os.Stat(report); err != nil || !info.ModTime().Equal(old) {
		t.Error("a copy that was right was written again")
	}
	if delays, err := o.Refresh("2025-05"); err != nil || delays != nil {
		t.Errorf("a period without revisions: %v, %v", delays, err)
	}
}

// A copy of a file that the newest revision is without would pass for its own.
func TestCopiesOfEarlierFilesAreWithdrawn(t *testing.T) {
	o := Outputs{Dir: t.TempDir()}
	both := draft(1, "one")
	both.Files = append(both.Files, file("report-meeting.pdf", "one"), file("notes.pdf", "one"))
	publish(t, o, both)
	edited := filepath.Join(o.Dir, june, "notes.pdf")
	if err := os.WriteFile(edited, []byte("somebody's"), 0o644); err != nil {
		t.Fatal(err)
	}
	publish(t, o, draft(2, "two"))
	top := tree(t, filepath.Join(o.Dir, june))
	if _, there := top["report-meeting.pdf"]; there {
		t.Error("the copy of r1 stands beside r2")
	}
	if top["notes.pdf"] != "somebody's" || top["revisions/r1/report-meeting.pdf"] != "one" {
		t.Errorf("more was removed than the copy: %v", top)
	}
}

func TestRefreshCopiesNothingDamaged(t *testing.T) {
	o := Outputs{Dir: t.TempDir()}
	done := publish(t, o, draft(1, "one"))
	damage(t, filepath.Join(done.Dir, "figures.json"))
	_, err := o.Refresh(june)
	var damaged *DamagedError
	if !errors.As(err, &damaged) || damaged.Dir != done.Dir || !strings.Contains(err.Error(), "figures.json") {
		t.Errorf("got %v", err)
	}
	shows(t, o, 1, "one")
}

func TestUnwritableOutputs(t *testing.T) {
	o := Outputs{Dir: t.TempDir()}
	publish(t, o, draft(1, "one"))
	before := tree(t, o.Dir)
	// A file where the folder of revisions should be stops every user.
	other := draft(1, "one")
	other.Period = "2025-05"
	blocked := filepath.Join(o.Dir, other.Period)
	if err := os.WriteFile(blocked, []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, _, err := o.Revision(t.Context(), other, accept)
	if err == nil || !strings.Contains(err.Error(), blocked) {
		t.Errorf("the error names no path: %v", err)
	}
	if err := os.Remove(blocked); err != nil {
		t.Fatal(err)
	}
	if !maps.Equal(before, tree(t, o.Dir)) {
		t.Error("the outputs changed")
	}
}

func TestReadOnlyOutputs(t *testing.T) {
	if runtime.GOOS == "windows" || os.Geteuid() == 0 {
		t.Skip("the rights of a folder do not bind this user")
	}
	o := Outputs{Dir: t.TempDir()}
	publish(t, o, draft(1, "one"))
	revisions := o.revisions(june)
	if err := os.Chmod(revisions, 0o555); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(revisions, 0o755) })
	_, _, err := o.Revision(t.Context(), draft(2, "two"), accept)
	if !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), filepath.Join(revisions, "r2")) {
		t.Errorf("got %v", err)
	}
	shows(t, o, 1, "one")
}

func TestCancelledBeforeAndAfterTheRevisionIsInPlace(t *testing.T) {
	o := Outputs{Dir: t.TempDir()}
	ctx, cancel := context.WithCancel(t.Context())
	_, _, err := o.Revision(ctx, draft(1, "one"), func(ctx context.Context, _ Published) error {
		cancel()
		return ctx.Err()
	})
	if err != nil {
		t.Errorf("cancelled while recording: %v", err)
	}
	shows(t, o, 1, "one")
	if _, _, err := o.Revision(ctx, draft(2, "two"), accept); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled before: %v", err)
	}
	if numbers, err := o.numbers(june); err != nil || !slices.Equal(numbers, []int{1}) {
		t.Errorf("revisions %v, %v", numbers, err)
	}
}

func TestDraftsThatAreRefused(t *testing.T) {
	refused := map[string]func(*Draft){
		"a period that climbs out": func(d *Draft) { d.Period = "../2025-06" },
		"a period in other words":  func(d *Draft) { d.Period = "2025-q2" },
		"latest":                   func(d *Draft) { d.Period = "latest" },
		"no period":                func(d *Draft) { d.Period = "" },
		"r0":                       func(d *Draft) { d.Number = 0 },
		"no files":                 func(d *Draft) { d.Files = nil },
		"a file in a folder":       func(d *Draft) { d.Files[0].Name = "a/b" },
		"a file above":             func(d *Draft) { d.Files[0].Name = ".." },
		"a stream":                 func(d *Draft) { d.Files[0].Name = "report.pdf:x" },
		"a hidden file":            func(d *Draft) { d.Files[0].Name = ".report" },
		"a name twice":             func(d *Draft) { d.Files[0].Name = "Summary.XLSX" },
		"the manifest's name":      func(d *Draft) { d.Files[0].Name = "Manifest.json" },
	}
	for name, change := range refused {
		o := Outputs{Dir: t.TempDir()}
		d := draft(1, "one")
		change(&d)
		if _, _, err := o.Revision(t.Context(), d, accept); err == nil {
			t.Errorf("%s: published", name)
		}
		if entries, err := os.ReadDir(o.Dir); err != nil || len(entries) != 0 {
			t.Errorf("%s: left %v, %v", name, entries, err)
		}
	}
	for _, span := range []string{"2025-Q2", "2025-H1", "2025-9M", "2025"} {
		o := Outputs{Dir: t.TempDir()}
		d := draft(1, "one")
		d.Period = span
		publish(t, o, d)
	}
}

func damage(t *testing.T, path string) {
	t.Helper()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("damaged"), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestFingerprint(t *testing.T) {
	part := func(name, data string) Part { return Part{Name: name, Data: []byte(data)} }
	a, b := part("catalogue", "1"), part("settings", "2")
	if Fingerprint(a, b) != Fingerprint(b, a) {
		t.Error("the order of the parts shows")
	}
	distinct := [][]Part{
		{}, {a}, {b}, {a, b}, {a, a}, {part("catalogue", "")}, {part("", "catalogue")}, {part("catalogue1", "")},
		{part("", "")}, {part("", ""), part("", "")}, {part("catalogue", "12")}, {part("catalogue", "1\x00settings\x002")},
		{part("catalogue", "2"), part("settings", "1")},
	}
	seen := map[string][]Part{}
	for _, parts := range distinct {
		f := Fingerprint(parts...)
		if other, taken := seen[f]; taken {
			t.Errorf("%v and %v have one fingerprint", other, parts)
		}
		seen[f] = parts
	}
	parts := []Part{b, a}
	Fingerprint(parts...)
	if !reflect.DeepEqual(parts, []Part{b, a}) {
		t.Error("the caller's parts were put in another order")
	}
}

// A file that was damaged since the revision was looked at is not copied.
func TestWhatIsCopiedIsLookedAtAgain(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "figures.csv"), []byte("41"), 0o600); err != nil {
		t.Fatal(err)
	}
	for content, damagedNow := range map[string]bool{"41": false, "14": true} {
		var damaged *DamagedError
		err := copyOf(dir, Entry{Name: "figures.csv", SHA256: sum([]byte(content)), Size: 2})(io.Discard)
		if errors.As(err, &damaged) != damagedNow || !damagedNow && err != nil {
			t.Errorf("listed as %s: %v", content, err)
		}
	}
}
