package watch_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tonghop/pipeline/watch"
)

// scene is a folder, its watcher and a clock.
type scene struct {
	*testing.T
	dir    string
	folder *watch.Folder
	now    time.Time
}

const settle = 10 * time.Second

func newScene(t *testing.T) *scene {
	dir := filepath.Join(t.TempDir(), "share")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	skip := func(base string, folder bool) bool {
		return folder && base == "_phan-hoi" || strings.HasPrefix(base, "~$")
	}
	return &scene{T: t, dir: dir, folder: watch.NewFolder(dir, settle, skip, time.Time{}), now: time.Date(2025, 6, 16, 8, 0, 0, 0, time.UTC)}
}

func (s *scene) write(name, content string) {
	s.Helper()
	path := filepath.Join(s.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		s.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		s.Fatal(err)
	}
	if err := os.Chtimes(path, s.now, s.now); err != nil {
		s.Fatal(err)
	}
}

// after lets time pass and looks.
func (s *scene) after(d time.Duration) watch.Changes {
	s.Helper()
	s.now = s.now.Add(d)
	c, err := s.folder.Look(s.now)
	if err != nil {
		s.Fatal(err)
	}
	for _, paths := range [][]string{c.Settled, c.Moving} {
		for i := range paths {
			paths[i] = filepath.ToSlash(paths[i])
		}
	}
	return c
}

func (s *scene) expect(c watch.Changes, settled, moving string) {
	s.Helper()
	if got := strings.Join(c.Settled, " "); got != settled {
		s.Errorf("settled %q, want %q", got, settled)
	}
	if got := strings.Join(c.Moving, " "); got != moving {
		s.Errorf("moving %q, want %q", got, moving)
	}
}

func TestAFileIsHandedOnOnceWhenItHasSettled(t *testing.T) {
	s := newScene(t)
	s.write("2025-06/ba-dinh.xlsx", "41")
	s.expect(s.after(time.Second), "", "2025-06/ba-dinh.xlsx")
	s.expect(s.after(settle-2*time.Second), "", "2025-06/ba-dinh.xlsx")
	s.expect(s.after(time.Second), "2025-06/ba-dinh.xlsx", "")
	s.expect(s.after(time.Hour), "", "")
}

// Who begins to watch need not wait for files that have lain there for long; one
// that comes later may have been given an old time before it was whole.
func TestOldFilesAreSettledAtTheFirstLook(t *testing.T) {
	s := newScene(t)
	s.write("old.xlsx", "1")
	s.now = s.now.Add(time.Hour)
	s.write("young.xlsx", "1")
	s.expect(s.after(time.Second), "old.xlsx", "young.xlsx")
	s.now = s.now.Add(-time.Hour)
	s.write("copied.xlsx", "1")
	s.now = s.now.Add(time.Hour)
	s.expect(s.after(time.Second), "", "copied.xlsx young.xlsx")
	s.expect(s.after(settle), "copied.xlsx young.xlsx", "")
}

func TestAFileThatGrowsSlowlyIsHandedOnWhole(t *testing.T) {
	s := newScene(t)
	s.write("quick.xlsx", "1")
	content := ""
	for range 20 {
		content += "part "
		s.write("slow.xlsx", content)
		c := s.after(settle / 2)
		if slices.Contains(c.Settled, "slow.xlsx") {
			t.Fatal("a file was handed on while it grew")
		}
	}
	s.expect(s.after(settle), "slow.xlsx", "")
}

func TestAGrowingFileKeepsNoOtherWaiting(t *testing.T) {
	s := newScene(t)
	s.write("quick.xlsx", "1")
	s.write("slow.xlsx", "1")
	s.after(time.Second)
	s.write("slow.xlsx", "12")
	s.expect(s.after(settle), "quick.xlsx", "slow.xlsx")
}

func TestChangedRenamedAndRemovedFilesAreChanges(t *testing.T) {
	s := newScene(t)
	s.write("a.xlsx", "1")
	s.write("b.xlsx", "1")
	s.after(0)
	s.expect(s.after(settle), "a.xlsx b.xlsx", "")

	s.write("a.xlsx", "2") // the same size at another time
	if err := os.Rename(filepath.Join(s.dir, "b.xlsx"), filepath.Join(s.dir, "c.xlsx")); err != nil {
		t.Fatal(err)
	}
	s.expect(s.after(time.Second), "", "a.xlsx b.xlsx c.xlsx")
	s.expect(s.after(settle), "a.xlsx b.xlsx c.xlsx", "")
	s.expect(s.after(settle), "", "")
}

