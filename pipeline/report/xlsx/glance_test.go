package xlsx

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/workbook/officetest"
	"tonghop/pipeline/workbook/write"
)

// withHeadlines is the sample with targets for page 1, six months of one of them
// with gaps, and running text.
func withHeadlines(t testing.TB) Input {
	in := sample(t)
	ld := in.Summary.Find("CT02_LD", period.YearToDate, "", "")
	for _, code := range []string{"CT02_LD", "CT02_TL"} {
		in.Summary.Find(code, period.YearToDate, "", "").Judgment.Target.Headline = true
	}
	ld.Indicator.Nature = catalogue.Flow
	none := summary.Point{Value: figure.Without(figure.NotAvailable), Reason: summary.ReasonNotAvail}
	trend := summary.Trend{Indicator: ld.Indicator}
	for n, p := range []summary.Point{none, {Value: figure.Of(figure.Int(7))}, none, {Value: figure.Without(figure.None)}, {Value: figure.Of(figure.MustParse("1200"))}, {Value: figure.Of(figure.Int(41)), Provisional: true}} {
		p.Month = june.Add(n - 5)
		trend.Points = append(trend.Points, p)
	}
	in.Summary.Trends = []summary.Trend{trend}
	in.Paragraphs = []Paragraph{
		{Section: "Công tác chỉ đạo", Text: "=Thành Hội đã chỉ đạo."},
		{Section: "Kết quả", Title: "Chương trình 02-CTr/TU", Text: strings.Repeat("Đến nay đã dạy nghề cho 2.999 lao động. ", 20)},
	}
	return in
}

// Every sheet opens at its top with its head in view, and prints its head on every
// page, as wide as a page of A4; the first sheet is the one that is shown.
func TestEverySheetIsReadyForTheOffice(t *testing.T) {
	f := open(t, draw(t, withHeadlines(t)))
	if first := f.GetSheetName(f.GetActiveSheetIndex()); first != sheetOverview {
		t.Errorf("%s is shown first", first)
	}
	titles := map[string]bool{}
	for _, name := range f.GetDefinedName() {
		if name.Name == "_xlnm.Print_Titles" {
			titles[name.Scope] = true
		}
	}
	for _, sheet := range f.GetSheetList() {
		panes, err := f.GetPanes(sheet)
		if err != nil || !panes.Freeze || panes.YSplit == 0 {
			t.Errorf("%s: no head is kept in view: %+v, %v", sheet, panes, err)
		}
		if view, err := f.GetSheetView(sheet, 0); err != nil || *view.TopLeftCell != "" && *view.TopLeftCell != "A1" {
			t.Errorf("%s opens at %s, %v", sheet, *view.TopLeftCell, err)
		}
		if page, err := f.GetPageLayout(sheet); err != nil || page.Size == nil || *page.Size != 9 || page.Orientation == nil || *page.Orientation != "landscape" {
			t.Errorf("%s prints on %+v, %v", sheet, page, err)
		}
		if !titles[sheet] {
			t.Errorf("%s prints its head on the first page only", sheet)
		}
	}
}

// parts gives a workbook's parts whose names begin with a prefix, by name.
func parts(t testing.TB, data []byte, prefix string) map[string]string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, f := range archive.File {
		if !strings.HasPrefix(f.Name, prefix) {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		found[f.Name] = string(content)
	}
	return found
}

func TestGlanceSameBytes(t *testing.T) {
	for range 3 {
		if !bytes.Equal(draw(t, withHeadlines(t)), draw(t, withHeadlines(t))) {
			t.Fatal("two drawings of the same summary differ")
		}
	}
}

