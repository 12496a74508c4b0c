package pdf

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf16"
)

// HasKeyword reports whether a PDF made by Draw has a keyword, by which a file is
// known again without being drawn. Of what is no such PDF it is false.
func HasKeyword(pdf []byte, word string) bool {
	return slices.Contains(strings.Split(keywords(pdf), keywordGap), word)
}

// keywordGap parts the keywords in a file.
const keywordGap = ", "

// keywords are those of a PDF, as the engine writes them: near its end, in
// UTF-16 with a byte order mark, within brackets.
func keywords(pdf []byte) string {
	const before = "/Keywords ("
	at := bytes.LastIndex(pdf, []byte(before))
	if at < 0 {
		return ""
	}
	var units []uint16
	var text []byte
	for i := at + len(before); i < len(pdf) && pdf[i] != ')'; i++ {
		one := pdf[i]
		if one == '\\' && i+1 < len(pdf) {
			if i++; pdf[i] == 'r' {
				one = '\r'
			} else {
				one = pdf[i]
			}
		}
		text = append(text, one)
	}
	for ; len(text) >= 2; text = text[2:] {
		units = append(units, uint16(text[0])<<8|uint16(text[1]))
	}
	return strings.TrimPrefix(string(utf16.Decode(units)), "\ufeff")
}
