package layout

import (
	"regexp"
	"slices"
	"strings"

	"tonghop/pipeline/vietnamese"
	"tonghop/pipeline/workbook"
)

const endMark = "het bang" // folded

// signatures are texts, folded, that stand alone where a report is signed.
var signatures = []string{
	"nguoi lap", "nguoi lap bieu", "nguoi lap bang", "nguoi bao cao", "nguoi tong hop", "can bo lap bieu", "nguoi duyet", "nguoi kiem tra",
	"thu truong", "thu truong don vi", "thu truong co quan", "chu tich", "pho chu tich", "kt chu tich", "noi nhan", "xac nhan cua thu truong",
}

// openings are how the lines begin that end a table, on plain text: an
// authority to sign, who gets the report, a note.
var openings = []string{"tm.", "kt.", "tl.", "tm ban", "noi nhan:", "ghi chu:", "luu y:", "nguoi lap bieu:", "nguoi lap:", "* ghi chu", "(*)", "(ky, "}

// placeDate is "Ba Đình, ngày 16 tháng 6 năm 2025", filled in or not.
var placeDate = regexp.MustCompile(`^[^\d]*,?\s*ngay[\s.…_\d]+thang[\s.…_\d]+nam[\s.…_\d]*$`)

func isPlaceDate(plain string) bool {
	return strings.Contains(plain, "ngay") && placeDate.MatchString(plain)
}

// Closes reports whether a text stands where a report is signed or dated.
func Closes(text string) bool {
	const longest = 120 // bytes
	if len(text) > longest {
		return false
	}
	plain := strings.TrimSpace(vietnamese.Plain(text))
	return slices.Contains(signatures, vietnamese.Fold(text)) || isPlaceDate(plain) ||
		slices.ContainsFunc(openings, func(o string) bool { return !isNote(o) && strings.HasPrefix(plain, o) })
}

func isNote(opening string) bool {
	return strings.HasPrefix(opening, "ghi chu") || strings.HasPrefix(opening, "luu y") || strings.HasPrefix(opening, "*") || opening == "(*)"
}

// endsAt reports whether a row ends the table. What units write themselves is
// never taken for an end: a row with a code or with a figure is none, and no
// mark is looked for among figures and notes.
func (t *Table) endsAt(cells []workbook.Cell) bool {
	ends := false
	for i := range cells {
		c := &cells[i]
		role, says := t.RoleOf(c.Ref.Col), t.finder.says(c)
		written := role.holdsFigures() || role == Note
		switch {
		case !written && says.ends:
			return true
		case role == Code && strings.TrimSpace(c.Raw) != "" && !says.closes:
			return false
		case role.holdsFigures() && c.Kind == workbook.Number:
			return false
		case says.signs, !written && says.opens:
			ends = true
		}
	}
	return ends
}

func (r Role) holdsFigures() bool { return r == Value || r == Dated || r == Result }

// Reach carries a table that ends at a note or a signature on to the end below
// its last row before a given one that has a value and, by isRow, a known code
// or name. An end mark stays the end.
func (t *Table) Reach(before int, isRow func(text string, role Role) bool) {
	start, _ := slices.BinarySearchFunc(t.Sheet.Cells, t.End, func(c workbook.Cell, row int) int { return c.Ref.Row - row })
	below, reached := workbook.Sheet{Cells: t.Sheet.Cells[start:]}, false
	end, rest := t.End, Rows(&below)
	for cells := range rest {
		row := cells[0].Ref.Row
		if row >= before || slices.ContainsFunc(cells, func(c workbook.Cell) bool { return t.finder.says(&c).ends }) {
			if reached && end == NoEnd {
				end = row
			}
			break
		}
		named, valued := false, false
		for _, c := range cells {
			switch role := t.RoleOf(c.Ref.Col); role {
			case Code, Name:
				named = named || strings.TrimSpace(c.Raw) != "" && isRow(c.Raw, role)
			case Value, Dated, Result:
				valued = valued || strings.TrimSpace(c.Raw) != ""
			}
		}
		switch {
		case named && valued:
			reached, end = true, NoEnd
		case end == NoEnd && t.endsAt(cells):
			end = row
		}
	}
	if reached {
		t.End = end
		if end == NoEnd && before < NoEnd {
			t.End = before
		}
	}
}

func opens(text string) bool {
	plain := strings.TrimSpace(vietnamese.Plain(text[:min(len(text), 400)]))
	return isPlaceDate(plain) || slices.ContainsFunc(openings, func(o string) bool { return strings.HasPrefix(plain, o) })
}
