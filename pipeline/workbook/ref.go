package workbook

import (
	"fmt"
	"strconv"
)

// Ref is the place of a cell; rows and columns count from 1.
type Ref struct{ Row, Col int }

// String gives the A1 form, such as "AB12".
func (r Ref) String() string {
	var letters [8]byte
	i := len(letters)
	for col := r.Col; col > 0 && i > 0; col = (col - 1) / 26 {
		i--
		letters[i] = byte('A' + (col-1)%26)
	}
	return string(letters[i:]) + strconv.Itoa(r.Row)
}

// Compare orders cells by row, then by column.
func (r Ref) Compare(other Ref) int {
	if r.Row != other.Row {
		return r.Row - other.Row
	}
	return r.Col - other.Col
}

// ParseRef reads an A1 reference in the only form that files hold: capital
// letters and a row without leading zeros, within the largest sheet that Excel
// has. Dollar signs are an error.
func ParseRef(s string) (Ref, error) {
	if ref, ok := parseRef(s); ok {
		return ref, nil
	}
	return Ref{}, fmt.Errorf("%q is not a cell reference", s)
}

// parseRef takes bytes or text so that the hot path makes no string.
func parseRef[T string | []byte](s T) (ref Ref, ok bool) {
	i := 0
	for ; i < len(s) && i < 4 && 'A' <= s[i] && s[i] <= 'Z'; i++ {
		ref.Col = ref.Col*26 + int(s[i]-'A') + 1
	}
	if i == 0 || i > 3 || i == len(s) || len(s)-i > 7 || s[i] == '0' {
		return Ref{}, false
	}
	for ; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return Ref{}, false
		}
		ref.Row = ref.Row*10 + int(s[i]-'0')
	}
	if ref.Col > 16_384 || ref.Row > 1_048_576 {
		return Ref{}, false
	}
	return ref, true
}

// Range is a block of cells, both corners included.
type Range struct{ From, To Ref }

// String gives "A1:B2", or "A1" for one cell.
func (r Range) String() string {
	if r.From == r.To {
		return r.From.String()
	}
	return r.From.String() + ":" + r.To.String()
}

// Contains says whether the cell lies in the block.
func (r Range) Contains(ref Ref) bool {
	return r.From.Row <= ref.Row && ref.Row <= r.To.Row && r.From.Col <= ref.Col && ref.Col <= r.To.Col
}

// ParseRange reads "A1:B2" or "A1"; the first corner is the upper left one.
func ParseRange(s string) (Range, error) {
	if r, ok := parseRange(s); ok {
		return r, nil
	}
	return Range{}, fmt.Errorf("%q is not a range of cells", s)
}

func parseRange[T string | []byte](s T) (r Range, ok bool) {
	first, second := s, s
	for i := range len(s) {
		if s[i] == ':' {
			first, second = s[:i], s[i+1:]
			break
		}
	}
	from, ok := parseRef(first)
	to, okay := parseRef(second)
	return Range{From: from, To: to}, ok && okay && from.Row <= to.Row && from.Col <= to.Col
}