func TestAFileThatCameAndWentIsNoNews(t *testing.T) {
	s := newScene(t)
	s.write("a.xlsx", "1")
	s.after(0)
	if err := os.Remove(filepath.Join(s.dir, "a.xlsx")); err != nil {
		t.Fatal(err)
	}
	s.expect(s.after(time.Second), "", "")
	s.expect(s.after(settle), "", "")
}

func TestWhatIsSkippedIsNoNews(t *testing.T) {
	s := newScene(t)
	s.write("2025-06/_phan-hoi/HN-001.xlsx", "1")
	s.write("2025-06/~$ba-dinh.xlsx", "lock")
	s.after(0)
	s.expect(s.after(settle), "", "")
}

func TestWhatCouldNotBeTakenIsHandedOnAgain(t *testing.T) {
	s := newScene(t)
	s.write("a.xlsx", "1")
	s.after(0)
	s.after(settle)
	s.folder.Again(s.now, "a.xlsx", "never seen.xlsx")
	s.expect(s.after(time.Second), "", "a.xlsx")
	s.expect(s.after(settle), "a.xlsx", "")
	s.expect(s.after(settle), "", "")
}

// A share that went away and came back has lost nothing and brought nothing.
func TestAShareThatWasAwayIsNotAnEmptyFolder(t *testing.T) {
	s := newScene(t)
	s.write("a.xlsx", "1")
	s.after(0)
	s.after(settle)
	away := s.dir + " away"
	if err := os.Rename(s.dir, away); err != nil {
		t.Fatal(err)
	}
	s.now = s.now.Add(time.Minute)
	if _, err := s.folder.Look(s.now); !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("looked into a folder that is away: %v", err)
	}
	if err := os.Rename(away, s.dir); err != nil {
		t.Fatal(err)
	}
	s.expect(s.after(time.Minute), "", "")
	s.write("b.xlsx", "1")
	s.expect(s.after(time.Second), "", "b.xlsx")
	s.expect(s.after(settle), "b.xlsx", "")
}

// When a file came is known to lie between two looks.
func TestArrivalLiesBetweenTwoLooks(t *testing.T) {
	s := newScene(t)
	earlier := s.now.Add(-time.Hour)
	s.folder = watch.NewFolder(s.dir, settle, func(string, bool) bool { return false }, earlier)
	arrived := func(name string, after, by time.Time) {
		t.Helper()
		if a, b := s.folder.Arrived(name, s.now); !a.Equal(after) || !b.Equal(by) {
			t.Errorf("%s arrived between %s and %s, want %s and %s", name, a, b, after, by)
		}
	}
	s.write("while nobody looked.xlsx", "1")
	s.after(time.Second)
	first := s.now
	arrived("while nobody looked.xlsx", earlier, first)
	s.write("new.xlsx", "1")
	arrived("new.xlsx", first, s.now)
	s.after(time.Minute)
	second := s.now
	arrived("new.xlsx", first, second)
	s.after(time.Minute)
	arrived("new.xlsx", first, second)
	s.write("new.xlsx", "12")
	s.after(time.Minute)
	arrived("new.xlsx", second.Add(time.Minute), s.now)
	if got := s.folder.Last(); !got.Equal(s.now) {
		t.Errorf("last look %s, want %s", got, s.now)
	}
}

// BenchmarkLook tells what a poll of a folder costs in which nothing is new.
func BenchmarkLook(b *testing.B) {
	dir := b.TempDir()
	for i := range 5000 {
		name := filepath.Join(dir, string(rune('a'+i%26)), "x")
		if err := os.MkdirAll(name, 0o755); err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(name, time.Duration(i).String()+".xlsx"), nil, 0o644); err != nil {
			b.Fatal(err)
		}
	}
	f := watch.NewFolder(dir, settle, func(string, bool) bool { return false }, time.Time{})
	now := time.Date(2025, 6, 16, 8, 0, 0, 0, time.UTC)
	for b.Loop() {
		now = now.Add(time.Minute)
		if _, err := f.Look(now); err != nil {
			b.Fatal(err)
		}
	}
}
