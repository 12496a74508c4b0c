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

// paragraphs draws the report's running text, a paragraph a row, a very long one in
// several; nothing written, no sheet.
func (d *drawing) paragraphs() {
	if len(d.in.Paragraphs) == 0 {
		return
	}
	t := d.open(d.book.Add(sheetParagraphs), d.say.Say("xlsx.paragraphs"), d.say.Say("xlsx.paragraphs_note"), "", []float64{5, 30, 40, 110})
	t.head(d.heads("no", "part", "about", "text"))
	for i, p := range d.in.Paragraphs {
		from := t.row
		d.passage(t, []string{strconv.Itoa(i + 1), p.Section, p.Title, p.Text}, 3)
		for row := from; row < t.row; row++ {
			t.sheet.Int(write.At(row, 1), i+1, countLook.With(func(s *write.Style) { s.Top = true }))
		}
	}
	d.listAs(tableParagraphs, t, 1)
}
