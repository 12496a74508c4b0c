package write

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// listed is a sheet in the workbook's own list.
type listed struct {
	element
	name, part string // part is empty for what is no worksheet
	relation   string
	id         int
}

func (p *Package) sheets() ([]listed, error) {
	book, err := p.tree(p.main)
	if err != nil {
		return nil, err
	}
	list, ok := named(book.inner, "sheets")
	if !ok {
		return nil, fmt.Errorf("%s: %w", p.main, errMarkup)
	}
	all, err := list.children(book.data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", p.main, err)
	}
	relations, err := p.relations(p.main)
	if err != nil {
		return nil, err
	}
	var found []listed
	for _, e := range all {
		s := listed{element: e, name: e.attr(book.data, "name"), relation: e.relationID(book.data)}
		s.id, _ = strconv.Atoi(e.attr(book.data, "sheetId"))
		i := slices.IndexFunc(relations, func(r relation) bool { return r.id == s.relation })
		if i >= 0 && relations[i].is("worksheet") && !relations[i].external {
			s.part = relations[i].target
		}
		found = append(found, s)
	}
	return found, nil
}

// SheetNames are the names of all sheets, in the order of their tabs.
func (p *Package) SheetNames() ([]string, error) {
	all, err := p.sheets()
	names := make([]string, len(all))
	for i, s := range all {
		names[i] = s.name
	}
	return names, err
}

// sheetPart is the part of a worksheet; "" where there is none of that name.
func (p *Package) sheetPart(name string) (string, error) {
	all, err := p.sheets()
	for _, s := range all {
		if strings.EqualFold(s.name, name) {
			return s.part, err
		}
	}
	return "", err
}

// RemoveSheet removes a worksheet, with the names that are its own. It is not
// an error if there is none, nor if it is the only one, which stays.
func (p *Package) RemoveSheet(name string) error {
	all, err := p.sheets()
	if err != nil {
		return fmt.Errorf("remove sheet: %w", err)
	}
	at := slices.IndexFunc(all, func(s listed) bool { return strings.EqualFold(s.name, name) })
	if at < 0 || len(all) == 1 || all[at].part == "" {
		return nil
	}
	gone := all[at]
	if err := p.renumber(func(local int) (int, bool) {
		switch {
		case local == at:
			return 0, false
		case local > at:
			return local - 1, true
		}
		return local, true
	}); err != nil {
		return fmt.Errorf("remove sheet: %w", err)
	}
	if all, err = p.sheets(); err != nil { // renumbering has moved it
		return fmt.Errorf("remove sheet: %w", err)
	}
	book, err := p.tree(p.main)
	if err != nil {
		return fmt.Errorf("remove sheet: %w", err)
	}
	edits := []edit{{all[at].start, all[at].last, ""}}
	edits = append(edits, openAtFirst(book)...)
	p.put(p.main, edited(book.data, edits))
	name = relationsName(p.main)
	list, err := p.tree(name)
	if err == nil {
		i := slices.IndexFunc(list.inner, func(e element) bool { return e.attr(list.data, "Id") == gone.relation })
		p.put(name, edited(list.data, []edit{{list.inner[i].start, list.inner[i].last, ""}}))
		err = p.drop(gone.part)
	}
	if err != nil {
		return fmt.Errorf("remove sheet: %w", err)
	}
	return nil
}

// openAtFirst makes the first sheet the one that is open.
func openAtFirst(book tree) []edit {
	views, ok := named(book.inner, "bookViews")
	if !ok {
		return nil
	}
	all, err := views.children(book.data)
	if err != nil {
		return nil
	}
	var edits []edit
	for _, v := range all {
		head := book.data[v.start:v.end]
		head = withoutAttr(withoutAttr(head, "activeTab"), "firstSheet")
		edits = append(edits, edit{v.start, v.end, string(head)})
	}
	return edits
}

// renumber gives names that belong to one sheet their sheet's new place, and
// removes those whose sheet is gone.
func (p *Package) renumber(place func(int) (int, bool)) error {
	data, all, err := p.names()
	if err != nil {
		return err
	}
	var edits []edit
	for _, e := range all {
		local, err := strconv.Atoi(e.attr(data, "localSheetId"))
		if err != nil {
			continue
		}
		to, ok := place(local)
		if !ok {
			edits = append(edits, edit{e.start, e.last, ""})
		} else if to != local {
			edits = append(edits, edit{e.start, e.end, string(setAttr(data[e.start:e.end], "localSheetId", strconv.Itoa(to)))})
		}
	}
	p.put(p.main, edited(data, edits))
	return nil
}

// names gives the workbook part and its defined names.
func (p *Package) names() ([]byte, []element, error) {
	book, err := p.tree(p.main)
	if err != nil {
		return nil, nil, err
	}
	list, ok := named(book.inner, "definedNames")
	if !ok {
		return book.data, nil, nil
	}
	all, err := list.children(book.data)
	return book.data, all, err
}
