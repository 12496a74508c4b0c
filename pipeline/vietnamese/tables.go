package vietnamese

import (
	"slices"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// tabled bounds the runes that are looked up: every Vietnamese letter, composed
// or not, and the signs that stand between. Every cell of every file is folded.
const tabled = 0x2070

// inTables are the runes below tabled that the tables hold, each up to its second
// without it. For those of other scripts, making the tables would cost each start
// of the program too much.
var inTables = [][2]rune{{0, 0x250}, {0x300, 0x370}, {0x1E00, 0x1F00}, {0x2000, tabled}}

// What becomes of a rune, worked out from the rules when the program starts. The
// zero of a table says that the rules decide: what lies between the parts above is
// never touched, and so costs no memory.
var (
	// normalTable tells the runes that Normalize keeps whatever stands beside them.
	normalTable [tabled]bool
	foldTable   [tabled]rune
	plainTable  [tabled]rune
	// toneTable parts the composed letters that stay one letter by themselves; most
	// words have no others.
	toneTable [tabled]struct{ letter, tone rune }
)

func init() {
	for _, part := range inTables {
		for r := part[0]; r < part[1]; r++ {
			tabulate(r)
		}
	}
}

// tabulate fills in what the tables say of a rune.
func tabulate(r rune) {
	alone := string(r)
	parts := []rune{r}
	if decomposed := norm.NFD.PropertiesString(alone).Decomposition(); decomposed != nil {
		parts = []rune(string(decomposed))
	}
	normalTable[r] = norm.NFC.PropertiesString(alone).BoundaryBefore() && norm.NFC.IsNormalString(alone) && r != 'Ð' && r != 'Ɖ' && r != 'ð'
	if !slices.ContainsFunc(parts[1:], func(mark rune) bool { return foldOne(mark) != foldDrop }) {
		foldTable[r] = foldOne(parts[0])
	}
	if !slices.ContainsFunc(parts[1:], func(mark rune) bool { return plainOne(mark) != foldDrop }) {
		plainTable[r] = plainOne(parts[0])
	}

	switch {
	case !normalTable[r] || !unicode.IsLetter(r):
	case len(parts) == 1: // no mark to part it from
		toneTable[r].letter = unicode.ToLower(r)
	default:
		word, tone, ok := withoutToneByRules(alone)
		if letter := []rune(word); ok && len(letter) == 1 {
			toneTable[r].letter, toneTable[r].tone = letter[0], tone
		}
	}
}
