package workbook

// Kind is the type of a stored value.
type Kind uint8

// The kinds.
const (
	Blank  Kind = iota // only with Formula: its result is not stored
	Number             // Raw is a decimal number, perhaps with an exponent
	Text               // Raw is the text; empty only with Formula
	Bool               // Raw is "0" or "1"
	Error              // Raw is the error's name, such as "#REF!", or NaN, INF, -INF
	Date               // Raw is an ISO 8601 date or time, as the few files with t="d" have it
)

func (k Kind) String() string {
	return [...]string{"blank", "number", "text", "bool", "error", "date"}[k]
}

// Cell is a cell with content.
type Cell struct {
	Ref  Ref
	Kind Kind
	// Raw is the value as stored. A number keeps its digits as the file has
	// them. Text is decoded: runs joined, _xHHHH_ resolved, phonetic runs left
	// out, spaces kept.
	Raw      string
	Format   string // number format code, General by default
	FontName string // a hint at the encoding of legacy text; may be empty
	// Formula says that Raw is a formula's stored result. Of a block that one
	// formula fills (an array formula, a data table) only the first cell has it.
	Formula bool
	Hidden  bool // its row or its column is hidden, or has no height or width
	// Struck says that what a person reads is not Raw: all or some of it is struck
	// through, or some of its characters are raised or lowered, as a footnote's
	// number is beside a figure.
	Struck bool
	Unseen bool // its letters have the colour of what is behind them
}

// IsDate says whether the cell shows as a date or time: a number with such a
// format, or a stored date.
func (c Cell) IsDate() bool {
	return c.Kind == Date || c.Kind == Number && isDateFormat(c.Format)
}

// storedCell is a cell as it stands in the part.
type storedCell struct {
	ref                           Ref
	style                         int
	kind                          []byte // the attribute t
	value                         []byte
	hasFormula, hasValue, hasText bool

	struck bool // its text is, in part
}

// readCell reads the c element just opened.
func (r *sheetReader) readCell() error {
	var c storedCell
	var place, format []byte
	for i := range r.attrs {
		attr := &r.attrs[i]
		if attr.space != spaceNone {
			continue
		}
		switch string(attr.local) {
		case "r":
			place = attr.value()
		case "s":
			format = attr.value()
		case "t":
			c.kind = attr.value()
		}
	}
	if err := r.enter(&c, place, format); err != nil {
		return err
	}
	err := r.children(func() error { return r.cellPart(&c) })
	if err == nil {
		err = r.keep(&c)
	}
	r.inCell = err != nil // a refusal names the cell
	return err
}

// enter goes to the cell with the given attributes r and s, either of which is
// nil if the cell does not have it.
func (r *sheetReader) enter(c *storedCell, place, format []byte) error {
	c.ref = Ref{Row: r.at.Row, Col: r.at.Col + 1}
	if place != nil {
		ref, ok := parseRef(place)
		if !ok || ref.Row != r.at.Row {
			return r.damaged("the cell reference %q in row %d", place, r.at.Row)
		}
		if ref.Col <= r.at.Col {
			return r.damaged("cell %s after cell %s", ref, r.at)
		}
		c.ref = ref
	}
	if len(format) > 0 {
		var ok bool
		if c.style, ok = parseWhole(format); !ok {
			return r.damaged("the cell format %q", format)
		}
	}
	r.at, r.inCell = c.ref, true
	return r.countCell()
}

// cellPart reads a child of a c element.
func (r *sheetReader) cellPart(c *storedCell) (err error) {
	if r.space != spaceMain {
		return r.damaged("a foreign element %q in a cell", r.local)
	}
	twice := false
	switch string(r.local) {
	case "f":
		twice, c.hasFormula = c.hasFormula, true
		err = r.skip()
	case "v":
		twice, c.hasValue = c.hasValue, true
		c.value, err = r.content()
	case "is":
		twice, c.hasText = c.hasText, true
		r.inline, c.struck, err = r.richText(r.inline[:0])
	case "extLst":
		err = r.skip()
	default:
		return r.damaged("an element %q in a cell", r.local)
	}
	if twice && err == nil {
		return r.damaged("a cell with two formulas, values or texts")
	}
	return err
}

