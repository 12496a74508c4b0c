package write

import (
	"strings"

	"github.com/xuri/excelize/v2"
)

// Colours that every workbook of tonghop shares, as RRGGBB. They stay apart
// when printed in black and white.
const (
	Ink       = "000000"
	Grey      = "7F7F7F" // hints, what is not asked
	Red       = "C00000"
	Blue      = "0563C1" // links
	White     = "FFFFFF"
	FillHead  = "D9E2F3" // header rows
	FillGroup = "F2F2F2" // group rows
	FillInput = "FFF9DB" // cells to fill in
	FillOff   = "E7E6E6" // cells not to fill in
	FillGood  = "E2EFDA"
	FillError = "F8CBAD"
	FillWarn  = "FFE699"
	FillNote  = "DDEBF7"
)

// Align is the horizontal alignment of a cell.
type Align string

// The alignments. Auto puts text left and numbers right.
const (
	Auto   Align = ""
	Left   Align = "left"
	Center Align = "center"
	Right  Align = "right"
)

// Border is drawn on all four sides, but for Under and Over.
type Border uint8

// The borders.
const (
	NoBorder Border = iota
	Thin
	Hair
	Under // a thin line below: something to write on
	Over  // a thin line above: totals
)

// Style says how a cell looks. Equal styles are stored once. The zero Style is
// 11 point Times New Roman, locked, in the middle of its row.
type Style struct {
	Size      float64 // points; 0 is 11
	Bold      bool
	Italic    bool
	Underline bool
	Color     string // of the letters; empty is Ink
	Fill      string // empty is none
	Border    Border
	Format    string // number format; empty is General, "@" is text
	Align     Align
	Top       bool // text at the top of the row instead of its middle
	Wrap      bool
	Indent    int
	Unlocked  bool // may be typed in on a protected sheet
}

// With returns s changed by f: styles are built from one another.
func (s Style) With(f func(*Style)) Style { f(&s); return s }

// Grouped is the number format "1.234,5" with this many decimals; the reader's
// Excel prints the separators of its own language.
func Grouped(decimals int) string {
	if decimals <= 0 {
		return "#,##0"
	}
	return "#,##0." + strings.Repeat("0", decimals)
}

// Dashed is Grouped with 0 shown as "-", the mark of "không phát sinh".
func Dashed(decimals int) string { return Grouped(decimals) + ";-" + Grouped(decimals) + `;"-"` }

// style returns excelize's number of a style.
func (b *Book) style(s Style) int {
	if id, ok := b.styles[s]; ok {
		return id
	}
	id, err := b.file.NewStyle(s.excelize())
	b.keep(err)
	b.styles[s] = id
	return id
}

func (s Style) excelize() *excelize.Style {
	size := s.Size
	if size == 0 {
		size = 11
	}
	color := s.Color
	if color == "" {
		color = Ink
	}
	out := &excelize.Style{
		Font: &excelize.Font{Family: FontName, Size: size, Bold: s.Bold, Italic: s.Italic, Color: color},
		Alignment: &excelize.Alignment{
			Horizontal: string(s.Align), Vertical: "center", WrapText: s.Wrap, Indent: s.Indent,
		},
		Protection: &excelize.Protection{Locked: !s.Unlocked},
		Border:     s.Border.excelize(),
	}
	if s.Indent > 0 && s.Align == Auto { // an indent counts only from a side
		out.Alignment.Horizontal = string(Left)
	}
	if s.Underline {
		out.Font.Underline = "single"
	}
	if s.Top {
		out.Alignment.Vertical = "top"
	}
	if s.Fill != "" {
		out.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{s.Fill}}
	}
	if s.Format != "" {
		out.CustomNumFmt = &s.Format
	}
	return out
}

func (b Border) excelize() []excelize.Border {
	line := 1 // thin
	if b == Hair {
		line = 7
	}
	var out []excelize.Border
	for _, side := range borderSides {
		if b.on(side) {
			out = append(out, excelize.Border{Type: side, Color: Ink, Style: line})
		}
	}
	return out
}

// borderSides are in the order of the schema.
var borderSides = [...]string{"left", "right", "top", "bottom"}

// on reports whether a border is drawn on a side.
func (b Border) on(side string) bool {
	switch b {
	case Under:
		return side == "bottom"
	case Over:
		return side == "top"
	}
	return b != NoBorder
}
