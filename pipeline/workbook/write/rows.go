package write

import (
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"tonghop/pipeline/figure"
)

// Rows are the last rows of a long sheet, written one after the other. They look as
// if Sheet had written them, but are not held as cells, of which a list of ten
// thousand units has so many that they would take more memory than all else: a row is
// stored once it ends, packed until the book is saved. Nothing else of a sheet may be
// written into these rows.
type Rows struct {
	sheet  *Sheet
	number int // of the row being written
	row    storedRow
	text   bytes.Buffer // of it
	packed bytes.Buffer
	pack   *flate.Writer
}

// Rows begins the last rows of a sheet with a row below all others. A sheet has them
// once.
func (s *Sheet) Rows(from int) *Rows {
	r := &Rows{sheet: s, number: from}
	var err error
	r.pack, err = flate.NewWriter(&r.packed, flate.BestSpeed)
	s.book.keep(err)
	if s.book.rows[s.name] != nil {
		s.book.keep(fmt.Errorf("sheet %q: its last rows are begun twice", s.name))
	}
	s.book.rows[s.name] = r
	return r
}

// Text stores text in a cell of the row: see Sheet.Text.
func (r *Rows) Text(col int, text string, st Style) {
	r.Style(col, st)
	r.row.cell(col).hold(text, "")
}

// Number stores a number: see Sheet.Number.
func (r *Rows) Number(col int, n figure.Number, st Style) {
	r.Style(col, st)
	r.row.cell(col).hold("", Digits(n))
}

// Style gives a cell its looks and leaves its content.
func (r *Rows) Style(col int, st Style) { r.row.cell(col).look(r.sheet.book.style(st)) }

// Height sets the row's height in points.
func (r *Rows) Height(points float64) { r.row.height = min(points, excelize.MaxRowHeight) }

// Next ends the row and begins the one below.
func (r *Rows) Next() {
	r.text.Reset()
	r.row.write(&r.text, r.number)
	_, err := r.pack.Write(r.text.Bytes())
	r.sheet.book.keep(err)
	r.row = storedRow{cells: r.row.cells}
	clear(r.row.cells)
	r.number++
}

// errNoRows says that a sheet's part has no place for rows.
var errNoRows = errors.New("a sheet without rows")

// writeTo writes a sheet's part with these rows behind its own.
func (r *Rows) writeTo(w io.Writer, part []byte) error {
	at := bytes.LastIndex(part, []byte("</sheetData>"))
	if at < 0 {
		return errNoRows
	}
	err := r.pack.Close()
	if err == nil {
		_, err = w.Write(part[:at])
	}
	if err == nil {
		_, err = io.Copy(w, flate.NewReader(&r.packed))
	}
	if err == nil {
		_, err = w.Write(part[at:])
	}
	return err
}