// keep adds the cell to the sheet if it has content.
func (r *sheetReader) keep(c *storedCell) error {
	if err := r.checkStyle(c.style); err != nil {
		return err
	}
	kind, raw, err := r.resolve(c)
	if err != nil {
		return err
	}
	if !c.hasFormula && (kind == Blank || kind == Text && raw == "") {
		return nil
	}
	cell := Cell{Ref: c.ref, Kind: kind, Raw: raw, Format: General, Formula: c.hasFormula, Hidden: r.rowHidden || r.sheet.HiddenCol(c.ref.Col)}
	cell.Struck = c.struck
	if len(r.book.styles) > 0 {
		style := &r.book.styles[c.style]
		cell.Format, cell.FontName, cell.Unseen = style.format, style.font, style.unseen
		cell.Struck = cell.Struck || style.struck
	}
	if n := len(r.cells); n == 0 || r.cells[n-1].Ref.Row != c.ref.Row {
		r.sheet.DataRows++
	}
	r.grow()
	r.cells = append(r.cells, cell)
	return nil
}

// resolve gives kind and raw value by the cell's type. Whatever a type does not
// allow is refused: the file's maker and its readers then mean different things.
func (r *sheetReader) resolve(c *storedCell) (Kind, string, error) {
	if c.hasText && string(c.kind) != "inlineStr" {
		return 0, "", r.damaged("an inline text in a cell of type %q", c.kind)
	}
	value := trimBlank(c.value)
	switch string(c.kind) {
	case "str":
		if !c.hasValue {
			return Blank, "", nil
		}
		return Text, r.book.texts.add(unescape(c.value)), nil
	case "inlineStr":
		// A v beside the text is a leftover that no reader takes.
		if c.hasText {
			return Text, r.book.texts.add(r.inline), nil
		}
		if c.hasValue {
			return 0, "", r.damaged("an inline text cell with a value and no text")
		}
		return Blank, "", nil
	}
	kind := Number
	switch string(c.kind) {
	case "", "n":
	case "s":
		kind = Text
	case "b":
		kind = Bool
	case "e":
		kind = Error
	case "d":
		kind = Date
	default:
		return 0, "", r.damaged("the cell type %q", c.kind)
	}
	if len(value) == 0 {
		return Blank, "", nil
	}
	switch kind {
	case Number:
		if !isNumber(value) {
			// The schema's numbers include these three; no Excel writes them.
			if s := string(value); s != "NaN" && s != "INF" && s != "-INF" {
				return 0, "", r.damaged("%q in a number cell", value)
			}
			kind = Error
		}
	case Text:
		index, ok := parseWhole(value)
		if !ok || index >= len(r.book.strings) {
			return 0, "", r.damaged("the shared string %q of %d", value, len(r.book.strings))
		}
		c.struck = r.book.struck[index]
		return Text, r.book.strings[index], nil
	case Bool:
		if len(value) != 1 || value[0] != '0' && value[0] != '1' {
			return 0, "", r.damaged("%q in a boolean cell", value)
		}
	}
	return kind, r.book.texts.add(value), nil
}

// isNumber says whether b is a decimal number with an optional exponent.
func isNumber(b []byte) bool {
	digits := func() (n int) {
		for n < len(b) && '0' <= b[n] && b[n] <= '9' {
			n++
		}
		b = b[n:]
		return n
	}
	sign := func() {
		if len(b) > 0 && (b[0] == '-' || b[0] == '+') {
			b = b[1:]
		}
	}
	sign()
	n := digits()
	if len(b) > 0 && b[0] == '.' {
		b = b[1:]
		n += digits()
	}
	if n == 0 {
		return false
	}
	if len(b) > 0 && (b[0] == 'e' || b[0] == 'E') {
		b = b[1:]
		sign()
		if digits() == 0 {
			return false
		}
	}
	return len(b) == 0
}
