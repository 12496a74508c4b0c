package wording

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// sentence is a parsed template. The zero value renders as "".
type sentence struct {
	source string
	nodes  []node
}

// node is one piece of a sentence: text, a field, or an optional part.
type node struct {
	text  string
	field string    // set for a field
	words [2]string // for {n#unit|units}
	count bool      // whether words are meant
	// optional parts: inner is left out, or gives way to other, where a field
	// in it is empty.
	optional     bool
	inner, other []node
}

// parse reads a template. Optional parts do not nest: a sentence that needs it
// is two sentences.
func parse(source string) (sentence, error) {
	p := scanner{rest: source}
	nodes, err := p.nodes(false)
	if err != nil {
		return sentence{}, err
	}
	return sentence{source: source, nodes: nodes}, nil
}

type scanner struct{ rest string }

// nodes reads up to the end, or inside an optional part up to its | or ].
func (p *scanner) nodes(inside bool) ([]node, error) {
	var out []node
	var text strings.Builder
	flush := func() {
		if text.Len() > 0 {
			out = append(out, node{text: text.String()})
			text.Reset()
		}
	}
	for p.rest != "" {
		c := p.rest[0]
		switch {
		case strings.IndexByte("{}[]", c) >= 0 && strings.HasPrefix(p.rest[1:], string(c)):
			text.WriteByte(c)
			p.rest = p.rest[2:]
		case c == '{':
			flush()
			n, err := p.field()
			if err != nil {
				return nil, err
			}
			out = append(out, n)
		case c == '[' && inside:
			return nil, errors.New("an optional part inside another")
		case c == '[':
			flush()
			n, err := p.part()
			if err != nil {
				return nil, err
			}
			out = append(out, n)
		case inside && (c == ']' || c == '|'):
			flush()
			return out, nil
		case c == '}' || c == ']':
			return nil, fmt.Errorf("%q without its opening bracket", c)
		default:
			text.WriteByte(c)
			p.rest = p.rest[1:]
		}
	}
	if inside {
		return nil, errors.New(`"[" is never closed`)
	}
	flush()
	return out, nil
}

func (p *scanner) field() (node, error) {
	name, rest, closed := strings.Cut(p.rest[1:], "}")
	if !closed {
		return node{}, errors.New(`"{" is never closed`)
	}
	p.rest = rest
	name, words, count := strings.Cut(name, "#")
	n := node{field: name, count: count}
	if count {
		one, many, both := strings.Cut(words, "|")
		if !both {
			return node{}, fmt.Errorf("{%s#%s}: want two words parted by |", name, words)
		}
		n.words = [2]string{one, many}
	}
	if !fieldName(name) {
		return node{}, fmt.Errorf("{%s} is not a name", name)
	}
	return n, nil
}

func fieldName(s string) bool {
	s = strings.TrimPrefix(s, "arg:")
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '_' {
			return false
		}
	}
	return s != ""
}

func (p *scanner) part() (node, error) {
	n := node{optional: true}
	var err error
	p.rest = p.rest[1:]
	if n.inner, err = p.nodes(true); err != nil {
		return node{}, err
	}
	if p.rest[0] == '|' {
		p.rest = p.rest[1:]
		if n.other, err = p.nodes(true); err != nil {
			return node{}, err
		}
		if p.rest[0] == '|' {
			return node{}, errors.New("an optional part with more than one |")
		}
	}
	p.rest = p.rest[1:]
	if len(fields(n.inner)) == 0 {
		return node{}, errors.New("an optional part without a field")
	}
	return n, nil
}

// fields lists the fields of nodes in order, optional parts included.
func fields(nodes []node) []string {
	var out []string
	for _, n := range nodes {
		switch {
		case n.optional:
			out = append(out, fields(n.inner)...)
			out = append(out, fields(n.other)...)
		case n.field != "":
			out = append(out, n.field)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// fields lists every field the sentence names, sorted.
func (s sentence) fields() []string { return fields(s.nodes) }

// required lists the fields that stand outside optional parts, sorted.
func (s sentence) required() []string {
	var plain []node
	for _, n := range s.nodes {
		if !n.optional {
			plain = append(plain, n)
		}
	}
	return fields(plain)
}

// lookup gives a field's printed value; ok is false where it was not given.
type lookup func(field string) (value string, ok bool)

func (s sentence) render(get lookup) string {
	var b strings.Builder
	render(&b, s.nodes, get)
	return b.String()
}

func render(b *strings.Builder, nodes []node, get lookup) {
	for _, n := range nodes {
		switch {
		case n.optional && full(n.inner, get):
			render(b, n.inner, get)
		case n.optional:
			render(b, n.other, get)
		case n.field == "":
			b.WriteString(n.text)
		default:
			value, ok := get(n.field)
			switch {
			case !ok:
				value = unknown(n.field)
			case n.count && value == "1":
				value = n.words[0]
			case n.count:
				value = n.words[1]
			}
			b.WriteString(value)
		}
	}
}

// full reports whether every field of an optional part has a value.
func full(nodes []node, get lookup) bool {
	return !slices.ContainsFunc(nodes, func(n node) bool {
		if n.field == "" {
			return false
		}
		value, ok := get(n.field)
		return !ok || value == ""
	})
}

// unknown is what stands in print where code asks for something that the
// tables do not have: visible, and never a crash in the middle of a report.
func unknown(name string) string { return "⟦" + name + "⟧" }
