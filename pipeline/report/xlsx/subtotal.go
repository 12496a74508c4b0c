package xlsx

import (
	"fmt"
	"slices"
	"strings"

	"tonghop/pipeline/figure"
	"tonghop/pipeline/workbook/write"
)

// subtotal is a group's row: the blocks of the sheet as the group sees them,
// with its figure in the city's place and its own units alone.
type subtotal struct {
	group  string
	row    int
	blocks []*block
}

// subtotals writes a row for each group of units, under the total and so never
// in it. A formula picks the group's rows by the name in their column, so that
// sorting the units changes nothing, and a unit moved to another group counts
// there.
func (g *grid) subtotals() {
	if !g.grouped() {
		return
	}
	var names []string
	for _, u := range g.units {
		if u.Group != "" && !slices.Contains(names, u.Group) && g.hasFigures(u.Group) {
			names = append(names, u.Group)
		}
	}
	for i, name := range names {
		// A workbook compares text without regard to case.
		alone := !slices.ContainsFunc(names, func(other string) bool { return other != name && strings.EqualFold(other, name) })
		g.subtotalRow(g.subtotal(name, g.total()+1+i, alone))
	}
	g.extra = len(names)
}

// hasFigures reports whether a group has any figure on the sheet.
func (g *grid) hasFigures(group string) bool {
	return slices.ContainsFunc(g.blocks, func(b *block) bool {
		return g.figures[figureKey{g.span.Kind, b.ind.Code, group, ""}] != nil
	})
}

func (g *grid) subtotal(name string, row int, alone bool) subtotal {
	s := subtotal{group: name, row: row}
	byCode := map[string]*block{}
	for _, b := range g.blocks {
		own := &block{ind: b.ind, col: b.col, factor: b.factor, city: g.figures[figureKey{g.span.Kind, b.ind.Code, name, ""}]}
		for i, f := range b.units {
			if g.units[i].Group != name {
				f = nil
			}
			own.units = append(own.units, f)
		}
		s.blocks = append(s.blocks, own)
		byCode[b.ind.Code] = own
	}
	for _, derived := range []bool{false, true} {
		for i, own := range s.blocks {
			if (own.ind.Formula != nil) == derived {
				own.settle(byCode)
				if !alone || !own.fits(g.blocks[i]) {
					own.form = own.plain()
				}
			}
		}
	}
	return s
}

// fits reports whether a group's figure can be computed on the sheet: from
// columns that the city's has, and from the group's own units alone.
func (b *block) fits(city *block) bool {
	switch b.form {
	case ratioTotal, termsTotal:
		return b.form == city.form && !b.hasRest()
	case minTotal, maxTotal:
		return false // no formula of every Excel finds the least of some rows
	}
	return !b.hasRest()
}

func (b *block) plain() totalForm {
	if b.form == noTotal {
		return noTotal
	}
	return plainTotal
}

func (g *grid) subtotalRow(s subtotal) {
	g.sheet.Fill(write.At(s.row, 1), write.At(s.row, len(g.widths)), totalLook)
	g.sheet.Text(write.At(s.row, 2), g.say.Say("report.subtotal", "group", s.group), totalLook.With(func(l *write.Style) { l.Wrap = true }))
	g.sheet.Text(write.At(s.row, groupColumn), s.group, totalLook)
	g.sheet.Height(s.row, height(write.Lines(g.say.Say("report.subtotal", "group", s.group), g.widths[1]*boldRoom, bodySize)))
	for i, b := range s.blocks {
		if b.form == noTotal || notAsked(b.city) {
			continue
		}
		g.subtotalCell(s, b)
		shape := g.blocks[i]
		if b.form == ratioTotal {
			num, den, _ := b.sides()
			for col, n := range map[int]figure.Number{shape.numerator(): num, shape.denominator(): den} {
				formula := g.ofGroup(s, g.cells(shape.helper(), g.last), g.cells(col, g.last))
				g.sheet.Formula(write.At(s.row, col), formula, write.NumberValue(n), formatted(totalLook, write.Dashed(places(n))))
			}
		}
		if b.form == ratioTotal || b.form == termsTotal {
			g.sheet.Formula(write.At(s.row, shape.helper()), g.ofGroup(s, g.cells(shape.helper(), g.last)),
				write.NumberValue(figure.Int(int64(g.completeIn(s, b)))), formatted(totalLook, "0"))
		}
	}
}

// completeIn counts the group's units that have every term.
func (g *grid) completeIn(s subtotal, b *block) int {
	count := 0
	for i, u := range g.units {
		_, _, has := ratioOf(b.units[i])
		if b.form == termsTotal {
			has = g.hasTerms(b, i)
		}
		if has && u.Group == s.group {
			count++
		}
	}
	return count
}

func (g *grid) subtotalCell(s subtotal, b *block) {
	at := write.At(s.row, b.col)
	look := italic(formatted(totalLook, shownAs(b.city, b.ind.Decimals)), b.city.Provisional)
	formula := g.subtotalFormula(s, b)
	switch n, known := numberOf(b.city); {
	case known && formula == "":
		g.plain = append(g.plain, b.ind.Code+" ("+s.group+")")
		g.sheet.Number(at, n, look)
	case known:
		g.sheet.Formula(at, formula, write.NumberValue(n), look)
	case formula == "":
		mark(g.sheet, at, b.city, totalLook)
	default:
		look.Align = write.Right
		g.sheet.Formula(at, formula, write.TextValue(markOf(b.city)), look)
	}
}

// subtotalFormula is "" where nothing on the sheet gives the group's figure.
func (g *grid) subtotalFormula(s subtotal, b *block) string {
	units := g.cells(b.col, g.last)
	count := g.ofGroup(s, "1*ISNUMBER("+units+")")
	guarded := func(formula string) string {
		if _, known := numberOf(b.city); known {
			return formula
		}
		return fmt.Sprintf("IF(%s=0,%s,%s)", count, quoted(markOf(b.city)), formula)
	}
	switch b.form {
	case sumTotal:
		return guarded(g.ofGroup(s, units))
	case shareTotal:
		// Text is more than any number, so that only numbers are compared.
		return guarded(fmt.Sprintf("100*%s/%s", g.ofGroup(s, "1*ISNUMBER("+units+")", fmt.Sprintf("1*(%s>=%s)", units, b.ind.Reaches)), count))
	case ratioTotal:
		return g.ratioFormula(s.row, b)
	case termsTotal:
		return b.ind.Formula.Excel(func(code string) string {
			return g.ofGroup(s, g.cells(b.helper(), g.last), g.cells(g.blockOf(code).col, g.last))
		})
	case cellsTotal:
		return b.ind.Formula.Excel(func(code string) string { return write.At(s.row, g.blockOf(code).col).String() })
	}
	return ""
}

// ofGroup sums a product over the rows of a group.
func (g *grid) ofGroup(s subtotal, factors ...string) string {
	own := fmt.Sprintf("1*(%s=%s)", g.cells(groupColumn, g.last), write.At(s.row, groupColumn))
	return "SUMPRODUCT(" + strings.Join(append([]string{own}, factors...), ",") + ")"
}
