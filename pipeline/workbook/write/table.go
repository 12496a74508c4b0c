package write

import "github.com/xuri/excelize/v2"

// Table makes a block a table object, which can be filtered and sorted, grows
// with what is typed under it and is known to formulas by its name. The first
// row of the block are the heads: texts, each another, there already. A table
// takes the place of Filter: one sheet has one or the other. The looks are
// those of its cells. name must be a valid name, and no other name of the book.
func (s *Sheet) Table(name string, from, to Ref) {
	s.book.keep(s.book.file.AddTable(s.name, TableOf(name, from, to)))
}

// TableOf is the table as excelize takes it: a streamed sheet gets its table
// from the stream.
func TableOf(name string, from, to Ref) *excelize.Table {
	no := false
	return &excelize.Table{Range: Range(from, to), Name: name, ShowRowStripes: &no}
}
