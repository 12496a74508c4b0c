package pdf

import (
	"encoding/binary"
	"strings"
	"sync"
	"unicode"
)

// missing stands for a rune that the typeface does not have; the PDF engine
// would leave a blank in its place.
const missing = '□'

// drawable is the rune itself if the typeface has it, a space for a space of
// another width, and else the visible sign for a missing one.
func drawable(c rune) rune {
	switch {
	case c == '\n' || covered().has(c):
		return c
	case unicode.Is(unicode.Zs, c):
		return ' '
	}
	return missing
}

// Lacking gives those runes of a text that cannot be drawn; empty where all can.
func Lacking(text string) string {
	return strings.Map(func(c rune) rune {
		if drawable(c) == missing && c != missing {
			return c
		}
		return -1
	}, text)
}

// runeSet has a bit for each rune up to U+FFFF.
type runeSet [1 << 16 / 64]uint64

func (s *runeSet) add(c int)       { s[c/64] |= 1 << (c % 64) }
func (s *runeSet) has(c rune) bool { return c <= 0xFFFF && s[c/64]&(1<<(c%64)) != 0 }

// covered is the runes that every face has; the upright ones have a few more.
var covered = sync.OnceValue(func() *runeSet {
	all := coverage(faces[0].ttf)
	for _, cut := range faces[1:] {
		for i, bits := range coverage(cut.ttf) {
			all[i] &= bits
		}
	}
	return all
})

// coverage reads the runes that a font maps to a glyph from its character map
// for Windows, Unicode, format 4 (OpenType specification, "cmap"). Of a font
// without such a map nothing is covered.
func coverage(ttf []byte) *runeSet {
	var set runeSet
	u16 := func(at int) int { return int(binary.BigEndian.Uint16(ttf[at:])) }
	u32 := func(at int) int { return int(binary.BigEndian.Uint32(ttf[at:])) }

	cmap := 0
	for t := range u16(4) {
		if record := 12 + 16*t; string(ttf[record:record+4]) == "cmap" {
			cmap = u32(record + 8)
		}
	}
	for m := range u16(cmap + 2) {
		record := cmap + 4 + 8*m
		table := cmap + u32(record+4)
		if u16(record) != 3 || u16(record+2) != 1 || u16(table) != 4 {
			continue
		}
		doubled := u16(table + 6) // twice the number of segments
		ends := table + 14
		starts := ends + doubled + 2
		deltas := starts + doubled
		offsets := deltas + doubled
		for s := 0; s < doubled; s += 2 {
			for c := u16(starts + s); c <= u16(ends+s) && c < 0xFFFF; c++ {
				glyph := c
				if offset := u16(offsets + s); offset != 0 {
					glyph = u16(offsets + s + offset + 2*(c-u16(starts+s)))
					if glyph == 0 {
						continue
					}
				}
				if (glyph+u16(deltas+s))&0xFFFF != 0 {
					set.add(c)
				}
			}
		}
	}
	return &set
}
