package period

import (
	"cmp"
	"fmt"
	"time"
)

// Month is a reporting month such as 2025-06. Which days it covers is decided by
// a Scheme. The zero value means "none", prints as "" and sorts before every
// other month.
type Month struct {
	Year   int
	Number time.Month
}

// ParseMonth reads a month written as "2025-06" and nothing else.
func ParseMonth(s string) (Month, error) {
	year, number, ok := monthDigits(s)
	if !ok || len(s) != len("2025-06") {
		return Month{}, fmt.Errorf("month %q: want year and month such as 2025-06", s)
	}
	if year == 0 || number < 1 || number > 12 {
		return Month{}, fmt.Errorf("month %q: there is no such month; want one such as 2025-06", s)
	}
	return Month{Year: year, Number: time.Month(number)}, nil
}

// monthDigits reads the "2025-06" at the start of s without judging the values.
func monthDigits(s string) (year, number int, ok bool) {
	if len(s) < 7 || s[4] != '-' {
		return 0, 0, false
	}
	year, okYear := digits(s[:4])
	number, okNumber := digits(s[5:7])
	return year, number, okYear && okNumber
}

// digits reads a run of ASCII digits. strconv.Atoi would also take a sign.
func digits(s string) (int, bool) {
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, len(s) > 0
}

// String gives "2025-06", or "" for the zero month. ParseMonth reads it back.
func (m Month) String() string {
	if m.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d", m.Year, int(m.Number))
}

// IsZero reports whether m is no month.
func (m Month) IsZero() bool { return m == Month{} }

// Index counts months since the January of year 0, so that the difference of two
// indexes is a number of months.
func (m Month) Index() int { return m.Year*12 + int(m.Number) - 1 }

// monthAt is the inverse of Index for the years that can be written.
func monthAt(index int) Month {
	return Month{Year: index / 12, Number: time.Month(index%12 + 1)}
}

// Add gives the month n months later, or earlier where n is negative. Nothing
// added to the zero month makes it a month.
func (m Month) Add(n int) Month {
	if m.IsZero() {
		return m
	}
	return monthAt(m.Index() + n)
}

// Sub gives the number of months from o to m: 2025-06 less 2025-04 is 2.
func (m Month) Sub(o Month) int { return m.Index() - o.Index() }

// Compare orders months by time; it is what slices.SortFunc wants.
func (m Month) Compare(o Month) int { return cmp.Compare(m.Index(), o.Index()) }

// Before reports whether m is an earlier month than o.
func (m Month) Before(o Month) bool { return m.Compare(o) < 0 }

// After reports whether m is a later month than o.
func (m Month) After(o Month) bool { return m.Compare(o) > 0 }

// Quarter gives 1 to 4, or 0 for the zero month.
func (m Month) Quarter() int { return (int(m.Number) + 2) / 3 }

// Days gives the number of days in the calendar month of that name.
func (m Month) Days() int {
	return time.Date(m.Year, m.Number+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// MarshalText writes a month as String does, so that JSON and tables carry "2025-06".
func (m Month) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads what MarshalText wrote; empty text is the zero month.
func (m *Month) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*m = Month{}
		return nil
	}
	parsed, err := ParseMonth(string(text))
	if err == nil {
		*m = parsed
	}
	return err
}

// Nearest gives the month of this number that lies nearest to m: what a month
// written without its year most likely means beside m.
func (m Month) Nearest(number time.Month) Month {
	other := Month{Year: m.Year, Number: number}
	switch difference := other.Sub(m); {
	case difference > 6:
		return other.Add(-12)
	case difference < -6:
		return other.Add(12)
	}
	return other
}
