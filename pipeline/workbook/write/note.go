package write

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// quoteMark parts our words from those of a comment that was there.
const quoteMark = "\n———\n"

const (
	commentsType = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
	drawingType  = "application/vnd.openxmlformats-officedocument.vmlDrawing"
)

// noteParts are the two parts in which a sheet keeps its comments: what they
// say, and the boxes that show it.
type noteParts struct {
	comments, drawing string // names; empty where there is none
}

func (p *Package) noteParts(sheet string) (noteParts, error) {
	var found noteParts
	relations, err := p.relations(sheet)
	if err != nil {
		return found, err
	}
	if !slices.ContainsFunc(relations, func(r relation) bool { return r.is("comments") || r.is("vmlDrawing") }) {
		return found, nil // as mostly: a sheet is long to look through
	}
	own, err := p.tree(sheet)
	if err != nil {
		return found, err
	}
	id := ""
	if legacy, ok := named(own.inner, "legacyDrawing"); ok {
		id = legacy.relationID(own.data)
	}
	for _, r := range relations {
		switch {
		case r.is("comments"):
			found.comments = r.target
		case id != "" && r.id == id:
			found.drawing = r.target
		}
	}
	return found, nil
}

// addNotes comments cells of a sheet. A comment that was there is kept within
// ours; a thread of comments is left to itself. It gives what has still to be edited
// of the sheet's own part.
func (p *Package) addNotes(sheet string, g grid, marks []Mark) ([]edit, error) {
	parts, err := p.noteParts(sheet)
	if err != nil {
		return nil, err
	}
	place, err := p.makeNoteParts(sheet, &parts)
	if err != nil {
		return nil, err
	}
	data, err := p.part(parts.comments)
	if err != nil {
		return nil, err
	}
	texts, err := readComments(data)
	if err != nil {
		return nil, err
	}
	var wanted []Mark
	for _, m := range marks {
		old, ok := texts.at(m.At)
		switch {
		case m.Note == "" || ok && strings.HasPrefix(old.author, "tc="):
			continue
		case ok && old.author != NoteAuthor && strings.TrimSpace(old.text) != "":
			m.Note += quoteMark + m.Quote + "\n" + strings.TrimSpace(old.text)
		}
		wanted = append(wanted, m)
	}
	p.put(parts.comments, texts.with(wanted))
	boxes, err := p.part(parts.drawing)
	if err != nil {
		return nil, err
	}
	p.put(parts.drawing, withBoxes(boxes, g, wanted))
	return place, nil
}

