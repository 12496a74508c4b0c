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

// workbook gives the workbook part with what is directly in it.
func (p *Package) workbook() (data []byte, top element, inner []element, err error) {
	if data, err = p.part(p.main); err != nil {
		return nil, element{}, nil, err
	}
	top, inner, err = root(data)
	if err != nil {
		err = fmt.Errorf("%s: %w", p.main, err)
	}
	return data, top, inner, err
}

func (p *Package) sheets() ([]listed, error) {
	data, _, inner, err := p.workbook()
	if err != nil {
		return nil, err
	}
	list, ok := named(inner, "sheets")
	if !ok {
		return nil, fmt.Errorf("%s: %w", p.main, errMarkup)
	}
	all, err := list.children(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", p.main, err)
	}
	relations, err := p.relations(p.main)
	if err != nil {
		return nil, err
	}
	var found []listed
	for _, e := range all {
		s := listed{element: e, name: e.attr(data, "name"), relation: e.relationID(data)}
		s.id, _ = strconv.Atoi(e.attr(data, "sheetId"))
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
	data, _, inner, err := p.workbook()
	if err != nil {
		return fmt.Errorf("remove sheet: %w", err)
	}
	edits := []edit{{all[at].start, all[at].last, ""}}
	edits = append(edits, openAtFirst(data, inner)...)
	p.put(p.main, edited(data, edits))
	name = relationsName(p.main)
	if data, err = p.part(name); err == nil {
		var lines []element
		if _, lines, err = root(data); err == nil {
			i := slices.IndexFunc(lines, func(e element) bool { return e.attr(data, "Id") == gone.relation })
			p.put(name, edited(data, []edit{{lines[i].start, lines[i].last, ""}}))
			err = p.drop(gone.part)
		}
	}
	if err != nil {
		return fmt.Errorf("remove sheet: %w", err)
	}
	return nil
}

// openAtFirst makes the first sheet the one that is open.
func openAtFirst(data []byte, inner []element) []edit {
	views, ok := named(inner, "bookViews")
	if !ok {
		return nil
	}
	all, err := views.children(data)
	if err != nil {
		return nil
	}
	var edits []edit
	for _, v := range all {
		head := data[v.start:v.end]
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
	data, _, inner, err := p.workbook()
	if err != nil {
		return nil, nil, err
	}
	list, ok := named(inner, "definedNames")
	if !ok {
		return data, nil, nil
	}
	all, err := list.children(data)
	return data, all, err
}
