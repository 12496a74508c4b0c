package write

import (
	"strings"

	"tonghop/pipeline/figure"
)

// Value is what a formula is worth. The zero Value is empty text.
type Value struct {
	number bool
	stored string
}

// NumberValue is a formula's number.
func NumberValue(n figure.Number) Value { return Value{number: true, stored: Digits(n)} }

// Negative reports whether a value is a number below 0.
func (v Value) Negative() bool { return v.number && strings.HasPrefix(v.stored, "-") }

// TextValue is a formula's text.
func TextValue(s string) Value { return Value{stored: stored(s)} }

// significantDigits is what Excel keeps of a number.
const significantDigits = 15

// Digits is a number as it is stored in a cell: a plain decimal, exact where it
// has at most 15 significant digits, else rounded half-up to 15.
func Digits(n figure.Number) string {
	printed := n.String()
	if same, err := figure.Parse(printed); err == nil && same.Equal(n) && significant(printed) <= significantDigits {
		return printed
	}
	// Enough decimals to find the first significant digit of any figure.
	const deep = 40
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(n.Fixed(deep), "-"), ".")
	scale := significantDigits - len(whole)
	if whole == "0" {
		leading := len(fraction) - len(strings.TrimLeft(fraction, "0"))
		scale = min(deep, significantDigits+leading)
	}
	if scale < 0 {
		return roundWhole(n, -scale)
	}
	return trimmed(n.Fixed(scale))
}

func significant(printed string) int {
	digits := strings.Trim(strings.ReplaceAll(strings.TrimPrefix(printed, "-"), ".", ""), "0")
	return len(digits)
}

// roundWhole rounds to a power of ten above 1.
func roundWhole(n figure.Number, zeros int) string {
	unit := figure.MustParse("1" + strings.Repeat("0", zeros))
	scaled, err := n.Quo(unit)
	if err != nil { // unit is not 0
		return trimmed(n.Fixed(0))
	}
	return trimmed(scaled.Round(0).Mul(unit).Fixed(0))
}

func trimmed(s string) string {
	if !strings.Contains(s, ".") {
		return s
	}
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}
