package xlsx

import (
	"fmt"
	"slices"

	"tonghop/pipeline/figure"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/workbook/write"
)

// The columns of a comparison, after the first.
const (
	sideNow = iota
	sideThen
	sideChange
	sidePercent
	sideOver
	sides // how many there are
)

// compares reports whether any figure of the city has a comparison to show.
func (d *drawing) compares() bool {
	return slices.ContainsFunc(d.s.Figures, func(f summary.Figure) bool { return f.IsCity() && f.Comparison != nil })
}

// lastYearColumns names the columns of the comparisons with last year: for each
// detailed span its two sides, the change, and over whom it is. There are none
// where nothing is compared.
func (o *overview) lastYearColumns(add func(width float64, title string) int) {
	if !o.compares() {
		return
	}
	for n, span := range o.detailed {
		name := " – " + o.within(span)
		at := add(11, o.words.thisYear+name)
		if n == 0 {
			o.col.lastYear = at
		}
		add(11, o.column("last_year")+name)
		add(10, o.column("change")+name)
		add(9, o.column("change_percent")+name)
		add(24, o.column("compared_over")+name)
	}
}

// breaks are the columns before which a printed page may end.
func (o *overview) breaks() []int {
	if o.col.lastYear == 0 {
		return []int{3, o.col.coverage}
	}
	return []int{3, o.col.coverage, o.col.lastYear}
}

// lastYear writes a span's comparison. Where it is over everybody this year's
// side is the figure itself, by reference, so that the change follows a
// correction typed into a programme sheet. It returns how many lines the row
// needs.
func (o *overview) lastYear(row, n int, f *summary.Figure) int {
	if o.col.lastYear == 0 || f == nil || f.Comparison == nil {
		return 1
	}
	c, i, col := f.Comparison, f.Indicator, o.col.lastYear+sides*n
	over := upper(o.over(c))
	o.sheet.Text(write.At(row, col+sideOver), over, wrapLook)
	lines := write.Lines(over, o.widths[col+sideOver-1], bodySize)
	if !c.Compared() {
		return lines
	}
	look := formatted(italic(tableLook, f.Provisional), write.Dashed(i.Decimals))
	now, then := write.At(row, col+sideNow), write.At(row, col+sideThen)
	value, base := published(*c.Value), published(*c.Base)
	if n := o.spanColumn(f.Span); c.Basis == summary.OverAll && n > 0 {
		o.sheet.Formula(now, write.At(row, n).String(), write.NumberValue(value), look)
	} else {
		o.sheet.Number(now, value, look)
	}
	o.sheet.Number(then, base, look)
	change, _ := c.Change()
	o.change(write.At(row, col+sideChange), fmt.Sprintf("%s-%s", now, then), value.Sub(base), change, i.Decimals)
	if percent, ok := c.Percent(); ok {
		again, err := value.Sub(base).Mul(figure.Int(100)).Quo(base)
		if err != nil { // a base that is 0 to 6 decimals
			again = figure.Number{}
		}
		o.change(write.At(row, col+sidePercent), fmt.Sprintf("100*(%s-%s)/%s", now, then, then), again, percent, 1)
	}
	return lines
}

// change writes a change as a formula where the published sides give it again,
// else as a number.
func (o *overview) change(at write.Ref, formula string, again, exact figure.Number, decimals int) {
	look := formatted(tableLook, signed(decimals))
	if published(again).Equal(published(exact)) {
		o.sheet.Formula(at, formula, write.NumberValue(published(exact)), look)
		return
	}
	o.sheet.Number(at, published(exact), look)
}

// signed is a number format that shows the sign.
func signed(decimals int) string {
	number := write.Grouped(decimals)
	return "+" + number + ";-" + number + ";" + number
}

// over says over whom a comparison is, or why there is none.
func (o *overview) over(c *summary.Comparison) string {
	if c.Basis == summary.OverAll {
		return o.words.everybody
	}
	return o.say.Compared(c)
}
