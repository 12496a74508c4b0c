package write

import (
	"fmt"
	"io"
	"strconv"
)

// storedRow is a row as it is stored, of which each cell up to the last one is there
// or not.
type storedRow struct {
	height float64 // points; 0 is the usual one
	cells  []storedCell
}

// storedCell is a cell in a format, holding a text, a number or nothing.
type storedCell struct {
	there        bool
	format       int
	text, number string
}

// cell is that of a column.
func (r *storedRow) cell(col int) *storedCell {
	for len(r.cells) < col {
		r.cells = append(r.cells, storedCell{})
	}
	return &r.cells[col-1]
}

func (c *storedCell) look(format int)          { c.there, c.format = true, format }
func (c *storedCell) hold(text, number string) { c.text, c.number = text, number }

// markup takes what is written; it never fails.
type markup interface {
	io.Writer
	io.StringWriter
}

func (r storedRow) write(b markup, number int) {
	if len(r.cells) == 0 && r.height == 0 {
		return
	}
	_, _ = b.WriteString(`<row r="` + strconv.Itoa(number))
	if r.height > 0 {
		_, _ = fmt.Fprintf(b, `" ht="%g" customHeight="1`, r.height)
	}
	_, _ = b.WriteString(`">`)
	for i, c := range r.cells {
		if c.there {
			c.write(b, At(number, i+1))
		}
	}
	_, _ = b.WriteString(`</row>`)
}

func (c storedCell) write(b markup, at Ref) {
	_, _ = b.WriteString(`<c r="` + at.String() + `" s="` + strconv.Itoa(c.format))
	switch {
	case c.number != "":
		_, _ = b.WriteString(`"><v>` + c.number + `</v></c>`)
	case c.text != "":
		_, _ = b.WriteString(`" t="inlineStr"><is><t xml:space="preserve">` + escapedText(c.text) + `</t></is></c>`)
	default:
		_, _ = b.WriteString(`"/>`)
	}
}
