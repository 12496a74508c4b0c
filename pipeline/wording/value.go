package wording

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
	"tonghop/pipeline/vietnamese"
)

// Number prints n rounded half-up to a fixed number of decimals: "1.234,5",
// "1,234.5".
func (p Phrases) Number(n figure.Number, decimals int) string {
	return p.separators(vietnamese.Number(n, decimals))
}

// Exact prints n with the decimals it has; a quotient without an end is rounded
// half-up to 6.
func (p Phrases) Exact(n figure.Number) string { return p.separators(vietnamese.ExactNumber(n)) }

// Percent prints a number that already counts percents: "82,91%".
func (p Phrases) Percent(n figure.Number, decimals int) string {
	return p.Number(n, decimals) + "%"
}

var exchange = strings.NewReplacer(".", ",", ",", ".")

// separators turns the Vietnamese point and comma into those of the language.
func (p Phrases) separators(printed string) string {
	if p.language == English {
		return exchange.Replace(printed)
	}
	return printed
}

// Date prints a date within a sentence or table: "15/5/2025", "15 May 2025".
func (p Phrases) Date(d period.Date) string {
	if p.language == English && !d.IsZero() {
		return fmt.Sprintf("%d %s %d", d.Day, d.Month, d.Year)
	}
	return vietnamese.ShortDate(d)
}

// DateTime prints an instant by the clocks of the zone it is in: "10:35 ngày
// 17/6/2025", "10:35 on 17 June 2025".
func (p Phrases) DateTime(t time.Time) string {
	if p.language == English {
		return t.Format("15:04 on 2 January 2006")
	}
	return vietnamese.DateTime(t)
}

// Window prints the days of a window: "từ 15/5/2025 đến 14/6/2025".
func (p Phrases) Window(w period.Window) string {
	return p.Say("window", "from", w.From, "to", w.To)
}

// Month prints a month within a sentence: "tháng 6/2025", "June 2025"; "" for
// none.
func (p Phrases) Month(m period.Month) string {
	switch {
	case m.IsZero():
		return ""
	case p.language == English:
		return fmt.Sprintf("%s %d", m.Number, m.Year)
	default:
		return fmt.Sprintf("tháng %d/%d", int(m.Number), m.Year)
	}
}

// print gives a fact as the language prints it. Whole numbers are counts and
// grouped; what is no count, such as a year or a revision, is passed as text.
func (p Phrases) print(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case int:
		return p.Exact(figure.Int(int64(v)))
	case int64:
		return p.Exact(figure.Int(v))
	case figure.Number:
		return p.Exact(v)
	case period.Month:
		return p.Month(v)
	case period.Date:
		return p.Date(v)
	case period.Window:
		return p.Window(v)
	case period.Span:
		return p.Period(v)
	case time.Time:
		return p.DateTime(v)
	}
	return fmt.Sprint(value)
}

// listed joins "a", "b", "c" as "a, b hoặc c".
func (p Phrases) listed(items []string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	last := len(items) - 1
	return p.Say("list.or", "items", strings.Join(items[:last], ", "), "last", items[last])
}

// number prints text that is a plain decimal as a number, and other text as it
// is.
func (p Phrases) number(text string) string {
	if n, err := figure.Parse(text); err == nil {
		return p.Exact(n)
	}
	return text
}

// longestQuote is how much of a cell's text a sentence repeats, in letters.
const longestQuote = 60

// quote makes text from a cell fit for a sentence: on one line, and no longer
// than that.
func quote(raw string) string {
	text := oneLine(raw)
	if letters := []rune(text); len(letters) > longestQuote {
		return string(letters[:longestQuote]) + "…"
	}
	return text
}

// oneLine makes text from outside harmless in print: one line, without control
// characters.
func oneLine(text string) string {
	return strings.Join(strings.Fields(vietnamese.CleanForPrint(text)), " ")
}

// quarter prints the number of a quarter, which Vietnamese papers write in Roman
// numerals.
func (p Phrases) quarter(number int) string {
	numerals := [...]string{"", "I", "II", "III", "IV"}
	if p.language == English || number < 0 || number >= len(numerals) {
		return strconv.Itoa(number)
	}
	return numerals[number]
}

// year prints a month's year, which is no count and so not grouped.
func year(m period.Month) string {
	if m.IsZero() {
		return ""
	}
	return strconv.Itoa(m.Year)
}
