package xlsx

import (
	"time"

	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
	"tonghop/pipeline/workbook/write"
)

// line writes a row of texts, as high as its fullest cell.
func (t *table) line(texts []string) { t.lineIn(wrapLook, texts) }

func (t *table) lineIn(look write.Style, texts []string) {
	most := 1
	for i, text := range texts {
		t.text(i+1, text, look)
		most = max(most, write.Lines(text, t.widths[i], bodySize))
	}
	t.high(height(most))
}

// passage writes a row whose text in one column, from 0, may be long: what a row
// cannot show goes on in the next ones, which repeat the others.
func (d *drawing) passage(t *table, texts []string, col int) {
	for i, part := range write.Parts(texts[col], t.widths[col], bodySize, mostLines-1) {
		if i > 0 {
			part = d.say.Say("xlsx.continued", "text", part)
		}
		texts[col] = part
		t.lineIn(topLook, texts)
		t.next()
	}
}

// heads heads columns: each by its key in package wording, or as it stands.
func (d *drawing) heads(keys ...string) []string {
	titles := make([]string, len(keys))
	for i, key := range keys {
		titles[i] = key
		if d.say.Has("column." + key) {
			titles[i] = d.column(key)
		}
	}
	return titles
}

func joined(a, b string) string {
	if a == "" {
		return b
	}
	return a + ", " + b
}

// none says that a list is empty.
func (t *table) none(text string) {
	t.sheet.Fill(write.At(t.row, 1), write.At(t.row, len(t.widths)), tableLook)
	t.sheet.Text(write.At(t.row, 2), text, textLook)
	t.row++
}

// findings draws what to correct, filterable.
func (d *drawing) findings() {
	t := d.open(d.book.Add(sheetFindings), d.words.titleFindings, "", "",
		[]float64{5, 12, 20, 14, 48, 34, 16, 28, 11, 7, 20})
	t.head(d.heads("no", "severity", "unit", "indicator", "finding", "remedy", "raw", "file", "sheet", "cell", "finding_code"))
	if len(d.in.Findings) > 0 {
		t.long()
	}
	for i, r := range d.in.Findings {
		t.line([]string{
			"", r.Severity, r.UnitTitle, r.Indicator, d.narrative(r.Message), r.Suggestion, d.narrative(r.Raw), r.File, r.Sheet, r.Cell, r.Code,
		})
		t.int(1, i+1, countLook)
		t.next()
	}
	if len(d.in.Findings) == 0 {
		t.none(d.words.none)
	}
	d.listAs(tableFindings, t, 3)
}

// files draws every file seen and what became of it.
func (d *drawing) files() {
	t := d.open(d.book.Add(sheetFiles), d.words.titleFiles, "", "", []float64{44, 30, 24, 10, 17, 12, 68})
	t.head(d.heads("file", "disposition", "unit", "period", "received_at", d.words.size, "sha256"))
	if len(d.in.Files) > 0 {
		t.long()
	}
	for _, f := range d.in.Files {
		_, title := d.unit(f.Unit)
		t.line([]string{f.Path, d.say.Disposition(f.Disposition), title, f.Period.String(), "", "", f.SHA256})
		d.instant(t, 5, f.ReceivedAt)
		t.int(6, int(f.Size), countLook)
		t.next()
	}
	if len(d.in.Files) == 0 {
		t.none(d.words.none)
	}
	d.listAs(tableFiles, t, 1)
}

// instant writes a time as Excel counts it, by the clocks of Created's zone:
// days since 30/12/1899, so that the office can sort and subtract.
func (d *drawing) instant(t *table, col int, at time.Time) {
	if at.IsZero() {
		return
	}
	at = at.In(d.in.Created.Location())
	const secondsOfDay = 24 * 60 * 60
	day := period.DateIn(at, at.Location()).Sub(period.Date{Year: 1899, Month: time.December, Day: 30})
	seconds := at.Hour()*3600 + at.Minute()*60 + at.Second()
	fraction, err := figure.Int(int64(seconds)).Quo(figure.Int(secondsOfDay))
	d.keep(err)
	t.number(col, figure.Int(int64(day)).Add(fraction), timeLook)
}
