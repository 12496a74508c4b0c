package reading

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tonghop/pipeline/vietnamese"
)

// phrase is a text taken apart around its first number: "khoảng -1.234 người (có
// 3 nữ)".
type phrase struct {
	before string // "khoảng"
	sign   sign
	core   string // "1.234": digits and separators
	after  string // "người"
	remark string // "có 3 nữ"
	// bracketed is set where brackets stand around the whole: accountants write
	// -12 so, others 12.
	bracketed bool
}

// sign is the dash before a number.
type sign uint8

const (
	unsigned sign = iota
	minus
	// dash is a minus or the mark of a list: a long dash, or one with a space
	// behind.
	dash
)

// takeApart finds the first number of a text; ok is false where there is none.
func takeApart(text string) (p phrase, ok bool) {
	text, p.remark, p.bracketed = cutRemark(text)
	start := strings.IndexFunc(text, func(r rune) bool { return '0' <= r && r <= '9' })
	if start < 0 {
		return phrase{}, false
	}
	end := coreEnd(text, start)
	p.core, p.after = text[start:end], strings.TrimSpace(text[end:])
	p.before, p.sign = cutSign(text[:start])
	return p, true
}

// cutRemark takes off what stands in brackets at the end. Where brackets
// stand around everything it takes them off and says so.
func cutRemark(text string) (rest, remark string, bracketed bool) {
	open := strings.IndexAny(text, "([")
	last := len(text) - 1
	if open < 0 || text[last] != ')' && text[last] != ']' {
		return text, "", false
	}
	inside := strings.TrimSpace(text[open+1 : last])
	if open == 0 {
		return inside, "", true
	}
	return strings.TrimSpace(text[:open]), inside, false
}

// coreEnd finds where digits and separators end. A separator is one only before a
// digit, a space only before exactly three.
func coreEnd(text string, at int) int {
	for at < len(text) {
		switch c := text[at]; {
		case isDigit(c):
		case (c == '.' || c == ',') && at+1 < len(text) && isDigit(text[at+1]):
		case c == ' ' && threeDigits(text[at+1:]):
		default:
			return at
		}
		at++
	}
	return at
}

func threeDigits(s string) bool {
	return len(s) >= 3 && allDigits(s[:3]) && (len(s) == 3 || !isDigit(s[3]))
}

func cutSign(before string) (rest string, s sign) {
	rest = strings.TrimSpace(before)
	r, size := utf8.DecodeLastRuneInString(rest)
	switch {
	case r == '+':
	case (r == '-' || r == '−') && strings.HasSuffix(before, rest):
		s = minus
	case strings.ContainsRune(dashes, r):
		s = dash
	default:
		return rest, unsigned
	}
	return strings.TrimSpace(rest[:len(rest)-size]), s
}

// estimates are the words before a number that make it an estimate, folded.
var estimates = map[string]bool{
	"khoang": true, "tren": true, "hon": true, "gan": true, "xap xi": true,
	"uoc": true, "uoc tinh": true, "uoc dat": true, "uoc chung": true, "uoc khoang": true, "khoang tren": true, "khoang hon": true, "khoang gan": true,
}

// provisional are the words of a remark that make its number an estimate.
var provisional = map[string]bool{
	"uoc": true, "uoc tinh": true, "so uoc": true, "so uoc tinh": true, "tam tinh": true, "so tam tinh": true,
	"du kien": true, "so bo": true, "so lieu so bo": true, "khoang": true,
}

// isEstimate reports whether what stands before a number calls it an estimate;
// ok is false where something else stands there.
func isEstimate(before string) (estimated, ok bool) {
	if before == "" {
		return false, true
	}
	waves := strings.Trim(before, "~≈∼～≃ ")
	if waves == "" {
		return true, true
	}
	other := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) && r != ' ' && r != '\n' }
	if strings.ContainsFunc(strings.TrimRight(waves, ":. "), other) {
		return false, false
	}
	ok = estimates[vietnamese.Fold(waves)]
	return ok, ok
}

// corrections are the words of a remark that put another number in the place of
// the one before it.
var corrections = []string{"sua", "dinh chinh", "dung la", "nham", "sai", "thay"}

func corrects(remark string) bool {
	folded := vietnamese.Fold(remark)
	return slices.ContainsFunc(corrections, func(c string) bool { return hasWords(folded, c) })
}
