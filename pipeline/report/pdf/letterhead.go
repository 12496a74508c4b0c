package pdf

import "tonghop/pipeline/report"

const (
	// leftShare of the text width goes to the issuing body; the state's name
	// at the right is the longer.
	leftShare     = 0.44
	letterheadGap = 3.0 // mm between the columns
	ruleGap       = 0.8 // mm between an underlined line and its rule
)

// letterhead sets the two columns of the head of page 1 after Decree 30/2020:
// at the left the superior body and, bold over a short rule, the issuing body;
// at the right the state's name and its motto, over a rule as long as the
// motto. A right column of one line is the Party's.
func (c composer) letterhead(l report.Letterhead) []strip {
	var s strip
	left := box{w: c.width*leftShare - letterheadGap/2}
	right := box{x: left.w + letterheadGap, w: c.width - left.w - letterheadGap}

	leftEnd := c.letterColumn(&s.marks, l.Left, left, 1.0/3, []font{{regular, 12}, {bold, 12}, {regular, 12}})
	rightFonts := []font{{bold, 12}, {bold, 13}, {regular, 12}}
	if len(l.Right) == 1 {
		rightFonts = []font{{bold, 15}}
	}
	rightEnd := c.letterColumn(&s.marks, l.Right, right, 1, rightFonts)

	// Number and date stand on one line, whichever column is the longer.
	left.y = max(leftEnd, rightEnd) + 2
	right.y = left.y
	number, date := font{regular, bodySize}, font{italic, bodySize}
	end := s.set(c.ruler.wrap(l.Number, number, left.w, 0), number, left, report.Center)
	end = max(end, s.set(c.ruler.wrap(l.PlaceDate, date, right.w, 0), date, right, report.Center))
	s.height = end
	s.after = 6
	if len(s.texts) == 0 {
		return nil
	}
	return []strip{s}
}

// letterColumn sets lines, each in its font, with a rule under the second, or
// under the first where it is alone. The rule's length is a share of the line's.
func (c composer) letterColumn(m *marks, lines []string, area box, share float64, fonts []font) (end float64) {
	for i, s := range lines {
		f := fonts[min(i, len(fonts)-1)]
		wrapped := c.ruler.wrap(s, f, area.w, 0)
		area.y = m.set(wrapped, f, area, report.Center)
		if i == min(1, len(lines)-1) && len(wrapped) > 0 {
			length := wrapped[len(wrapped)-1].width * share
			m.across(area.x+(area.w-length)/2, area.y+ruleGap, length, 0.25)
			area.y += 2 * ruleGap
		}
	}
	return area.y
}
