package pipeline_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/ledger"
	"tonghop/pipeline/period"
	"tonghop/pipeline/schedule"
)

// scheduled is an office with the default schedule: one working day after the
// deadline at 15:00 (files come before noon), for June 2025 on Wednesday the 18th.
func scheduled(t *testing.T) (office, *schedule.Plan) {
	t.Helper()
	o := newOffice(t)
	job, err := schedule.AfterDeadline(period.Monthly, 1, 15, 0)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := schedule.New(o.Timetable, job)
	if err != nil {
		t.Fatal(err)
	}
	return o, plan
}

// due runs what is due and tells it as "2025-06 published".
func (o office) due(plan *schedule.Plan, now time.Time) string {
	o.t.Helper()
	done, err := o.RunDue(context.Background(), plan, now)
	if err != nil {
		o.t.Fatal(err)
	}
	var told []string
	for _, d := range done {
		told = append(told, fmt.Sprint(d.Period, " ", d.Result))
	}
	return strings.Join(told, ", ")
}

func (o office) dues() []ledger.Due {
	o.t.Helper()
	book, err := ledger.OpenReading(context.Background(), filepath.Join(o.State, "ledger.db"))
	if err != nil {
		o.t.Fatal(err)
	}
	defer book.Close()
	dues, err := book.Dues(context.Background())
	if err != nil {
		o.t.Fatal(err)
	}
	return dues
}

func on(month time.Month, day, hour int) time.Time {
	return time.Date(2025, month, day, hour, 0, 0, 0, time.FixedZone("+07", 7*60*60))
}

func TestADueMonthIsMadeOnce(t *testing.T) {
	o, plan := scheduled(t)
	o.send("a.xlsx", "HN-001", june, 5, 1)
	// In May that month is the newest due, and nobody reported it.
	if got := o.due(plan, on(5, 20, 15)); got != "2025-05 nothing" {
		t.Errorf("in May: %s", got)
	}
	if got := o.due(plan, on(6, 18, 14)); got != "" {
		t.Errorf("an hour before: %s", got)
	}
	if got := o.due(plan, on(6, 18, 15)); got != "2025-06 published" {
		t.Errorf("at 15:00: %s", got)
	}
	o.send("b.xlsx", "HN-002", june, 5, 1) // which must not be taken in by a second run
	for _, now := range []time.Time{on(6, 18, 16), on(6, 17, 16), on(5, 1, 16), on(7, 17, 16)} {
		if got := o.due(plan, now); got != "" {
			t.Errorf("at %s again: %s", now, got)
		}
	}
	if dues := o.dues(); len(dues) != 2 || !dues[1].At.Equal(on(6, 18, 15)) || dues[1].Attempts != 1 || dues[1].Outcome != ledger.DuePublished {
		t.Errorf("%+v", dues)
	}
	found, err := o.CheckLedger(context.Background())
	if err != nil || len(found.Problems) > 0 || found.Dues != 2 {
		t.Errorf("%+v, %v", found, err)
	}
}

// A machine that was off makes up for each month, the oldest first, each as of
// the day on which it is made.
func TestMissedMonthsAreMadeUpFor(t *testing.T) {
	o, plan := scheduled(t)
	o.due(plan, on(5, 20, 15))
	for k := range 2 {
		o.send(fmt.Sprintf("%d.xlsx", k), "HN-001", june.Add(k), 5, 1)
	}
	if got := o.due(plan, on(9, 1, 17)); got != "2025-06 published, 2025-07 published, 2025-08 nothing" {
		t.Errorf("got %s", got)
	}
	if out := o.mustRun(june); !out.Unchanged || !out.Revision.Manifest.AsOf.Equal(on(9, 1, 17)) {
		t.Errorf("as of %s", out.Revision.Manifest.AsOf)
	}
}

