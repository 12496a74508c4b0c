package workbook

// style is what a cell format says that matters to a reader of values.
type style struct {
	format string // number format code
	font   string // font name
}

// readStyles reads the cell formats of the styles part, in their order.
func (r *bookReader) readStyles(s *scanner) error {
	if err := s.root(spaceMain, "styleSheet"); err != nil {
		return err
	}
	t := styleTables{scanner: s, limit: r.limits.Formats, codes: make(map[int]string), seen: make(map[string]bool)}
	if err := s.children(t.section); err != nil {
		return err
	}
	if err := s.finish(); err != nil {
		return err
	}
	r.styles = make([]style, len(t.cells))
	for i, cell := range t.cells {
		code, ok := t.codes[cell.format]
		if !ok {
			code = builtinFormat(cell.format)
		}
		r.styles[i].format = code
		if cell.font < len(t.fonts) {
			r.styles[i].font = t.fonts[cell.font]
		}
	}
	return nil
}

// styleTables are the tables that cell formats point into. They are resolved
// when all are read, so their order in the part does not matter.
type styleTables struct {
	*scanner
	limit int
	codes map[int]string // custom number formats by id
	fonts []string
	cells []struct{ format, font int }
	seen  map[string]bool
}

func (t *styleTables) section() error {
	if t.space != spaceMain {
		return t.skip()
	}
	name := string(t.local)
	var item func() error
	switch name {
	case "numFmts":
		item = t.numberFormat
	case "fonts":
		item = t.font
	case "cellXfs":
		item = t.cellFormat
	default:
		return t.skip()
	}
	if t.seen[name] {
		return damaged(t.part, int64(t.pos), "the table %q stands twice", name)
	}
	t.seen[name] = true
	count := 0
	return t.children(func() error {
		if count++; count > t.limit {
			return tooLarge("formats", t.part, "more than %d entries in %q", t.limit, name)
		}
		return item()
	})
}

// expect refuses anything but the named element: entries are found by their
// number, and a foreign one would shift those after it.
func (t *styleTables) expect(local string) error {
	if t.space == spaceMain && string(t.local) == local {
		return nil
	}
	return damaged(t.part, int64(t.pos), "an element %q where %q is expected", t.local, local)
}

func (t *styleTables) numberFormat() error {
	if err := t.expect("numFmt"); err != nil {
		return err
	}
	id, err := t.number("numFmtId", 0)
	if err != nil {
		return err
	}
	code := string(unescape([]byte(t.attrText("formatCode"))))
	if other, ok := t.codes[id]; ok && other != code {
		return damaged(t.part, int64(t.pos), "two number formats with the id %d", id)
	}
	t.codes[id] = code
	return t.skip()
}

func (t *styleTables) font() error {
	if err := t.expect("font"); err != nil {
		return err
	}
	name := ""
	err := t.children(func() error {
		if t.space == spaceMain && string(t.local) == "name" {
			name = t.attrText("val")
		}
		return t.skip()
	})
	t.fonts = append(t.fonts, name)
	return err
}

func (t *styleTables) cellFormat() error {
	if err := t.expect("xf"); err != nil {
		return err
	}
	format, err := t.number("numFmtId", 0)
	if err != nil {
		return err
	}
	font, err := t.number("fontId", 0)
	if err != nil {
		return err
	}
	t.cells = append(t.cells, struct{ format, font int }{format, font})
	return t.skip()
}
