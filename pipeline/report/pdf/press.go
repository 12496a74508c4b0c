package pdf

import (
	"bytes"
	"slices"
	"strings"
	"time"
	"unicode"

	gofpdf "github.com/jung-kurt/gofpdf"
)

// press is the PDF engine with its typeface. It makes one document.
type press struct {
	pdf    *gofpdf.Fpdf
	whole  bool // the faces are loaded with all their runes
	loaded [boldItalic + 1]bool
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

// use selects a font. A face is loaded when first used: each costs some
// milliseconds and, embedded, some kilobytes.
func (p *press) use(f font) {
	cut := faces[f.face]
	if !p.loaded[f.face] {
		ttf := cut.ttf
		if !p.whole {
			ttf = cut.common()
		}
		// The engine writes into the slice it is given.
		p.pdf.AddUTF8FontFromBytes(family, cut.style, slices.Clone(ttf))
		p.loaded[f.face] = true
	}
	p.pdf.SetFont(family, cut.style, f.size)
}

// runeWidth is in thousandths of an em. Whatever is printed has been measured, so
// this is where the press learns that the common runes do not do; a loaded face
// cannot be added to, and nothing is printed yet.
func (p *press) runeWidth(f face, c rune) int {
	if !p.whole && !unicode.Is(common, c) {
		*p = press{pdf: newEngine(), whole: true}
	}
	p.use(font{f, bodySize})
	return p.pdf.GetStringSymbolWidth(string(c))
}

// print returns the pages as a PDF. Equal pages give equal bytes.
func (p *press) print(pages []*page, about imprint) ([]byte, error) {
	p.use(font{regular, bodySize}) // without a face of this kind the engine garbles what follows
	p.pdf.SetTitle(string(about.title), true)
	p.pdf.SetSubject(string(about.subject), true)
	p.pdf.SetAuthor(string(about.author), true)
	p.pdf.SetKeywords(string(about.keywords), true)
	p.pdf.SetCreator("tonghop", true)
	p.pdf.SetCreationDate(about.created)
	p.pdf.SetModificationDate(about.created)
	p.pdf.SetCatalogSort(true)

	targets := p.targets(pages)
	var above outline
	for _, page := range pages {
		p.pdf.AddPageFormat("P", gofpdf.SizeType{Wd: page.paper.w, Ht: page.paper.h})
		p.use(font{regular, bodySize})
		// The engine takes the last page's height for every page's when it
		// turns a bookmark's place into PDF coordinates.
		shift := pages[len(pages)-1].paper.h - page.paper.h
		for _, e := range page.entries {
			p.pdf.Bookmark(string(e.text), above.depth(e.level), e.y+shift)
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
		if t.stretch {
			p.stretched(t)
			continue
		}
		p.pdf.Text(t.x, t.baseline(), string(t.line))
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

// stretched sets a line to its box's width. The engine only justifies cells; a
// cell's baseline lies three tenths of an em under its middle.
func (p *press) stretched(t text) {
	p.pdf.SetXY(t.x, t.baseline()-0.3*t.font.em())
	p.pdf.CellFormat(t.w, 0, strings.TrimSpace(string(t.line)), "", 0, "J", false, 0, "")
}
