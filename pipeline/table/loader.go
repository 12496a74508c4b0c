package table

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"slices"
	"strings"
	"unicode"

	"tonghop/pipeline/vietnamese"
)

// Column declares one column of a table: its name, whether every row must fill
// it, and how its text becomes part of a T.
type Column[T any] struct {
	Name string
	Need Need
	Read func(*T, Cell)
}

// Col declares a column.
func Col[T any](name string, need Need, read func(*T, Cell)) Column[T] {
	return Column[T]{Name: name, Need: need, Read: read}
}

// Need says whether a column may be left empty.
type Need bool

// The needs.
const (
	Must Need = true
	May  Need = false
)

// FormOf declares the table that has these columns.
func FormOf[T any](name string, columns []Column[T]) Form {
	form := Form{Name: name}
	for _, c := range columns {
		form.Columns = append(form.Columns, c.Name)
		if c.Need == Must {
			form.Required = append(form.Required, c.Name)
		}
	}
	return form
}

// Entry is a decoded row together with the place it came from.
type Entry[T any] struct {
	Value *T
	Record
}

// Loader carries the tables of a source through the checks and collects every
// problem.
type Loader struct {
	layout    Layout
	tables    map[string]*understood
	problems  []Problem
	shapeless bool
}

// understood is a Table whose header has been understood.
type understood struct {
	Table
	loader  *Loader
	order   int
	header  int // index in Rows
	columns map[string]int
	unsound map[int]bool // rows with a problem
}

// Record is one row of a table.
type Record struct {
	table *understood
	row   int
}

// Cell is one value of a row, cleaned.
type Cell struct {
	Record
	Column string
	Text   string
}

// NewLoader understands the headers of a source's tables. Every table of the
// layout must be there.
func NewLoader(source Source) *Loader {
	l := &Loader{
		layout: source.layout, tables: make(map[string]*understood),
		problems: slices.Clone(source.problems), shapeless: len(source.problems) > 0,
	}
	for _, raw := range source.tables {
		name := strings.ToLower(strings.TrimSpace(raw.Name))
		order := l.layout.order(name)
		switch {
		case order == len(l.layout):
			l.unknownTable(raw)
		case l.tables[name] != nil:
			l.shape(Problem{Where: raw.place(0, 0), table: order}, Because("bảng %q có hai lần", "there are two tables %q", name))
		default:
			raw.Name = name
			l.tables[name] = l.understand(raw, order)
		}
	}
	unreadable := len(source.problems) > 0
	for order, form := range l.layout {
		if l.tables[form.Name] != nil {
			continue
		}
		l.tables[form.Name] = &understood{loader: l, order: order, unsound: make(map[int]bool)}
		if !unreadable {
			l.shape(Problem{Where: form.Name, Want: strings.Join(form.Columns, ","), table: order},
				Because("thiếu bảng này; bảng rỗng vẫn cần dòng tiêu đề", "this table is missing; an empty one still needs its header row"))
		}
	}
	return l
}

// Shapeless reports whether a table or column is missing, unknown or
// unreadable. Rows are still decoded, but are not worth checking against each
// other: one fault would draw a hundred.
func (l *Loader) Shapeless() bool { return l.shapeless }

// Lacks reports whether a table lacks a column that it must have, or its header.
func (l *Loader) Lacks(name string) bool {
	t := l.tables[name]
	return slices.ContainsFunc(l.layout[t.order].Required, func(column string) bool {
		_, there := t.columns[column]
		return !there
	})
}

// Problems returns all that was found so far, ordered as the tables are read.
func (l *Loader) Problems() []Problem {
	problems := slices.Clone(l.problems)
	sortProblems(problems)
	return problems
}

// Digest hashes the tables in their canonical form. The order of columns and
// the kind of source do not matter; the order of rows does, because outputs
// follow it.
func (l *Loader) Digest() string {
	hash := sha256.New()
	for _, form := range l.layout {
		_, _ = io.WriteString(hash, l.digestible(form)) // a hash takes everything
	}
	return hex.EncodeToString(hash.Sum(nil))
}

func (l *Loader) unknownTable(raw Table) {
	among := make([]string, len(l.layout))
	for i, form := range l.layout {
		among[i] = form.Name
	}
	want := Meant(raw.Name, among)
	if want == "" {
		want = strings.Join(among, " | ")
	}
	l.shape(Problem{Where: raw.place(0, 0), Want: want, table: len(l.layout)}, Because("không có bảng nào tên %q", "there is no table called %q", raw.Name))
}

