package period

import (
	"testing"
	"time"
)

func TestWindow(t *testing.T) {
	for _, c := range []struct {
		scheme          Scheme
		month, from, to string
	}{
		{Scheme15to14, "2025-06", "2025-05-15", "2025-06-14"},
		{Scheme15to14, "2025-01", "2024-12-15", "2025-01-14"},
		{Scheme15to14, "2025-12", "2025-11-15", "2025-12-14"},
		{Scheme15to14, "2024-03", "2024-02-15", "2024-03-14"},
		{SchemeCalendar, "2025-06", "2025-06-01", "2025-06-30"},
		{SchemeCalendar, "2024-02", "2024-02-01", "2024-02-29"},
		{SchemeCalendar, "2025-12", "2025-12-01", "2025-12-31"},
	} {
		want := Window{date(t, c.from), date(t, c.to)}
		if got := c.scheme.Window(month(t, c.month)); got != want {
			t.Errorf("%s %s = %v, want %v", c.scheme, c.month, got, want)
		}
	}
	year := Scheme15to14.SpanWindow(SpanOf(FullYear, month(t, "2025-06"), Month{}))
	if want := (Window{date(t, "2024-12-15"), date(t, "2025-12-14")}); year != want {
		t.Errorf("the year 2025 = %v, want %v", year, want)
	}
}

func TestWindowsTileTheCalendar(t *testing.T) {
	for _, scheme := range []Scheme{Scheme15to14, SchemeCalendar} {
		days := 0
		first := month(t, "1995-01")
		for i := range 12 * 60 {
			m := first.Add(i)
			w, next := scheme.Window(m), scheme.Window(m.Add(1))
			if w.To.AddDays(1) != next.From {
				t.Fatalf("%s: %s ends %s but %s begins %s", scheme, m, w.To, m.Add(1), next.From)
			}
			if w.Days() < 28 || w.Days() > 31 {
				t.Fatalf("%s: %s has %d days", scheme, m, w.Days())
			}
			days += w.Days()
			for d := w.From; !d.After(w.To); d = d.AddDays(1) {
				if got := scheme.MonthOf(d); got != m {
					t.Fatalf("%s: %s lies in %s, want %s", scheme, d, got, m)
				}
				if !w.Contains(d) || next.Contains(d) {
					t.Fatalf("%s: %s in the wrong window", scheme, d)
				}
			}
		}
		if want := scheme.Window(first.Add(12 * 60)).From.Sub(scheme.Window(first).From); days != want {
			t.Errorf("%s: windows hold %d days of %d", scheme, days, want)
		}
	}
}

func TestOverlapsWithOpenEnds(t *testing.T) {
	w := Scheme15to14.Window(month(t, "2025-07")) // 15/6 to 14/7
	for _, c := range []struct {
		from, to string
		want     bool
	}{
		{"", "", true},
		{"", "2025-06-30", true},
		{"2025-07-01", "", true},
		{"", "2025-06-15", true},
		{"", "2025-06-14", false},
		{"2025-07-14", "", true},
		{"2025-07-15", "", false},
		{"2025-06-20", "2025-06-21", true},
		{"2025-01-01", "2025-12-31", true},
	} {
		var from, to Date
		if c.from != "" {
			from = date(t, c.from)
		}
		if c.to != "" {
			to = date(t, c.to)
		}
		if got := w.Overlaps(from, to); got != c.want {
			t.Errorf("%s..%s overlaps %v: %v", c.from, c.to, w, got)
		}
	}
}

func TestBegunAndClosedTurnAtMidnightOfTheZone(t *testing.T) {
	hanoi := time.FixedZone("+07", 7*60*60)
	w := Scheme15to14.Window(month(t, "2025-06"))
	opens := w.From.At(0, 0, hanoi)
	closes := w.To.AddDays(1).At(0, 0, hanoi)
	if w.Begun(opens.Add(-time.Second), hanoi) || !w.Begun(opens, hanoi) {
		t.Error("the window does not begin at midnight")
	}
	if w.Closed(closes.Add(-time.Second), hanoi) || !w.Closed(closes, hanoi) {
		t.Error("the window does not close at midnight")
	}
	if !w.Closed(closes.UTC(), hanoi) {
		t.Error("the zone of the instant changed the answer")
	}
}

func TestNewestClosed(t *testing.T) {
	for _, c := range []struct {
		scheme     Scheme
		date, want string
	}{
		{Scheme15to14, "2025-06-14", "2025-05"},
		{Scheme15to14, "2025-06-15", "2025-06"},
		{Scheme15to14, "2025-12-20", "2025-12"},
		{Scheme15to14, "2026-01-14", "2025-12"},
		{SchemeCalendar, "2025-06-30", "2025-05"},
		{SchemeCalendar, "2026-01-01", "2025-12"},
	} {
		if got := c.scheme.NewestClosed(date(t, c.date)); got != month(t, c.want) {
			t.Errorf("%s on %s: %s, want %s", c.scheme, c.date, got, c.want)
		}
	}
}

func TestParseScheme(t *testing.T) {
	for _, scheme := range []Scheme{Scheme15to14, SchemeCalendar} {
		if got, err := ParseScheme(scheme.String()); err != nil || got != scheme {
			t.Errorf("%s read back as %v, %v", scheme, got, err)
		}
	}
	for _, s := range []string{"", "14-15", "Calendar", "15-14 "} {
		if _, err := ParseScheme(s); err == nil {
			t.Errorf("%q was read", s)
		}
	}
}
