package write

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"tonghop/pipeline/figure"
)

// FrontSheet is a sheet of a Front: a page to be read, without grid lines. It is
// written as it will be stored. A Sheet can do more; but to make these few cells
// by excelize and take them over from there cost more than all else of a copy.
type FrontSheet struct {
	front  *Front
	name   string
	widths []float64
	rows   []storedRow
	merged [][2]Ref
	links  []link
	frozen int // rows that stay in view
	page   Page
}

// Name is the name the sheet got.
func (s *FrontSheet) Name() string { return s.name }

// Abs names a cell for defined names: 'Phản hồi'!$A$1.
func (s *FrontSheet) Abs(r Ref) string { return Quote(s.name) + "!" + r.Abs() }

// Widths sets the widths of the columns from A on, in characters.
func (s *FrontSheet) Widths(widths ...float64) { s.widths = widths }

// Text stores text, whatever it begins with; empty text leaves the cell blank.
func (s *FrontSheet) Text(at Ref, text string, st Style) {
	s.Style(at, st)
	s.cell(at).hold(text, "")
}

// Number stores a number with its digits: see Digits.
func (s *FrontSheet) Number(at Ref, n figure.Number, st Style) {
	s.Style(at, st)
	s.cell(at).hold("", Digits(n))
}

// Style gives a cell its looks and leaves its content.
func (s *FrontSheet) Style(at Ref, st Style) {
	s.cell(at).look(s.front.styles.look(st, s.front.book.space(mainSpace)))
}

// Across joins the cells of a row from the first column to a last one, which have
// the looks of the text that stands across them.
func (s *FrontSheet) Across(row, last int, text string, st Style) {
	for col := last; col > 0; col-- {
		s.Style(At(row, col), st)
	}
	s.Text(At(row, 1), text, st)
	s.merged = append(s.merged, [2]Ref{At(row, 1), At(row, last)})
}

// Height sets a row's height in points.
func (s *FrontSheet) Height(row int, points float64) {
	s.row(row).height = min(points, excelize.MaxRowHeight)
}

// LinkTo makes a cell lead to a cell of a sheet of the workbook: see Sheet.LinkTo.
func (s *FrontSheet) LinkTo(at Ref, sheet string, target Ref, hint string) {
	if len(s.links) == MaxLinks {
		s.front.keep(fmt.Errorf("sheet %q: more than %d links", s.name, MaxLinks))
		return
	}
	s.links = append(s.links, newLink(at, sheet, target, hint))
}

// Freeze keeps the first rows in view.
func (s *FrontSheet) Freeze(rows int) { s.frozen = rows }

// Print sets the sheet up for printing.
func (s *FrontSheet) Print(p Page) { s.page = p }

func (s *FrontSheet) row(n int) *storedRow {
	for len(s.rows) < n {
		s.rows = append(s.rows, storedRow{})
	}
	return &s.rows[n-1]
}

func (s *FrontSheet) cell(at Ref) *storedCell {
	return s.row(at.Row).cell(at.Col)
}

// printed are the names that say what of the sheet is printed.
func (s *FrontSheet) printed() []BookName {
	var names []BookName
	if titles := s.page.TitleRows; titles[0] > 0 {
		names = append(names, BookName{Name: printTitles, RefersTo: fmt.Sprintf("%s!$%d:$%d", Quote(s.name), titles[0], titles[1])})
	}
	if s.page.LastCell != (Ref{}) {
		names = append(names, BookName{Name: printArea, RefersTo: s.Abs(At(1, 1)) + ":" + s.page.LastCell.Abs()})
	}
	return names
}

// markup is the sheet's part, its elements in the order of the schema.
func (s *FrontSheet) markup(selected bool) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" +
		`<worksheet xmlns="` + mainSpace + `"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView showGridLines="0"`)
	if selected {
		b.WriteString(` tabSelected="1"`)
	}
	b.WriteString(` workbookViewId="0">`)
	if s.frozen > 0 {
		fmt.Fprintf(&b, `<pane ySplit="%d" topLeftCell="%s" activePane="bottomLeft" state="frozen"/>`, s.frozen, At(s.frozen+1, 1))
	}
	b.WriteString(`</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>`)
	for i, width := range s.widths {
		fmt.Fprintf(&b, `<col min="%[1]d" max="%[1]d" width="%[2]g" customWidth="1"/>`, i+1, width)
	}
	b.WriteString(`</cols><sheetData>`)
	for i, r := range s.rows {
		r.write(&b, i+1)
	}
	b.WriteString(`</sheetData>`)
	if len(s.merged) > 0 {
		fmt.Fprintf(&b, `<mergeCells count="%d">`, len(s.merged))
		for _, m := range s.merged {
			b.WriteString(`<mergeCell ref="` + Range(m[0], m[1]) + `"/>`)
		}
		b.WriteString(`</mergeCells>`)
	}
	if len(s.links) > 0 {
		b.WriteString(`<hyperlinks>` + linksMarkup(s.links) + `</hyperlinks>`)
	}
	b.WriteString(s.page.markup() + `</worksheet>`)
	return b.String()
}
