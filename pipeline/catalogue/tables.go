package catalogue

import (
	"io/fs"

	"tonghop/pipeline/table"
)

// The words of package table that this package speaks in.
type (
	// Table is one table of definitions as text.
	Table = table.Table
	// Source is a set of tables, wherever they come from.
	Source = table.Source
	// Problem is one thing wrong with the definitions.
	Problem = table.Problem

	column[T any] = table.Column[T]
	entry[T any]  = table.Entry[T]
	record        = table.Record
	cell          = table.Cell
	words         = table.Words
)

const (
	must = table.Must
	may  = table.May
)

// say formats both languages with the same arguments.
func say(vi, en string, args ...any) words { return table.Because(vi, en, args...) }

// layout lists the tables in the order in which they are read, hashed and
// written, with their columns and those that must be there.
var layout = table.Layout{
	table.FormOf("units", unitColumns),
	table.FormOf("programmes", programmeColumns),
	table.FormOf("indicators", indicatorColumns),
	table.FormOf("targets", targetColumns),
	table.FormOf("rules", ruleColumns),
	table.FormOf("calendar", calendarColumns),
	table.FormOf("successions", successionColumns),
	table.FormOf("openings", openingColumns),
	table.FormOf("forms", formColumns),
}

// Headers returns every table with its header row and nothing else: what a new
// catalogue begins with.
func Headers() []Table { return layout.Headers() }

// FromTables makes a source of tables that were read from a workbook.
func FromTables(tables []Table, id string) Source { return layout.FromTables(tables, id) }

// FromFolder reads every .csv file at the top of fsys; other files are left
// alone. What cannot be read is a problem of Load.
func FromFolder(fsys fs.FS, id string) Source { return layout.FromFolder(fsys, id) }
