package write

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The limits of the file format, in UTF-16 units.
const (
	MaxText      = 32767
	MaxSheetName = 31
)

// cutMark ends a text that was longer than a cell holds.
const cutMark = " […]"

// Text makes s fit for a cell: valid UTF-8 in NFC, lines ended by \n, without
// the characters XML cannot carry (they become U+FFFD, so that a loss shows),
// and at most MaxText units, the last of which then are " […]".
func Text(s string) string { return cut(clean(s), MaxText) }

func clean(s string) string {
	s = strings.ToValidUTF8(s, string(utf8.RuneError))
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return '\n'
		case r == '\t' || r == '\n' || r >= ' ' && r != 0xFFFE && r != 0xFFFF:
			return r
		default:
			return utf8.RuneError
		}
	}, s)
	return norm.NFC.String(s)
}

// escapeLike finds what readers of the format would decode into a character.
var escapeLike = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// stored is Text as the file carries it: "_x0041_" typed by a person would
// come back as "A", so its first underscore is itself escaped. excelize leaves
// that to its caller.
func stored(s string) string {
	s = Text(s)
	if !strings.Contains(s, "_x") {
		return s // as mostly
	}
	return escapeLike.ReplaceAllStringFunc(s, func(m string) string { return "_x005F" + m })
}

// units counts UTF-16 units, in which the format states its limits.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

func cut(s string, limit int) string {
	if len(s) <= limit || units(s) <= limit {
		return s
	}
	return prefix(s, limit-units(cutMark)) + cutMark
}

// prefix gives the longest start of s of at most limit units.
func prefix(s string, limit int) string {
	n := 0
	for i, r := range s {
		if n += utf16.RuneLen(r); n > limit {
			return s[:i]
		}
	}
	return s
}

// foldName is the form in which sheet names must differ.
func foldName(name string) string { return strings.ToLower(name) }

// SheetName makes a name that the format allows: without []:*?/\ and control
// characters, not quoted at its ends, at most 31 units, not empty, and not
// taken: a taken name gets " (2)" and so on. "History" is reserved by Excel.
func SheetName(name string, taken func(string) bool) string {
	name = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`[]:*?/\`, r):
			return '-'
		case r < ' ' || r == utf8.RuneError:
			return ' '
		}
		return r
	}, clean(name))
	base := strings.Trim(prefix(strings.Trim(name, " '"), MaxSheetName), " '")
	if base == "" || strings.EqualFold(base, "History") {
		base = strings.TrimSpace("Sheet " + base)
	}
	candidate := base
	for n := 2; taken(candidate); n++ {
		suffix := " (" + strconv.Itoa(n) + ")"
		candidate = strings.TrimRight(prefix(base, MaxSheetName-len(suffix)), " '") + suffix
	}
	return candidate
}
