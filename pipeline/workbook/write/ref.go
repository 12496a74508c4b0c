package write

import (
	"strconv"
	"strings"
)

// Ref is a cell's place; both count from 1.
type Ref struct{ Row, Col int }

// At returns the cell in this row and column.
func At(row, col int) Ref { return Ref{Row: row, Col: col} }

// String gives "E14".
func (r Ref) String() string { return Column(r.Col) + strconv.Itoa(r.Row) }

// Abs gives "$E$14".
func (r Ref) Abs() string { return "$" + Column(r.Col) + "$" + strconv.Itoa(r.Row) }

// Range gives "A1:C9".
func Range(from, to Ref) string { return from.String() + ":" + to.String() }

// Column gives the letters of a column: 1 is "A", 28 is "AB".
func Column(n int) string {
	var letters []byte
	for ; n > 0; n = (n - 1) / 26 {
		letters = append([]byte{byte('A' + (n-1)%26)}, letters...)
	}
	return string(letters)
}

// Quote gives a sheet's name as formulas and links name it: 'Báo cáo'.
func Quote(sheet string) string { return "'" + strings.ReplaceAll(sheet, "'", "''") + "'" }
