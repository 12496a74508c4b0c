package pdf

import "tonghop/pipeline/report"

// box is an area of a page or a strip, in mm from its top left corner.
type box struct {
	x, y, w, h float64
}

func (b box) right() float64  { return b.x + b.w }
func (b box) bottom() float64 { return b.y + b.h }

func (b box) moved(dx, dy float64) box {
	b.x += dx
	b.y += dy
	return b
}

// text is one line in its place.
type text struct {
	box
	line    printable
	font    font
	room    float64 // mm: the width of the place it was set in
	stretch bool    // justified: spaces are widened to fill the box
}

// baseline is measured from the same corner as the box.
func (t text) baseline() float64 { return t.y + rise*t.font.em() }

// rule is a straight line, as a box of no width or no height.
type rule struct {
	box
	thickness float64 // mm
	dashed    bool
}

// shade is a box filled with grey, light enough for print in black and white.
type shade struct {
	box
	grey uint8 // 255 is white
}

// link leads from an area to a heading, counted among those that are listed.
type link struct {
	box
	target int
}

// marks is what is drawn: shades below shapes below rules below texts, each in
// reading order.
type marks struct {
	texts  []text
	rules  []rule
	shapes []shape
	shades []shade
	links  []link
}

// add draws other over m, moved.
func (m *marks) add(other marks, dx, dy float64) {
	for _, t := range other.texts {
		t.box = t.moved(dx, dy)
		m.texts = append(m.texts, t)
	}
	for _, r := range other.rules {
		r.box = r.moved(dx, dy)
		m.rules = append(m.rules, r)
	}
	for _, s := range other.shapes {
		s.box = s.moved(dx, dy)
		m.shapes = append(m.shapes, s)
	}
	for _, s := range other.shades {
		s.box = s.moved(dx, dy)
		m.shades = append(m.shades, s)
	}
	for _, l := range other.links {
		l.box = l.moved(dx, dy)
		m.links = append(m.links, l)
	}
}

// set puts lines under each other from the top of an area, aligned in its
// width, and returns where they end. The area's height plays no part.
func (m *marks) set(lines []line, f font, area box, align report.Align) float64 {
	y := area.y
	for _, l := range lines {
		x := area.x
		switch align {
		case report.Center:
			x += (area.w - l.width) / 2
		case report.Right:
			x += area.w - l.width
		}
		m.texts = append(m.texts, text{box: box{x, y, l.width, f.line()}, line: l.text, font: f, room: area.w})
		y += f.line()
	}
	return y
}

// across adds a horizontal rule.
func (m *marks) across(x, y, w, thickness float64) {
	m.rules = append(m.rules, rule{box: box{x, y, w, 0}, thickness: thickness})
}

// down adds a vertical rule.
func (m *marks) down(x, y, h, thickness float64) {
	m.rules = append(m.rules, rule{box: box{x, y, 0, h}, thickness: thickness})
}

// strip is a band over the whole text width that is never divided. Its marks
// are placed from its own top left corner.
type strip struct {
	marks
	height        float64
	before, after float64 // the larger of two neighbours' counts; neither at the head of a page
	keep          bool    // on one page with the strip that follows
	head          *strip  // repeated above this one where it opens a page
	entry         *entry
	// contents sets the list of contents, whose place this strip keeps.
	contents func([]listing) []strip
}

// entry is a bookmark: level 0 is the outermost.
type entry struct {
	level  int
	text   printable
	listed bool    // in the list of contents
	y      float64 // on its page
}
