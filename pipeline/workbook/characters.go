package workbook

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"
)

// What a byte can be; several may hold.
const (
	blank     = 1 << iota
	nameStart // may begin a name
	nameMore  // may go on with one
	inText    // needs a look in text
	inValue   // needs a look in an attribute's value
	control   // must not occur at all
	colon     // parts a prefix from a name
	alphanumeric
)

var class = func() (table [256]uint8) {
	for c := range table {
		switch {
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || c == ':':
			table[c] |= nameStart
		case '0' <= c && c <= '9' || c == '-' || c == '.':
			table[c] |= nameMore
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			table[c] |= blank
		case c < ' ':
			table[c] |= control
		}
	}
	for _, c := range "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ" {
		table[c] |= alphanumeric
	}
	table[':'] |= colon
	for _, c := range "<&>\r" {
		table[c] |= inText
	}
	for _, c := range "<&\"'\t\n\r" {
		table[c] |= inValue
	}
	return table
}()

// begin brings the part to UTF-8 without a byte order mark, sees that it holds
// only characters XML allows, and reads the XML declaration. Afterwards no one
// needs to look at a character's validity again.
func (s *scanner) begin() {
	encoding := "utf-8"
	switch {
	case bytes.HasPrefix(s.data, []byte("\xef\xbb\xbf")):
		s.data = s.data[3:]
	case bytes.HasPrefix(s.data, []byte("\xff\xfe")) || bytes.HasPrefix(s.data, []byte("\xfe\xff")):
		encoding = "utf-16"
		s.data = fromUTF16(s.data)
	}
	if i := firstControl(s.data); i >= 0 {
		s.pos = i
		s.fail("the character %#x, which XML does not allow", s.data[i])
		return
	}
	if !utf8.Valid(s.data) || bytes.Contains(s.data, []byte("\ufffe")) || bytes.Contains(s.data, []byte("\uffff")) {
		s.fail("the part is not sound %s", encoding)
		return
	}
	if bytes.HasPrefix(s.data, []byte("<?xml")) && len(s.data) > 5 && class[s.data[5]]&blank != 0 {
		s.declaration(encoding)
	}
}

// firstControl gives the place of the first control character that XML does not
// allow, -1 if there is none. It looks at eight bytes at once: one below a space
// borrows when a space is taken off, which shows in its highest bit.
func firstControl(data []byte) int {
	const spaces, highest = 0x2020202020202020, 0x8080808080808080
	for i := 0; i < len(data); {
		if i+8 <= len(data) {
			if eight := le.Uint64(data[i:]); (eight-spaces)&^eight&highest == 0 {
				i += 8
				continue
			}
		}
		if class[data[i]]&control != 0 {
			return i
		}
		i++
	}
	return -1
}

// fromUTF16 transcodes; an odd byte or a lone surrogate becomes a byte that is
// not UTF-8, so that the caller's check refuses it.
func fromUTF16(data []byte) []byte {
	littleEndian := data[0] == 0xff
	data = data[2:]
	out := make([]byte, 0, len(data))
	unit := func(i int) rune {
		if littleEndian {
			return rune(data[i]) | rune(data[i+1])<<8
		}
		return rune(data[i])<<8 | rune(data[i+1])
	}
	for i := 0; i < len(data); i += 2 {
		if i+1 == len(data) {
			return append(out, 0xff)
		}
		r := unit(i)
		if utf16.IsSurrogate(r) {
			if i+3 >= len(data) {
				return append(out, 0xff)
			}
			if r = utf16.DecodeRune(r, unit(i+2)); r == utf8.RuneError {
				return append(out, 0xff)
			}
			i += 2
		}
		out = utf8.AppendRune(out, r)
	}
	return out
}

// declaration reads <?xml version="1.0" encoding="UTF-8" standalone="yes"?>.
func (s *scanner) declaration(encoding string) {
	i := s.attributes(len("<?xml"))
	if i < 0 || !bytes.HasPrefix(s.data[i:], []byte("?>")) {
		s.fail("an XML declaration that cannot be read")
		return
	}
	for i, attr := range s.attrs {
		value := string(bytes.ToLower(attr.raw))
		switch string(attr.name) {
		case "version":
			if i != 0 || value != "1.0" {
				s.fail("the XML version %q", attr.raw)
			}
		case "encoding":
			if value != encoding && !(value == "utf8" && encoding == "utf-8") {
				s.fail("the encoding %q, where the bytes are %s", attr.raw, encoding)
			}
		case "standalone":
			if value != "yes" && value != "no" {
				s.fail("an XML declaration that cannot be read")
			}
		default:
			s.fail("an XML declaration that cannot be read")
		}
	}
	if len(s.attrs) == 0 || string(s.attrs[0].name) != "version" {
		s.fail("an XML declaration without a version")
	}
	s.pos = i + 2
}

