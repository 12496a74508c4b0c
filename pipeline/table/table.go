// Package table owns how the tables that an office keeps in Excel or as CSV
// become values: one header row, columns matched by name, each cell read by its
// column, and every problem at once with its cell, why, and what would be
// right, in Vietnamese and English. What the tables mean is for whoever
// declares their columns: packages catalogue and decision.
package table

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"tonghop/pipeline/vietnamese"
)

// Table is one table as text: a header row and the rows under it. It is what a
// CSV file and a sheet have in common.
type Table struct {
	Name string // "indicators"
	// Rows begins with the header row. A row may be shorter than the header;
	// what is not there is empty. Rows without any text are skipped.
	Rows [][]string
	// Place names the place of a row and column of Rows, both from 0, in the
	// words of the source. Nil stands for a sheet whose first row is Rows[0]:
	// "indicators!F12".
	Place func(row, column int) string
}

func (t Table) place(row, column int) string {
	if row >= len(t.Rows) { // an empty table has no place but its name
		return t.Name
	}
	if t.Place != nil {
		return t.Place(row, column)
	}
	return fmt.Sprintf("%s!%s%d", t.Name, Letters(column), row+1)
}

// Letters names a column, from 0, as a workbook does: A, B, … Z, AA.
func Letters(column int) string {
	name := ""
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
}

// CSV returns the table as the repository keeps it: UTF-8 without BOM, commas,
// a line feed after each row. Tables read back from it are equal.
func (t Table) CSV() []byte {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	for _, row := range t.Rows {
		if !emptyRow(row) {
			_ = w.Write(row) // a bytes.Buffer takes everything
		}
	}
	w.Flush()
	return out.Bytes()
}

func emptyRow(row []string) bool {
	return !slices.ContainsFunc(row, func(s string) bool { return strings.TrimSpace(s) != "" })
}

// ReadCSV reads a table from a file: comma or semicolon, with or without BOM.
// The table is called like the file. Lines gives the line of each of its rows.
// Rows after one that cannot be read are not read; the problem says where.
func ReadCSV(file string, data []byte) (t Table, lines []int, problems []Problem) {
	refuse := func(where string, why Words) {
		problems = append(problems, Problem{Where: where, MessageVI: why.VI, MessageEN: why.EN})
	}
	t = Table{
		Name:  strings.TrimSuffix(strings.ToLower(file), ".csv"),
		Place: func(row, _ int) string { return fmt.Sprintf("%s:%d", file, lines[row]) },
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if !utf8.Valid(data) {
		refuse(file, Because("không phải UTF-8; trong Excel hãy lưu kiểu «CSV UTF-8»", "is not UTF-8; in Excel save it as \"CSV UTF-8\""))
		return t, nil, problems
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord = -1 // checked against the header, with a better sentence
	r.Comma = separator(data)
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var bad *csv.ParseError
		if errors.As(err, &bad) {
			refuse(fmt.Sprintf("%s:%d", file, bad.Line), Because("dấu ngoặc kép không đúng chỗ hoặc chưa đóng", "a quotation mark is out of place or not closed"))
			break
		}
		line, _ := r.FieldPos(0)
		lines = append(lines, line)
		t.Rows = append(t.Rows, row)
	}
	return t, lines, problems
}

// separator is the one of comma and semicolon that the header row has more of:
// column names hold neither.
func separator(data []byte) rune {
	header, _, _ := bytes.Cut(data, []byte("\n"))
	if bytes.Count(header, []byte(";")) > bytes.Count(header, []byte(",")) {
		return ';'
	}
	return ','
}

// Clean gives the form in which text is compared and kept.
func Clean(s string) string { return strings.TrimSpace(vietnamese.Normalize(s)) }
