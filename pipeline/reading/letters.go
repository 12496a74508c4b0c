package reading

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/finding"
)

// lookAlikes are the letters that are typed, or scanned, for digits.
var lookAlikes = map[rune]byte{
	'O': '0', 'o': '0', 'О': '0', 'о': '0', 'Ο': '0', 'ο': '0', // Latin, Cyrillic, Greek
	'l': '1', 'I': '1', 'i': '1', 'L': '1', '|': '1', 'І': '1', 'і': '1', 'Ι': '1', 'ı': '1',
	'Z': '2', 'z': '2', 'S': '5', 's': '5', 'B': '8',
}

// lettersAmong refuses a number with letters among its digits and suggests the
// number; nil where that is not what is the matter. A lone O is a zero, a lone I
// may be Roman.
func lettersAmong(text string, ind *catalogue.Indicator) *finding.Finding {
	f := finding.New(finding.LettersInNumber)
	word, rest, _ := strings.Cut(text, " ")
	for _, candidate := range [...]string{text, word} {
		if len(candidate) < len(text) && (hasDigit(rest) || unitOf(strings.TrimSpace(rest), ind) > ownUnit) {
			continue
		}
		core, replaced := replaceLookAlikes(candidate)
		if !replaced || !hasDigit(candidate) && strings.Trim(core, "0") != "" || coreEnd(core, 0) != len(core) {
			continue
		}
		d, problem := decide(core, ind.Type)
		if problem == nil && (ind.Type != catalogue.Whole || d.number.IsWhole()) {
			f.Want = d.number.String()
		}
		return &f
	}
	if interleaved(word) {
		return &f
	}
	return nil
}

func replaceLookAlikes(text string) (core string, replaced bool) {
	core = strings.Map(func(r rune) rune {
		if digit, ok := lookAlikes[r]; ok {
			replaced = true
			return rune(digit)
		}
		return r
	}, text)
	return core, replaced && utf8.ValidString(core)
}

// interleaved reports whether letters stand between digits, as in "1a5".
func interleaved(word string) bool {
	first := strings.IndexFunc(word, unicode.IsDigit)
	last := strings.LastIndexFunc(word, unicode.IsDigit)
	return first < last && hasLetter(word[first:last])
}
