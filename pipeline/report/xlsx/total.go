package xlsx

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/workbook/write"
)

// blankOf is a figure that leaves its cell as empty as f's would be: grey where
// nobody asks for it.
func blankOf(f *summary.Figure) *summary.Figure {
	if notAsked(f) {
		return f
	}
	return &summary.Figure{Reason: summary.ReasonBlank}
}

// places is the number of decimals a number has.
func places(n figure.Number) int {
	_, fraction, _ := strings.Cut(published(n).String(), ".")
	return len(fraction)
}

// helper writes whether the unit of a row has every term of a formula.
func (g *grid) helper(row int, b *block) {
	var cells []string
	complete := true
	for _, code := range b.ind.Formula.Terms() {
		t := g.blockOf(code)
		cells = append(cells, write.At(row, t.col).String())
		_, ok := numberOf(t.units[row-g.first])
		complete = complete && ok
	}
	g.flag(row, b.helper(), "COUNT("+strings.Join(cells, ",")+")", len(cells), complete)
}

// flag is 1 where a count of numbers is what it should be, else 0.
func (g *grid) flag(row, col int, count string, want int, is bool) {
	value := figure.Int(0)
	if is {
		value = figure.Int(1)
	}
	g.sheet.Formula(write.At(row, col), fmt.Sprintf("IF(%s=%d,1,0)", count, want), write.NumberValue(value), helperLook)
}

func (g *grid) blockOf(code string) *block {
	i := slices.IndexFunc(g.blocks, func(b *block) bool { return b.ind.Code == code })
	if i < 0 {
		return nil
	}
	return g.blocks[i]
}

// rests writes the rows between units and total: openings, and what is not
// attributed to a unit. Each stands there for everybody to see, so that the
// total is the sum of what is above it.
func (g *grid) rests() {
	g.sheet.Height(g.last+1, 5)
	row := g.last + 2
	if slices.ContainsFunc(g.blocks, (*block).opening) {
		g.restRow(row, g.openingLabel(), (*block).opening)
		row++
	}
	if slices.ContainsFunc(g.blocks, (*block).loose) {
		g.restRow(row, g.words.loose, (*block).loose)
	}
}

func (g *grid) restRow(row int, label string, of func(*block) bool) {
	g.sheet.Fill(write.At(row, 1), write.At(row, len(g.widths)), tableLook)
	g.sheet.Text(write.At(row, 2), label, wrapLook)
	g.sheet.Height(row, height(write.Lines(label, g.widths[1], bodySize)))
	put := func(col int, n figure.Number, decimals int) {
		g.sheet.Number(write.At(row, col), n, formatted(tableLook, write.Dashed(decimals)))
	}
	for _, b := range g.blocks {
		switch {
		case !of(b):
			if b.columns() == 4 {
				g.sheet.Style(write.At(row, b.helper()), helperLook)
			}
		case b.form == ratioTotal:
			put(b.numerator(), b.restNum, places(b.restNum))
			put(b.denominator(), b.restDen, places(b.restDen))
			count := fmt.Sprintf("COUNT(%s)", write.Range(write.At(row, b.numerator()), write.At(row, b.denominator())))
			g.flag(row, b.helper(), count, 2, true)
		default:
			put(b.col, b.rest, max(b.ind.Decimals, places(b.rest)))
		}
	}
}

// openingLabel names the openings on the sheet: until when, and from which
// documents.
func (g *grid) openingLabel() string {
	label := ""
	var sources []string
	for _, b := range g.blocks {
		if !b.opening() {
			continue
		}
		if label == "" {
			label = fmt.Sprintf(g.words.opening, g.say.Month(b.city.Opening))
		}
		for o := range g.cityOpenings(b.ind) {
			if o.Source != "" && !slices.Contains(sources, o.Source) {
				sources = append(sources, o.Source)
			}
		}
	}
	if len(sources) > 0 {
		label = fmt.Sprintf(g.words.openingFrom, label, strings.Join(sources, "; "))
	}
	return label
}

// cityOpenings are the city's own openings of an indicator, or of its terms.
func (d *drawing) cityOpenings(i *catalogue.Indicator) iter.Seq[catalogue.Opening] {
	codes := []string{i.Code}
	if i.Formula != nil {
		codes = i.Formula.Terms()
	}
	return func(yield func(catalogue.Opening) bool) {
		for _, o := range d.s.Catalogue.Openings {
			if o.Unit == "" && slices.Contains(codes, o.Indicator) && d.enters(o) && !yield(o) {
				return
			}
		}
	}
}

func (d *drawing) cityOpening(i *catalogue.Indicator) bool {
	for range d.cityOpenings(i) {
		return true
	}
	return false
}

// totalRow writes the city's figures as formulas over the rows above.
func (g *grid) totalRow() {
	row := g.total()
	g.sheet.Fill(write.At(row, 1), write.At(row, len(g.widths)), totalLook)
	g.sheet.Text(write.At(row, 2), g.column("city"), totalLook)
	g.sheet.Height(row, height(1))
	for _, b := range g.blocks {
		if b.form != noTotal && notAsked(b.city) {
			continue // "-" would say that none occurred
		}
		g.totalCell(write.At(row, b.col), b)
		if b.form == ratioTotal {
			g.sideTotal(row, b, b.numerator(), b.restNum, func(n, _ figure.Number) figure.Number { return n })
			g.sideTotal(row, b, b.denominator(), b.restDen, func(_, d figure.Number) figure.Number { return d })
		}
		if b.columns() > 1 {
			g.helperTotal(row, b)
		}
	}
}

