package xlsx

import (
	"slices"

	"tonghop/pipeline/finding"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/workbook/write"
)

// submissions draws who submitted and who owes what: a row an expected unit and
// month. The month is the last column, and there for a longer span only. The file
// leads to what became of it, the counts of points to the first of them.
func (d *drawing) submissions() {
	widths := []float64{9, 24, 9, 28, 10, 16, 16, 15, 7, 9, 9, 30, 20, 13, 34}
	heads := d.heads("code", "unit", d.words.group, "status", d.words.timeliness, "deadline", "received_at", "received_from",
		"version", "errors", "warnings", "file", "prepared_by", "phone", "owes")
	if d.spans() {
		widths, heads = append(widths, 10), append(heads, d.column("period"))
	}
	t := d.open(d.book.Add(sheetSubmissions), d.words.titleSubmissions, "", "", widths)
	t.head(heads)
	if len(d.s.Submissions) > 0 {
		t.long()
	}
	owing, rows := d.s.Owing(d.in.Created), d.filedRows()
	isError, isWarning := d.say.Severity(finding.Error), d.say.Severity(finding.Warning)
	for _, r := range d.s.Submissions {
		owed := owing.Of(r)
		from, file, by, phone := "", "", "", ""
		if r.ReceivedFrom != "" {
			from = d.say.ReceivedFrom(r.ReceivedFrom)
		}
		if r.Used != nil {
			file, by, phone = r.Used.File, r.Used.PreparedBy, r.Used.Phone
		}
		texts := []string{
			r.Unit.Code, r.Unit.Title(), r.Unit.Group, d.statusOf(r), d.timeliness(r), "", "",
			from, "", "", "", file, by, phone, d.say.Owed(owed, 0),
		}
		if d.spans() {
			texts = append(texts, r.Month.String())
		}
		t.line(texts)
		d.instant(t, 6, r.Deadline)
		d.instant(t, 7, r.FirstReceived)
		if r.Used != nil {
			t.int(9, r.Used.Version, countLook)
			t.int(10, r.Used.Errors(), countLook)
			t.int(11, r.Used.Warnings(), countLook)
			d.lead(t, 10, countLook, sheetFindings, rows.findings[filedFinding{file, isError}])
			d.lead(t, 11, countLook, sheetFindings, rows.findings[filedFinding{file, isWarning}])
			d.lead(t, 12, wrapLook, sheetFiles, rows.files[file])
			if owed.Anything() {
				d.lead(t, 15, wrapLook, sheetFindings, rows.findings[filedFinding{file, isError}])
			}
		}
		t.next()
	}
	if len(d.s.Submissions) == 0 {
		t.none(d.words.none)
	}
	d.listAs(tableSubmissions, t, 2)
}

func (d *drawing) statusOf(r summary.Receipt) string {
	if r.Closed {
		return d.say.Say("status.closed", "status", d.say.Status(r.Status))
	}
	return d.say.Status(r.Status)
}

func (d *drawing) timeliness(r summary.Receipt) string {
	timeliness := d.words.onTime
	switch {
	case r.FirstReceived.IsZero():
		timeliness = ""
	case !r.OnTime:
		timeliness = d.words.late
	}
	if r.Extended {
		timeliness = joined(timeliness, d.words.extended)
	}
	return timeliness
}

// lead makes a cell of the row lead to a row of another sheet; 0 is none.
func (d *drawing) lead(t *table, col int, look write.Style, sheet string, row int) {
	if row == 0 {
		return
	}
	t.style(col, look.With(func(s *write.Style) { s.Color, s.Underline = write.Blue, true }))
	t.sheet.LinkTo(write.At(t.row, col), sheet, write.At(row, 1), d.say.Say("xlsx.go", "sheet", sheet))
}

// filedRows are where files stand in sheets that are drawn later: the row of a file,
// and that of its first finding of a severity. Each is 0 where there is none.
type filedRows struct {
	files    map[string]int
	findings map[filedFinding]int
}

type filedFinding struct{ file, severity string }

func (d *drawing) filedRows() filedRows {
	rows := filedRows{make(map[string]int, len(d.in.Files)), map[filedFinding]int{}}
	for i, f := range slices.Backward(d.in.Files) {
		rows.files[f.Path] = headRow + 1 + i // a file has a path
	}
	for i, f := range slices.Backward(d.in.Findings) {
		if f.File != "" { // a report on paper has no file, and none of these findings
			rows.findings[filedFinding{f.File, f.Severity}] = headRow + 1 + i
		}
	}
	return rows
}
