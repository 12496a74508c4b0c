package vietnamese

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// onsets are the consonants a syllable may begin with. "qu" and "gi" count as
// consonants here, which lets their syllables use the rhymes of the others.
var onsets = wordSet("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x")

// rhymes are the vowels of a syllable with the endings each may take; "_" is none.
var rhymes = rhymeSet(map[string]string{
	"a": "_ c ch i m n ng nh o p t u y", "ă": "c m n ng p t", "â": "c m n ng p t u y",
	"e": "_ c m n ng o p t", "ê": "_ c ch m n ng nh p t u",
	"i": "_ a ch m n nh p t u", "iê": "c m n ng p t u",
	"y": "_ ch n nh p t u", "yê": "m n ng t u",
	"o": "_ a c e i m n ng p t", "oa": "c ch i m n ng nh o p t y", "oă": "c m n ng t", "oe": "m n o t", "oo": "c ng",
	"ô": "_ c i m n ng p t", "ơ": "_ i m n p t u",
	"u": "_ a c i m n ng p t", "uâ": "n ng t y", "uê": "_ ch nh", "uô": "c i m n ng t",
	"uơ": "_ n", "uy": "_ a ch n nh p t u", "uyê": "n t",
	"ư": "_ a c i m n ng t u", "ươ": "c i m n ng p t u",
})

func wordSet(words string) map[string]bool {
	set := make(map[string]bool)
	for word := range strings.FieldsSeq(words) {
		set[word] = true
	}
	return set
}

func rhymeSet(endings map[string]string) map[string]bool {
	set := make(map[string]bool)
	for vowels, list := range endings {
		for ending := range strings.FieldsSeq(list) {
			set[vowels+strings.TrimPrefix(ending, "_")] = true
		}
	}
	return set
}

// The five tones as combining marks: acute, grave, hook, tilde, dot below.
const tones = "\u0301\u0300\u0309\u0303\u0323"

// isSyllable reports whether s is spelled as a Vietnamese syllable can be. It
// exists to tell good decodings from bad ones, not to check anybody's spelling.
func isSyllable(s string) bool {
	word, tone, ok := withoutTone(s)
	if !ok {
		return false
	}
	for cut := min(3, len(word)); cut >= 0; cut-- {
		onset, rhyme := word[:cut], word[cut:]
		if (cut == 0 || onsets[onset]) && rhymes[rhyme] && spelledTogether(onset, rhyme) {
			// A syllable closed by a stop has one of two tones.
			stopped := strings.HasSuffix(rhyme, "c") || strings.HasSuffix(rhyme, "ch") ||
				strings.HasSuffix(rhyme, "p") || strings.HasSuffix(rhyme, "t")
			return !stopped || tone == '\u0301' || tone == '\u0323'
		}
	}
	return false
}

// withoutTone parts a word, in small letters, from its tone, 0 where it has none;
// false where it has two.
func withoutTone(s string) (word string, tone rune, ok bool) {
	var toneless strings.Builder
	toneless.Grow(len(s))
	for _, r := range s {
		if r >= tabled || toneTable[r].letter == 0 {
			return withoutToneByRules(s)
		}
		if t := toneTable[r].tone; t != 0 {
			if tone != 0 {
				return "", 0, false
			}
			tone = t
		}
		toneless.WriteRune(toneTable[r].letter)
	}
	return toneless.String(), tone, true
}

func withoutToneByRules(s string) (word string, tone rune, ok bool) {
	var toneless strings.Builder
	for _, r := range norm.NFD.String(s) {
		if strings.ContainsRune(tones, r) {
			if tone != 0 {
				return "", 0, false
			}
			tone = r
			continue
		}
		toneless.WriteRune(unicode.ToLower(r))
	}
	return NFC(toneless.String()), tone, true
}

// spelledTogether holds the rule that k, gh and ngh stand before i, y, e, ê and
// that c and ng do not.
func spelledTogether(onset, rhyme string) bool {
	front := strings.HasPrefix(rhyme, "i") || strings.HasPrefix(rhyme, "y") ||
		strings.HasPrefix(rhyme, "e") || strings.HasPrefix(rhyme, "ê")
	switch onset {
	case "k", "gh", "ngh":
		return front
	case "c", "ng":
		return !front
	}
	return true
}
