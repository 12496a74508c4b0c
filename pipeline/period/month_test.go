package period

import (
	"encoding/json"
	"testing"
	"time"
)

func month(t *testing.T, s string) Month {
	t.Helper()
	m, err := ParseMonth(s)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func date(t *testing.T, s string) Date {
	t.Helper()
	d, err := ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestParseMonthTakesOneForm(t *testing.T) {
	if got := month(t, "2025-06"); got != (Month{2025, time.June}) {
		t.Errorf("got %v", got)
	}
	for _, s := range []string{"", "2025", "2025-6", "2025-13", "2025-00", "0000-01", "06-2025", "2025/06", "+025-06", "2025-+6", "2025-06-01", " 2025-06", "2025-06 ", "２０２５-06"} {
		if m, err := ParseMonth(s); err == nil {
			t.Errorf("%q was read as %v", s, m)
		}
	}
}

func TestMonthArithmetic(t *testing.T) {
	for _, c := range []struct {
		from string
		add  int
		want string
	}{
		{"2025-12", 1, "2026-01"}, {"2025-01", -1, "2024-12"}, {"2025-06", 0, "2025-06"},
		{"2025-06", 12, "2026-06"}, {"2025-06", -18, "2023-12"}, {"2021-01", 59, "2025-12"},
	} {
		from, want := month(t, c.from), month(t, c.want)
		if got := from.Add(c.add); got != want {
			t.Errorf("%s + %d = %s, want %s", from, c.add, got, want)
		}
		if got := want.Sub(from); got != c.add {
			t.Errorf("%s - %s = %d, want %d", want, from, got, c.add)
		}
	}
	if got := (Month{}).Add(3); !got.IsZero() {
		t.Errorf("no month + 3 = %v", got)
	}
}

func TestMonthRoundTripAndOrder(t *testing.T) {
	first := month(t, "1900-01")
	previous := Month{}
	for i := range 12 * 300 {
		m := first.Add(i)
		if got := month(t, m.String()); got != m {
			t.Fatalf("%s read back as %v", m, got)
		}
		if !m.After(previous) || !previous.Before(m) || m.Compare(m) != 0 {
			t.Fatalf("%s does not come after %s", m, previous)
		}
		if want := i%12/3 + 1; m.Quarter() != want {
			t.Fatalf("%s in quarter %d, want %d", m, m.Quarter(), want)
		}
		previous = m
	}
}

func TestJSONCarriesTheWrittenForms(t *testing.T) {
	type row struct {
		Month Month
		Date  Date
		Kind  SpanKind
		By    map[Month]int
	}
	in := row{month(t, "2025-06"), date(t, "2025-02-28"), YearToDate, map[Month]int{month(t, "2024-12"): 3}}
	data, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"Month":"2025-06","Date":"2025-02-28","Kind":"year_to_date","By":{"2024-12":3}}`; string(data) != want {
		t.Errorf("got %s, want %s", data, want)
	}
	var out row
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatal(err)
	}
	if out.Month != in.Month || out.Date != in.Date || out.Kind != in.Kind || out.By[month(t, "2024-12")] != 3 {
		t.Errorf("read back as %+v", out)
	}
	if err := json.Unmarshal([]byte(`{"Date":"2025-02-29"}`), &out); err == nil {
		t.Error("29 February 2025 was read")
	}
}

func TestDates(t *testing.T) {
	for _, s := range []string{"", "2025-02-29", "2025-02-30", "2025-04-31", "2025-6-15", "2025-06-1", "2025-06-00", "2025-13-01", "0000-01-01", "2025-06-15T00:00", "15/06/2025"} {
		if d, err := ParseDate(s); err == nil {
			t.Errorf("%q was read as %v", s, d)
		}
	}
	if d := date(t, "2024-02-28").AddDays(1); d != date(t, "2024-02-29") {
		t.Errorf("leap day missed: %s", d)
	}
	if d := date(t, "1900-02-28").AddDays(1); d != date(t, "1900-03-01") {
		t.Errorf("1900 was no leap year, got %s", d)
	}
	if n := date(t, "2400-01-01").Sub(date(t, "2000-01-01")); n != 146097 {
		t.Errorf("400 years have 146097 days, got %d", n)
	}
	if w := date(t, "2025-06-15").Weekday(); w != time.Sunday {
		t.Errorf("15/6/2025 is a %s", w)
	}
	previous := Date{}
	for d := date(t, "1999-12-01"); d.Before(date(t, "2030-01-01")); d = d.AddDays(1) {
		if date(t, d.String()) != d || !d.After(previous) {
			t.Fatalf("%s after %s", d, previous)
		}
		if !previous.IsZero() && d.Sub(previous) != 1 {
			t.Fatalf("%s - %s = %d", d, previous, d.Sub(previous))
		}
		previous = d
	}
}

func TestDateInUsesTheGivenZone(t *testing.T) {
	hanoi := time.FixedZone("+07", 7*60*60)
	instant := time.Date(2025, 6, 14, 17, 0, 0, 0, time.UTC) // midnight in Hà Nội
	if got := DateIn(instant, hanoi); got != date(t, "2025-06-15") {
		t.Errorf("got %s", got)
	}
	if got := DateIn(instant.Add(-time.Second), hanoi); got != date(t, "2025-06-14") {
		t.Errorf("got %s", got)
	}
}

func TestNearestMonthOfANumber(t *testing.T) {
	for _, c := range []struct{ beside, want string }{
		{"2025-06", "2025-12"}, {"2025-05", "2024-12"}, {"2025-12", "2025-12"}, {"2026-01", "2025-12"}, {"2025-07", "2025-12"},
	} {
		m, err := ParseMonth(c.beside)
		if err != nil {
			t.Fatal(err)
		}
		if got := m.Nearest(time.December); got.String() != c.want {
			t.Errorf("the December beside %s is %s, want %s", c.beside, got, c.want)
		}
	}
}
