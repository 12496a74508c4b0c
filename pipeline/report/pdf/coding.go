package pdf

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"
)

// coding gives each rune that a document sets in a face a code of one byte. A face
// of such codes is ready to be embedded; one of all runes is gone through, cut and
// packed for every document, which takes many times as long as drawing a page.
//
// ASCII keeps its codes. The other runes, of which no document in Vietnamese has
// many more than the letters with marks, get theirs in the order in which they come.
type coding struct {
	codes map[rune]byte
	named strings.Builder // their glyphs, in the order of their codes
}

const (
	firstCode = utf8.RuneSelf
	mostCodes = 256 - firstCode
)

// add gives a rune its code and reports whether there was one left.
func (c *coding) add(r rune) bool {
	if r < firstCode {
		return true
	}
	if _, known := c.codes[r]; known {
		return true
	}
	if len(c.codes) == mostCodes {
		return false
	}
	if c.codes == nil {
		c.codes = map[rune]byte{}
	}
	c.codes[r] = byte(firstCode + len(c.codes))
	fmt.Fprintf(&c.named, " /uni%04X", r) // as the Adobe Glyph List Specification names it: readers find the rune by it
	return true
}

// of is a text in codes. It fails on a rune that has none.
func (c *coding) of(text printable) (string, error) {
	coded := make([]byte, 0, len(text))
	for _, r := range string(text) {
		code, known := c.codes[r]
		switch {
		case r < firstCode:
			code = byte(r)
		case !known:
			return "", fmt.Errorf("%q in %q was never measured", r, string(text))
		}
		coded = append(coded, code)
	}
	return string(coded), nil
}

// definition describes a font of one-byte codes to the PDF engine, which reads it
// from JSON.
func (c *coding) definition(cut commonCut) ([]byte, error) {
	widths := make([]int, 256)
	for code := range firstCode {
		widths[code] = cut.widths[rune(code)]
	}
	for r, code := range c.codes {
		widths[code] = cut.widths[r]
	}
	differences := ""
	if len(c.codes) > 0 {
		differences = fmt.Sprint(firstCode, c.named.String())
	}
	return json.Marshal(map[string]any{
		"Tp": "TrueType", "Name": cut.name, "Desc": cut.about, "Cw": widths, "Diff": differences,
		"File": cut.name + ".z", "OriginalSize": cut.size,
	})
}
