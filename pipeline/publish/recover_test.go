package publish

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
)

func known(numbers ...int) map[string][]int { return map[string][]int{june: numbers} }

func TestStoppedBeforeTheRevisionWasRecorded(t *testing.T) {
	o := Outputs{Dir: t.TempDir()}
	publish(t, o, draft(1, "one"))
	stopped := errors.New("stopped")
	var written Published
	_, _, err := o.Revision(t.Context(), draft(2, "two"), func(_ context.Context, p Published) error {
		written = p
		return stopped
	})
	if !errors.Is(err, stopped) {
		t.Fatalf("got %v", err)
	}
	shows(t, o, 1, "one")

	found, err := o.Recover(known(1), false)
	if err != nil {
		t.Fatal(err)
	}
	if len(found.Adopted) != 1 || len(found.SetAside)+len(found.Lost)+len(found.Leftovers) != 0 {
		t.Fatalf("found %+v", found)
	}
	got := found.Adopted[0]
	// What the ledger is told must be what it would have been told then.
	if got.ManifestSHA256 != written.ManifestSHA256 || got.Dir != written.Dir || got.WrittenAt.IsZero() ||
		!got.Manifest.AsOf.Equal(written.Manifest.AsOf) || !reflect.DeepEqual(got.Manifest.Files, written.Manifest.Files) ||
		!slices.Equal(got.Manifest.Submissions, written.Manifest.Submissions) || got.Manifest.Fingerprint != written.Manifest.Fingerprint {
		t.Errorf("adopted %+v, wrote %+v", got, written)
	}
	if delays, err := o.Refresh(june); err != nil || delays != nil {
		t.Fatalf("%v, %v", delays, err)
	}
	shows(t, o, 2, "two")
	if found, err := o.Recover(known(1, 2), false); err != nil || !reflect.DeepEqual(found, Recovery{}) {
		t.Errorf("a second time: %+v, %v", found, err)
	}
}

func TestStoppedWhileWriting(t *testing.T) {
	o := Outputs{Dir: t.TempDir()}
	publish(t, o, draft(1, "one"))
	before := tree(t, o.Dir)
	half := filepath.Join(o.revisions(june), ".r2.0123456789abcdef.tmp")
	if err := os.Mkdir(half, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(half, "report.pdf"), []byte("half"), 0o444); err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(o.Dir, june, ".report.pdf.0123456789abcdef.tmp")
	if err := os.WriteFile(copied, []byte("half"), 0o644); err != nil {
		t.Fatal(err)
	}
	found, err := o.Recover(known(1), false)
	if err != nil || !slices.Equal(found.Leftovers, []string{copied, half}) || found.Adopted != nil || found.SetAside != nil {
		t.Fatalf("found %+v, %v", found, err)
	}
	if !maps.Equal(before, tree(t, o.Dir)) {
		t.Error("something else changed")
	}
	publish(t, o, draft(2, "two"))
}

func TestWhatIsNoRevisionIsSetAside(t *testing.T) {
	cases := map[string]func(t *testing.T, o Outputs, dir string){
		"a file changed":  func(t *testing.T, _ Outputs, dir string) { damage(t, filepath.Join(dir, "report.pdf")) },
		"no manifest":     func(t *testing.T, _ Outputs, dir string) { remove(t, filepath.Join(dir, ManifestName)) },
		"broken manifest": func(t *testing.T, _ Outputs, dir string) { damage(t, filepath.Join(dir, ManifestName)) },
		"a file missing":  func(t *testing.T, _ Outputs, dir string) { remove(t, filepath.Join(dir, "figures.csv")) },
		"a file too many": func(t *testing.T, _ Outputs, dir string) {
			if err := os.WriteFile(filepath.Join(dir, "extra.txt"), nil, 0o644); err != nil {
				t.Fatal(err)
			}
		},
		"a folder for a file": func(t *testing.T, _ Outputs, dir string) {
			remove(t, filepath.Join(dir, "report.pdf"))
			if err := os.Mkdir(filepath.Join(dir, "report.pdf"), 0o755); err != nil {
				t.Fatal(err)
			}
		},
		"another revision's copy": func(t *testing.T, o Outputs, dir string) {
			remove(t, dir)
			if err := os.CopyFS(dir, os.DirFS(o.revision(june, 1))); err != nil {
				t.Fatal(err)
			}
		},
		"a file called r2": func(t *testing.T, _ Outputs, dir string) {
			remove(t, dir)
			if err := os.WriteFile(dir, nil, 0o644); err != nil {
				t.Fatal(err)
			}
		},
	}
	for name, spoil := range cases {
		t.Run(name, func(t *testing.T) {
			o := Outputs{Dir: t.TempDir()}
			publish(t, o, draft(1, "one"))
			for k := 1; k <= 2; k++ { // a second one gets a name of its own
				_, _, err := o.Revision(t.Context(), draft(2, "two"), func(context.Context, Published) error { return errors.New("stopped") })
				if err == nil {
					t.Fatal("not stopped")
				}
				spoil(t, o, o.revision(june, 2))
				found, err := o.Recover(known(1), false)
				aside := o.revision(june, 2) + ".set-aside-" + string(rune('0'+k))
				if err != nil || !slices.Equal(found.SetAside, []string{aside}) || found.Adopted != nil {
					t.Fatalf("found %+v, %v", found, err)
				}
				if _, err := os.Stat(aside); err != nil {
					t.Error(err)
				}
			}
			publish(t, o, draft(2, "two again"))
			shows(t, o, 2, "two again")
		})
	}
}

