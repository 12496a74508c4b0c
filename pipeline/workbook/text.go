package workbook

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// arena cuts strings from few large blocks: a sheet has as many values as
// cells, and an allocation for each would cost more than reading it.
type arena struct {
	block strings.Builder
	size  int
}

func (a *arena) add(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	if a.block.Cap()-a.block.Len() < len(b) {
		const least, most = 1 << 10, 64 << 10
		a.size = min(max(2*a.size, least), most)
		a.block.Reset()
		a.block.Grow(max(a.size, len(b)))
	}
	start := a.block.Len()
	a.block.Write(b)
	return a.block.String()[start:]
}

// unescape resolves _xHHHH_, by which the format writes characters that XML
// cannot hold (ECMA-376 part 1, 22.9.2.19, ST_Xstring). Pairs of surrogates
// become their character; a lone surrogate stays as it was written, because no
// text can hold it. The result may share b's memory.
func unescape(b []byte) []byte {
	if !bytes.Contains(b, []byte("_x")) {
		return b
	}
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); {
		r, ok := escapeAt(b[i:])
		length := escapeLength
		if ok && utf16.IsSurrogate(r) {
			low, isPair := escapeAt(b[i+escapeLength:])
			r = utf16.DecodeRune(r, low)
			ok = isPair && r != utf8.RuneError
			length = 2 * escapeLength
		}
		if !ok {
			out = append(out, b[i])
			i++
			continue
		}
		out = utf8.AppendRune(out, r)
		i += length
	}
	return out
}

const escapeLength = len("_xHHHH_")

func escapeAt(b []byte) (rune, bool) {
	if len(b) < escapeLength || b[0] != '_' || b[1] != 'x' || b[6] != '_' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(b[2:6]), 16, 16)
	return rune(n), err == nil
}

// richText consumes an si or is element and appends its text: one t, runs of r,
// or both. Phonetic runs are a reading aid beside the text and are left out. A
// text is struck where a run of it is struck through, raised or lowered: "12¹"
// would else be read as 121, and a crossed-out 12 before a 15 as 1215.
func (s *scanner) richText(dst []byte) (text []byte, struck bool, err error) {
	texts := 0
	piece := func() error {
		text, err := s.content()
		dst = append(dst, unescape(text)...)
		return err
	}
	err = s.children(func() error {
		if s.space != spaceMain {
			return damaged(s.part, int64(s.pos), "a foreign element %q in a text", s.local)
		}
		switch string(s.local) {
		case "t":
			if texts++; texts > 1 {
				return damaged(s.part, int64(s.pos), "a text with two plain parts")
			}
			return piece()
		case "r":
			return s.run(piece, &struck)
		case "rPh", "phoneticPr", "extLst":
			return s.skip()
		}
		return damaged(s.part, int64(s.pos), "an element %q in a text", s.local)
	})
	return dst, struck, err
}

// run consumes an r element: a piece of text and how it is set.
func (s *scanner) run(piece func() error, struck *bool) error {
	return s.children(func() error {
		switch {
		case s.space == spaceMain && string(s.local) == "t":
			return piece()
		case s.space == spaceMain && string(s.local) == "rPr":
			return s.children(func() error {
				line, err := s.strikes()
				if err != nil {
					return err
				}
				*struck = *struck || line || s.raises()
				return s.skip()
			})
		}
		return s.skip()
	})
}

// strikes reports whether the property of a font just opened is a line through
// the text.
func (s *scanner) strikes() (bool, error) {
	if s.space != spaceMain || string(s.local) != "strike" {
		return false, nil
	}
	if _, ok := s.attr("val"); !ok {
		return true, nil
	}
	return s.flag("val")
}

// raises reports whether the property of a font just opened takes the text off
// its line.
func (s *scanner) raises() bool {
	place, _ := s.attr("val")
	return s.space == spaceMain && string(s.local) == "vertAlign" && (string(place) == "superscript" || string(place) == "subscript")
}

// readStrings reads the shared strings part.
func (r *bookReader) readStrings(s *scanner) error {
	if err := s.root(spaceMain, "sst"); err != nil {
		return err
	}
	var scratch []byte
	err := s.children(func() error {
		if s.space != spaceMain || string(s.local) != "si" {
			if string(s.local) == "extLst" {
				return s.skip()
			}
			return damaged(s.part, int64(s.pos), "an element %q among the shared strings", s.local)
		}
		if len(r.strings) == r.limits.Strings {
			return tooLarge("strings", s.part, "more than %d shared strings", r.limits.Strings)
		}
		var err error
		var struck bool
		if scratch, struck, err = s.richText(scratch[:0]); struck {
			if r.struck == nil {
				r.struck = make(map[int]bool)
			}
			r.struck[len(r.strings)] = true
		}
		r.strings = append(r.strings, r.texts.add(scratch))
		return err
	})
	if err != nil {
		return err
	}
	return s.finish()
}
