package intake

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"tonghop/pipeline/finding"
	"tonghop/pipeline/layout"
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
	fieldUnit       = fieldName{"TH_DON_VI", []string{"don vi bao cao", "ten don vi", "ten don vi bao cao", "don vi"}}
	fieldPeriod     = fieldName{"TH_KY", []string{"ky bao cao", "ky", "thang bao cao", "bao cao thang", "thang"}}
	fieldForm       = fieldName{"TH_MAU", []string{"mau", "mau so", "mau bieu", "phien ban mau", "phien ban bieu mau"}}
	fieldVersion    = fieldName{"TH_LAN_NOP", []string{"lan nop"}}
	fieldReason     = fieldName{"TH_LY_DO", []string{"ly do nop lai"}}
	fieldNil        = fieldName{"TH_KHONG_PHAT_SINH", []string{"ky nay don vi khong phat sinh so lieu"}}
	fieldPreparedBy = fieldName{"TH_NGUOI_LAP", []string{"nguoi lap", "nguoi lap bieu"}}
	fieldApprovedBy = fieldName{"TH_NGUOI_DUYET", []string{"nguoi duyet"}}
	fieldPhone      = fieldName{"TH_DIEN_THOAI", []string{"dien thoai", "so dien thoai"}}
	// fieldMeasure is no field of the form; offices write it above a table.
	fieldMeasure = fieldName{"", []string{"don vi tinh", "dvt"}}
)

// unpunctuated are labels that are understood without their colon, for nothing
// else is called so.
var unpunctuated = []string{"ma don vi", "don vi bao cao", "ten don vi", "ky bao cao", "thang bao cao"}

// counters are labels of what the form counts itself.
var counters = []string{"so o bat buoc chua nhap", "so o ghi sai"}

var fields = []fieldName{
	fieldUnitID, fieldUnit, fieldPeriod, fieldForm, fieldVersion, fieldReason, fieldNil,
	fieldPreparedBy, fieldApprovedBy, fieldPhone, fieldMeasure,
}

// field is what stands in a field's cell. The zero field is one that the
// workbook does not have.
type field struct {
	sheet string
	at    workbook.Ref
	text  string // tidied; empty where the cell is
	kind  workbook.Kind
	cell  workbook.Cell // as stored; the zero cell where label and text share one
}

// spot is a cell of the workbook.
type spot struct {
	sheet string
	at    workbook.Ref
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
	if f, ok := r.named(name.name); ok {
		return f
	}
	for _, label := range name.labels {
		if f, ok := r.labels[label]; ok {
			return f
		}
	}
	return field{}
}

// named finds a field by its defined name.
func (r *reader) named(name string) (field, bool) {
	sheetName, at, ok := r.book.NameTarget(name)
	if !ok {
		return field{}, false
	}
	sheet := r.sheet(sheetName)
	if sheet == nil {
		return field{}, false
	}
	cell, _ := sheet.Cell(at)
	return field{sheet: sheetName, at: at, text: tidy(cell.Raw), kind: cell.Kind, cell: cell}, true
}

// shown finds what stands beside a field's label where its defined name, which was
// taken, leads to another cell: what a person reads there. The zero field is one
// that says nothing else.
func (r *reader) shown(name fieldName) field {
	taken, ok := r.named(name.name)
	if !ok || taken.text == "" {
		return field{}
	}
	for _, label := range name.labels {
		if f, ok := r.labels[label]; ok && f.text != "" && (f.sheet != taken.sheet || f.at != taken.at) {
			return f
		}
	}
	return field{}
}

// findLabels looks for labels outside the tables, on the tables' sheets and then
// on the first. Of two equal labels the first holds.
func (r *reader) findLabels() {
	r.labels, r.taken = make(map[string]field), make(map[spot]bool)
	var sheets []*workbook.Sheet
	for _, t := range r.found {
		sheets = append(sheets, t.Sheet)
	}
	if len(r.sheets) > 0 {
		sheets = append(sheets, r.sheets[0])
	}
	for i, sheet := range sheets {
		if !slices.Contains(sheets[:i], sheet) {
			r.findLabelsOn(sheet)
		}
	}
	for _, f := range fields {
		if named, ok := r.named(f.name); ok {
			r.taken[spot{named.sheet, named.at}] = true
		}
	}
}

func (r *reader) findLabelsOn(sheet *workbook.Sheet) {
	for i, cell := range sheet.Cells {
		if r.inTable(sheet, cell.Ref.Row) {
			continue
		}
		text, beside, ok := label(cell)
		if !ok || !strings.Contains(cell.Raw, ":") && r.belowTable(sheet, cell.Ref.Row) {
			continue
		}
		f := field{sheet: sheet.Name, at: cell.Ref, text: beside, kind: workbook.Text}
		if beside == "" {
			f.at.Col++
			next, found := nextInRow(sheet.Cells[i:])
			if found {
				f.at, f.text, f.kind, f.cell = next.Ref, tidy(next.Raw), next.Kind, next
			} else if !strings.Contains(cell.Raw, ":") {
				continue
			}
		}
		if text == "don vi" {
			if c := r.measures.Of(f.text); c.isMeasure() && layout.IsMeasure(c.base) {
				text = fieldMeasure.labels[0]
			}
		}
		r.taken[spot{sheet.Name, cell.Ref}], r.taken[spot{sheet.Name, f.at}] = true, true
		if _, twice := r.labels[text]; !twice {
			r.labels[text] = f
		}
	}
}

// inTable reports whether a row of a sheet belongs to what may be a table.
func (r *reader) inTable(sheet *workbook.Sheet, row int) bool {
	return slices.ContainsFunc(r.found, func(t *layout.Table) bool {
		return t.Sheet == sheet && t.Top <= row && row < t.End
	})
}

// belowTable reports whether a row lies below a table of its sheet, where "Đơn
// vị báo cáo" stands over a signature.
func (r *reader) belowTable(sheet *workbook.Sheet, row int) bool {
	return slices.ContainsFunc(r.found, func(t *layout.Table) bool { return t.Sheet == sheet && t.End <= row })
}

// isLabel tells the labels that are known.
var isLabel = func() map[string]bool {
	known := make(map[string]bool)
	for _, f := range fields {
		for _, label := range f.labels {
			known[label] = true
		}
	}
	for _, label := range counters {
		known[label] = true
	}
	return known
}()

// label takes "Kỳ báo cáo: 2025-06" apart: the folded label, if it is a known
// one, and what stands after the colon in the same cell.
func label(cell workbook.Cell) (text, beside string, ok bool) {
	const longest = 400 // bytes; a label with a long title in the same cell
	if cell.Kind != workbook.Text || len(cell.Raw) > longest {
		return "", "", false
	}
	before, after, punctuated := strings.Cut(cell.Raw, ":")
	text = vietnamese.Fold(before)
	return text, tidy(after), isLabel[text] && (punctuated || slices.Contains(unpunctuated, text))
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

// invisible reports whether a rune only says how others are written. The first
// is the soft hyphen.
func invisible(c rune) bool { return c >= '\u00ad' && unicode.Is(unicode.Cf, c) }

// tidy drops what a clerk cannot see, inside and at the ends, and keeps the
// lines of a longer text.
func tidy(s string) string {
	s = vietnamese.Normalize(s)
	if strings.ContainsFunc(s, invisible) {
		s = strings.Map(func(c rune) rune {
			if invisible(c) {
				return -1
			}
			return c
		}, s)
	}
	return strings.TrimSpace(s)
}
