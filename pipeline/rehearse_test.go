package pipeline_test

import (
	"context"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"tonghop/pipeline"
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/edition"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
)

func (o office) rehearse(cat *catalogue.Catalogue) []pipeline.Rehearsal {
	o.t.Helper()
	all, err := o.Rehearse(context.Background(), cat)
	if err != nil {
		o.t.Fatal(err)
	}
	return all
}

// everything lists the files of the office's folders, and when each was last
// written; but for the notes that SQLite keeps of who is reading.
func (o office) everything() string {
	o.t.Helper()
	var out strings.Builder
	err := filepath.WalkDir(filepath.Dir(o.Inputs), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), "ledger.db-") {
			return err
		}
		info, err := d.Info()
		fmt.Fprintln(&out, path, info.Size(), info.ModTime())
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return out.String()
}

// limited is the catalogue of the few in which a unit has at most 15 workers a month.
func limited(t *testing.T) *catalogue.Catalogue {
	t.Helper()
	cat := few(t)
	ind, _ := cat.Indicator("CT02_LD")
	most := figure.Int(15)
	ind.Max = catalogue.Always(most)
	cat.SHA256 = "limited"
	return cat
}

func TestRehearse(t *testing.T) {
	o := publishedOffice(t)
	before := o.everything()
	for _, r := range o.rehearse(few(t)) {
		if len(r.Changes)+len(r.Errors)+len(r.Already) > 0 {
			t.Errorf("equal definitions change %s: %v, %v, %v", r.Period, r.Changes, r.Errors, r.Already)
		}
	}
	alone := o.rehearse(limited(t))
	if len(alone) != 2 {
		t.Fatalf("%d publications rehearsed, want 2", len(alone))
	}
	for i, r := range alone {
		if want := may.Add(i); r.Period.To != want || r.Revision != 1 || len(r.Already) > 0 {
			t.Errorf("r%d of %s is rehearsed, with %d other differences; want r1 of %s", r.Revision, r.Period, len(r.Already), want)
		}
		// Each month tells its own error.
		if len(r.Errors) != 1 || r.Errors[0].Code != finding.ValueOutOfRange || r.Errors[0].Unit != "HN-002" ||
			r.Errors[0].Period != r.Period.To || r.Errors[0].Message == "" {
			t.Errorf("new errors of %s are %+v", r.Period, r.Errors)
		}
	}
	for span, want := range map[period.SpanKind][2]int64{period.Monthly: {11 + 21, 11}, period.YearToDate: {10 + 20 + 11 + 21, 10 + 11}} {
		before, now := number(t, alone[1].Changes, edition.Key{Indicator: "CT02_LD", Span: span})
		if !before.Equal(figure.Int(want[0])) || !now.Equal(figure.Int(want[1])) {
			t.Errorf("the city's %s of June would go from %v to %v, want %v", span, before, now, want)
		}
	}
	if after := o.everything(); after != before {
		t.Errorf("before\n%s\nafter\n%s", before, after)
	}

	// Another version that counts is no effect of the definitions.
	o.send("2025-05/ba-dinh lan 2.xlsx", "HN-001", may, 11, 2)
	for i, r := range o.rehearse(limited(t)) {
		if len(r.Already) == 0 {
			t.Errorf("%s: the other version makes no difference", r.Period)
		}
		if len(r.Changes) != len(alone[i].Changes) {
			t.Errorf("%s: %d changes, without the other version %d", r.Period, len(r.Changes), len(alone[i].Changes))
		}
	}
}

// number is a change's number then and now.
func number(t *testing.T, changes []edition.Change, k edition.Key) (before, now figure.Number) {
	t.Helper()
	for _, c := range changes {
		if c.Key == k {
			before, _ = c.Old.Number()
			now, _ = c.New.Number()
			return before, now
		}
	}
	t.Fatalf("%v does not change", k)
	return before, now
}
