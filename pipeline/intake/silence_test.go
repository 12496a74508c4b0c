package intake

import (
	"strings"
	"testing"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/layout"
	"tonghop/pipeline/layout/gridtest"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/workbook"
)

// Whatever stands in a report that counts, no figure of it is dropped in
// silence: it is a value, or told, or it stands where headings and labels say
// that it is not asked for.
func FuzzNoFigureIsDroppedInSilence(f *testing.F) {
	for _, seed := range []string{
		"Mã | Kỳ này | Kỳ trước | Khác\nLD | 41 | 40 | 3\nXX | 7\nHO | 5",
		"TT | Chỉ tiêu | Kỳ này\nI | Nhóm | 9\n1 | Số hộ được giúp | 9\n| Tổng cộng | 8\nNgười lập biểu\n5 | 6",
		"1 | 2\nMã | Kỳ này\nLD | 41\nHết bảng\n3 | 4\n# Khác\n8 | 9",
		"Chỉ tiêu | Năm 2025 | <\n^ | Tháng 6 | Lũy kế\nTrong đó: nữ | 3 | 4\n(1) | (2) | (3)\n7 | 8 | 9",
	} {
		f.Add(seed)
	}
	var cat *catalogue.Catalogue
	f.Fuzz(func(t *testing.T, grid string) {
		if cat == nil {
			cat = load(t, map[string]string{
				"units": definitions["units"], "programmes": definitions["programmes"], "forms": definitions["forms"], "indicators": asked,
			})
		}
		if strings.Contains(grid, "@") || strings.Contains(grid, "<") && strings.Contains(grid, "^") && len(grid) > 500 || len(grid) > 1500 {
			return
		}
		r := reader{file: submission.File{Path: "a.xlsx"}, lexicon: newLexicon(cat, times), book: gridtest.Book(t, top+grid)}
		got := r.read()
		if got.Submission == nil {
			if len(got.Findings) == 0 {
				t.Errorf("not used, and nothing is said")
			}
			return
		}
		for _, sheet := range r.sheets {
			for _, c := range sheet.Cells {
				if c.Kind == workbook.Number && !r.told(sheet, c, got.Submission) {
					t.Errorf("%s!%s (%s) is dropped, of\n%s", sheet.Name, c.Ref, c.Raw, grid)
				}
			}
		}
	})
}

// told reports whether a number is a value, in a finding, or meant for the eye.
func (r *reader) told(sheet *workbook.Sheet, c workbook.Cell, s *submission.Submission) bool {
	for _, v := range s.Values.All() {
		if v.Sheet == sheet.Name && v.Cell == c.Ref.String() {
			return true
		}
	}
	if r.taken[spot{sheet.Name, c.Ref}] {
		return true
	}
	for _, f := range s.Findings {
		if f.Sheet != sheet.Name {
			continue
		}
		if f.Cell == c.Ref.String() || f.Code == finding.CellsOutside && (strings.Contains("|"+f.Args["cells"], "|"+c.Ref.String()+" (") || strings.HasSuffix(f.Args["cells"], "…")) {
			return true
		}
	}
	for _, st := range r.steps {
		if st.line.table.Sheet == sheet && st.line.value.Ref == c.Ref && st.kind != rowStep {
			return true // a sum that agrees
		}
	}
	for _, t := range r.tables {
		if t.Sheet != sheet || c.Ref.Row < t.Top || c.Ref.Row >= t.End {
			continue
		}
		if c.Ref.Row < t.Body {
			return true // a heading
		}
		if c.Ref.Col == t.value {
			for _, f := range s.Findings { // at the name or code beside it
				if f.Sheet == sheet.Name && f.Row == c.Ref.Row {
					return true
				}
			}
			return false
		}
		return t.RoleOf(c.Ref.Col) != layout.Unknown
	}
	name := sheet.Name
	return strings.EqualFold(name, "Hướng dẫn") || strings.EqualFold(name, "Thuyết minh")
}
