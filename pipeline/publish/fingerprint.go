package publish

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"slices"
	"strings"
)

// Part is one thing that the figures or the pages of a revision depend on: a
// submission that counts, the catalogue, a setting, the program's version.
type Part struct {
	Name string
	Data []byte
}

// Fingerprint is the sha256, in hex, of all parts. Their order does not matter;
// each name and each content does, and so does how often a part is given. Two
// revisions of equal fingerprint say the same.
func Fingerprint(parts ...Part) string {
	sorted := slices.SortedFunc(slices.Values(parts), func(a, b Part) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), bytes.Compare(a.Data, b.Data))
	})
	hash := sha256.New()
	// A length before each text, so that no two lists of parts run together into
	// the same bytes. Writing to a hash never fails.
	write := func(text []byte) {
		hash.Write(binary.BigEndian.AppendUint64(nil, uint64(len(text))))
		hash.Write(text)
	}
	write([]byte("tonghop/fingerprint/1"))
	for _, p := range sorted {
		write([]byte(p.Name))
		write(p.Data)
	}
	return hex.EncodeToString(hash.Sum(nil))
}
