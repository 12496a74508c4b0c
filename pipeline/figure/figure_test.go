package figure

import (
	"errors"
	"math/big"
	"testing"
	"testing/quick"
)

func TestRoundHalfUp(t *testing.T) {
	for _, c := range []struct {
		in    string
		scale int
		want  string
	}{
		{"0.5", 0, "1"}, {"1.5", 0, "2"}, {"2.5", 0, "3"}, {"-2.5", 0, "-3"}, {"2.4999", 0, "2"},
		{"82.905", 2, "82.91"}, {"-0.004", 2, "0.00"}, {"1234", 2, "1234.00"}, {"9.99", 1, "10.0"},
	} {
		if got := MustParse(c.in).Fixed(c.scale); got != c.want {
			t.Errorf("Fixed(%s, %d) = %s, want %s", c.in, c.scale, got, c.want)
		}
	}
}

func TestRoundBesideNeverCrossesTheMark(t *testing.T) {
	for _, c := range []struct {
		in, mark string
		scale    int
		want     string
	}{
		{"99.96", "100", 1, "99.9"}, {"100.04", "100", 1, "100.1"}, {"100", "100", 1, "100"}, {"99.94", "100", 1, "99.9"},
		{"89.999999", "90", 2, "89.99"}, {"0.0001", "0", 2, "0.01"}, {"-0.0001", "0", 2, "-0.01"}, {"69.6", "69.5", 0, "70"},
	} {
		if got := MustParse(c.in).RoundBeside(MustParse(c.mark), c.scale); got.String() != c.want {
			t.Errorf("%s beside %s at %d = %s, want %s", c.in, c.mark, c.scale, got, c.want)
		}
	}
	check := func(a, m int64, sa, sm, scale uint8) bool {
		n, mark := scaled(a%1e9, int(sa%9)), scaled(m%1e5, int(sm%3))
		got, side := n.RoundBeside(mark, int(scale%3)), n.Cmp(mark)
		diff, _ := got.Sub(n).Quo(scaled(1, int(scale%3)))
		return (got.Cmp(mark) == side || side == 0) && diff.Cmp(Int(2)) < 0 && diff.Cmp(Int(-2)) > 0
	}
	if err := quick.Check(check, &quick.Config{MaxCount: 2000}); err != nil {
		t.Error(err)
	}
}

func TestQuotientIsExact(t *testing.T) {
	third, err := Int(1).Quo(Int(3))
	if err != nil {
		t.Fatal(err)
	}
	if got := third.Mul(Int(3)); !got.Equal(Int(1)) {
		t.Errorf("1/3*3 = %s, want 1", got)
	}
	if got, want := third.Published(), "0.333333"; got != want {
		t.Errorf("published %s, want %s", got, want)
	}
	if half, _ := Int(1).Quo(Int(2)); half.String() != "0.5" || half.frac != nil {
		t.Errorf("1/2 = %v, want the decimal 0.5", half)
	}
	if _, err := Int(1).Quo(Int(0)); !errors.Is(err, ErrDivisionByZero) {
		t.Errorf("1/0: %v", err)
	}
}

func TestNothingOverflows(t *testing.T) {
	big19 := MustParse("9999999999999999999")
	if got, want := big19.Add(Int(1)).String(), "10000000000000000000"; got != want {
		t.Errorf("sum = %s, want %s", got, want)
	}
	if got, want := big19.Mul(big19).String(), "99999999999999999980000000000000000001"; got != want {
		t.Errorf("product = %s, want %s", got, want)
	}
	if got, want := MustParse("0.1").Add(MustParse("0.2")), MustParse("0.3"); !got.Equal(want) {
		t.Errorf("0.1+0.2 = %s", got)
	}
}

func TestParseRefuses(t *testing.T) {
	for _, s := range []string{"", "-", ".5", "5.", "1e5", "+1", "1,5", " 1", "1 ", "0x1", "1/2", "Inf", "NaN", "１"} {
		if n, err := Parse(s); err == nil {
			t.Errorf("Parse(%q) = %s, want an error", s, n)
		}
	}
}

// Arithmetic agrees with big.Rat for all operands, and the decimal form is
// used whenever it can be.
func TestArithmeticAgreesWithFractions(t *testing.T) {
	check := func(a, b int64, sa, sb uint8) bool {
		x, y := scaled(a, int(sa%6)), scaled(b, int(sb%6))
		ok := x.Add(y).rat().Cmp(new(big.Rat).Add(x.rat(), y.rat())) == 0 &&
			x.Sub(y).rat().Cmp(new(big.Rat).Sub(x.rat(), y.rat())) == 0 &&
			x.Mul(y).rat().Cmp(new(big.Rat).Mul(x.rat(), y.rat())) == 0 &&
			x.Cmp(y) == x.rat().Cmp(y.rat())
		if q, err := x.Quo(y); err == nil {
			ok = ok && q.rat().Cmp(new(big.Rat).Quo(x.rat(), y.rat())) == 0
		}
		back, err := Parse(x.String())
		return ok && err == nil && back.Equal(x)
	}
	if err := quick.Check(check, &quick.Config{MaxCount: 2000}); err != nil {
		t.Error(err)
	}
}

func scaled(n int64, scale int) Number {
	q, _ := Int(n).Quo(fromRat(new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil))))
	return q
}

// The order in which a computed figure takes its state from its terms is
// written down pair by pair, so that no pair is decided by accident.
func TestMissingTakesTheFirstStateInOrder(t *testing.T) {
	known, none := Of(Int(1)), Without(None)
	blank, na, nav, refused := Without(Blank), Without(NotApplicable), Without(NotAvailable), Without(Refused)
	for _, c := range []struct {
		a, b Figure
		want State
		ok   bool
	}{
		{known, none, Known, false}, {known, known, Known, false}, {none, none, Known, false},
		{known, blank, Blank, true}, {known, na, NotApplicable, true}, {known, nav, NotAvailable, true}, {known, refused, Refused, true},
		{none, blank, Blank, true}, {none, na, NotApplicable, true}, {none, nav, NotAvailable, true}, {none, refused, Refused, true},
		{blank, na, Blank, true}, {blank, nav, Blank, true}, {blank, refused, Refused, true},
		{na, nav, NotAvailable, true}, {na, refused, Refused, true}, {nav, refused, Refused, true},
	} {
		for _, terms := range [][]Figure{{c.a, c.b}, {c.b, c.a}} {
			if got, ok := Missing(terms...); got != c.want || ok != c.ok {
				t.Errorf("Missing(%v, %v) = %v %v, want %v %v", terms[0], terms[1], got, ok, c.want, c.ok)
			}
		}
	}
}

func TestOnlyKnownAndNoneCount(t *testing.T) {
	for s := Blank; s <= Refused; s++ {
		f := Of(Int(7))
		if s != Known {
			f = Without(s)
		}
		n, ok := f.Number()
		if want := s == Known || s == None; ok != want {
			t.Errorf("%v counts: %v, want %v", s, ok, want)
		}
		if s == None && !n.IsZero() {
			t.Errorf("none adds %s, want 0", n)
		}
		if back, err := ParseState(s.String()); err != nil || back != s {
			t.Errorf("ParseState(%q) = %v, %v", s.String(), back, err)
		}
	}
	var zero Figure
	if !zero.Is(Blank) {
		t.Error("the zero figure is not blank")
	}
}
