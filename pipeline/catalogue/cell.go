package catalogue

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
)

// pattern is what an identifier must look like, and an example of it.
type pattern struct {
	*regexp.Regexp
	example string
}

var (
	unitID      = pattern{regexp.MustCompile(`^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$`), "HN-001"}
	codePattern = pattern{regexp.MustCompile(`^[A-Z][A-Z0-9_]*$`), "CT02_LD"}
	namePattern = pattern{regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`), "HN-2025.1"}
)

// match returns the text where it has the form of p.
func (c cell) match(p pattern) string {
	const longest = 40
	if !p.MatchString(c.text) || len(c.text) > longest {
		c.wrong(p.example, say("chỉ gồm chữ không dấu, chữ số và dấu nối, tối đa %d ký tự", "is not of the form wanted here, at most %d characters", longest))
	}
	return c.text
}

// oneOf returns the text where it is one of the values.
func oneOf[S ~string](c cell, values ...S) S {
	all := make([]string, len(values))
	for i, v := range values {
		if all[i] = string(v); all[i] == c.text {
			return v
		}
	}
	want := strings.Join(all, " | ")
	if near := meant(c.text, all); near != "" {
		want = near
	}
	c.wrong(want, say("không phải giá trị cho phép", "is not one of the allowed values"))
	return ""
}

// flag reads yes or no.
func (c cell) flag() bool {
	switch strings.ToLower(c.text) {
	case "yes", "có":
		return true
	case "no", "không":
		return false
	}
	c.wrong("yes | no", say("phải là yes hoặc no", "must be yes or no"))
	return false
}

// list reads values parted by "|".
func (c cell) list() []string {
	var all []string
	for text := range strings.SplitSeq(c.text, "|") {
		text = strings.TrimSpace(text)
		switch {
		case text == "":
		case slices.Contains(all, text):
			c.wrong("", say("%q có hai lần", "%q is there twice", text))
		default:
			all = append(all, text)
		}
	}
	return all
}

// A decimal point before exactly three digits is a thousands point in most
// Vietnamese hands: 15.000 must not become fifteen.
var thousands = regexp.MustCompile(`^-?[1-9][0-9]{0,2}([.][0-9]{3})+$`)

// number reads a plain decimal.
func (c cell) number() figure.Number {
	n, _ := c.decimal(c.text)
	return n
}

// bound reads a plain decimal, nil where it cannot: an unreadable bound bounds
// nothing, and is not then held against the other one.
func (c cell) bound() *figure.Number {
	n, ok := c.decimal(c.text)
	if !ok {
		return nil
	}
	return &n
}

func (c cell) decimal(text string) (n figure.Number, ok bool) {
	n, err := figure.Parse(text)
	switch {
	case thousands.MatchString(text):
		c.wrong(strings.ReplaceAll(text, ".", ""), say("không rõ dấu chấm là phần nghìn hay phần thập phân", "the point may part thousands or decimals"))
	case err != nil:
		want := strings.ReplaceAll(strings.ReplaceAll(text, " ", ""), ",", ".")
		if _, err := figure.Parse(want); err != nil || thousands.MatchString(want) {
			want = "15000 | 0.7"
		}
		c.wrong(want, say("không phải số thập phân viết liền, dấu chấm cho phần thập phân", "is not a plain decimal with a point"))
	default:
		return n, true
	}
	return figure.Number{}, false
}

// share reads a decimal above 0 and up to 1.
func (c cell) share() *figure.Number {
	n, ok := c.decimal(c.text)
	if !ok {
		return nil
	}
	if n.Sign() <= 0 || n.Cmp(figure.Int(1)) > 0 {
		c.wrong("0.25", say("phải lớn hơn 0 và không quá 1", "must be above 0 and at most 1"))
	}
	return &n
}

// whole reads a whole number between least and most.
func (c cell) whole(least, most int) int {
	return c.wholeOf(c.text, least, most)
}

func (c cell) wholeOf(text string, least, most int) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < least || n > most || strings.HasPrefix(text, "+") {
		c.wrong("", say("phải là số nguyên từ %d đến %d", "must be a whole number from %d to %d", least, most))
		return least
	}
	return n
}

// date reads 2025-06-30.
func (c cell) date() period.Date {
	d, err := period.ParseDate(c.text)
	if err != nil {
		c.wrong(isoDate(c.text), say("không phải ngày viết theo năm-tháng-ngày", "is not a date written year-month-day"))
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

// month reads 2025-06.
func (c cell) month() period.Month { return c.monthOf(c.text) }

func (c cell) monthOf(text string) period.Month {
	m, err := period.ParseMonth(text)
	if err != nil {
		c.wrong("2025-06", say("không phải tháng viết theo năm-tháng", "is not a month written year-month"))
	}
	return m
}

// due reads "12", "6|12" or "1 previous": the months in which a fact is asked,
// and whether it is about the year before.
func (c cell) due() []Due {
	var all []Due
	for _, text := range c.list() {
		month, year, _ := strings.Cut(text, " ")
		if year != "" && year != "same" && year != "previous" {
			c.wrong(month+" previous", say("sau tháng chỉ có thể là same hoặc previous", "after the month only same or previous may stand"))
		}
		d := Due{Month: c.wholeOf(month, 1, 12), Previous: year == "previous"}
		for _, other := range all {
			if other.Month == d.Month {
				c.wrong("", say("tháng %d có hai lần", "month %d is there twice", d.Month))
			}
		}
		all = append(all, d)
	}
	return all
}

// path reads "2021-12:7000|2022-12:14000".
func (c cell) path() []Milestone {
	var all []Milestone
	for _, text := range c.list() {
		month, value, _ := strings.Cut(text, ":")
		m := Milestone{Month: c.monthOf(strings.TrimSpace(month))}
		m.Value, _ = c.decimal(strings.TrimSpace(value))
		if len(all) > 0 && !all[len(all)-1].Month.Before(m.Month) {
			c.wrong("", say("các mốc phải theo thứ tự thời gian", "the milestones must be in order of time"))
		}
		all = append(all, m)
	}
	return all
}
