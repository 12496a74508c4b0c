package workbook

import (
	"bytes"
	"fmt"
	"slices"
)

// token is what the scanner has come to.
type token uint8

const (
	failed    token = iota // see scanner.err; every later call fails too
	startTag               // space, local and attrs are set
	endTag                 // also given for <a/>, after its startTag
	charData               // raw and decode are set; never empty
	endOfPart              // the root is closed and nothing is left
)

// scanner walks over one part byte by byte and gives tags and text. It accepts
// well-formed, namespace-aware XML 1.0 without a document type, and nothing
// else: whoever reads to endOfPart knows that the whole part was sound.
// Comments and processing instructions are checked and passed over.
//
// What it refuses though the XML recommendation allows it: element and
// attribute names beyond ASCII, more than maxAttributes or maxBindings of
// those, nesting deeper than maxDepth. No workbook has them, and each would let
// a small part cost much.
type scanner struct {
	part string
	data []byte
	pos  int
	err  error

	space space // of the element at startTag
	local []byte
	attrs []attribute

	raw     []byte // text as it stands in the part
	decode  bool   // raw holds references or line ends to be resolved
	asides  int    // comments and instructions passed so far
	scratch []byte // where decoded text is put together

	open        []openElement
	rootClosed  bool
	selfClosed  bool
	bindings    []binding
	unprefixed  space    // of elements without a prefix
	uris        [][]byte // namespaces outside the known ones, spaceUnknown upwards
	hasPrefixed bool     // attrs has names with a prefix, or declarations
}

// openElement keeps what holds again when the element is closed.
type openElement struct {
	name       []byte
	bindings   int // length of scanner.bindings
	unprefixed space
}

// attribute has its value as it stands in the part; value() resolves it.
type attribute struct {
	name   []byte // as written, prefix included
	local  []byte
	raw    []byte
	space  space
	decode bool
}

const (
	maxDepth      = 200
	maxAttributes = 64
	maxBindings   = 64
)

func (s *scanner) fail(format string, args ...any) token {
	if s.err == nil {
		s.err = damaged(s.part, int64(s.pos), "%s", fmt.Sprintf(format, args...))
	}
	return failed
}

// start checks the bytes of a part and stands before its root element. A scanner
// may read any number of parts, one after the other.
func (s *scanner) start(part string, content []byte) {
	*s = scanner{
		part: part, data: content, scratch: s.scratch[:0],
		attrs:    slices.Grow(s.attrs[:0], maxAttributes),
		open:     slices.Grow(s.open[:0], maxDepth),
		bindings: slices.Grow(s.bindings[:0], maxBindings),
		uris:     slices.Grow(s.uris[:0], maxBindings),
	}
	s.begin()
}

// forget lets go of the part and keeps the room.
func (s *scanner) forget() {
	clear(s.attrs[:cap(s.attrs)])
	clear(s.open[:cap(s.open)])
	clear(s.bindings[:cap(s.bindings)])
	clear(s.uris[:cap(s.uris)])
	*s = scanner{attrs: s.attrs, open: s.open, bindings: s.bindings, uris: s.uris}
}

// next goes to the next token.
func (s *scanner) next() token {
	if s.err != nil {
		return failed
	}
	if s.selfClosed {
		s.selfClosed = false
		return s.close()
	}
	for s.pos < len(s.data) {
		if s.data[s.pos] != '<' {
			if t := s.text(); t != charData || len(s.open) > 0 {
				return t
			}
			continue
		}
		if s.pos+1 == len(s.data) {
			break
		}
		switch s.data[s.pos+1] {
		case '/':
			return s.endTag()
		case '?':
			if !s.instruction() {
				return failed
			}
		case '!':
			if bytes.HasPrefix(s.data[s.pos:], []byte("<![CDATA[")) {
				if t := s.literal(); t == failed || len(s.raw) > 0 {
					return t
				}
			} else if !s.comment() {
				return failed
			}
		default:
			return s.startTag()
		}
	}
	if len(s.open) > 0 || !s.rootClosed || s.pos < len(s.data) {
		return s.fail("the part ends too early")
	}
	return endOfPart
}

// text reads up to the next tag.
func (s *scanner) text() token {
	start, i := s.pos, s.pos
	s.decode = false
	for ; i < len(s.data); i++ {
		c := s.data[i]
		if class[c]&inText == 0 {
			continue
		}
		if c == '<' {
			break
		}
		switch {
		case c == '\r':
			s.decode = true
		case c == '&':
			_, length := reference(s.data[i:])
			if length == 0 {
				s.pos = i
				return s.fail("a reference that is not one of the five of XML or a character number")
			}
			s.decode = true
			i += length - 1
		case c == '>' && i-start >= 2 && s.data[i-1] == ']' && s.data[i-2] == ']':
			s.pos = i
			return s.fail("\"]]>\" in text")
		}
	}
	s.raw = s.data[start:i]
	if len(s.open) == 0 && !isBlank(s.raw) {
		return s.fail("text outside the root element")
	}
	s.pos = i
	return charData
}

