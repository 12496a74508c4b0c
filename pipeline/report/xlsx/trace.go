package xlsx

import (
	"fmt"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/workbook/write"
)

// linkLimit is the number of figures of a programme sheet beyond which they are
// linked by formulas: Excel takes all links off a sheet that has more than
// write.MaxLinks.
const linkLimit = 60_000

// traced is a row of the sheet of sources.
type traced struct {
	month period.Month
	row   int
}

type traceKey struct{ unit, code string }

// traceSources finds out in which row of the sheet of sources each answer will
// stand. That sheet is drawn later than those that lead to it.
func (d *drawing) traceSources() {
	d.lastSource = headRow
	for r := range d.sourceRows() {
		d.lastSource++
		key := traceKey{r.id, r.code}
		d.traces[key] = append(d.traces[key], traced{r.month, d.lastSource})
	}
}

// sourceRow is the row that a unit's figure leads to: its own answer; of a
// figure over several months that of the last one; of a derived figure that of
// its first term. It is 0 where the unit said nothing.
func (d *drawing) sourceRow(f *summary.Figure, unit string, codes []string, span period.Span) int {
	carried := f != nil && len(f.Coverage.Carried) > 0
	for _, code := range codes {
		var last traced
		for _, t := range d.traces[traceKey{unit, code}] {
			in := span.Contains(t.month) || carried && t.month.Compare(span.To) <= 0
			if in && t.month.Compare(last.month) >= 0 {
				last = t
			}
		}
		if last.row > 0 {
			return last.row
		}
	}
	return 0
}

// termsOf are the codes under which an indicator's sources stand.
func termsOf(i *catalogue.Indicator) []string {
	if i.Formula == nil {
		return []string{i.Code}
	}
	return i.Formula.Terms()
}

// leadFigure links a unit's figure to its source. By formula it gives the same
// number or mark again, so that totals count it; an empty cell shows nothing to
// be clicked and stays empty.
func (g *grid) leadFigure(at write.Ref, unit string, f *summary.Figure, i *catalogue.Indicator) {
	row := g.sourceRow(f, unit, termsOf(i), g.span)
	if row == 0 {
		return
	}
	target := write.At(row, 1)
	if !g.byFormula {
		g.sheet.LinkTo(at, sheetSources, target, g.hint())
		return
	}
	if n, known := numberOf(f); known {
		look := formatted(italic(tableLook, f.Provisional), shownAs(f, i.Decimals))
		g.sheet.Formula(at, hyperlink(target, write.Digits(n)), write.NumberValue(n), look)
	} else if text := markOf(f); text != "" {
		look := tableLook.With(func(s *write.Style) { s.Align = write.Right })
		g.sheet.Formula(at, hyperlink(target, quoted(text)), write.TextValue(text), look)
	}
}

// leadText links an answer in words to its source; a formula holds no long text.
func (g *grid) leadText(at write.Ref, unit string, i *catalogue.Indicator) {
	if row := g.sourceRow(nil, unit, []string{i.Code}, g.span); row > 0 && !g.byFormula {
		g.sheet.LinkTo(at, sheetSources, write.At(row, 1), g.hint())
	}
}

func hyperlink(target write.Ref, shown string) string {
	return fmt.Sprintf(`HYPERLINK("#%s!%s",%s)`, write.Quote(sheetSources), target, shown)
}

// hint says what a click leads to.
func (g *grid) hint() string {
	if g.span.From == g.span.To {
		return g.say.Say("xlsx.source")
	}
	return g.say.Say("xlsx.source_last")
}
