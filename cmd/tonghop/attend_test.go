package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tonghop/cmd/tonghop/health"
	"tonghop/cmd/tonghop/settings"
	"tonghop/pipeline/ledger"
	"tonghop/pipeline/period"
)

// attending is a service in an office's folder, by a clock that the test moves and
// that ticks whenever it is looked at.
func attending(t *testing.T, office string, now *time.Time) *attendant {
	t.Helper()
	a := atWork(t, office, func() time.Time {
		*now = now.Add(time.Millisecond)
		return *now
	})
	o, err := a.open()
	if err != nil {
		t.Fatal(a.explain(err).details)
	}
	log, closeLog, err := a.logger(o.settings)
	if err != nil {
		t.Fatal(err)
	}
	lock, err := ledger.AcquireService(context.Background(), o.State)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(closeLog(), lock.Release()); err != nil {
			t.Error(err)
		}
	})
	return newAttendant(a, o, health.NewBoard(version, time.Hour, a.now), log)
}

func (s *attendant) passes(t *testing.T) {
	t.Helper()
	s.pass(context.Background())
	for step, l := range s.troubles.all {
		t.Errorf("%s: %s: %v", step, l.message, l.err)
	}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

var june = period.Month{Year: 2025, Number: time.June}

// The first thing that a service does may be to publish: that, too, is handed on.
func TestTheFirstPublicationIsHandedOn(t *testing.T) {
	office := leastOffice(t)
	config := filepath.Join(office, settings.DefaultFile)
	settings, err := os.ReadFile(config)
	if err != nil {
		t.Fatal(err)
	}
	drop(t, config, append(settings, "copy_published_to: copies\n"...))
	if err := os.Mkdir(filepath.Join(office, "copies"), 0o755); err != nil {
		t.Fatal(err)
	}
	now := time.Date(2025, 6, 18, 8, 0, 0, 0, hanoi)
	s := attending(t, office, &now)
	handIn(t, s.app, june, "X-1", now.Add(-24*time.Hour))
	s.passes(t)
	if !exists(filepath.Join(office, "outputs", "2025-06", "report.pdf")) || !exists(filepath.Join(office, "copies", "2025-06-report.pdf")) {
		t.Error("the month was not published, or not copied")
	}
}

// A table that is just being saved may be half of it: nothing is done by it until it
// has stayed as it is, nor by the one that it replaces.
func TestHalfSavedDefinitionsAreNotUsed(t *testing.T) {
	office := leastOffice(t)
	table := filepath.Join(office, "definitions", "units.csv")
	whole, err := os.ReadFile(table)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2025, 6, 17, 8, 0, 0, 0, hanoi)
	s := attending(t, office, &now)
	s.passes(t)
	handIn(t, s.app, june, "X-1", now)

	lines := slices.Index(whole, '\n') + 1
	drop(t, table, whole[:lines])
	now = time.Date(2025, 6, 18, 7, 0, 0, 0, hanoi)
	s.passes(t)
	if exists(filepath.Join(office, "outputs", "2025-06")) {
		t.Fatal("a month was made while its definitions were being saved")
	}
	drop(t, table, append(whole, "X-3,3,quận,Thử Ba,,,,,,,,\n"...))
	now = now.Add(5 * time.Second)
	s.passes(t)
	now = now.Add(5 * time.Second)
	s.passes(t)
	if exists(filepath.Join(office, "outputs", "2025-06")) {
		t.Fatal("definitions were used that had just changed")
	}
	now = now.Add(5 * time.Second)
	s.passes(t)
	now = now.Add(15 * time.Second) // what lies in the inputs is looked at anew
	s.passes(t)
	if _, there := s.Catalogue.Unit("X-3"); !there {
		t.Error("the new definitions are not used")
	}
	if !exists(filepath.Join(office, "outputs", "2025-06", "report.pdf")) {
		t.Error("the month was not made")
	}
}

