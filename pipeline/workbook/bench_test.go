package workbook

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// formLike is a workbook of the size a district sends: rows × columns cells, a
// third of them text, written by the library that also makes the forms.
func formLike(t testing.TB, rows, columns int) []byte {
	t.Helper()
	f := excelize.NewFile()
	for row := 1; row <= rows; row++ {
		for col := 1; col <= columns; col++ {
			at := Ref{Row: row, Col: col}.String()
			var err error
			if col%3 == 1 {
				err = f.SetCellStr("Sheet1", at, fmt.Sprintf("Chỉ tiêu số %d", row*col%200))
			} else {
				err = f.SetCellInt("Sheet1", at, int64(row*col))
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

var benchSizes = []struct{ rows, columns int }{{60, 8}, {2000, 30}}

func BenchmarkOpen(b *testing.B) {
	for _, size := range benchSizes {
		data := formLike(b, size.rows, size.columns)
		b.Run(fmt.Sprintf("%dx%d", size.rows, size.columns), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				book, err := Open(data, DefaultLimits())
				if err != nil || len(book.Sheets[0].Cells) != size.rows*size.columns {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkExcelize reads the same values from the same bytes.
func BenchmarkExcelize(b *testing.B) {
	for _, size := range benchSizes {
		data := formLike(b, size.rows, size.columns)
		b.Run(fmt.Sprintf("%dx%d", size.rows, size.columns), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true})
				if err != nil {
					b.Fatal(err)
				}
				rows, err := f.GetRows("Sheet1")
				if err != nil || len(rows) != size.rows {
					b.Fatal(err)
				}
				if err := f.Close(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkFloor inflates all parts and looks once at each byte: what no reader
// that checks everything can undercut.
func BenchmarkFloor(b *testing.B) {
	for _, size := range benchSizes {
		data := formLike(b, size.rows, size.columns)
		b.Run(fmt.Sprintf("%dx%d", size.rows, size.columns), func(b *testing.B) {
			b.ReportAllocs()
			buffer := make([]byte, 32<<10)
			for b.Loop() {
				z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
				if err != nil {
					b.Fatal(err)
				}
				tags := 0
				for _, f := range z.File {
					r, err := f.Open()
					if err != nil {
						b.Fatal(err)
					}
					for {
						n, err := r.Read(buffer)
						for _, c := range buffer[:n] {
							if c == '<' {
								tags++
							}
						}
						if err == io.EOF {
							break
						}
						if err != nil {
							b.Fatal(err)
						}
					}
				}
				if tags == 0 {
					b.Fatal("nothing read")
				}
			}
		})
	}
}

// TestCostOfBlankFormattedRows reads what a select-all and a border leave
// behind, up to the budget, and asks for the advice that goes with it.
func TestCostOfBlankFormattedRows(t *testing.T) {
	var rows strings.Builder
	rows.WriteString(`<row r="1"><c r="A1"><v>7</v></c></row>`)
	for row := 2; row <= 60_000; row++ {
		fmt.Fprintf(&rows, `<row r="%d"><c r="A%d" s="1"/><c r="B%d" s="1"/></row>`, row, row, row)
	}
	data := small(rows.String()).zipped(t)
	book := mustOpen(t, data)
	if len(book.Sheets[0].Cells) != 1 || book.Sheets[0].DataRows != 1 {
		t.Errorf("%d cells in %d rows kept, want 1 in 1", len(book.Sheets[0].Cells), book.Sheets[0].DataRows)
	}
	limits := DefaultLimits()
	limits.Cells = 100_000
	_, err := Open(data, limits)
	refusal := asRefusal(t, err)
	if refusal.Code != WorkbookTooLarge || refusal.Limit != "cells" || refusal.Sheet != "Báo cáo" || !strings.Contains(refusal.Detail, "the last of them A1") {
		t.Errorf("%+v", refusal)
	}
}

func asRefusal(t testing.TB, err error) *Refusal {
	t.Helper()
	refusal, ok := err.(*Refusal)
	if !ok {
		t.Fatalf("not a refusal: %v", err)
	}
	return refusal
}