// Switched on in the middle of an office's life it neither makes the past nor
// forgets the newest month, and from then on owes whatever comes.
func TestTheScheduleBegins(t *testing.T) {
	o, plan := scheduled(t)
	o.send("a.xlsx", "HN-001", june, 5, 1)
	o.mustRun(june)
	o.send("b.xlsx", "HN-002", june, 5, 1)
	if got := o.due(plan, on(6, 20, 15)); got != "" {
		t.Errorf("made June, which is published: %s", got)
	}
	if dues := o.dues(); len(dues) != 1 || dues[0].Outcome != ledger.DueEarlier {
		t.Errorf("%+v", dues)
	}
	if got := o.due(plan, on(8, 20, 15)); got != "2025-07 nothing, 2025-08 nothing" {
		t.Errorf("two months later: %s", got)
	}
}

// A clock that runs ahead finds nothing in the months to come; they are made when
// they come, and what it did make is not made again.
func TestAClockThatRanAhead(t *testing.T) {
	o, plan := scheduled(t)
	o.send("a.xlsx", "HN-001", june, 5, 1)
	o.due(plan, on(5, 20, 15))
	if got := o.due(plan, on(8, 20, 15)); got != "2025-06 published, 2025-07 nothing, 2025-08 nothing" {
		t.Errorf("ahead: %s", got)
	}
	o.send("b.xlsx", "HN-001", june.Add(1), 5, 1)
	if got := o.due(plan, on(6, 20, 15)); got != "" {
		t.Errorf("set right: %s", got)
	}
	if got := o.due(plan, on(7, 18, 15)); got != "2025-07 published" {
		t.Errorf("in July: %s", got)
	}
}

// One run's panic is that run's failure; it stays owed.
func TestAPanicIsAFailedRun(t *testing.T) {
	o, plan := scheduled(t)
	o.due(plan, on(5, 20, 15))
	o.send("a.xlsx", "HN-001", june, 5, 1)
	now, asked := o.Now, 0
	o.Now = func() time.Time {
		if asked++; asked == 1 {
			panic("a fault of the program")
		}
		return now()
	}
	done, err := o.RunDue(context.Background(), plan, on(7, 20, 15))
	var caught *pipeline.PanicError
	if err != nil || len(done) != 2 || !errors.As(done[0].Err, &caught) || !strings.Contains(string(caught.Stack), "due_test.go") || done[1].Result != ledger.DueNothing {
		t.Fatalf("%+v, %v", done, err)
	}
	if d := o.dues()[1]; d.Outcome != ledger.DueFailed || d.Attempts != 1 || !strings.HasPrefix(d.Detail, "panic: a fault of the program\n") {
		t.Errorf("%+v", d)
	}
	if got := o.due(plan, on(7, 20, 16)); got != "2025-06 published" {
		t.Errorf("tried again: %s", got)
	}
	if d := o.dues()[1]; d.Outcome != ledger.DuePublished || d.Attempts != 2 || d.Detail != "" {
		t.Errorf("%+v", d)
	}
}

// A share that is not mounted, or gone, is no month without reports.
func TestInputsThatAreNotThereKeepTheRunOwed(t *testing.T) {
	o, plan := scheduled(t)
	o.send("a.xlsx", "HN-001", june, 5, 1)
	o.due(plan, on(6, 18, 15))
	away := o.Inputs + ".away"
	o.must(os.Rename(o.Inputs, away))
	if got := o.due(plan, on(7, 18, 15)); got != "2025-07 failed" {
		t.Errorf("gone: %s", got)
	}
	o.must(os.Mkdir(o.Inputs, 0o755))
	done, err := o.RunDue(context.Background(), plan, on(7, 18, 16))
	var emptied *pipeline.EmptiedError
	if err != nil || len(done) != 1 || !errors.As(done[0].Err, &emptied) {
		t.Errorf("empty: %+v, %v", done, err)
	}
	o.must(os.Remove(o.Inputs))
	o.must(os.Rename(away, o.Inputs))
	o.send("b.xlsx", "HN-001", june.Add(1), 5, 1)
	if got := o.due(plan, on(7, 18, 17)); got != "2025-07 published" {
		t.Errorf("back: %s", got)
	}
}

func (o office) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

