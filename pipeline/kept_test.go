package pipeline_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"tonghop/pipeline"
)

// A file that is replaced after it was read, and before it is kept, would leave
// figures without an original.
func TestAFileReplacedDuringTheRunStopsIt(t *testing.T) {
	o := newOffice(t)
	o.send("2025-06/a.xlsx", "HN-001", june, 41, 1)
	path := filepath.Join(o.Inputs, "2025-06", "a.xlsx")
	sent, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	o.Progress = func(stage pipeline.Stage, done, total int) {
		if stage == pipeline.Reading && done == total {
			if err := os.WriteFile(path, append(sent, 0), 0o644); err != nil {
				t.Error(err)
			}
		}
	}
	_, err = o.run(june)
	var changed *pipeline.ChangedError
	if !errors.As(err, &changed) || changed.Path != "2025-06/a.xlsx" {
		t.Errorf("the run gives %v", err)
	}
	if _, err := os.Stat(filepath.Join(o.Outputs, "2025-06", "report.pdf")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a report was published: %v", err)
	}
	o.Progress = nil
	if err := os.WriteFile(path, sent, 0o644); err != nil {
		t.Fatal(err)
	}
	if v := o.figure(o.mustRun(june), "HN-001", "CT02_LD"); v != "41" {
		t.Errorf("afterwards CT02_LD is %s", v)
	}
}
