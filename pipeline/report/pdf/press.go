package pdf

import (
	"bytes"
	"slices"
	"strings"
	"time"
	"unicode/utf16"

	gofpdf "github.com/jung-kurt/gofpdf"
)

// press is the PDF engine with its typeface. It makes one document, from faces with
// the common runes, each coded in a byte, or, where these do not do, from whole ones.
type press struct {
	pdf     *gofpdf.Fpdf
	whole   bool
	codings [boldItalic + 1]coding
	loaded  [boldItalic + 1]bool
}

// imprint is what the file says about itself.
type imprint struct {
	title, subject, author, keywords printable
	created                          time.Time
}

func newPress() *press { return &press{pdf: newEngine()} }

func newEngine() *gofpdf.Fpdf {
	pdf := gofpdf.NewCustom(&gofpdf.InitType{
		UnitStr: "mm",
		Size:    gofpdf.SizeType{Wd: a4.w, Ht: a4.h},
	})
	pdf.SetMargins(0, 0, 0)
	pdf.SetCellMargin(0)
	pdf.SetAutoPageBreak(false, 0)
	return pdf
}

// use selects a font. A face is loaded when first used: each takes time and,
// embedded, some kilobytes.
func (p *press) use(f font) {
	if !p.loaded[f.face] {
		p.load(f.face)
		p.loaded[f.face] = true
	}
	p.pdf.SetFont(family, faces[f.face].style, f.size)
}

func (p *press) load(f face) {
	cut := faces[f]
	if p.whole {
		p.pdf.AddUTF8FontFromBytes(family, cut.style, slices.Clone(cut.ttf)) // the engine writes into what it is given
		return
	}
	definition, err := p.codings[f].definition(cut.common())
	if err != nil {
		p.pdf.SetError(err)
		return
	}
	p.pdf.AddFontFromBytes(family, cut.style, definition, cut.common().packed)
}

// runeWidth is in thousandths of an em. Whatever is printed has been measured, so
// this is where the press learns that the common runes or the codes do not do;
// nothing is printed yet, and no face loaded but whole ones.
func (p *press) runeWidth(f face, c rune) int {
	if !p.whole {
		if width, common := faces[f].common().widths[c]; common && p.codings[f].add(c) {
			return width
		}
		p.whole = true
	}
	p.use(font{f, bodySize})
	return p.pdf.GetStringSymbolWidth(string(c))
}

// fewPages are not compressed: for each page the engine makes a packer of more than a
// megabyte, which takes longer than all else of a receipt and spares some kilobytes.
const fewPages = 2

// print returns the pages as a PDF. Equal pages give equal bytes.
func (p *press) print(pages []*page, about imprint) ([]byte, error) {
	p.pdf.SetTitle(string(about.title), true)
	p.pdf.SetSubject(string(about.subject), true)
	p.pdf.SetAuthor(string(about.author), true)
	p.pdf.SetKeywords(string(about.keywords), true)
	p.pdf.SetCreator("tonghop", true)
	p.pdf.SetCreationDate(about.created)
	p.pdf.SetModificationDate(about.created)
	p.pdf.SetCatalogSort(true)
	p.pdf.SetCompression(len(pages) > fewPages)

	targets := p.targets(pages)
	var above outline
	for _, page := range pages {
		p.pdf.AddPageFormat("P", gofpdf.SizeType{Wd: page.paper.w, Ht: page.paper.h})
		p.use(font{regular, bodySize})
		// The engine takes the last page's height for every page's when it
		// turns a bookmark's place into PDF coordinates.
		shift := pages[len(pages)-1].paper.h - page.paper.h
		for _, e := range page.entries {
			p.pdf.Bookmark(p.bookmark(e.text), above.depth(e.level), e.y+shift)
		}
		p.draw(page.margin)
		p.draw(page.body)
		for _, l := range page.body.links {
			p.pdf.Link(l.x, l.y, l.w, l.h, targets[l.target])
		}
	}
	var out bytes.Buffer
	if err := p.pdf.Output(&out); err != nil {
		return nil, err
	}
	return withZone(out.Bytes(), about.created)
}

// outline holds the levels of the headings under which the last bookmark stands,
// and its own.
type outline []int

