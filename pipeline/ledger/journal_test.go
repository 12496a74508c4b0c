package ledger

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// filled is a closed ledger with something of everything in it, and its originals.
func filled(t *testing.T) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "state", "ledger.db")
	l := open(t, path)
	a, b := received("2025-06/ba-đình.xlsx"), received("b.xlsx")
	b.Unit, b.Period = "", ""
	for _, f := range []Received{a, b} {
		if err := l.Keep(f.SHA256, []byte(f.Path)); err != nil {
			t.Fatal(err)
		}
	}
	receive(t, l, a, b)
	b.Unit, b.Period = "HN-002", "2025-06"
	receive(t, l, a, b)
	if err := l.Gone(ctx, at(19, 3), b.Key()); err != nil {
		t.Fatal(err)
	}
	command := decided("L-1")
	command.Path, command.SHA256 = "", ""
	decide(t, l, command)
	imports(t, l)
	dues(t, l)
	r := revision(1)
	r.Submissions = []string{a.SHA256}
	if err := l.Publish(ctx, r); err != nil {
		t.Fatal(err)
	}
	if err := l.SaveReadings(ctx, []Reading{{SHA256: a.SHA256, ReaderVersion: "1"}}); err != nil {
		t.Fatal(err)
	}
	return path
}

func all(t *testing.T, path string) []entry {
	t.Helper()
	l, err := OpenReading(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	entries, err := l.entries(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return entries
}

func lines(t *testing.T, path string) []string {
	t.Helper()
	data, err := os.ReadFile(journalPath(path))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func reopen(t *testing.T, path string) {
	t.Helper()
	l, err := Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
}

func sound(t *testing.T, path string) *Examination {
	t.Helper()
	x, err := Examine(ctx, path)
	if err != nil || len(x.Problems) > 0 {
		t.Fatalf("%+v, %v", x, err)
	}
	return x
}

func TestJournalSaysEachChangeOnce(t *testing.T) {
	path := filled(t)
	var kinds []string
	w, err := readJournal(journalPath(path))
	if err != nil {
		t.Fatal(err)
	}
	entries, err := w.entries(0)
	for _, e := range entries {
		kinds = append(kinds, string(e.Kind))
	}
	// Seen again without news, and a reading, are no lines.
	if got := strings.Join(kinds, " "); err != nil || got != "received received received withdrawn decided imported import-withdrawn imported due due due due published" {
		t.Errorf("%s, %v", got, err)
	}
}

func TestLedgerWithoutAJournalGetsOne(t *testing.T) {
	path := filled(t)
	before := all(t, path)
	if err := os.Remove(journalPath(path)); err != nil {
		t.Fatal(err)
	}
	reopen(t, path)
	if x := sound(t, path); x.Lines != len(before) || x.Pending != 0 {
		t.Errorf("%+v", x)
	}
	if _, err := Rebuild(ctx, path); err != nil || !reflect.DeepEqual(before, all(t, path)) {
		t.Errorf("not equal, %v", err)
	}
}

func TestStoppedBetweenJournalAndCommit(t *testing.T) {
	path := filled(t)
	older := filepath.Join(t.TempDir(), "ledger.db")
	l := open(t, path)
	if _, err := l.db.Exec(`VACUUM INTO ?`, older); err != nil {
		t.Fatal(err)
	}
	if err := l.Publish(ctx, revision(2)); err != nil {
		t.Fatal(err)
	}
	want := all(t, path)
	// The state as it stood when the line was written and not entered.
	write(t, journalPath(older), strings.Join(lines(t, path), "\n")+"\n")
	if err := os.CopyFS(filepath.Join(filepath.Dir(older), "originals"), os.DirFS(filepath.Join(filepath.Dir(path), "originals"))); err != nil {
		t.Fatal(err)
	}
	if x := sound(t, older); x.Pending != 1 {
		t.Errorf("%+v", x)
	}
	reopen(t, older)
	if x := sound(t, older); x.Pending != 0 || !reflect.DeepEqual(want, all(t, older)) {
		t.Errorf("not entered: %+v", x)
	}
}

func TestTornLastLineIsCutOffWithANote(t *testing.T) {
	path := filled(t)
	before := all(t, path)
	whole := strings.Join(lines(t, path), "\n") + "\n"
	last := lines(t, path)
	for _, torn := range []string{"{", last[len(last)-1], `{"previous":"ab`} {
		write(t, journalPath(path), whole+torn)
		if x := sound(t, path); x.Torn != len(torn) {
			t.Errorf("%+v", x)
		}
		reopen(t, path)
		got := lines(t, path)
		if !strings.Contains(got[len(got)-1], `"kind":"cut"`) || !reflect.DeepEqual(before, all(t, path)) {
			t.Errorf("after %q: %s", torn, got[len(got)-1])
		}
		if x := sound(t, path); x.Torn != 0 || x.Pending != 0 {
			t.Errorf("%+v", x)
		}
		whole = strings.Join(got, "\n") + "\n"
	}
}

func TestBreaksAreToldByLine(t *testing.T) {
	cases := map[string]struct {
		spoil func([]string) []string
		fault Fault
		name  string
	}{
		"a figure changed": {func(l []string) []string {
			l[1] = strings.Replace(l[1], `"size":1234`, `"size":1235`, 1)
			return l
		}, JournalBroken, "3"},
		"a line lost":          {func(l []string) []string { return append(l[:2:2], l[3:]...) }, JournalBroken, "3"},
		"two lines exchanged":  {func(l []string) []string { l[2], l[3] = l[3], l[2]; return l }, JournalBroken, "3"},
		"no JSON":              {func(l []string) []string { l[4] = "x"; return l }, JournalBroken, "5"},
		"an empty line":        {func(l []string) []string { return append(l, "") }, JournalBroken, "14"},
		"the end lost":         {func(l []string) []string { return l[:4] }, JournalBehind, ""},
		"last line changed":    {func(l []string) []string { l[12] = strings.Replace(l[12], "2025-06", "2025-07", 1); return l }, JournalBehind, ""},
		"a kind without facts": {func(l []string) []string { l[12] = strings.Replace(l[12], "revision", "elsewhere", 1); return l }, JournalBroken, "13"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			path := filled(t)
			write(t, journalPath(path), strings.Join(c.spoil(lines(t, path)), "\n")+"\n")
			x, err := Examine(ctx, path)
			if err != nil || len(x.Problems) != 1 || x.Problems[0].Fault != c.fault || c.name != "" && x.Problems[0].Name != c.name {
				t.Fatalf("%+v, %v", x, err)
			}
			before, journal := all(t, path), lines(t, path)
			if _, err := Rebuild(ctx, path); err == nil {
				t.Error("rebuilt")
			}
			if !reflect.DeepEqual(before, all(t, path)) || !reflect.DeepEqual(journal, lines(t, path)) {
				t.Error("something was changed")
			}
		})
	}
}

func TestJournalOfANewerProgram(t *testing.T) {
	path := filled(t)
	w, err := readJournal(journalPath(path))
	if err != nil {
		t.Fatal(err)
	}
	text, _, err := chain([]entry{{Kind: "signed"}}, sum(w.lines[len(w.lines)-1]))
	if err != nil {
		t.Fatal(err)
	}
	data, _ := os.ReadFile(journalPath(path))
	write(t, journalPath(path), string(data)+string(text))
	var newer *NewerError
	if _, err := Open(ctx, path); !errors.As(err, &newer) {
		t.Errorf("opened: %v", err)
	}
	if _, err := Rebuild(ctx, path); !errors.As(err, &newer) {
		t.Errorf("rebuilt: %v", err)
	}
}

func TestLedgerThatDiffersFromItsJournal(t *testing.T) {
	path := filled(t)
	l := open(t, path)
	if _, err := l.db.Exec(`UPDATE decided SET content = 'other' WHERE id = 'L-1'`); err != nil {
		t.Fatal(err)
	}
	x, err := Examine(ctx, path)
	if err != nil || len(x.Problems) != 1 || x.Problems[0].Fault != JournalDiffers || x.Problems[0].Name != "L-1" {
		t.Errorf("%+v, %v", x, err)
	}
}

func TestJournalThatCannotBeWrittenStopsTheChange(t *testing.T) {
	path := filled(t)
	l := open(t, path)
	if err := os.Rename(journalPath(path), journalPath(path)+".away"); err != nil {
		t.Fatal(err)
	}
	before := all(t, path)
	if err := l.Publish(ctx, revision(2)); err == nil || !strings.Contains(err.Error(), "journal.jsonl") {
		t.Errorf("got %v", err)
	}
	if err := os.Rename(journalPath(path)+".away", journalPath(path)); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(before, all(t, path)) {
		t.Error("the change stands in the ledger alone")
	}
	if err := l.Publish(ctx, revision(2)); err == nil {
		t.Error("went on after a journal that may be ahead")
	}
	reopen(t, path)
	again := open(t, path)
	if err := again.Publish(ctx, revision(2)); err != nil {
		t.Error(err)
	}
	sound(t, path)
}

func TestExamineOriginals(t *testing.T) {
	path := filled(t)
	if x := sound(t, path); x.Received != 2 || x.Withdrawn != 1 || x.Decisions != 1 || x.Imports != 2 || x.Publications != 1 || x.Dues != 2 || x.Originals != 3 || x.Lines != 13 {
		t.Errorf("%+v", x)
	}
	a, b := received("2025-06/ba-đình.xlsx"), received("b.xlsx")
	kept := func(hash string) string { return filepath.Join(filepath.Dir(path), "originals", hash[:2], hash) }
	write(t, kept(a.SHA256), "changed")
	if err := os.Remove(kept(b.SHA256)); err != nil {
		t.Fatal(err)
	}
	x, err := Examine(ctx, path)
	want := []Problem{{OriginalDamaged, a.Path, kept(a.SHA256)}, {OriginalMissing, b.Path, kept(b.SHA256)}}
	if err != nil || !reflect.DeepEqual(x.Problems, want) {
		t.Errorf("%+v, %v", x, err)
	}
}

func TestExamineADamagedDatabase(t *testing.T) {
	path := filled(t)
	reopen(t, path)
	l := open(t, path)
	if _, err := l.db.Exec(`PRAGMA wal_checkpoint(TRUNCATE)`); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(t.TempDir(), "ledger.db")
	at := bytes.Index(data, []byte("ba-đình"))
	copy(data[at&^4095:], bytes.Repeat([]byte{0xff}, 4096)) // a page
	write(t, other, string(data))
	x, err := Examine(ctx, other)
	if err != nil || len(x.Problems) == 0 || x.Problems[0].Fault != DatabaseDamaged {
		t.Errorf("%+v, %v", x, err)
	}
}
