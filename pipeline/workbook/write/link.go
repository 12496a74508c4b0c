package write

import (
	"bytes"
	"fmt"
	"strings"
)

// MaxLinks is how many links Excel opens a sheet with; one with more is
// repaired by taking all of them off.
const MaxLinks = 65530

// link leads from a cell to another of the same book.
type link struct {
	at     Ref
	sheet  string
	target Ref
	hint   string
}

// Link makes the cell lead to a cell of a sheet of this book. It keeps the
// cell's text and looks; Blue and Underline are the usual ones. A cell is linked
// once, and a sheet has at most MaxLinks.
func (s *Sheet) Link(at Ref, to *Sheet, target Ref, hint string) {
	s.LinkTo(at, to.name, target, hint)
}

// LinkTo is Link to a sheet by its name: one that comes later.
func (s *Sheet) LinkTo(at Ref, sheet string, target Ref, hint string) {
	if len(s.book.links[s.name]) == MaxLinks {
		s.book.keep(fmt.Errorf("sheet %q: more than %d links", s.name, MaxLinks))
		return
	}
	// Not excelize's call: it looks through all links for each one more.
	s.book.links[s.name] = append(s.book.links[s.name], newLink(at, sheet, target, hint))
}

func newLink(at Ref, sheet string, target Ref, hint string) link {
	return link{at, sheet, target, cut(clean(hint), 255)}
}

// linksMarkup is a sheet's list of links.
func linksMarkup(links []link) string {
	var list strings.Builder
	texts := map[string]string{} // the few sheets and hints, escaped
	safe := func(text string) string {
		if _, ok := texts[text]; !ok {
			texts[text] = escaped(text)
		}
		return texts[text]
	}
	for _, l := range links {
		list.WriteString(`<hyperlink ref="` + l.at.String() + `" location="` + safe(Quote(l.sheet)) + "!" + l.target.String())
		if l.hint != "" {
			list.WriteString(`" tooltip="` + safe(l.hint))
		}
		list.WriteString(`"/>`)
	}
	return list.String()
}

// withLinks writes links into a sheet's XML, excelize's own and just written.
func withLinks(sheet []byte, links []link) ([]byte, error) {
	list := linksMarkup(links)
	from := bytes.LastIndex(sheet, []byte("sheetData"))
	if from < 0 {
		return nil, errMarkup
	}
	if end := bytes.Index(sheet[from:], []byte("</hyperlinks>")); end >= 0 { // of an opened book
		return edited(sheet, []edit{{from + end, from + end, list}}), nil
	}
	at := -1
	for _, later := range afterLinks {
		if i := bytes.Index(sheet[from:], []byte("<"+later)); i >= 0 && (at < 0 || from+i < at) {
			at = from + i
		}
	}
	if at < 0 {
		at = bytes.LastIndex(sheet, []byte("</worksheet>"))
	}
	if at < 0 {
		return nil, errMarkup
	}
	return edited(sheet, []edit{{at, at, "<hyperlinks>" + list + "</hyperlinks>"}}), nil
}

// afterLinks are the elements that may follow links in the order of the schema.
var afterLinks = []string{
	"printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches",
	"ignoredErrors", "smartTags", "drawing", "legacyDrawing", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
}
