package workbook

// plainCells reads the cells that follow in a row as long as they are written as
// nearly all writers write nearly all cells:
//
//	<c r="B7" s="3" t="s"><v>12</v></c>
//	<c r="C7" s="3"/>
//
// A sheet is mostly these, and taking them as they stand costs a third of going
// by tags and attributes. At the first cell of another form, however little it
// differs, it stops and leaves that one to readCell; the result is the same.
func (r *sheetReader) plainCells() error {
	// In a row without a prefix a c without one is of the same namespace.
	if row := r.open[len(r.open)-1].name; len(row) != len("row") || r.selfClosed {
		return nil
	}
	for {
		c, place, format, length := plainCell(r.data[r.pos:])
		if length == 0 {
			return nil
		}
		r.pos += length
		err := r.enter(&c, place, format)
		if err == nil {
			err = r.keep(&c)
		}
		if err != nil {
			return err
		}
		r.inCell = false
	}
}

// plainCell reads the cell at the head of data. Its length is 0 if there is none
// that is plain.
func plainCell(data []byte) (c storedCell, place, format []byte, length int) {
	const opening, formatIs, typeIs, value, closing, blank, blankToo = `<c r="`, ` s="`, ` t="`, `><v>`, `</v></c>`, `/>`, `></c>`
	none := func() (storedCell, []byte, []byte, int) { return storedCell{}, nil, nil, 0 }
	if !begins(data, opening) {
		return none()
	}
	place, rest := plainWord(data[len(opening):])
	if len(place) == 0 {
		return none()
	}
	if begins(rest, formatIs) {
		if format, rest = plainWord(rest[len(formatIs):]); len(format) == 0 {
			return none()
		}
	}
	if begins(rest, typeIs) {
		if c.kind, rest = plainWord(rest[len(typeIs):]); len(c.kind) == 0 {
			return none()
		}
	}
	switch {
	case begins(rest, value):
		rest = rest[len(value):]
		end := 0
		for end < len(rest) && class[rest[end]]&inText == 0 {
			end++
		}
		c.value, c.hasValue = rest[:end], true
		if rest = rest[end:]; !begins(rest, closing) {
			return none()
		}
		rest = rest[len(closing):]
	case begins(rest, blank):
		rest = rest[len(blank):]
	case begins(rest, blankToo):
		rest = rest[len(blankToo):]
	default:
		return none()
	}
	return c, place, format, len(data) - len(rest)
}

// plainWord reads letters and digits up to a quotation mark, and goes past it.
// The word is empty if anything else stands there.
func plainWord(data []byte) (word, rest []byte) {
	for i, c := range data {
		switch {
		case c == '"':
			return data[:i], data[i+1:]
		case class[c]&alphanumeric == 0:
			return nil, data
		}
	}
	return nil, data
}

// begins is bytes.HasPrefix in a form that the compiler makes one comparison of
// when the text is a constant.
func begins(data []byte, text string) bool {
	return len(data) >= len(text) && string(data[:len(text)]) == text
}
