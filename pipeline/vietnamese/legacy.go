package vietnamese

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Encoding is how the letters of a text were written before Unicode. Such text
// arrives as Latin letters that only a legacy font shows as Vietnamese.
type Encoding int

const (
	// NotLegacy is text that is what it says.
	NotLegacy Encoding = iota
	// TCVN3 ("ABC") is one code a letter, with fonts named .Vn…
	TCVN3
	// VNI is a letter followed by a mark, with fonts named VNI-…
	VNI
)

// String gives the name people know it by, "" for NotLegacy.
func (e Encoding) String() string {
	switch e {
	case TCVN3:
		return "TCVN3"
	case VNI:
		return "VNI"
	default:
		return ""
	}
}

// Decode decodes s from the encoding; text that is not legacy is given back.
// capitals says that the font of s shows capitals, see CapitalsFont.
func (e Encoding) Decode(s string, capitals bool) string {
	switch e {
	case TCVN3:
		return DecodeTCVN3(s, capitals)
	case VNI:
		return DecodeVNI(s)
	default:
		return s
	}
}

// tcvn3 gives the letter of each code (TCVN 5712:1993, third set). Capitals with
// a tone have no code: they are small letters in a font that draws capitals.
var tcvn3 = map[rune]rune{
	0xA1: 'Ă', 0xA2: 'Â', 0xA3: 'Ê', 0xA4: 'Ô', 0xA5: 'Ơ', 0xA6: 'Ư', 0xA7: 'Đ',
	0xA8: 'ă', 0xA9: 'â', 0xAA: 'ê', 0xAB: 'ô', 0xAC: 'ơ', 0xAD: 'ư', 0xAE: 'đ',
	0xB5: 'à', 0xB6: 'ả', 0xB7: 'ã', 0xB8: 'á', 0xB9: 'ạ',
	0xBB: 'ằ', 0xBC: 'ẳ', 0xBD: 'ẵ', 0xBE: 'ắ', 0xC6: 'ặ',
	0xC7: 'ầ', 0xC8: 'ẩ', 0xC9: 'ẫ', 0xCA: 'ấ', 0xCB: 'ậ',
	0xCC: 'è', 0xCE: 'ẻ', 0xCF: 'ẽ', 0xD0: 'é', 0xD1: 'ẹ',
	0xD2: 'ề', 0xD3: 'ể', 0xD4: 'ễ', 0xD5: 'ế', 0xD6: 'ệ',
	0xD7: 'ì', 0xD8: 'ỉ', 0xDC: 'ĩ', 0xDD: 'í', 0xDE: 'ị',
	0xDF: 'ò', 0xE1: 'ỏ', 0xE2: 'õ', 0xE3: 'ó', 0xE4: 'ọ',
	0xE5: 'ồ', 0xE6: 'ổ', 0xE7: 'ỗ', 0xE8: 'ố', 0xE9: 'ộ',
	0xEA: 'ờ', 0xEB: 'ở', 0xEC: 'ỡ', 0xED: 'ớ', 0xEE: 'ợ',
	0xEF: 'ù', 0xF1: 'ủ', 0xF2: 'ũ', 0xF3: 'ú', 0xF4: 'ụ',
	0xF5: 'ừ', 0xF6: 'ử', 0xF7: 'ữ', 0xF8: 'ứ', 0xF9: 'ự',
	0xFA: 'ỳ', 0xFB: 'ỷ', 0xFC: 'ỹ', 0xFD: 'ý', 0xFE: 'ỵ',
}

// DecodeTCVN3 decodes text written for a .Vn font; capitals says that the font
// draws small letters as capitals. Runes without a code are kept.
func DecodeTCVN3(s string, capitals bool) string {
	decoded := strings.Map(func(r rune) rune {
		if letter, ok := tcvn3[r]; ok {
			return letter
		}
		return r
	}, s)
	if capitals {
		decoded = strings.ToUpper(decoded)
	}
	return decoded
}

// CapitalsFont reports whether a font draws small letters as capitals, as the .Vn
// fonts whose names end in H do (.VnTimeH).
func CapitalsFont(name string) bool {
	return tcvn3Font(name) && strings.HasSuffix(name, "H")
}

func tcvn3Font(name string) bool { return strings.HasPrefix(strings.ToLower(name), ".vn") }

func vniFont(name string) bool { return strings.HasPrefix(strings.ToLower(name), "vni-") }

// vniLetters are the letters that VNI writes with one code; ơ and ư may carry a
// tone after it.
var vniLetters = map[rune]rune{
	'ñ': 'đ', 'í': 'í', 'ì': 'ì', 'æ': 'ỉ', 'ó': 'ĩ', 'ò': 'ị', 'ô': 'ơ', 'ö': 'ư', 'î': 'ỵ',
}

// vniMarks are the codes that follow a vowel, with the letters they may follow
// and the combining marks they stand for.
var vniMarks = map[rune]struct{ vowels, marks string }{
	'ù': {"aeouyơư", "\u0301"}, 'ø': {"aeouyơư", "\u0300"}, 'û': {"aeouyơư", "\u0309"},
	'õ': {"aeouyơư", "\u0303"}, 'ï': {"aeouơư", "\u0323"},
	'â': {"aeo", "\u0302"}, 'á': {"aeo", "\u0302\u0301"}, 'à': {"aeo", "\u0302\u0300"},
	'å': {"aeo", "\u0302\u0309"}, 'ã': {"aeo", "\u0302\u0303"}, 'ä': {"aeo", "\u0302\u0323"},
	'ê': {"a", "\u0306"}, 'é': {"a", "\u0306\u0301"}, 'è': {"a", "\u0306\u0300"},
	'ú': {"a", "\u0306\u0309"}, 'ü': {"a", "\u0306\u0303"}, 'ë': {"a", "\u0306\u0323"},
}

// DecodeVNI decodes text written for a VNI font. A capital may be followed by the
// code of a small mark, as some keyboards typed it. Runes without a code, and
// marks that follow no vowel, are kept.
func DecodeVNI(s string) string {
	var decoded strings.Builder
	vowel := rune(0) // the letter just written, in lower case, if a mark may follow it
	for _, r := range s {
		small := unicode.ToLower(r)
		if mark, ok := vniMarks[small]; ok && vowel != 0 && strings.ContainsRune(mark.vowels, vowel) {
			decoded.WriteString(mark.marks)
			vowel = 0
			continue
		}
		vowel = small
		if letter, ok := vniLetters[small]; ok {
			vowel = letter
			if r != small {
				letter = unicode.ToUpper(letter)
			}
			decoded.WriteRune(letter)
			continue
		}
		decoded.WriteRune(r)
	}
	return NFC(decoded.String())
}

// RepairCP1252 repairs UTF-8 that was read as Windows-1252 or Latin-1 ("HÃ  Ná»™i"
// for "Hà Nội"). It answers true only with proof: every rune has a code in that
// set, and the codes together are valid UTF-8 with more in it than ASCII, which
// text that was read rightly never is.
func RepairCP1252(s string) (string, bool) {
	raw := make([]byte, 0, len(s))
	ascii := true
	for _, r := range s {
		code, ok := charmap.Windows1252.EncodeRune(r)
		if !ok && r >= 0x80 && r <= 0x9F {
			// Five codes have no character, and Latin-1 has none in this row: readers
			// then give the code itself.
			code, ok = byte(r), true
		}
		if !ok {
			return s, false
		}
		ascii = ascii && code <= unicode.MaxASCII
		raw = append(raw, code)
	}
	if ascii || !utf8.Valid(raw) {
		return s, false
	}
	return string(raw), true
}
