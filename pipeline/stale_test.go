package pipeline_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tonghop/pipeline"
	"tonghop/pipeline/edition"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
)

// publishedOffice has two units' reports of two months, each month published.
func publishedOffice(t *testing.T) office {
	t.Helper()
	o := newOffice(t)
	for n, m := range []period.Month{may, june} {
		o.send(m.String()+"/ba-dinh.xlsx", "HN-001", m, int64(10+n), 1)
		o.send(m.String()+"/hoan-kiem.xlsx", "HN-002", m, int64(20+n), 1)
		o.mustRun(m)
	}
	return o
}

func (o office) stale() []pipeline.OutOfDate {
	o.t.Helper()
	s, err := o.Status(context.Background(), period.Selector{Kind: period.Latest}, clock)
	if err != nil {
		o.t.Fatal(err)
	}
	return s.OutOfDate
}

func names(all []pipeline.OutOfDate) []string {
	var texts []string
	for _, one := range all {
		texts = append(texts, one.Period.String())
	}
	return texts
}

func TestACorrectedMonthMakesLaterReportsOutOfDate(t *testing.T) {
	o := publishedOffice(t)
	quarter := period.SpanOf(period.Quarterly, june, period.Month{})
	if _, err := o.Run(context.Background(), period.Selector{Kind: period.Fixed, Span: quarter}, clock); err != nil {
		t.Fatal(err)
	}
	o.send("2025-05/ba-dinh lan 2.xlsx", "HN-001", may, 50, 2)
	all := o.stale()
	if got, want := names(all), []string{"2025-05", "2025-06", "2025-Q2"}; !slices.Equal(got, want) {
		t.Fatalf("out of date are %v, want %v", got, want)
	}
	for _, one := range all {
		for _, c := range one.Changes {
			if len(c.Causes) != 1 || c.Causes[0].Why != edition.Resubmitted || c.Causes[0].Month != may || c.Causes[0].Unit != "HN-001" {
				t.Fatalf("%s: %v: %+v", one.Period, c.Key, c.Causes)
			}
		}
	}

	// A run makes its own period, and tells of the others.
	if out := o.mustRun(may); out.Unchanged || !slices.Equal(names(out.OutOfDate), []string{"2025-06", "2025-Q2"}) {
		t.Errorf("after a run %v are out of date", names(out.OutOfDate))
	}
	if got := o.city(may, "CT02_LD"); got != "70" {
		t.Errorf("May says %s, want 50 + 20", got)
	}
	done, err := o.RunStale(context.Background(), clock)
	if err != nil {
		t.Fatal(err)
	}
	var order []string
	for _, out := range done {
		order = append(order, fmt.Sprintf("%s r%d", out.Period, out.Revision.Manifest.Revision))
	}
	if want := []string{"2025-06 r2", "2025-Q2 r2"}; !slices.Equal(order, want) {
		t.Errorf("made again %v, want %v", order, want)
	}
	if all := o.stale(); len(all) != 0 {
		t.Errorf("still out of date: %v", names(all))
	}
	if done, err := o.RunStale(context.Background(), clock); err != nil || len(done) != 0 {
		t.Errorf("again: %+v, %v", done, err)
	}
}

func TestWhatMakesAReportOutOfDate(t *testing.T) {
	o := publishedOffice(t)
	t.Run("nothing", func(t *testing.T) {
		if all := o.stale(); len(all) != 0 {
			t.Errorf("out of date: %v", names(all))
		}
	})
	t.Run("neither program nor letterhead", func(t *testing.T) {
		other := *o.Pipeline
		other.Program, other.Office.Issuer = "test 2", "BAN CHẤP HÀNH"
		if all := (office{&other, t}).stale(); len(all) != 0 {
			t.Errorf("out of date: %v", names(all))
		}
	})
	t.Run("a target", func(t *testing.T) {
		other := *o.Pipeline
		other.Catalogue = few(t)
		for _, target := range other.Catalogue.Targets {
			if target.Indicator == "CT02_LD" {
				target.Value = figure.Int(1)
			}
		}
		other.Catalogue.SHA256 = "changed"
		all := (office{&other, t}).stale()
		if got, want := names(all), []string{"2025-05", "2025-06"}; !slices.Equal(got, want) {
			t.Fatalf("out of date are %v, want %v", got, want)
		}
		for _, c := range all[0].Changes {
			if c.Indicator != "CT02_LD" || c.Causes[0].Why != edition.Definition {
				t.Errorf("%v changed: %v", c.Key, c.Causes)
			}
		}
	})
	t.Run("not where there is nothing to make it of", func(t *testing.T) {
		early, err := o.RunStale(context.Background(), clock.AddDate(-1, 0, 0))
		if err != nil || len(early) != 0 {
			t.Errorf("made of nothing: %+v, %v", early, err)
		}
	})
	t.Run("not where it is signed", func(t *testing.T) {
		_, err := o.SignOff(context.Background(), map[string]string{
			"period": "2025-05", "signer": "Nguyễn Thị A", "title": "Chủ tịch", "number": "12/BC-BTV", "dated": "18/6/2025", "basis": "họp Ban Thường vụ",
		})
		if err != nil {
			t.Fatal(err)
		}
		o.send("2025-05/ba-dinh lan 2.xlsx", "HN-001", may, 50, 2)
		if got, want := names(o.stale()), []string{"2025-06"}; !slices.Equal(got, want) {
			t.Errorf("out of date are %v, want %v", got, want)
		}
	})
	t.Run("not where it is damaged", func(t *testing.T) {
		damaged := filepath.Join(o.Outputs, "2025-06", "revisions", "r1", "figures.json")
		if err := errors.Join(os.Chmod(damaged, 0o644), os.WriteFile(damaged, []byte("{}"), 0o644)); err != nil {
			t.Fatal(err)
		}
		if all := o.stale(); len(all) != 0 {
			t.Errorf("out of date: %v", names(all))
		}
	})
	for name, c := range map[string]struct {
		month    period.Month
		from, to int
		says     string
	}{
		"diff of a period never published": {june.Add(1), 0, 0, "no publication 2025-07"},
		"diff of only one":                 {june, 0, 0, "no earlier_revision r1"},
		"diff to no such":                  {june, 1, 7, "no revision r7"},
		"diff from no such":                {june, 5, 1, "no revision r5"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := o.Diff(context.Background(), period.Selector{Span: period.SpanOf(period.Monthly, c.month, period.Month{})}, c.from, c.to, o.Now())
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("error is %v, want %q", err, c.says)
			}
		})
	}
}
