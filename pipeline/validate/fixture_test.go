package validate_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/validate"
)

var (
	hanoi = time.FixedZone("+07", 7*60*60)
	table = period.Timetable{
		Scheme: period.Scheme15to14, Zone: hanoi,
		Deadline: period.DeadlineRule{Day: 17, Hour: 17},
	}
	// march is so late that every window of the fixtures has begun.
	march = at("2026-03-01 08:00")
)

func at(text string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", text, hanoi)
	if err != nil {
		panic(err)
	}
	return t
}

// definitions is a catalogue in a few lines. A has the part B, of which C is a
// part; H is a stock; Q is asked in months 6 and 12, Z of rural districts only.
// N is new in 2025-05.
var definitions = map[string]string{
	"units": `id,code,kind,name,valid_from,valid_to
U-1,001,quận,Một,,
U-2,002,quận,Hai,,
U-3,003,huyện,Ba,,
U-4,004,xã,Bốn,2025-04-01,
`,
	"programmes": "code,name_vi\nP,Chương trình\n",
	"indicators": `code,programme,kind,name_vi,type,choices,nature,across,part_of,required,asked_of,due,valid_from
A,P,input,Tổng,whole,,flow,sum,,yes,,,
B,P,input,Phần,whole,,flow,sum,A,yes,,,
C,P,input,Phần nhỏ,whole,,flow,sum,B,,,,
H,P,input,Tồn,whole,,stock,sum,,yes,,,
K,P,input,Kết nạp,whole,,flow,sum,,yes,,,
Q,P,input,Quý,whole,,flow,sum,,yes,,6|12,
Z,P,input,Huyện,whole,,flow,sum,,,huyện,,
T,P,text,Tình trạng,choice,chưa|đang|xong,,,,,,,
N,P,input,Mới,whole,,flow,sum,,yes,xã,,2025-04-15
`,
}

