package main

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"tonghop/cmd/tonghop/health"
	"tonghop/pipeline/ledger"
	"tonghop/pipeline/period"
)

// holding is what a process holds.
type holding struct{ goroutines, files, heap int }

func holds(t *testing.T) holding {
	t.Helper()
	var m runtime.MemStats
	runtime.GC()
	runtime.GC() // what finalizers let go
	runtime.ReadMemStats(&m)
	files, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Skip("needs /proc: ", err)
	}
	return holding{runtime.NumGoroutine(), len(files), int(m.HeapAlloc)}
}

// TestTenYearsOfAService lets the service live through 120 months by a clock that
// is passed in, with real files and a real ledger: a unit reports once a year. Afterwards it holds no more than after the first two years, and each period
// was run exactly once, at its time.
func TestTenYearsOfAService(t *testing.T) {
	const months, every = 120, 12
	office := leastOffice(t)
	now := time.Date(2021, 1, 2, 8, 0, 0, 0, hanoi)
	a := atWork(t, office, func() time.Time { return now })
	o, err := a.open()
	if err != nil {
		t.Fatal(a.explain(err).details)
	}
	ctx := context.Background()
	lock, err := ledger.AcquireService(ctx, o.State)
	if err != nil {
		t.Fatal(err)
	}
	log, closeLog, err := a.logger(o.settings)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := errors.Join(closeLog(), lock.Release()); err != nil {
			t.Error(err)
		}
	}()
	at := newAttendant(a, o, health.NewBoard(version, time.Hour, a.now), log)
	begin := period.Month{Year: 2021, Number: time.January}
	var after holding
	for n := range months {
		month := begin.Add(n)
		next, ok := at.plan.Next(now)
		if !ok || next.Period.String() != month.String() {
			t.Fatalf("%s is not next, but %v", month, next)
		}
		if n%every == 0 {
			now = next.At.Add(-48 * time.Hour)
			handIn(t, a, month, "X-1", now)
		}
		for _, before := range []time.Duration{24 * time.Hour, 0, -time.Hour} {
			now = next.At.Add(-before)
			at.pass(ctx)
		}
		if len(at.troubles.all) > 0 {
			t.Fatalf("%s: %+v", month, slices.Collect(maps.Values(at.troubles.all))[0].trouble)
		}
		if n == 24 {
			after = holds(t)
		}
	}
	if end := holds(t); end.goroutines > after.goroutines || end.files > after.files || end.heap > after.heap+4<<20 {
		t.Errorf("after two years %+v, after ten %+v", after, end)
	} else {
		t.Logf("after two years %+v, after ten %+v", after, end)
	}
	book, err := ledger.OpenReading(ctx, filepath.Join(office, "state", "ledger.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	dues, err := book.Dues(ctx)
	// The service begins with the period before its first.
	if err != nil || len(dues) != months+1 || dues[0].Period != begin.Add(-1).String() {
		t.Fatalf("%d runs of %d months, %v", len(dues), months, err)
	}
	dues = dues[1:]
	for n, d := range dues {
		want := ledger.DueNothing
		if n%every == 0 {
			want = ledger.DuePublished
		}
		if d.Period != begin.Add(n).String() || d.Attempts != 1 || d.Outcome != want || !d.Tried.Equal(d.At) {
			t.Errorf("%+v", d)
		}
	}
	if done, err := filepath.Glob(filepath.Join(office, "outputs", "*", "revisions", "r*")); err != nil || len(done) != months/every {
		t.Errorf("%d revisions, %v", len(done), err)
	}
	noLeftovers(t, office)
}
