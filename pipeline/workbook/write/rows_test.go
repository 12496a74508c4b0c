package write_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"runtime"
	"testing"

	"github.com/xuri/excelize/v2"

	"tonghop/pipeline/figure"
	"tonghop/pipeline/workbook/write"
)

// lineOf is a row: texts of every kind, a number, a blank with its looks, a link.
func lineOf(n int) (text, number string) {
	kinds := []string{"=1+1", "+84 24 <&> \"x\"", "_x0041_ giữ nguyên\r\ndòng hai", "", " a  b ", "a\x00b\ufffe", "bad\xffutf8", "e\u0301"}
	return kinds[n%len(kinds)], fmt.Sprintf("%d.5", n)
}

var (
	framed = write.Style{Border: write.Thin, Wrap: true}
	linked = framed.With(func(s *write.Style) { s.Color, s.Underline = write.Blue, true })
	counts = write.Style{Border: write.Thin, Format: write.Grouped(1)}
)

const firstLine = 3

func listed(t *testing.T, lines int, asRows bool) []byte {
	t.Helper()
	b := write.New(write.Properties{Title: "Danh sách"})
	s, other := b.Add("Danh sách"), b.Add("Khác")
	s.Text(write.At(1, 1), "Tệp", framed)
	s.Text(write.At(1, 2), "Số", framed)
	s.Text(write.At(1, 4), "Ghi chú", framed)
	other.Text(write.At(1, 1), "Khác", framed)
	var rows *write.Rows
	if asRows {
		rows = s.Rows(firstLine)
	}
	for n := range lines {
		row := firstLine + n
		text, number := lineOf(n)
		if asRows {
			rows.Text(1, text, framed)
			rows.Number(2, figure.MustParse(number), counts)
			rows.Text(4, "thay", framed)
			rows.Text(4, text, framed)
			rows.Style(1, linked)
			if n%2 == 0 {
				rows.Height(30)
			}
			rows.Next()
		} else {
			s.Text(write.At(row, 1), text, framed)
			s.Number(write.At(row, 2), figure.MustParse(number), counts)
			s.Text(write.At(row, 4), text, framed)
			s.Style(write.At(row, 1), linked)
			if n%2 == 0 {
				s.Height(row, 30)
			}
		}
		s.Link(write.At(row, 1), other, write.At(1, 1), "Xem")
	}
	s.Print(write.Page{TitleRows: [2]int{1, 1}, LastCell: write.At(firstLine+lines, 4)})
	data, err := b.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// A list looks the same whichever way its rows were written.
func TestRowsLookAsCells(t *testing.T) {
	const lines = 20
	one, other := listed(t, lines, false), listed(t, lines, true)
	if !bytes.Equal(other, listed(t, lines, true)) {
		t.Error("equal rows give other bytes")
	}
	cells, rows := opened(t, one), opened(t, other)
	for row := 1; row <= firstLine+lines; row++ {
		for col := 1; col <= 5; col++ {
			at := write.At(row, col).String()
			if a, b := cellOf(t, cells, at), cellOf(t, rows, at); a != b {
				t.Errorf("%s:\n%s\n%s", at, a, b)
			}
		}
		a, err := cells.GetRowHeight("Danh sách", row)
		b, err2 := rows.GetRowHeight("Danh sách", row)
		if err != nil || err2 != nil || a != b {
			t.Errorf("row %d is %g and %g high, %v, %v", row, a, b, err, err2)
		}
	}
	if got := cellOf(t, rows, "B5"); got == cellOf(t, rows, "B4") {
		t.Errorf("all rows are the same: %s", got)
	}
}

func opened(t *testing.T, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() }) // nothing is written
	return f
}

// cellOf is all of a cell: its text, whether that is a number, looks and link.
func cellOf(t *testing.T, f *excelize.File, at string) string {
	t.Helper()
	const sheet = "Danh sách"
	value, err := f.GetCellValue(sheet, at, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	kind, err := f.GetCellType(sheet, at)
	if err != nil {
		t.Fatal(err)
	}
	number, err := f.GetCellStyle(sheet, at)
	if err != nil {
		t.Fatal(err)
	}
	style, err := f.GetStyle(number)
	if err != nil {
		t.Fatal(err)
	}
	is, target, err := f.GetCellHyperLink(sheet, at)
	if err != nil {
		t.Fatal(err)
	}
	text := kind == excelize.CellTypeSharedString || kind == excelize.CellTypeInlineString
	looks, err := json.Marshal(style)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%q text %v, %s, link %v %s", value, text, looks, is, target)
}

func TestRowsBegunTwice(t *testing.T) {
	b := write.New(write.Properties{})
	s := b.Add("A")
	s.Text(write.At(1, 1), "x", framed)
	s.Rows(2)
	s.Rows(3)
	if _, err := b.Bytes(); err == nil {
		t.Error("the rows of one writer would be lost")
	}
}

// Of a list of ten thousand units the cells take 200 bytes each where they are held.
func TestRowsHoldNoCells(t *testing.T) {
	const lines, columns, most = 2000, 15, 25 // bytes
	b := write.New(write.Properties{})
	s := b.Add("A")
	s.Text(write.At(1, 1), "x", framed)
	held := func() uint64 {
		runtime.GC()
		runtime.GC() // what the first one found unused is swept
		var stats runtime.MemStats
		runtime.ReadMemStats(&stats)
		return stats.HeapAlloc
	}
	rows := s.Rows(2)
	before := held()
	for n := range lines {
		for col := range columns {
			rows.Text(col+1, fmt.Sprintf("ô %d của dòng %d", col, n), framed)
		}
		rows.Next()
	}
	if each := (held() - before) / (lines * columns); each > most {
		t.Errorf("a cell takes %d bytes, at most %d were meant", each, most)
	}
	if _, err := b.Bytes(); err != nil {
		t.Fatal(err)
	}
}
