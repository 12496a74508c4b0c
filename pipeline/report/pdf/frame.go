package pdf

import (
	"fmt"

	"tonghop/pipeline/report"
)

// frame is a page's paper and text area, in mm.
type frame struct {
	paper paper
	text  box
}

func (f frame) width() float64  { return f.text.w }
func (f frame) height() float64 { return f.text.h }

type paper struct{ w, h float64 }

var (
	a4          = paper{210, 297}
	a4Landscape = paper{297, 210}
	a3Landscape = paper{420, 297}
)

const (
	leastText = 60.0 // mm: a narrower or lower text area is a mistake in the options
	// edge is kept free of everything: office printers do not reach it.
	edge = 7.0
	// clearance keeps what stands in the margins from the text.
	clearance = 2.0
	// annexRoom is the share of the text width, left of the page number, for the
	// name of an appendix.
	annexRoom = 0.4
)

var (
	draftFont      = font{boldItalic, 9}
	pageNumberFont = font{regular, bodySize}
	annexFont      = font{italic, 10}
	provenanceFont = font{regular, 8}
)

// newFrame lays a section's text area into the paper. Its top sinks where the
// draft line is so long that it and the line of the page number need more than
// the margin.
func newFrame(o Options, s report.Section, draft string, r *ruler) (frame, error) {
	landscape := s.Landscape
	p, m := a4, o.Margins
	if m == (Margins{}) {
		m = Margins{Top: 20, Bottom: 20, Left: 30, Right: 15}
	}
	if landscape {
		p, m = a4Landscape, Margins{Top: 20, Bottom: 20, Left: 15, Right: 15}
	}
	switch o.Paper {
	case "", "A4":
	case "A3":
		if landscape {
			p = a3Landscape
		}
	default:
		return frame{}, fmt.Errorf("paper %q is neither A4 nor A3", o.Paper)
	}
	if min(m.Top, m.Bottom, m.Left, m.Right) < edge {
		return frame{}, fmt.Errorf("margins below %g mm: %+v", edge, m)
	}
	lines := r.wrap(draft, draftFont, p.w-m.Left-m.Right, 0)
	beside := r.wrap(s.Annex, annexFont, annexRoom*(p.w-m.Left-m.Right), 0)
	number := max(pageNumberFont.line(), float64(len(beside))*annexFont.line())
	top := max(m.Top, edge+float64(len(lines))*draftFont.line()+number+clearance)
	f := frame{paper: p, text: box{m.Left, top, p.w - m.Left - m.Right, p.h - top - m.Bottom}}
	if min(f.text.w, f.text.h) < leastText {
		return frame{}, fmt.Errorf("margins leave %.0f x %.0f mm for text: %+v", f.text.w, f.text.h, m)
	}
	return f, nil
}

// foot is the area under the text.
func (f frame) foot() box {
	top := f.text.bottom() + clearance
	return box{f.text.x, top, f.text.w, f.paper.h - edge - top}
}

// holds tells whether the provenance fits into the bottom margin; it is else
// the last paragraph of the text.
func (f frame) holds(s string, r *ruler) bool {
	lines := r.wrap(s, provenanceFont, f.text.w, 0)
	return float64(len(lines))*provenanceFont.line() <= f.foot().h
}

// furnish adds what stands in the margins: on every page the draft line, on the
// last page the last line, and from the second page of the main text and of each
// appendix the page's number, in plain digits at the top centre (Decree 30/2020,
// Appendix I), with the name of the appendix at its left.
func furnish(pages []*page, doc report.Document, lastLine string, r *ruler) {
	for _, p := range pages {
		area := box{x: p.text.x, y: edge, w: p.text.w}
		area.y = p.margin.set(r.wrap(doc.Draft, draftFont, area.w, 0), draftFont, area, report.Right)
		if p.number == 1 {
			continue
		}
		name := area
		name.w *= annexRoom
		name.y += rise * (pageNumberFont.em() - annexFont.em()) // on one baseline
		p.margin.set(r.wrap(p.annex, annexFont, name.w, 0), annexFont, name, report.Left)
		p.margin.set(r.wrap(string(p.label()), pageNumberFont, area.w, 0), pageNumberFont, area, report.Center)
	}
	last := pages[len(pages)-1]
	if lines := r.wrap(lastLine, provenanceFont, last.text.w, 0); len(lines) > 0 {
		last.margin.across(last.text.x, last.text.bottom()+clearance/2, last.text.w, 0.1)
		last.margin.set(lines, provenanceFont, last.foot(), report.Left)
	}
}
