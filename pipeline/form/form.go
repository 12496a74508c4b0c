// Package form owns the workbook a unit fills: one row an indicator asked of it
// in the period, under its programme, with its definition, what it gave before
// and a check that answers while somebody types.
//
// The layout is a contract with whoever reads the workbook back. Sheet "Báo
// cáo" carries the defined names of this file and one table with the header
// texts of Headers in columns A to I; a row whose column B holds a code has its
// value in E and its note in F; the row whose column A holds TableEnd ends it.
// Sheet "Thuyết minh" has one row a programme. Columns G and H are for the eye
// and are never read back. Equal inputs give equal bytes.
package form

import (
	"fmt"
	"time"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
	"tonghop/pipeline/workbook/write"
)

// The sheets.
const (
	SheetReport  = "Báo cáo"
	SheetRemarks = "Thuyết minh"
	SheetGuide   = "Hướng dẫn"
)

// The defined names of the cells that say whose report of what period it is.
const (
	NameUnitID     = "TH_MA_DON_VI"
	NameUnit       = "TH_DON_VI"
	NamePeriod     = "TH_KY"
	NameForm       = "TH_MAU"
	NameVersion    = "TH_LAN_NOP"
	NameReason     = "TH_LY_DO"
	NameNil        = "TH_KHONG_PHAT_SINH"
	NamePreparedBy = "TH_NGUOI_LAP"
	NameApprovedBy = "TH_NGUOI_DUYET"
	NamePhone      = "TH_DIEN_THOAI"
	// NameSample is there only where the figures are fictional.
	NameSample = "TH_SO_LIEU_MAU"
)

// Headers are the texts of the header row, in columns A to I.
var Headers = [...]string{
	"TT", "Mã", "Chỉ tiêu", "Đơn vị tính", "Số liệu kỳ này", "Ghi chú", "Kỳ trước", "Lũy kế năm", "Kiểm tra",
}

// TableEnd stands in column A under the last row of the table.
const TableEnd = "Hết bảng"

// The columns of the table.
const (
	colNumber = iota + 1
	colCode
	colName
	colMeasure
	colValue
	colNote
	colPrevious
	colYear
	colCheck
)

// Input is what a form is made from.
type Input struct {
	Catalogue *catalogue.Catalogue
	Unit      *catalogue.Unit
	Month     period.Month
	Scheme    period.Scheme
	// Deadline is the unit's, in the zone in which it is printed; zero prints
	// none.
	Deadline time.Time
	Form     catalogue.Form
	// Previous gives what the city has of the unit: the value of the month
	// before and the year to date before this month. Nil leaves both blank.
	Previous func(indicator string) (last, ytd figure.Figure)
	// Created is the time the workbook says it was made at.
	Created time.Time
	// Sample labels the figures as fictional.
	Sample  bool
	Contact string // whom to ask, as printed; may be empty
	// Filled fills the form in; nil leaves it to the unit.
	Filled *Filled
}

// Build makes the workbook. It fails where the unit is asked nothing in the
// month, or where Filled names what the form does not hold.
func Build(in Input) ([]byte, error) {
	rows := rowsFor(in)
	if len(rows) == 0 {
		return nil, fmt.Errorf("build form: %s is asked nothing in %s", in.Unit.ID, in.Month)
	}
	fill := in.Filled
	if fill == nil {
		fill = &Filled{}
	}
	if err := fill.check(rows); err != nil {
		return nil, fmt.Errorf("build form of %s for %s: %w", in.Unit.ID, in.Month, err)
	}
	book := write.New(write.Properties{
		Title:  title(in),
		Author: in.Unit.Title(), Subject: fmt.Sprintf("%s, kỳ %s", in.Unit.Title(), monthTitle(in.Month)),
		Created: in.Created,
	})
	f := &filling{Input: in, fill: fill, rows: rows, book: book}
	f.report, f.remarks, f.guide = book.Add(SheetReport), book.Add(SheetRemarks), book.Add(SheetGuide)
	f.place(headRows)
	f.writeTable()
	f.writeHead()
	f.writeSignatures()
	f.finishReport()
	f.writeRemarks()
	f.writeGuide()
	book.Activate(f.report)
	data, err := book.Bytes()
	if err != nil {
		return nil, fmt.Errorf("build form of %s for %s: %w", in.Unit.ID, in.Month, err)
	}
	return data, nil
}

// title is the form's; a unit that ends in the period closes.
func title(in Input) string {
	if closes(in) {
		return in.Form.TitleVI + closingSuffix
	}
	return in.Form.TitleVI
}

func closes(in Input) bool { return in.Unit.Closes(in.Scheme.Window(in.Month)) }

// filling is one form being written.
type filling struct {
	Input
	fill                   *Filled
	rows                   []*row
	book                   *write.Book
	report, remarks, guide *write.Sheet
	header, end            int // rows of the report sheet
}

// row is an indicator's place in the form.
type row struct {
	*catalogue.Indicator
	number int // within its programme, from 1
	at     int // row of the report sheet
	due    bool
	// least and most are the bounds of the month; nil is unbounded.
	least, most *figure.Number
}

// value is the cell that a unit fills.
func (r *row) value() write.Ref { return write.At(r.at, colValue) }

// rowsFor lists what the unit is asked in the month, programme by programme:
// the table of indicators need not be in that order.
func rowsFor(in Input) []*row {
	asked := in.Catalogue.IndicatorsFor(in.Unit, in.Month, in.Scheme)
	var rows []*row
	for _, p := range in.Catalogue.Programmes {
		number := 0
		for _, i := range asked {
			if i.Programme == p.Code {
				number++
				rows = append(rows, &row{
					Indicator: i, number: number, due: i.DueIn(in.Month), least: i.Min.In(in.Month), most: i.Max.In(in.Month),
				})
			}
		}
	}
	return rows
}

// programmes lists those with rows, in catalogue order.
func (f *filling) programmes() []*catalogue.Programme {
	var some []*catalogue.Programme
	for _, p := range f.Catalogue.Programmes {
		if f.rowOf(func(r *row) bool { return r.Programme == p.Code }) != nil {
			some = append(some, p)
		}
	}
	return some
}

func (f *filling) rowOf(is func(*row) bool) *row {
	for _, r := range f.rows {
		if is(r) {
			return r
		}
	}
	return nil
}

// byCode finds the row in which a code can be typed this month.
func (f *filling) byCode(code string) *row {
	return f.rowOf(func(r *row) bool { return r.Code == code && r.due })
}

// place lays the rows out from the header row on: a group row for each
// programme, then for each indicator its row and, where it has one, that of
// its definition.
func (f *filling) place(header int) {
	f.header = header
	at, programme := header, ""
	for _, r := range f.rows {
		if r.Programme != programme {
			programme = r.Programme
			at++
		}
		at++
		r.at = at
		if f.definition(r) != "" {
			at++
		}
	}
	f.end = at + 1
}

func monthTitle(m period.Month) string { return fmt.Sprintf("tháng %d/%d", int(m.Number), m.Year) }
