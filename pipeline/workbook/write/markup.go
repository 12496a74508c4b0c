package write

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"html"
	"slices"
	"strings"
	"unicode/utf8"
)

// Somebody's workbook is changed by replacing spans of its parts, not by
// decoding and encoding them: what is not named is kept to the byte. The parts
// have passed the strict reader, so they are well-formed; what this file asks
// of them it still checks, and never reads past their end.

// errMarkup says that a part is not built as expected. It is left alone then.
var errMarkup = errors.New("unexpected markup")

// tag is <name …>, </name> or <name …/> within a part.
type tag struct {
	start, end  int
	name        string // with its prefix
	closing     bool
	selfClosing bool // <name …/>: nothing follows it
}

// nextTag finds the first tag from a place on; comments, CDATA and processing
// instructions are none.
func nextTag(data []byte, from int) (tag, bool) {
	for from < len(data) {
		at := bytes.IndexByte(data[from:], '<')
		if at < 0 {
			return tag{}, false
		}
		from += at
		if next := from + 1; next < len(data) && data[next] != '!' && data[next] != '?' {
			return readTag(data, from)
		}
		skipped := false
		for _, aside := range [...][2]string{{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}, {"<!", ">"}} {
			if !bytes.HasPrefix(data[from:], []byte(aside[0])) {
				continue
			}
			end := bytes.Index(data[from:], []byte(aside[1]))
			if end < 0 {
				return tag{}, false
			}
			from += end + len(aside[1])
			skipped = true
			break
		}
		if !skipped {
			return readTag(data, from)
		}
	}
	return tag{}, false
}

func readTag(data []byte, start int) (tag, bool) {
	t := tag{start: start}
	i := start + 1
	if i < len(data) && data[i] == '/' {
		t.closing = true
		i++
	}
	from := i
	for i < len(data) && !endsName(data[i]) {
		i++
	}
	t.name = tagName(data[from:i])
	var quote byte
	for ; i < len(data); i++ {
		switch c := data[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			t.end = i + 1
			t.selfClosing = data[i-1] == '/'
			return t, true
		}
	}
	return tag{}, false
}

func endsName(c byte) bool {
	switch c {
	case ' ', '\t', '\r', '\n', '/', '>':
		return true
	}
	return false
}

// tagName spares a string for each of the very many cells of a sheet.
func tagName(name []byte) string {
	switch string(name) {
	case "c":
		return "c"
	case "v":
		return "v"
	case "row":
		return "row"
	case "si":
		return "si"
	case "t":
		return "t"
	}
	return string(name)
}

// element is a whole element within a part.
type element struct {
	tag            // its start tag; end is where its content begins
	tail, last int // where its end tag begins and where that ends
}

// local is the name without its prefix.
func (t tag) local() string {
	_, after, found := strings.Cut(t.name, ":")
	if !found {
		return t.name
	}
	return after
}

// sibling gives a name the prefix of this element.
func (e element) sibling(local string) string {
	if prefix, _, found := strings.Cut(e.name, ":"); found {
		return prefix + ":" + local
	}
	return local
}

func (e element) text(data []byte) string { return string(data[e.start:e.last]) }

// children are the elements directly between two places.
func children(data []byte, from, to int) ([]element, error) {
	found, err := levels(data[:to], from, 1)
	return found[0], err
}

// levels are the elements from a place to the end: the outermost, those directly in
// them, and so on as deep as is asked.
func levels(data []byte, from, deep int) ([][]element, error) {
	found := make([][]element, deep)
	depth := 0
	for {
		t, ok := nextTag(data, from)
		if !ok {
			break
		}
		from = t.end
		if t.closing {
			depth--
			if depth < 0 {
				return found, errMarkup
			}
			if depth < deep {
				open := &found[depth][len(found[depth])-1]
				open.tail, open.last = t.start, t.end
			}
			continue
		}
		if depth < deep {
			found[depth] = append(found[depth], element{tag: t, tail: t.end, last: t.end})
		}
		if !t.selfClosing {
			depth++
		}
	}
	if depth != 0 {
		return found, errMarkup
	}
	return found, nil
}

func (e element) children(data []byte) ([]element, error) { return children(data, e.end, e.tail) }

// ordinary reports whether a part is of bytes that this file understands: not UTF-16.
func ordinary(data []byte) bool {
	return !bytes.HasPrefix(data, []byte{0xFE, 0xFF}) && !bytes.HasPrefix(data, []byte{0xFF, 0xFE}) && bytes.IndexByte(data, 0) < 0
}

