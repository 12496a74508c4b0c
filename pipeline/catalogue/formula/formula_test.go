package formula_test

import (
	"errors"
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"tonghop/pipeline/catalogue/formula"
	"tonghop/pipeline/figure"
)

func compile(t testing.TB, text string) *formula.Formula {
	t.Helper()
	f, err := formula.Compile(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return f
}

// look answers from figures written as "12", "none", "blank" and so on.
func look(t testing.TB, figures map[string]string) func(string) figure.Figure {
	return func(code string) figure.Figure {
		text, ok := figures[code]
		if !ok {
			t.Fatalf("asked for %s", code)
		}
		if state, err := figure.ParseState(text); err == nil {
			return figure.Without(state)
		}
		return figure.Of(figure.MustParse(text))
	}
}

func TestWhatAFormulaMayHold(t *testing.T) {
	for _, c := range []struct {
		text   string
		column int
		says   string
	}{
		{"", 1, "empty"},
		{"   ", 1, "empty"},
		{"100", 1, "no indicator"},
		{"A +", 4, "not finished"},
		{"A B", 3, "cannot be read"},
		{"(A + B", 7, "not finished"},
		{"A // B", 3, "comment"},
		{"A /* B */", 3, "comment"},
		{"A ** 2", 3, "powers"},
		{"A % B", 3, "'%'"},
		{"a + B", 1, "not an indicator code"},
		{"A + b2", 5, "not an indicator code"},
		{"A + 1e3", 5, "not a decimal"},
		{"A + 0x1F", 5, "not a decimal"},
		{"A + 1_000", 5, "not a decimal"},
		{"A + 1.", 5, "not a decimal"},
		{"A + 0,5", 6, "','"},
		{"A + 'B'", 5, "cannot be used"},
		{"prev(A)", 1, "no functions"},
		{"sum(A)", 1, "no functions"},
		{"now()", 1, "no functions"},
		{"A.B", 3, "cannot be used"},
		{"A > B", 3, "'>'"},
		{"A and B", 3, "\"and\" cannot be used here"},
		{"not A", 1, "takes conditions"},
		{"true", 1, "cannot be used"},
		{"TỶ_LỆ", 2, "cannot be used"},
		{strings.Repeat("(", 3000) + "A", 2001, "longer than"},
	} {
		_, err := formula.Compile(c.text)
		var at *formula.Error
		if !errors.As(err, &at) {
			t.Errorf("%.20q: error %v, want a formula error", c.text, err)
			continue
		}
		if at.Column != c.column || !strings.Contains(at.Message, c.says) || at.MessageVI == "" {
			t.Errorf("%.20q: column %d: %q / %q; want column %d: …%s…", c.text, at.Column, at.Message, at.MessageVI, c.column, c.says)
		}
	}
}

func TestTermsAreDistinctAndInOrder(t *testing.T) {
	f := compile(t, "100 * (B + A) / (A + B + C_2)")
	if got := f.Terms(); !slices.Equal(got, []string{"B", "A", "C_2"}) {
		t.Errorf("terms %v", got)
	}
}

// Every formula is computed exactly: the same as fractions of whole numbers,
// whatever it is made of. The formula printed anew means the same.
func TestEvalIsExact(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	values := map[string]string{"A": "0.1", "B": "3", "C_1": "-7.25", "D": "123456789012345.678", "E": "0"}
	for range 3000 {
		text, want := randomFormula(rng, values, 4)
		f, err := formula.Compile("A - A + " + text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		got, err := f.Eval(look(t, values))
		if want == nil {
			if !errors.Is(err, figure.ErrDivisionByZero) || !got.Is(figure.Blank) {
				t.Fatalf("%s = %v, %v; want division by zero", text, got, err)
			}
			continue
		}
		number, counts := got.Number()
		if err != nil || !counts || !number.Equal(fromRat(t, want)) {
			t.Fatalf("%s = %v, %v; want %s", text, got, err, want.RatString())
		}
		again := compile(t, f.Excel(func(code string) string { return code }))
		if same, _ := again.Eval(look(t, values)); !same.Equal(got) {
			t.Fatalf("%s printed as %s = %v, want %v", text, again, same, got)
		}
	}
}

func fromRat(t *testing.T, r *big.Rat) figure.Number {
	n, err := figure.MustParse(r.Num().String()).Quo(figure.MustParse(r.Denom().String()))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// randomFormula returns a formula and its value; nil where it divides by zero.
func randomFormula(rng *rand.Rand, values map[string]string, depth int) (string, *big.Rat) {
	if depth == 0 || rng.IntN(5) == 0 {
		text := fmt.Sprintf("%d.%02d", rng.IntN(20), rng.IntN(100))
		value := text
		if rng.IntN(2) == 0 {
			text = []string{"A", "B", "C_1", "D", "E"}[rng.IntN(5)]
			value = values[text]
		}
		r, _ := new(big.Rat).SetString(value)
		return text, r
	}
	left, x := randomFormula(rng, values, depth-1)
	if rng.IntN(8) == 0 {
		if x != nil {
			x = new(big.Rat).Neg(x)
		}
		return "-(" + left + ")", x
	}
	right, y := randomFormula(rng, values, depth-1)
	op := rng.IntN(4)
	text := "(" + left + ") " + string("+-*/"[op]) + " (" + right + ")"
	if x == nil || y == nil || op == 3 && y.Sign() == 0 {
		return "(" + text + ")", nil
	}
	r := new(big.Rat)
	return "(" + text + ")", []func(a, b *big.Rat) *big.Rat{r.Add, r.Sub, r.Mul, r.Quo}[op](x, y)
}

func TestAMissingTermIsNeverZero(t *testing.T) {
	for _, c := range []struct{ a, b, want string }{
		{"5", "2", "7"},
		{"5", "none", "5"},
		{"none", "none", "0"},
		{"5", "blank", "blank"},
		{"not_applicable", "5", "not_applicable"},
		{"not_applicable", "not_available", "not_available"},
		{"not_available", "blank", "blank"},
		{"refused", "blank", "refused"},
	} {
		got, err := compile(t, "A + B").Eval(look(t, map[string]string{"A": c.a, "B": c.b}))
		if err != nil || got.String() != c.want {
			t.Errorf("%s + %s = %v, %v; want %s", c.a, c.b, got, err, c.want)
		}
	}
}

func TestRatio(t *testing.T) {
	for _, c := range []struct{ text, numerator, denominator string }{
		{"A / B", "A", "B"},
		{"100 * A / B", "A", "B"},
		{"A / B * 100", "A", "B"},
		{"100 * (A / B)", "A", "B"},
		{"100 * (A + C) / (A + B)", "A + C", "A + B"},
		{"A * C / B", "A * C", "B"},
		{"A / (2 * B)", "A", "B"},
		{"A + B", "", ""},
		{"A / 100", "", ""},
		{"100 / A", "", ""},
		{"A / B + 1", "", ""},
		{"A / B / C", "", ""},
		{"A", "", ""},
	} {
		numerator, denominator, ok := compile(t, c.text).Ratio()
		if ok != (c.numerator != "") {
			t.Errorf("%s: ratio %v", c.text, ok)
			continue
		}
		if ok && (numerator.String() != c.numerator || denominator.String() != c.denominator) {
			t.Errorf("%s: %s over %s; want %s over %s", c.text, numerator, denominator, c.numerator, c.denominator)
		}
	}
}

func TestInlineAndExcel(t *testing.T) {
	net := compile(t, "IN - OUT")
	share, err := compile(t, "100 * NET / (ALL - NET)").Inline(map[string]*formula.Formula{"NET": net})
	if err != nil {
		t.Fatal(err)
	}
	if got := share.Terms(); !slices.Equal(got, []string{"IN", "OUT", "ALL"}) {
		t.Errorf("terms %v", got)
	}
	column := map[string]string{"IN": "C4", "OUT": "D4", "ALL": "SUM(E4:E9)"}
	got := share.Excel(func(code string) string { return column[code] })
	if want := "100 * (C4 - D4) / (SUM(E4:E9) - (C4 - D4))"; got != want {
		t.Errorf("workbook formula %s, want %s", got, want)
	}
	if share.String() != "100 * NET / (ALL - NET)" {
		t.Errorf("the text as written became %s", share)
	}
}

func TestInlineIsBounded(t *testing.T) {
	f := compile(t, "A")
	var err error
	for n := 0; err == nil; n++ {
		if n > 20 {
			t.Fatal("a formula doubled 20 times was still taken")
		}
		f, err = compile(t, "A + A").Inline(map[string]*formula.Formula{"A": f})
	}
	var at *formula.Error
	if !errors.As(err, &at) {
		t.Errorf("error %v", err)
	}
}

func FuzzCompile(f *testing.F) {
	for _, text := range []string{"A + B", "100 * (A / B) - -C_1", "A <= prev(B) and not (C == 0.5)", "((((", "1 < A < B", "A ? B : C", "A | sum", "let x = A; x"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		_, err := formula.Compile(text)
		checkError(t, text, err)
		if err == nil {
			again := compile(t, compile(t, text).Excel(func(code string) string { return code }))
			if !slices.Equal(again.Terms(), compile(t, text).Terms()) {
				t.Errorf("%q printed as %q", text, again)
			}
		}
		rule, err := formula.CompileRule(text)
		checkError(t, text, err)
		if err == nil {
			rule.Eval(func(formula.Ref) figure.Figure { return figure.Of(figure.Int(1)) })
		}
	})
}

func checkError(t *testing.T, text string, err error) {
	t.Helper()
	var at *formula.Error
	if err != nil && (!errors.As(err, &at) || at.Column < 1 || at.Column > utf8.RuneCountInString(text)+1) {
		t.Errorf("%q: error %v", text, err)
	}
}
