package xlsx

import (
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/summary"
)

// totalForm says by which formula a column's total is live.
type totalForm uint8

const (
	noTotal    totalForm = iota // units only
	sumTotal                    // SUM
	minTotal                    // MIN
	maxTotal                    // MAX
	shareTotal                  // COUNTIF over COUNT
	ratioTotal                  // numerators over denominators of the units that have both
	termsTotal                  // the formula over the terms of the units that have every term
	cellsTotal                  // the formula over the totals of its terms
	plainTotal                  // a value: nothing on the sheet gives it
)

// block is one indicator's columns on a programme sheet: its value, and beside
// it what its total is computed from.
type block struct {
	ind   *catalogue.Indicator
	city  *summary.Figure
	units []*summary.Figure // by row; nil where the summary has none
	// opened is set where the city, not only its units, has an opening.
	opened bool
	texts  []string // of an indicator answered in words
	form   totalForm
	// factor is c of a ratio c × X / Y.
	factor figure.Number
	// rest is what the city has beyond its units: an opening, or what is not
	// attributed. Of a ratio, restOf its two sides.
	rest    figure.Number
	restNum figure.Number
	restDen figure.Number
	col     int // of the value
}

// columns is the number of columns the block takes.
func (b *block) columns() int {
	switch b.form {
	case ratioTotal:
		return 4
	case termsTotal:
		return 2
	}
	return 1
}

// Columns of a ratio, after its value; a formula over terms has only the helper,
// in the place of the first.
func (b *block) numerator() int   { return b.col + 1 }
func (b *block) denominator() int { return b.col + 2 }
func (b *block) helper() int {
	if b.form == ratioTotal {
		return b.col + 3
	}
	return b.col + 1
}

// hasRest reports whether the city has something beyond the units' rows, which
// needs a row of its own for the total to be the sum of what is above it.
func (b *block) hasRest() bool {
	switch b.form {
	case sumTotal:
		return !b.rest.IsZero()
	case ratioTotal:
		return !b.restNum.IsZero() || !b.restDen.IsZero()
	}
	return false
}

// opening reports whether that is the city's opening; loose, whether it is
// something else: what a unit reported before it ended.
func (b *block) opening() bool { return b.hasRest() && b.opened }
func (b *block) loose() bool   { return b.hasRest() && !b.opened }

// settle chooses the total's form and what stands beyond the units. blocks are
// those of the sheet, by code: a formula looks for its terms there. Terms are
// inputs, so that they settle first.
func (b *block) settle(blocks map[string]*block) {
	switch {
	case worded(b.ind), b.city == nil:
		b.form = noTotal
	case b.ind.Kind == catalogue.Derived && b.ind.ComputeAt != catalogue.AtUnit:
		b.settleFormula(blocks)
	default:
		b.settleAcross()
	}
}

func (b *block) settleAcross() {
	switch b.ind.Across {
	case catalogue.AcrossNone:
		b.form = noTotal
	case catalogue.AcrossMin:
		b.form = b.ifGives(minTotal, b.least)
	case catalogue.AcrossMax:
		b.form = b.ifGives(maxTotal, b.most)
	case catalogue.AcrossShare:
		b.form = b.ifGives(shareTotal, b.share)
	default:
		b.settleSum()
	}
}

// settleSum lets the units, and what the city has beyond them, add up.
func (b *block) settleSum() {
	sum, any := b.sum()
	city, ok := numberOf(b.city)
	switch {
	case ok:
		b.form, b.rest = sumTotal, city.Sub(sum)
	case any:
		b.form = plainTotal
	default:
		b.form = sumTotal
	}
}

func (b *block) settleFormula(blocks map[string]*block) {
	if _, _, ok := b.ind.Formula.Ratio(); ok && b.settleRatio() {
		return
	}
	city, ok := numberOf(b.city)
	if !ok {
		b.form = plainTotal
		return
	}
	over := func(term func(*block) (figure.Number, bool), want figure.Number) bool {
		got, err := b.ind.Formula.Eval(func(code string) figure.Figure {
			if t := blocks[code]; t != nil {
				if n, ok := term(t); ok {
					return figure.Of(n)
				}
			}
			return figure.Without(figure.Blank)
		})
		n, known := got.Number()
		return err == nil && known && published(n).Equal(want)
	}
	complete := b.complete(blocks)
	sum, _ := b.sum()
	switch {
	case over(func(t *block) (figure.Number, bool) { return t.partial(complete) }, city):
		b.form = termsTotal
	case over(func(t *block) (figure.Number, bool) { n, ok := numberOf(t.city); return n, ok && t.form == sumTotal }, city):
		b.form = cellsTotal
	case sum.Equal(city):
		b.form = sumTotal
	case over(func(t *block) (figure.Number, bool) { return t.rest, t.form == sumTotal }, city.Sub(sum)):
		b.form, b.rest = sumTotal, city.Sub(sum)
	default:
		b.form = plainTotal
	}
}

