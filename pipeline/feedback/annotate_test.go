package feedback_test

import (
	"archive/zip"
	"bytes"
	"image"
	"image/png"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/feedback"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/form"
	"tonghop/pipeline/intake"
	"tonghop/pipeline/period"
	"tonghop/pipeline/report"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/workbook"
	"tonghop/pipeline/workbook/officetest"
	"tonghop/templates"
)

var times = period.Timetable{Zone: received.Location()}

func shipped(t testing.TB) *catalogue.Catalogue {
	t.Helper()
	folder, err := fs.Sub(templates.FS, "hanoi")
	if err != nil {
		t.Fatal(err)
	}
	cat, problems := catalogue.Load(catalogue.FromFolder(folder, "hanoi"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return cat
}

// filled is the real form, filled in wrongly: its check column has formulas
// whose result is empty text.
func filled(t testing.TB, cat *catalogue.Catalogue) []byte {
	t.Helper()
	unit, _ := cat.Unit("HN-001")
	issued, ok := cat.FormFor(june, times.Scheme)
	if !ok {
		t.Fatal("no form")
	}
	data, err := form.Build(form.Input{
		Catalogue: cat, Unit: unit, Month: june, Scheme: times.Scheme, Form: issued, Created: received,
		Filled: &form.Filled{Version: 1, Answers: map[string]form.Answer{
			"CT02_LD": {Content: form.Text("12,5")}, "CT03_HO": {Content: form.Text("nhiều")},
			"CT01_KN": {Content: form.Number(figure.MustParse("29")), Note: "3 đợt"}, "CT01_HV": {Content: form.Text("42 259")},
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// take reads a workbook as the inputs do and makes ready what its unit is told.
func take(t testing.TB, cat *catalogue.Catalogue, data []byte) (submission.Received, feedback.Input) {
	t.Helper()
	r := intake.Read(submission.File{Path: "2025-06/ba-dinh.xlsx", ReceivedAt: received}, data, cat, times, workbook.DefaultLimits())
	if r.Submission == nil {
		t.Fatalf("not read: %+v", r)
	}
	in := input(t)
	in.SHA256, in.Findings = r.File.SHA256, nil
	for _, f := range append(slices.Clone(r.Findings), r.Submission.Findings...) {
		in.Findings = append(in.Findings, report.Finding{Finding: f, Sentence: in.Phrases.Finding(f, in.Phrases.FactsFrom(cat, f))})
	}
	for _, v := range r.Submission.Values.All() {
		ind, _ := cat.Indicator(v.Indicator)
		in.Values = append(in.Values, feedback.Value{Value: v, Programme: ind.Programme, Name: ind.NameVI, Measure: ind.Measure})
	}
	return r, in
}

func annotated(t testing.TB, in feedback.Input, data []byte) []byte {
	t.Helper()
	answer, err := feedback.Compose(in).Annotated(data)
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

func open(t testing.TB, data []byte) *workbook.Book {
	t.Helper()
	book, err := workbook.Open(data, workbook.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	return book
}

func cellOf(t testing.TB, r submission.Received, code string) submission.Value {
	t.Helper()
	v, ok := r.Submission.Value(code)
	if !ok || v.Cell == "" {
		t.Fatalf("no cell of %s", code)
	}
	return v
}

// seen is what openpyxl finds in a workbook.
type seen struct {
	Sheets, Names []string
	Comments      map[string]string // by sheet!cell
	Fills, Links  map[string]string
	Validations   map[string]int // by sheet
	Conditional   map[string]int
	Protected     map[string]bool
	Charts        map[string]int
	Images        map[string]int
	Widths        map[string]float64
	Selected      []string
}

const look = `
import json, sys, openpyxl
b = openpyxl.load_workbook(sys.argv[1])
names = b.defined_names
names = [n.name for n in names.definedName] if hasattr(names, "definedName") else list(names)
out = dict(Sheets=b.sheetnames, Names=sorted(names), Comments={}, Fills={}, Links={}, Validations={}, Conditional={}, Protected={}, Charts={}, Images={}, Widths={}, Selected=[])
for s in b:
    for row in s.iter_rows():
        for c in row:
            at = s.title + "!" + c.coordinate
            if c.comment: out["Comments"][at] = c.comment.text
            if c.fill and c.fill.fill_type == "solid" and isinstance(c.fill.fgColor.rgb, str): out["Fills"][at] = c.fill.fgColor.rgb[-6:]
            if c.hyperlink: out["Links"][at] = c.hyperlink.location
    out["Validations"][s.title] = len(s.data_validations.dataValidation)
    out["Conditional"][s.title] = len(s.conditional_formatting)
    out["Protected"][s.title] = bool(s.protection.sheet)
    out["Charts"][s.title] = len(s._charts)
    out["Images"][s.title] = len(s._images)
    out["Widths"][s.title] = s.column_dimensions["C"].width or 0
    if s.sheet_view.tabSelected: out["Selected"].append(s.title)
print(json.dumps(out))`

const (
	replySheet    = "Phản hồi"
	recordedSheet = "Số liệu Thành Hội đã ghi nhận"
)

func TestTheFormComesBackAnnotated(t *testing.T) {
	cat := shipped(t)
	sent := filled(t, cat)
	r, in := take(t, cat, sent)
	returned := annotated(t, in, sent)
	if !bytes.Equal(returned, annotated(t, in, sent)) {
		t.Error("annotated twice it has other bytes")
	}
	before, after := open(t, sent), open(t, returned)
	sameCells(t, "form", before, after)
	if len(after.Sheets) != len(before.Sheets)+2 || after.Sheets[0].Name != replySheet || after.Sheets[1].Name != recordedSheet {
		t.Fatalf("sheets %d", len(after.Sheets))
	}
	sheet, at, ok := after.NameTarget(feedback.NameOriginal)
	if !ok || textAt(after, sheet, at) != r.File.SHA256 {
		t.Errorf("the file answered is not named: %q %v", sheet, at)
	}

	var old, now seen
	officetest.Openpyxl(t, sent, look, &old)
	officetest.Openpyxl(t, returned, look, &now)
	for _, code := range []string{"CT02_LD", "CT03_HO"} {
		v := cellOf(t, r, code)
		place := v.Sheet + "!" + v.Cell
		note := now.Comments[place]
		if !strings.HasPrefix(note, "ĐỀ NGHỊ SỬA: Ô "+v.Cell) || !strings.Contains(note, v.Raw) || !strings.Contains(note, "chưa được tính") || !strings.Contains(note, "\nĐề nghị") {
			t.Errorf("%s: comment %q", place, note)
		}
		if now.Fills[place] != "F8CBAD" {
			t.Errorf("%s: fill %q", place, now.Fills[place])
		}
		if !slices.Contains(slices.Collect(maps.Values(now.Links)), "'Báo cáo'!"+v.Cell) {
			t.Errorf("nothing leads to %s: %v", place, now.Links)
		}
	}
	for place, target := range now.Links {
		sheet, cell, _ := strings.Cut(strings.ReplaceAll(target, "'", ""), "!")
		if s := after.Sheet(sheet); s == nil {
			t.Errorf("%s leads to %q", place, target)
		} else if _, err := workbook.ParseRef(cell); err != nil {
			t.Errorf("%s leads to %q: %v", place, target, err)
		}
	}
	for _, sheet := range old.Sheets {
		if old.Validations[sheet] != now.Validations[sheet] || old.Conditional[sheet] != now.Conditional[sheet] ||
			old.Protected[sheet] != now.Protected[sheet] || old.Widths[sheet] != now.Widths[sheet] {
			t.Errorf("sheet %q is not as it was: %+v, %+v", sheet, old, now)
		}
	}
	for _, name := range old.Names {
		if !slices.Contains(now.Names, name) {
			t.Errorf("the name %s is gone", name)
		}
	}
	if !slices.Equal(now.Selected, []string{replySheet}) {
		t.Errorf("selected are %q", now.Selected)
	}
}

func textAt(book *workbook.Book, sheet string, at workbook.Ref) string {
	for _, c := range book.Sheet(sheet).Cells {
		if c.Ref == at {
			return c.Raw
		}
	}
	return ""
}

// The recorded figures can be held against what was typed, cell by cell.
func TestRecordedFigures(t *testing.T) {
	cat := shipped(t)
	sent := filled(t, cat)
	_, in := take(t, cat, sent)
	got := read(t, onlySheets(t, annotated(t, in, sent)))
	_, got, _ = strings.Cut(got, "sheet "+recordedSheet)
	for _, want := range []string{
		"text CT01_KN\n", "number 29\n", "text 3 đợt\n", "text 42 259\n", "text nhiều\n", "text (!)\n", "text chưa đến kỳ báo cáo\n", "text Chưa đọc được số\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q", want)
		}
	}
}

// onlySheets leaves our sheets of an answer.
func onlySheets(t testing.TB, data []byte) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range f.GetSheetList()[2:] {
		if err := f.DeleteSheet(s); err != nil {
			t.Fatal(err)
		}
	}
	return saved(t, f)
}

func saved(t testing.TB, f *excelize.File) []byte {
	t.Helper()
	out, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func changed(t testing.TB, data []byte, change func(f *excelize.File)) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	change(f)
	return saved(t, f)
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// adorned gives the form what officers add: a chart, a picture, a table and
// comments of their own, one of them on a cell that will be marked.
func adorned(t testing.TB, sent []byte, cell string) []byte {
	t.Helper()
	return changed(t, sent, func(f *excelize.File) {
		_, err := f.NewSheet("Phản hồi") // a name that we use, too
		must(t, err)
		must(t, f.SetSheetRow("Phản hồi", "A1", &[]any{"Tháng", "Số"}))
		must(t, f.SetSheetRow("Phản hồi", "A2", &[]any{"Năm", 3}))
		must(t, f.AddTable("Phản hồi", &excelize.Table{Range: "A1:B2", Name: "Bang1"}))
		must(t, f.AddChart("Phản hồi", "D2", &excelize.Chart{Type: excelize.Col, Series: []excelize.ChartSeries{{Values: "'Phản hồi'!$B$2:$B$2"}}}))
		var picture bytes.Buffer
		must(t, png.Encode(&picture, image.NewGray(image.Rect(0, 0, 8, 8))))
		must(t, f.AddPictureFromBytes("Báo cáo", "K2", &excelize.Picture{Extension: ".png", File: picture.Bytes(), Format: &excelize.GraphicOptions{}}))
		must(t, f.AddComment("Báo cáo", excelize.Comment{Cell: cell, Author: "An", Paragraph: []excelize.RichTextRun{{Text: "Số của Phòng & Sở"}}}))
		must(t, f.AddComment("Báo cáo", excelize.Comment{Cell: "C3", Author: "An", Paragraph: []excelize.RichTextRun{{Text: "giữ nguyên"}}}))
	})
}

func parts(t testing.TB, data []byte) map[string]string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	must(t, err)
	found := map[string]string{}
	for _, f := range archive.File {
		r, err := f.Open()
		must(t, err)
		content, err := io.ReadAll(r)
		must(t, err)
		found[f.Name] = string(content)
	}
	return found
}

// What is not marked is the same to the byte; what stands beside it is kept.
func TestAdornmentsStay(t *testing.T) {
	cat := shipped(t)
	plainForm := filled(t, cat)
	r, _ := take(t, cat, plainForm)
	v := cellOf(t, r, "CT02_LD")
	sent := adorned(t, plainForm, v.Cell)
	_, in := take(t, cat, sent)
	in.Findings = slices.DeleteFunc(in.Findings, func(f report.Finding) bool { return f.Sheet != form.SheetReport })
	returned := annotated(t, in, sent)
	before, after := parts(t, sent), parts(t, returned)
	kept := 0
	for name, content := range before {
		switch name {
		case "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/worksheets/sheet1.xml",
			"xl/comments1.xml", "xl/drawings/vmlDrawing1.vml":
			continue
		}
		kept++
		if after[name] != content {
			t.Errorf("%s is not as it was", name)
		}
	}
	if kept < 10 {
		t.Errorf("only %d parts kept: %q", kept, slices.Sorted(maps.Keys(before)))
	}
	var now seen
	officetest.Openpyxl(t, returned, look, &now)
	if now.Sheets[0] != "Phản hồi (2)" || now.Charts["Phản hồi"] != 1 || now.Images["Báo cáo"] != 1 {
		t.Errorf("sheets %q, charts %v, pictures %v", now.Sheets, now.Charts, now.Images)
	}
	if note := now.Comments["Báo cáo!"+v.Cell]; !strings.HasPrefix(note, "ĐỀ NGHỊ SỬA") || !strings.HasSuffix(note, "Ghi chú sẵn có trong ô:\nSố của Phòng & Sở") {
		t.Errorf("comment %q", note)
	}
	if note := now.Comments["Báo cáo!C3"]; note != "giữ nguyên" {
		t.Errorf("comment %q", note)
	}
}

// What is put back is read as corrected, and its next answer has no trace of
// the one before, whoever saved it in between.
func TestPutBack(t *testing.T) {
	cat := shipped(t)
	r, _ := take(t, cat, filled(t, cat))
	wrong, other := cellOf(t, r, "CT02_LD"), cellOf(t, r, "CT03_HO")
	sent := adorned(t, filled(t, cat), wrong.Cell)
	_, in := take(t, cat, sent)
	var old seen
	officetest.Openpyxl(t, sent, look, &old)
	corrected := changed(t, annotated(t, in, sent), func(f *excelize.File) {
		must(t, f.SetCellInt(wrong.Sheet, wrong.Cell, 13))
	})
	books := map[string][]byte{"excelize": corrected}
	if !testing.Short() {
		maps.Copy(books, officetest.Recalculated(t, map[string][]byte{"libreoffice": corrected}))
	}
	for name, book := range books {
		again, in := take(t, cat, book)
		if v := cellOf(t, again, "CT02_LD"); v.Figure.String() != "13" || v.Cell != wrong.Cell {
			t.Errorf("%s: read %s", name, v.Figure)
		}
		if v := cellOf(t, again, "CT03_HO"); !v.Figure.Is(figure.Refused) {
			t.Errorf("%s: read %s", name, v.Figure)
		}
		answer := annotated(t, in, book)
		open(t, answer)
		var now seen
		officetest.Openpyxl(t, answer, look, &now)
		if !slices.Equal(now.Sheets, append([]string{"Phản hồi (2)", recordedSheet}, old.Sheets...)) {
			t.Errorf("%s: sheets %q", name, now.Sheets)
		}
		if got, want := now.Fills[wrong.Sheet+"!"+wrong.Cell], old.Fills[wrong.Sheet+"!"+wrong.Cell]; got != want && name == "excelize" {
			t.Errorf("%s: the corrected cell is filled %q, was %q", name, got, want)
		}
		if note := now.Comments[wrong.Sheet+"!"+wrong.Cell]; note != "Số của Phòng & Sở" {
			t.Errorf("%s: the corrected cell has the comment %q", name, note)
		}
		if note := now.Comments[other.Sheet+"!"+other.Cell]; strings.Count(note, "ĐỀ NGHỊ SỬA") != 1 {
			t.Errorf("%s: the other cell has the comment %q", name, note)
		}
		if n := len(slices.DeleteFunc(now.Names, func(n string) bool { return n != feedback.NameReceipt })); n != 1 {
			t.Errorf("%s: %d receipts are named", name, n)
		}
	}
}

func TestMacrosStay(t *testing.T) {
	sent := parts(t, filled(t, shipped(t)))
	sent["xl/vbaProject.bin"] = "\xd0\xcf\x11\xe0 macros"
	sent["[Content_Types].xml"] = strings.NewReplacer("spreadsheetml.sheet.main+xml", "spreadsheetml.sheet.main+xml",
		"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
		"</Types>", `<Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>`).Replace(sent["[Content_Types].xml"])
	sent["xl/_rels/workbook.xml.rels"] = strings.Replace(sent["xl/_rels/workbook.xml.rels"], "</Relationships>",
		`<Relationship Id="rId99" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/></Relationships>`, 1)
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(sent)) {
		w, err := archive.Create(name)
		must(t, err)
		_, err = w.Write([]byte(sent[name]))
		must(t, err)
	}
	must(t, archive.Close())
	cat := shipped(t)
	_, in := take(t, cat, out.Bytes())
	returned := annotated(t, in, out.Bytes())
	if !open(t, returned).Macros || parts(t, returned)["xl/vbaProject.bin"] != sent["xl/vbaProject.bin"] {
		t.Error("the macros are gone")
	}
}

func TestWhatCannotBeAnnotatedIsAnError(t *testing.T) {
	in := input(t)
	for name, data := range map[string][]byte{"nothing": nil, "no zip": []byte("PK\x03\x04"), "html": []byte("<html>")} {
		if _, err := feedback.Compose(in).Annotated(data); err == nil {
			t.Errorf("%s was annotated", name)
		}
	}
}

// A cell with several findings has one comment with the gravest first.
func TestOneCommentACell(t *testing.T) {
	cat := shipped(t)
	sent := filled(t, cat)
	r, in := take(t, cat, sent)
	v := cellOf(t, r, "CT03_HO")
	f := finding.New(finding.Estimate)
	f.Sheet, f.Cell, f.Row, f.Col, f.Raw, f.Indicator = v.Sheet, v.Cell, v.Row, v.Col, v.Raw, v.Indicator
	in.Findings = append([]report.Finding{{Finding: f, Sentence: in.Phrases.Finding(f, in.Phrases.FactsFrom(cat, f))}}, in.Findings...)
	var now seen
	officetest.Openpyxl(t, annotated(t, in, sent), look, &now)
	note := now.Comments[v.Sheet+"!"+v.Cell]
	if first, second := strings.Index(note, "ĐỀ NGHỊ SỬA"), strings.Index(note, "ĐỀ NGHỊ XEM LẠI"); first != 0 || second < first || now.Fills[v.Sheet+"!"+v.Cell] != "F8CBAD" {
		t.Errorf("comment %q", note)
	}
}
