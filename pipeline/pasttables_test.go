package pipeline_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/form"
	"tonghop/pipeline/imported"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/workbook/write"
)

const cityOffice = "HN-TP"

// bring imports a table; rows are of CSV, under the header.
func (o office) bring(name string, rows ...string) pipeline.Import {
	o.t.Helper()
	return o.bringBytes(name, []byte(strings.Join(append([]string{strings.Join(imported.Headers, ",")}, rows...), "\n")+"\n"))
}

func (o office) bringBytes(name string, data []byte) pipeline.Import {
	o.t.Helper()
	hash := sha256.Sum256(data)
	done, err := o.ImportHistory(context.Background(), pipeline.Named{Path: name, SHA256: hex.EncodeToString(hash[:]), Data: data}, "Lan")
	if err != nil {
		o.t.Fatal(err)
	}
	return done
}

// rowsOf are the rows that say what send sends.
func (o office) rowsOf(unit string, month period.Month, number int64) []string {
	o.t.Helper()
	u, ok := o.Catalogue.Unit(unit)
	if !ok {
		o.t.Fatalf("no unit %s", unit)
	}
	var rows []string
	for _, i := range o.Catalogue.IndicatorsFor(u, month, o.Timetable.Scheme) {
		value := fmt.Sprint(number)
		switch {
		case !i.DueIn(month) || i.Kind == catalogue.Text && i.Type != catalogue.Choice:
			continue
		case i.Type == catalogue.Choice:
			value = i.Choices[0]
		case i.Nature == catalogue.Stock:
			value = "1000"
		}
		rows = append(rows, fmt.Sprintf("%s,%s,%s,%s,BC số 5,", month, unit, i.Code, value))
	}
	return rows
}

// pointsOf lists codes with their cells.
func pointsOf(done pipeline.Import) []string {
	var all []string
	for _, f := range done.Findings {
		all = append(all, fmt.Sprintf("%s %s %s%s", f.Severity, f.Code, strings.TrimPrefix(f.Sheet+"!", "!"), f.Cell))
	}
	return all
}

// asSummed is what must not depend on how a month came to be known.
func asSummed(s *summary.Summary) []string {
	var all []string
	for _, f := range s.Figures {
		n, d := "", ""
		if f.Numerator != nil && f.Denominator != nil {
			n, d = f.Numerator.String(), f.Denominator.String()
		}
		verdict := summary.NoTarget
		if f.Judgment != nil {
			verdict = f.Judgment.Verdict
		}
		all = append(all, fmt.Sprintf("%s %s %s%s %s %s %s/%s %v %v %s", f.Indicator.Code, f.Span, f.Group, f.Unit, f.Value, f.Reason, n, d, f.Provisional, f.Coverage, verdict))
	}
	return all
}

// Importing what units said makes the same city as their workbooks, in whatever
// order the rows stand.
func TestAnImportedMonthAddsUpLikeASentOne(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 2025))
	units := []string{"HN-001", "HN-271", cityOffice}
	for range 3 {
		sent, brought := newOffice(t), newOffice(t)
		var rows []string
		for _, unit := range units {
			before, now := random.Int64N(50), random.Int64N(50)
			sent.send("2025-05/"+unit+".xlsx", unit, may, before, 1)
			rows = append(rows, brought.rowsOf(unit, may, before)...)
			for _, o := range []office{sent, brought} {
				o.send("2025-06/"+unit+".xlsx", unit, june, now, 1)
			}
		}
		random.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		if done := brought.bring("thang-5.csv", rows...); !done.Recorded || done.Figures != len(rows) {
			t.Fatalf("%+v", done)
		}
		want, got := asSummed(sent.mustRun(june).Summary), asSummed(brought.mustRun(june).Summary)
		for i := range want {
			if i >= len(got) || want[i] != got[i] {
				t.Fatalf("sent     %s\nimported %s", want[i], got[i])
			}
		}
	}
}

