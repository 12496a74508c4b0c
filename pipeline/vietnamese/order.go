package vietnamese

import (
	"cmp"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// Sorter puts names in the order of the Vietnamese alphabet: a ă â b c d đ e ê …,
// tones after letters, capitals beside small letters, "Tổ 2" before "Tổ 10". It
// keeps buffers, so each goroutine wants its own.
type Sorter struct{ collator *collate.Collator }

// NewSorter prepares the tables once for many comparisons.
func NewSorter() *Sorter {
	return &Sorter{collate.New(language.Vietnamese, collate.Numeric, collate.IgnoreCase)}
}

// Compare gives -1, 0 or +1. It is a total order: strings that the alphabet holds
// equal, such as "An" and "an", are ordered by their bytes, so that a sorted list
// never depends on the order it came in.
func (s *Sorter) Compare(a, b string) int {
	return cmp.Or(s.collator.CompareString(a, b), cmp.Compare(a, b))
}
