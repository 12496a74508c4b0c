package formula

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"

	"tonghop/pipeline/figure"
)

// Limits that no definition of an office comes near. maxText also bounds the
// parser's recursion, which parentheses deepen without making nodes; maxNodes
// bounds what inlining may grow to.
const (
	maxText  = 2000
	maxNodes = 1000
)

var codePattern = regexp.MustCompile(`^[A-Z][A-Z0-9_]*$`)

// grammar is what a text may hold beyond numbers, codes and arithmetic.
type grammar struct {
	characters string // allowed besides letters, digits, underscore and blanks
	conditions bool   // comparisons, logic and functions of time
}

var (
	formulaGrammar = grammar{characters: "+-*/()."}
	ruleGrammar    = grammar{characters: "+-*/().<>=!&|,", conditions: true}
)

var functions = map[string]When{"prev": Prev, "ytd": YTD, "last_year": LastYear}

// parse reads text into a typed tree. expr-lang supplies the lexer, the
// precedences and the positions; nothing of its evaluation is used, because
// its numbers are binary and its nil is not a state.
func parse(text string, g grammar) (*node, *Error) {
	if fault := g.scan(text); fault != nil {
		return nil, fault
	}
	config := conf.CreateNew()
	config.MaxNodes = maxNodes
	for name := range config.Builtins {
		config.Disabled[name] = true
	}
	// The parser places an unexpected end one character early; the blank moves
	// it behind the text, apart from a fault in the last character.
	tree, err := parser.ParseWithConfig(text+" ", config)
	if err != nil {
		return nil, syntaxError(text, err)
	}
	l := lowering{text: []rune(text), grammar: g}
	return l.lower(tree.Node)
}

// scan refuses what the lexer would take for something else: a comment would
// silently end the formula, a quotation mark open a string.
func (g grammar) scan(text string) *Error {
	if len(text) > maxText {
		return fault(maxText, fmt.Sprintf("dài quá %d ký tự", maxText), fmt.Sprintf("longer than %d characters", maxText))
	}
	if strings.TrimSpace(text) == "" {
		return fault(0, "đang để trống", "is empty")
	}
	runes := []rune(text)
	for i, r := range runes {
		switch {
		case r == '/' && i+1 < len(runes) && (runes[i+1] == '/' || runes[i+1] == '*'):
			return fault(i, "dấu chia viết hai lần hoặc mở chú thích", "a division sign that opens a comment")
		case r == '*' && i+1 < len(runes) && runes[i+1] == '*':
			return fault(i, "không dùng được phép lũy thừa", "powers cannot be used")
		case r == ' ' || r == '\t' || r == '_' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9':
		case !strings.ContainsRune(g.characters, r):
			return fault(i, fmt.Sprintf("không dùng được ký tự %q", r), fmt.Sprintf("the character %q cannot be used", r))
		}
	}
	return nil
}

func syntaxError(text string, err error) *Error {
	var syntax *file.Error
	if !errors.As(err, &syntax) {
		return fault(0, "không đọc được", err.Error())
	}
	runes := []rune(text)
	if from := min(max(syntax.From, 0), len(runes)); from < len(runes) {
		return fault(from, fmt.Sprintf("không đọc được từ %q", string(runes[from:])), fmt.Sprintf("cannot be read from %q", string(runes[from:])))
	}
	return fault(len(runes), "chưa hết biểu thức", "the expression is not finished")
}

// lowering turns expr's tree into ours, checking types on the way.
type lowering struct {
	text    []rune
	grammar grammar
}

func (l *lowering) lower(n ast.Node) (*node, *Error) {
	at := n.Location().From
	switch n := n.(type) {
	case *ast.IntegerNode, *ast.FloatNode:
		return l.literal(n.Location())
	case *ast.IdentifierNode:
		if !codePattern.MatchString(n.Value) {
			return nil, l.notACode(at, n.Value)
		}
		return &node{kind: reference, ref: Ref{Code: n.Value}}, nil
	case *ast.UnaryNode:
		return l.unary(n)
	case *ast.BinaryNode:
		return l.binary(n)
	case *ast.CallNode:
		return l.call(n)
	case *ast.BuiltinNode:
		return nil, l.unknownFunction(at, n.Name)
	}
	return nil, fault(at, "không dùng được phép này", "this construct cannot be used")
}

