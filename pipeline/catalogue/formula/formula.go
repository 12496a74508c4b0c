// Package formula owns the formulas of derived indicators and the conditions
// of rules: it reads them, checks their types and computes them exactly.
//
// A formula holds + - * / ( ), decimals and indicator codes, so that the
// published workbook can carry it live. A rule is a condition over codes and
// their values at other times. Every operation is on exact decimals; a term
// without a number never becomes zero.
package formula

import (
	"fmt"
	"slices"

	"tonghop/pipeline/figure"
)

// Formula is a compiled formula. It is immutable and safe to share.
type Formula struct {
	text string
	root *node
	refs []Ref
}

// Compile reads a formula. The error is an *Error with the column.
func Compile(text string) (*Formula, error) {
	root, fail := parse(text, formulaGrammar)
	if fail != nil {
		return nil, fail
	}
	refs := root.refs(nil)
	if len(refs) == 0 {
		return nil, fault(0, "không nêu mã chỉ tiêu nào", "names no indicator")
	}
	return &Formula{text: text, root: root, refs: refs}, nil
}

// fromTree makes the formula of a tree that was not written as text.
func fromTree(root *node) *Formula {
	return &Formula{text: root.print(Ref.String), root: root, refs: root.refs(nil)}
}

// String returns the formula as it was written.
func (f *Formula) String() string { return f.text }

// Terms returns the distinct codes in the order in which they are read.
func (f *Formula) Terms() []string {
	codes := make([]string, len(f.refs))
	for i, ref := range f.refs {
		codes[i] = ref.Code
	}
	return codes
}

// Eval computes the formula over the figures that look gives. Where any term
// does not count, the result has no number but the state of figure.Missing.
// Where it divides by zero, the error wraps figure.ErrDivisionByZero and the
// figure is blank; there is no other error.
func (f *Formula) Eval(look func(code string) figure.Figure) (figure.Figure, error) {
	terms := make([]figure.Figure, len(f.refs))
	for i, ref := range f.refs {
		terms[i] = look(ref.Code)
	}
	if state, missing := figure.Missing(terms...); missing {
		return figure.Without(state), nil
	}
	result, err := f.root.compute(func(ref Ref) figure.Number {
		number, _ := terms[slices.Index(f.refs, ref)].Number()
		return number
	})
	if err != nil {
		return figure.Figure{}, err
	}
	return figure.Of(result), nil
}

// Ratio takes a formula of the form X / Y, c * X / Y or X / Y * c apart, where
// c is any constant factor and X and Y are formulas: the numerator is X without
// the constant, the denominator Y. ok is false for every other form.
func (f *Formula) Ratio() (numerator, denominator *Formula, ok bool) {
	above, below := f.root.factors()
	above = slices.DeleteFunc(above, (*node).constant)
	below = slices.DeleteFunc(below, (*node).constant)
	if len(above) == 0 || len(below) != 1 {
		return nil, nil, false
	}
	product := above[0]
	for _, factor := range above[1:] {
		product = &node{kind: arithmetic, op: "*", args: []*node{product, factor}}
	}
	return fromTree(product), fromTree(below[0]), true
}

// Factor is the constant c of a Ratio; 1 where the formula has none.
func (f *Formula) Factor() figure.Number {
	above, below := f.root.factors()
	factor := figure.Int(1)
	none := func(Ref) figure.Number { return figure.Number{} }
	for _, n := range above {
		if n.constant() {
			if c, err := n.compute(none); err == nil {
				factor = factor.Mul(c)
			}
		}
	}
	for _, n := range below {
		if n.constant() {
			if c, err := n.compute(none); err == nil {
				if quotient, err := factor.Quo(c); err == nil {
					factor = quotient
				}
			}
		}
	}
	return factor
}

// factors splits products and quotients into what stands above and below the
// line.
func (n *node) factors() (above, below []*node) {
	if n.kind != arithmetic || n.op == "+" || n.op == "-" {
		return []*node{n}, nil
	}
	above, below = n.args[0].factors()
	over, under := n.args[1].factors()
	if n.op == "/" {
		over, under = under, over
	}
	return append(above, over...), append(below, under...)
}

func (n *node) constant() bool { return len(n.refs(nil)) == 0 }

// Inline replaces each code that has a formula in with by that formula, one
// level deep. The error says that the result would be too long.
func (f *Formula) Inline(with map[string]*Formula) (*Formula, error) {
	if !slices.ContainsFunc(f.refs, func(ref Ref) bool { return with[ref.Code] != nil }) {
		return f, nil
	}
	root, err := inline(f.root, with)
	if err != nil {
		return nil, err
	}
	return &Formula{text: f.text, root: root, refs: root.refs(nil)}, nil
}

func inline(root *node, with map[string]*Formula) (*node, error) {
	replaced := root.replace(func(ref Ref) *node {
		if f := with[ref.Code]; f != nil {
			return f.root.at(ref.When)
		}
		return nil
	})
	if replaced.size() > maxNodes {
		return nil, fault(0, "quá dài sau khi thay các chỉ tiêu tính được", fmt.Sprintf("has more than %d parts once the derived indicators are put in", maxNodes))
	}
	return replaced, nil
}

// at returns a formula's tree with each code read at another time.
func (n *node) at(when When) *node {
	if when == Now {
		return n
	}
	return n.replace(func(ref Ref) *node {
		return &node{kind: reference, ref: Ref{Code: ref.Code, When: when}}
	})
}

// Excel prints the formula for a workbook, without the equals sign, with each
// code replaced by what cell gives: a reference or a call, which must stand as
// one operand.
func (f *Formula) Excel(cell func(code string) string) string {
	return f.root.print(func(ref Ref) string { return cell(ref.Code) })
}
