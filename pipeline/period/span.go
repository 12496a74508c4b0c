package period

import "fmt"

// SpanKind says what a run of months is. The zero value is no kind.
type SpanKind int

// The spans a figure can be given for. A run for a month publishes Monthly and the
// three "to date" spans; a run for a longer selector publishes that one span.
const (
	Monthly SpanKind = iota + 1
	Quarterly
	HalfYear
	NineMonths
	FullYear
	QuarterToDate
	YearToDate
	PlanToDate
)

var spanNames = map[SpanKind]string{
	Monthly: "month", Quarterly: "quarter", HalfYear: "half", NineMonths: "nine_months", FullYear: "year",
	QuarterToDate: "quarter_to_date", YearToDate: "year_to_date", PlanToDate: "plan_to_date",
}

// String gives the name used in figures.json, such as "year_to_date".
func (k SpanKind) String() string { return spanNames[k] }

// ParseSpanKind reads a name that String gave.
func ParseSpanKind(s string) (SpanKind, error) {
	for kind, name := range spanNames {
		if name == s {
			return kind, nil
		}
	}
	return 0, fmt.Errorf("span %q: want month, quarter, half, nine_months, year, quarter_to_date, year_to_date or plan_to_date", s)
}

// MarshalText writes the kind's name.
func (k SpanKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads the kind's name.
func (k *SpanKind) UnmarshalText(text []byte) error {
	parsed, err := ParseSpanKind(string(text))
	if err == nil {
		*k = parsed
	}
	return err
}

// Span is a run of months, both ends included. A span without months has zero
// ends.
type Span struct {
	Kind     SpanKind
	From, To Month
}

// SpanOf gives the span of a kind by the month at which one stands.
//
// The "to date" kinds run from their beginning to end: YearToDate at 2025-06 is
// 2025-01..2025-06. The fixed kinds are the whole quarter, half or year that holds
// end, and NineMonths is January to September of its year. PlanToDate begins at
// planFrom, which the other kinds ignore; without a plan, or before it begins, it
// has no months.
func SpanOf(kind SpanKind, end, planFrom Month) Span {
	if end.IsZero() {
		return Span{Kind: kind}
	}
	january := Month{Year: end.Year, Number: 1}
	quarter := january.Add(3 * (end.Quarter() - 1))
	span := Span{Kind: kind, From: end, To: end}
	switch kind {
	case Quarterly:
		span.From, span.To = quarter, quarter.Add(2)
	case HalfYear:
		span.From = january.Add((int(end.Number) - 1) / 6 * 6)
		span.To = span.From.Add(5)
	case NineMonths:
		span.From, span.To = january, january.Add(8)
	case FullYear:
		span.From, span.To = january, january.Add(11)
	case QuarterToDate:
		span.From = quarter
	case YearToDate:
		span.From = january
	case PlanToDate:
		if planFrom.IsZero() || planFrom.After(end) {
			return Span{Kind: kind}
		}
		span.From = planFrom
	}
	return span
}

// IsZero reports whether the span has no months.
func (s Span) IsZero() bool { return s.From.IsZero() || s.To.IsZero() || s.To.Before(s.From) }

// NumMonths gives the number of months in the span.
func (s Span) NumMonths() int {
	if s.IsZero() {
		return 0
	}
	return s.To.Sub(s.From) + 1
}

// Months gives the months of the span in order of time.
func (s Span) Months() []Month {
	months := make([]Month, 0, s.NumMonths())
	for i := range s.NumMonths() {
		months = append(months, s.From.Add(i))
	}
	return months
}

// Add gives the span of the same kind n months later, or earlier where n is
// negative.
func (s Span) Add(n int) Span { return Span{Kind: s.Kind, From: s.From.Add(n), To: s.To.Add(n)} }

// Contains reports whether m is one of the months.
func (s Span) Contains(m Month) bool {
	return !s.IsZero() && !m.Before(s.From) && !m.After(s.To)
}

// String gives the span's name as `run --period` takes it and as its output
// folder is called: "2025-06", "2025-Q2", "2025-H1", "2025-9M", "2025". The
// "to date" kinds, which cannot be selected, print their ends:
// "2025-01..2025-06".
func (s Span) String() string {
	if s.IsZero() {
		return ""
	}
	switch s.Kind {
	case Monthly:
		return s.To.String()
	case Quarterly:
		return fmt.Sprintf("%04d-Q%d", s.To.Year, s.To.Quarter())
	case HalfYear:
		return fmt.Sprintf("%04d-H%d", s.To.Year, int(s.To.Number)/6)
	case NineMonths:
		return fmt.Sprintf("%04d-9M", s.To.Year)
	case FullYear:
		return fmt.Sprintf("%04d", s.To.Year)
	default:
		return s.From.String() + ".." + s.To.String()
	}
}
