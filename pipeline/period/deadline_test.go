package period

import (
	"strings"
	"testing"
	"time"
)

// calendar2025 holds the rows that the cases below turn on; the Tết days are those
// of February 2026.
func calendar2025(t *testing.T) Calendar {
	t.Helper()
	days := map[Date]DayKind{
		date(t, "2025-04-30"): Off,
		date(t, "2025-05-01"): Off,
		date(t, "2025-05-02"): Off,
		date(t, "2025-04-26"): Makeup,
		date(t, "2025-09-17"): Off,
		date(t, "2025-05-17"): Makeup,
	}
	for d := date(t, "2026-02-14"); !d.After(date(t, "2026-02-22")); d = d.AddDays(1) {
		days[d] = Tet
	}
	return NewCalendar(days)
}

func TestWorkingDays(t *testing.T) {
	cal := calendar2025(t)
	for _, c := range []struct {
		date string
		want bool
	}{
		{"2025-06-13", true}, {"2025-06-14", false}, {"2025-06-15", false},
		{"2025-04-26", true}, {"2025-04-30", false}, {"2026-02-17", false},
	} {
		if got := cal.Working(date(t, c.date)); got != c.want {
			t.Errorf("%s working: %v", c.date, got)
		}
	}
	if !cal.Covers(2025) || !cal.Covers(2026) || cal.Covers(2027) || (Calendar{}).Covers(2025) {
		t.Error("covers the wrong years")
	}
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2025-04-29", 1, "2025-05-05"}, // over a holiday and a weekend
		{"2025-04-25", 1, "2025-04-26"}, // to the Saturday worked in exchange
		{"2025-04-25", 2, "2025-04-28"},
		{"2025-05-05", -1, "2025-04-29"},
		{"2025-06-14", 1, "2025-06-16"},
		{"2025-06-14", 0, "2025-06-14"},
		{"2026-02-13", 1, "2026-02-23"},
	} {
		if got := cal.AddWorkingDays(date(t, c.from), c.n); got != date(t, c.want) {
			t.Errorf("%s + %d working days = %s, want %s", c.from, c.n, got, c.want)
		}
	}
}

func TestCalendarCopiesItsRows(t *testing.T) {
	days := map[Date]DayKind{date(t, "2025-06-16"): Off}
	cal := NewCalendar(days)
	delete(days, date(t, "2025-06-16"))
	if cal.Working(date(t, "2025-06-16")) {
		t.Error("the calendar changed with the map it was made from")
	}
}

func TestAddWorkingDaysCountsWorkingDays(t *testing.T) {
	cal := calendar2025(t)
	for d := date(t, "2025-04-01"); d.Before(date(t, "2025-06-01")); d = d.AddDays(1) {
		for n := 1; n < 15; n++ {
			end, counted := cal.AddWorkingDays(d, n), 0
			for day := d.AddDays(1); !day.After(end); day = day.AddDays(1) {
				if cal.Working(day) {
					counted++
				}
			}
			if counted != n || !cal.Working(end) {
				t.Fatalf("%s + %d = %s, with %d working days between", d, n, end, counted)
			}
		}
	}
}

