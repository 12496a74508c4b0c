package naming

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"tonghop/pipeline/period"
	"tonghop/pipeline/vietnamese"
)

// Said is what a text says about the period.
type Said struct {
	Months []period.Month  // named with their year, or by their days; each once, in the order of the text
	Bare   []time.Month    // named without a year, each once
	Spans  []period.Span   // quarters, halves and years that are named with their year
	Longer bool            // something longer than a month is named, with or without its year
	Odd    bool            // days are named from which to which, and they are no period's
	Days   []period.Window // the odd days of which the year is known
}

// Month is the one month that the text names, and nothing in the text against
// it.
func (s Said) Month() (period.Month, bool) {
	if len(s.Months) != 1 || s.Longer || s.Odd || !s.allows(s.Months[0]) {
		return period.Month{}, false
	}
	return s.Months[0], true
}

// allows reports whether the months without a year agree with m.
func (s Said) allows(m period.Month) bool {
	return !slices.ContainsFunc(s.Bare, func(n time.Month) bool { return n != m.Number })
}

// Nothing reports whether the text says nothing about the period.
func (s Said) Nothing() bool {
	return len(s.Months) == 0 && len(s.Bare) == 0 && !s.Longer && !s.Odd
}

// Contradicts reports whether the text names periods and m is none of them, nor
// within one.
func (s Said) Contradicts(m period.Month) bool {
	if slices.Contains(s.Months, m) || slices.Contains(s.Bare, m.Number) ||
		slices.ContainsFunc(s.Spans, func(span period.Span) bool { return span.Contains(m) }) {
		return false
	}
	return len(s.Months) > 0 || len(s.Bare) > 0 || len(s.Spans) > 0
}

// Merge is what two texts say together.
func (s Said) Merge(o Said) Said {
	s.Months, s.Bare, s.Spans = slices.Clone(s.Months), slices.Clone(s.Bare), append(slices.Clone(s.Spans), o.Spans...)
	for _, m := range o.Months {
		s.month(m)
	}
	for _, n := range o.Bare {
		s.bare(n)
	}
	s.Longer, s.Odd = s.Longer || o.Longer, s.Odd || o.Odd
	s.Days = append(slices.Clone(s.Days), o.Days...)
	return s
}

// MonthInPart is the one month that the text names beside days within it: what a
// unit writes that began or ended in the month. Whether it did, the text cannot
// say.
func (s Said) MonthInPart(scheme period.Scheme) (period.Month, bool) {
	if len(s.Months) != 1 || s.Longer || len(s.Days) != 1 || !s.allows(s.Months[0]) {
		return period.Month{}, false
	}
	window := scheme.Window(s.Months[0])
	return s.Months[0], window.Contains(s.Days[0].From) && window.Contains(s.Days[0].To)
}

func (s *Said) month(m period.Month) {
	if !slices.Contains(s.Months, m) {
		s.Months = append(s.Months, m)
	}
}

func (s *Said) bare(n time.Month) {
	if !slices.Contains(s.Bare, n) {
		s.Bare = append(s.Bare, n)
	}
}

// The ways in which periods are written, on plain text. They are looked for in
// this order, and what one has taken is gone for the next: "14/6/2025" is a day
// and names no month.
var (
	dayInWords = regexp.MustCompile(`ngay\s*(\d{1,2})\s*thang\s*(\d{1,2})(?:\s*nam\s*(\d{4}))?`)
	fromTo     = regexp.MustCompile(`(\d{1,2})\s*[/.]\s*(\d{1,2})(?:\s*[/.]\s*(\d{4}))?\s*(?:-|den het|den|toi)\s*(?:ngay\s*)?(\d{1,2})\s*[/.]\s*(\d{1,2})(?:\s*[/.]\s*(\d{4}))?`)
	day        = regexp.MustCompile(`\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|\d{4}-\d{1,2}-\d{1,2}`)
	quarter    = regexp.MustCompile(`\bquy\s*(iv|i{1,3}|[1-4])\b(?:\s*[/.,-]?\s*(?:nam\s*)?(\d{4}))?|\bq([1-4])\s*[/.-]\s*(\d{4})|(\d{4})\s*[/-]\s*q([1-4])\b`)
	yearMonth  = regexp.MustCompile(`(?:^|\D)(\d{4})-(\d{1,2})(?:\D|$)`)
	monthYear  = regexp.MustCompile(`(?:^|[^\pL\d])(?:thang\s*:?\s*|t\.?\s*)(\d{1,2})\s*(?:[/.,-]\s*(?:nam\s*:?\s*)?|nam\s*:?\s*|\s)(\d{4})(?:\D|$)`)
	slashYear  = regexp.MustCompile(`(?:^|[^\pL\d])(\d{1,2})\s*(?:[/.-]|nam\s*:?)\s*(\d{4})(?:\D|$)`)
	bareMonth  = regexp.MustCompile(`\bthang\s*:?\s*(\d{1,2})(?:\D|$)`)
	longer     = regexp.MustCompile(`\b(?:3|6|9|12)\s*thang\b|\b(?:ca\s+)?nam\s*:?\s*\d{4}\b|\b(?:sau|chin)\s+thang\b`)
	yearWord   = regexp.MustCompile(`\bnam\s*:?\s*([1-9]\d{3})\b`)
	anyYear    = regexp.MustCompile(`(?:^|\D)(\d{4})(?:\D|$)`)
)