// What is held up by another command, or stopped, was no attempt.
func TestAHeldLockOrAStopIsNoAttempt(t *testing.T) {
	o, plan := scheduled(t)
	o.send("a.xlsx", "HN-001", june, 5, 1)
	lock, err := ledger.Acquire(context.Background(), o.State, time.Second)
	o.must(err)
	var held *ledger.HeldError
	if done, err := o.RunDue(context.Background(), plan, on(6, 18, 15)); !errors.As(err, &held) || len(done) > 0 {
		t.Errorf("%+v, %v", done, err)
	}
	o.must(lock.Release())
	ctx, stop := context.WithCancel(context.Background())
	now := o.Now
	o.Now = func() time.Time { stop(); return now() } // in the middle of the run
	if done, err := o.RunDue(ctx, plan, on(6, 18, 15)); !errors.Is(err, context.Canceled) || len(done) > 0 {
		t.Errorf("%+v, %v", done, err)
	}
	if dues := o.dues(); len(dues) != 1 || dues[0].Attempts != 0 || dues[0].Outcome != ledger.DueOwed {
		t.Errorf("%+v", dues)
	}
	o.Now = now
	if got := o.due(plan, on(6, 18, 16)); got != "2025-06 published" {
		t.Errorf("then: %s", got)
	}
}

func TestASignedPeriodIsLeft(t *testing.T) {
	o, plan := scheduled(t)
	o.due(plan, on(5, 20, 15))
	o.send("a.xlsx", "HN-001", june, 5, 1)
	o.mustRun(june)
	_, err := o.SignOff(context.Background(), map[string]string{
		"period": "2025-06", "signer": "Nguyễn Thị A", "title": "CHỦ TỊCH", "authority": "TM.", "number": "05/BC-BTV", "dated": "2025-06-17", "basis": "họp",
	})
	o.must(err)
	if got := o.due(plan, on(6, 18, 15)); got != "2025-06 signed" {
		t.Errorf("got %s", got)
	}
}

func TestAgenda(t *testing.T) {
	o, plan := scheduled(t)
	o.send("a.xlsx", "HN-001", june, 5, 1)
	all, err := o.Agenda(context.Background(), plan, on(6, 18, 16), 2)
	if err != nil || len(all) != 3 || !all[0].Owed || all[0].Period.String() != "2025-06" || !all[0].Deadline.Equal(on(6, 17, 17)) ||
		all[1].Owed || all[1].Period.String() != "2025-07" || !all[1].At.Equal(on(7, 18, 15)) || all[1].Record != nil {
		t.Errorf("%+v, %v", all, err)
	}
	if _, err := os.Stat(o.State); err == nil {
		t.Error("looking wrote something")
	}
	o.due(plan, on(8, 20, 15)) // by a clock that runs ahead: it takes no month away
	all, err = o.Agenda(context.Background(), plan, on(6, 18, 16), 1)
	if err != nil || len(all) != 2 || !all[0].Owed || all[0].Period.String() != "2025-06" || all[1].Period.String() != "2025-07" {
		t.Errorf("%+v, %v", all, err)
	}
}

// A month that is published with a unit left without its answer stays owed, until the
// answer is written; its report is not made again for that.
func TestAnUnansweredRunStaysOwed(t *testing.T) {
	o, plan := scheduled(t)
	o.due(plan, on(5, 20, 15))
	o.send("a.xlsx", "HN-001", june, 5, 1)
	folder := filepath.Join(o.Outputs, june.String(), "feedback")
	o.must(os.MkdirAll(filepath.Dir(folder), 0o755))
	o.write(folder, nil) // a file where the folder should be
	done, err := o.RunDue(context.Background(), plan, on(6, 18, 15))
	if err != nil || len(done) != 1 || done[0].Result != ledger.DuePublished || !done[0].Unanswered() {
		t.Fatalf("%+v, %v", done, err)
	}
	if d := o.dues()[1]; d.Outcome != ledger.DueFailed || d.Attempts != 1 || !strings.Contains(d.Detail, "a.xlsx") {
		t.Errorf("recorded: %+v", d)
	}
	o.must(os.Remove(folder))
	done, err = o.RunDue(context.Background(), plan, on(6, 18, 16))
	if err != nil || len(done) != 1 || done[0].Unanswered() || done[0].Outcome.Revision.Manifest.Revision != 1 || !done[0].Outcome.Unchanged {
		t.Fatalf("again: %+v, %v", done, err)
	}
	if got := o.due(plan, on(6, 18, 17)); got != "" {
		t.Errorf("still owed: %s", got)
	}
}
