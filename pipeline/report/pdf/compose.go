package pdf

import (
	"fmt"

	"tonghop/pipeline/report"
)

// composer turns blocks into strips for a text area of a given size in mm.
type composer struct {
	ruler         *ruler
	width, height float64
	manner        manner
	density       density
}

// section composes the blocks in order and ties together what a reader wants
// on one page: a table or chart with the note under it, a signature with the end of the
// text it signs.
func (c composer) section(s report.Section) ([]strip, error) {
	first, rest := front(s.Blocks)
	page, err := c.onePage(first)
	if err != nil {
		return nil, err
	}
	strips, err := c.blocks(rest)
	return append(page, strips...), err
}

func (c composer) blocks(blocks []report.Block) ([]strip, error) {
	var strips []strip
	for i, block := range blocks {
		next, err := c.block(block, tied(strips), blocks[i+1:])
		if err != nil {
			return nil, fmt.Errorf("block %d: %w", i+1, err)
		}
		if len(next) > 0 && len(strips) > 0 && i > 0 && belongs(blocks[i-1], block) {
			strips[len(strips)-1].keep = true
		}
		strips = append(strips, next...)
	}
	return strips, nil
}

// block sets a block. Above are the strips that stay with it, and after the blocks
// that follow: a table is set by what has to stand on its page.
func (c composer) block(b report.Block, above []strip, after []report.Block) ([]strip, error) {
	switch b := b.(type) {
	case report.Letterhead:
		return c.letterhead(b), nil
	case report.Addressee:
		return c.addressee(b), nil
	case report.Title:
		return c.title(b), nil
	case report.AnnexTitle:
		return c.annexTitle(b), nil
	case report.Heading:
		return c.heading(b), nil
	case report.Paragraph:
		return c.paragraph(b), nil
	case report.Bullets:
		return c.bullets(b), nil
	case report.Facts:
		return c.facts(b), nil
	case report.Strip:
		return c.indicators(b), nil
	case report.Bars:
		return c.bars(b), nil
	case report.Trend:
		return c.trend(b), nil
	case report.Contents:
		return []strip{{contents: func(list []listing) []strip { return c.contents(b.Title, list) }}}, nil
	case report.Table:
		var note []strip
		if len(after) > 0 && belongs(b, after[0]) {
			var err error
			if note, err = c.block(after[0], nil, nil); err != nil {
				return nil, err
			}
		}
		return c.table(b, above, note)
	case report.Signatures:
		return c.signatures(b), nil
	}
	return nil, fmt.Errorf("unknown kind of block %T", b)
}

// tied are the last strips, as far as they stay with what follows them.
func tied(strips []strip) []strip {
	from := len(strips)
	for from > 0 && strips[from-1].keep {
		from--
	}
	return strips[from:]
}

func belongs(above, below report.Block) bool {
	switch below := below.(type) {
	case report.Signatures:
		return true
	case report.Paragraph:
		switch above.(type) {
		case report.Table, report.Strip, report.Bars, report.Trend:
			return below.Style == report.Small
		}
	}
	return false
}

// lineStrips makes a strip of each line, each a step of the line's height, and
// keeps a paragraph's first two and last two lines together.
func lineStrips(lines []line, f font, draw func(*marks, line)) []strip {
	strips := make([]strip, len(lines))
	for i, l := range lines {
		strips[i].height = f.line()
		strips[i].keep = !l.last && (l.first || i+1 < len(lines) && lines[i+1].last)
		draw(&strips[i].marks, l)
	}
	return strips
}

// spaced sets the space around strips that form one block.
func spaced(strips []strip, before, after float64) []strip {
	if len(strips) > 0 {
		strips[0].before = before
		strips[len(strips)-1].after = after
	}
	return strips
}
