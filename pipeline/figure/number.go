package figure

import (
	"errors"
	"fmt"
	"math/big"
	"math/bits"
	"strings"

	"github.com/govalues/decimal"
)

// ErrDivisionByZero is what Quo answers for a zero divisor.
var ErrDivisionByZero = errors.New("division by zero")

// Number is an exact number. Sums and products of decimals stay decimals; a
// quotient without a finite decimal form (5/7) is kept as a fraction, so that
// a verdict is never decided by a rounding. The zero value is 0. Numbers are
// immutable; operations never overflow and never round.
type Number struct {
	dec decimal.Decimal
	// frac is set only where the value does not fit dec exactly.
	frac *big.Rat
}

// Int returns n.
func Int(n int64) Number {
	d, err := decimal.New(n, 0)
	if err != nil { // 19 digits hold every int64
		panic(fmt.Sprintf("figure: int %d: %v", n, err))
	}
	return Number{dec: d}
}

// Parse reads a plain decimal: an optional minus, digits, and optionally a
// point and digits. Exponents, spaces, plus signs and commas are refused: the
// grammar of what people type is package reading's.
func Parse(s string) (Number, error) {
	if !plain(s) {
		return Number{}, fmt.Errorf("not a plain decimal: %q", s)
	}
	if d, err := decimal.Parse(s); err == nil && d.Scale() == fractionDigits(s) {
		return Number{dec: d}, nil
	}
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		return Number{}, fmt.Errorf("not a plain decimal: %q", s)
	}
	return fromRat(r), nil
}

// FromRat returns r, exactly. The caller must not change r afterwards.
func FromRat(r *big.Rat) Number { return fromRat(r) }

// MustParse is Parse for literals in code and tests; it panics on an error.
func MustParse(s string) Number {
	n, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return n
}

func plain(s string) bool {
	s = strings.TrimPrefix(s, "-")
	whole, frac, point := strings.Cut(s, ".")
	return digits(whole) && (!point || digits(frac)) && len(s) <= 400
}

func digits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return s != ""
}

func fractionDigits(s string) int {
	_, frac, _ := strings.Cut(s, ".")
	return len(frac)
}

// Add returns n + o.
func (n Number) Add(o Number) Number {
	if n.frac == nil && o.frac == nil {
		if d, err := n.dec.AddExact(o.dec, max(n.dec.Scale(), o.dec.Scale())); err == nil {
			return Number{dec: d}
		}
	}
	return fromRat(new(big.Rat).Add(n.rat(), o.rat()))
}

// Sub returns n - o.
func (n Number) Sub(o Number) Number { return n.Add(o.Neg()) }

// Neg returns -n.
func (n Number) Neg() Number {
	if n.frac != nil {
		return Number{frac: new(big.Rat).Neg(n.frac)}
	}
	return Number{dec: n.dec.Neg()}
}

// Mul returns n × o.
func (n Number) Mul(o Number) Number {
	if n.frac == nil && o.frac == nil {
		if d, err := n.dec.MulExact(o.dec, n.dec.Scale()+o.dec.Scale()); err == nil {
			return Number{dec: d}
		}
	}
	return fromRat(new(big.Rat).Mul(n.rat(), o.rat()))
}

// Quo returns n ÷ o, or ErrDivisionByZero.
func (n Number) Quo(o Number) (Number, error) {
	if o.IsZero() {
		return Number{}, ErrDivisionByZero
	}
	return fromRat(new(big.Rat).Quo(n.rat(), o.rat())), nil
}

// Cmp returns -1, 0 or 1 as n is less than, equal to or greater than o.
func (n Number) Cmp(o Number) int {
	if n.frac == nil && o.frac == nil {
		return n.dec.Cmp(o.dec)
	}
	return n.rat().Cmp(o.rat())
}

// Equal reports whether n and o are the same number, whatever their form.
func (n Number) Equal(o Number) bool { return n.Cmp(o) == 0 }

// Sign returns -1, 0 or 1.
func (n Number) Sign() int {
	if n.frac != nil {
		return n.frac.Sign()
	}
	return n.dec.Sign()
}

// IsZero reports whether n is 0.
func (n Number) IsZero() bool { return n.Sign() == 0 }

