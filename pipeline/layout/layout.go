// Package layout owns where on a sheet the figures stand: it finds tables by
// the texts of their header rows, says what each column holds, and where a
// table ends. It knows headings, not indicators, and reads no figure. What can
// be taken in two ways it gives as two; to choose is the caller's.
//
// The answer depends on what stands in the rows, not on which rows and columns
// these are: a table may be moved, its columns put in another order, rows put
// between its rows.
package layout

import (
	"iter"
	"slices"

	"tonghop/pipeline/naming"
	"tonghop/pipeline/period"
	"tonghop/pipeline/workbook"
)

// Table is a block of rows under a header.
type Table struct {
	Sheet *workbook.Sheet
	// Top and Header are the first and the last row of the header.
	Top, Header int
	// Body is the first row below it, and below a row that numbers the columns.
	Body int
	// End is the first row that is no more of the table: its end mark, a note, a
	// signature, the next table; beyond the sheet where nothing ends it.
	End     int
	Columns []Column // those with a heading, from the left

	finder *Finder
}

// Column is a column with a heading.
type Column struct {
	Col     int
	Role    Role
	Heading string       // as it stands, the rows of the header parted by " / "
	At      workbook.Ref // the lowest cell of the heading
	Bracket string       // what stands there in brackets, such as a unit of measure
	Said    naming.Said  // of Dated: which month
}

// NoEnd is a row below every sheet.
const NoEnd = 1 << 30

// Most is how many tables of a sheet are looked for: more than a report has, and
// few enough that a sheet of nothing but headers costs no time.
const Most = 60

// Tables finds the first tables of a sheet from the top, Most of them: those
// with a column of names or codes and one of figures.
func (f *Finder) Tables(sheet *workbook.Sheet) []*Table { return f.tables(sheet, false) }

// Unread finds what looks like tables but has no column whose heading says that
// it holds the report's figures: headings that nobody foresaw, or plans and
// cumulative figures alone. It is for telling why nothing was read.
func (f *Finder) Unread(sheet *workbook.Sheet) []*Table { return f.tables(sheet, true) }

func (f *Finder) tables(sheet *workbook.Sheet, unread bool) []*Table {
	g := grid{Finder: f, sheet: sheet, unread: unread, merged: make(map[workbook.Ref]workbook.Range, len(sheet.Merges))}
	g.rows = slices.AppendSeq(make([][]workbook.Cell, 0, sheet.DataRows), Rows(sheet))
	for _, m := range sheet.Merges {
		g.merged[m.From] = m
	}
	var all []*Table
	free := 0 // the first row that no header has taken
	for i := 0; i < len(g.rows) && len(all) < Most; {
		t, next, ok := g.tableAt(i, free)
		if !ok {
			i++
			continue
		}
		if n := len(all); n > 0 && all[n-1].End > t.Top {
			all[n-1].End = t.Top
		}
		all, free = append(all, t), next
		for i = next; i < len(g.rows); i++ {
			if g.hasAnchor(g.rows[i]) {
				break // perhaps another table
			}
			if t.End == NoEnd && t.endsAt(g.rows[i]) {
				t.End = g.rows[i][0].Ref.Row
			}
		}
	}
	return all
}

// Rows gives the cells of each row that has any, from the top.
func Rows(sheet *workbook.Sheet) iter.Seq[[]workbook.Cell] {
	return func(yield func([]workbook.Cell) bool) {
		cells := sheet.Cells
		for len(cells) > 0 {
			n := 1
			for n < len(cells) && cells[n].Ref.Row == cells[0].Ref.Row {
				n++
			}
			if !yield(cells[:n]) {
				return
			}
			cells = cells[n:]
		}
	}
}

// Rows gives the rows of the table, below its header, that have cells.
func (t *Table) Rows() iter.Seq[[]workbook.Cell] {
	return func(yield func([]workbook.Cell) bool) {
		start, _ := slices.BinarySearchFunc(t.Sheet.Cells, t.Body, func(c workbook.Cell, row int) int { return c.Ref.Row - row })
		rest := workbook.Sheet{Cells: t.Sheet.Cells[start:]}
		for cells := range Rows(&rest) {
			if cells[0].Ref.Row >= t.End || !yield(cells) {
				return
			}
		}
	}
}

// Having gives the columns with one of the roles.
func (t *Table) Having(roles ...Role) []Column {
	var some []Column
	for _, c := range t.Columns {
		if slices.Contains(roles, c.Role) {
			some = append(some, c)
		}
	}
	return some
}

// RoleOf gives the role of a column; of one without a heading it is not known.
func (t *Table) RoleOf(col int) Role {
	for i := range t.Columns {
		if t.Columns[i].Col == col {
			return t.Columns[i].Role
		}
	}
	return Unknown
}

// Values gives the columns that by their headings hold the figures of month m:
// one is an answer, two are a question. A heading that names another month is
// none, nor are those that name several.
func (t *Table) Values(m period.Month) []Column {
	var some []Column
	for _, c := range t.Having(Value, Dated) {
		if c.Role == Value || isOf(c.Said, m) {
			some = append(some, c)
		}
	}
	if !t.SaysWhen() {
		return t.Having(Result)
	}
	return some
}

// SaysWhen reports whether a heading says of which period its figures are.
// Columns of Result count only where none does.
func (t *Table) SaysWhen() bool { return saysWhen(t.Columns) }

// Numeric gives the columns of figures, whatever their headings say: those with
// a number in the body, but for numbers of rows, codes and notes.
func (t *Table) Numeric() []Column {
	with := make(map[int]bool)
	for cells := range t.Rows() {
		for _, c := range cells {
			with[c.Ref.Col] = with[c.Ref.Col] || c.Kind == workbook.Number
		}
	}
	return slices.DeleteFunc(t.Having(Unknown, Value, Dated, Past, Sum, Aside, Result), func(c Column) bool { return !with[c.Col] })
}

// isOf reports whether a heading names the month m and no other. A month
// without its year is that of the report.
func isOf(said naming.Said, m period.Month) bool {
	if said.Longer || said.Odd || m.IsZero() {
		return false
	}
	for _, month := range said.Months {
		if month != m {
			return false
		}
	}
	for _, number := range said.Bare {
		if number != m.Number {
			return false
		}
	}
	return true
}

// grid is a sheet by its rows.
type grid struct {
	*Finder
	sheet  *workbook.Sheet
	unread bool // which tables are looked for: those without a column of figures
	rows   [][]workbook.Cell
	merged map[workbook.Ref]workbook.Range // by the first cell, which has the text
}