// A month known by import alone has figures with their cells, and no receipts.
func TestAMonthOfImports(t *testing.T) {
	o := newShippedOffice(t)
	o.bring("nam-2025.csv", "2025-05,HN-001,CT02_LD,41,BC số 5,", "2025-05,HN-002,CT02_LD,-,BC số 6,")
	out := o.mustRun(may)
	if n := out.Summary.Counts; n.Received != 0 || n.Usable != 0 || n.OnTime != 0 || n.Expected < 30 {
		t.Errorf("counts %+v", n)
	}
	f := out.Summary.Find("CT02_LD", period.Monthly, "", "HN-001")
	want := summary.Source{Kind: summary.SourceImport, File: f.Source.File, Cell: "D2", Raw: "41"}
	if f.Source != want || !strings.HasPrefix(f.Source.File, "nam-2025.csv (") || f.Value.String() != "41" {
		t.Errorf("%+v", f.Source)
	}
	city := out.Summary.Find("CT02_LD", period.Monthly, "", "")
	if city.Value.String() != "41" || city.Coverage.Reported != 2 || city.Coverage.Expected != 30 || !city.Provisional {
		t.Errorf("%s, %+v", city.Value, city.Coverage)
	}
	// Of what nobody imported nothing is known: no unit is missing.
	other := out.Summary.Find("CT03_HO", period.YearToDate, "", "")
	if other.Coverage.Expected != 0 || len(other.Coverage.Uncovered) == 0 {
		t.Errorf("%+v", other.Coverage)
	}
	for _, r := range out.Summary.Submissions {
		if is := r.Unit.ID == "HN-001" || r.Unit.ID == "HN-002"; is != (r.Status == submission.Imported) || r.OnTime || !r.FirstReceived.IsZero() {
			t.Errorf("%s: %s", r.Unit.ID, r.Status)
		}
	}
	if out.Feedback.Files != 0 || len(out.Files) != 0 {
		t.Errorf("answers %+v, files %v", out.Feedback, out.Files)
	}
	if _, err := o.Run(context.Background(), period.Selector{Kind: period.Latest}, clock); !errors.As(err, new(*pipeline.NothingError)) {
		t.Errorf("latest: %v", err)
	}
}

// A longer span counts the imported months like those that were reported: the
// others' reports of these months are missing, and a month of which nothing is
// known is nobody's and told.
func TestASpanOverImportedMonths(t *testing.T) {
	o := newOffice(t)
	var rows []string
	for n := 1; n <= 12; n++ {
		if n == 2 || n == 3 {
			continue
		}
		m := period.Month{Year: 2024, Number: time.Month(n)}
		for _, u := range o.Catalogue.ExpectedUnits(m, o.Timetable.Scheme) {
			if n != 9 || u.ID != "HN-004" {
				rows = append(rows, o.rowsOf(u.ID, m, 4)[0])
			}
		}
	}
	rows = append(rows, "2025-01,HN-001,CT02_LD,5,BC,", "2025-02,HN-001,CT02_LD,5,BC,")
	if done := o.bring("nam-truoc.csv", rows...); !done.Recorded {
		t.Fatalf("%v", pointsOf(done))
	}
	o.send("2025-05/a.xlsx", "HN-001", may, 41, 1)

	units := len(o.Catalogue.ExpectedUnits(may, o.Timetable.Scheme))
	for name, want := range map[string]struct {
		months            []int
		received, brought int
	}{
		"2024":    {[]int{1, 4, 5, 6, 7, 8, 9, 10, 11, 12}, 0, 10*units - 1},
		"2024-Q3": {[]int{7, 8, 9}, 0, 3*units - 1},
		"2025-H1": {[]int{1, 2, 5, 6}, 1, 2},
	} {
		out := o.runOn(name, clock)
		s := out.Summary
		var months []int
		for _, m := range s.Months() {
			months = append(months, int(m.Number))
		}
		imports, missing := s.ReportsOf(submission.Imported), s.ReportsOf(submission.Missing)
		if !slices.Equal(months, want.months) || s.Counts.Expected != len(months)*units || s.Counts.Received != want.received ||
			imports.N != want.brought || missing.N != s.Counts.Expected-want.brought-want.received || len(s.Expected) != units {
			t.Errorf("%s: months %v of %d units, counts %+v, %d imported, %d missing", name, months, len(s.Expected), s.Counts, imports.N, missing.N)
		}
		if name[:4] == "2024" && (len(missing.Units) != 1 || missing.Units[0].Unit.ID != "HN-004" || missing.Units[0].Months[0].Number != 9) {
			t.Errorf("%s: missing %+v", name, missing.Units)
		}
		per, err := period.ParseSelector(name)
		if err != nil {
			t.Fatal(err)
		}
		status, err := o.Status(context.Background(), per, clock)
		if err != nil || len(status.Receipts) != s.Counts.Expected {
			t.Errorf("%s: status has %d rows, %v", name, len(status.Receipts), err)
		}
	}
}

