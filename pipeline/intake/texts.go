package intake

import (
	"tonghop/pipeline/vietnamese"
	"tonghop/pipeline/workbook"
)

// textFacts is what a text says of itself, whichever cell of whichever file it
// stands in.
type textFacts struct {
	words    vietnamese.Words
	repaired string // what it was before it was read as another set
	broken   bool   // that it was
	tidy     string
	blank    bool // without a letter or a figure
}

func newTextFacts(text string) *textFacts {
	f := &textFacts{words: vietnamese.CountWords(text), tidy: tidy(text), blank: vietnamese.Fold(text) == ""}
	f.repaired, f.broken = vietnamese.RepairCP1252(text)
	return f
}

// tidied is what stands in a cell, tidied.
func (l *lexicon) tidied(c *workbook.Cell) string {
	if c.Kind != workbook.Text {
		return tidy(c.Raw) // figures do not come again
	}
	return l.texts.Of(c.Raw).tidy
}
