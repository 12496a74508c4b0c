package pdf

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/go-fonts/liberation/liberationserifbold"
	"github.com/go-fonts/liberation/liberationserifbolditalic"
	"github.com/go-fonts/liberation/liberationserifitalic"
	"github.com/go-fonts/liberation/liberationserifregular"
	gofpdf "github.com/jung-kurt/gofpdf"
)

const family = "serif"

// faces are the cuts of the typeface, Liberation Serif, which has the metrics of
// Times New Roman and every Vietnamese letter.
var faces = [...]cut{
	regular:    newCut("", liberationserifregular.TTF),
	bold:       newCut("B", liberationserifbold.TTF),
	italic:     newCut("I", liberationserifitalic.TTF),
	boldItalic: newCut("BI", liberationserifbolditalic.TTF),
}

// cut is a face as the PDF engine takes it.
type cut struct {
	style string
	ttf   []byte
	// common is the same with the common runes alone, an eighth of it. It is made
	// once: the engine goes through all of a face for every document.
	common func() []byte
}

func newCut(style string, ttf []byte) cut {
	return cut{style, ttf, sync.OnceValue(func() []byte {
		return gofpdf.UTF8CutFont(slices.Clone(ttf), commonRunes()) // the engine writes into what it is given
	})}
}

// common are the runes with which a document is nearly always set.
var common = &unicode.RangeTable{R16: []unicode.Range16{
	{Lo: 0x0020, Hi: 0x007E, Stride: 1}, // ASCII
	{Lo: 0x00A0, Hi: 0x017F, Stride: 1}, // Latin letters with marks
	{Lo: 0x01A0, Hi: 0x01B0, Stride: 1}, // Ơ, Ư
	{Lo: 0x1EA0, Hi: 0x1EF9, Stride: 1}, // Vietnamese letters with two marks
	{Lo: 0x2010, Hi: 0x2026, Stride: 1}, // dashes, quotation marks, ellipsis
	{Lo: 0x20AB, Hi: 0x20AB, Stride: 1}, // ₫
	{Lo: 0x2212, Hi: 0x2212, Stride: 1}, // minus
	{Lo: 0x2264, Hi: 0x2265, Stride: 1}, // ≤, ≥
	{Lo: 0x25A0, Hi: 0x25BC, Stride: 1}, // ■, □, ▲, ▼
}}

func commonRunes() string {
	var all strings.Builder
	for _, r := range common.R16 {
		for c := rune(r.Lo); c <= rune(r.Hi); c++ {
			all.WriteRune(c)
		}
	}
	return all.String()
}
