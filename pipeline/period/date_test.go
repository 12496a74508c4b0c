package period

import (
	"testing"
	"time"
	_ "time/tzdata" // the cases below name zones
)

// A clock that is moved shows a time twice, or skips it: the first of the two, or
// the moment at which it is skipped.
func TestAtWhereClocksAreMoved(t *testing.T) {
	for _, c := range []struct{ zone, date, clock, want string }{
		{"Europe/Berlin", "2025-03-30", "01:59", "2025-03-30T00:59:00Z"},
		{"Europe/Berlin", "2025-03-30", "02:30", "2025-03-30T01:00:00Z"}, // skipped
		{"Europe/Berlin", "2025-03-30", "03:00", "2025-03-30T01:00:00Z"},
		{"Europe/Berlin", "2025-10-26", "02:30", "2025-10-26T00:30:00Z"}, // the first of two
		{"Europe/Berlin", "2025-10-26", "03:00", "2025-10-26T02:00:00Z"},
		{"America/Santiago", "2025-09-07", "00:00", "2025-09-07T04:00:00Z"}, // there is no midnight
		{"America/Santiago", "2025-04-05", "23:30", "2025-04-06T02:30:00Z"}, // the first of two
		{"Pacific/Apia", "2011-12-30", "12:00", "2011-12-30T10:00:00Z"},     // there is no such day
		{"Asia/Ho_Chi_Minh", "2025-06-17", "17:00", "2025-06-17T10:00:00Z"},
	} {
		zone, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		hour, minute, err := ParseClock(c.clock)
		if err != nil {
			t.Fatal(err)
		}
		got := date(t, c.date).At(hour, minute, zone)
		if got.UTC().Format(time.RFC3339) != c.want || got.Location() != zone {
			t.Errorf("%s %s in %s is %s in %s, want %s", c.date, c.clock, c.zone, got.UTC().Format(time.RFC3339), got.Location(), c.want)
		}
	}
}
