package reading

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
	"tonghop/pipeline/vietnamese"
)

// date refuses a date in a number's cell and tells what it may have been before
// the spreadsheet made a date of it.
func date(cell Cell) Answer {
	f := finding.New(finding.DateInsteadOfNumber)
	day, ok := dayOf(cell)
	if ok {
		f.Read = vietnamese.ShortDate(day)
	}
	switch {
	case ok && day.Year >= firstTyped && day.Year <= lastTyped:
		f.Want = strings.Join(typedAs(day), "|")
	case allDigits(cell.Raw):
		// A date of long ago is a number in a cell that was left
		// formatted as a date: 41 shows as 10/2/1900.
		f.Want = cell.Raw
	}
	return refuse(cell, f)
}

// firstTyped and lastTyped bound the years in which a spreadsheet puts what was
// typed without one.
const firstTyped, lastTyped = 2000, 2099

// typedAs lists what makes a spreadsheet store this day: 12/5 or, on a computer
// set to English, 5/12; and 3/25 for the first of March 2025.
func typedAs(day period.Date) []string {
	forms := []string{fmt.Sprintf("%d/%d", day.Day, int(day.Month)), fmt.Sprintf("%d/%d", int(day.Month), day.Day)}
	if year := day.Year % 100; day.Day == 1 && year > int(time.December) {
		forms = append(forms, fmt.Sprintf("%d/%d", int(day.Month), year))
	}
	return slices.Compact(forms)
}

// The days from which workbooks count. In the usual system day 1 is 1900-01-01
// and 1900 is taken for a leap year, so that from March on day 0 is 1899-12-30.
var (
	epoch1900 = period.Date{Year: 1899, Month: time.December, Day: 30}
	epoch1904 = period.Date{Year: 1904, Month: time.January, Day: 1}
)

const (
	march1900 = 61
	mostDays  = 2958465 // 9999-12-31
)

// dayOf gives the day that a stored date shows; ok is false for a time without a
// day and for what no calendar has.
func dayOf(cell Cell) (period.Date, bool) {
	if day, err := period.ParseDate(cell.Raw[:min(len(cell.Raw), len("2025-06-15"))]); err == nil {
		return day, true // an ISO date, perhaps with a time
	}
	whole, _, _ := strings.Cut(cell.Raw, ".")
	serial, err := strconv.Atoi(whole)
	switch {
	case err != nil || serial < 1 || serial > mostDays:
		return period.Date{}, false
	case cell.Date1904:
		return epoch1904.AddDays(serial), true
	case serial < march1900:
		return epoch1900.AddDays(serial + 1), true
	}
	return epoch1900.AddDays(serial), true
}

// slashes takes apart a text of digits parted by strokes, "12/5", or by dashes or
// points where there are three parts, "12-5-2025".
func slashes(text string) (parts []int, ok bool) {
	for _, mark := range [...]string{"/", "-", "."} {
		all := strings.Split(text, mark)
		if len(all) < 2 || len(all) > 3 || len(all) == 2 && mark != "/" {
			continue
		}
		parts = parts[:0]
		for _, part := range all {
			part = strings.TrimSpace(part)
			n, err := strconv.Atoi(part)
			// Three digits are a group of thousands: 1.012.025.
			if err != nil || !allDigits(part) || len(all) == 3 && len(part) == 3 {
				break
			}
			parts = append(parts, n)
		}
		if len(parts) == len(all) {
			return parts, true
		}
	}
	return nil, false
}

// dateOrFraction refuses "12/5/2025", "5/2025" and "3/4"; nil for other text.
func dateOrFraction(text string, typ catalogue.ValueType) *finding.Finding {
	parts, ok := slashes(text)
	if !ok {
		return nil
	}
	f := finding.New(finding.DateInsteadOfNumber)
	if len(parts) == 3 {
		day, month, year := parts[0], parts[1], parts[2]
		if day > 31 {
			day, year = year, day
		}
		if year < 100 {
			year += firstTyped
		}
		if d := (period.Date{Year: year, Month: time.Month(month), Day: day}); d.Valid() {
			f.Read = vietnamese.ShortDate(d)
			return &f
		}
		return nil
	}
	if parts[0] >= 1 && parts[0] <= int(time.December) && parts[1] >= firstTyped-100 && parts[1] <= lastTyped {
		return &f // a month
	}
	f = unreadable(fractionMeant(parts[0], parts[1], typ))
	return &f
}

// fractionMeant names what a/b was probably meant to give: of a count "3/4" says
// three of four, of a rate their quotient. It is asked, never read.
func fractionMeant(a, b int, typ catalogue.ValueType) string {
	if typ == catalogue.Whole {
		if a <= b {
			return strconv.Itoa(a)
		}
		return ""
	}
	quotient, err := figure.Int(int64(a)).Quo(figure.Int(int64(b)))
	if err != nil {
		return ""
	}
	if typ == catalogue.Percent {
		quotient = quotient.Mul(hundred)
	}
	const decimals = 4
	if rounded := quotient.Round(decimals); rounded.Equal(quotient) {
		return quotient.String()
	}
	return ""
}
