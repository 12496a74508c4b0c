package intake

import (
	"iter"
	"slices"
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/layout"
	"tonghop/pipeline/vietnamese"
	"tonghop/pipeline/workbook"
)

// reportSheet is the form's own sheet, folded; of several with tables it is the
// one that is meant.
const reportSheet = "bao cao"

// table is where figures of the unit stand, with the columns that are read; a
// column that there is not is 0.
type table struct {
	*layout.Table
	words *lexicon

	number, code, name, measure, value int
	notes                              []int
	// counted is the measure that the heading of the figures names in brackets.
	counted string
}

// mostTables is from how many tables on a workbook is none that anybody filled,
// and is asked about whatever stands in it.
const mostTables = layout.Most

// findTables finds what may be the report's table, by headings alone. The
// form's own sheet goes before others.
func (r *reader) findTables() {
	for _, sheet := range r.sheets {
		name := vietnamese.Fold(sheet.Name)
		if name == guideSheet {
			continue
		}
		found := r.finder.Tables(sheet)
		r.reach(found)
		if len(found) > 0 && name == reportSheet {
			r.found = found
			return
		}
		if r.found = append(r.found, found...); len(r.found) >= mostTables {
			return
		}
	}
	// A list with a column "Kết quả" is the report's table only where no other is.
	if slices.ContainsFunc(r.found, (*layout.Table).SaysWhen) {
		r.found = slices.DeleteFunc(r.found, func(t *layout.Table) bool { return !t.SaysWhen() })
	}
}

// reach carries tables on over notes and signatures that stand among their
// rows: what ends a table has no row of an indicator with a value below it.
func (r *reader) reach(found []*layout.Table) {
	for i, t := range found {
		before := layout.NoEnd
		if i+1 < len(found) {
			before = found[i+1].Top
		}
		t.Reach(before, func(text string, role layout.Role) bool {
			if role == layout.Code {
				return r.byCode(strings.ToUpper(tidy(text))) != nil
			}
			return len(r.allNames.exact.Of(tidy(text))) > 0
		})
	}
}

// tellNoTable refuses a workbook without a table that can be read, and names the
// headings that were not understood where there are figures under them.
func (r *reader) tellNoTable() {
	var header finding.Finding
	for _, sheet := range r.sheets {
		if name := vietnamese.Fold(sheet.Name); name == guideSheet || name == remarksSheet {
			continue
		}
		for _, found := range r.finder.Unread(sheet) {
			t := &table{Table: found}
			if numeric := found.Numeric(); len(numeric) > 0 {
				r.refuse(t.columnAmbiguous(numeric))
				return
			}
			if header.Code == "" {
				var texts []string
				for _, c := range found.Columns {
					texts = append(texts, strings.ReplaceAll(c.Heading, "|", "/"))
				}
				header = t.at(finding.New(finding.TableNotFound).With("header", strings.Join(texts, "|")), workbook.Cell{Ref: place(found)})
			}
		}
	}
	if header.Code == "" {
		header = finding.New(finding.TableNotFound)
	}
	r.refuse(header)
}

// columnAmbiguous asks which of some columns is meant.
func (t *table) columnAmbiguous(columns []layout.Column) finding.Finding {
	var headings []string
	for _, c := range columns {
		headings = append(headings, c.At.String()+" “"+strings.ReplaceAll(c.Heading, "|", "/")+"”")
	}
	f := finding.New(finding.ColumnAmbiguous).With("columns", strings.Join(headings, "|"))
	f.Raw = columns[0].Heading
	return t.at(f, workbook.Cell{Ref: columns[0].At})
}

// chooseTables settles the columns that are read, once it is known of which
// month, and whether the tables go together. Whatever can be taken in two ways
// is asked about.
func (r *reader) chooseTables() {
	if len(r.found) == 0 {
		r.tellNoTable()
		return
	}
	if len(r.found) >= mostTables {
		r.askWhichTable(r.found)
		return
	}
	for _, found := range r.found {
		t, clear := r.columnsOf(found)
		if !clear {
			return
		}
		r.tables = append(r.tables, t)
	}
	if len(r.tables) > 1 && !r.belongTogether() {
		r.askWhichTable(r.found)
	}
}

func (r *reader) askWhichTable(found []*layout.Table) {
	var places []string
	for _, t := range found[:min(len(found), mostListed)] {
		places = append(places, strings.ReplaceAll(t.Sheet.Name, "|", "/")+"!"+place(t).String())
	}
	second := table{Table: found[1]}
	f := finding.New(finding.TableAmbiguous).With("tables", strings.Join(places, "|"))
	r.refuse(second.at(f, workbook.Cell{Ref: place(found[1])}))
}

