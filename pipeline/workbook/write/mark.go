package write

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// NoteAuthor signs the comments of marks, so that they can be taken off again.
const NoteAuthor = "tonghop"

// markName begins the hidden names of marked cells. A name follows its cell
// when rows are inserted, and its comment keeps the fill the cell had.
const markName = "TH_DANH_DAU_"

// Mark is a cell to be filled and commented.
type Mark struct {
	Sheet string
	At    Ref
	Fill  string // RRGGBB
	Note  string
	// Quote introduces the comment that the cell had, which is kept below ours.
	Quote string
}

// Mark fills and comments cells. A cell is marked once; one within merged cells
// is marked at the first of them; one on a sheet that is not there is left out.
// The cell's other formats and its content stay.
func (p *Package) Mark(marks []Mark) error {
	bySheet, order := map[string][]Mark{}, []string(nil)
	for _, m := range marks {
		part, err := p.sheetPart(m.Sheet)
		if err != nil {
			return fmt.Errorf("mark cells: %w", err)
		}
		if part == "" {
			continue
		}
		if bySheet[part] == nil {
			order = append(order, part)
		}
		bySheet[part] = append(bySheet[part], m)
	}
	var names []BookName
	for _, part := range order {
		own := bySheet[part]
		grid, err := p.grid(part)
		if err != nil {
			return fmt.Errorf("mark cells on %q: %w", own[0].Sheet, err)
		}
		for i := range own {
			own[i].At = grid.shown(own[i].At)
		}
		slices.SortStableFunc(own, func(a, b Mark) int { return cmp.Or(cmp.Compare(a.At.Row, b.At.Row), cmp.Compare(a.At.Col, b.At.Col)) })
		own = slices.CompactFunc(own, func(a, b Mark) bool { return a.At == b.At })
		before := make([]string, len(own))
		place, err := p.addNotes(part, grid, own)
		if err != nil {
			return fmt.Errorf("mark cells on %q: %w", own[0].Sheet, err)
		}
		err = p.restyle(part, own, place, func(i, format int) (int, error) {
			s, err := p.styleSheet()
			if err != nil {
				return 0, err
			}
			before[i] = s.fill(format)
			return s.filled(format, solid(own[i].Fill), p.space(mainSpace))
		})
		if err != nil {
			return fmt.Errorf("mark cells on %q: %w", own[0].Sheet, err)
		}
		for i, m := range own {
			if units(before[i]) > maxNameComment {
				before[i] = ""
			}
			names = append(names, BookName{
				Name: markName + strconv.Itoa(len(names)+1), RefersTo: Quote(m.Sheet) + "!" + m.At.Abs(), Comment: before[i], Hidden: true,
			})
		}
	}
	return p.Define(names...)
}

const maxNameComment = 255

// Unmark takes off what Mark put on, also when the workbook has been changed
// and saved by Excel since: the fill, unless it is another by now, and the
// comment, which leaves what it quoted.
func (p *Package) Unmark() error {
	names, err := p.Names(markName)
	if err == nil {
		err = p.RemoveNames(markName)
	}
	marked := map[string][]Ref{} // by part
	for _, n := range names {
		if err != nil {
			break
		}
		var part string
		sheet, at, ok := splitPlace(n.RefersTo)
		if part, err = p.sheetPart(sheet); err != nil || !ok || part == "" {
			continue
		}
		marked[part] = append(marked[part], at)
		err = p.refill(part, at, n.Comment)
	}
	if err == nil {
		err = p.removeNotes(marked)
	}
	if err != nil {
		return fmt.Errorf("take off marks: %w", err)
	}
	return nil
}

func (p *Package) refill(part string, at Ref, fill string) error {
	s, err := p.styleSheet()
	if err != nil {
		return err
	}
	return p.restyle(part, []Mark{{At: at}}, nil, func(_, format int) (int, error) {
		now := strings.ToUpper(s.fill(format))
		if !strings.Contains(now, FillError) && !strings.Contains(now, FillWarn) && !strings.Contains(now, FillNote) {
			return format, nil
		}
		if fill == "" {
			fill = `<fill><patternFill patternType="none"/></fill>`
		}
		return s.filled(format, fill, p.space(mainSpace))
	})
}

// splitPlace takes 'Báo cáo'!$E$14 apart.
func splitPlace(place string) (sheet string, at Ref, ok bool) {
	i := strings.LastIndex(place, "!")
	if i < 1 {
		return "", Ref{}, false
	}
	sheet = place[:i]
	if strings.HasPrefix(sheet, "'") {
		sheet = strings.ReplaceAll(strings.Trim(sheet, "'"), "''", "'")
	}
	at, ok = ParseRef(strings.ReplaceAll(place[i+1:], "$", ""))
	return sheet, at, ok
}

// ParseRef reads "E14".
func ParseRef(text string) (Ref, bool) {
	letters := strings.TrimRight(text, "0123456789")
	row, err := strconv.Atoi(text[len(letters):])
	if err != nil || row < 1 || row > 1<<20 || letters == "" || len(letters) > 3 {
		return Ref{}, false
	}
	col := 0
	for _, c := range []byte(letters) {
		if c < 'A' || c > 'Z' {
			return Ref{}, false
		}
		col = col*26 + int(c-'A') + 1
	}
	return Ref{Row: row, Col: col}, true
}

