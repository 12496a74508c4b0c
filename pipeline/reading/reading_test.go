package reading

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
)

// The month and the indicators of the tables.
var (
	june       = period.Month{Year: 2025, Number: 6}
	zero       = catalogue.Always(figure.Int(0))
	fifty      = catalogue.Always(figure.Int(50))
	indicators = map[string]*catalogue.Indicator{
		"count":    {Type: catalogue.Whole, Nature: catalogue.Flow, Min: zero, Measure: "người", NameVI: "Số lao động được đào tạo"},
		"members":  {Type: catalogue.Whole, Nature: catalogue.Flow, Min: zero, Measure: "hội viên"},
		"count na": {Type: catalogue.Whole, Nature: catalogue.Flow, Min: zero, Measure: "người", AllowNA: true},
		"upto 50":  {Type: catalogue.Whole, Nature: catalogue.Flow, Min: zero, Max: fifty, Measure: "lớp"},
		"change":   {Type: catalogue.Whole, Nature: catalogue.Flow, Measure: "hộ"},
		"stock":    {Type: catalogue.Whole, Nature: catalogue.Stock, Min: zero, Measure: "cơ sở"},
		"visits":   {Type: catalogue.Whole, Nature: catalogue.Flow, Min: zero, Measure: "lượt người"},
		"area":     {Type: catalogue.Decimal, Nature: catalogue.Flow, Min: zero, Measure: "m²", Decimals: 1},
		"money":    {Type: catalogue.Decimal, Nature: catalogue.Flow, Min: zero, Measure: "triệu đồng", Decimals: 1},
		"fine":     {Type: catalogue.Decimal, Nature: catalogue.Flow, Decimals: 3},
		"rate":     {Type: catalogue.Percent, Nature: catalogue.Stock, Min: zero, Measure: "%", Decimals: 2},
		"choice":   {Type: catalogue.Choice, Choices: []string{"chưa triển khai", "đang triển khai", "hoàn thành"}},
		"yesno":    {Type: catalogue.YesNo},
		"prose":    {Type: catalogue.Prose},
	}
)

// table tests rows "cell | indicator | figure, or the answer's text in quotation
// marks | what is said". A cell is written as one types it: "text", 12 for a
// number, 0.9% for a number shown as percent, =0.9 for a formula's result,
// date 45789, date1904 1, TRUE, #REF!, nothing for an empty one and = for a
// formula without a result.
func table(t *testing.T, rows string) {
	t.Helper()
	for line := range strings.Lines(strings.TrimSpace(rows)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "--") {
			continue
		}
		columns := strings.Split(line, "|")
		for len(columns) < 4 {
			columns = append(columns, "")
		}
		for i := range columns {
			columns[i] = strings.TrimSpace(columns[i])
		}
		ind, ok := indicators[columns[1]]
		if !ok {
			t.Fatalf("no indicator %q in %q", columns[1], line)
		}
		a := Read(cellOf(t, columns[0]), ind, june)
		if got, want := meaningOf(a), columns[2]; got != want {
			t.Errorf("%s\n\tgives %s", line, got)
		}
		if got, want := said(a), columns[3]; got != want {
			t.Errorf("%s\n\tsays %s", line, got)
		}
	}
}

func cellOf(t *testing.T, s string) (c Cell) {
	t.Helper()
	if text, err := strconv.Unquote(s); err == nil {
		return Cell{Kind: Text, Raw: text}
	}
	s, c.Formula = strings.CutPrefix(s, "=")
	before, after, _ := strings.Cut(s, " ")
	switch {
	case s == "":
		return c
	case s == "TRUE", s == "FALSE":
		c.Kind, c.Raw = Boolean, map[string]string{"TRUE": "1", "FALSE": "0"}[s]
	case s[0] == '#':
		c.Kind, c.Raw = Fault, s
	case before == "date", before == "date1904":
		c.Kind, c.Raw, c.Date1904 = Date, after, before == "date1904"
	default:
		c.Kind = Number
		c.Raw, c.Percent = strings.CutSuffix(s, "%")
	}
	return c
}

func meaningOf(a Answer) string {
	if a.Text != "" {
		return strconv.Quote(a.Text)
	}
	return a.Figure.String()
}

// said prints the findings, and the remark where no finding carries it.
func said(a Answer) string {
	var all []string
	for _, f := range a.Findings {
		s := string(f.Code)
		if f.Read != "" {
			s += " read=" + f.Read
		}
		if f.Want != "" {
			s += " want=" + strings.ReplaceAll(f.Want, "|", ",")
		}
		for _, key := range slices.Sorted(maps.Keys(f.Args)) {
			if key != "choices" {
				s += fmt.Sprintf(" %s=%s", key, f.Args[key])
			}
		}
		all = append(all, s)
	}
	if text := strings.Join(all, " + "); a.Remark == "" || strings.Contains(text, "remark=") {
		return text
	} else {
		return strings.TrimSpace(text + " remark: " + a.Remark)
	}
}

// A number is held against the bounds of the month it is about.
func TestBoundsOfTheMonth(t *testing.T) {
	ind := &catalogue.Indicator{
		Type: catalogue.Whole, Nature: catalogue.Flow, Min: zero,
		Max: catalogue.Bound{{Value: figure.Int(500)}, {From: june, Value: figure.Int(800)}},
	}
	for _, c := range []struct {
		month period.Month
		raw   string
		max   string // of the finding; empty where the number is taken
	}{
		{june.Add(-1), "500", ""}, {june.Add(-1), "501", "500"}, {june, "501", ""}, {june, "801", "800"}, {june.Add(12), "800", ""},
	} {
		a := Read(Cell{Kind: Number, Raw: c.raw}, ind, c.month)
		switch _, counts := a.Figure.Number(); {
		case c.max == "" && !counts:
			t.Errorf("%s in %s: %v", c.raw, c.month, a.Findings)
		case c.max != "" && (counts || a.Findings[0].Code != finding.ValueOutOfRange || a.Findings[0].Args["max"] != c.max):
			t.Errorf("%s in %s: %s %v", c.raw, c.month, a.Figure, a.Findings)
		}
	}
}
