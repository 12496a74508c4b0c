package table

// Text returns the cleaned text of a column, "" where it is not there.
func (r Record) Text(column string) string {
	i, ok := r.table.columns[column]
	if !ok || i >= len(r.table.Rows[r.row]) {
		return ""
	}
	return Clean(r.table.Rows[r.row][i])
}

// Cell returns the value of a column.
func (r Record) Cell(column string) Cell {
	return Cell{Record: r, Column: column, Text: r.Text(column)}
}

// Canonical returns the row's cleaned text in the declared order of columns:
// equal for rows that say the same, whatever file they stand in.
func (r Record) Canonical() []string {
	columns := r.table.loader.layout[r.table.order].Columns
	row := make([]string, len(columns))
	for i, column := range columns {
		row[i] = r.Text(column)
	}
	return row
}

// Where names the place of a column of this row.
func (r Record) Where(column string) string {
	return r.table.place(r.row, r.table.columns[column])
}

// Col is the index of a column in Table.Rows; 0 where the table lacks it.
func (r Record) Col(column string) int { return r.table.columns[column] }

// Row is the row's index in Table.Rows.
func (r Record) Row() int { return r.row }

// Sound reports whether nothing is wrong with this row so far.
func (r Record) Sound() bool { return !r.table.unsound[r.row] }

// Wrong reports a problem of one column of this row.
func (r Record) Wrong(column, want string, why Words) {
	l := r.table.loader
	r.table.unsound[r.row] = true
	l.problems = append(l.problems, Problem{
		Where: r.Where(column), Column: column, Got: r.Text(column), Want: want,
		MessageVI: why.VI, MessageEN: why.EN,
		Row: r.row, Col: r.table.columns[column], table: r.table.order,
	})
}

// KeepEmpty reports each of the columns that is filled in.
func (r Record) KeepEmpty(why Words, columns ...string) {
	for _, column := range columns {
		if r.Text(column) != "" {
			r.Wrong(column, "", why)
		}
	}
}

// Wrong reports a problem of this cell.
func (c Cell) Wrong(want string, why Words) { c.Record.Wrong(c.Column, want, why) }

// Part is a piece of the cell's text, to be read by itself; its problems are
// the cell's.
func (c Cell) Part(text string) Cell { return Cell{Record: c.Record, Column: c.Column, Text: text} }
