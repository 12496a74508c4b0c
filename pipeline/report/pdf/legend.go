package pdf

import "tonghop/pipeline/report"

var legendFont = font{regular, 8.5}

const (
	swatch    = 5.0 // mm: the width of what a legend's word explains
	legendGap = 5.0 // mm between one word and the next swatch
)

// legendItem is a word with what it explains, drawn in a swatch.
type legendItem struct {
	word string
	draw func(m *marks, b box)
}

// legend sets the words that there are in a line, or in several where they do
// not fit.
func (c composer) legend(items []legendItem) []strip {
	var strips []strip
	x := 0.0
	for _, item := range items {
		room := c.width - swatch - 1
		lines := c.ruler.wrap(item.word, legendFont, room, 0)
		if len(lines) == 0 {
			continue
		}
		w := widest(lines)
		if len(strips) == 0 || x+swatch+1+w > c.width+slack {
			strips = append(strips, strip{keep: true})
			x = 0
		}
		s := &strips[len(strips)-1]
		item.draw(&s.marks, box{x, 0, swatch, legendFont.line()})
		end := s.set(lines, legendFont, box{x: x + swatch + 1, w: w}, report.Left)
		s.height = max(s.height, end)
		x += swatch + 1 + w + legendGap
	}
	return strips
}

// The swatches, each drawn as the chart draws it.

func targetSwatch(m *marks, b box) {
	m.down(b.x+b.w/2, b.y+0.3, b.h-0.6, targetLine)
}

func levelSwatch(m *marks, b box) {
	m.rules = append(m.rules, rule{box: box{b.x, b.y + b.h/2, b.w, 0}, thickness: levelLine, dashed: true})
}

func paceSwatch(m *marks, b box) { m.pace(b.x+b.w/2, b.y+0.2, b.h-0.4) }

func provisionalSwatch(m *marks, b box) {
	m.shapes = append(m.shapes, block(box{b.x + 0.5, b.y + 0.6, b.w - 1, b.h - 1.2}, true)...)
}

func unknownSwatch(m *marks, b box) {
	m.shades = append(m.shades, shade{box{b.x + 0.5, b.y + 0.4, b.w - 1, b.h - 0.8}, headGrey})
}
