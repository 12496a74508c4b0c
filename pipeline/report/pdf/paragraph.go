package pdf

import "tonghop/pipeline/report"

const (
	firstLineIndent = 10 // mm, Decree 30/2020
	paragraphGap    = 6 * mmPerPoint
	warnIndent      = 4 // mm, with the rule at its left
	hangingIndent   = 5 // mm, of bullets
)

// paragraph sets running text, a strip a line.
func (c composer) paragraph(p report.Paragraph) []strip {
	f := font{regular, c.manner.body}
	switch p.Style {
	case report.Strong:
		f.face = bold
	case report.Emphasis:
		f.face = italic
	case report.Small:
		f.size = smallSize
		lines := c.ruler.wrap(p.Text, f, c.width, 0)
		return spaced(lineStrips(lines, f, func(m *marks, l line) {
			m.set([]line{l}, f, box{w: c.width}, report.Left)
		}), paragraphGap/2, paragraphGap/2)
	case report.Centered:
		lines := c.ruler.wrap(p.Text, f, c.width, 0)
		return spaced(lineStrips(lines, f, func(m *marks, l line) {
			m.set([]line{l}, f, box{w: c.width}, report.Center)
		}), paragraphGap, paragraphGap)
	case report.Warn:
		f.face = bold
		lines := c.ruler.wrap(p.Text, f, c.width-warnIndent, 0)
		return spaced(lineStrips(lines, f, func(m *marks, l line) {
			m.down(0.6, 0, f.line(), 1.2)
			m.set([]line{l}, f, box{x: warnIndent, w: c.width - warnIndent}, report.Left)
		}), 2*paragraphGap, 2*paragraphGap)
	}
	lines := c.ruler.wrap(p.Text, f, c.width, firstLineIndent)
	return spaced(lineStrips(lines, f, func(m *marks, l line) {
		m.justify(l, f, 0, c.width, firstLineIndent)
	}), paragraphGap, paragraphGap)
}

// bullets sets each item after a dash.
func (c composer) bullets(b report.Bullets) []strip {
	f, gap, indent := font{regular, c.manner.body}, paragraphGap/2, float64(firstLineIndent)
	if b.Small {
		f.size, gap, indent = smallSize, paragraphGap/4, 0
	}
	dash := line{text: "–", width: c.ruler.width("–", f)}
	x := indent + hangingIndent
	var strips []strip
	for _, item := range b.Items {
		dashed := false
		lines := c.ruler.wrap(item, f, c.width-x, 0)
		strips = append(strips, spaced(lineStrips(lines, f, func(m *marks, l line) {
			if !dashed {
				m.set([]line{dash}, f, box{x: indent, w: hangingIndent}, report.Left)
				dashed = true
			}
			m.justify(l, f, x, c.width-x, 0)
		}), gap, gap)...)
	}
	if len(strips) > 0 {
		strips[0].before, strips[len(strips)-1].after = paragraphGap, paragraphGap
	}
	return strips
}

// justify sets a line of running text, stretched to the width unless it ends
// its paragraph or is so short that the gaps would be wider than the words.
func (m *marks) justify(l line, f font, x, width, indent float64) {
	if l.first {
		x, width = x+indent, width-indent
	}
	t := text{box: box{x, 0, l.width, f.line()}, line: l.text, font: f, room: width}
	if !l.last && l.width > 0.75*width && len(words(string(l.text))) > 1 {
		t.stretch, t.w = true, width
	}
	m.texts = append(m.texts, t)
}