func TestDeadline(t *testing.T) {
	hanoi := time.FixedZone("+07", 7*60*60)
	for name, c := range map[string]struct {
		day    int
		move   string
		scheme Scheme
		month  string
		want   string
	}{
		"working day":                   {17, MoveNext, Scheme15to14, "2025-06", "2025-06-17"},
		"on a Saturday worked":          {17, MoveNext, Scheme15to14, "2025-05", "2025-05-17"},
		"on a Sunday":                   {17, MoveNext, Scheme15to14, "2025-08", "2025-08-18"},
		"on a Sunday, before":           {17, MovePrevious, Scheme15to14, "2025-08", "2025-08-15"},
		"on a Sunday, staying":          {17, MoveNone, Scheme15to14, "2025-08", "2025-08-17"},
		"on a holiday":                  {17, MoveNext, Scheme15to14, "2025-09", "2025-09-18"},
		"on a holiday, before":          {17, MovePrevious, Scheme15to14, "2025-09", "2025-09-16"},
		"unset moves to the next":       {17, "", Scheme15to14, "2025-08", "2025-08-18"},
		"in Tết":                        {17, MoveNext, Scheme15to14, "2026-02", "2026-02-23"},
		"in Tết, not inside the window": {17, MovePrevious, Scheme15to14, "2026-02", "2026-02-23"},
		"December":                      {17, MoveNext, Scheme15to14, "2025-12", "2025-12-17"},
		"January":                       {17, MoveNext, Scheme15to14, "2025-01", "2025-01-17"},
		"calendar month":                {17, MoveNext, SchemeCalendar, "2025-06", "2025-07-17"},
		"calendar December":             {17, MoveNext, SchemeCalendar, "2025-12", "2026-01-19"},
		"31st of a short month":         {31, MoveNone, Scheme15to14, "2025-02", "2025-02-28"},
		"31st of a leap February":       {31, MoveNone, Scheme15to14, "2024-02", "2024-02-29"},
	} {
		rule := DeadlineRule{Day: c.day, Hour: 17, Minute: 30, IfNotWorking: c.move}
		if err := rule.Validate(c.scheme); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		got := rule.For(month(t, c.month), c.scheme, calendar2025(t), hanoi)
		if want := c.want + "T17:30:00+07:00"; got.Format(time.RFC3339) != want {
			t.Errorf("%s: %s is due %s, want %s", name, c.month, got.Format(time.RFC3339), want)
		}
	}
}

func TestDeadlineIsAfterItsWindow(t *testing.T) {
	cal, first := calendar2025(t), month(t, "2024-11")
	for _, scheme := range []Scheme{Scheme15to14, SchemeCalendar} {
		for day := 1; day <= 31; day++ {
			for _, move := range []string{MoveNext, MovePrevious, MoveNone} {
				rule := DeadlineRule{Day: day, Hour: 8, IfNotWorking: move}
				if rule.Validate(scheme) != nil {
					continue
				}
				for i := range 24 {
					m := first.Add(i)
					if due := rule.For(m, scheme, cal, time.UTC); !scheme.Window(m).Closed(due, time.UTC) {
						t.Fatalf("%s, day %d, %s: %s is due %s, inside its window", scheme, day, move, m, due)
					}
				}
			}
		}
	}
}

func TestDeadlineRuleIsValidated(t *testing.T) {
	for _, c := range []struct {
		rule   DeadlineRule
		scheme Scheme
		want   string
	}{
		{DeadlineRule{Day: 14}, Scheme15to14, "15 to 31"},
		{DeadlineRule{Day: 0}, SchemeCalendar, "1 to 31"},
		{DeadlineRule{Day: 32}, SchemeCalendar, "1 to 31"},
		{DeadlineRule{Day: 17, Hour: 24}, Scheme15to14, "23:59"},
		{DeadlineRule{Day: 17, Minute: -1}, Scheme15to14, "23:59"},
		{DeadlineRule{Day: 17, IfNotWorking: "later"}, Scheme15to14, "next, previous or none"},
	} {
		if err := c.rule.Validate(c.scheme); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v, want mention of %q", c.rule, err, c.want)
		}
	}
}

func TestParseClock(t *testing.T) {
	for s, want := range map[string][2]int{"17:00": {17, 0}, "8:30": {8, 30}, "00:00": {0, 0}, "23:59": {23, 59}} {
		hour, minute, err := ParseClock(s)
		if err != nil || hour != want[0] || minute != want[1] {
			t.Errorf("%q = %d:%02d, %v", s, hour, minute, err)
		}
	}
	for _, s := range []string{"", "17", "17h00", "24:00", "17:60", "17:0", "-1:00", "017:00", "17:00:00", "5pm"} {
		if _, _, err := ParseClock(s); err == nil {
			t.Errorf("%q was read", s)
		}
	}
}

func TestParseDayKind(t *testing.T) {
	for _, kind := range []DayKind{Off, Makeup, Tet} {
		if got, err := ParseDayKind(kind.String()); err != nil || got != kind {
			t.Errorf("%s read back as %v, %v", kind, got, err)
		}
	}
	if _, err := ParseDayKind(""); err == nil {
		t.Error("an empty kind was read")
	}
}