// shape reports a problem of tables and columns rather than of a value.
func (l *Loader) shape(p Problem, why Words) {
	l.shapeless = true
	p.MessageVI, p.MessageEN = why.VI, why.EN
	l.problems = append(l.problems, p)
}

// shape reports a problem of a place in the table.
func (t *understood) shape(row, column int, want string, why Words) {
	t.loader.shape(Problem{Where: t.place(row, column), Want: want, Row: row, Col: column, table: t.order}, why)
}

// understand reads the header row: the first that is not empty.
func (l *Loader) understand(raw Table, order int) *understood {
	t := &understood{Table: raw, loader: l, order: order, columns: make(map[string]int), unsound: make(map[int]bool)}
	for t.header < len(raw.Rows) && emptyRow(raw.Rows[t.header]) {
		t.header++
	}
	form := l.layout[order]
	if t.header == len(raw.Rows) {
		t.header = 0
		l.shape(Problem{Where: form.Name, Want: strings.Join(form.Columns, ","), table: order}, Because("bảng không có dòng tiêu đề", "the table has no header row"))
		return t
	}
	for i, text := range raw.Rows[t.header] {
		name := form.column(text)
		switch _, twice := t.columns[name]; {
		case name == "":
		case twice:
			t.shape(t.header, i, "", Because("cột %q có hai lần", "there are two columns %q", name))
		case !slices.Contains(form.Columns, name):
			t.shape(t.header, i, Meant(name, form.Columns), Because("bảng %s không có cột %q", "table %s has no column %q", form.Name, name))
		default:
			t.columns[name] = i
		}
	}
	for _, name := range form.Required {
		if _, ok := t.columns[name]; !ok {
			t.shape(t.header, 0, name, Because("thiếu cột %q", "column %q is missing", name))
		}
	}
	t.stray()
	return t
}

// column is the column's name that a header cell stands for, by itself or by an
// alias.
func (f Form) column(text string) string {
	name := strings.ToLower(Clean(text))
	if slices.Contains(f.Columns, name) {
		return name
	}
	if alias, ok := f.Aliases[vietnamese.Fold(name)]; ok {
		return alias
	}
	return name
}

// Recognises counts the cells of a row that name columns of the form: how
// likely it is to be the header.
func (f Form) Recognises(row []string) int {
	n := 0
	for _, text := range row {
		if slices.Contains(f.Columns, f.column(text)) {
			n++
		}
	}
	return n
}

// stray reports text to the right of the header: mostly a comma that was not
// put in quotation marks, which shifts every value after it.
func (t *understood) stray() {
	for _, r := range t.records() {
		for i, text := range t.Rows[r.row] {
			if Clean(text) != "" && (i >= len(t.Rows[t.header]) || Clean(t.Rows[t.header][i]) == "") {
				t.unsound[r.row] = true
				t.shape(r.row, i, "", Because("ô %q nằm ngoài các cột; nếu nội dung có dấu phẩy thì đặt trong ngoặc kép", "%q stands outside the columns; text with a comma needs quotation marks", Clean(text)))
				break
			}
		}
	}
}

// records returns the rows that hold anything.
func (t *understood) records() []Record {
	var all []Record
	for row := t.header + 1; row < len(t.Rows); row++ {
		if !emptyRow(t.Rows[row]) {
			all = append(all, Record{table: t, row: row})
		}
	}
	return all
}

// Decode reads every row of a table by its columns, reporting what it cannot
// read and going on.
func Decode[T any](l *Loader, name string, columns []Column[T]) []Entry[T] {
	var all []Entry[T]
	for _, r := range l.tables[name].records() {
		e := Entry[T]{Value: new(T), Record: r}
		for _, c := range columns {
			text := r.Text(c.Name)
			_, there := r.table.columns[c.Name]
			switch {
			case text == "" && c.Need == Must && there:
				r.Wrong(c.Name, "", Because("bắt buộc phải có", "must be filled in"))
			case strings.ContainsFunc(text, unicode.IsControl):
				r.Wrong(c.Name, strings.Join(strings.FieldsFunc(text, unicode.IsControl), " "), Because("có ký tự xuống dòng hoặc ký tự điều khiển", "holds a line break or control character"))
			case text != "":
				c.Read(e.Value, Cell{Record: r, Column: c.Name, Text: text})
			}
		}
		all = append(all, e)
	}
	return all
}
