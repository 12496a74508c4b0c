package intake

import (
	"cmp"
	"slices"
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/layout"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/vietnamese"
	"tonghop/pipeline/workbook"
)

const remarksSheet = "thuyet minh" // folded

// The columns of the sheet of remarks; the others are kinds of remark.
const (
	remarkCode      submission.RemarkKind = "code"
	remarkProgramme submission.RemarkKind = "programme"
)

var remarkHeadings = map[string]submission.RemarkKind{
	"ma": remarkCode, "chuong trinh": remarkProgramme,
	"kho khan vuong mac": submission.Difficulties, "kho khan": submission.Difficulties,
	"de xuat kien nghi": submission.Proposals, "de xuat": submission.Proposals,
	"minh chung": submission.Evidence,
}

var remarkKinds = []submission.RemarkKind{submission.Difficulties, submission.Proposals, submission.Evidence}

// remarks reads what the unit wrote for each programme, in catalogue order. A
// text beside no programme is told, not dropped.
func (r *reader) remarks() []submission.Remark {
	var all []submission.Remark
	for _, sheet := range r.sheets {
		if vietnamese.Fold(sheet.Name) == remarksSheet {
			all = append(all, r.remarksOn(sheet)...)
		}
	}
	slices.SortStableFunc(all, func(a, b submission.Remark) int { return cmp.Compare(r.order[a.Programme], r.order[b.Programme]) })
	return all
}

func (r *reader) remarksOn(sheet *workbook.Sheet) []submission.Remark {
	var (
		all  []submission.Remark
		cols map[submission.RemarkKind]int
		lost int
	)
	for cells := range layout.Rows(sheet) {
		if cols == nil {
			found, _ := headerRow(cells, remarkHeadings)
			if found[remarkCode] > 0 && len(found) > 1 {
				cols = found
			}
			continue
		}
		at := func(kind submission.RemarkKind) (workbook.Cell, string) {
			if col := cols[kind]; col > 0 {
				cell, _ := sheet.Cell(workbook.Ref{Row: cells[0].Ref.Row, Col: col})
				return cell, tidy(cell.Raw)
			}
			return workbook.Cell{}, ""
		}
		_, code := at(remarkCode)
		_, title := at(remarkProgramme)
		programme := r.programme(code, title)
		for _, kind := range remarkKinds {
			cell, text := at(kind)
			switch {
			case text == "" || cell.Kind == workbook.Error:
			case programme != nil:
				all = append(all, submission.Remark{
					Programme: programme.Code, Kind: kind, Text: text, Sheet: sheet.Name, Cell: cell.Ref.String(),
				})
			default:
				if lost++; lost <= mostFindings {
					f := finding.New(finding.IndicatorUnknown)
					f.Sheet, f.Cell, f.Row, f.Col = sheet.Name, cell.Ref.String(), cell.Ref.Row, cell.Ref.Col
					f.Raw = cmp.Or(code, title, text)
					r.add(f)
				}
			}
		}
	}
	return all
}

// programme finds a programme by its code, else by its name or number.
func (r *reader) programme(code, title string) *catalogue.Programme {
	if p, ok := r.cat.Programme(strings.ToUpper(code)); ok {
		return p
	}
	return r.programmeCalled(title)
}
