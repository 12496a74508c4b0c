package intake

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"tonghop/pipeline/finding"
	"tonghop/pipeline/layout"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/vietnamese"
	"tonghop/pipeline/workbook"
)

// mostListed is how many cells one finding lists.
const mostListed = 12

// figureText matches text that would be a figure in a table.
var figureText = regexp.MustCompile(`^[-(~]?[0-9][0-9.,\s]*[)%]?$`)

// tellOutside tells, once a sheet, which cells are not read: figures anywhere
// but in the columns of the table, whatever stands in a column of the table that
// has no heading, and text between a table's end and its signatures. Titles,
// signatures and what stands beside the form's labels are not meant to be
// figures, and dates are none. What stands beside an answer on abuse cases may be
// about persons: its place alone is told.
func (r *reader) tellOutside(values []submission.Value) {
	private := map[spotRow]bool{}
	for _, v := range values {
		if ind, ok := r.cat.Indicator(v.Indicator); ok && ind.CityOnly {
			private[spotRow{v.Sheet, v.Row}] = true
		}
	}
	for _, sheet := range r.sheets {
		name := vietnamese.Fold(sheet.Name)
		if name == guideSheet || name == remarksSheet {
			continue
		}
		count, figures := 0, false
		var first workbook.Cell
		var listed []string
		for _, c := range r.outside(sheet) {
			figures = figures || isFigure(c)
			if private[spotRow{sheet.Name, c.Ref.Row}] && !isFigure(c) {
				c.Raw = "…"
			}
			if count++; count == 1 {
				first = c
			}
			if count <= mostListed {
				listed = append(listed, c.Ref.String()+" ("+quoted(c.Raw)+")")
			}
		}
		if count == 0 {
			continue
		}
		if count > mostListed {
			listed = append(listed, "…")
		}
		f := finding.New(finding.CellsOutside).With("count", strconv.Itoa(count)).With("cells", strings.Join(listed, "|"))
		if !figures {
			f.Severity = finding.Note
		}
		f.Sheet, f.Cell, f.Row, f.Col, f.Raw = sheet.Name, first.Ref.String(), first.Ref.Row, first.Ref.Col, first.Raw
		r.add(f)
	}
}

// spotRow is a row of a sheet.
type spotRow struct {
	sheet string
	row   int
}

// outside gives the cells of a sheet that are told of.
func (r *reader) outside(sheet *workbook.Sheet) []workbook.Cell {
	var tables []*layout.Table
	for _, t := range r.tables {
		if t.Sheet == sheet {
			tables = append(tables, t.Table)
		}
	}
	var all []workbook.Cell
	signed := false // whether the signatures have begun
	for cells := range layout.Rows(sheet) {
		row := cells[0].Ref.Row
		i := slices.IndexFunc(tables, func(t *layout.Table) bool { return t.Top <= row && row < t.End })
		below := i < 0 && len(tables) > 0 && row >= tables[0].End
		if i < 0 {
			signed = below && (signed || slices.ContainsFunc(cells, func(c workbook.Cell) bool { return c.Kind == workbook.Text && layout.Closes(c.Raw) }))
		}
		for _, c := range cells {
			told := false
			if i >= 0 {
				told = row >= tables[i].Body && tables[i].RoleOf(c.Ref.Col) == layout.Unknown
			} else {
				told = isFigure(c) || below && !signed && c.Kind == workbook.Text && vietnamese.Fold(c.Raw) != "het bang"
			}
			if told && r.tidied(&c) != "" && !r.taken[spot{sheet.Name, c.Ref}] {
				all = append(all, c)
			}
		}
	}
	return all
}

// isFigure reports whether a cell would be a figure in a table. A date is none,
// nor is what begins with a zero: a telephone number, a code.
func isFigure(c workbook.Cell) bool {
	switch c.Kind {
	case workbook.Number:
		return !c.IsDate()
	case workbook.Text:
		text := tidy(c.Raw)
		const longest = 24
		return len(text) <= longest && figureText.MatchString(text) && !(len(text) > 2 && text[0] == '0' && text[1] >= '0' && text[1] <= '9')
	}
	return false
}

// quoted is a cell's text as a list can hold it.
func quoted(raw string) string {
	const longest = 30 // letters
	text := []rune(strings.ReplaceAll(strings.Join(strings.Fields(tidy(raw)), " "), "|", "/"))
	if len(text) > longest {
		return string(text[:longest]) + "…"
	}
	return string(text)
}