// literal reads a CDATA section.
func (s *scanner) literal() token {
	const opening = "<![CDATA["
	if len(s.open) == 0 {
		return s.fail("text outside the root element")
	}
	body := s.data[s.pos+len(opening):]
	end := bytes.Index(body, []byte("]]>"))
	if end < 0 {
		return s.fail("a CDATA section without end")
	}
	s.raw, s.decode = body[:end], false // it holds no references
	if bytes.IndexByte(s.raw, '\r') >= 0 {
		s.raw = bytes.ReplaceAll(bytes.ReplaceAll(s.raw, []byte("\r\n"), []byte("\n")), []byte("\r"), []byte("\n"))
	}
	s.pos += len(opening) + end + 3
	return charData
}

func (s *scanner) startTag() token {
	if s.rootClosed {
		return s.fail("a second root element")
	}
	if len(s.open) == maxDepth {
		return s.fail("elements nested deeper than %d", maxDepth)
	}
	i, kinds := s.name(s.pos + 1)
	if i == s.pos+1 {
		return s.fail("a tag without a name")
	}
	name := s.data[s.pos+1 : i]
	s.open = append(s.open, openElement{name: name, bindings: len(s.bindings), unprefixed: s.unprefixed})
	if i = s.attributes(i); i < 0 {
		return failed
	}
	if s.data[i] == '/' {
		s.selfClosed = true
		i++
	}
	if i == len(s.data) || s.data[i] != '>' {
		return s.fail("a tag without end")
	}
	if s.hasPrefixed && !s.resolveAttributes() {
		return failed
	}
	if s.space, s.local = s.unprefixed, name; kinds&colon != 0 {
		var ok bool
		if s.space, s.local, ok = s.split(name); !ok {
			return failed
		}
	}
	s.pos = i + 1
	return startTag
}

// attributes reads up to the "/", "?" or ">" that ends the tag and gives its
// place, or -1. Names with a prefix are left to resolveAttributes.
func (s *scanner) attributes(i int) int {
	data := s.data
	s.attrs, s.hasPrefixed = s.attrs[:0], false
	for {
		spaced := i
		i = s.skipBlank(i)
		if i == len(data) {
			s.fail("the part ends within a tag")
			return -1
		}
		if data[i] == '>' || data[i] == '/' || data[i] == '?' {
			return i
		}
		start := i
		var kinds uint8
		if i, kinds = s.name(start); i == start || spaced == start {
			s.fail("a tag that cannot be read")
			return -1
		}
		name := data[start:i]
		for j := range s.attrs {
			if bytes.Equal(s.attrs[j].name, name) {
				s.fail("the attribute %q stands twice in a tag", name)
				return -1
			}
		}
		if len(s.attrs) == maxAttributes {
			s.fail("more than %d attributes in a tag", maxAttributes)
			return -1
		}
		s.hasPrefixed = s.hasPrefixed || kinds&colon != 0 || string(name) == "xmlns"
		s.attrs = append(s.attrs, attribute{name: name, local: name})
		if i = s.skipBlank(i); i < len(data) && data[i] == '=' {
			i = s.attributeValue(s.skipBlank(i+1), &s.attrs[len(s.attrs)-1])
		} else {
			i = -1
		}
		if i < 0 {
			s.fail("the attribute %q has no value in quotes", name)
			return -1
		}
	}
}

func (s *scanner) skipBlank(i int) int {
	for i < len(s.data) && class[s.data[i]]&blank != 0 {
		i++
	}
	return i
}

// attributeValue reads a quoted value and gives the place after it, or -1.
func (s *scanner) attributeValue(i int, attr *attribute) int {
	data := s.data
	if i >= len(data) || data[i] != '"' && data[i] != '\'' {
		return -1
	}
	quote := data[i]
	i++
	start := i
	for ; i < len(data); i++ {
		c := data[i]
		if class[c]&inValue == 0 {
			continue
		}
		switch c {
		case quote:
			attr.raw = data[start:i]
			return i + 1
		case '<':
			return -1
		case '&':
			_, length := reference(data[i:])
			if length == 0 {
				return -1
			}
			i += length - 1
			attr.decode = true
		case '\t', '\n', '\r':
			attr.decode = true
		}
	}
	return -1
}

// name gives the place after the name that begins at i, i itself if none does,
// and the classes of all its bytes together.
func (s *scanner) name(i int) (end int, kinds uint8) {
	if i >= len(s.data) || class[s.data[i]]&nameStart == 0 {
		return i, 0
	}
	for ; i < len(s.data); i++ {
		kind := class[s.data[i]]
		if kind&(nameStart|nameMore) == 0 {
			break
		}
		kinds |= kind
	}
	return i, kinds
}

func (s *scanner) endTag() token {
	if len(s.open) == 0 {
		return s.fail("an end tag without its start tag")
	}
	name := s.open[len(s.open)-1].name
	i := s.pos + 2
	if !bytes.HasPrefix(s.data[i:], name) {
		return s.fail("an end tag that does not match <%s>", name)
	}
	if i = s.skipBlank(i + len(name)); i == len(s.data) || s.data[i] != '>' {
		return s.fail("an end tag that does not match <%s>", name)
	}
	s.pos = i + 1
	return s.close()
}

func (s *scanner) close() token {
	last := len(s.open) - 1
	s.bindings = s.bindings[:s.open[last].bindings]
	s.unprefixed = s.open[last].unprefixed
	s.open = s.open[:last]
	s.rootClosed = last == 0
	return endTag
}
