package dispatch

import (
	"testing"
	"time"
)

var noon = time.Date(2025, 6, 17, 12, 0, 0, 0, time.UTC)

func TestPausesGrowAndEnd(t *testing.T) {
	d := Dispatch{State: Deferred, FirstAt: noon, At: noon}
	if !d.Again(noon).Equal(noon) {
		t.Error("one that never failed waits")
	}
	before, tries := time.Duration(0), 0
	for now := noon; !d.Exhausted(now); now = d.Again(now) {
		d.Attempts, d.At = d.Attempts+1, now
		pause := d.Again(now).Sub(now)
		if pause < before || pause < 5*time.Minute || pause > 6*time.Hour {
			t.Fatalf("attempt %d: a pause of %s after one of %s", d.Attempts, pause, before)
		}
		before, tries = pause, tries+1
	}
	if tries < 20 || tries > 30 {
		t.Errorf("%d tries in five days", tries)
	}
	d.At = noon.Add(24 * time.Hour) // the clock was set back since
	if !d.Again(noon).Equal(noon) {
		t.Error("it waits for a time that was never")
	}
}

func TestSettled(t *testing.T) {
	reminder, report := Key{Kind: ReminderAfter, Unit: "HN-001"}, Key{Kind: Report, Thing: "r1"}
	for state, want := range map[State][2]bool{
		Sending: {true, false}, Sent: {true, true}, Failed: {true, true}, Unsure: {true, true}, Since: {true, true}, Deferred: {false, false},
	} {
		b := NewBook([]Dispatch{{Key: reminder, State: state}, {Key: report, State: state}})
		if b.Settled(reminder) != want[0] || b.Settled(report) != want[1] {
			t.Errorf("%s: %v, %v", state, b.Settled(reminder), b.Settled(report))
		}
	}
	if (Book{}).Settled(reminder) {
		t.Error("what was never noted is settled")
	}
}