// settleRatio reports whether numerators and denominators give the city's rate.
func (b *block) settleRatio() bool {
	b.factor = b.ind.Formula.Factor()
	num, den, any := b.sides()
	city, ok := numberOf(b.city)
	if b.city.Numerator == nil || b.city.Denominator == nil {
		if ok || any {
			return false
		}
		b.form = ratioTotal
		return true
	}
	b.restNum, b.restDen = published(*b.city.Numerator).Sub(num), published(*b.city.Denominator).Sub(den)
	rate, err := b.city.Numerator.Mul(b.factor).Quo(*b.city.Denominator)
	switch {
	case ok && (err != nil || !published(rate).Equal(city)):
		return false
	case !figure.MustParse(b.factor.String()).Equal(b.factor): // a factor that a formula cannot spell
		return false
	case !ok && err == nil: // a rate that the sheet would compute and the city does not give
		return false
	}
	b.form = ratioTotal
	return true
}

// ratioOf gives a unit's numerator and denominator; ok is false unless it has
// both.
func ratioOf(f *summary.Figure) (num, den figure.Number, ok bool) {
	if f == nil || f.Numerator == nil || f.Denominator == nil {
		return num, den, false
	}
	return published(*f.Numerator), published(*f.Denominator), true
}

func (b *block) sides() (num, den figure.Number, any bool) {
	for _, f := range b.units {
		if n, d, ok := ratioOf(f); ok {
			num, den, any = num.Add(n), den.Add(d), true
		}
	}
	return num, den, any
}

func (b *block) sum() (sum figure.Number, any bool) {
	for _, f := range b.units {
		if n, ok := numberOf(f); ok {
			sum, any = sum.Add(n), true
		}
	}
	return sum, any
}

func (b *block) least() (figure.Number, bool) { return b.extreme(-1) }
func (b *block) most() (figure.Number, bool)  { return b.extreme(1) }

func (b *block) extreme(side int) (figure.Number, bool) {
	var most figure.Number
	found := false
	for _, f := range b.units {
		if n, ok := numberOf(f); ok && (!found || n.Cmp(most) == side) {
			most, found = n, true
		}
	}
	return most, found
}

func (b *block) share() (figure.Number, bool) {
	reaching, all := 0, 0
	for _, f := range b.units {
		if n, ok := numberOf(f); ok {
			all++
			if n.Cmp(b.ind.Reaches) >= 0 {
				reaching++
			}
		}
	}
	share, err := figure.Int(int64(100 * reaching)).Quo(figure.Int(int64(all)))
	return published(share), err == nil
}

// ifGives is form where what it computes is the city's figure.
func (b *block) ifGives(form totalForm, compute func() (figure.Number, bool)) totalForm {
	got, any := compute()
	city, ok := numberOf(b.city)
	if ok != any || ok && !city.Equal(got) {
		return plainTotal
	}
	return form
}

// complete tells for each row whether the unit has every term of the formula.
func (b *block) complete(blocks map[string]*block) []bool {
	rows := make([]bool, len(b.units))
	for i := range rows {
		rows[i] = true
		for _, code := range b.ind.Formula.Terms() {
			t := blocks[code]
			if t == nil {
				rows[i] = false
				break
			}
			if _, ok := numberOf(t.units[i]); !ok {
				rows[i] = false
			}
		}
	}
	return rows
}

// partial sums a term over the given rows. A term with something beyond its
// units is not used: the helper column speaks of units.
func (b *block) partial(rows []bool) (figure.Number, bool) {
	var sum figure.Number
	if b.form != sumTotal || b.hasRest() {
		return sum, false
	}
	any := false
	for i, use := range rows {
		if use {
			n, _ := numberOf(b.units[i])
			sum, any = sum.Add(n), true
		}
	}
	return sum, any
}
