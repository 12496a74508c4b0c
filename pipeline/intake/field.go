package intake

import (
	"strconv"
	"strings"
	"unicode"

	"tonghop/pipeline/finding"
	"tonghop/pipeline/vietnamese"
	"tonghop/pipeline/workbook"
)

// fieldName is a defined name of the form, which is where a field is looked for
// first, with the labels beside which it stands where the name was lost: folded,
// as a person reads them.
type fieldName struct {
	name   string
	labels []string
}

var (
	fieldUnitID     = fieldName{"TH_MA_DON_VI", []string{"ma don vi", "ma don vi bao cao"}}
	fieldUnit       = fieldName{"TH_DON_VI", []string{"don vi bao cao", "don vi"}}
	fieldPeriod     = fieldName{"TH_KY", []string{"ky bao cao", "ky"}}
	fieldForm       = fieldName{"TH_MAU", []string{"mau", "mau so", "mau bieu", "phien ban mau", "phien ban bieu mau"}}
	fieldVersion    = fieldName{"TH_LAN_NOP", []string{"lan nop"}}
	fieldReason     = fieldName{"TH_LY_DO", []string{"ly do nop lai"}}
	fieldNil        = fieldName{"TH_KHONG_PHAT_SINH", []string{"ky nay don vi khong phat sinh so lieu"}}
	fieldPreparedBy = fieldName{"TH_NGUOI_LAP", []string{"nguoi lap", "nguoi lap bieu"}}
	fieldApprovedBy = fieldName{"TH_NGUOI_DUYET", []string{"nguoi duyet"}}
	fieldPhone      = fieldName{"TH_DIEN_THOAI", []string{"dien thoai", "so dien thoai"}}
)

var fields = []fieldName{
	fieldUnitID, fieldUnit, fieldPeriod, fieldForm, fieldVersion, fieldReason, fieldNil,
	fieldPreparedBy, fieldApprovedBy, fieldPhone,
}

// field is what stands in a field's cell. The zero field is one that the
// workbook does not have.
type field struct {
	sheet string
	at    workbook.Ref
	text  string // tidied; empty where the cell is
	kind  workbook.Kind
}

// finding starts a finding at the field's cell.
func (f field) finding(code finding.Code) finding.Finding {
	found := finding.New(code)
	found.Raw = f.text
	if f.sheet != "" {
		found.Sheet, found.Cell, found.Row, found.Col = f.sheet, f.at.String(), f.at.Row, f.at.Col
	}
	return found
}

// field finds a field by its defined name, else beside its label.
func (r *reader) field(name fieldName) field {
	if sheetName, at, ok := r.book.NameTarget(name.name); ok {
		cell, _ := r.book.Sheet(sheetName).Cell(at)
		return field{sheet: sheetName, at: at, text: tidy(cell.Raw), kind: cell.Kind}
	}
	for _, label := range name.labels {
		if f, ok := r.labels[label]; ok {
			return f
		}
	}
	return field{}
}

// findLabels looks for labels outside the table, on the table's sheet or, if
// there is no table, on the first. Of two equal labels the first holds.
func (r *reader) findLabels() {
	known := make(map[string]bool)
	for _, f := range fields {
		for _, label := range f.labels {
			known[label] = true
		}
	}
	r.labels = make(map[string]field)
	if len(r.book.Sheets) == 0 {
		return
	}
	sheet, inTable := r.book.Sheets[0], func(int) bool { return false }
	if r.table != nil {
		sheet = r.table.sheet
		inTable = func(row int) bool { return r.table.header <= row && row < r.table.end }
	}
	for i, cell := range sheet.Cells {
		text, beside, ok := label(cell)
		if !ok || !known[text] || inTable(cell.Ref.Row) {
			continue
		}
		if _, twice := r.labels[text]; twice {
			continue
		}
		f := field{sheet: sheet.Name, at: cell.Ref, text: beside, kind: workbook.Text}
		if beside == "" {
			f.at.Col++
			if next, ok := nextInRow(sheet.Cells[i:]); ok {
				f.at, f.text, f.kind = next.Ref, tidy(next.Raw), next.Kind
			}
		}
		r.labels[text] = f
	}
}

// label takes "Kỳ báo cáo: 2025-06" apart: the folded label and what stands
// after the colon in the same cell.
func label(cell workbook.Cell) (text, beside string, ok bool) {
	const longest = 400 // bytes; a label with a long title in the same cell
	if cell.Kind != workbook.Text || len(cell.Raw) > longest {
		return "", "", false
	}
	text, beside, ok = strings.Cut(cell.Raw, ":")
	return vietnamese.Fold(text), tidy(beside), ok
}

// nextInRow gives the next cell to the right of the first, unless that is
// another label: then the field is empty.
func nextInRow(cells []workbook.Cell) (workbook.Cell, bool) {
	for _, cell := range cells[1:] {
		if cell.Ref.Row != cells[0].Ref.Row {
			break
		}
		if tidy(cell.Raw) == "" {
			continue
		}
		isLabel := cell.Kind == workbook.Text && strings.HasSuffix(tidy(cell.Raw), ":")
		return cell, !isLabel
	}
	return workbook.Cell{}, false
}

// version is "Lần nộp": 1 unless a larger whole number stands there.
func (r *reader) version() int {
	const most = 999 // more is a telephone number
	n, err := strconv.Atoi(r.field(fieldVersion).text)
	if err != nil || n < 1 || n > most {
		return 1
	}
	return n
}

// ticked reports whether the box holds a mark.
func (f field) ticked() bool {
	switch {
	case f.kind == workbook.Bool:
		return f.text == "1"
	case strings.ContainsAny(f.text, "✓✔☑✗✘☒"):
		return true
	}
	switch vietnamese.Fold(f.text) {
	case "x", "co", "1":
		return true
	}
	return false
}

// tidy drops what a clerk cannot see, inside and at the ends, and keeps the
// lines of a longer text.
func tidy(s string) string {
	s = strings.Map(func(c rune) rune {
		if unicode.Is(unicode.Cf, c) {
			return -1
		}
		return c
	}, vietnamese.Normalize(s))
	return strings.TrimSpace(s)
}
