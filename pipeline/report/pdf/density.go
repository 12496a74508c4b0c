package pdf

import "tonghop/pipeline/report"

// density is how closely the first page is set.
type density struct {
	gap                         float64 // the share that is left of the space between blocks
	fact                        float64 // points, at most: of the four numbers
	label, value, note, verdict float64 // points, of an indicator's cell; the value at most
	leastCell                   float64 // mm
	bar, barPad                 float64 // points of a bar's text, mm above and below a row
}

// densities are tried in this order until the first page is one: the Party's
// manner and the widest margins leave a fifth less of it than the usual ones. What
// is read from afar, the values and verdicts, gives way last.
var densities = []density{
	{gap: 1, fact: 24, label: 9, value: 15, note: 8.5, verdict: 9.5, leastCell: 30, bar: 10, barPad: 0.8},
	{gap: 0.75, fact: 20, label: 9, value: 14, note: 8.5, verdict: 9.5, leastCell: 30, bar: 9.5, barPad: 0.4},
	{gap: 0.6, fact: 17, label: 8.5, value: 13, note: 8, verdict: 9, leastCell: 30, bar: 9, barPad: 0.2},
	{gap: 0.6, fact: 17, label: 8.5, value: 13, note: 8, verdict: 9, leastCell: 27, bar: 9, barPad: 0.2},
	{gap: 0.4, fact: 14, label: 8.5, value: 12, note: 8, verdict: 9, leastCell: 27, bar: 8.5, barPad: 0},
	{gap: 0.3, fact: 14, label: 8, value: 11, note: 8, verdict: 8.5, leastCell: 27, bar: 8, barPad: 0},
}

// front is the first page's blocks, those before the list of contents, and the
// others; all are others where there is no such page.
func front(blocks []report.Block) (first, rest []report.Block) {
	if len(blocks) > 0 {
		if _, ok := blocks[0].(report.Letterhead); ok {
			for i, b := range blocks {
				if _, ok := b.(report.Contents); ok {
					return blocks[:i], blocks[i:]
				}
			}
		}
	}
	return nil, blocks
}

// onePage sets blocks as closely as it takes to have them on one page; in the
// usual way where nothing does.
func (c composer) onePage(blocks []report.Block) ([]strip, error) {
	var usual []strip
	for i, d := range densities {
		c.density = d
		strips, err := c.blocks(blocks)
		if err != nil || len(strips) == 0 {
			return nil, err
		}
		if i == 0 {
			usual = strips
		}
		for s := range strips {
			strips[s].before *= d.gap
			strips[s].after *= d.gap
		}
		if alone(strips) <= c.height+slack {
			return strips, nil
		}
	}
	return usual, nil
}
