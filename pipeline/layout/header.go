package layout

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"tonghop/pipeline/vietnamese"
	"tonghop/pipeline/workbook"
)

// mostHeaderRows is how many rows a header has at most.
const mostHeaderRows = 3

// hasAnchor reports whether a row has the heading of names or codes, without
// which nothing is a header.
func (g grid) hasAnchor(cells []workbook.Cell) bool {
	for i := range cells {
		if g.says(&cells[i]).anchor {
			return true
		}
	}
	return false
}

// tableAt finds the table whose header has its anchor in row i and begins no
// higher than row free, and the index of the row after the header.
func (g grid) tableAt(i, free int) (t *Table, next int, ok bool) {
	if !g.hasAnchor(g.rows[i]) {
		return nil, 0, false
	}
	first, last := i, g.headerEnd(i)
	columns := g.columns(first, last)
	// A heading of months may stand above the row with the names.
	for first > free && !saysWhen(columns) && g.isAbove(first-1, first, last) {
		first--
		columns = g.columns(first, last)
	}
	if hasValues(columns) == g.unread {
		return nil, 0, false
	}
	t = &Table{
		Sheet: g.sheet, Top: g.rows[first][0].Ref.Row, Header: g.rows[last][0].Ref.Row, End: NoEnd, Columns: columns, finder: g.Finder,
	}
	t.Body, next = t.Header+1, last+1
	if next < len(g.rows) && g.rows[next][0].Ref.Row == t.Body && t.numbersColumns(g.rows[next]) {
		t.Body, next = t.Body+1, next+1
	}
	return t, next, true
}

func hasValues(columns []Column) bool {
	return saysWhen(columns) || slices.ContainsFunc(columns, func(c Column) bool { return c.Role == Result })
}

func saysWhen(columns []Column) bool {
	return slices.ContainsFunc(columns, func(c Column) bool { return c.Role == Value || c.Role == Dated })
}

// headerEnd is the index of the last row of the header that begins in row i: as
// far down as its anchor is merged, or as rows of nothing but headings go on
// under it.
func (g grid) headerEnd(i int) int {
	top := g.rows[i][0].Ref.Row
	bottom := top
	var anchors []int
	for _, c := range g.rows[i] {
		if !g.says(&c).anchor {
			continue
		}
		anchors = append(anchors, c.Ref.Col)
		if merged, ok := g.merged[c.Ref]; ok {
			bottom = max(bottom, min(merged.To.Row, top+mostHeaderRows-1))
		}
	}
	for i+1 < len(g.rows) {
		next := g.rows[i+1]
		row := next[0].Ref.Row
		if row > bottom && (row != bottom+1 || row-top >= mostHeaderRows || !g.goesOn(next, anchors)) {
			break
		}
		i, bottom = i+1, max(bottom, row)
	}
	return i
}

// goesOn reports whether a row under a header belongs to it: nothing but texts,
// one of them a known heading, and nothing under the anchors.
func (g grid) goesOn(cells []workbook.Cell, anchors []int) bool {
	known := false
	for _, c := range cells {
		if c.Kind != workbook.Text || slices.Contains(anchors, c.Ref.Col) || g.says(&c).anchor {
			return false
		}
		known = known || g.role(heading(c)).Role != Unknown
	}
	return known
}

// isAbove reports whether row i lies right above a header and has headings of
// figures.
func (g grid) isAbove(i, first, last int) bool {
	row, top, bottom := g.rows[i][0].Ref.Row, g.rows[first][0].Ref.Row, g.rows[last][0].Ref.Row
	if row != top-1 || bottom-row >= mostHeaderRows {
		return false
	}
	known := false
	for _, c := range g.rows[i] {
		text := heading(c)
		if c.Kind != workbook.Text || strings.HasSuffix(strings.TrimSpace(text), ":") {
			return false
		}
		known = known || g.role(text).Role != Unknown
	}
	return known
}

// columns reads the headings of rows first to last, by index.
func (g grid) columns(first, last int) []Column {
	texts := make(map[int][]string)
	lowest := make(map[int]workbook.Ref)
	for _, cells := range g.rows[first : last+1] {
		for _, c := range cells {
			text := heading(c)
			if text == "" {
				continue
			}
			to := c.Ref.Col
			if merged, ok := g.merged[c.Ref]; ok {
				const widest = 64 // columns; a title may be merged over a whole sheet
				to = min(merged.To.Col, to+widest)
			}
			for col := c.Ref.Col; col <= to; col++ {
				texts[col], lowest[col] = append(texts[col], text), c.Ref
			}
		}
	}
	var all []Column
	for col, texts := range texts {
		c := Column{Col: col, Heading: strings.Join(texts, " / "), At: lowest[col]}
		heard := g.classify(texts)
		c.Role, c.Said = heard.Role, heard.Said
		_, c.Bracket = Bracketed(texts[len(texts)-1])
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b Column) int { return a.Col - b.Col })
	return all
}

// heading is the text of a cell of the header, on one line.
func heading(c workbook.Cell) string {
	const longest = 160 // bytes
	if c.Kind != workbook.Text || len(c.Raw) > longest {
		return ""
	}
	return strings.Join(strings.Fields(vietnamese.Normalize(c.Raw)), " ")
}

// columnNumber is what stands in a row that numbers the columns: "3", "(3)",
// "A", "(5)=(3)+(4)".
var columnNumber = regexp.MustCompile(`^\(?\s*([0-9]{1,2}|[A-Za-z])\s*\)?\s*(=.*)?$`)

// numbersColumns reports whether a row numbers the columns: from the left each
// cell follows the one before, and the column of names or codes has one.
func (t *Table) numbersColumns(cells []workbook.Cell) bool {
	const fewest = 3 // "A | 1" may be an indicator and its figure
	named, before := false, ""
	if len(cells) < fewest {
		return false
	}
	for _, c := range cells {
		match := columnNumber.FindStringSubmatch(strings.TrimSpace(vietnamese.Normalize(c.Raw)))
		if match == nil || c.Kind != workbook.Text && c.Kind != workbook.Number {
			return false
		}
		label := strings.ToUpper(match[1])
		if before != "" && !follows(before, label) {
			return false
		}
		before = label
		role := t.RoleOf(c.Ref.Col)
		named = named || role == Name || role == Code
	}
	return named
}

// follows reports whether a column's number comes after another's: 4 after 3, B
// after A, and 1 after a letter.
func follows(before, label string) bool {
	a, errA := strconv.Atoi(before)
	b, errB := strconv.Atoi(label)
	switch {
	case errA == nil && errB == nil:
		return b == a+1
	case errA != nil && errB != nil:
		return label[0] == before[0]+1
	}
	return errA != nil && b == 1
}
