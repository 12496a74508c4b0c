package pdf

import "tonghop/pipeline/report"

const signatureRoom = 25.0 // mm for the hand and the seal

// signatures sets the recipients at the left and the signature at the right.
// Recipients beyond the signature's height go on below it and may break across
// pages; the signature itself may not.
func (c composer) signatures(sig report.Signatures) []strip {
	var s strip
	left := box{w: c.width * leftShare}
	right := box{x: left.w + letterheadGap, w: c.width - left.w - letterheadGap}

	recipients := c.recipients(sig.Recipients, left.w)
	f, noteFont := font{bold, c.manner.body}, font{italic, c.manner.body}
	var names marks
	for _, l := range sig.Block {
		right.y = names.set(c.ruler.wrap(l, f, right.w, 0), f, right, report.Center)
	}
	if sig.Name != "" {
		if note := c.ruler.wrap(sig.Note, noteFont, right.w, 0); len(note) > 0 {
			area := right
			area.y += signatureRoom / 3
			right.y = max(right.y, names.set(note, noteFont, area, report.Center)-2*signatureRoom/3)
		}
		right.y += signatureRoom
		right.y = names.set(c.ruler.wrap(sig.Name, f, right.w, 0), f, right, report.Center)
	}
	if len(names.texts) == 0 {
		return spaced(recipients, 6, 0)
	}
	beside := 0
	for beside < len(recipients) && s.height+recipients[beside].height <= right.y {
		s.add(recipients[beside].marks, 0, s.height)
		s.height += recipients[beside].height
		beside++
	}
	s.height = right.y
	s.add(names, 0, 0)
	return spaced(append([]strip{s}, recipients[beside:]...), 6, 0)
}

// recipients is a strip a line: the word "Nơi nhận:" and then the list.
func (c composer) recipients(items []string, width float64) []strip {
	var strips []strip
	for i, item := range items {
		f := font{regular, 11}
		if i == 0 {
			f = font{boldItalic, 12}
		}
		strips = append(strips, lineStrips(c.ruler.wrap(item, f, width, 0), f, func(m *marks, l line) {
			m.set([]line{l}, f, box{w: width}, report.Left)
		})...)
	}
	return strips
}
