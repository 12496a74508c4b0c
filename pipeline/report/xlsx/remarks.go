package xlsx

import (
	"strings"

	"tonghop/pipeline/catalogue"
)

// remarks draws what units wrote for each programme in the period; nothing
// written, no sheet.
func (d *drawing) remarks() {
	var rows [][]string
	programmes := map[string]*catalogue.Programme{}
	for _, p := range d.s.Catalogue.Programmes {
		programmes[p.Code] = p
	}
	for _, s := range d.in.Submissions {
		if !d.s.Period.Contains(s.Period) {
			continue
		}
		code, title := d.unit(s.Unit)
		for _, r := range s.Remarks {
			programme := r.Programme
			if p := programmes[r.Programme]; p != nil {
				programme += ". " + d.say.ProgrammeName(p)
			}
			rows = append(rows, []string{
				s.Period.String(), code, title, programme, d.say.Say("remark." + string(r.Kind)), d.narrative(r.Text), s.File, r.Sheet, r.Cell,
			})
		}
	}
	if len(rows) == 0 {
		return
	}
	t := d.open(d.book.Add(sheetRemarks), strings.ToUpper(d.say.Say("column.remarks")), "", "", []float64{9, 9, 24, 40, 22, 90, 31, 14, 8})
	t.head(d.heads("period", d.words.unitCode, "unit", "programme", "kind", "text", "file", "sheet", "cell"))
	t.long()
	for _, row := range rows {
		d.passage(t, row, 5)
	}
	d.listAs(tableRemarks, t, 3)
}
