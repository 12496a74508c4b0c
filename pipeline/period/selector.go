package period

import (
	"fmt"
	"strings"
)

// SelectorKind tells the selectors that name a span from those that must be
// resolved against what has been received.
type SelectorKind int

const (
	// Fixed names its span.
	Fixed SelectorKind = iota
	// Latest asks for the newest month that has a submission and whose window is over.
	Latest
	// Previous asks for the month before the latest.
	Previous
)

// Selector is what `run --period` takes. Span is set for Fixed only.
type Selector struct {
	Kind SelectorKind
	Span Span
}

// ParseSelector reads "2025-06", "2025-Q2", "2025-H1", "2025-9M", "2025",
// "latest" or "previous", in capitals or not.
func ParseSelector(s string) (Selector, error) {
	text := strings.ToUpper(strings.TrimSpace(s))
	switch text {
	case "LATEST":
		return Selector{Kind: Latest}, nil
	case "PREVIOUS":
		return Selector{Kind: Previous}, nil
	}
	if month, err := ParseMonth(text); err == nil {
		return Selector{Span: SpanOf(Monthly, month, Month{})}, nil
	}
	written, part, _ := strings.Cut(text, "-")
	year, ok := digits(written)
	if ok && len(written) == 4 && year > 0 {
		january := Month{Year: year, Number: 1}
		for _, span := range []Span{
			SpanOf(Quarterly, january, Month{}), SpanOf(Quarterly, january.Add(3), Month{}),
			SpanOf(Quarterly, january.Add(6), Month{}), SpanOf(Quarterly, january.Add(9), Month{}),
			SpanOf(HalfYear, january, Month{}), SpanOf(HalfYear, january.Add(6), Month{}),
			SpanOf(NineMonths, january, Month{}), SpanOf(FullYear, january, Month{}),
		} {
			if span.String() == text {
				return Selector{Span: span}, nil
			}
		}
		if number, isNumber := digits(part); isNumber && len(part) == 2 {
			return Selector{}, fmt.Errorf("period %q: there is no month %d; months run from 01 to 12", s, number)
		}
	}
	return Selector{}, fmt.Errorf("period %q: want a month (2025-06), a quarter (2025-Q2), a half (2025-H1), nine months (2025-9M), a year (2025), latest or previous", s)
}

// String gives what ParseSelector reads.
func (s Selector) String() string {
	switch s.Kind {
	case Latest:
		return "latest"
	case Previous:
		return "previous"
	default:
		return s.Span.String()
	}
}
