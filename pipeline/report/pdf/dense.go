package pdf

import (
	"slices"

	"tonghop/pipeline/report"
)

// Space above and below a cell's text, in ems.
const (
	roomyLead = 0.2
	denseLead = 0.1
	// tightLead is the least that keeps the rule between two rows off the marks on
	// letters.
	tightLead = 0.035
)

const (
	// leastDense is in points. The decree's tables have 10 to 12; less is set only
	// where it keeps a part on one page.
	leastDense = 9.0
	// denseGap is between a heading and the table, in mm.
	denseGap = 1.5
	// fewestColumns are those of a part that is split once more.
	fewestColumns = 4
)

// dense sets a table that may be split by columns, so that each part stands on one
// page where it can: closer rows come before smaller type, and that before one more
// part, whose wider columns have lower heads. Where nothing does, the table has the
// size it asked for and goes on over several pages.
func (c composer) dense(t report.Table, above, below []strip) []strip {
	for more := range 2 {
		for size := t.Size; size >= min(t.Size, leastDense); size -= 0.5 {
			if float64(len(t.Rows))*(font{size: size}).line() > c.height {
				continue
			}
			if strips, fits := c.onePageEach(t, size, more, above, below); fits {
				return strips
			}
		}
	}
	parts := c.parts(t, t.Size, denseLead)
	parts[0][0].before = denseGap
	return slices.Concat(parts...)
}

// onePageEach sets each part on a page, with as much space around its rows as there
// is room for: the first with what is above the table, the last with what is below.
func (c composer) onePageEach(t report.Table, size float64, more int, above, below []strip) (all []strip, fits bool) {
	size, parts := c.columns(t, size, more)
	if more > 0 && len(t.Columns)-t.Keep < fewestColumns*len(parts) {
		return nil, false
	}
	for i, p := range parts {
		var over, under, strips []strip
		if i == 0 {
			over = above
		}
		if i == len(parts)-1 {
			under = below
		}
		fits = false
		for _, lead := range []float64{roomyLead, denseLead, tightLead} {
			if strips = c.part(t, p, size, lead); i == 0 {
				strips[0].before = denseGap
			}
			if fits = c.standTogether(over, strips, under); fits {
				break
			}
		}
		if !fits {
			return nil, false
		}
		tie(strips)
		all = append(all, strips...)
	}
	return all, true
}