// What a unit sent, or the office entered for it, goes before an import.
func TestAReportGoesBeforeAnImport(t *testing.T) {
	o := newOffice(t)
	o.send("2025-05/a.xlsx", "HN-001", may, 41, 1)
	o.rule("quyet-dinh.csv", "QD-1,20/5/2025,Lan,nhập hộ báo cáo giấy,2025-05,HN-002,CT02_LD,,,7,BC giấy,đã có")
	done := o.bring("x.csv", "2025-05,HN-001,CT02_LD,41,BC,", "2025-05,HN-001,CT02_LD_NU,40,BC,",
		"2025-05,HN-002,CT02_LD,8,BC,", "2025-05,HN-003,CT02_LD,9,BC,")
	if want := []string{"warning import-not-used D3", "warning import-not-used D4"}; !done.Recorded || done.NotUsed != 2 || !slices.Equal(pointsOf(done), want) {
		t.Errorf("%+v %v", done, pointsOf(done))
	}
	out := o.mustRun(may)
	for unit, want := range map[string]string{"HN-001": "41", "HN-002": "7", "HN-003": "9", "": "57"} {
		if got := o.figure(out, unit, "CT02_LD"); got != want {
			t.Errorf("%q is %s, want %s", unit, got, want)
		}
	}
	n := 0
	for _, f := range out.Findings {
		if f.Code == finding.ImportNotUsed {
			n++
			if f.Unit == "HN-001" && f.Args["differences"] != "CT02_LD_NU: 41 → 40" {
				t.Errorf("%+v", f)
			}
		}
	}
	if n != 2 {
		t.Errorf("%d findings", n)
	}
}

// A table with any error is imported not at all, and every error has its cell.
func TestAnImportIsCheckedLikeASubmission(t *testing.T) {
	o := newOffice(t)
	for name, c := range map[string]struct {
		rows []string
		want []string
	}{
		"number": {[]string{`2025-05,HN-001,CT02_LD,"12,5",BC,`, "2025-05,HN-002,CT02_LD,5,BC,"}, []string{"error number-not-whole D2"}},
		"bounds": {[]string{"2025-05,HN-001,CT02_LD,-4,BC,"}, []string{"error value-out-of-range D2"}},
		"part":   {[]string{"2025-05,HN-001,CT02_LD,4,BC,", "2025-05,HN-001,CT02_LD_NU,5,BC,"}, []string{"error part-exceeds-whole D3"}},
		"words":  {[]string{"2025-05,HN-001,CT02_LD,bốn,BC,"}, []string{"error number-unreadable D2"}},
		"row":    {[]string{"2025-05,HN-001,CT02_LD,4,,", "2025-07,HN-001,CT02_LD,4,BC,"}, []string{"error import-invalid E2", "error import-invalid A3"}},
	} {
		done := o.bring(name+".csv", c.rows...)
		if got := pointsOf(done); done.Recorded || !slices.Equal(got, c.want) {
			t.Errorf("%s: %v", name, got)
		}
	}
	if all, err := o.Imports(context.Background()); err != nil || len(all) != 0 {
		t.Errorf("recorded: %v, %v", all, err)
	}
	// Not used is no reason to be unchecked: it would count once the report goes.
	o.send("2025-05/a.xlsx", "HN-001", may, 41, 1)
	if done := o.bring("y.csv", "2025-05,HN-001,CT02_LD,4,BC,", "2025-05,HN-001,CT02_LD_NU,5,BC,"); done.Recorded || done.Errors() != 1 {
		t.Errorf("%v", pointsOf(done))
	}
}

