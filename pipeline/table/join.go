package table

import (
	"slices"
	"strings"
)

// Join returns s with the rows of one table of o added to its own: facts that
// an office keeps apart from the definitions, such as openings. Columns are
// matched by their names, and places stay those of the table a row came from.
// What is wrong with that table in o is a problem of the Loader.
func (s Source) Join(o Source, table string) Source {
	joined := Source{layout: s.layout, id: s.id, tables: slices.Clone(s.tables), problems: slices.Clone(s.problems)}
	for _, p := range o.problems {
		if strings.HasPrefix(p.Where, table+".") || strings.HasPrefix(p.Where, table+"!") {
			joined.problems = append(joined.problems, p)
		}
	}
	at := slices.IndexFunc(o.tables, func(t Table) bool { return t.Name == table })
	if at < 0 || len(o.tables[at].Rows) == 0 {
		return joined
	}
	if own := slices.IndexFunc(s.tables, func(t Table) bool { return t.Name == table }); own >= 0 && len(s.tables[own].Rows) > 0 {
		joined.tables[own] = s.tables[own].join(o.tables[at])
		return joined
	}
	joined.tables = append(joined.tables, o.tables[at])
	joined.sort()
	return joined
}

// join puts the rows of o under those of t. A column that t lacks is added, so
// that loading refuses it by name instead of dropping what it holds.
func (t Table) join(o Table) Table {
	header := slices.Clone(t.Rows[0])
	column := make([]int, len(o.Rows[0]))
	for i, name := range o.Rows[0] {
		same := func(s string) bool { return strings.EqualFold(strings.TrimSpace(s), strings.TrimSpace(name)) }
		column[i] = slices.IndexFunc(header, same)
		if column[i] < 0 {
			column[i] = len(header)
			header = append(header, name)
		}
	}
	out := Table{Name: t.Name, Rows: append([][]string{header}, t.Rows[1:]...)}
	for _, row := range o.Rows[1:] {
		moved := make([]string, len(header))
		for i, text := range row {
			if i < len(column) {
				moved[column[i]] = text
			}
		}
		out.Rows = append(out.Rows, moved)
	}
	out.Place = func(row, col int) string {
		switch {
		case row >= len(t.Rows):
			return o.place(row-len(t.Rows)+1, max(slices.Index(column, col), 0))
		case row == 0 && col >= len(t.Rows[0]):
			return o.place(0, slices.Index(column, col))
		}
		return t.place(row, col)
	}
	return out
}
