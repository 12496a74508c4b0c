package write

import (
	"fmt"
	"strings"
)

const worksheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"

// Front is sheets to be put before all others of a Package. Like a Book it keeps
// the first error of any call; Place returns it.
type Front struct {
	book    *Package
	styles  *styleSheet
	taken   map[string]bool // lower-cased names of sheets
	sheets  []*FrontSheet
	defined []BookName
	err     error
}

// Front begins sheets to be put before those there are now.
func (p *Package) Front() (*Front, error) {
	names, err := p.SheetNames()
	if err != nil {
		return nil, fmt.Errorf("sheets in front: %w", err)
	}
	f := &Front{book: p, taken: map[string]bool{}}
	for _, name := range names {
		f.taken[foldName(name)] = true
	}
	if f.styles, err = p.styleSheet(); err != nil {
		return nil, fmt.Errorf("sheets in front: %w", err)
	}
	return f, nil
}

// Add appends a sheet. Its name is made safe and unique: see SheetName.
func (f *Front) Add(name string) *FrontSheet {
	name = SheetName(name, func(n string) bool { return f.taken[foldName(n)] })
	f.taken[foldName(name)] = true
	s := &FrontSheet{front: f, name: name}
	f.sheets = append(f.sheets, s)
	return s
}

// Define gives a workbook-wide name to a range such as FrontSheet.Abs returns.
func (f *Front) Define(name, refersTo string) {
	f.defined = append(f.defined, BookName{Name: name, RefersTo: refersTo})
}

func (f *Front) keep(err error) {
	if f.err == nil && err != nil {
		f.err = err
	}
}

// Place puts the sheets into the workbook and opens it at the first.
func (f *Front) Place() error {
	if f.err == nil {
		f.err = f.place()
	}
	if f.err != nil {
		return fmt.Errorf("put sheets in front: %w", f.err)
	}
	return nil
}

func (f *Front) place() error {
	p := f.book
	if err := p.renumber(func(local int) (int, bool) { return local + len(f.sheets), true }); err != nil {
		return err
	}
	if err := p.deselect(); err != nil {
		return err
	}
	var entries, names strings.Builder
	for i, s := range f.sheets {
		entry, err := p.newSheet(s.name, i+1, []byte(p.space(s.markup(i == 0))))
		if err != nil {
			return err
		}
		entries.WriteString(entry)
	}
	book, err := p.tree(p.main)
	if err != nil {
		return err
	}
	list, ok := named(book.inner, "sheets")
	if !ok || list.selfClosing {
		return errMarkup
	}
	p.put(p.main, edited(book.data, append(openAtFirst(book), edit{list.end, list.end, entries.String()})))
	for _, n := range f.defined {
		names.WriteString(n.markup(book.top))
	}
	for i, s := range f.sheets {
		for _, n := range s.printed() {
			n.sheet = i + 1
			names.WriteString(n.markup(book.top))
		}
	}
	return p.appendNames(names.String())
}

// newSheet adds a worksheet's part and gives its entry in the list of sheets.
func (p *Package) newSheet(name string, number int, content []byte) (string, error) {
	all, err := p.sheets()
	if err != nil {
		return "", err
	}
	id := number
	for _, s := range all {
		id = max(id, s.id+number)
	}
	part := p.free("xl/worksheets/tonghop", ".xml")
	p.put(part, content)
	if err := p.declare(part, worksheetType); err != nil {
		return "", err
	}
	relation, err := p.relate(p.main, "worksheet", part)
	if err != nil {
		return "", err
	}
	book, err := p.tree(p.main)
	return fmt.Sprintf(`<%s name="%s" sheetId="%d" xmlns:r="%s" r:id="%s"/>`,
		book.top.sibling("sheet"), escaped(name), id, p.space(relationSpace), relation), err
}

// deselect leaves no sheet selected: with two selected, what is typed into one
// would be typed into the other.
func (p *Package) deselect() error {
	all, err := p.sheets()
	if err != nil {
		return err
	}
	for _, s := range all {
		if s.part == "" {
			continue
		}
		data, err := p.part(s.part)
		if err != nil {
			return err
		}
		if !ordinary(data) {
			return fmt.Errorf("sheet %q: %w", s.name, errMarkup)
		}
		edits := deselected(data)
		if len(edits) > 0 {
			p.put(s.part, edited(data, edits))
		}
	}
	return nil
}

// deselected takes the selection off a sheet's views, which stand before its cells.
func deselected(data []byte) (edits []edit) {
	for from := 0; ; {
		t, ok := nextTag(data, from)
		if !ok || t.local() == "sheetData" {
			return edits
		}
		from = t.end
		head := data[t.start:t.end]
		if _, _, has := attrSpan(head, "tabSelected"); has && t.local() == "sheetView" {
			edits = append(edits, edit{t.start, t.end, string(withoutAttr(head, "tabSelected"))})
		}
	}
}
