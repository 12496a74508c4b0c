package pdf

import (
	"strings"

	"tonghop/pipeline/vietnamese"
)

// printable is text that the press can set. Only clean makes one, so that
// nothing reaches the PDF engine unseen: it panics on invalid UTF-8 and on
// runes above U+FFFF, and draws nothing for a rune the typeface lacks.
type printable string

func clean(s string) printable {
	return printable(strings.Map(drawable, vietnamese.CleanForPrint(s)))
}

// face is one of the four cuts of the serif typeface.
type face uint8

const (
	regular face = iota
	bold
	italic
	boldItalic
)

// faceOf gives the cut for text that is strong, italic, both or neither.
func faceOf(strong, slanted bool) face {
	switch {
	case strong && slanted:
		return boldItalic
	case strong:
		return bold
	case slanted:
		return italic
	}
	return regular
}

// font is a face in a size in points.
type font struct {
	face face
	size float64
}

const (
	mmPerPoint = 25.4 / 72
	// leading leaves room for the two marks that stand on a capital, as in Ễ,
	// under the line above.
	leading = 1.2
	// rise is the height of the tallest Vietnamese letter over the baseline.
	rise = 0.95
)

// em is the size in mm.
func (f font) em() float64 { return f.size * mmPerPoint }

// line is the height in mm that a line of text takes.
func (f font) line() float64 { return f.em() * leading }

// Sizes of type in points, after Decree 30/2020, Appendix I.
const (
	bodySize  = 13
	smallSize = 10
)
