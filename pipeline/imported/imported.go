// Package imported owns the tables of past figures that the office imports: a
// row says what one unit reported for one indicator in one month, and where that
// stands. It knows how such a table is written and which rows can be true; what
// a value means is read by whoever knows the number grammar.
package imported

import (
	"time"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/period"
	"tonghop/pipeline/table"
	"tonghop/pipeline/vietnamese"
)

// Name is what the table is called.
const Name = "past_figures"

// Headers are the columns as the office reads them, in the order of the table.
var Headers = []string{"Kỳ", "Đơn vị", "Chỉ tiêu", "Giá trị", "Nguồn", "Ghi chú"}

// Row is one past figure.
type Row struct {
	Period    period.Month
	Unit      string // id
	Indicator string // code
	Value     string // as typed
	Source    string // "BC số 12/BC-BTV năm 2024"
	Note      string // why the figure is unlike others, may be empty

	// Table is the index of the table that it stands in, Row and Col those of
	// its value in Table.Rows.
	Table, Row, Col int
}

// Problem is one thing wrong with a table of several.
type Problem struct {
	table.Problem
	Table int // index
}

// Rows is what the tables of one file hold.
type Rows struct {
	Rows     []Row
	Problems []Problem
}

// Against is what the rows are held against.
type Against struct {
	Catalogue *catalogue.Catalogue
	Timetable period.Timetable
	// At is when the table was imported: a month that was not over then has no
	// past figures.
	At time.Time
}

// columns declares the table; the rows are resolved by names.
func columns(names *names) []table.Column[Row] {
	return []table.Column[Row]{
		table.Col("period", table.Must, func(r *Row, c table.Cell) { r.Period = names.month(c) }),
		table.Col("unit", table.Must, func(r *Row, c table.Cell) { r.Unit = names.unit(c, r.Period) }),
		table.Col("indicator", table.Must, func(r *Row, c table.Cell) { r.Indicator = names.indicator(c) }),
		table.Col("value", table.Must, func(r *Row, c table.Cell) { r.Value = c.Text }),
		table.Col("source", table.Must, func(r *Row, c table.Cell) { r.Source = c.Text }),
		table.Col("note", table.May, func(r *Row, c table.Cell) { r.Note = c.Text }),
	}
}

// form is the table with its Vietnamese names beside the English ones.
var form = func() table.Form {
	f := table.FormOf(Name, columns(nil))
	f.Aliases = map[string]string{}
	for i, header := range Headers {
		f.Aliases[vietnamese.Fold(header)] = f.Columns[i]
	}
	for header, column := range map[string]string{
		"Tháng": "period", "Tên đơn vị": "unit", "Mã chỉ tiêu": "indicator", "Số liệu": "value", "Nguồn số liệu": "source",
	} {
		f.Aliases[vietnamese.Fold(header)] = column
	}
	return f
}()

// Label is what an imported table is called where its figures are told: names
// come again, and another file of that name may lie among the inputs.
func Label(name, sha256 string) string {
	return name + " (" + ShortHash(sha256) + ")"
}

// ShortHash is the part of a table's sha256 by which people name it.
func ShortHash(sha256 string) string {
	const digits = 8
	return sha256[:digits]
}

// Header is what the office calls a column.
func Header(column string) string {
	for i, name := range form.Columns {
		if name == column {
			return Headers[i]
		}
	}
	return column
}
