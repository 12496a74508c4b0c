package xlsx

import (
	"strconv"

	"tonghop/pipeline/workbook/write"
)

// Paragraph is running text of the report, for pasting into Word.
type Paragraph struct {
	Section string // of the report, or what the text is for
	Title   string // the programme or indicator it speaks of; may be empty
	Text    string
}

// paragraphs draws the report's running text, a paragraph a row; nothing
// written, no sheet.
func (d *drawing) paragraphs() {
	if len(d.in.Paragraphs) == 0 {
		return
	}
	t := d.open(d.book.Add(sheetParagraphs), d.say.Say("xlsx.paragraphs"), d.say.Say("xlsx.paragraphs_note"), "", []float64{5, 30, 40, 110})
	t.head(d.heads("no", "part", "about", "text"))
	for i, p := range d.in.Paragraphs {
		t.line([]string{strconv.Itoa(i + 1), p.Section, p.Title, p.Text})
		t.sheet.Int(write.At(t.row, 1), i+1, countLook)
		t.row++
	}
	d.listAs(tableParagraphs, t, 1)
}