// An answer that cannot be written is a trouble of its own: it is told once, keeps
// neither other units nor the month waiting, and is tried again after its pause. A
// report that is taken away is told, too.
func TestAnswersThatFailAndReportsThatGo(t *testing.T) {
	office := leastOffice(t)
	now := time.Date(2025, 6, 16, 8, 0, 0, 0, hanoi)
	s := attending(t, office, &now)
	log := func(of string) (lines int) {
		data, err := os.ReadFile(filepath.Join(office, "service.log"))
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			if strings.Contains(line, of) {
				lines++
			}
		}
		return lines
	}
	const told = `msg="does not work" step=answers message=`
	folder := filepath.Join(office, "outputs", "2025-06", "feedback")
	drop(t, folder, nil) // a file where the folder should be
	handIn(t, s.app, june, "X-1", now.Add(-time.Hour))
	for range 3 {
		s.pass(context.Background())
		now = now.Add(time.Second)
	}
	if !s.troubles.has("answers") || s.troubles.has("receive") || log(told) != 1 {
		t.Fatalf("%+v, told %d times", s.troubles.all, log(told))
	}
	if err := os.Remove(folder); err != nil {
		t.Fatal(err)
	}
	s.pass(context.Background())
	if exists(folder) {
		t.Fatal("tried again at once")
	}
	now = now.Add(time.Hour)
	s.passes(t)
	if found, err := filepath.Glob(filepath.Join(folder, "X-1-*.pdf")); err != nil || len(found) != 1 {
		t.Fatalf("answers %q, %v", found, err)
	}

	if err := os.Remove(filepath.Join(office, "inputs", "2025-06-X-1.xlsx")); err != nil {
		t.Fatal(err)
	}
	handIn(t, s.app, june, "X-2", now.Add(-time.Minute)) // the folder is not away
	now = now.Add(time.Hour)
	s.passes(t)
	now = now.Add(time.Minute)
	s.passes(t)
	if log("msg=withdrawn file=2025-06-X-1.xlsx unit=X-1 period=2025-06") != 1 {
		t.Error("the log does not say once that a report is gone")
	}
}

// What the office decides by a command beside the service reaches the units' answers,
// though nothing in the inputs tells of it; without a decision nothing is done.
func TestDecisionsByCommandReachTheAnswers(t *testing.T) {
	office := leastOffice(t)
	now := time.Date(2025, 6, 16, 8, 0, 0, 0, hanoi)
	s := attending(t, office, &now)
	handIn(t, s.app, june, "X-1", now.Add(-time.Hour))
	s.passes(t)
	answers, err := filepath.Glob(filepath.Join(office, "outputs", "2025-06", "feedback", "X-1-*.pdf"))
	if err != nil || len(answers) != 1 {
		t.Fatalf("answers: %v, %v", answers, err)
	}
	written := func() (time.Time, []byte) {
		t.Helper()
		info, err := os.Stat(answers[0])
		if err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(answers[0])
		if err != nil {
			t.Fatal(err)
		}
		return info.ModTime(), data
	}
	at, before := written()
	now = now.Add(time.Minute)
	looked := s.reception
	s.passes(t)
	if again, _ := written(); !again.Equal(at) {
		t.Error("answered again without a reason")
	}
	beside := atWork(t, office, func() time.Time { return now })
	o, err := beside.open()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.Decide(context.Background(), map[string]string{
		"kind": "extend", "period": "2025-06", "unit": "X-1", "new_value": "20/6/2025 17:00", "by": "Lan", "basis": "gọi", "confirmed": "chờ",
	}); err != nil {
		t.Fatal(err)
	}
	if decided, err := looked.Decided(context.Background(), s.Pipeline); err != nil || !decided {
		t.Errorf("the decision is not seen: %v", err)
	}
	now = now.Add(time.Minute)
	s.passes(t)
	if _, after := written(); bytes.Equal(before, after) {
		t.Error("the receipt does not tell of the extension")
	}
	if decided, err := s.reception.Decided(context.Background(), s.Pipeline); err != nil || decided {
		t.Errorf("the decision is seen again: %v", err)
	}
}
