package reading

import (
	"strings"
	"unicode"

	"tonghop/pipeline/vietnamese"
)

// tidy gives the text of a cell as the grammar reads it: composed letters, no
// characters that nobody sees, one kind of space, ASCII digits, nothing at the
// ends. Digits are not made equal beyond the full-width ones of Asian keyboards:
// "12²" is a footnote and not 122.
func tidy(s string) string {
	return strings.TrimSpace(strings.Map(tidyRune, vietnamese.Normalize(s)))
}

// telling are characters that seldom show and change what does. From right to left
// "12 345" shows as "345 12", and by force "12" as "21"; a soft hyphen before a
// number may show as its sign. With one of them a text is no number.
const telling = "\u00ad\u061c\u200f\u202b\u202e\u2067"

func tidyRune(r rune) rune {
	switch {
	case r < unicode.MaxASCII:
		if r == '\t' || r == '\v' || r == '\f' || r == '\r' {
			return '\n'
		}
		return r
	// A line or a column of its own is a value of its own: it never groups
	// thousands as a space does.
	case r == '\u0085' || r == '\u2028' || r == '\u2029':
		return '\n'
	case unicode.Is(unicode.Zs, r): // no-break, narrow, thin, figure, ideographic …
		return ' '
	case strings.ContainsRune(telling, r):
		return r
	case unicode.Is(unicode.Cf, r): // zero-width, marks of direction that change nothing here
		return -1
	case '！' <= r && r <= '～': // the full-width forms of "!" to "~"
		return r - '！' + '!'
	}
	return r
}

// unquote drops the apostrophe with which people make a spreadsheet take a
// number for text, and quotation marks around the whole.
func unquote(s string) string {
	for _, pair := range [...][2]string{{`"`, `"`}, {"“", "”"}, {"'", "'"}, {"‘", "’"}, {"'", ""}, {"‘", ""}, {"’", ""}, {"`", ""}, {"´", ""}} {
		inside, opened := strings.CutPrefix(s, pair[0])
		inside, closed := strings.CutSuffix(inside, pair[1])
		if opened && closed {
			return strings.TrimSpace(inside)
		}
	}
	return s
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// hasDigit reports whether any figure stands in s, of whatever script.
func hasDigit(s string) bool { return strings.ContainsFunc(s, unicode.IsNumber) }

func hasLetter(s string) bool { return strings.ContainsFunc(s, unicode.IsLetter) }
