package formula

import (
	"fmt"
	"slices"
	"strings"

	"tonghop/pipeline/figure"
)

// When says at which time a rule reads a code.
type When uint8

// The times. YTD is the value of the year to date, this period included.
const (
	Now When = iota
	Prev
	YTD
	LastYear
)

// String returns now, prev, ytd or last_year.
func (w When) String() string {
	return [...]string{"now", "prev", "ytd", "last_year"}[w]
}

// Ref is a code at a time.
type Ref struct {
	Code string
	When When
}

// String returns the reference as a rule writes it: "X" or "prev(X)".
func (r Ref) String() string {
	if r.When == Now {
		return r.Code
	}
	return fmt.Sprintf("%s(%s)", r.When, r.Code)
}

// Outcome is what checking a rule gives.
type Outcome uint8

// The outcomes. NotChecked is not a pass: a figure that the answer hangs on is
// missing, or a division is by zero.
const (
	NotChecked Outcome = iota
	Holds
	Broken
)

// String returns not_checked, holds or broken.
func (o Outcome) String() string {
	return [...]string{"not_checked", "holds", "broken"}[o]
}

func outcome(holds bool) Outcome {
	if holds {
		return Holds
	}
	return Broken
}

// Rule is a compiled condition. It is immutable and safe to share.
type Rule struct {
	text string
	root *node
	refs []Ref
}

// CompileRule reads a condition: comparisons of arithmetic over codes and
// prev(X), ytd(X), last_year(X), joined by and, or, not. The error is an *Error
// with the column.
func CompileRule(text string) (*Rule, error) {
	root, fail := parse(text, ruleGrammar)
	if fail != nil {
		return nil, fail
	}
	if !root.truth() {
		return nil, fault(0, "phải là một điều kiện đúng hoặc sai, ví dụ A <= B", "must be a condition that holds or not, such as A <= B")
	}
	refs := root.refs(nil)
	if len(refs) == 0 {
		return nil, fault(0, "không nêu mã chỉ tiêu nào", "names no indicator")
	}
	return &Rule{text: text, root: root, refs: refs}, nil
}

// String returns the rule as it was written.
func (r *Rule) String() string { return r.text }

// Refs returns the distinct references in the order in which they are read.
func (r *Rule) Refs() []Ref { return slices.Clone(r.refs) }

// Eval checks the rule over the figures that look gives, in three values: what
// is not known stays not known unless the rest decides ("A == 0 or B <= A"
// holds where A is 0, whatever B).
func (r *Rule) Eval(look func(Ref) figure.Figure) Outcome { return r.root.check(look) }

// Inline replaces each code that has a formula in with by that formula, read
// at the same time.
func (r *Rule) Inline(with map[string]*Formula) (*Rule, error) {
	root, err := inline(r.root, with)
	if err != nil {
		return nil, err
	}
	return &Rule{text: r.text, root: root, refs: root.refs(nil)}, nil
}

func (n *node) check(look func(Ref) figure.Figure) Outcome {
	if n.kind == comparison {
		return n.compare(look)
	}
	left := n.args[0].check(look)
	switch n.op {
	case "not":
		return [...]Outcome{NotChecked: NotChecked, Holds: Broken, Broken: Holds}[left]
	case "and":
		return decide(Broken, left, n.args[1].check(look))
	default:
		return decide(Holds, left, n.args[1].check(look))
	}
}

// decide joins two outcomes: either side may decide alone; else an unknown side
// leaves the whole unknown.
func decide(alone, left, right Outcome) Outcome {
	switch {
	case left == alone || right == alone:
		return alone
	case left == NotChecked || right == NotChecked:
		return NotChecked
	}
	return left
}

func (n *node) compare(look func(Ref) figure.Figure) Outcome {
	values := make(map[Ref]figure.Number)
	for _, ref := range n.refs(nil) {
		number, counts := look(ref).Number()
		if !counts {
			return NotChecked
		}
		values[ref] = number
	}
	value := func(ref Ref) figure.Number { return values[ref] }
	left, err := n.args[0].compute(value)
	if err != nil {
		return NotChecked
	}
	right, err := n.args[1].compute(value)
	if err != nil {
		return NotChecked
	}
	order := left.Cmp(right)
	switch n.op {
	case "==":
		return outcome(order == 0)
	case "!=":
		return outcome(order != 0)
	case "<":
		return outcome(order < 0)
	case "<=":
		return outcome(order <= 0)
	case ">":
		return outcome(order > 0)
	default:
		return outcome(order >= 0)
	}
}

// Excel prints the condition for a workbook, without the equals sign, with each
// reference replaced by what cell gives, which must stand as one operand.
func (r *Rule) Excel(cell func(Ref) string) string { return r.root.excel(cell) }

func (n *node) excel(cell func(Ref) string) string {
	if n.kind == logic {
		parts := make([]string, len(n.args))
		for i, arg := range n.args {
			parts[i] = arg.excel(cell)
		}
		return strings.ToUpper(n.op) + "(" + strings.Join(parts, ",") + ")"
	}
	sign := n.op
	switch n.op {
	case "==":
		sign = "="
	case "!=":
		sign = "<>"
	}
	return n.args[0].print(cell) + " " + sign + " " + n.args[1].print(cell)
}
