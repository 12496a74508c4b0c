package table

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Form declares a table: its name, the columns that it may have, and those that
// it must.
type Form struct {
	Name              string
	Columns, Required []string
	// Aliases are other names of columns, by their folded form: the names in
	// the language of whoever types the table.
	Aliases map[string]string
}

// Layout lists the tables that belong together, in the order in which they are
// read, hashed and told of.
type Layout []Form

// order is the place of a table in the layout, or its length for a name that is
// not there.
func (l Layout) order(name string) int {
	name = strings.ToLower(strings.TrimSpace(name))
	for i, form := range l {
		if form.Name == name {
			return i
		}
	}
	return len(l)
}

// Headers returns every table with its header row and nothing else.
func (l Layout) Headers() []Table {
	tables := make([]Table, len(l))
	for i, form := range l {
		tables[i] = Table{Name: form.Name, Rows: [][]string{slices.Clone(form.Columns)}}
	}
	return tables
}

// Source is a set of tables, wherever they come from.
type Source struct {
	layout   Layout
	id       string
	tables   []Table
	problems []Problem
}

// ID is what the source was called when it was made.
func (s Source) ID() string { return s.id }

// Tables returns the tables as they were found, in the layout's order.
func (s Source) Tables() []Table { return slices.Clone(s.tables) }

// FromTables makes a source of tables that were read from a workbook.
func (l Layout) FromTables(tables []Table, id string) Source {
	s := Source{layout: l, id: id, tables: slices.Clone(tables)}
	s.sort()
	return s
}

// FromFolder reads every .csv file at the top of fsys; other files are left
// alone. What cannot be read is a problem of the Loader.
func (l Layout) FromFolder(fsys fs.FS, id string) Source {
	s := Source{layout: l, id: id}
	files, err := fs.ReadDir(fsys, ".")
	if err != nil {
		s.refuse(id, Because("không mở được thư mục định nghĩa (%v)", "the folder of definitions cannot be opened (%v)", err))
	}
	for _, file := range files {
		if file.IsDir() || strings.ToLower(path.Ext(file.Name())) != ".csv" || strings.HasPrefix(file.Name(), ".") {
			continue
		}
		data, err := fs.ReadFile(fsys, file.Name())
		if err != nil {
			s.refuse(file.Name(), Because("không đọc được tệp (%v)", "the file cannot be read (%v)", err))
			continue
		}
		t, lines, problems := ReadCSV(file.Name(), data)
		for _, p := range problems {
			p.table = l.order(t.Name)
			s.problems = append(s.problems, p)
		}
		if lines != nil || len(problems) == 0 {
			s.tables = append(s.tables, t)
		}
	}
	s.sort()
	return s
}

// sort keeps the order of problems and of Tables independent of file names.
func (s *Source) sort() {
	slices.SortStableFunc(s.tables, func(a, b Table) int { return s.layout.order(a.Name) - s.layout.order(b.Name) })
}

func (s *Source) refuse(where string, why Words) {
	s.problems = append(s.problems, Problem{
		Where: where, MessageVI: why.VI, MessageEN: why.EN, table: s.layout.order(strings.TrimSuffix(where, ".csv")),
	})
}

// digestible writes a table in its canonical form: known columns in their
// declared order, cleaned text, no empty rows.
func (l *Loader) digestible(form Form) string {
	canonical := Table{Rows: [][]string{form.Columns}}
	for _, r := range l.tables[form.Name].records() {
		canonical.Rows = append(canonical.Rows, r.Canonical())
	}
	return fmt.Sprintf("%s\n%s\n", form.Name, canonical.CSV())
}
