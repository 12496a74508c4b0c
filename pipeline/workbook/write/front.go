package write

import (
	"fmt"
	"strconv"
	"strings"
)

const worksheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"

// Front saves a Book and puts its sheets before all others, with its names, and
// opens the workbook at the first. The Book must have Reserved the names of the
// sheets there are, and may hold text, numbers, formulas, formats, links, merged
// cells and print set-up; not comments, charts or conditional formats, which
// lie in other parts.
func (p *Package) Front(b *Book) error {
	parts, err := b.parts()
	if err == nil {
		var front *Package
		if front, err = newPackage(nil, parts); err == nil {
			err = p.front(front)
		}
	}
	if err != nil {
		return fmt.Errorf("put sheets in front: %w", err)
	}
	return nil
}

func (p *Package) front(front *Package) error {
	sheets, err := front.sheets()
	if err != nil {
		return err
	}
	own, err := p.styleSheet()
	if err != nil {
		return err
	}
	theirs, err := front.styleSheet()
	if err != nil {
		return err
	}
	formats, err := own.adopt(theirs, p.space(mainSpace))
	if err != nil {
		return err
	}
	shared, err := front.sharedStrings()
	if err != nil {
		return err
	}
	if err := p.renumber(func(local int) (int, bool) { return local + len(sheets), true }); err != nil {
		return err
	}
	if err := p.deselect(); err != nil {
		return err
	}
	var entries strings.Builder
	for i, s := range sheets {
		content, err := front.part(s.part)
		if err != nil {
			return err
		}
		if content, err = moved(content, formats, shared, i == 0); err != nil {
			return fmt.Errorf("sheet %q: %w", s.name, err)
		}
		entry, err := p.newSheet(s.name, i+1, []byte(p.space(string(content))))
		if err != nil {
			return err
		}
		entries.WriteString(entry)
	}
	data, _, inner, err := p.workbook()
	if err != nil {
		return err
	}
	list, ok := named(inner, "sheets")
	if !ok || list.selfClosing {
		return errMarkup
	}
	p.put(p.main, edited(data, append(openAtFirst(data, inner), edit{list.end, list.end, entries.String()})))
	data, names, err := front.names()
	if err != nil {
		return err
	}
	top, _, err := p.topOf(p.main)
	if err != nil {
		return err
	}
	var lines strings.Builder
	for _, n := range names {
		head := strings.TrimPrefix(string(data[n.start:n.end]), "<definedName")
		lines.WriteString("<" + top.sibling("definedName") + head + string(data[n.end:n.tail]) + "</" + top.sibling("definedName") + ">")
	}
	return p.appendNames(lines.String())
}

func (p *Package) topOf(part string) (element, []byte, error) {
	data, err := p.part(part)
	if err != nil {
		return element{}, nil, err
	}
	top, _, err := root(data)
	return top, data, err
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
	top, _, err := p.topOf(p.main)
	return fmt.Sprintf(`<%s name="%s" sheetId="%d" xmlns:r="%s" r:id="%s"/>`,
		top.sibling("sheet"), escaped(name), id, p.space(relationSpace), relation), err
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
		edits, err := selection(data, false)
		if err != nil {
			return fmt.Errorf("sheet %q: %w", s.name, err)
		}
		if len(edits) > 0 {
			p.put(s.part, edited(data, edits))
		}
	}
	return nil
}

// selection selects a sheet in its views, or does not.
func selection(data []byte, on bool) ([]edit, error) {
	_, inner, err := root(data)
	if err != nil {
		return nil, err
	}
	views, ok := named(inner, "sheetViews")
	if !ok {
		return nil, nil
	}
	all, err := views.children(data)
	if err != nil {
		return nil, err
	}
	var edits []edit
	for _, v := range all {
		head := data[v.start:v.end]
		_, _, has := attrSpan(head, "tabSelected")
		switch {
		case on:
			edits = append(edits, edit{v.start, v.end, string(setAttr(head, "tabSelected", "1"))})
		case has:
			edits = append(edits, edit{v.start, v.end, string(withoutAttr(head, "tabSelected"))})
		}
	}
	return edits, nil
}

// sharedStrings are what each shared string of a saved Book holds, as markup.
func (p *Package) sharedStrings() ([]string, error) {
	const name = "xl/sharedStrings.xml"
	if !p.has(name) {
		return nil, nil
	}
	_, data, err := p.topOf(name)
	if err != nil {
		return nil, err
	}
	_, all, err := root(data)
	if err != nil {
		return nil, err
	}
	texts := make([]string, len(all))
	for i, e := range all {
		texts[i] = string(data[e.end:max(e.end, e.tail)])
	}
	return texts, nil
}

// moved makes the part of a sheet of a saved Book fit for another workbook: its
// formats get their new numbers and its texts are stored in its cells.
func moved(data []byte, formats []int, shared []string, open bool) ([]byte, error) {
	edits, err := selection(data, open)
	if err != nil {
		return nil, err
	}
	for from := 0; ; {
		t, ok := nextTag(data, from)
		if !ok {
			return edited(data, edits), nil
		}
		from = t.end
		attribute := map[string]string{"c": "s", "row": "s", "col": "style"}[t.name]
		if attribute == "" || t.closing {
			continue
		}
		head := data[t.start:t.end]
		if old := attr(head, attribute); old != "" {
			n, err := strconv.Atoi(old)
			if err != nil || n < 0 || n >= len(formats) {
				return nil, errMarkup
			}
			head = setAttr(head, attribute, strconv.Itoa(formats[n]))
		} else if t.name == "c" {
			head = setAttr(head, attribute, strconv.Itoa(formats[0]))
		}
		if t.name != "c" || t.selfClosing || attr(head, "t") != "s" {
			edits = append(edits, edit{t.start, t.end, string(head)})
			continue
		}
		inner, last, err := cellText(data, t, shared)
		if err != nil {
			return nil, err
		}
		edits = append(edits, edit{t.start, last, string(setAttr(head, "t", "inlineStr")) + "<is>" + inner + "</is></c>"})
		from = last
	}
}

// cellText gives the markup of a cell's shared string and where the cell ends.
func cellText(data []byte, c tag, shared []string) (inner string, last int, err error) {
	open, ok1 := nextTag(data, c.end)
	end, ok2 := nextTag(data, open.end)
	after, ok3 := nextTag(data, end.end)
	if !ok1 || !ok2 || !ok3 || open.name != "v" || !end.closing || !after.closing || after.name != "c" {
		return "", 0, errMarkup
	}
	n, err := strconv.Atoi(string(data[open.end:end.start]))
	if err != nil || n < 0 || n >= len(shared) {
		return "", 0, errMarkup
	}
	return shared[n], after.end, nil
}
