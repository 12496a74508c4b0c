package catalogue

import (
	"slices"
	"strings"
	"unicode"

	"tonghop/pipeline/vietnamese"
)

// column declares one column of a table: its name, whether every row must fill
// it, and how its text becomes part of a T.
type column[T any] struct {
	name string
	need need
	read func(*T, cell)
}

// need says whether a column may be left empty.
type need bool

const (
	must need = true
	may  need = false
)

func names[T any](columns []column[T]) []string {
	all := make([]string, len(columns))
	for i, c := range columns {
		all[i] = c.name
	}
	return all
}

// entry is a decoded row together with the place it came from.
type entry[T any] struct {
	value *T
	record
}

// loader carries the tables through the checks and collects every problem.
type loader struct {
	tables   map[string]*table
	problems []Problem
	// shapeless is set where a table or column is missing or unreadable. Rows
	// are still decoded, but not checked against each other: one fault would
	// draw a hundred.
	shapeless bool
}

// table is a Table whose header has been understood.
type table struct {
	Table
	loader  *loader
	order   int
	header  int // index in Rows
	columns map[string]int
}

// record is one row of a table.
type record struct {
	table *table
	row   int
}

// cell is one value of a row, cleaned.
type cell struct {
	record
	column string
	text   string
}

func newLoader(source Source) *loader {
	l := &loader{tables: make(map[string]*table), problems: source.problems, shapeless: len(source.problems) > 0}
	for _, raw := range source.tables {
		name := strings.ToLower(strings.TrimSpace(raw.Name))
		order := tableOrder(name)
		switch {
		case order == len(layout):
			l.unknownTable(raw)
		case l.tables[name] != nil:
			l.shape(raw.place(0, 0), order, "", say("bảng %q có hai lần", "there are two tables %q", name))
		default:
			raw.Name = name
			l.tables[name] = l.understand(raw, order)
		}
	}
	unreadable := len(source.problems) > 0
	for order, form := range layout {
		if l.tables[form.name] != nil {
			continue
		}
		l.tables[form.name] = &table{loader: l, order: order}
		if !unreadable {
			l.shape(form.name, order, "", say("thiếu bảng này; bảng rỗng vẫn cần dòng tiêu đề", "this table is missing; an empty one still needs its header row"))
			l.problems[len(l.problems)-1].Want = strings.Join(form.columns, ",")
		}
	}
	return l
}

func (l *loader) unknownTable(raw Table) {
	among := make([]string, len(layout))
	for i, form := range layout {
		among[i] = form.name
	}
	want := meant(raw.Name, among)
	if want == "" {
		want = strings.Join(among, " | ")
	}
	l.shape(raw.place(0, 0), len(layout), want, say("không có bảng nào tên %q", "there is no table called %q", raw.Name))
}

// shape reports a problem of tables and columns rather than of a value.
func (l *loader) shape(where string, order int, want string, why words) {
	l.shapeless = true
	l.problems = append(l.problems, Problem{Where: where, Want: want, MessageVI: why.vi, MessageEN: why.en, table: order})
}

// understand reads the header row: the first that is not empty.
func (l *loader) understand(raw Table, order int) *table {
	t := &table{Table: raw, loader: l, order: order, columns: make(map[string]int)}
	for t.header < len(raw.Rows) && emptyRow(raw.Rows[t.header]) {
		t.header++
	}
	form := layout[order]
	if t.header == len(raw.Rows) {
		t.header = 0
		l.shape(form.name, order, strings.Join(form.columns, ","), say("bảng không có dòng tiêu đề", "the table has no header row"))
		return t
	}
	for i, text := range raw.Rows[t.header] {
		name := strings.ToLower(clean(text))
		switch _, twice := t.columns[name]; {
		case name == "":
		case twice:
			l.shape(raw.place(t.header, i), order, "", say("cột %q có hai lần", "there are two columns %q", name))
		case !slices.Contains(form.columns, name):
			l.shape(raw.place(t.header, i), order, meant(name, form.columns), say("bảng %s không có cột %q", "table %s has no column %q", form.name, name))
		default:
			t.columns[name] = i
		}
	}
	for _, name := range form.required {
		if _, ok := t.columns[name]; !ok {
			l.shape(raw.place(t.header, 0), order, name, say("thiếu cột %q", "column %q is missing", name))
		}
	}
	t.stray()
	return t
}

// stray reports text to the right of the header: mostly a comma that was not
// put in quotation marks, which shifts every value after it.
func (t *table) stray() {
	for _, r := range t.records() {
		for i, text := range t.Rows[r.row] {
			if clean(text) != "" && (i >= len(t.Rows[t.header]) || clean(t.Rows[t.header][i]) == "") {
				t.loader.shape(t.place(r.row, i), t.order, "", say("ô %q nằm ngoài các cột; nếu nội dung có dấu phẩy thì đặt trong ngoặc kép", "%q stands outside the columns; text with a comma needs quotation marks", clean(text)))
				break
			}
		}
	}
}

// records returns the rows that hold anything.
func (t *table) records() []record {
	var all []record
	for row := t.header + 1; row < len(t.Rows); row++ {
		if !emptyRow(t.Rows[row]) {
			all = append(all, record{table: t, row: row})
		}
	}
	return all
}

// decode reads every row of a table by its columns, reporting what it cannot
// read and going on.
func decode[T any](l *loader, name string, columns []column[T]) []entry[T] {
	var all []entry[T]
	for _, r := range l.tables[name].records() {
		e := entry[T]{value: new(T), record: r}
		for _, c := range columns {
			text := r.text(c.name)
			_, there := r.table.columns[c.name]
			switch {
			case text == "" && c.need == must && there:
				r.wrong(c.name, "", say("bắt buộc phải có", "must be filled in"))
			case strings.ContainsFunc(text, unicode.IsControl):
				r.wrong(c.name, strings.Join(strings.FieldsFunc(text, unicode.IsControl), " "), say("có ký tự xuống dòng hoặc ký tự điều khiển", "holds a line break or control character"))
			case text != "":
				c.read(e.value, cell{record: r, column: c.name, text: text})
			}
		}
		all = append(all, e)
	}
	return all
}

// text returns the cleaned text of a column, "" where it is not there.
func (r record) text(column string) string {
	i, ok := r.table.columns[column]
	if !ok || i >= len(r.table.Rows[r.row]) {
		return ""
	}
	return clean(r.table.Rows[r.row][i])
}

// where names the place of a column of this row.
func (r record) where(column string) string {
	return r.table.place(r.row, r.table.columns[column])
}

// wrong reports a problem of one column of this row.
func (r record) wrong(column, want string, why words) {
	l := r.table.loader
	l.problems = append(l.problems, Problem{
		Where: r.where(column), Column: column, Got: r.text(column), Want: want,
		MessageVI: why.vi, MessageEN: why.en,
		table: r.table.order, row: r.row, column: r.table.columns[column],
	})
}

// wrong reports a problem of this cell.
func (c cell) wrong(want string, why words) { c.record.wrong(c.column, want, why) }

// clean gives the form in which text is compared and kept.
func clean(s string) string { return strings.TrimSpace(vietnamese.Normalize(s)) }
