package vietnamese

import (
	"slices"
	"strings"
	"unicode"
)

// What it takes to call a sheet legacy: few sheets hold fewer words with marks,
// and a word or two prove nothing without a font that says the same.
const (
	wordsThatProve         = 4
	wordsThatProveWithFont = 2
)

// DetectLegacy tells which encoding the texts of one sheet were written in. The
// fonts are a hint, the words are the proof: decoded, at least four words in five
// are Vietnamese syllables, and as they stand at most one in four is. Anything
// less is NotLegacy, for decoding good text would destroy it. The answer does
// not depend on the order of texts or fonts.
func DetectLegacy(texts, fontNames []string) Encoding {
	words := markedWords(texts)
	asItStands := countSyllables(words, func(s string) string { return s })
	if len(words) == 0 || asItStands*4 > len(words) {
		return NotLegacy
	}
	best, bestCount := NotLegacy, 0
	for _, candidate := range []struct {
		encoding Encoding
		hinted   bool
	}{
		{TCVN3, slices.ContainsFunc(fontNames, tcvn3Font)},
		{VNI, slices.ContainsFunc(fontNames, vniFont)},
	} {
		needed := wordsThatProve
		if candidate.hinted {
			needed = wordsThatProveWithFont
		}
		count := countSyllables(words, func(s string) string { return candidate.encoding.Decode(s, false) })
		if count >= needed && count*5 >= len(words)*4 && count > bestCount {
			best, bestCount = candidate.encoding, count
		}
	}
	return best
}

// markedWords gives the different words that hold more than ASCII. Only ASCII
// parts words: the codes of legacy letters include signs and the soft hyphen.
func markedWords(texts []string) []string {
	seen := make(map[string]bool)
	var words []string
	for _, text := range texts {
		for _, word := range strings.FieldsFunc(text, partsWords) {
			if !seen[word] && strings.ContainsFunc(word, func(r rune) bool { return r > unicode.MaxASCII }) {
				seen[word] = true
				words = append(words, word)
			}
		}
	}
	return words
}

func partsWords(r rune) bool {
	return r == '\u00a0' || r == '–' || r == '“' || r == '”' || r == '…' ||
		r <= unicode.MaxASCII && !unicode.IsLetter(r)
}

func countSyllables(words []string, decode func(string) string) int {
	count := 0
	for _, word := range words {
		if isSyllable(decode(word)) {
			count++
		}
	}
	return count
}

// Words counts the words of texts that hold more than ASCII, by whether they are
// Vietnamese syllables as they stand: of the syllables those that are surely
// different, of the others as many as there can be.
type Words struct{ Syllables, Others int }

// CountWords counts the different words of one text.
func CountWords(text string) Words {
	words := markedWords([]string{text})
	syllables := countSyllables(words, func(s string) string { return s })
	return Words{Syllables: syllables, Others: len(words) - syllables}
}

// With are the words of two texts together, whichever of them are the same: at
// least the syllables of one, and at most the others of both.
func (w Words) With(o Words) Words {
	return Words{Syllables: max(w.Syllables, o.Syllables), Others: w.Others + o.Others}
}

// ProveUnicode reports whether texts with these words are NotLegacy for sure. It
// saves DetectLegacy where texts come again and again.
func (w Words) ProveUnicode() bool { return w.Syllables*3 > w.Others || w.Syllables+w.Others == 0 }
