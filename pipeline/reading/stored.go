package reading

import (
	"math/big"
	"strconv"
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
)

// storedNumber reads a number as the workbook holds it. The spreadsheet has
// already decided what was typed, perhaps by another convention than the clerk's,
// so the shape of the number may still cast doubt.
func storedNumber(cell Cell, ind *catalogue.Indicator, m period.Month) Answer {
	n, ok := StoredNumber(cell.Raw)
	if !ok {
		return refuse(cell, unreadable(""))
	}
	if cell.Shown != "" {
		return refuse(cell, finding.New(finding.ShownOtherwise).With("shown", cell.Shown))
	}
	if cell.Percent {
		return shownAsPercent(cell, n, ind, m)
	}
	r := read{number: n}
	switch {
	case ind.Type == catalogue.Whole && !n.IsWhole():
		r.want = wholeMeant(n)
	case ind.Type == catalogue.Decimal && thousandsLost(n) && !cell.Formula && ind.Decimals < 3:
		// Three decimals where fewer are asked for: a thousands point?
		r.say(cell, finding.New(finding.NumberDoubtful).With("other", n.Mul(thousand).String()))
	}
	return r.answer(cell, ind, m)
}

// wrongFormat is the share from which a percent format was rather set over a
// number that already counted percents: 90 shown as 9000 %.
const wrongFormat = 10

// shownAsPercent reads a number whose format multiplies it by 100 for the eye.
func shownAsPercent(cell Cell, n figure.Number, ind *catalogue.Indicator, m period.Month) Answer {
	shown := n.Mul(hundred)
	if ind.Type == catalogue.Percent {
		r := read{number: shown, percent: true}
		if n.Cmp(figure.Int(wrongFormat)) >= 0 {
			f := finding.New(finding.PercentScale)
			f.Want, r.want = n.String(), n.String()
			r.say(cell, f)
		}
		return r.answer(cell, ind, m)
	}
	r := read{number: n}
	switch {
	case n.IsZero():
	case ind.Type == catalogue.Whole && !n.IsWhole():
		// 12 typed into a cell of this format is stored as 0.12.
		if shown.IsWhole() {
			r.want = shown.String()
		}
	default:
		return refuse(cell, ambiguous(n, shown))
	}
	return r.answer(cell, ind, m)
}

// wholeMeant names the whole number probably meant by a stored one that is not,
// or nothing. It is asked, never read.
func wholeMeant(n figure.Number) string {
	if thousandsLost(n) {
		return n.Mul(thousand).String()
	}
	// A formula that should end whole, and misses by what doubles lose on the way.
	miss := n.Sub(n.Round(0))
	if abs(miss).Cmp(figure.MustParse("0.000001")) < 0 {
		return n.Round(0).String()
	}
	return ""
}

// thousandsLost reports whether n looks like 1.234: a thousands point that the
// spreadsheet took for a decimal one.
func thousandsLost(n figure.Number) bool {
	return n.Mul(thousand).IsWhole() && !n.Mul(hundred).IsWhole() &&
		n.Cmp(figure.Int(1)) > 0 && n.Cmp(thousand) < 0
}

// significantDigits is what a spreadsheet keeps and shows of a binary double;
// beyond them lies the noise of its arithmetic, as in 0.30000000000000004.
const significantDigits = 15

// StoredNumber reads a stored double to its 15 significant digits. What has more
// digits before the point is no figure of a report.
func StoredNumber(raw string) (figure.Number, bool) {
	raw = strings.TrimPrefix(strings.TrimSpace(raw), "+")
	if len(raw) <= significantDigits { // not more digits than that: nothing to round
		if n, err := figure.Parse(raw); err == nil {
			return n, true
		}
	}
	mantissa, exponent, ok := splitStored(raw)
	if !ok {
		return figure.Number{}, false
	}
	r, ok := new(big.Rat).SetString(mantissa + "e" + strconv.Itoa(exponent))
	if !ok {
		return figure.Number{}, false
	}
	n := figure.FromRat(r)
	magnitude := magnitudeOf(mantissa) + exponent
	if magnitude > significantDigits {
		return figure.Number{}, n.IsZero()
	}
	return n.Round(significantDigits - magnitude), true
}

// Typed is a stored number in the digits in which it was typed: a spreadsheet that
// is told 0.7 stores 0.69999999999999996. What is no such number stays as it is.
func Typed(raw string) string {
	if len(raw) <= significantDigits && !strings.ContainsAny(raw, "eE") {
		return raw
	}
	if n, ok := StoredNumber(raw); ok {
		return n.String()
	}
	return raw
}

const (
	longestStored = 64  // bytes; a double needs 24
	mostExponent  = 330 // beyond the range of doubles
)

// splitStored takes "-1.25E-3" apart: "-1.25" and -3.
func splitStored(raw string) (mantissa string, exponent int, ok bool) {
	mantissa, power := raw, ""
	if i := strings.IndexAny(raw, "eE"); i >= 0 {
		mantissa, power = raw[:i], raw[i+1:]
		var err error
		if exponent, err = strconv.Atoi(power); err != nil || exponent > mostExponent || exponent < -mostExponent {
			return "", 0, false
		}
	}
	digits := strings.Replace(strings.TrimPrefix(mantissa, "-"), ".", "", 1)
	return mantissa, exponent, allDigits(digits) && len(raw) <= longestStored
}

// magnitudeOf gives the place of the first digit that is not 0: 2 for 41.5, 0 for
// 0.41, -1 for 0.041.
func magnitudeOf(mantissa string) int {
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(mantissa, "-"), ".")
	if whole = strings.TrimLeft(whole, "0"); whole != "" {
		return len(whole)
	}
	return len(strings.TrimLeft(fraction, "0")) - len(fraction)
}

func abs(n figure.Number) figure.Number {
	if n.Sign() < 0 {
		return n.Neg()
	}
	return n
}