// sideTotal sums a ratio's numerators or denominators over the units that have
// both.
func (g *grid) sideTotal(row int, b *block, col int, rest figure.Number, side func(n, d figure.Number) figure.Number) {
	sum := rest
	for _, f := range b.units {
		if n, d, ok := ratioOf(f); ok {
			sum = sum.Add(side(n, d))
		}
	}
	formula := fmt.Sprintf("SUMPRODUCT(%s,%s)", g.cells(b.helper(), g.rest), g.cells(col, g.rest))
	g.sheet.Formula(write.At(row, col), formula, write.NumberValue(sum), formatted(totalLook, write.Dashed(places(sum))))
}

// helperTotal counts the units from which the total is computed.
func (g *grid) helperTotal(row int, b *block) {
	count := 0
	for i := range g.units {
		_, _, has := ratioOf(b.units[i])
		if b.form == termsTotal {
			has = g.hasTerms(b, i)
		}
		if has {
			count++
		}
	}
	look := formatted(totalLook, "0")
	g.sheet.Formula(write.At(row, b.helper()), "SUM("+g.cells(b.helper(), g.last)+")", write.NumberValue(figure.Int(int64(count))), look)
}

func (g *grid) hasTerms(b *block, i int) bool {
	for _, code := range b.ind.Formula.Terms() {
		if _, ok := numberOf(g.blockOf(code).units[i]); !ok {
			return false
		}
	}
	return true
}

// totalCell writes the value's total and remembers where the city's figure
// stands live.
func (g *grid) totalCell(at write.Ref, b *block) {
	look := italic(formatted(totalLook, shownAs(b.city, b.ind.Decimals)), b.city != nil && b.city.Provisional)
	formula := g.formula(at.Row, b)
	n, known := numberOf(b.city)
	if known && b.city.Judgment != nil {
		look.Format = shownAs(b.city, decimalsFor(n, b.city.Judgment.Target.Value, b.ind.Decimals))
	}
	switch {
	case b.form == noTotal:
	case formula == "" && known:
		g.sheet.Number(at, n, look)
	case formula == "":
		mark(g.sheet, at, b.city, totalLook)
	case known:
		g.sheet.Formula(at, formula, write.NumberValue(n), look)
		g.totals[figureKey{span: g.span.Kind, code: b.ind.Code}] = g.sheet.Abs(at)
	default:
		look.Align = write.Right
		g.sheet.Formula(at, formula, write.TextValue(markOf(b.city)), look)
	}
}

// formula is the total's formula, "" where it has none. Where the city has no
// number it gives the mark instead until somebody fills in the cells it needs.
func (g *grid) formula(row int, b *block) string {
	guarded := func(empty, formula string) string {
		if _, known := numberOf(b.city); known {
			return formula
		}
		return fmt.Sprintf("IF(%s=0,%s,%s)", empty, quoted(markOf(b.city)), formula)
	}
	units, all := g.cells(b.col, g.last), g.cells(b.col, g.rest)
	switch b.form {
	case sumTotal:
		return guarded("COUNT("+all+")", "SUM("+all+")")
	case minTotal:
		return guarded("COUNT("+units+")", "MIN("+units+")")
	case maxTotal:
		return guarded("COUNT("+units+")", "MAX("+units+")")
	case shareTotal:
		return guarded("COUNT("+units+")", fmt.Sprintf(`100*COUNTIF(%s,">="&%s)/COUNT(%s)`, units, b.ind.Reaches, units))
	case ratioTotal:
		return g.ratioFormula(row, b)
	case termsTotal:
		helper := g.cells(b.helper(), g.last)
		return b.ind.Formula.Excel(func(code string) string {
			return fmt.Sprintf("SUMPRODUCT(%s,%s)", helper, g.cells(g.blockOf(code).col, g.last))
		})
	case cellsTotal:
		return b.ind.Formula.Excel(func(code string) string { return write.At(row, g.blockOf(code).col).String() })
	}
	return ""
}

// ratioFormula divides the sums of numerators and denominators beside it.
func (g *grid) ratioFormula(row int, b *block) string {
	num, den := write.At(row, b.numerator()).String(), write.At(row, b.denominator()).String()
	rate := num + "/" + den
	if c := b.factor.String(); c != "1" {
		rate = c + "*" + rate
	}
	empty := markNone
	if _, known := numberOf(b.city); !known {
		empty = markOf(b.city)
	}
	return fmt.Sprintf("IF(%s=0,%s,%s)", den, quoted(empty), rate)
}

// cells is a column's range from the first unit to a row.
func (g *grid) cells(col, last int) string {
	return write.Range(write.At(g.first, col), write.At(last, col))
}

func quoted(text string) string { return `"` + strings.ReplaceAll(text, `"`, `""`) + `"` }

// plainNote says which totals are not live, and returns the sheet's last row.
func (g *grid) plainNote() int {
	last := g.total() + g.extra
	var codes []string
	for _, b := range g.blocks {
		if _, known := numberOf(b.city); known && b.form == plainTotal {
			codes = append(codes, b.ind.Code)
		}
	}
	codes = append(codes, g.plain...)
	if len(codes) == 0 {
		return last
	}
	g.sheet.Text(write.At(last+1, 1), fmt.Sprintf(g.words.plain, strings.Join(codes, ", ")), legendLook)
	return last + 1
}
