package pipeline_test

import (
	"maps"
	"testing"

	"tonghop/pipeline"
	"tonghop/pipeline/period"
)

// Long stages are told of to their end, and nothing that is published depends on
// whether anybody watches.
func TestProgressIsToldAndChangesNothing(t *testing.T) {
	o := newOffice(t)
	o.send("a.xlsx", "HN-001", june, 5, 1)
	o.send("b.xlsx", "HN-002", june, 7, 1)
	if _, err := o.run(june); err != nil {
		t.Fatal(err)
	}
	ended := map[pipeline.Stage]int{}
	last := map[pipeline.Stage]int{}
	o.Progress = func(stage pipeline.Stage, done, total int) {
		if done != last[stage]%total+1 {
			t.Errorf("%s: %d after %d of %d", stage, done, last[stage], total)
		}
		if last[stage] = done; done == total {
			ended[stage] = total
		}
	}
	out, err := o.run(june)
	if err != nil {
		t.Fatal(err)
	}
	if !out.Unchanged {
		t.Error("watching made a new revision")
	}
	sel, err := period.ParseSelector("2025-06")
	if err != nil {
		t.Fatal(err)
	}
	sheets, err := o.UnitSheets(t.Context(), nil, sel, clock, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	want := map[pipeline.Stage]int{pipeline.Reading: 2, pipeline.Answering: 2, pipeline.Drawing: len(sheets.Units) + 1}
	if !maps.Equal(ended, want) {
		t.Errorf("told %v, want %v", ended, want)
	}
}
