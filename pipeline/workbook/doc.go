// Package workbook reads .xlsx and .xlsm bytes into cells, strictly and within
// budgets. It owns the container, the XML and the cell; it knows nothing of
// what the cells mean.
//
// A reader can rely on this:
//
//   - Any bytes give a Book or a *Refusal, never a panic, at a cost bounded by
//     Limits.
//   - Every part of the package has its checksum verified, also those that are
//     not read, and the two directories of the archive agree. A changed byte is
//     a refusal, not another figure.
//   - Every part that is read is well-formed XML to its last byte.
//   - A structure that two readers could resolve differently (a part or cell
//     twice, cells out of order, a second sheetData) is refused, not resolved.
//   - Values are the stored ones. Display text is never made, formulas are never
//     evaluated, relations out of the package are never followed.
//   - Equal bytes give equal books.
//
// The layers, lowest first: container.go, inflate.go and deflate.go turn bytes
// into parts; scanner.go turns a part into tags and text; relations.go finds
// which part is which; styles.go, text.go, sheet.go and cell.go read the parts,
// plaincell.go most cells by a shorter way; book.go puts them together.
//
// BenchmarkRead sets its speed beside excelize's.
package workbook