func definitionsWith(t testing.TB, tables map[string]string) *catalogue.Catalogue {
	t.Helper()
	folder := fstest.MapFS{}
	for _, set := range []map[string]string{definitions, {
		"rules": "id,severity,expression,message_vi\n", "targets": "indicator,horizon,from,to,comparator,value,pace\n",
		"calendar": "date,kind\n", "successions": "from,to,date,kind\n", "openings": "indicator,span,through,value,source\n",
		"forms": "version,title_vi\nF1,Mẫu\n",
	}, tables} {
		for name, text := range set {
			folder[name+".csv"] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	c, problems := catalogue.Load(catalogue.FromFolder(folder, "small"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return c
}

// rules gives the catalogue with rules, each "id,severity,expression,refuses".
func rules(t testing.TB, rows ...string) *catalogue.Catalogue {
	t.Helper()
	text := "id,severity,expression,refuses,message_vi\n"
	for _, r := range rows {
		text += r + ",lời\n"
	}
	return definitionsWith(t, map[string]string{"rules": text})
}

// full answers everything that is required, in every month, without any
// finding. A line may change some of it.
const full = "A=10 B=4 H=100 K=2 Q=1 N=0"

// received reads one submission from a line such as
//
//	a.xlsx U-1 2025-06 v2 2025-06-16 09:00 A=10 B=… C=none T=xong
//
// An answer that is not there is blank; "(!)" is one that could not be read, and
// an error of its own; "gone" is a row that the workbook does not have.
func received(t testing.TB, c *catalogue.Catalogue, line string) submission.Received {
	t.Helper()
	words := strings.Fields(line)
	m, err := period.ParseMonth(words[2])
	if err != nil {
		t.Fatal(err)
	}
	unit, ok := c.Unit(words[1])
	if !ok {
		t.Fatalf("no unit %s", words[1])
	}
	s := &submission.Submission{
		Unit: unit.ID, Period: m, File: words[0], SHA256: fmt.Sprintf("%064x", words[0]), ReceivedFrom: submission.FromRegister,
		ReceivedAt: at(words[4] + " " + words[5]),
	}
	s.Version, _ = strconv.Atoi(strings.TrimPrefix(words[3], "v"))
	answers := map[string]string{}
	for _, w := range words[6:] {
		code, answer, _ := strings.Cut(w, "=")
		answers[code] = answer
	}
	if day, ok := answers["modified"]; ok {
		s.Modified = at(day + " 08:00")
	}
	if answers["by"] == "mtime" {
		s.ReceivedFrom = submission.FromFileTimes
	}
	for i, ind := range c.IndicatorsFor(unit, m, table.Scheme) {
		v := submission.Value{Indicator: ind.Code, Sheet: "Báo cáo", Row: i + 2, Col: 5, Cell: "E" + strconv.Itoa(i+2), NotDue: !ind.DueIn(m)}
		v.Raw = answers[ind.Code]
		switch answer := v.Raw; {
		case v.NotDue || answer == "":
			v.Raw = ""
		case answer == "gone":
			v = submission.Value{Indicator: ind.Code}
		case answer == "none":
			v.Figure = figure.Without(figure.None)
		case answer == "x":
			v.Figure = figure.Without(figure.NotApplicable)
		case answer == "…":
			v.Figure = figure.Without(figure.NotAvailable)
		case answer == "(!)":
			v.Figure = figure.Without(figure.Refused)
			f := finding.New(finding.NumberUnreadable)
			f.Unit, f.Period, f.File, f.Indicator, f.Sheet, f.Cell, f.Row, f.Col = s.Unit, m, s.File, ind.Code, v.Sheet, v.Cell, v.Row, v.Col
			s.Findings = append(s.Findings, f)
		case ind.Kind == catalogue.Text:
			v.Text = answer
		default:
			v.Figure = figure.Of(figure.MustParse(answer))
		}
		s.Values = s.Values.With(v)
	}
	return submission.Received{Submission: s, File: submission.File{
		Path: s.File, SHA256: s.SHA256, Disposition: submission.Counted, Unit: s.Unit, Period: m,
		ReceivedAt: s.ReceivedAt, ReceivedFrom: s.ReceivedFrom,
	}}
}

// complete puts what the line says over the full answers.
func complete(line string) string {
	words := strings.Fields(line)
	for _, answer := range strings.Fields(full) {
		code, _, _ := strings.Cut(answer, "=")
		if !slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, code+"=") }) {
			words = append(words, answer)
		}
	}
	return strings.Join(words, " ")
}

// batch receives lines, each over the full answers.
func batch(t testing.TB, c *catalogue.Catalogue, lines ...string) submission.Batch {
	t.Helper()
	var b submission.Batch
	for _, line := range lines {
		b = append(b, received(t, c, complete(line)))
	}
	return b
}

func input(c *catalogue.Catalogue, b submission.Batch, asOf time.Time) validate.Input {
	return validate.Input{Catalogue: c, Timetable: table, Batch: b, AsOf: asOf, ReceivableShare: 80, NewIndicatorGrace: 1}
}

// check checks lines with everything seen.
func check(t testing.TB, c *catalogue.Catalogue, lines ...string) *validate.Checked {
	t.Helper()
	return validate.Batch(input(c, batch(t, c, lines...), march))
}

func month(text string) period.Month {
	m, err := period.ParseMonth(text)
	if err != nil {
		panic(err)
	}
	return m
}

func span(text string) period.Span { return period.SpanOf(period.Monthly, month(text), period.Month{}) }

// told writes findings as "file cell severity code indicator", with the named
// arguments behind.
func told(all []finding.Finding, args ...string) []string {
	var lines []string
	for _, f := range all {
		line := strings.Join(strings.Fields(fmt.Sprint(f.File, " ", f.Cell, " ", f.Severity, " ", f.Code, " ", f.Indicator)), " ")
		for _, name := range args {
			if v, ok := f.Args[name]; ok {
				line += " " + name + "=" + v
			}
		}
		lines = append(lines, line)
	}
	return lines
}

func expect(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

// state gives the accepted figure of a unit's indicator: "10", "refused".
func state(c *validate.Checked, unit, code, m string) string {
	return c.History.Figure(unit, code, month(m)).String()
}