// columnsOf settles which columns of a table are read. clear is false where
// that cannot be told; where the month is not known, that is said already.
func (r *reader) columnsOf(found *layout.Table) (t *table, clear bool) {
	t = &table{Table: found, words: r.lexicon}
	values := found.Values(r.month)
	unclear := values
	if len(values) == 0 {
		unclear = found.Having(layout.Value, layout.Dated, layout.Result)
	}
	for _, one := range []layout.Role{layout.Code, layout.Name} {
		if twice := found.Having(one); len(twice) > 1 && len(values) == 1 {
			values, unclear = nil, twice
		}
	}
	if len(values) != 1 {
		if r.month.IsZero() && len(found.Having(layout.Dated)) > 0 {
			return nil, false
		}
		r.refuse(t.columnAmbiguous(unclear))
		return nil, false
	}
	first := func(role layout.Role) int {
		if columns := found.Having(role); len(columns) > 0 {
			return columns[0].Col
		}
		return 0
	}
	t.number, t.code, t.name, t.measure = first(layout.Number), first(layout.Code), first(layout.Name), first(layout.Measure)
	t.value, t.counted = values[0].Col, values[0].Bracket
	for _, c := range found.Having(layout.Note) {
		t.notes = append(t.notes, c.Col)
	}
	return t, true
}

// belongTogether reports whether several tables are parts of one report: each
// has rows of indicators, and no indicator stands in two of them.
func (r *reader) belongTogether() bool {
	whose := make(map[string]*table)
	for _, t := range r.tables {
		some := false
		for l := range t.lines() {
			ind := r.byCode(l.code)
			if ind == nil {
				if named := r.allNames.found.Of(l.name); isRowNumber.MatchString(l.code) && len(named) == 1 && l.typed() {
					ind = named[0]
				}
			}
			if ind == nil {
				continue
			}
			if other := whose[ind.Code]; other != nil && other != t {
				return false
			}
			whose[ind.Code], some = t, true
		}
		if !some {
			return false
		}
	}
	return true
}

// place is the first heading of a table.
func place(t *layout.Table) workbook.Ref { return workbook.Ref{Row: t.Header, Col: t.Columns[0].Col} }

// line is one row of the table.
type line struct {
	table      *table
	row        int
	number     string
	code, name string // tidied; the code in capitals
	measure    string
	// lead is the first of number, code and name with a text. These three are the
	// zero cell where there is none.
	lead, codeCell, nameCell *workbook.Cell

	value  workbook.Cell // Kind Blank and no Formula where nothing is stored
	note   string
	others []*catalogue.Indicator // whose name it has, where its code is of none of them
}

// lines gives the rows of the table that hold anything that is read.
func (t *table) lines() iter.Seq[*line] {
	return func(yield func(*line) bool) {
		for cells := range t.Rows() {
			if !yield(t.line(cells[0].Ref.Row, cells)) {
				return
			}
		}
	}
}

func (t *table) line(row int, cells []workbook.Cell) *line {
	none := new(workbook.Cell)
	l := &line{table: t, row: row, lead: none, codeCell: none, nameCell: none, value: workbook.Cell{Ref: workbook.Ref{Row: row, Col: t.value}}}
	var notes []string
	led := false // whether the lead is found
	for i := range cells {
		cell := &cells[i]
		col := cell.Ref.Col
		switch col {
		case t.value:
			l.value = *cell
		case t.number:
			l.number = t.words.tidied(cell)
		case t.code:
			l.code, l.codeCell = strings.ToUpper(t.words.tidied(cell)), cell
		case t.name:
			l.name, l.nameCell = t.words.tidied(cell), cell
		case t.measure:
			l.measure = t.words.tidied(cell)
		}
		if col == t.number || col == t.code || col == t.name {
			if cell.Kind == workbook.Text && !led {
				l.lead, led = cell, !t.words.texts.Of(cell.Raw).blank
			}
		}
		if slices.Contains(t.notes, col) {
			if text := tidy(cell.Raw); text != "" {
				notes = append(notes, text)
			}
		}
	}
	l.note = strings.Join(notes, "; ")
	return l
}

// typed reports whether somebody put a value there.
func (l *line) typed() bool { return l.value.Kind != workbook.Blank && tidy(l.value.Raw) != "" }

// at places a finding at a cell of the table's sheet.
func (t *table) at(f finding.Finding, cell workbook.Cell) finding.Finding {
	f.Sheet = t.Sheet.Name
	if cell.Ref.Col > 0 {
		f.Cell, f.Row, f.Col = cell.Ref.String(), cell.Ref.Row, cell.Ref.Col
	}
	if f.Raw == "" {
		f.Raw = cell.Raw
	}
	return f
}

// headerRow reads which column stands where; a row with a heading twice is
// none, for it does not tell which is meant.
func headerRow[C comparable](cells []workbook.Cell, headings map[string]C) (map[C]int, bool) {
	const longest = 120 // bytes; headings are short, and a sheet may be long
	cols := make(map[C]int)
	for _, cell := range cells {
		if cell.Kind != workbook.Text || len(cell.Raw) > longest {
			continue
		}
		heading, ok := headings[vietnamese.Fold(cell.Raw)]
		if !ok {
			continue
		}
		if _, twice := cols[heading]; twice {
			return nil, false
		}
		cols[heading] = cell.Ref.Col
	}
	return cols, len(cols) > 0
}
