package pdf

import (
	"fmt"
	"strconv"
	"strings"

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
)

var (
	draftFont      = font{boldItalic, 9}
	pageNumberFont = font{regular, bodySize}
	provenanceFont = font{regular, 8}
)

// newFrame lays the text area into the paper. Its top sinks where the draft
// line is so long that it and the page number need more than the margin.
func newFrame(o Options, landscape bool, draft string, r *ruler) (frame, error) {
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
	top := max(m.Top, edge+float64(len(lines))*draftFont.line()+pageNumberFont.line()+clearance)
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

// furnish adds what stands in the margins: on every page the draft line, from
// page 2 the page number at the top centre, on the last page the last line.
func furnish(pages []*page, doc report.Document, lastLine string, r *ruler) {
	for i, p := range pages {
		area := box{x: p.text.x, y: edge, w: p.text.w}
		area.y = p.margin.set(r.wrap(doc.Draft, draftFont, area.w, 0), draftFont, area, report.Right)
		if number := pageOf(doc.PageOf, i+1, len(pages)); i > 0 && number != "" {
			p.margin.set(r.wrap(number, pageNumberFont, area.w, 0), pageNumberFont, area, report.Center)
		}
	}
	last := pages[len(pages)-1]
	if lines := r.wrap(lastLine, provenanceFont, last.text.w, 0); len(lines) > 0 {
		last.margin.across(last.text.x, last.text.bottom()+clearance/2, last.text.w, 0.1)
		last.margin.set(lines, provenanceFont, last.foot(), report.Left)
	}
}

// pageOf puts a page's number and, where the format asks for it, the number of
// pages into a format such as "Trang %d/%d".
func pageOf(format string, n, total int) string {
	s := strings.Replace(format, "%d", strconv.Itoa(n), 1)
	return strings.Replace(s, "%d", strconv.Itoa(total), 1)
}