// root gives a part's only element and what is directly in it.
func root(data []byte) (element, []element, error) {
	if !ordinary(data) {
		return element{}, nil, errMarkup
	}
	found, err := levels(data, 0, 2)
	if err != nil || len(found[0]) != 1 {
		return element{}, nil, errMarkup
	}
	return found[0][0], found[1], nil
}

// named is the first of some elements with a local name.
func named(all []element, local string) (element, bool) {
	i := slices.IndexFunc(all, func(e element) bool { return e.local() == local })
	if i < 0 {
		return element{}, false
	}
	return all[i], true
}

// attrSpan finds an attribute's value between its quotes.
func attrSpan(head []byte, name string) (from, to int, ok bool) {
	i := 0
	for i < len(head) && head[i] != ' ' && head[i] != '\t' && head[i] != '\n' && head[i] != '\r' {
		i++
	}
	for i < len(head) {
		equals := bytes.IndexByte(head[i:], '=')
		if equals < 0 {
			return 0, 0, false
		}
		key := strings.TrimSpace(string(head[i : i+equals]))
		i += equals + 1
		for i < len(head) && head[i] != '"' && head[i] != '\'' {
			i++
		}
		if i >= len(head) {
			return 0, 0, false
		}
		end := bytes.IndexByte(head[i+1:], head[i])
		if end < 0 {
			return 0, 0, false
		}
		if key == name {
			return i + 1, i + 1 + end, true
		}
		i += end + 2
	}
	return 0, 0, false
}

// attr is an attribute's value; "" where there is none.
func attr(head []byte, name string) string {
	from, to, ok := attrSpan(head, name)
	if !ok {
		return ""
	}
	return html.UnescapeString(string(head[from:to]))
}

func (t tag) attr(data []byte, name string) string { return attr(data[t.start:t.end], name) }

// relationID is the attribute id in whatever prefix stands for relationships.
func (t tag) relationID(data []byte) string {
	head := data[t.start:t.end]
	for word := range bytes.FieldsSeq(head) {
		key, _, found := bytes.Cut(word, []byte("="))
		if found && bytes.HasSuffix(key, []byte(":id")) {
			return attr(head, string(key))
		}
	}
	return ""
}

// setAttr gives a start tag with an attribute set.
func setAttr(head []byte, name, value string) []byte {
	if from, to, ok := attrSpan(head, name); ok {
		return slices.Concat(head[:from], []byte(escaped(value)), head[to:])
	}
	at := len(head) - 1
	if head[at-1] == '/' {
		at--
	}
	return slices.Concat(bytes.TrimRight(head[:at], " \t\r\n"), []byte(" "+name+`="`+escaped(value)+`"`), head[at:])
}

// withoutAttr gives a start tag without an attribute.
func withoutAttr(head []byte, name string) []byte {
	from, to, ok := attrSpan(head, name)
	if !ok {
		return head
	}
	start := bytes.LastIndex(head[:from], []byte(name))
	return slices.Concat(bytes.TrimRight(head[:start], " \t\r\n"), head[to+1:])
}

// escaped is text as it stands in an attribute or an element.
func escaped(text string) string {
	if strings.IndexFunc(text, needsEscape) < 0 {
		return text // as mostly
	}
	var out bytes.Buffer
	if err := xml.EscapeText(&out, []byte(text)); err != nil {
		panic(err) // a buffer takes everything
	}
	return out.String()
}

// needsEscape reports whether a letter may stand otherwise in an attribute or an
// element than it does in text.
func needsEscape(r rune) bool {
	switch r {
	case '<', '>', '&', '"', '\'', utf8.RuneError, 0xFFFE, 0xFFFF:
		return true
	}
	return r < ' '
}

// edit replaces a span of a part.
type edit struct {
	from, to int
	with     string
}

// edited applies edits, which do not overlap. Of those at one place the first
// comes first.
func edited(data []byte, edits []edit) []byte {
	slices.SortStableFunc(edits, func(a, b edit) int { return cmp.Compare(a.from, b.from) })
	var out bytes.Buffer
	out.Grow(len(data) + 64*len(edits))
	done := 0
	for _, e := range edits {
		out.Write(data[done:e.from])
		out.WriteString(e.with)
		done = e.to
	}
	out.Write(data[done:])
	return out.Bytes()
}

// appended is the edit that puts text behind what an element holds.
func (e element) appended(data []byte, text string) edit {
	if !e.selfClosing {
		return edit{e.tail, e.tail, text}
	}
	return edit{e.start, e.end, opened(data[e.start:e.end]) + text + "</" + e.name + ">"}
}

// opened gives a self-closing tag as a start tag, to be closed behind something.
func opened(head []byte) string {
	return string(bytes.TrimRight(bytes.TrimSuffix(head, []byte("/>")), " \t\r\n")) + ">"
}
