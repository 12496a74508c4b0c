package consolidate_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/consolidate"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/history"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
)

// A story is a whole consolidation as text: sections with tables of the
// catalogue, what units reported, and what the city then says.
//
//	indicators: code,nature
//	  LD,flow
//	reports:
//	  2025-06 U1 LD=41        a number; a line that is not there is a report not received
//	  2025-06 U2 LD=-         none; … not available, x not applicable, ! refused,
//	  2025-06 U3              nothing: blank;  41* contested by a newer version
//	imports:                  lines as of reports: what the office imported
//	want:
//	  LD city month = ~41 [2/3] -U3
//
// A wanted figure is "indicator who span = value"; who is city, a unit or a
// group; ~ marks it provisional, and a value without a number is
// "state:reason". After it, each only where there is one: (numerator/denominator),
// [reported/expected], [… um] in unit-months, -unit for who is missing with the
// months, ^unit:month whose stock was carried from when, @ the month through which an opening stands in, ? the months that
// nothing covers, and after a colon the verdict.
type story struct {
	sections map[string][]string // without empty lines, trimmed
}

func parseStory(t testing.TB, text string) story {
	t.Helper()
	s := story{sections: map[string][]string{}}
	name := ""
	for line := range strings.SplitSeq(text, "\n") {
		line, indented := strings.TrimSpace(line), strings.HasPrefix(strings.TrimLeft(line, "\t"), "  ")
		head, rest, section := strings.Cut(line, ":")
		switch {
		case line == "":
			continue
		case section && !indented:
			name = head
			if rest = strings.TrimSpace(rest); rest != "" {
				s.sections[name] = append(s.sections[name], rest)
			}
		case name == "":
			t.Fatalf("no section before %q", line)
		default:
			s.sections[name] = append(s.sections[name], line)
		}
	}
	return s
}

// defaults fill in the columns that a story does not speak of.
var defaults = map[string]string{
	"units":       "kind=quận,name=@id",
	"indicators":  "programme=P,kind=input,name_vi=Tên,type=whole,nature=flow,across=sum,required=yes",
	"derived":     "programme=P,kind=derived,name_vi=Tên,type=decimal,nature=,across=,required=",
	"text":        "programme=P,kind=text,name_vi=Tên,nature=,across=,required=yes",
	"targets":     "horizon=year,from=2025-01,to=2025-12,comparator=>=,pace=linear",
	"openings":    "span=year,source=BC",
	"successions": "kind=merged",
}

var empty = map[string]string{
	"units":       "id,kind,name\nU1,quận,Một\nU2,quận,Hai\nU3,quận,Ba\nU4,quận,Bốn",
	"programmes":  "code,name_vi\nP,Chương trình",
	"targets":     "indicator,horizon,from,to,comparator,value,pace",
	"rules":       "id,severity,expression,message_vi",
	"calendar":    "date,kind",
	"successions": "from,to,date,kind",
	"openings":    "indicator,span,through,value,source",
	"forms":       "version,title_vi",
}

func (s story) catalogue(t testing.TB) *catalogue.Catalogue {
	t.Helper()
	folder := fstest.MapFS{}
	for name, text := range empty {
		folder[name+".csv"] = &fstest.MapFile{Data: []byte(text)}
	}
	for name, lines := range s.sections {
		if _, isTable := empty[name]; isTable || name == "indicators" {
			folder[name+".csv"] = &fstest.MapFile{Data: []byte(table(name, lines))}
		}
	}
	c, problems := catalogue.Load(catalogue.FromFolder(folder, "story"))
	for _, p := range problems {
		t.Errorf("catalogue: %s %s", p.Where, p.MessageEN)
	}
	if c == nil {
		t.FailNow()
	}
	return c
}

// table writes a story's section as CSV with the default columns filled in.
func table(name string, lines []string) string {
	header := strings.Split(lines[0], ",")
	given := len(header)
	for pair := range strings.SplitSeq(defaults[name], ",") {
		if column, _, _ := strings.Cut(pair, "="); column != "" && !slices.Contains(header, column) {
			header = append(header, column)
		}
	}
	out := strings.Join(header, ",") + "\n"
	for _, line := range lines[1:] {
		row := append(strings.SplitN(line, ",", given), make([]string, len(header))...)[:len(header)]
		kind := name
		at := func(column string) string {
			if i := slices.Index(header, column); i >= 0 {
				return row[i]
			}
			return ""
		}
		switch {
		case at("formula") != "":
			kind = "derived"
		case at("kind") == "text":
			kind = "text"
		}
		for pair := range strings.SplitSeq(defaults[kind], ",") {
			column, value, _ := strings.Cut(pair, "=")
			if value == "@id" { // no two units of a kind are called alike
				value = at("id")
			}
			if i := slices.Index(header, column); i >= 0 && row[i] == "" {
				row[i] = value
			}
		}
		out += strings.Join(row, ",") + "\n"
	}
	return out
}