// depth is how deep a bookmark of the next heading stands: one step under the last
// heading of a higher level, for a bookmark may be no deeper, and beside those of
// its own.
func (o *outline) depth(level int) int {
	above := *o
	for len(above) > 0 && above[len(above)-1] >= level {
		above = above[:len(above)-1]
	}
	*o = append(above, level)
	return len(above)
}

// targets makes the places that links may lead to, in order of the headings that
// are listed.
func (p *press) targets(pages []*page) []int {
	var targets []int
	for i, page := range pages {
		for _, e := range page.entries {
			if e.listed {
				id := p.pdf.AddLink()
				p.pdf.SetLink(id, e.y, i+1)
				targets = append(targets, id)
			}
		}
	}
	return targets
}

func (p *press) draw(m marks) {
	for _, s := range m.shades {
		p.pdf.SetFillColor(int(s.grey), int(s.grey), int(s.grey))
		p.pdf.Rect(s.x, s.y, s.w, s.h, "F")
	}
	for _, s := range m.shapes {
		p.shape(s)
	}
	p.pdf.SetFillColor(0, 0, 0) // text is filled, too
	for _, r := range m.rules {
		p.pdf.SetLineWidth(r.thickness)
		if r.dashed {
			p.pdf.SetDashPattern([]float64{1, 1}, 0)
		}
		p.pdf.Line(r.x, r.y, r.right(), r.bottom())
		if r.dashed {
			p.pdf.SetDashPattern(nil, 0)
		}
	}
	var current font
	for _, t := range m.texts {
		if t.font != current {
			p.use(t.font)
			current = t.font
		}
		p.text(t)
	}
}

// shape fills and outlines a shape, as far as it asks for either.
func (p *press) shape(s shape) {
	style := ""
	if s.filled {
		style = "F"
		p.pdf.SetFillColor(int(s.grey), int(s.grey), int(s.grey))
	}
	if s.outline > 0 {
		style += "D"
		p.pdf.SetLineWidth(s.outline)
	}
	if s.dashed {
		p.pdf.SetDashPattern([]float64{1, 1}, 0)
		defer p.pdf.SetDashPattern(nil, 0)
	}
	if len(s.points) == 0 {
		p.pdf.Ellipse(s.x+s.w/2, s.y+s.h/2, s.w/2, s.h/2, 0, style)
		return
	}
	p.pdf.MoveTo(s.x+s.points[0].x, s.y+s.points[0].y)
	for _, next := range s.points[1:] {
		p.pdf.LineTo(s.x+next.x, s.y+next.y)
	}
	if !s.line {
		p.pdf.ClosePath()
	}
	p.pdf.DrawPath(style)
}

// text sets a line, in the font in use.
func (p *press) text(t text) {
	switch {
	case !p.whole:
		p.coded(t)
	case t.stretch:
		// The engine only widens the spaces of cells; a cell's baseline lies three tenths
		// of an em under its middle.
		p.pdf.SetXY(t.x, t.baseline()-0.3*t.font.em())
		p.pdf.CellFormat(t.w, 0, strings.TrimSpace(string(t.line)), "", 0, "J", false, 0, "")
	default:
		p.pdf.Text(t.x, t.baseline(), string(t.line))
	}
}

// coded sets a line in the codes of its face.
func (p *press) coded(t text) {
	line, err := p.codings[t.font.face].of(t.line)
	if err != nil {
		p.pdf.SetError(err)
		return
	}
	if t.stretch {
		p.pdf.SetWordSpacing((t.w - p.pdf.GetStringWidth(line)) / float64(strings.Count(line, " ")))
		defer p.pdf.SetWordSpacing(0)
	}
	p.pdf.Text(t.x, t.baseline(), line)
}

// bookmark is a text as the engine takes it for a bookmark. With a whole face in use
// it makes UTF-16 of it itself.
func (p *press) bookmark(s printable) string {
	if p.whole {
		return string(s)
	}
	coded := []byte{0xFE, 0xFF}
	for _, unit := range utf16.Encode([]rune(string(s))) {
		coded = append(coded, byte(unit>>8), byte(unit))
	}
	return string(coded)
}
