package write

import (
	"math"
	"sort"
	"strings"
	"unicode"
)

// Lines tells on how many lines text stands in a column of this width, in
// characters as Widths takes them, at a size in points. It is an estimate on
// the safe side: one line too many leaves a little white, one too few hides
// words.
func Lines(text string, width, size float64) int {
	room := max(width*11/size-0.5, 1)
	lines := 0
	for paragraph := range strings.SplitSeq(text, "\n") {
		used := 0.0
		lines++
		for word := range strings.FieldsSeq(paragraph) {
			long := breadth(word)
			switch {
			case used == 0:
				used = long
			case used+breadth(" ")+long <= room:
				used += breadth(" ") + long
				continue
			default:
				lines++
				used = long
			}
			if used > room { // a word longer than the line is broken
				more := math.Ceil(used/room) - 1
				lines += int(more)
				used -= more * room
			}
		}
	}
	return lines
}

// breadth is a text's width in digits, which widths are counted in: letters of
// Times New Roman fall into three classes closely enough.
func breadth(text string) float64 {
	const narrow, wide = 0.6, 1.45
	sum := 0.0
	for _, r := range text {
		switch {
		case strings.ContainsRune(" iíìỉĩịltjfr.,:;'!()[]/|-", r):
			sum += narrow
		case r == 'm' || r == 'w' || unicode.IsUpper(r) || r > 0x1EFF:
			sum += wide
		default:
			sum++
		}
	}
	return sum
}

// LineHeight is what one line takes in points, accents above accents included.
func LineHeight(size float64) float64 { return math.Ceil(size * 1.3) }

// Height is a row's height in points for this many lines.
func Height(lines int, size float64) float64 { return float64(lines)*LineHeight(size) + 3 }

// Parts cuts text that stands on more than this many lines into parts that do not,
// between words where it can. Joined by what was between them they are the text.
func Parts(text string, width, size float64, most int) []string {
	var parts []string
	for Lines(text, width, size) > most {
		ends := placesWhere(text, unicode.IsSpace)
		fit := func() int {
			return sort.Search(len(ends), func(i int) bool { return Lines(text[:ends[i]], width, size) > most })
		}
		n := fit()
		if n == 0 { // one word that is too long
			ends = placesWhere(text, func(rune) bool { return true })
			n = max(fit(), 1)
		}
		parts = append(parts, strings.TrimSpace(text[:ends[n-1]]))
		text = strings.TrimSpace(text[ends[n-1]:])
	}
	return append(parts, text)
}

// placesWhere are the places in text at which a part can end: before such a letter,
// and the end.
func placesWhere(text string, at func(rune) bool) []int {
	var all []int
	for i, r := range text {
		if i > 0 && at(r) {
			all = append(all, i)
		}
	}
	return append(all, len(text))
}