func (s story) reports(t testing.TB, c *catalogue.Catalogue) []*submission.Submission {
	t.Helper()
	var all []*submission.Submission
	lines := s.sections["reports"]
	for i, line := range slices.Concat(lines, s.sections["imports"]) {
		imported := i >= len(lines)
		fields := strings.Fields(line)
		m, err := period.ParseMonth(fields[0])
		if _, known := c.Unit(fields[1]); err != nil || !known {
			t.Fatalf("reports: %s", line)
		}
		one := &submission.Submission{Unit: fields[1], Period: m, File: fields[0] + "/" + fields[1] + ".xlsx", Contested: map[string]bool{}}
		if imported {
			one.ReceivedFrom = submission.FromImport
		}
		for i, cell := range fields[2:] {
			code, raw, _ := strings.Cut(cell, "=")
			ind, known := c.Indicator(code)
			if !known {
				t.Fatalf("reports: no indicator %q", code)
			}
			raw, one.Contested[code] = strings.CutSuffix(raw, "*")
			v := submission.Value{Indicator: code, Sheet: "Báo cáo", Cell: fmt.Sprintf("E%d", 10+i), Raw: raw}
			if v.Figure = stateOf(raw); ind.Kind == catalogue.Text && v.Figure.Is(figure.Known) {
				v.Figure, v.Text = figure.Figure{}, raw
			}
			if imported {
				v.Import = &submission.Import{File: "past.csv", Source: "BC"}
			}
			one.Values = one.Values.With(v)
		}
		all = append(all, one)
	}
	return all
}

func stateOf(raw string) figure.Figure {
	states := map[string]figure.State{
		"": figure.Blank, "-": figure.None, "…": figure.NotAvailable, "x": figure.NotApplicable, "!": figure.Refused,
	}
	if s, ok := states[raw]; ok {
		return figure.Without(s)
	}
	if n, err := figure.Parse(raw); err == nil {
		return figure.Of(n)
	}
	return figure.Of(figure.Int(0)) // words: the caller keeps them as text
}

func (s story) input(t testing.TB) consolidate.Input {
	t.Helper()
	c := s.catalogue(t)
	past := history.New()
	for _, r := range s.reports(t, c) {
		past.Accept(r)
	}
	name := "2025-06"
	if given := s.sections["period"]; given != nil {
		name = given[0]
	}
	selector, err := period.ParseSelector(name)
	if err != nil {
		t.Fatal(err)
	}
	in := consolidate.Input{Catalogue: c, History: past, Period: selector.Span}
	if given := s.sections["carry"]; given != nil {
		in.CarryStockMonths, _ = strconv.Atoi(given[0])
	}
	if given := s.sections["adopted"]; given != nil {
		if in.Adopted, err = period.ParseMonth(given[0]); err != nil {
			t.Fatal(err)
		}
	}
	return in
}

var spanNames = map[string]period.SpanKind{
	"month": period.Monthly, "qtd": period.QuarterToDate, "ytd": period.YearToDate, "plan": period.PlanToDate,
	"quarter": period.Quarterly, "half": period.HalfYear, "year": period.FullYear,
}

// tell runs a story and compares each line wanted.
func tell(t *testing.T, text string) *summary.Summary {
	t.Helper()
	s := parseStory(t, text)
	in := s.input(t)
	city := consolidate.City(in)
	for section, write := range map[string]func(*summary.Figure) string{"want": dump, "beside": beside, "weight": weight} {
		for _, want := range s.sections[section] {
			left, right, _ := strings.Cut(want, " = ")
			words := strings.Fields(left)
			kind, known := spanNames[words[2]]
			if !known {
				t.Fatalf("no span %q in %q", words[2], want)
			}
			group, unit := who(in.Catalogue, words[1])
			got := write(city.Find(words[0], kind, group, unit))
			if !strings.Contains(right, " : ") {
				got, _, _ = strings.Cut(got, " : ")
			}
			if got != strings.TrimSpace(right) {
				t.Errorf("%s = %s\n\twant %s", left, got, right)
			}
		}
	}
	for _, want := range s.sections["trend"] {
		left, right, _ := strings.Cut(want, " = ")
		words := strings.Fields(left)
		group, unit := who(in.Catalogue, words[1])
		if got := trendOf(city, words[0], group, unit); got != strings.TrimSpace(right) {
			t.Errorf("trend of %s = %s\n\twant %s", left, got, right)
		}
	}
	return city
}

// who reads city, a unit or a group.
func who(c *catalogue.Catalogue, name string) (group, unit string) {
	if _, isUnit := c.Unit(name); isUnit {
		return "", name
	}
	if name == "city" {
		return "", ""
	}
	return name, ""
}