// restyle gives cells of a sheet other formats: to says which, from the format
// the cell has or takes from its row or column. Cells that are not stored are
// added without content. marks are ordered by row and column. What else is to be
// edited of the sheet is so on the way, for it is long to look through.
func (p *Package) restyle(part string, marks []Mark, more []edit, to func(i, format int) (int, error)) error {
	sheet, err := p.tree(part)
	if err != nil {
		return err
	}
	rows, ok := named(sheet.inner, "sheetData")
	if !ok {
		return errMarkup
	}
	r := restyling{tree: sheet, cell: sheet.top.sibling("c"), to: to, columns: columnFormats(sheet.data, sheet.inner)}
	if err := r.rows(rows, sheet.top.sibling("row"), marks); err != nil {
		return err
	}
	p.put(part, edited(sheet.data, append(r.edits, more...)))
	return nil
}

type restyling struct {
	tree
	cell    string // what the sheet calls a cell
	to      func(i, format int) (int, error)
	columns func(col int) int
	edits   []edit
}

func (r *restyling) rows(list element, row string, marks []Mark) error {
	all, err := r.children(list)
	if err != nil {
		return err
	}
	number, next := 0, 0 // next is the first mark not yet placed
	for _, e := range all {
		number++
		if n, err := strconv.Atoi(e.attr(r.data, "r")); err == nil {
			number = n
		}
		from := next
		for next < len(marks) && marks[next].At.Row < number {
			next++
		}
		if err := r.newRows(edit{from: e.start, to: e.start}, row, marks, from, next); err != nil {
			return err
		}
		from = next
		for next < len(marks) && marks[next].At.Row == number {
			next++
		}
		if from < next {
			if err := r.row(e, marks, from, next); err != nil {
				return err
			}
		}
	}
	if next == len(marks) {
		return nil
	}
	if !list.selfClosing {
		return r.newRows(edit{from: list.tail, to: list.tail}, row, marks, next, len(marks))
	}
	if err := r.newRows(edit{}, row, marks, next, len(marks)); err != nil { // an empty sheet
		return err
	}
	r.edits = []edit{list.appended(r.data, r.edits[0].with)}
	return nil
}

// newRows adds the rows of the marks from..to at a place.
func (r *restyling) newRows(at edit, row string, marks []Mark, from, to int) error {
	for i := from; i < to; {
		number := marks[i].At.Row
		at.with += fmt.Sprintf(`<%s r="%d">`, row, number)
		for ; i < to && marks[i].At.Row == number; i++ {
			cell, err := r.newCell(i, marks[i].At, r.columns(marks[i].At.Col))
			if err != nil {
				return err
			}
			at.with += cell
		}
		at.with += "</" + row + ">"
	}
	if at.with != "" {
		r.edits = append(r.edits, at)
	}
	return nil
}

func (r *restyling) newCell(i int, at Ref, format int) (string, error) {
	format, err := r.to(i, format)
	return fmt.Sprintf(`<%s r="%s" s="%d"/>`, r.cell, at, format), err
}

func (r *restyling) row(e element, marks []Mark, from, to int) error {
	all, err := e.children(r.data)
	if err != nil {
		return err
	}
	cells := map[int]element{} // by column
	order, col := []int(nil), 0
	for _, c := range all {
		if c.local() != "c" {
			continue
		}
		col++
		if ref, ok := ParseRef(c.attr(r.data, "r")); ok {
			col = ref.Col
		}
		cells[col] = c
		order = append(order, col)
	}
	rowFormat := -1
	if custom := e.attr(r.data, "customFormat"); custom == "1" || custom == "true" {
		rowFormat, _ = strconv.Atoi(e.attr(r.data, "s"))
	}
	last := "" // cells behind all others
	for i := from; i < to; i++ {
		at := marks[i].At
		if c, ok := cells[at.Col]; ok {
			format, _ := strconv.Atoi(c.attr(r.data, "s"))
			if format, err = r.to(i, format); err != nil {
				return err
			}
			r.edits = append(r.edits, edit{c.start, c.end, string(setAttr(r.data[c.start:c.end], "s", strconv.Itoa(format)))})
			continue
		}
		format := rowFormat
		if format < 0 {
			format = r.columns(at.Col)
		}
		cell, err := r.newCell(i, at, format)
		if err != nil {
			return err
		}
		if n := slices.IndexFunc(order, func(col int) bool { return col > at.Col }); n >= 0 {
			before := cells[order[n]].start
			r.edits = append(r.edits, edit{before, before, cell})
		} else {
			last += cell
		}
	}
	head := withoutAttr(r.data[e.start:e.end], "spans") // a hint that may be wrong now
	if e.selfClosing && last != "" {
		head = []byte(strings.TrimRight(strings.TrimSuffix(string(head), "/>"), " ") + ">" + last + "</" + e.name + ">")
	} else if last != "" {
		r.edits = append(r.edits, edit{e.tail, e.tail, last})
	}
	r.edits = append(r.edits, edit{e.start, e.end, string(head)})
	return nil
}

// columnFormats tells the format of cells that are not stored.
func columnFormats(data []byte, inner []element) func(col int) int {
	type block struct{ from, to, format int }
	var blocks []block
	if list, ok := named(inner, "cols"); ok {
		all, _ := list.children(data)
		for _, c := range all {
			var b block
			b.from, _ = strconv.Atoi(c.attr(data, "min"))
			b.to, _ = strconv.Atoi(c.attr(data, "max"))
			b.format, _ = strconv.Atoi(c.attr(data, "style"))
			blocks = append(blocks, b)
		}
	}
	return func(col int) int {
		for _, b := range blocks {
			if b.from <= col && col <= b.to {
				return b.format
			}
		}
		return 0
	}
}
