package pdf

import "tonghop/pipeline/report"

const (
	// leftShare of the text width goes to the issuing body; the state's name
	// at the right is the longer.
	leftShare     = 0.44
	letterheadGap = 3.0 // mm between the columns
	ruleGap       = 0.8 // mm between an underlined line and its rule
)

// letterhead sets the two columns of the head of page 1: at the left the superior
// body and the issuing body, at the right the state's name and its motto over a
// rule as long as it, or the Party's name; under them number and date, and under
// the number of a letter what it is about.
func (c composer) letterhead(l report.Letterhead) []strip {
	var s strip
	left := box{w: c.width*leftShare - letterheadGap/2}
	right := box{x: left.w + letterheadGap, w: c.width - left.w - letterheadGap}
	number, date := c.manner.number, c.manner.date
	leftEnd := c.letterColumn(&s.marks, l.Left, left, c.manner.closing, c.manner.left)
	rightEnd := c.letterColumn(&s.marks, l.Right, right, wholeRule, c.manner.right)

	// Number and date stand on one line, whichever column is the longer.
	left.y = max(leftEnd, rightEnd) + 2
	right.y = left.y
	end := s.set(c.ruler.wrap(l.Number, number, left.w, 0), number, left, report.Center)
	if left.y = end; l.About != "" {
		end = s.set(c.ruler.wrap(l.About, c.manner.about, left.w, 0), c.manner.about, left, report.Center)
	}
	end = max(end, s.set(c.ruler.wrap(l.PlaceDate, date, right.w, 0), date, right, report.Center))
	s.height = end
	s.after = 6
	if len(s.texts) == 0 {
		return nil
	}
	return []strip{s}
}

// letterColumn sets lines, each in its font, and closes the second, or the first
// where it is alone.
func (c composer) letterColumn(m *marks, lines []string, area box, close closing, fonts []font) (end float64) {
	for i, s := range lines {
		f := fonts[min(i, len(fonts)-1)]
		wrapped := c.ruler.wrap(s, f, area.w, 0)
		area.y = m.set(wrapped, f, area, report.Center)
		if i != min(1, len(lines)-1) || len(wrapped) == 0 {
			continue
		}
		if close == star {
			area.y = m.set(c.ruler.wrap("*", f, area.w, 0), f, area, report.Center)
			continue
		}
		length := wrapped[len(wrapped)-1].width * float64(close)
		m.across(area.x+(area.w-length)/2, area.y+ruleGap, length, 0.25)
		area.y += 2 * ruleGap
	}
	return area.y
}