// Charts carry the figures themselves, so that a preview shows them; a month
// without a figure is a gap and an empty cell, not a zero.
func TestChartsCarryFigures(t *testing.T) {
	data := draw(t, withHeadlines(t))
	charts := parts(t, data, "xl/charts/chart")
	for name, wants := range map[string][]string{
		"xl/charts/chart1.xml": {`<pt idx="0"><v>99.966667</v></pt><pt idx="1"><v>100.200501</v></pt>`, `<pt idx="0"><v>50</v></pt>`, `<v>Số lao động được dạy nghề</v>`},
		"xl/charts/chart2.xml": {`<pt idx="0"><v>4</v></pt><pt idx="1"><v>3</v></pt><pt idx="2"><v>3</v></pt><pt idx="3"><v>2</v></pt>`, `<min val="0">`},
		"xl/charts/chart3.xml": {`<ptCount val="5"/><pt idx="0"><v>7</v></pt><pt idx="2"><v>0</v></pt><pt idx="3"><v>1200</v></pt><pt idx="4"><v>41</v></pt>`, `<v>Tháng 2/2025</v>`, `<barDir val="col">`},
	} {
		for _, want := range wants {
			if !strings.Contains(charts[name], want) {
				t.Errorf("%s does not hold %s: %s", name, want, charts[name])
			}
		}
	}
	if len(charts) != 3 {
		t.Errorf("%d charts, want 3", len(charts))
	}
	for name, chart := range charts {
		if !strings.Contains(chart, `<dispBlanksAs val="gap">`) || strings.Contains(chart, `<varyColors val="1">`) {
			t.Errorf("%s draws gaps as something, or each bar in another colour", name)
		}
	}
	rows, err := open(t, data).GetRows(sheetOverview)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if got := strings.Join(row, "|"); strings.HasPrefix(got, "1|Số lao động được dạy nghề|hội viên|7") && got != "1|Số lao động được dạy nghề|hội viên|7||0|1200|41" {
			t.Errorf("the months are %s", got)
		}
	}
}

// A sheet's verdicts are told by a shape before the word, whatever the shade.
func TestVerdictsAreToldByShape(t *testing.T) {
	all := dump(t, open(t, draw(t, withHeadlines(t))))
	for _, want := range []string{`"▼ chậm`, `"▲ đúng tiến độ`} {
		if strings.Count(all, want) < 2 { // on the first and on the city's sheet
			t.Errorf("no %s in\n%s", want, all)
		}
	}
}

// What is printed for the city only stands beyond what a programme's sheet
// prints, and its total is still linked.
func TestCityOnlyDoesNotPrintByUnit(t *testing.T) {
	in := sample(t)
	for _, ind := range in.Summary.Catalogue.Indicators {
		ind.CityOnly = ind.Code == "CT01_KN" || ind.Code == "CT02_LD"
	}
	f := open(t, draw(t, in))
	for sheet, code := range map[string]string{"CT01": "CT01_KN", "CT01 lũy kế": "CT01_KN", "CT02": "CT02_LD"} {
		found, err := f.SearchSheet(sheet, code)
		if err != nil || len(found) != 1 {
			t.Fatalf("%s: %v, %v", sheet, found, err)
		}
		col, _, err := excelize.CellNameToCoordinates(found[0])
		if err != nil {
			t.Fatal(err)
		}
		printed := 0
		for _, n := range f.GetDefinedName() {
			if n.Name == "_xlnm.Print_Area" && n.Scope == sheet {
				_, to, _ := strings.Cut(strings.ReplaceAll(n.RefersTo, "$", ""), ":")
				if printed, _, err = excelize.CellNameToCoordinates(to); err != nil {
					t.Fatal(err)
				}
			}
		}
		if printed == 0 || printed >= col {
			t.Errorf("%s prints %d columns, %s stands in %d", sheet, printed, code, col)
		}
		if !strings.Contains(dump(t, f), "không in") {
			t.Errorf("%s does not say so", sheet)
		}
	}
}

// Everything but the figures is as a workbook for an office should be: no sheet
// without print set-up, no link out of it, no macro.
func TestEverySheetPrints(t *testing.T) {
	data := draw(t, withHeadlines(t))
	f := open(t, data)
	areas := map[string]bool{}
	for _, n := range f.GetDefinedName() {
		if n.Name == "_xlnm.Print_Area" {
			areas[n.Scope] = true
		}
	}
	for _, sheet := range f.GetSheetList() {
		layout, err := f.GetPageLayout(sheet)
		if err != nil || layout.Orientation == nil || *layout.Orientation != "landscape" || *layout.Size != 9 {
			t.Errorf("%s is not set up for A4 landscape: %v", sheet, err)
		}
		footer, err := f.GetHeaderFooter(sheet)
		if err != nil || footer == nil || !strings.Contains(footer.OddFooter, "&P") {
			t.Errorf("%s has no page numbers: %v", sheet, err)
		}
		if !areas[sheet] {
			t.Errorf("%s has no print area", sheet)
		}
	}
	for name, content := range parts(t, data, "") {
		if strings.Contains(name, "externalLink") || strings.Contains(name, "vba") || strings.Contains(content, `TargetMode="External"`) {
			t.Errorf("%s leads out of the workbook", name)
		}
	}
}

