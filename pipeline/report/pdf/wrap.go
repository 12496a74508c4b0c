package pdf

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ruler measures text. It remembers the width of each rune, in thousandths of
// an em: widths simply add up, as the press does not kern.
type ruler struct {
	press  *press
	widths [boldItalic + 1]map[rune]int
}

func (r *ruler) rune(f face, c rune) int {
	if r.widths[f] == nil {
		r.widths[f] = map[rune]int{}
	}
	w, known := r.widths[f][c]
	if !known {
		w = r.press.runeWidth(f, c)
		r.widths[f][c] = w
	}
	return w
}

// width of text on one line, in mm.
func (r *ruler) width(s printable, f font) float64 {
	sum := 0
	for _, c := range s {
		sum += r.rune(f.face, c)
	}
	return float64(sum) * f.em() / 1000
}

// line is a measured line of text.
type line struct {
	text  printable
	width float64 // mm
	// first and last mark the ends of a paragraph: the one is indented, the
	// other is not stretched.
	first, last bool
}

// slack absorbs the rounding of sums of widths, in mm.
const slack = 1e-6

// wrap sets text in lines no wider than width, the first of each paragraph
// narrower by indent. A line break in the text ends a paragraph; empty ones are
// left out. A word longer than a line is broken.
func (r *ruler) wrap(text string, f font, width, indent float64) []line {
	var lines []line
	for paragraph := range strings.SplitSeq(string(clean(text)), "\n") {
		start := len(lines)
		room := width - indent
		current := line{first: true}
		end := func() {
			lines = append(lines, current)
			current, room = line{}, width
		}
		for _, word := range words(paragraph) {
			w := r.width(word, f)
			if current.text != "" {
				spaced := r.width(" ", f) + w
				if current.width+spaced <= room+slack {
					current.text += " " + word
					current.width += spaced
					continue
				}
				end()
			}
			for w > room+slack {
				head, tail := r.breakWord(word, f, room)
				current.text, current.width = head, r.width(head, f)
				if tail == "" {
					break
				}
				end()
				word, w = tail, r.width(tail, f)
			}
			current.text, current.width = word, w
		}
		if current.text != "" {
			end()
		}
		if len(lines) > start {
			lines[len(lines)-1].last = true
		}
	}
	return lines
}

// widest is the width of the longest of some lines.
func widest(lines []line) float64 {
	w := 0.0
	for _, l := range lines {
		w = max(w, l.width)
	}
	return w
}

// signs stand before a number and with it.
var signs = []string{"≥", "≤", ">", "<"}

// words are separated by spaces; a no-break space is part of a word, and so is the
// space between a sign such as ≥ and its number.
func words(s string) []printable {
	var list []printable
	sign := false
	for word := range strings.FieldsFuncSeq(s, func(c rune) bool { return c == ' ' }) {
		if sign {
			list[len(list)-1] += printable(" " + word)
		} else {
			list = append(list, printable(word))
		}
		sign = slices.Contains(signs, word)
	}
	return list
}

// breakWord takes from a word what fits in the room, after a joint if one lies
// in the latter half, and always at least one letter with its marks.
func (r *ruler) breakWord(word printable, f font, room float64) (head, tail printable) {
	sum, end, joint := 0.0, 0, 0
	for i, c := range word {
		next := i + utf8.RuneLen(c)
		sum += r.width(word[i:next], f)
		if end > 0 && sum > room+slack && !unicode.Is(unicode.M, c) {
			break
		}
		end = next
		if isJoint(c) {
			joint = end
		}
	}
	if end < len(word) && joint > end/2 {
		end = joint
	}
	return word[:end], word[end:]
}

// isJoint tells the runes after which a long word, such as a file's path, is
// broken rather than anywhere.
func isJoint(c rune) bool {
	return strings.ContainsRune(`/\-_`, c)
}
