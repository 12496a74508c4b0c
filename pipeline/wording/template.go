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

// node is one piece of a sentence: text, a field, or an optional part. It is kept
// small, for every start of the program makes some ten thousand.
type node struct {
	text   string // as it is printed; the name of a field
	kind   kind
	choice *choice // of a count or an optional part
}

// kind is what a node stands for.
type kind uint8

const (
	plain    kind = iota
	field         // {name}
	count         // {name#unit|units}
	optional      // [inner|other]
)

// choice is what is chosen from when a sentence is said.
type choice struct {
	words [2]string // of a count
	// Of an optional part: inner is left out, or gives way to other, where a
	// field in it is empty.
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
	var most [16]node // of nearly all sentences
	out := most[:0]
	for p.rest != "" {
		c := p.rest[0]
		switch {
		case strings.IndexByte("{}[]", c) >= 0 && strings.HasPrefix(p.rest[1:], p.rest[:1]):
			out = append(out, node{text: p.rest[:1]})
			p.rest = p.rest[2:]
		case c == '{':
			n, err := p.field()
			if err != nil {
				return nil, err
			}
			out = append(out, n)
		case c == '[' && inside:
			return nil, errors.New("an optional part inside another")
		case c == '[':
			n, err := p.part()
			if err != nil {
				return nil, err
			}
			out = append(out, n)
		case inside && (c == ']' || c == '|'):
			return slices.Clone(out), nil
		case c == '}' || c == ']':
			return nil, fmt.Errorf("%q without its opening bracket", c)
		default:
			out = append(out, p.plain(inside))
		}
	}
	if inside {
		return nil, errors.New(`"[" is never closed`)
	}
	return slices.Clone(out), nil
}

// plain reads text up to what is none.
func (p *scanner) plain(inside bool) node {
	ends := "{}[]"
	if inside {
		ends = "{}[]|"
	}
	end := strings.IndexAny(p.rest, ends)
	if end < 0 {
		end = len(p.rest)
	}
	n := node{text: p.rest[:end]}
	p.rest = p.rest[end:]
	return n
}

func (p *scanner) field() (node, error) {
	name, rest, closed := strings.Cut(p.rest[1:], "}")
	if !closed {
		return node{}, errors.New(`"{" is never closed`)
	}
	p.rest = rest
	name, words, counts := strings.Cut(name, "#")
	n := node{text: name, kind: field}
	if counts {
		one, many, both := strings.Cut(words, "|")
		if !both {
			return node{}, fmt.Errorf("{%s#%s}: want two words parted by |", name, words)
		}
		n.kind, n.choice = count, &choice{words: [2]string{one, many}}
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
	var c choice
	var err error
	p.rest = p.rest[1:]
	if c.inner, err = p.nodes(true); err != nil {
		return node{}, err
	}
	if p.rest[0] == '|' {
		p.rest = p.rest[1:]
		if c.other, err = p.nodes(true); err != nil {
			return node{}, err
		}
		if p.rest[0] == '|' {
			return node{}, errors.New("an optional part with more than one |")
		}
	}
	p.rest = p.rest[1:]
	if len(fields(c.inner)) == 0 {
		return node{}, errors.New("an optional part without a field")
	}
	return node{kind: optional, choice: &c}, nil
}

// fields lists the fields of nodes, sorted, optional parts included.
func fields(nodes []node) []string {
	var out []string
	for _, n := range nodes {
		switch n.kind {
		case optional:
			out = append(out, fields(n.choice.inner)...)
			out = append(out, fields(n.choice.other)...)
		case field, count:
			out = append(out, n.text)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// fields lists every field the sentence names, sorted.
func (s sentence) fields() []string { return fields(s.nodes) }

// required lists the fields that stand outside optional parts, sorted.
func (s sentence) required() []string {
	var always []node
	for _, n := range s.nodes {
		if n.kind != optional {
			always = append(always, n)
		}
	}
	return fields(always)
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
		switch n.kind {
		case plain:
			b.WriteString(n.text)
		case optional:
			if full(n.choice.inner, get) {
				render(b, n.choice.inner, get)
			} else {
				render(b, n.choice.other, get)
			}
		default:
			value, ok := get(n.text)
			switch {
			case !ok:
				value = unknown(n.text)
			case n.kind == count && value == "1":
				value = n.choice.words[0]
			case n.kind == count:
				value = n.choice.words[1]
			}
			b.WriteString(value)
		}
	}
}

// full reports whether every field of an optional part has a value.
func full(nodes []node, get lookup) bool {
	return !slices.ContainsFunc(nodes, func(n node) bool {
		if n.kind == plain {
			return false
		}
		value, ok := get(n.text)
		return !ok || value == ""
	})
}

// unknown is what stands in print where code asks for something that the
// tables do not have: visible, and never a crash in the middle of a report.
func unknown(name string) string { return "⟦" + name + "⟧" }