// A table's heads are the texts of its columns, each another, as Excel demands;
// it brings its own filter.
func TestTables(t *testing.T) {
	data := draw(t, withHeadlines(t))
	f := open(t, data)
	want := map[string]string{
		sheetSubmissions: tableSubmissions, sheetFindings: tableFindings, sheetSources: tableSources, sheetFiles: tableFiles,
		sheetRemarks: tableRemarks, sheetParagraphs: tableParagraphs, sheetDefinitions: tableDefinitions,
	}
	for sheet, name := range want {
		tables, err := f.GetTables(sheet)
		if err != nil || len(tables) != 1 || tables[0].Name != name {
			t.Errorf("%s has the tables %v (%v), want %s", sheet, tables, err, name)
		}
	}
	var found map[string]struct {
		Sheet   string
		Ref     string
		Columns []string
		Heads   []string
		Filter  bool
	}
	officetest.Openpyxl(t, data, `
import json, sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
found = {}
for sheet in book:
    for table in sheet.tables.values():
        first = sheet[table.ref][0]
        found[table.name] = dict(Sheet=sheet.title, Ref=table.ref, Columns=[c.name for c in table.tableColumns],
            Heads=[c.value for c in first], Filter=sheet.auto_filter.ref is not None)
json.dump(found, sys.stdout)`, &found)
	if len(found) != len(want) {
		t.Errorf("openpyxl finds %d tables, want %d", len(found), len(want))
	}
	for name, table := range found {
		seen := map[string]bool{}
		for i, column := range table.Columns {
			if column != table.Heads[i] || seen[strings.ToLower(column)] {
				t.Errorf("%s: column %q, head %q", name, column, table.Heads[i])
			}
			seen[strings.ToLower(column)] = true
		}
		if table.Filter {
			t.Errorf("%s: the sheet has a filter beside the table's", table.Sheet)
		}
	}
}

func TestParagraphs(t *testing.T) {
	in := withHeadlines(t)
	rows, err := open(t, draw(t, in)).GetRows(sheetParagraphs)
	if err != nil || len(rows) != headRow+2 {
		t.Fatalf("%v: %d rows", err, len(rows))
	}
	for n, p := range in.Paragraphs {
		if row := rows[headRow+n]; row[1] != p.Section || row[2] != p.Title || row[3] != p.Text {
			t.Errorf("row %d is %q", n+1, row)
		}
	}
	in.Paragraphs = nil
	if open(t, draw(t, in)).SheetCount != len(open(t, draw(t, withHeadlines(t))).GetSheetList())-1 {
		t.Error("a sheet for text that nobody wrote")
	}
}

// What a unit wrote at length is there whole, on screen and in print: a row cannot
// be higher than 409 points.
func TestALongNarrativeGoesOn(t *testing.T) {
	in := withHeadlines(t)
	long := strings.TrimSpace(strings.Repeat("Hội đã tổ chức truyền thông tại cơ sở, thiếu cán bộ chuyên trách. ", 62)) // 4,000 letters
	for _, s := range in.Submissions {
		for i := range s.Remarks {
			s.Remarks[i].Text = long
		}
	}
	in.Paragraphs = []Paragraph{{Section: "Kết quả", Text: long}}
	f := open(t, draw(t, in))
	for sheet, col := range map[string]int{sheetRemarks: 5, sheetParagraphs: 3} {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		var told []string
		for n, row := range rows[headRow:] {
			told = append(told, strings.TrimPrefix(row[col], "(tiếp theo) "))
			width, _ := f.GetColWidth(sheet, write.Column(col+1))
			height, _ := f.GetRowHeight(sheet, headRow+n+1)
			if needed := write.Height(write.Lines(row[col], width, bodySize), bodySize); height < needed {
				t.Errorf("%s: row %d is %g points high and needs %g", sheet, headRow+n+1, height, needed)
			}
			if row[col-1] != rows[headRow][col-1] {
				t.Errorf("%s: row %d is about %q", sheet, headRow+n+1, row[col-1])
			}
		}
		if len(told) < 2 || strings.Join(told, " ") != long {
			t.Errorf("%s: the text stands in %d rows and is not whole", sheet, len(told))
		}
	}
}
