package pipeline_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// handedBack is the annotated copy that a unit got for its report.
func (o office) handedBack() []byte {
	o.t.Helper()
	found, err := filepath.Glob(filepath.Join(o.Outputs, "2025-06", "feedback", "HN-001-*.xlsx"))
	if err != nil || len(found) != 1 {
		o.t.Fatalf("answers: %v, %v", found, err)
	}
	data, err := os.ReadFile(found[0])
	if err != nil {
		o.t.Fatal(err)
	}
	return data
}

// An annotated copy put back as it is, is the report already received.
func TestAnUnchangedAnnotatedCopyIsAlreadyReceived(t *testing.T) {
	o := newOffice(t)
	o.send("a.xlsx", "HN-001", june, 5, 1)
	o.mustRun(june)
	o.write(filepath.Join(o.Inputs, "tra-lai.xlsx"), o.handedBack())
	out := o.mustRun(june)
	if got, want := dispositions(out.Files), "a.xlsx counted; tra-lai.xlsx duplicate"; got != want {
		t.Errorf("files: %s, want %s", got, want)
	}
	if !out.Unchanged {
		t.Error("a copy sent back made a new revision")
	}
}

// One that stands in the place of a report that has left the folder counts, and
// came when that report came.
func TestAnAnnotatedCopyStandsForItsOriginal(t *testing.T) {
	o := newOffice(t)
	original := o.send("a.xlsx", "HN-001", june, 5, 1)
	first := o.mustRun(june)
	copied := o.handedBack()
	if err := os.Remove(original); err != nil {
		t.Fatal(err)
	}
	o.write(filepath.Join(o.Inputs, "a.xlsx"), copied)
	out := o.mustRun(june)
	if got := o.city(june, "CT02_LD"); got != "5" {
		t.Errorf("the city has %s, want 5", got)
	}
	if got := dispositions(out.Files); strings.Count(got, "counted") != 1 {
		t.Errorf("files: %s", got)
	}
	if out.Summary.Counts.OnTime != first.Summary.Counts.OnTime {
		t.Errorf("on time: %d, before %d", out.Summary.Counts.OnTime, first.Summary.Counts.OnTime)
	}
}

// A run that was killed while it wrote an answer leaves a temporary name; the
// next one takes it away.
func TestWhatAKilledRunLeftAmongTheAnswersIsRemoved(t *testing.T) {
	o := newOffice(t)
	o.send("a.xlsx", "HN-001", june, 5, 1)
	o.mustRun(june)
	folder := filepath.Join(o.Outputs, "2025-06", "feedback")
	left, own := filepath.Join(folder, ".HN-001-50db48cd.xlsx.5ce2ed1a4b32c2f2.tmp"), filepath.Join(folder, "ghi-chu.txt")
	for _, path := range []string{left, own} {
		if err := os.WriteFile(path, []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	o.mustRun(june)
	if _, err := os.Stat(left); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the temporary file is still there: %v", err)
	}
	if _, err := os.Stat(own); err != nil {
		t.Errorf("somebody's own file went with it: %v", err)
	}
}
