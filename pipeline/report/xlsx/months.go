package xlsx

import (
	"slices"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/workbook/write"
)

// months draws, for a span of several months, the state of each unit's report
// for each of them: a row a unit, a column a month. What is counted below are
// reports, as on the first sheet.
func (d *drawing) months() {
	months := d.s.Months()
	widths := []float64{9, 24, 9}
	heads := d.heads("code", "unit", d.words.group)
	for _, m := range months {
		widths = append(widths, 16)
		heads = append(heads, upper(d.say.Month(m)))
	}
	widths = append(widths, 10, 10)
	heads = append(heads, d.column("usable"), d.say.Say("count.expected"))
	t := d.open(d.book.Add(sheetMonths), d.words.titleMonths, d.counts(), "", widths)
	t.head(heads)
	at := map[*catalogue.Unit]int{}
	for _, u := range d.s.Expected {
		at[u] = t.row
		t.sheet.Fill(write.At(t.row, 1), write.At(t.row, len(widths)), tableLook)
		t.line([]string{u.Code, u.Title(), u.Group})
		t.row++
	}
	usable, owed := map[*catalogue.Unit]int{}, map[*catalogue.Unit]int{}
	for _, r := range d.s.Submissions {
		row, col := at[r.Unit], 4+slices.Index(months, r.Month)
		text := d.say.Status(r.Status)
		if r.IsLate() {
			text = joined(text, d.words.late)
		}
		t.sheet.Text(write.At(row, col), text, wrapLook)
		t.sheet.Height(row, height(max(write.Lines(text, widths[col-1], bodySize), write.Lines(r.Unit.Title(), widths[1], bodySize), 2)))
		owed[r.Unit]++
		if r.IsUsable() {
			usable[r.Unit]++
		}
	}
	for _, u := range d.s.Expected {
		t.sheet.Int(write.At(at[u], len(widths)-1), usable[u], countLook)
		t.sheet.Int(write.At(at[u], len(widths)), owed[u], countLook)
	}
	if len(d.s.Expected) == 0 {
		t.none(d.words.none)
	}
	t.sheet.Filter(write.At(headRow, 1), write.At(max(t.row-1, headRow), len(widths)))
	t.sheet.Freeze(write.At(headRow+1, 3))
	t.row++ // an empty row keeps the counts out of what is filtered
	for _, total := range []struct {
		key string
		is  func(summary.Receipt) bool
	}{
		{"expected", func(summary.Receipt) bool { return true }},
		{"received", summary.Receipt.IsReceived},
		{"usable", summary.Receipt.IsUsable},
		{"on_time", func(r summary.Receipt) bool { return r.OnTime && r.IsReceived() }},
	} {
		d.monthTotal(t, total.key, months, total.is)
	}
	d.print(t.sheet, widths, [2]int{headRow, headRow}, 2, t.row-1)
}

// monthTotal counts the reports of each month.
func (d *drawing) monthTotal(t *table, key string, months []period.Month, is func(summary.Receipt) bool) {
	t.sheet.Fill(write.At(t.row, 1), write.At(t.row, len(t.widths)), totalLook)
	t.sheet.Text(write.At(t.row, 2), d.say.Say("count."+key), totalLook)
	for i, m := range months {
		n := 0
		for _, r := range d.s.Submissions {
			if r.Month == m && is(r) {
				n++
			}
		}
		t.sheet.Int(write.At(t.row, 4+i), n, formatted(totalLook, write.Grouped(0)))
	}
	t.row++
}
