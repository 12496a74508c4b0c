package catalogue

import (
	"regexp"
	"strings"

	"tonghop/pipeline/figure"
	"tonghop/pipeline/table"
)

var (
	unitID      = table.Pattern{Regexp: regexp.MustCompile(`^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$`), Example: "HN-001"}
	codePattern = table.Pattern{Regexp: regexp.MustCompile(`^[A-Z][A-Z0-9_]*$`), Example: "CT02_LD"}
	namePattern = table.Pattern{Regexp: regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`), Example: "HN-2025.1"}
)

// share reads a decimal above 0 and up to 1.
func share(c cell) *figure.Number {
	n := c.Bound()
	if n != nil && (n.Sign() <= 0 || n.Cmp(figure.Int(1)) > 0) {
		c.Wrong("0.25", say("phải lớn hơn 0 và không quá 1", "must be above 0 and at most 1"))
	}
	return n
}

// due reads "12", "6|12" or "1 previous": the months in which a fact is asked,
// and whether it is about the year before.
func due(c cell) []Due {
	var all []Due
	for _, text := range c.List() {
		month, year, _ := strings.Cut(text, " ")
		if year != "" && year != "same" && year != "previous" {
			c.Wrong(month+" previous", say("sau tháng chỉ có thể là same hoặc previous", "after the month only same or previous may stand"))
		}
		d := Due{Month: c.Part(month).Whole(1, 12), Previous: year == "previous"}
		for _, other := range all {
			if other.Month == d.Month {
				c.Wrong("", say("tháng %d có hai lần", "month %d is there twice", d.Month))
			}
		}
		all = append(all, d)
	}
	return all
}

// path reads "2021-12:7000|2022-12:14000".
func path(c cell) []Milestone {
	var all []Milestone
	for _, text := range c.List() {
		month, value, _ := strings.Cut(text, ":")
		m := Milestone{Month: c.Part(strings.TrimSpace(month)).Month(), Value: c.Part(strings.TrimSpace(value)).Number()}
		if len(all) > 0 && !all[len(all)-1].Month.Before(m.Month) {
			c.Wrong("", say("các mốc phải theo thứ tự thời gian", "the milestones must be in order of time"))
		}
		all = append(all, m)
	}
	return all
}
