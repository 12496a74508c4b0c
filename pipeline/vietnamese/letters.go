package vietnamese

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// NFC composes letters and their marks, so that "Hà" typed on a Mac and on
// Windows are the same bytes. Never NFKC: it would turn "m²" into "m2".
func NFC(s string) string { return norm.NFC.String(s) }

// Normalize gives the form in which text is kept: NFC, with the Icelandic Ð and ð,
// which old keyboards typed for Đ and đ and which look the same, made Vietnamese.
func Normalize(s string) string {
	if isNormal(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch r {
		case 'Ð', 'Ɖ':
			return 'Đ'
		case 'ð':
			return 'đ'
		}
		return r
	}, NFC(s))
}

// isNormal reports whether text is surely as Normalize would give it; most is.
func isNormal(s string) bool {
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r >= tabled || !normalTable[r] {
			return false
		}
		i += size
	}
	return true
}

// Fold gives the form on which names match: lower case, without any mark (đ is
// d), words parted by one space, without punctuation and symbols. Because tones
// are dropped, the old and the new placement ("hoà", "hòa") fold alike; so do
// different words ("hoa", "hỏa"), and whoever matches names must look for two
// that fold alike. Text without a letter or a figure, such as "-" or "…", folds
// to "". Folding twice changes nothing.
func Fold(s string) string {
	folded, ok := foldEach(s, func(r rune) rune {
		if r < tabled {
			return foldTable[r]
		}
		return foldByRules
	})
	if !ok {
		return foldAny(s)
	}
	return folded
}

// foldAny is Fold for any text, by the rules that the table was made from.
func foldAny(s string) string {
	// Bytes that are not UTF-8 can hide the rune after them from decomposition.
	folded, _ := foldEach(norm.NFD.String(strings.ToValidUTF8(s, " ")), foldOne)
	return folded
}

// foldEach folds rune by rune; false where one is not for the table.
func foldEach(s string, fold func(rune) rune) (string, bool) {
	var folded strings.Builder
	folded.Grow(len(s))
	gap := false
	for _, r := range s {
		f := fold(r)
		switch f {
		case foldByRules: // rare letters; bytes that are not UTF-8
			return "", false
		case foldDrop:
			continue
		case foldGap:
			gap = true
			continue
		}
		if gap && folded.Len() > 0 {
			folded.WriteByte(' ')
		}
		gap = false
		if f < utf8.RuneSelf { // nearly always, and much quicker
			folded.WriteByte(byte(f))
			continue
		}
		folded.WriteRune(f)
	}
	return folded.String(), true
}

// What becomes of a rune that is not folded to a letter or figure.
const (
	foldByRules = -iota // not in the table: foldAny decides
	foldDrop
	foldGap
)

// foldOne folds a decomposed rune. Marks carry tone and quality; format runes
// (zero-width space, soft hyphen) are invisible and part no words.
func foldOne(r rune) rune {
	switch {
	case unicode.IsMark(r) || unicode.Is(unicode.Cf, r):
		return foldDrop
	case !unicode.IsLetter(r) && !unicode.IsNumber(r):
		return foldGap
	}
	return foldLetter(r)
}

func foldLetter(r rune) rune {
	switch r {
	case 'Đ', 'đ', 'Ð', 'ð', 'Ɖ':
		return 'd'
	}
	return unicode.ToLower(r)
}

// FoldLoose is Fold with y read as i, for spellings such as "Mỹ Đình" and "Mĩ
// Đình". It joins more words than Fold; use it where Fold finds nothing.
func FoldLoose(s string) string { return strings.ReplaceAll(Fold(s), "y", "i") }

// unprintable is the mark shown for a rune that a page cannot carry.
const unprintable = '□'

// CleanForPrint makes text safe to draw: valid UTF-8, NFC, line breaks as "\n",
// tabs as spaces, without control, zero-width and bidirectional runes, which
// would hide or reorder what a reader sees. What is not valid and what lies above
// U+FFFF, which the PDF engine cannot draw, becomes a visible □. Cleaning twice
// changes nothing.
func CleanForPrint(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, string(unprintable)), "\r\n", "\n")
	// Composed before as well as after: a few runes compose to one above U+FFFF,
	// and dropping one between a letter and its mark brings these together.
	return Normalize(strings.Map(printable, NFC(s)))
}

func printable(r rune) rune {
	const drop = -1
	switch {
	case r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029':
		return '\n'
	case r == '\t':
		return ' '
	case unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r):
		return drop
	case r > 0xFFFF || r == utf8.RuneError || unicode.Is(unicode.Co, r) || r == 0xFFFE || r == 0xFFFF:
		return unprintable
	}
	return r
}

// Plain gives text in lower case without marks (đ is d) and keeps its
// punctuation, for patterns in which a stroke or a point means something:
// "Tháng 6/2025" is "thang 6/2025". Every dash is a hyphen, every space a
// space. What is invisible is dropped.
func Plain(s string) string {
	var plain strings.Builder
	plain.Grow(len(s))
	for _, r := range s {
		if r >= tabled || plainTable[r] == foldByRules {
			return plainAny(s)
		}
		if p := plainTable[r]; p != foldDrop {
			plain.WriteRune(p)
		}
	}
	return plain.String()
}

// plainAny is Plain for any text, by the rules that the table was made from.
func plainAny(s string) string {
	return strings.Map(plainOne, norm.NFD.String(strings.ToValidUTF8(s, " ")))
}

// plainOne makes a decomposed rune plain; foldDrop, which is negative as
// strings.Map wants it, for one that is left out.
func plainOne(r rune) rune {
	switch {
	case unicode.IsMark(r) || unicode.Is(unicode.Cf, r):
		return foldDrop
	case unicode.IsSpace(r):
		return ' '
	case unicode.Is(unicode.Pd, r) || r == '−':
		return '-'
	}
	return foldLetter(r)
}
