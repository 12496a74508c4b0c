package catalogue

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"
)

// Table is one table of definitions as text: a header row and the rows under
// it. It is what a CSV file and a sheet have in common.
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
	return fmt.Sprintf("%s!%s%d", t.Name, letters(column), row+1)
}

// letters names a column as a workbook does: A, B, … Z, AA.
func letters(column int) string {
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

// Source is a set of tables, wherever they come from.
type Source struct {
	id       string
	tables   []Table
	problems []Problem
}

// Tables returns the tables as they were found, in the catalogue's order.
func (s Source) Tables() []Table { return slices.Clone(s.tables) }

// FromTables makes a source of tables that were read from a workbook.
func FromTables(tables []Table, id string) Source {
	s := Source{id: id, tables: slices.Clone(tables)}
	s.sort()
	return s
}

// FromFolder reads every .csv file at the top of fsys; other files are left
// alone. What cannot be read is a problem of Load.
func FromFolder(fsys fs.FS, id string) Source {
	s := Source{id: id}
	files, err := fs.ReadDir(fsys, ".")
	if err != nil {
		s.refuse(id, say("không mở được thư mục định nghĩa (%v)", "the folder of definitions cannot be opened (%v)", err))
	}
	for _, file := range files {
		if file.IsDir() || strings.ToLower(path.Ext(file.Name())) != ".csv" || strings.HasPrefix(file.Name(), ".") {
			continue
		}
		data, err := fs.ReadFile(fsys, file.Name())
		if err != nil {
			s.refuse(file.Name(), say("không đọc được tệp (%v)", "the file cannot be read (%v)", err))
			continue
		}
		s.addCSV(file.Name(), data)
	}
	s.sort()
	return s
}

// sort keeps the order of problems and of Tables independent of file names.
func (s *Source) sort() {
	slices.SortStableFunc(s.tables, func(a, b Table) int { return tableOrder(a.Name) - tableOrder(b.Name) })
}

func (s *Source) refuse(where string, why words) {
	s.problems = append(s.problems, Problem{Where: where, MessageVI: why.vi, MessageEN: why.en, table: tableOrder(strings.TrimSuffix(where, ".csv"))})
}

// addCSV takes in one file: comma or semicolon, with or without BOM.
func (s *Source) addCSV(file string, data []byte) {
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if !utf8.Valid(data) {
		s.refuse(file, say("không phải UTF-8; trong Excel hãy lưu kiểu «CSV UTF-8»", "is not UTF-8; in Excel save it as \"CSV UTF-8\""))
		return
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord = -1 // checked against the header, with a better sentence
	r.Comma = separator(data)
	var lines []int
	table := Table{
		Name:  strings.TrimSuffix(strings.ToLower(file), ".csv"),
		Place: func(row, _ int) string { return fmt.Sprintf("%s:%d", file, lines[row]) },
	}
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var bad *csv.ParseError
		if errors.As(err, &bad) {
			s.refuse(fmt.Sprintf("%s:%d", file, bad.Line), say("dấu ngoặc kép không đúng chỗ hoặc chưa đóng", "a quotation mark is out of place or not closed"))
			break
		}
		line, _ := r.FieldPos(0)
		lines = append(lines, line)
		table.Rows = append(table.Rows, row)
	}
	s.tables = append(s.tables, table)
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

// digest hashes the canonical form: known tables and columns in their declared
// order, cleaned text, no empty rows. The order of columns and the kind of
// source do not matter; the order of rows does, because outputs follow it.
func (l *loader) digest() string {
	hash := sha256.New()
	for _, form := range layout {
		t := l.tables[form.name]
		canonical := Table{Rows: [][]string{form.columns}}
		for _, r := range t.records() {
			row := make([]string, len(form.columns))
			for i, column := range form.columns {
				row[i] = r.text(column)
			}
			canonical.Rows = append(canonical.Rows, row)
		}
		_, _ = fmt.Fprintf(hash, "%s\n%s\n", form.name, canonical.CSV()) // a hash takes everything
	}
	return hex.EncodeToString(hash.Sum(nil))
}