// literal takes the number from the text: the parser's own value is binary.
func (l *lowering) literal(at file.Location) (*node, *Error) {
	text := string(l.text[at.From:at.To])
	number, err := figure.Parse(text)
	if err != nil {
		return nil, fault(at.From, fmt.Sprintf("%q không phải số thập phân (viết như 12 hoặc 0.7)", text), fmt.Sprintf("%q is not a decimal (write 12 or 0.7)", text))
	}
	return &node{kind: literal, number: number, text: text}, nil
}

func (l *lowering) unary(n *ast.UnaryNode) (*node, *Error) {
	arg, err := l.lower(n.Node)
	if err != nil {
		return nil, err
	}
	at := n.Location().From
	switch n.Operator {
	case "+":
		return arg, l.wantNumber(at, n.Operator, arg)
	case "-":
		return &node{kind: negation, args: []*node{arg}}, l.wantNumber(at, n.Operator, arg)
	}
	return &node{kind: logic, op: "not", args: []*node{arg}}, l.wantCondition(at, "not", arg)
}

func (l *lowering) binary(n *ast.BinaryNode) (*node, *Error) {
	left, err := l.lower(n.Left)
	if err != nil {
		return nil, err
	}
	right, err := l.lower(n.Right)
	if err != nil {
		return nil, err
	}
	at, args := n.Location().From, []*node{left, right}
	switch n.Operator {
	case "+", "-", "*", "/":
		return &node{kind: arithmetic, op: n.Operator, args: args}, l.wantNumber(at, n.Operator, args...)
	case "==", "!=", "<", "<=", ">", ">=":
		if !l.grammar.conditions {
			break
		}
		return &node{kind: comparison, op: n.Operator, args: args}, l.wantNumber(at, n.Operator, args...)
	case "and", "&&", "or", "||":
		if !l.grammar.conditions {
			break
		}
		op := map[string]string{"&&": "and", "||": "or"}[n.Operator]
		if op == "" {
			op = n.Operator
		}
		return &node{kind: logic, op: op, args: args}, l.wantCondition(at, op, args...)
	}
	return nil, fault(at, fmt.Sprintf("không dùng được phép %q ở đây", n.Operator), fmt.Sprintf("%q cannot be used here", n.Operator))
}

// call reads prev(X), ytd(X) and last_year(X), where X is a code.
func (l *lowering) call(n *ast.CallNode) (*node, *Error) {
	at := n.Location().From
	callee, ok := n.Callee.(*ast.IdentifierNode)
	if !ok {
		return nil, fault(at, "không dùng được phép này", "this construct cannot be used")
	}
	when, known := functions[callee.Value]
	if !known || !l.grammar.conditions {
		return nil, l.unknownFunction(at, callee.Value)
	}
	if len(n.Arguments) == 1 {
		if code, ok := n.Arguments[0].(*ast.IdentifierNode); ok && codePattern.MatchString(code.Value) {
			return &node{kind: reference, ref: Ref{Code: code.Value, When: when}}, nil
		}
	}
	return nil, fault(at, fmt.Sprintf("%s(…) cần đúng một mã chỉ tiêu", callee.Value), fmt.Sprintf("%s(…) takes exactly one indicator code", callee.Value))
}

func (l *lowering) unknownFunction(at int, name string) *Error {
	if !l.grammar.conditions {
		return fault(at, fmt.Sprintf("công thức không có hàm; chỉ dùng + - * / ( ), không dùng %s(…)", name), fmt.Sprintf("a formula has no functions, only + - * / ( ), so not %s(…)", name))
	}
	return fault(at, fmt.Sprintf("không có hàm %q; có prev, ytd, last_year", name), fmt.Sprintf("there is no function %q; there are prev, ytd, last_year", name))
}

func (l *lowering) notACode(at int, name string) *Error {
	return fault(at, fmt.Sprintf("%q không phải mã chỉ tiêu (chữ hoa, chữ số, gạch dưới)", name), fmt.Sprintf("%q is not an indicator code (capitals, digits, underscores)", name))
}

func (l *lowering) wantNumber(at int, op string, args ...*node) *Error {
	if slices.ContainsFunc(args, (*node).truth) {
		return fault(at, fmt.Sprintf("%q cần số ở hai bên, không phải một điều kiện", op), fmt.Sprintf("%q takes numbers, not a condition", op))
	}
	return nil
}

func (l *lowering) wantCondition(at int, op string, args ...*node) *Error {
	if slices.ContainsFunc(args, func(n *node) bool { return !n.truth() }) {
		return fault(at, fmt.Sprintf("%q cần điều kiện, không phải một số (so sánh nên đặt trong ngoặc)", op), fmt.Sprintf("%q takes conditions, not a number (put the comparison in parentheses)", op))
	}
	return nil
}