// instruction passes over a processing instruction.
func (s *scanner) instruction() bool {
	i, _ := s.name(s.pos + 2)
	target := s.data[s.pos+2 : i]
	end := bytes.Index(s.data[i:], []byte("?>"))
	if len(target) == 0 || bytes.EqualFold(target, []byte("xml")) || bytes.IndexByte(target, ':') >= 0 ||
		end < 0 || end > 0 && class[s.data[i]]&blank == 0 {
		s.fail("a processing instruction that cannot be read")
		return false
	}
	s.pos = i + end + 2
	s.asides++
	return true
}

// comment passes over a comment; whatever else begins with "<!" is refused.
func (s *scanner) comment() bool {
	rest := s.data[s.pos:]
	if !bytes.HasPrefix(rest, []byte("<!--")) {
		s.fail("a document type or another declaration, which packages must not have")
		return false
	}
	end := bytes.Index(rest[4:], []byte("--"))
	if end < 0 || !bytes.HasPrefix(rest[4+end:], []byte("-->")) {
		s.fail("a comment that cannot be read")
		return false
	}
	s.pos += 4 + end + 3
	s.asides++
	return true
}

// reference reads &amp; and its like at the head of b. Its length is 0 if there
// is none, or none that XML knows without a document type.
func reference(b []byte) (r rune, length int) {
	end := bytes.IndexByte(b[:min(len(b), 12)], ';')
	if end < 2 {
		return 0, 0
	}
	name := b[1:end]
	switch string(name) {
	case "amp":
		return '&', end + 1
	case "lt":
		return '<', end + 1
	case "gt":
		return '>', end + 1
	case "quot":
		return '"', end + 1
	case "apos":
		return '\'', end + 1
	}
	if name[0] != '#' {
		return 0, 0
	}
	digits, base := name[1:], 10
	if len(digits) > 0 && digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	n, ok := characterNumber(digits, base)
	isCharacter := n == '\t' || n == '\n' || n == '\r' || n >= ' ' && n < 0xd800 ||
		n >= 0xe000 && n < 0xfffe || n >= 0x10000 && n <= utf8.MaxRune
	if !ok || !isCharacter {
		return 0, 0
	}
	return rune(n), end + 1
}

// characterNumber reads some few digits. Formulas are full of these: the quotation
// marks of a form's are a thousand.
func characterNumber(digits []byte, base int) (n int, ok bool) {
	for _, c := range digits {
		digit := base
		switch {
		case '0' <= c && c <= '9':
			digit = int(c - '0')
		case 'a' <= c && c <= 'f':
			digit = int(c-'a') + 10
		case 'A' <= c && c <= 'F':
			digit = int(c-'A') + 10
		}
		if digit >= base {
			return 0, false
		}
		n = n*base + digit
	}
	return n, len(digits) > 0
}

// value is the attribute's value with references resolved; line ends and tabs
// count as spaces there.
func (a *attribute) value() []byte {
	if !a.decode {
		return a.raw
	}
	return appendDecoded(nil, a.raw, ' ', ' ')
}

// appendDecoded resolves references and line ends: "\r\n" and "\r" become
// newline, and so does "\n"; a tab becomes tab.
func appendDecoded(dst, raw []byte, newline, tab byte) []byte {
	for i := 0; i < len(raw); i++ {
		switch raw[i] {
		case '&':
			r, length := reference(raw[i:])
			dst = utf8.AppendRune(dst, r)
			i += length - 1
		case '\r':
			if i+1 < len(raw) && raw[i+1] == '\n' {
				i++
			}
			dst = append(dst, newline)
		case '\n':
			dst = append(dst, newline)
		case '\t':
			dst = append(dst, tab)
		default:
			dst = append(dst, raw[i])
		}
	}
	return dst
}

func isBlank(b []byte) bool {
	for _, c := range b {
		if class[c]&blank == 0 {
			return false
		}
	}
	return true
}

// trimBlank takes the white space off both ends, as the schema has it for
// numbers.
func trimBlank(b []byte) []byte {
	for len(b) > 0 && class[b[0]]&blank != 0 {
		b = b[1:]
	}
	for len(b) > 0 && class[b[len(b)-1]]&blank != 0 {
		b = b[:len(b)-1]
	}
	return b
}
