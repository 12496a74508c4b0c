package workbook

import "strings"

// style is what a cell format says that matters to a reader of values.
type style struct {
	format string // number format code
	font   string // font name
	struck bool   // a line goes through the text
	unseen bool   // the text has the colour of what is behind it
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
		behind := white
		if cell.fill < len(t.fills) {
			behind = t.fills[cell.fill]
		}
		if cell.font < len(t.fonts) {
			font := t.fonts[cell.font]
			r.styles[i].font, r.styles[i].struck, r.styles[i].unseen = font.name, font.struck, font.colour == behind
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
	fonts []font
	fills []string // the colour of each; empty for a pattern
	cells []struct{ format, font, fill int }
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
	case "fills":
		item = t.fill
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
	f := font{colour: black}
	err := t.children(func() error {
		line, err := t.strikes()
		if err != nil {
			return err
		}
		f.struck = f.struck || line
		switch {
		case t.space != spaceMain:
		case string(t.local) == "name":
			f.name = t.attrText("val")
		case string(t.local) == "color":
			f.colour = t.colour(black)
		}
		return t.skip()
	})
	t.fonts = append(t.fonts, f)
	return err
}

// font is what a font says of the text set in it.
type font struct {
	name   string
	struck bool
	colour string
}

// fill reads what is behind a cell's text: white where nothing is.
func (t *styleTables) fill() error {
	if err := t.expect("fill"); err != nil {
		return err
	}
	colour := ""
	err := t.children(func() error {
		if t.space != spaceMain || string(t.local) != "patternFill" {
			return t.skip()
		}
		pattern := t.attrText("patternType")
		if pattern == "" || pattern == "none" {
			colour = white
		}
		return t.children(func() error {
			if pattern == "solid" && t.space == spaceMain && string(t.local) == "fgColor" {
				colour = t.colour("")
			}
			return t.skip()
		})
	})
	t.fills = append(t.fills, colour)
	return err
}

// The colours that are told by more than one name.
const black, white = "000000", "FFFFFF"

// colour names the colour that the element just opened gives, so that equal
// colours have equal names: red, green and blue, or an entry of the theme or of the
// old palette. The first two of each are taken as Excel makes them.
func (t *styleTables) colour(automatic string) string {
	tint := t.attrText("tint")
	if tint == "0" {
		tint = ""
	}
	if rgb := t.attrText("rgb"); len(rgb) >= len(white) {
		return strings.ToUpper(rgb[len(rgb)-len(white):]) + tint
	}
	named := map[string]string{"theme0": white, "theme1": black, "indexed0": black, "indexed1": white, "indexed8": black, "indexed9": white, "indexed64": black, "indexed65": white}
	for _, table := range []string{"theme", "indexed"} {
		if entry, ok := t.attr(table); ok {
			name := table + string(entry)
			if plain := named[name]; plain != "" {
				name = plain
			}
			return name + tint
		}
	}
	return automatic
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
	fill, err := t.number("fillId", 0)
	if err != nil {
		return err
	}
	t.cells = append(t.cells, struct{ format, font, fill int }{format, font, fill})
	return t.skip()
}