// IsWhole reports whether n has no fractional part.
func (n Number) IsWhole() bool {
	if n.frac != nil {
		return n.frac.IsInt()
	}
	return n.dec.IsInt()
}

// Round returns n rounded half away from zero ("half-up") to scale decimals,
// as printed figures are in Vietnam.
func (n Number) Round(scale int) Number {
	if n.frac == nil && n.dec.Scale() <= scale {
		return n
	}
	unit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)
	scaled := new(big.Rat).Mul(n.rat(), new(big.Rat).SetInt(unit))
	twice := new(big.Int).Lsh(new(big.Int).Abs(scaled.Num()), 1)
	twice.Add(twice, scaled.Denom())
	whole := twice.Quo(twice, new(big.Int).Lsh(scaled.Denom(), 1))
	if scaled.Sign() < 0 {
		whole.Neg(whole)
	}
	return fromRat(new(big.Rat).SetFrac(whole, unit))
}

// RoundBeside is Round, but the result stays on n's own side of mark: 99.96 of
// 100 rounds to 99.9 at one decimal, never to 100.0. A printed figure must not
// look as if it had reached a target that it has not.
func (n Number) RoundBeside(mark Number, scale int) Number {
	side, rounded := n.Cmp(mark), n.Round(scale)
	if side == 0 || rounded.Cmp(mark) == side {
		return rounded
	}
	step := FromRat(new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)))
	if side < 0 {
		return rounded.Sub(step)
	}
	return rounded.Add(step)
}

// Fixed prints n rounded half-up with exactly scale decimals and a point:
// "1234.50". Nothing else prints a rounded number, so that page, workbook and
// JSON agree.
func (n Number) Fixed(scale int) string {
	s := n.Round(scale).rat().FloatString(scale)
	if strings.Trim(s, "-0.") == "" {
		return strings.TrimPrefix(s, "-")
	}
	return s
}

// String prints n exactly, without trailing zeros; a fraction without a finite
// decimal form is rounded half-up to 6 decimals, the precision of publication.
func (n Number) String() string {
	if n.frac == nil {
		return n.dec.Trim(0).String()
	}
	if n.frac.IsInt() {
		return n.frac.Num().String()
	}
	return strings.TrimRight(strings.TrimRight(n.Fixed(PublishedDecimals), "0"), ".")
}

// Exact prints n so that Parse gives n again, trailing zeros included; false for
// a fraction without a finite decimal form.
func (n Number) Exact() (string, bool) {
	if n.frac == nil {
		return n.dec.String(), true
	}
	scale, ok := finite(n.frac.Denom())
	if !ok {
		return "", false
	}
	return n.frac.FloatString(scale), true
}

// PublishedDecimals is the precision at which rates are published.
const PublishedDecimals = 6

// Published prints n as the published files carry it: exact where 6 decimals
// hold it, else rounded half-up to 6, without trailing zeros.
func (n Number) Published() string { return n.Round(PublishedDecimals).String() }

func (n Number) rat() *big.Rat {
	if n.frac != nil {
		return n.frac
	}
	num := new(big.Int).SetUint64(n.dec.Coef())
	if n.dec.IsNeg() {
		num.Neg(num)
	}
	if n.dec.Scale() == 0 {
		return new(big.Rat).SetInt(num)
	}
	return new(big.Rat).SetFrac(num, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n.dec.Scale())), nil))
}

// fromRat keeps r as a decimal where it fits one exactly.
func fromRat(r *big.Rat) Number {
	if scale, ok := finite(r.Denom()); ok {
		s := r.FloatString(scale)
		if d, err := decimal.Parse(s); err == nil && d.Scale() == fractionDigits(s) {
			return Number{dec: d.Trim(0)}
		}
	}
	return Number{frac: r}
}

// finite tells how many decimals a fraction in lowest terms with this denominator
// needs, if a decimal of 19 digits can hold them: as many as the denominator has
// factors 2, or 5.
func finite(denom *big.Int) (int, bool) {
	const most = 19
	if !denom.IsUint64() { // 10 to the 19th is less
		return 0, false
	}
	rest := denom.Uint64()
	twos := bits.TrailingZeros64(rest)
	rest >>= twos
	fives := 0
	for ; rest%5 == 0; rest /= 5 {
		fives++
	}
	scale := max(twos, fives)
	return scale, rest == 1 && scale <= most
}