// makeNoteParts makes what a sheet without comments lacks, and gives what of that
// stands in the sheet's own part.
func (p *Package) makeNoteParts(sheet string, parts *noteParts) ([]edit, error) {
	if parts.comments == "" {
		parts.comments = p.free("xl/tonghopComments", ".xml")
		p.put(parts.comments, []byte(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`+"\n"+
			`<comments xmlns="`+p.space(mainSpace)+`"><authors></authors><commentList></commentList></comments>`))
		if err := p.declare(parts.comments, commentsType); err != nil {
			return nil, err
		}
		if _, err := p.relate(sheet, "comments", parts.comments); err != nil {
			return nil, err
		}
	}
	if parts.drawing != "" {
		return nil, nil
	}
	parts.drawing = p.free("xl/drawings/tonghopNotes", ".vml")
	p.put(parts.drawing, []byte(`<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"`+
		` xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>`))
	if err := p.declareEnding("vml", drawingType); err != nil {
		return nil, err
	}
	id, err := p.relate(sheet, "vmlDrawing", parts.drawing)
	if err != nil {
		return nil, err
	}
	own, err := p.tree(sheet)
	if err != nil {
		return nil, err
	}
	at := own.top.tail
	for _, e := range own.inner { // what the schema has behind it
		switch e.local() {
		case "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst":
			at = min(at, e.start)
		}
	}
	line := fmt.Sprintf(`<%s xmlns:r="%s" r:id="%s"/>`, own.top.sibling("legacyDrawing"), p.space(relationSpace), id)
	return []edit{{at, at, line}}, nil
}

// comments is a part of comments.
type comments struct {
	data          []byte
	top           element
	authors, list element
	names         []string
	all           []comment
}

type comment struct {
	element
	at           Ref
	author, text string
}

func readComments(data []byte) (comments, error) {
	c := comments{data: data}
	top, inner, err := root(data)
	if err != nil {
		return c, err
	}
	c.top = top
	authors, ok1 := named(inner, "authors")
	list, ok2 := named(inner, "commentList")
	if !ok1 || !ok2 {
		return c, errMarkup
	}
	c.authors, c.list = authors, list
	people, err := authors.children(data)
	if err != nil {
		return c, err
	}
	for _, a := range people {
		c.names = append(c.names, html.UnescapeString(string(data[a.end:max(a.end, a.tail)])))
	}
	lines, err := list.children(data)
	if err != nil {
		return c, err
	}
	for _, e := range lines {
		one := comment{element: e, text: textWithin(data[e.end:max(e.end, e.tail)])}
		one.at, _ = ParseRef(e.attr(data, "ref"))
		if n, err := strconv.Atoi(e.attr(data, "authorId")); err == nil && n >= 0 && n < len(c.names) {
			one.author = c.names[n]
		}
		c.all = append(c.all, one)
	}
	return c, nil
}

// textWithin joins the text of all t elements, but those of phonetic runs.
func textWithin(data []byte) string {
	var out strings.Builder
	phonetic := false
	for from := 0; ; {
		t, ok := nextTag(data, from)
		if !ok {
			return html.UnescapeString(out.String())
		}
		from = t.end
		switch t.local() {
		case "rPh":
			phonetic = !t.closing
		case "t":
			if !t.closing && !t.selfClosing && !phonetic {
				if end := bytes.IndexByte(data[from:], '<'); end >= 0 {
					out.Write(data[from : from+end])
				}
			}
		}
	}
}

func (c comments) at(at Ref) (comment, bool) {
	i := slices.IndexFunc(c.all, func(one comment) bool { return one.at == at })
	if i < 0 {
		return comment{}, false
	}
	return c.all[i], true
}

// with gives the part with comments of ours in place of those of their cells.
func (c comments) with(marks []Mark) []byte {
	author, edits := c.author(NoteAuthor)
	var lines strings.Builder
	for _, m := range marks {
		if old, ok := c.at(m.At); ok {
			edits = append(edits, edit{old.start, old.last, ""})
		}
		lines.WriteString(c.line(m.At, author, m.Note))
	}
	return edited(c.data, append(edits, c.list.appended(c.data, lines.String())))
}

// author is the number of an author, who is added where missing.
func (c comments) author(name string) (int, []edit) {
	if n := slices.Index(c.names, name); n >= 0 {
		return n, nil
	}
	own := c.top.sibling("author")
	return len(c.names), []edit{c.authors.appended(c.data, "<"+own+">"+escaped(name)+"</"+own+">")}
}

// line is a comment's element.
func (c comments) line(at Ref, author int, text string) string {
	own := c.top.sibling
	return fmt.Sprintf(`<%[1]s ref="%[2]s" authorId="%[3]d"><%[4]s><%[5]s><%[6]s><%[7]s val="%[8]g"/><%[9]s val="%[10]s"/></%[6]s><%[11]s xml:space="preserve">%[12]s</%[11]s></%[5]s></%[4]s></%[1]s>`,
		own("comment"), at, author, own("text"), own("r"), own("rPr"), own("sz"), noteSize, own("rFont"), FontName, own("t"), escapedText(text))
}

// escapedText is text as it stands in an element: line ends stay line ends.
func escapedText(text string) string {
	return strings.ReplaceAll(escaped(stored(text)), "&#xA;", "\n")
}

// shape finds the boxes of a drawing; the format writes them in one way only.
var shape = regexp.MustCompile(`(?s)<v:shape\s.*?</v:shape>\s*`)

// isBox reports whether a shape is the box of a cell's comment.
func isBox(text []byte, at Ref) bool {
	return bytes.Contains(text, []byte(`ObjectType="Note"`)) &&
		bytes.Contains(text, fmt.Appendf(nil, "<x:Row>%d</x:Row>", at.Row-1)) &&
		bytes.Contains(text, fmt.Appendf(nil, "<x:Column>%d</x:Column>", at.Col-1))
}

const boxType = `<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">` +
	`<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>`

var shapeNumber = regexp.MustCompile(`_x0000_s([0-9]{1,9})`)

// withBoxes gives a drawing with the boxes of comments.
func withBoxes(data []byte, g grid, marks []Mark) []byte {
	data = shape.ReplaceAllFunc(data, func(text []byte) []byte {
		if slices.ContainsFunc(marks, func(m Mark) bool { return isBox(text, m.At) }) {
			return nil
		}
		return text
	})
	number := 1024
	for _, m := range shapeNumber.FindAllSubmatch(data, -1) {
		n, _ := strconv.Atoi(string(m[1]))
		number = max(number, n)
	}
	var boxes strings.Builder
	if !bytes.Contains(data, []byte(`"_x0000_t202"`)) {
		boxes.WriteString(boxType)
	}
	for _, m := range marks {
		number++
		fmt.Fprintf(&boxes, `<v:shape id="_x0000_s%d" type="#_x0000_t202" style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">`+
			`<v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>`+
			`<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>`+
			`<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>%s</x:Anchor><x:AutoFill>False</x:AutoFill>`+
			`<x:Row>%d</x:Row><x:Column>%d</x:Column></x:ClientData></v:shape>`, number, g.anchor(m.At, m.Note), m.At.Row-1, m.At.Col-1)
	}
	end := bytes.LastIndex(data, []byte("</xml>"))
	if end < 0 {
		return data
	}
	return slices.Concat(data[:end], []byte(boxes.String()), data[end:])
}

// removeNotes takes our comments off every sheet. LibreOffice forgets who wrote
// a comment: one of nobody on a marked cell is ours, too.
func (p *Package) removeNotes(marked map[string][]Ref) error {
	all, err := p.sheets()
	if err != nil {
		return err
	}
	for _, s := range all {
		if s.part == "" {
			continue
		}
		if err := p.removeNotesOf(s.part, marked[s.part]); err != nil {
			return fmt.Errorf("sheet %q: %w", s.name, err)
		}
	}
	return nil
}

func (p *Package) removeNotesOf(sheet string, marked []Ref) error {
	parts, err := p.noteParts(sheet)
	if err != nil || parts.comments == "" {
		return err
	}
	data, err := p.part(parts.comments)
	if err != nil {
		return err
	}
	texts, err := readComments(data)
	if err != nil {
		return err
	}
	ours := func(c comment) bool {
		return c.author == NoteAuthor || strings.TrimSpace(c.author) == "" && slices.Contains(marked, c.at)
	}
	if !slices.ContainsFunc(texts.all, ours) {
		return nil
	}
	unknown, edits := texts.author("") // whoever wrote what was quoted
	var gone []Mark
	for _, c := range texts.all {
		if !ours(c) {
			continue
		}
		line := ""
		_, below, _ := strings.Cut(c.text, quoteMark)
		if _, quoted, found := strings.Cut(below, "\n"); found {
			line = texts.line(c.at, unknown, quoted)
		} else {
			gone = append(gone, Mark{At: c.at})
		}
		edits = append(edits, edit{c.start, c.last, line})
	}
	p.put(parts.comments, edited(data, edits))
	if parts.drawing == "" || len(gone) == 0 {
		return nil
	}
	boxes, err := p.part(parts.drawing)
	if err != nil {
		return err
	}
	p.put(parts.drawing, shape.ReplaceAllFunc(boxes, func(text []byte) []byte {
		if slices.ContainsFunc(gone, func(m Mark) bool { return isBox(text, m.At) }) {
			return nil
		}
		return text
	}))
	return nil
}
