package pipeline_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"tonghop/pipeline/ledger"
	"tonghop/pipeline/period"
	"tonghop/pipeline/publish"
)

// A ledger that is lost is never taken for one in which nothing was published.
func TestALostLedgerIsNoEmptyAnswer(t *testing.T) {
	o := publishedOffice(t)
	sel := period.Selector{Span: period.SpanOf(period.Monthly, june, period.Month{})}
	asked := map[string]func() error{
		"status": func() error { _, err := o.Status(context.Background(), sel, clock); return err },
		"diff":   func() error { _, err := o.Diff(context.Background(), sel, 0, 0, clock); return err },
		"stale":  func() error { _, err := o.RunStale(context.Background(), clock); return err },
	}
	if err := os.Remove(filepath.Join(o.State, "ledger.db")); err != nil {
		t.Fatal(err)
	}
	for name, ask := range asked {
		if err := ask(); !errors.As(err, new(*ledger.LostError)) {
			t.Errorf("%s without the ledger, beside its journal: %v", name, err)
		}
	}
	if err := os.RemoveAll(o.State); err != nil {
		t.Fatal(err)
	}
	for name, ask := range asked {
		if err := ask(); !errors.As(err, new(*publish.StatelessError)) {
			t.Errorf("%s without the state, beside what was published: %v", name, err)
		}
	}
}

// What rested on an import that was taken back is told, though no run can make
// it again.
func TestAPublicationOfAWithdrawnImportIsOutOfDate(t *testing.T) {
	o := publishedOffice(t)
	april := may.Add(-1)
	taken := o.bring("past.csv", "2025-04,HN-001,CT02_LD,30,BC 12,")
	o.mustRun(april)
	if _, err := o.WithdrawImport(context.Background(), taken.SHA256, "Lan"); err != nil {
		t.Fatal(err)
	}
	gone := false
	for _, one := range o.stale() {
		if one.Period.To == april {
			gone = one.Gone && len(one.Changes) > 0
		}
	}
	if !gone {
		t.Errorf("April is not told: %v", names(o.stale()))
	}
	done, err := o.RunStale(context.Background(), clock)
	if err != nil {
		t.Fatal(err)
	}
	for _, out := range done {
		if out.Period.To == april {
			t.Error("April was made again without any report")
		}
	}
}
