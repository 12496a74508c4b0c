package write

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// styleSheet is a workbook's part of styles, to which styles are added. Those
// there are keep their numbers.
type styleSheet struct {
	part  string
	data  []byte
	top   element
	lists map[string]*styleList
	// memo holds the formats made from others, by number and fill, and looks those of
	// whole styles.
	memo  map[string]int
	looks map[Style]int
}

// styleList is one of the part's lists.
type styleList struct {
	element
	items []string // what there is, then what was added
	had   int
}

// The lists that sheets put in front need. Formats refer to the others.
var styleLists = []string{"numFmts", "fonts", "fills", "borders", "cellXfs"}

func (p *Package) styleSheet() (*styleSheet, error) {
	if p.styles != nil {
		return p.styles, nil
	}
	relations, err := p.relations(p.main)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(relations, func(r relation) bool { return r.is("styles") })
	if i < 0 {
		return nil, fmt.Errorf("styles: %w", errMarkup)
	}
	data, err := p.part(relations[i].target)
	if err != nil {
		return nil, err
	}
	if p.styles, err = readStyleSheet(data); err == nil {
		p.styles.part = relations[i].target
	}
	return p.styles, err
}

func readStyleSheet(data []byte) (*styleSheet, error) {
	s := &styleSheet{data: data, lists: map[string]*styleList{}, memo: map[string]int{}, looks: map[Style]int{}}
	top, inner, err := root(data)
	if err != nil {
		return nil, fmt.Errorf("styles: %w", err)
	}
	s.top = top
	for _, name := range styleLists {
		l := &styleList{}
		e, ok := named(inner, name)
		if !ok && name != "numFmts" {
			return nil, fmt.Errorf("styles without %s: %w", name, errMarkup)
		}
		if ok {
			l.element = e
			all, err := e.children(data)
			if err != nil {
				return nil, fmt.Errorf("styles: %w", err)
			}
			for _, item := range all {
				l.items = append(l.items, item.text(data))
			}
		}
		l.had = len(l.items)
		s.lists[name] = l
	}
	// A list may be empty, and yet cells and formats refer to its first item.
	for _, first := range [...]struct{ list, item string }{
		{"fonts", `<font/>`}, {"borders", `<border/>`}, {"cellXfs", `<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>`},
	} {
		if l := s.lists[first.list]; len(l.items) == 0 {
			l.items = append(l.items, s.foreign(first.item, mainSpace))
		}
	}
	// The first two fills are none and grey whatever the part says of them.
	for fills := s.lists["fills"]; len(fills.items) < 2; {
		pattern := [...]string{"none", "gray125"}[len(fills.items)]
		fills.items = append(fills.items, s.foreign(`<fill><patternFill patternType="`+pattern+`"/></fill>`, mainSpace))
	}
	return s, nil
}

// add appends an item to a list, or finds it there, and gives its number.
func (s *styleSheet) add(list, item string) int {
	l := s.lists[list]
	if i := slices.Index(l.items, item); i >= 0 {
		return i
	}
	l.items = append(l.items, item)
	return len(l.items) - 1
}

// foreign makes an item from a workbook without prefixes fit for this one.
func (s *styleSheet) foreign(item, space string) string {
	if !strings.Contains(s.top.name, ":") {
		return item
	}
	first, ok := nextTag([]byte(item), 0)
	if !ok {
		return item
	}
	return string(setAttr([]byte(item[:first.end]), "xmlns", space)) + item[first.end:]
}

// solid is a fill of one colour, RRGGBB.
func solid(color string) string {
	return `<fill><patternFill patternType="solid"><fgColor rgb="FF` + color + `"/><bgColor indexed="64"/></patternFill></fill>`
}

// fill gives the fill of a format without the prefixes of this workbook.
func (s *styleSheet) fill(format int) string {
	formats, fills := s.lists["cellXfs"].items, s.lists["fills"].items
	if format < 0 || format >= len(formats) {
		return ""
	}
	n, err := strconv.Atoi(attr([]byte(formats[format]), "fillId"))
	if err != nil || n < 0 || n >= len(fills) {
		return ""
	}
	if prefix, _, found := strings.Cut(s.top.name, ":"); found {
		return strings.NewReplacer("</"+prefix+":", "</", "<"+prefix+":", "<").Replace(fills[n])
	}
	return fills[n]
}

// filled gives the format that differs from another only by its fill.
func (s *styleSheet) filled(format int, fill, space string) (int, error) {
	key := strconv.Itoa(format) + fill
	if n, ok := s.memo[key]; ok {
		return n, nil
	}
	formats := s.lists["cellXfs"].items
	if format < 0 || format >= len(formats) {
		return 0, fmt.Errorf("cell format %d: %w", format, errMarkup)
	}
	original := []byte(formats[format])
	first, ok := nextTag(original, 0)
	if !ok {
		return 0, fmt.Errorf("cell format %d: %w", format, errMarkup)
	}
	head := setAttr(original[:first.end], "fillId", strconv.Itoa(s.add("fills", s.foreign(fill, space))))
	head = setAttr(head, "applyFill", "1")
	n := s.add("cellXfs", string(head)+string(original[first.end:]))
	s.memo[key] = n
	return n, nil
}

// saveStyles writes what was added.
func (p *Package) saveStyles() {
	s := p.styles
	if s == nil {
		return
	}
	var edits []edit
	for _, name := range styleLists {
		l := s.lists[name]
		if len(l.items) == l.had {
			continue
		}
		more := strings.Join(l.items[l.had:], "")
		if l.name == "" { // numFmts, which come first
			own := s.top.sibling(name)
			edits = append(edits, edit{s.top.end, s.top.end, fmt.Sprintf(`<%s count="%d">%s</%s>`, own, len(l.items), more, own)})
			continue
		}
		head := setAttr(s.data[l.start:l.end], "count", strconv.Itoa(len(l.items)))
		if l.selfClosing { // empty, as openpyxl writes a list without items
			edits = append(edits, edit{l.start, l.end, opened(head) + more + "</" + l.name + ">"})
			continue
		}
		edits = append(edits, edit{l.start, l.end, string(head)}, edit{l.tail, l.tail, more})
	}
	if len(edits) > 0 {
		p.put(s.part, edited(s.data, edits))
	}
}