// Two tables may say the same, and together make one month; where they differ
// both places are told.
func TestSeveralImports(t *testing.T) {
	o := newOffice(t)
	first := o.bring("a.csv", "2025-05,HN-001,CT02_LD,41,BC,")
	if again := o.bring("b.csv", "2025-05,HN-001,CT02_LD,41,BC,"); !again.Since.Equal(clock) || again.Recorded {
		t.Errorf("the same bytes: %+v", again)
	}
	done := o.bring("c.csv", "2025-05,HN-001,CT02_LD,42,BC,", "2025-05,HN-002,CT02_LD,1,BC,")
	if want := []string{"error import-invalid D2"}; done.Recorded || !slices.Equal(pointsOf(done), want) ||
		!strings.Contains(done.Findings[0].Message, "a.csv (") || !strings.Contains(done.Findings[0].Message, "D2") {
		t.Errorf("%v %v", pointsOf(done), done.Findings)
	}
	// The whole stands in one table, its part in another.
	if done := o.bring("d.csv", "2025-05,HN-001,CT02_LD_NU,42,BC,"); done.Recorded || !slices.Equal(pointsOf(done), []string{"error part-exceeds-whole D2"}) {
		t.Errorf("%v", pointsOf(done))
	}
	second := o.bring("e.csv", "2025-05,HN-001,CT02_LD_NU,40,BC,", "2025-05,HN-001,CT02_LD,41,BC khác,")
	if !second.Recorded {
		t.Fatalf("%v", pointsOf(second))
	}
	out := o.mustRun(may)
	for indicator, file := range map[string]string{"CT02_LD": "a.csv (", "CT02_LD_NU": "e.csv ("} {
		if f := out.Summary.Find(indicator, period.Monthly, "", "HN-001"); !strings.HasPrefix(f.Source.File, file) {
			t.Errorf("%s: %+v", indicator, f.Source)
		}
	}
	if got := out.Revision.Manifest.Submissions; len(got) != 2 {
		t.Errorf("rests on %v", got)
	}
	// What is taken back is gone from the next run, and can be imported corrected.
	if _, err := o.WithdrawImport(context.Background(), first.SHA256[:7], "Lan"); !errors.As(err, new(*pipeline.UnknownError)) {
		t.Errorf("got %v", err)
	}
	for _, one := range []pipeline.Import{first, second} {
		if taken, err := o.WithdrawImport(context.Background(), strings.ToUpper(one.SHA256[:8]), "Lan"); err != nil || taken.SHA256 != one.SHA256 {
			t.Errorf("%+v, %v", taken, err)
		}
	}
	o.bring("c.csv", "2025-05,HN-001,CT02_LD,42,BC,")
	if got := o.figure(o.mustRun(may), "HN-001", "CT02_LD"); got != "42" {
		t.Errorf("CT02_LD is %s", got)
	}
}

// As-of sees an import while it stood, and no other.
func TestAnImportAsOf(t *testing.T) {
	o := newOffice(t)
	now := clock
	o.Now = func() time.Time { return now }
	done := o.bring("a.csv", "2025-05,HN-001,CT02_LD,41,BC,")
	now = clock.Add(2 * time.Hour)
	if _, err := o.WithdrawImport(context.Background(), done.SHA256, ""); err != nil {
		t.Fatal(err)
	}
	sel := period.Selector{Kind: period.Fixed, Span: period.SpanOf(period.Monthly, may, period.Month{})}
	for after, want := range map[time.Duration]bool{-time.Hour: false, time.Hour: true, 3 * time.Hour: false} {
		_, err := o.Run(context.Background(), sel, clock.Add(after))
		if nothing := errors.As(err, new(*pipeline.NothingError)); nothing == want || err != nil && !nothing {
			t.Errorf("after %s: %v", after, err)
		}
	}
}

