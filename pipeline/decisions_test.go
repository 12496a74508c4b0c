package pipeline_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"tonghop/pipeline"
	"tonghop/pipeline/decision"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/form"
	"tonghop/pipeline/ledger"
	"tonghop/pipeline/period"
	"tonghop/pipeline/report"
	"tonghop/pipeline/workbook/write"
)

// rule writes the office's table of decisions.
func (o office) rule(name string, rows ...string) {
	o.t.Helper()
	o.write(filepath.Join(o.Inputs, pipeline.OfficeFolder, name), []byte(strings.Join(append([]string{strings.Join(decision.Headers, ",")}, rows...), "\n")+"\n"))
}

// found lists the codes of findings about decisions, with the decision's id.
func found(out pipeline.Outcome) []string {
	var codes []string
	for _, f := range out.Findings {
		if strings.HasPrefix(string(f.Code), "decision-") || f.Code == finding.CorrectionContradicted {
			codes = append(codes, strings.TrimSpace(string(f.Code)+" "+f.Args["decision"]))
		}
	}
	return codes
}

func (o office) figure(out pipeline.Outcome, unit, indicator string) string {
	o.t.Helper()
	f := out.Summary.Find(indicator, period.Monthly, "", unit)
	if f == nil {
		o.t.Fatalf("no figure of %s for %s", indicator, unit)
	}
	return f.Value.String()
}

const corrected = "QD-1,18/6/2025,Lan,đính chính,2025-06,HN-001,CT02_LD,,41,45,gọi,chờ"

// The office types into its own workbook; Excel makes numbers and dates of what
// is typed outside the prepared rows.
func TestDecisionsFromTheOfficesWorkbook(t *testing.T) {
	o := newOffice(t)
	o.send("2025-06/a.xlsx", "HN-001", june, 41, 1)
	data, err := form.Decisions(form.DecisionsInput{Catalogue: o.Catalogue, Months: []period.Month{june}, Created: clock})
	if err != nil {
		t.Fatal(err)
	}
	book, err := write.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	sheet, _ := book.Existing(form.SheetDecisions)
	for row, cells := range map[int][]string{
		2: {"QD-1", "18/6/2025", "Lan", "đính chính", "2025-06", "Quận Ba Đình", "CT02_LD – Số lao động", "", "41", "1.045", "gọi", "chờ"},
		3: {"QD-2", "17/6/2025", "Lan", "gia hạn", "2025-06", "Quận Hoàn Kiếm", "", "", "", "", "gọi", ""},
		4: {"QD-3", "17/6/2025", "Lan", "đính chính", "2025-06", "Quận Ba Đình", "CT02_HO", "", "", "", "gọi", ""},
	} {
		for i, text := range cells {
			sheet.Text(write.At(row, i+1), text, write.Style{Format: "@"})
		}
	}
	file := book.File()
	for cell, value := range map[string]any{"J3": time.Date(2025, 6, 20, 17, 30, 0, 0, time.UTC), "J4": 1.234} {
		if err := file.SetCellValue(sheet.Name(), cell, value); err != nil {
			t.Fatal(err)
		}
	}
	dated, err := file.NewStyle(&excelize.Style{NumFmt: 22})
	if err == nil {
		err = file.SetCellStyle(sheet.Name(), "J3", "J3", dated)
	}
	if err != nil {
		t.Fatal(err)
	}
	if data, err = book.Bytes(); err != nil {
		t.Fatal(err)
	}
	o.write(filepath.Join(o.Inputs, pipeline.OfficeFolder, "Quyet-Dinh 2025.xlsx"), data)
	out := o.mustRun(june)
	if v := o.figure(out, "HN-001", "CT02_LD"); v != "1045" {
		t.Errorf("CT02_LD is %s", v)
	}
	// A stored 1.234 is no count of a thousand.
	if got := found(out); !slices.Equal(got, []string{"decision-invalid QD-3"}) {
		t.Errorf("found %v", got)
	}
	for _, f := range out.Findings {
		if f.Code == finding.DecisionInvalid && (f.Sheet != form.SheetDecisions || f.Row != 4) {
			t.Errorf("told at %s row %d", f.Sheet, f.Row)
		}
	}
	for _, r := range out.Summary.Submissions {
		if want := time.Date(2025, 6, 20, 10, 30, 0, 0, time.UTC); r.Unit.ID == "HN-002" && (!r.Extended || !r.Deadline.Equal(want)) {
			t.Errorf("HN-002 has until %s", r.Deadline)
		}
	}
}