// Periods tells what a text says about the period, by the days of scheme where
// it names days.
func Periods(text string, scheme period.Scheme) Said {
	const longest = 600 // bytes; nobody names a period in an essay
	if len(text) > longest {
		return Said{}
	}
	var s Said
	rest := strings.ReplaceAll(vietnamese.Plain(text), "_", " ")
	if !strings.ContainsAny(rest, "0123456789") && !strings.Contains(rest, "quy") && !strings.Contains(rest, "thang") {
		return s // none of the patterns can match
	}
	take := func(pattern *regexp.Regexp, with func(part []string)) {
		// Twice, for a match takes the character that parts it from the next.
		for range 2 {
			rest = pattern.ReplaceAllStringFunc(rest, func(match string) string {
				with(pattern.FindStringSubmatch(match))
				return " ; "
			})
		}
	}
	rest = dayInWords.ReplaceAllStringFunc(rest, func(match string) string {
		part := dayInWords.FindStringSubmatch(match)
		return strings.TrimSuffix(part[1]+"/"+part[2]+"/"+part[3], "/")
	})
	take(fromTo, func(part []string) { s.days(part, rest, scheme) })
	take(day, func([]string) {})
	take(quarter, func(part []string) { s.quarter(part) })
	for _, pattern := range []*regexp.Regexp{yearMonth, monthYear, slashYear} {
		take(pattern, func(part []string) {
			year, number := part[2], part[1]
			if pattern == yearMonth {
				year, number = part[1], part[2]
			}
			if m, ok := monthOf(year, number); ok {
				s.month(m)
			}
		})
	}
	take(bareMonth, func(part []string) {
		if n := atoi(part[1]); n >= 1 && n <= 12 {
			s.bare(time.Month(n))
		}
	})
	if years := yearWord.FindAllStringSubmatch(rest, -1); len(years) == 1 && len(s.Months) == 0 && len(s.Bare) == 1 && !s.Longer {
		// "Năm 2025, tháng 6"
		s.Months, s.Bare = []period.Month{{Year: atoi(years[0][1]), Number: s.Bare[0]}}, nil
	}
	if len(s.Months) == 0 && len(s.Bare) == 0 && longer.MatchString(rest) {
		s.Longer = true
	}
	return s
}

// days takes "15/5-14/6/2025" apart. The year is that of the last day, else the
// only one that stands anywhere in the text.
func (s *Said) days(part []string, text string, scheme period.Scheme) {
	first, last := [2]int{atoi(part[1]), atoi(part[2])}, [2]int{atoi(part[4]), atoi(part[5])}
	year := part[6]
	if year == "" {
		year = onlyYear(text)
	}
	if year == "" {
		// Any year that is no leap year will do to see which month these days are.
		if m, ok := monthOf("2025", part[5]); ok && daysOf(scheme.Window(m)) == [2][2]int{first, last} {
			s.bare(m.Number)
			return
		}
		s.Odd = true
		return
	}
	m, ok := monthOf(year, part[5])
	if !ok {
		s.Odd = true
		return
	}
	if window := scheme.Window(m); daysOf(window) == [2][2]int{first, last} && (part[3] == "" || atoi(part[3]) == window.From.Year) {
		s.month(m)
		return
	}
	for _, kind := range []period.SpanKind{period.Quarterly, period.HalfYear, period.NineMonths, period.FullYear} {
		span := period.SpanOf(kind, m, period.Month{})
		if span.To == m && daysOf(scheme.SpanWindow(span)) == [2][2]int{first, last} {
			s.Spans, s.Longer = append(s.Spans, span), true
			return
		}
	}
	s.Odd = true
	from := period.Date{Year: m.Year, Month: time.Month(first[1]), Day: first[0]}
	if given := atoi(part[3]); given > 0 {
		from.Year = given
	}
	if to := (period.Date{Year: m.Year, Month: m.Number, Day: last[0]}); from.Valid() && to.Valid() {
		s.Days = append(s.Days, period.Window{From: from, To: to})
	}
}

func daysOf(w period.Window) [2][2]int {
	return [2][2]int{{w.From.Day, int(w.From.Month)}, {w.To.Day, int(w.To.Month)}}
}

func (s *Said) quarter(part []string) {
	number, year := part[1], part[2]
	switch {
	case part[3] != "":
		number, year = part[3], part[4]
	case part[5] != "":
		number, year = part[6], part[5]
	}
	s.Longer = true
	n, ok := map[string]int{"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}[number]
	if m, isMonth := monthOf(year, strconv.Itoa(3*n)); ok && isMonth {
		s.Spans = append(s.Spans, period.SpanOf(period.Quarterly, m, period.Month{}))
	}
}

// onlyYear is the year that a text names, if it names one.
func onlyYear(text string) string {
	year := ""
	for _, match := range anyYear.FindAllStringSubmatch(text, -1) {
		if year != "" && match[1] != year {
			return ""
		}
		year = match[1]
	}
	return year
}

func monthOf(year, number string) (period.Month, bool) {
	m := period.Month{Year: atoi(year), Number: time.Month(atoi(number))}
	return m, m.Year > 0 && m.Number >= 1 && m.Number <= 12
}

func atoi(digits string) int {
	n, _ := strconv.Atoi(digits) // the patterns let nothing else through
	return n
}