// Nothing of an import is in the ledger's database alone.
func TestImportsOutliveTheLedger(t *testing.T) {
	o := newOffice(t)
	o.bring("a.csv", "2025-05,HN-001,CT02_LD,41,BC,")
	o.send("2025-06/a.xlsx", "HN-001", june, 5, 1)
	before := o.mustRun(june)
	backup, found, err := o.BackUpLedger(context.Background(), filepath.Join(t.TempDir(), "backup"))
	if err != nil || len(found.Problems) > 0 || found.Imports != 1 || found.Originals != 2 {
		t.Fatalf("%+v, %v", found, err)
	}
	if _, err := o.RebuildLedger(context.Background()); err != nil {
		t.Fatal(err)
	}
	for _, state := range []string{o.State, backup} {
		o.State = state
		after := o.mustRun(june)
		if !after.Unchanged || !reflect.DeepEqual(asSummed(before.Summary), asSummed(after.Summary)) {
			t.Error("another city")
		}
	}
}

// The office fills the template in Excel: numbers are numbers there, and a
// formula may have no result.
func TestAnImportFromTheTemplate(t *testing.T) {
	o := newOffice(t)
	data, err := form.PastFigures(form.PastFiguresInput{Catalogue: o.Catalogue, Created: clock})
	if err != nil {
		t.Fatal(err)
	}
	fill := func(value any, more ...string) []byte {
		book, err := write.Open(data)
		if err != nil {
			t.Fatal(err)
		}
		sheet, _ := book.Existing(form.SheetPastFigures)
		name := sheet.Name()
		for i, text := range []string{"T5/2025", "Quận Ba Đình", "CT02_LD – Số lao động", "", "BC số 5"} {
			sheet.Text(write.At(2, i+1), text, write.Style{Format: "@"})
		}
		if err := book.File().SetCellValue(name, "D2", value); err != nil {
			t.Fatal(err)
		}
		for _, formula := range more {
			if err := book.File().SetCellFormula(name, "D2", formula); err != nil {
				t.Fatal(err)
			}
		}
		filled, err := book.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		return filled
	}
	for name, c := range map[string]struct {
		data []byte
		want []string
	}{
		"thousand": {fill(1.234), []string{"error number-not-whole Số liệu kỳ trước!D2"}},
		"formula":  {fill(nil, "1+1"), []string{"error formula-without-value Số liệu kỳ trước!D2"}},
	} {
		if done := o.bringBytes(name+".xlsx", c.data); done.Recorded || !slices.Equal(pointsOf(done), c.want) {
			t.Errorf("%s: %v", name, pointsOf(done))
		}
	}
	done := o.bringBytes("mau.xlsx", fill(1240))
	if !done.Recorded || len(done.Findings) > 0 || !slices.Equal(done.Sheets, []string{form.SheetPastFigures}) || len(done.Skipped) != 2 {
		t.Fatalf("%+v", done)
	}
	out := o.mustRun(may)
	f := out.Summary.Find("CT02_LD", period.Monthly, "", "HN-001")
	if f.Value.String() != "1240" || f.Source.Sheet != form.SheetPastFigures || f.Source.Cell != "D2" {
		t.Errorf("%s, %+v", f.Value, f.Source)
	}
	for name, data := range map[string][]byte{"a.xlsx": []byte("PK no workbook"), "b.csv": {0xff, 0xfe, 'x'}, "c.csv": []byte("a,b\n1,2\n"), "d.csv": nil, "e.csv": []byte(strings.Join(imported.Headers, ";"))} {
		if done := o.bringBytes(name, data); done.Recorded || done.Errors() == 0 {
			t.Errorf("%s: %+v", name, done)
		}
	}
}