// A row is taken in once: the ledger has it, its file is kept, and neither
// changing nor deleting it, nor losing the whole file, changes a figure.
func TestDecisionsAreTakenInForGood(t *testing.T) {
	o := newOffice(t)
	o.send("2025-06/a.xlsx", "HN-001", june, 41, 1)
	o.rule("quyet-dinh.csv", corrected)
	first := o.mustRun(june)
	if v := o.figure(first, "HN-001", "CT02_LD"); v != "45" || len(found(first)) > 0 {
		t.Fatalf("CT02_LD is %s, %v", v, found(first))
	}
	book, err := ledger.OpenReading(context.Background(), filepath.Join(o.State, "ledger.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	kept, err := book.Decisions(context.Background())
	if err != nil || len(kept) != 1 {
		t.Fatalf("%v, %v", kept, err)
	}
	if _, err := book.Original(kept[0].SHA256); err != nil {
		t.Errorf("the original: %v", err)
	}
	if again := o.mustRun(june); !again.Unchanged {
		t.Error("published again")
	}
	other := strings.Replace(corrected, "QD-1", "QD-2", 1)
	for name, test := range map[string]struct {
		rows []string
		want []string
	}{
		"changed":     {[]string{strings.Replace(corrected, ",45,", ",46,", 1)}, []string{"decision-changed QD-1"}},
		"deleted":     {nil, []string{"decision-removed QD-1"}},
		"broken":      {[]string{strings.Replace(corrected, "Lan", "", 1)}, []string{"decision-invalid QD-1"}},
		"typed twice": {[]string{corrected, corrected}, []string{"decision-invalid QD-1"}},
		"id again":    {[]string{strings.Replace(corrected, ",45,", ",46,", 1), corrected}, []string{"decision-invalid QD-1"}},
		"as it was":   {[]string{corrected}, nil},
		"unreadable":  {[]string{`"`}, []string{"decision-invalid"}},
		"new twice":   {[]string{corrected, strings.Replace(other, ",45,", ",47,", 1), other}, []string{"decision-invalid QD-2", "decision-invalid QD-2"}},
	} {
		o.rule("quyet-dinh.csv", test.rows...)
		out := o.mustRun(june)
		if v := o.figure(out, "HN-001", "CT02_LD"); v != "45" {
			t.Errorf("%s: CT02_LD is %s", name, v)
		}
		if got := found(out); !slices.Equal(got, test.want) {
			t.Errorf("%s: found %v, want %v", name, got, test.want)
		}
	}
	if err := os.RemoveAll(filepath.Join(o.Inputs, pipeline.OfficeFolder)); err != nil {
		t.Fatal(err)
	}
	out := o.mustRun(june)
	if v := o.figure(out, "HN-001", "CT02_LD"); v != "45" || !slices.Equal(found(out), []string{"decision-removed QD-1"}) {
		t.Errorf("without the folder: %s, %v", v, found(out))
	}
}

// Of rows with one id the one that was taken in is in force: only the others are
// told.
func TestTheRowInForceIsNotToldForItsRepetition(t *testing.T) {
	o := newOffice(t)
	o.send("2025-06/a.xlsx", "HN-001", june, 41, 1)
	o.rule("quyet-dinh.csv", corrected)
	o.mustRun(june)
	other := strings.Replace(corrected, ",45,", ",46,", 1)
	for _, c := range []struct {
		rows []string
		line int // of the row at fault
	}{{[]string{corrected, other}, 3}, {[]string{other, corrected}, 2}, {[]string{corrected, corrected}, 3}} {
		o.rule("quyet-dinh.csv", c.rows...)
		out := o.mustRun(june)
		var lines []int
		for _, f := range out.Findings {
			if f.Code == finding.DecisionInvalid {
				lines = append(lines, f.Row)
			}
		}
		if !slices.Equal(lines, []int{c.line}) {
			t.Errorf("%q: told at lines %v, want %d", c.rows, lines, c.line)
		}
		if v := o.figure(out, "HN-001", "CT02_LD"); v != "45" {
			t.Errorf("CT02_LD is %s", v)
		}
	}
}

func TestOneIdInTwoTablesAndATableStillBeingWritten(t *testing.T) {
	o := newOffice(t)
	o.send("2025-06/a.xlsx", "HN-001", june, 41, 1)
	o.rule("quyet-dinh-1.csv", corrected)
	o.rule("quyet-dinh-2.csv", strings.Replace(corrected, ",45,", ",46,", 1))
	out := o.mustRun(june)
	if v := o.figure(out, "HN-001", "CT02_LD"); v != "41" || !slices.Equal(found(out), []string{"decision-invalid QD-1", "decision-invalid QD-1"}) {
		t.Errorf("%s, %v", v, found(out))
	}
	if err := os.Remove(filepath.Join(o.Inputs, pipeline.OfficeFolder, "quyet-dinh-2.csv")); err != nil {
		t.Fatal(err)
	}
	// While somebody saves it, its rows are not looked at.
	path := filepath.Join(o.Inputs, pipeline.OfficeFolder, "quyet-dinh-1.csv")
	o.Settle, o.Recheck = 2*time.Hour, time.Millisecond
	o.Now = func() time.Time { // asked once the table has been listed
		f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.WriteString(" "); err != nil {
			t.Fatal(err)
		}
		_ = f.Close()
		return clock
	}
	out = o.mustRun(june)
	written := slices.ContainsFunc(out.Findings, func(f report.Finding) bool {
		return f.Code == finding.StillBeingWritten && strings.HasPrefix(f.File, pipeline.OfficeFolder)
	})
	if v := o.figure(out, "HN-001", "CT02_LD"); v != "41" || !written {
		t.Errorf("while it is written CT02_LD is %s", v)
	}
}

// What is given by command is in the ledger alone, and is withdrawn there too.
func TestDecideByCommand(t *testing.T) {
	o := newOffice(t)
	o.send("2025-06/a.xlsx", "HN-001", june, 41, 1)
	ctx := context.Background()
	d, err := o.Decide(ctx, map[string]string{
		"kind": "correction", "period": "2025-06", "unit": "Quận Ba Đình", "indicator": "CT02_LD", "new_value": "45", "by": "Lan", "basis": "gọi",
	})
	if err != nil || d.ID != "L-1" || d.Date.String() != "2025-06-18" {
		t.Fatalf("%+v, %v", d, err)
	}
	if v := o.figure(o.mustRun(june), "HN-001", "CT02_LD"); v != "45" {
		t.Errorf("CT02_LD is %s", v)
	}
	if d, err = o.Decide(ctx, map[string]string{"kind": "rút quyết định", "old_value": "L-1", "by": "Lan", "basis": "nhầm"}); err != nil || d.ID != "L-2" {
		t.Fatalf("%+v, %v", d, err)
	}
	out := o.mustRun(june)
	if v := o.figure(out, "HN-001", "CT02_LD"); v != "41" || len(found(out)) > 0 {
		t.Errorf("withdrawn, CT02_LD is %s, %v", v, found(out))
	}
	if all, err := o.InForce(ctx, june, clock); err != nil || len(all) != 0 {
		t.Errorf("in force: %v, %v", all, err)
	}
}

// The office decides figures and does not estimate them; and its word makes a
// "không áp dụng" stand where a unit's does not.
func TestADoubtfulCorrectionIsAskedAndNotApplicableIsAccepted(t *testing.T) {
	o := newShippedOffice(t)
	o.send("2025-06/a.xlsx", "HN-001", june, 41, 1)
	o.rule("quyet-dinh.csv",
		"QD-1,18/6/2025,Lan,đính chính,2025-06,HN-001,CT02_LD,,41,khoảng 50,gọi,đã có",
		`QD-2,18/6/2025,Lan,đính chính,2025-06,HN-001,CT03_HO,,41,"15,000",gọi,đã có`,
		"QD-3,18/6/2025,Lan,đính chính,2025-06,HN-001,CT01_KN,,41,không áp dụng,gọi,đã có")
	out := o.mustRun(june)
	for indicator, want := range map[string]string{"CT02_LD": "41", "CT03_HO": "41", "CT01_KN": "not_applicable"} {
		if got := o.figure(out, "HN-001", indicator); got != want {
			t.Errorf("%s is %s, want %s", indicator, got, want)
		}
	}
	got := found(out)
	slices.Sort(got)
	if want := []string{"decision-invalid QD-1", "decision-invalid QD-2"}; !slices.Equal(got, want) {
		t.Errorf("found %v, want %v", got, want)
	}
	city := out.Summary.Find("CT01_KN", period.Monthly, "", "")
	if city.Coverage.Expected != 29 { // 30 districts, less the one to which it does not apply
		t.Errorf("%d units are expected", city.Coverage.Expected)
	}
}
