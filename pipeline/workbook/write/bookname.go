package write

import (
	"fmt"
	"html"
	"strings"
)

// BookName is a defined name of the whole workbook, or a sheet's own.
type BookName struct {
	Name string
	// RefersTo is a place such as 'Báo cáo'!$E$14, or text in quotes.
	RefersTo string
	// Comment is a text of at most 255 units that is stored with the name.
	Comment string
	// Hidden keeps it out of lists that people see.
	Hidden bool

	sheet int // whose own it is, counted from 1; 0 for the workbook's
}

// markup is the name's element, with the prefix of the part's own.
func (n BookName) markup(top element) string {
	own := top.sibling("definedName")
	out := fmt.Sprintf(`<%s name="%s"`, own, escaped(n.Name))
	if n.Comment != "" {
		out += fmt.Sprintf(` comment="%s"`, escaped(n.Comment))
	}
	if n.sheet > 0 {
		out += fmt.Sprintf(` localSheetId="%d"`, n.sheet-1)
	}
	if n.Hidden {
		out += ` hidden="1"`
	}
	return out + fmt.Sprintf(`>%s</%s>`, escaped(n.RefersTo), own)
}

// Names are the names of the whole workbook that begin with a prefix, in the
// order they are stored; case is not told apart.
func (p *Package) Names(prefix string) ([]BookName, error) {
	data, all, err := p.names()
	if err != nil {
		return nil, fmt.Errorf("read names: %w", err)
	}
	var found []BookName
	for _, e := range all {
		if _, _, local := attrSpan(data[e.start:e.end], "localSheetId"); local || !hasPrefixFold(e.attr(data, "name"), prefix) {
			continue
		}
		found = append(found, BookName{
			Name: e.attr(data, "name"), Comment: e.attr(data, "comment"),
			RefersTo: html.UnescapeString(string(data[e.end:max(e.end, e.tail)])),
			Hidden:   strings.Trim(e.attr(data, "hidden"), "1true") == "" && e.attr(data, "hidden") != "",
		})
	}
	return found, nil
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// SheetOf is the sheet that a name of the whole workbook leads to; false where
// there is no such name or its sheet is gone.
func (p *Package) SheetOf(name string) (sheet string, ok bool, err error) {
	names, err := p.Names(name)
	if err != nil {
		return "", false, err
	}
	for _, n := range names {
		if !strings.EqualFold(n.Name, name) {
			continue
		}
		if sheet, _, ok = splitPlace(n.RefersTo); ok {
			part, err := p.sheetPart(sheet)
			return sheet, part != "", err
		}
	}
	return "", false, nil
}

// RemoveNames removes the names of the whole workbook that begin with a prefix.
func (p *Package) RemoveNames(prefix string) error {
	data, all, err := p.names()
	if err != nil {
		return fmt.Errorf("remove names: %w", err)
	}
	var edits []edit
	for _, e := range all {
		if _, _, local := attrSpan(data[e.start:e.end], "localSheetId"); !local && hasPrefixFold(e.attr(data, "name"), prefix) {
			edits = append(edits, edit{e.start, e.last, ""})
		}
	}
	p.put(p.main, edited(data, edits))
	return nil
}

// Define adds names. Those of the same name must have been removed.
func (p *Package) Define(names ...BookName) error {
	var lines strings.Builder
	book, err := p.tree(p.main)
	if err != nil {
		return fmt.Errorf("define names: %w", err)
	}
	for _, n := range names {
		lines.WriteString(n.markup(book.top))
	}
	if err := p.appendNames(lines.String()); err != nil {
		return fmt.Errorf("define names: %w", err)
	}
	return nil
}

// appendNames puts finished definedName elements behind those there are.
func (p *Package) appendNames(lines string) error {
	if lines == "" {
		return nil
	}
	book, err := p.tree(p.main)
	if err != nil {
		return err
	}
	if list, ok := named(book.inner, "definedNames"); ok {
		p.put(p.main, edited(book.data, []edit{list.appended(book.data, lines)}))
		return nil
	}
	at := -1 // the list's place in the order of the schema
	for _, e := range book.inner {
		switch e.local() {
		case "sheets", "functionGroups", "externalReferences":
			at = e.last
		}
	}
	if at < 0 {
		return errMarkup
	}
	own := book.top.sibling("definedNames")
	p.put(p.main, edited(book.data, []edit{{at, at, "<" + own + ">" + lines + "</" + own + ">"}}))
	return nil
}
