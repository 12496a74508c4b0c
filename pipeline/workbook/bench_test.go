package workbook

import (
	"bytes"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// tableOf is a plain workbook of rows × columns cells, a third of them text,
// written by the library that also makes the forms.
func tableOf(t testing.TB, rows, columns int) []byte {
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

// sampleForms are some of the sample workbooks, as many as asked for; none where
// they are not.
func sampleForms(t testing.TB, count int) map[string][]byte {
	t.Helper()
	names, err := filepath.Glob("../../inputs/2025-06/*.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	forms := make(map[string][]byte, count)
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Open(data, DefaultLimits()); err == nil && len(forms) < count {
			forms[filepath.Base(name)] = data
		}
	}
	return forms
}

// BenchmarkRead reads the same bytes with this package and with excelize, in
// turn, and gives the least time of each and their ratio "x-excelize": whatever
// else the machine does only adds to a time. Both open the
// workbook and read the stored value of every cell of every sheet, which are
// the same. excelize goes by its fastest way, row by row, and is not asked for
// types, formats and hidden rows, which it would have to read again for.
func BenchmarkRead(b *testing.B) {
	groups := map[string]map[string][]byte{
		"60x8":    {"60x8": tableOf(b, 60, 8)},
		"2000x30": {"2000x30": tableOf(b, 2000, 30)},
		"forms":   sampleForms(b, 6),
	}
	for _, group := range slices.Sorted(maps.Keys(groups)) {
		books := groups[group]
		b.Run(group, func(b *testing.B) {
			if len(books) == 0 {
				b.Skip("the sample workbooks are not here")
			}
			var files [][]byte
			for _, name := range slices.Sorted(maps.Keys(books)) {
				files = append(files, books[name])
				book, err := Open(books[name], DefaultLimits())
				if err != nil {
					b.Fatal(err)
				}
				compareWithExcelize(b, name, book, books[name])
			}
			if b.Failed() {
				return
			}
			ours, theirs := math.Inf(1), math.Inf(1)
			for b.Loop() {
				ours = min(ours, timeOf(b, files, readStrictly))
				theirs = min(theirs, timeOf(b, files, readWithExcelize))
			}
			b.ReportMetric(0, "ns/op") // of both readers, which says nothing
			b.ReportMetric(ours, "µs-here")
			b.ReportMetric(theirs, "µs-excelize")
			b.ReportMetric(theirs/ours, "x-excelize")
		})
	}
}

// timeOf gives the microseconds that reading one file takes, over enough
// readings that each reader also pays for the garbage it makes.
func timeOf(b *testing.B, files [][]byte, read func(*testing.B, []byte)) float64 {
	const least = 20 * time.Millisecond
	runtime.GC()
	count := 0
	start := time.Now()
	for time.Since(start) < least {
		for _, data := range files {
			read(b, data)
			count++
		}
	}
	return float64(time.Since(start).Microseconds()) / float64(count)
}

func readStrictly(b *testing.B, data []byte) {
	if _, err := Open(data, DefaultLimits()); err != nil {
		b.Fatal(err)
	}
}

func readWithExcelize(b *testing.B, data []byte) {
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true})
	if err != nil {
		b.Fatal(err)
	}
	for _, sheet := range f.GetSheetList() {
		rows, err := f.Rows(sheet)
		if err != nil {
			b.Fatal(err)
		}
		for rows.Next() {
			if _, err := rows.Columns(); err != nil {
				b.Fatal(err)
			}
		}
		if err := rows.Close(); err != nil {
			b.Fatal(err)
		}
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkOpen is this package alone, for profiles.
func BenchmarkOpen(b *testing.B) {
	for name, data := range sampleForms(b, 1) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				readStrictly(b, data)
			}
		})
	}
	b.Run("60x8", func(b *testing.B) {
		data := tableOf(b, 60, 8)
		b.ReportAllocs()
		for b.Loop() {
			readStrictly(b, data)
		}
	})
	b.Run("2000x30", func(b *testing.B) {
		data := tableOf(b, 2000, 30)
		b.ReportAllocs()
		for b.Loop() {
			readStrictly(b, data)
		}
	})
}
