package formula

import (
	"fmt"
	"slices"
	"strings"

	"tonghop/pipeline/figure"
)

// kind says what a node is.
type kind uint8

const (
	literal kind = iota // a decimal; text keeps it as written
	reference
	negation
	arithmetic // + - * /
	comparison // == != < <= > >=
	logic      // and or not
)

// node is a formula or rule as a tree. Trees are immutable and may share
// branches.
type node struct {
	kind   kind
	op     string // of arithmetic, comparison and logic
	text   string // of a literal
	number figure.Number
	ref    Ref
	args   []*node
}

func (n *node) truth() bool { return n.kind == comparison || n.kind == logic }

// compute evaluates a number node. The only error is figure.ErrDivisionByZero.
func (n *node) compute(value func(Ref) figure.Number) (figure.Number, error) {
	switch n.kind {
	case literal:
		return n.number, nil
	case reference:
		return value(n.ref), nil
	}
	left, err := n.args[0].compute(value)
	if err != nil {
		return figure.Number{}, err
	}
	if n.kind == negation {
		return left.Neg(), nil
	}
	right, err := n.args[1].compute(value)
	if err != nil {
		return figure.Number{}, err
	}
	switch n.op {
	case "+":
		return left.Add(right), nil
	case "-":
		return left.Sub(right), nil
	case "*":
		return left.Mul(right), nil
	case "/":
		quotient, err := left.Quo(right)
		if err != nil {
			return figure.Number{}, fmt.Errorf("compute %s: %w", n.print(Ref.String), err)
		}
		return quotient, nil
	}
	panic("formula: not a number: " + n.op)
}

// refs appends each distinct reference in the order in which it is read.
func (n *node) refs(seen []Ref) []Ref {
	if n.kind == reference && !slices.Contains(seen, n.ref) {
		seen = append(seen, n.ref)
	}
	for _, arg := range n.args {
		seen = arg.refs(seen)
	}
	return seen
}

func (n *node) size() int {
	total := 1
	for _, arg := range n.args {
		total += arg.size()
	}
	return total
}

// replace returns the tree with each reference for which with gives a tree
// replaced by it.
func (n *node) replace(with func(Ref) *node) *node {
	if n.kind == reference {
		if tree := with(n.ref); tree != nil {
			return tree
		}
		return n
	}
	if len(n.args) == 0 {
		return n
	}
	replaced := *n
	replaced.args = make([]*node, len(n.args))
	for i, arg := range n.args {
		replaced.args[i] = arg.replace(with)
	}
	return &replaced
}

// binding strength, weakest first.
const (
	bindOr = iota + 1
	bindAnd
	bindCompare
	bindSum
	bindProduct
	bindNegation
	bindAtom
)

func (n *node) binds() int {
	switch {
	case n.kind == logic && n.op == "or":
		return bindOr
	case n.kind == logic && n.op == "and":
		return bindAnd
	case n.kind == comparison:
		return bindCompare
	case n.op == "+" || n.op == "-":
		return bindSum
	case n.op == "*" || n.op == "/":
		return bindProduct
	case n.kind == negation:
		return bindNegation
	}
	return bindAtom
}

// print writes the tree with no more parentheses than it needs.
func (n *node) print(name func(Ref) string) string {
	operand := func(arg *node, atLeast int) string {
		text := arg.print(name)
		if arg.binds() < atLeast {
			return "(" + text + ")"
		}
		return text
	}
	switch n.kind {
	case literal:
		return n.text
	case reference:
		return name(n.ref)
	case negation:
		return "-" + operand(n.args[0], bindAtom)
	}
	if n.op == "not" {
		return "not (" + n.args[0].print(name) + ")"
	}
	var text strings.Builder
	text.WriteString(operand(n.args[0], n.binds()))
	text.WriteString(" " + n.op + " ")
	text.WriteString(operand(n.args[1], n.binds()+1))
	return text.String()
}