func TestUnrecordedRevisionBeforeARecordedOneIsSetAside(t *testing.T) {
	o := Outputs{Dir: t.TempDir()}
	for number := 1; number <= 4; number++ {
		publish(t, o, draft(number, "text"))
	}
	found, err := o.Recover(known(2), false)
	if err != nil || !slices.Equal(found.SetAside, []string{o.revision(june, 1) + ".set-aside-1"}) {
		t.Fatalf("found %+v, %v", found, err)
	}
	var adopted []int
	for _, a := range found.Adopted {
		adopted = append(adopted, a.Manifest.Revision)
	}
	if !slices.Equal(adopted, []int{3, 4}) {
		t.Errorf("adopted %v, want them in the order in which they can be recorded", adopted)
	}
}

func TestLostRevisionsAreNamed(t *testing.T) {
	o := Outputs{Dir: t.TempDir()}
	publish(t, o, draft(1, "one"))
	found, err := o.Recover(map[string][]int{june: {1, 2}, "2025-05": {1}}, false)
	if want := []Lost{{"2025-05", 1}, {june, 2}}; err != nil || !slices.Equal(found.Lost, want) {
		t.Errorf("lost %v, %v, want %v", found.Lost, err, want)
	}
}

func TestOutputsWithoutTheirState(t *testing.T) {
	o := Outputs{Dir: filepath.Join(t.TempDir(), "outputs")}
	if found, err := o.Recover(nil, true); err != nil || !reflect.DeepEqual(found, Recovery{}) {
		t.Fatalf("no outputs yet: %+v, %v", found, err)
	}
	publish(t, o, draft(1, "one"))
	leftover := filepath.Join(o.revisions(june), ".r2.0123456789abcdef.tmp")
	if err := os.Mkdir(leftover, 0o755); err != nil {
		t.Fatal(err)
	}
	before := tree(t, o.Dir)
	_, err := o.Recover(nil, true)
	var stateless *StatelessError
	if !errors.As(err, &stateless) || stateless.Dir != o.revision(june, 1) || stateless.Hint() == "" {
		t.Fatalf("got %v", err)
	}
	if _, err := os.Stat(leftover); err != nil || !maps.Equal(before, tree(t, o.Dir)) {
		t.Error("something was touched")
	}
	// A ledger that has received files but lost the race to record r1 adopts it.
	if found, err := o.Recover(nil, false); err != nil || len(found.Adopted) != 1 {
		t.Errorf("found %+v, %v", found, err)
	}
}

func TestForeignThingsInTheOutputsStay(t *testing.T) {
	o := Outputs{Dir: t.TempDir()}
	publish(t, o, draft(1, "one"))
	for _, path := range []string{
		".tonghop/ledger.db", "2025-13/revisions/r1/x", "notes/revisions/r9/x", "2025-06/feedback/HN-001-0a1b2c3d.xlsx",
		"2025-06/revisions/r01/x", "2025-06/revisions/r-1/x", "2025-06/revisions/r2 (copy)/x", "2025-06/revisions/R3/x",
	} {
		path = filepath.Join(o.Dir, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("mine"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	before := tree(t, o.Dir)
	if found, err := o.Recover(known(1), false); err != nil || !reflect.DeepEqual(found, Recovery{}) {
		t.Errorf("found %+v, %v", found, err)
	}
	if !maps.Equal(before, tree(t, o.Dir)) {
		t.Error("something changed")
	}
}

func remove(t *testing.T, path string) {
	t.Helper()
	if err := os.RemoveAll(path); err != nil {
		t.Fatal(err)
	}
}
