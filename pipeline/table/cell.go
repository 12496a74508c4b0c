package table

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
)

// Pattern is what an identifier must look like, and an example of it.
type Pattern struct {
	*regexp.Regexp
	Example string
}

// Match returns the text; it is wrong where it has not the form of p.
func (c Cell) Match(p Pattern) string {
	const longest = 40
	if !p.MatchString(c.Text) || len(c.Text) > longest {
		c.Wrong(p.Example, Because("chỉ gồm chữ không dấu, chữ số và dấu nối, tối đa %d ký tự", "is not of the form wanted here, at most %d characters", longest))
	}
	return c.Text
}

// OneOf returns the text where it is one of the values.
func OneOf[S ~string](c Cell, values ...S) S {
	all := make([]string, len(values))
	for i, v := range values {
		if all[i] = string(v); all[i] == c.Text {
			return v
		}
	}
	want := strings.Join(all, " | ")
	if near := Meant(c.Text, all); near != "" {
		want = near
	}
	c.Wrong(want, Because("không phải giá trị cho phép", "is not one of the allowed values"))
	return ""
}

// Flag reads yes or no.
func (c Cell) Flag() bool {
	switch strings.ToLower(c.Text) {
	case "yes", "có":
		return true
	case "no", "không":
		return false
	}
	c.Wrong("yes | no", Because("phải là yes hoặc no", "must be yes or no"))
	return false
}

// List reads values parted by "|".
func (c Cell) List() []string {
	var all []string
	for text := range strings.SplitSeq(c.Text, "|") {
		text = strings.TrimSpace(text)
		switch {
		case text == "":
		case slices.Contains(all, text):
			c.Wrong("", Because("%q có hai lần", "%q is there twice", text))
		default:
			all = append(all, text)
		}
	}
	return all
}

// A decimal point before exactly three digits is a thousands point in most
// Vietnamese hands: 15.000 must not become fifteen.
var thousands = regexp.MustCompile(`^-?[1-9][0-9]{0,2}([.][0-9]{3})+$`)

// Number reads a plain decimal.
func (c Cell) Number() figure.Number {
	n, _ := c.decimal()
	return n
}

// Bound reads a plain decimal, nil where it cannot: an unreadable bound bounds
// nothing, and is not then held against the other one.
func (c Cell) Bound() *figure.Number {
	n, ok := c.decimal()
	if !ok {
		return nil
	}
	return &n
}

func (c Cell) decimal() (n figure.Number, ok bool) {
	text := c.Text
	n, err := figure.Parse(text)
	switch {
	case thousands.MatchString(text):
		c.Wrong(strings.ReplaceAll(text, ".", ""), Because("không rõ dấu chấm là phần nghìn hay phần thập phân", "the point may part thousands or decimals"))
	case err != nil:
		want := strings.ReplaceAll(strings.ReplaceAll(text, " ", ""), ",", ".")
		if _, err := figure.Parse(want); err != nil || thousands.MatchString(want) {
			want = "15000 | 0.7"
		}
		c.Wrong(want, Because("không phải số thập phân viết liền, dấu chấm cho phần thập phân", "is not a plain decimal with a point"))
	default:
		return n, true
	}
	return figure.Number{}, false
}

// Whole reads a whole number between least and most.
func (c Cell) Whole(least, most int) int {
	n, err := strconv.Atoi(c.Text)
	if err != nil || n < least || n > most || strings.HasPrefix(c.Text, "+") {
		c.Wrong("", Because("phải là số nguyên từ %d đến %d", "must be a whole number from %d to %d", least, most))
		return least
	}
	return n
}

// Date reads 2025-06-30.
func (c Cell) Date() period.Date {
	d, err := period.ParseDate(c.Text)
	if err != nil {
		c.Wrong(isoDate(c.Text), Because("không phải ngày viết theo năm-tháng-ngày", "is not a date written year-month-day"))
	}
	return d
}

var dayFirst = regexp.MustCompile(`^([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})$`)

// excelEpoch is day 0 of the workbook's day numbers from March 1900 on.
var excelEpoch = period.Date{Year: 1899, Month: 12, Day: 30}

// isoDate guesses the date meant by 30/6/2025 or by 45838, the number that
// remains when a date cell loses its format.
func isoDate(text string) string {
	if m := dayFirst.FindStringSubmatch(text); m != nil {
		text = m[3] + "-" + twoDigits(m[2]) + "-" + twoDigits(m[1])
		if d, err := period.ParseDate(text); err == nil {
			return d.String()
		}
	}
	if n, err := strconv.Atoi(text); err == nil && n > 30000 && n < 80000 {
		return excelEpoch.AddDays(n).String()
	}
	return "2025-06-30"
}

func twoDigits(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

// Month reads 2025-06.
func (c Cell) Month() period.Month {
	m, err := period.ParseMonth(c.Text)
	if err != nil {
		c.Wrong("2025-06", Because("không phải tháng viết theo năm-tháng", "is not a month written year-month"))
	}
	return m
}

var (
	monthFirst = regexp.MustCompile(`^(?i:tháng |t)?0?([1-9]|1[0-2])[/.-]([0-9]{4})$`)
	wholeDay   = regexp.MustCompile(`^([0-9]{4}-[0-9]{2})-01$`)
)

// TypedMonth reads 2025-06 and what people type for it: 6/2025, T6/2025. Excel
// makes the first day of the month of both.
func (c Cell) TypedMonth() period.Month {
	text := c.Text
	if m := monthFirst.FindStringSubmatch(text); m != nil {
		text = m[2] + "-" + twoDigits(m[1])
	} else if m := wholeDay.FindStringSubmatch(text); m != nil {
		text = m[1]
	}
	return c.Part(text).Month()
}
