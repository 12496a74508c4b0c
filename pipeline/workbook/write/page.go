package write

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Page says how a sheet prints: on A4, as wide as the page, as many pages high
// as it takes.
type Page struct {
	Landscape bool
	// TitleRows are the first and last row repeated on every page; 0 is none.
	TitleRows [2]int
	// LastCell bounds what is printed, from A1; the zero Ref prints all.
	LastCell Ref
	// Header and Footer are plain text, centred. The page number stands at the
	// right of the footer, printed by PageOf with its two %s: the number and
	// the count. Empty prints none.
	Header, Footer string
	PageOf         string
}

// Margins in inches: 30 mm at the left for the file, as Decree 30/2020 has it,
// would cost the table too much; 20, 15, 15, 15 mm here.
const (
	marginLeft, marginRight     = 0.79, 0.59
	marginEnds, marginFurniture = 0.69, 0.3
)

// The names by which a sheet says what of it is printed.
const (
	printTitles = "_xlnm.Print_Titles"
	printArea   = "_xlnm.Print_Area"
)

// Print sets the sheet up for printing. Call it once.
func (s *Sheet) Print(p Page) {
	const a4, one, asNeeded = 9, 1, 0
	f, yes := s.book.file, true
	orientation := "portrait"
	if p.Landscape {
		orientation = "landscape"
	}
	s.book.keep(f.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &yes}))
	s.book.keep(f.SetPageLayout(s.name, &excelize.PageLayoutOptions{
		Size: ptr(a4), Orientation: &orientation, FitToWidth: ptr(one), FitToHeight: ptr(asNeeded),
	}))
	s.book.keep(f.SetPageMargins(s.name, &excelize.PageLayoutMarginsOptions{
		Left: ptr(marginLeft), Right: ptr(marginRight), Top: ptr(marginEnds), Bottom: ptr(marginEnds),
		Header: ptr(marginFurniture), Footer: ptr(marginFurniture), Horizontally: &yes,
	}))
	if p.TitleRows[0] > 0 {
		s.local(printTitles, fmt.Sprintf("%s!$%d:$%d", Quote(s.name), p.TitleRows[0], p.TitleRows[1]))
	}
	if p.LastCell != (Ref{}) {
		s.local(printArea, s.AbsRange(At(1, 1), p.LastCell))
	}
	if header, footer := p.furniture(); header+footer != "" {
		s.book.keep(f.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{OddHeader: header, OddFooter: footer}))
	}
}

// furniture is the code of the header and of the footer.
func (p Page) furniture() (header, footer string) {
	header, footer = furniture('C', p.Header), furniture('C', p.Footer)
	if p.PageOf != "" {
		footer += `&R&"` + FontName + `,Regular"&9 ` +
			fmt.Sprintf(strings.ReplaceAll(p.PageOf, "&", "&&"), "&P", "&N")
	}
	return header, footer
}

// markup is what Print sets up, as a sheet's part has it.
func (p Page) markup() string {
	orientation := "portrait"
	if p.Landscape {
		orientation = "landscape"
	}
	out := fmt.Sprintf(`<printOptions horizontalCentered="1"/><pageMargins left="%g" right="%g" top="%[3]g" bottom="%[3]g" header="%[4]g" footer="%[4]g"/>`+
		`<pageSetup paperSize="9" fitToHeight="0" orientation="%[5]s"/>`, marginLeft, marginRight, marginEnds, marginFurniture, orientation)
	header, footer := p.furniture()
	if header != "" {
		header = `<oddHeader>` + escaped(header) + `</oddHeader>`
	}
	if footer != "" {
		footer = `<oddFooter>` + escaped(footer) + `</oddFooter>`
	}
	if header+footer != "" {
		out += `<headerFooter>` + header + footer + `</headerFooter>`
	}
	return out
}

// furniture is a header's or footer's code for a text. The space after the size
// keeps digits of the text out of it; a header holds 255 characters, codes
// included.
func furniture(side rune, text string) string {
	if text == "" {
		return ""
	}
	const room = 150
	text = strings.ReplaceAll(cut(clean(text), room), "&", "&&")
	return fmt.Sprintf(`&%c&"%s,Regular"&9 %s`, side, FontName, text)
}

func (s *Sheet) local(name, refersTo string) {
	s.book.keep(s.book.file.SetDefinedName(&excelize.DefinedName{Name: name, RefersTo: refersTo, Scope: s.name}))
}

// Freeze keeps the rows above and the columns left of a cell in view.
func (s *Sheet) Freeze(first Ref) {
	pane := "bottomRight"
	switch {
	case first.Col == 1:
		pane = "bottomLeft"
	case first.Row == 1:
		pane = "topRight"
	}
	s.book.keep(s.book.file.SetPanes(s.name, &excelize.Panes{
		Freeze: true, XSplit: first.Col - 1, YSplit: first.Row - 1, TopLeftCell: first.String(), ActivePane: pane,
	}))
}

// Zoom sets the size in percent in which the sheet opens.
func (s *Sheet) Zoom(percent float64) {
	s.book.keep(s.book.file.SetSheetView(s.name, 0, &excelize.ViewOptions{ZoomScale: &percent}))
}

// Filter puts filter buttons on the first row of a block.
func (s *Sheet) Filter(from, to Ref) {
	s.book.keep(s.book.file.AutoFilter(s.name, Range(from, to), nil))
}

// Protect locks the cells that are not Unlocked, without a password: it guards
// against slips, and the office may always undo it. Selecting, and the height
// and width of rows and columns, stay free.
func (s *Sheet) Protect() {
	s.book.keep(s.book.file.ProtectSheet(s.name, &excelize.SheetProtectionOptions{
		FormatColumns: true, FormatRows: true, SelectLockedCells: true, SelectUnlockedCells: true,
		EditObjects: true, EditScenarios: true,
	}))
}

// Plain hides the grid lines: for sheets that are forms rather than tables.
func (s *Sheet) Plain() {
	no := false
	s.book.keep(s.book.file.SetSheetView(s.name, 0, &excelize.ViewOptions{ShowGridLines: &no}))
}

// Highlight gives the cells of a block for which a formula is true, written for
// its first cell, another fill and colour. Where several formulas of a block
// hold, the first one called wins.
func (s *Sheet) Highlight(from, to Ref, formula, fill, color string) {
	s.conditional(from, to, formula, &excelize.Style{
		Font: &excelize.Font{Color: color}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{fill}},
	})
}

// HighlightAs is Highlight with another number format as well.
func (s *Sheet) HighlightAs(from, to Ref, formula, fill, color, format string) {
	s.conditional(from, to, formula, &excelize.Style{
		Font: &excelize.Font{Color: color}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{fill}}, CustomNumFmt: &format,
	})
}

func (s *Sheet) conditional(from, to Ref, formula string, look *excelize.Style) {
	id, err := s.book.file.NewConditionalStyle(look)
	s.book.keep(err)
	s.book.keep(s.book.file.SetConditionalFormat(s.name, Range(from, to), []excelize.ConditionalFormatOptions{
		{Type: "formula", Criteria: formula, Format: &id, StopIfTrue: true},
	}))
}

func ptr[T any](v T) *T { return &v }
