package write

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tonghop/pipeline/figure"
	"tonghop/pipeline/workbook"
)

// fronted is a workbook of one empty sheet with a sheet put in front of it.
func fronted(t testing.TB, draw func(*FrontSheet)) []byte {
	t.Helper()
	p, _, err := Blank(Properties{})
	if err != nil {
		t.Fatal(err)
	}
	f, err := p.Front()
	if err != nil {
		t.Fatal(err)
	}
	draw(f.Add("Trước"))
	if err := f.Place(); err != nil {
		t.Fatal(err)
	}
	data, err := p.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// What a sheet in front says is read as it was meant, by the strict reader and by
// excelize, and looks as a Sheet of a Book with the same styles does.
func TestFrontSheetIsReadAsMeant(t *testing.T) {
	texts := []string{"=1+1", " hai  khoảng trắng ", "dòng một\ndòng hai", `<b> & "c"`, "_x0041_", "\t", "007"}
	styles := []Style{
		{}, {Size: 14, Bold: true}, {Italic: true, Underline: true, Color: Blue}, {Fill: FillError, Border: Thin, Wrap: true, Top: true},
		{Align: Center, Border: Under}, {Align: Right, Indent: 1, Format: Grouped(2), Border: Hair}, {Indent: 2, Border: Over},
	}
	b := New(Properties{})
	model := b.Add("Trước")
	data := fronted(t, func(s *FrontSheet) {
		for i, text := range texts {
			s.Text(At(i+1, 2), text, styles[i])
			model.Text(At(i+1, 2), text, styles[i])
		}
		s.Text(At(9, 1), "đi", Style{})
		s.Number(At(9, 1), figure.MustParse("1234.50"), styles[5])
		s.Across(10, 3, "ba cột", styles[1])
		s.Widths(5, 60)
		s.Height(3, 33)
		s.Height(11, 1000)
		s.Freeze(2)
		s.LinkTo(At(9, 1), "blank", At(1, 1), "Đến ô này")
		s.Print(Page{Landscape: true, TitleRows: [2]int{1, 2}, LastCell: At(11, 3), Footer: "a & b", PageOf: "Trang %s/%s"})
	})
	book, err := workbook.Open(data, workbook.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]string{}
	for _, c := range book.Sheet("Trước").Cells {
		said[c.Ref.String()] = fmt.Sprint(c.Kind, " ", c.Raw)
	}
	for i, text := range texts {
		if got, want := said[At(i+1, 2).String()], fmt.Sprint(workbook.Text, " ", text); got != want {
			t.Errorf("text %q is read as %q", want, got)
		}
	}
	if got, want := said["A9"], fmt.Sprint(workbook.Number, " 1234.5"); got != want {
		t.Errorf("the number is read as %q, want %q", got, want)
	}

	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	saved, err := b.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	other, err := excelize.OpenReader(bytes.NewReader(saved))
	if err != nil {
		t.Fatal(err)
	}
	for i := range texts {
		cell := At(i+1, 2).String()
		if got, want := looksOf(t, f, cell), looksOf(t, other, cell); got != want {
			t.Errorf("style %d looks like\n%s\nand in a book like\n%s", i, got, want)
		}
	}
	merged, err := f.GetMergeCells("Trước")
	if err != nil || len(merged) != 1 || merged[0].GetStartAxis() != "A10" || merged[0].GetEndAxis() != "C10" {
		t.Errorf("merged: %v, %v", merged, err)
	}
	if height, err := f.GetRowHeight("Trước", 11); err != nil || height != excelize.MaxRowHeight {
		t.Errorf("row 11 is %g high, %v", height, err)
	}
	if width, err := f.GetColWidth("Trước", "B"); err != nil || width != 60 {
		t.Errorf("column B is %g wide, %v", width, err)
	}
	if panes, err := f.GetPanes("Trước"); err != nil || !panes.Freeze || panes.YSplit != 2 || panes.TopLeftCell != "A3" {
		t.Errorf("panes %+v, %v", panes, err)
	}
	if ok, target, err := f.GetCellHyperLink("Trước", "A9"); err != nil || !ok || target != "'blank'!A1" {
		t.Errorf("leads to %q, %v", target, err)
	}
	if footer, err := f.GetHeaderFooter("Trước"); err != nil || !strings.Contains(footer.OddFooter, "a && b") || !strings.Contains(footer.OddFooter, "Trang &P/&N") {
		t.Errorf("footer %+v, %v", footer, err)
	}
	if page, err := f.GetPageLayout("Trước"); err != nil || *page.Orientation != "landscape" || *page.Size != 9 || *page.FitToHeight != 0 {
		t.Errorf("page %+v, %v", page, err)
	}
	names := fmt.Sprint(f.GetDefinedName())
	for _, want := range []string{"'Trước'!$1:$2", "'Trước'!$A$1:$C$11"} {
		if !strings.Contains(names, want) {
			t.Errorf("no %s in %s", want, names)
		}
	}
}

// looksOf describes a cell's style, but for how the number format is numbered.
func looksOf(t testing.TB, f *excelize.File, cell string) string {
	t.Helper()
	id, err := f.GetCellStyle("Trước", cell)
	if err != nil {
		t.Fatal(err)
	}
	st, err := f.GetStyle(id)
	if err != nil {
		t.Fatal(err)
	}
	format := ""
	if st.CustomNumFmt != nil {
		format = *st.CustomNumFmt
	}
	a := st.Alignment
	return fmt.Sprintf("%s %g %v %v %q %s | %v | %v | %s %s %v %d | %q", st.Font.Family, st.Font.Size, st.Font.Bold, st.Font.Italic, st.Font.Underline, st.Font.Color,
		st.Fill, st.Border, a.Horizontal, a.Vertical, a.WrapText, a.Indent, format)
}

// A sheet with more links than Excel opens is an error, not a broken copy.
func TestFrontSheetBoundsItsLinks(t *testing.T) {
	p, err := OpenPackage(small(worksheet(`<sheetData/>`), nil))
	if err != nil {
		t.Fatal(err)
	}
	f, err := p.Front()
	if err != nil {
		t.Fatal(err)
	}
	s := f.Add("Trước")
	for range MaxLinks + 1 {
		s.LinkTo(At(1, 1), "Trang & 1", At(1, 1), "")
	}
	if err := f.Place(); err == nil {
		t.Error("no error")
	}
}
