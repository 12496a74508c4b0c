package xlsx

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/workbook/write"
)

// grid is a programme's sheet for one span: a row a unit, a block an indicator.
// Indicators that are printed for the city only stand last, beyond what prints.
type grid struct {
	*drawing
	sheet     *write.Sheet
	programme *catalogue.Programme
	span      period.Span
	units     []*catalogue.Unit
	blocks    []*block
	widths    []float64
	lead      int      // columns before the first block
	printed   int      // columns that print
	first     int      // rows: the first unit's,
	last      int      // the last unit's,
	rest      int      // the last that enters a total; the total is the next
	extra     int      // rows of groups under the total
	plain     []string // of these, the figures that are values
	byFormula bool     // too many figures for links
}

// groupColumn names each unit's group, where any unit has one.
const groupColumn = 3

// Rows of a grid's header.
const (
	codeRow = headRow + iota
	nameRow
	measureRow
	firstUnitRow
)

// programmes draws a sheet for each programme that has indicators and span that
// units have figures for.
func (d *drawing) programmes() {
	for _, p := range d.s.Catalogue.Programmes {
		for i, span := range d.unitSpans() {
			name := p.Code
			if i > 0 {
				name += ytdSuffix
			}
			if g := d.grid(p, span, i == 0); g != nil {
				g.sheet = d.book.Add(name)
				g.draw()
			}
		}
	}
}

// grid gathers a programme's blocks; nil where it has none. Words are shown for
// the run's own span only: they do not add up.
func (d *drawing) grid(p *catalogue.Programme, span period.Span, own bool) *grid {
	g := &grid{drawing: d, programme: p, span: span}
	for _, ind := range d.s.Catalogue.Indicators {
		if ind.Programme == p.Code && (own || !worded(ind)) {
			g.blocks = append(g.blocks, &block{ind: ind, city: d.figure(ind.Code, span.Kind, "")})
		}
	}
	texts := d.answers()
	for _, u := range d.listed() {
		if !d.concerns(u, g.blocks, span.Kind, texts) {
			continue
		}
		g.units = append(g.units, u)
		for _, b := range g.blocks {
			b.units = append(b.units, d.ofRow(u, b.ind.Code, span.Kind))
			b.texts = append(b.texts, texts[answerKey{u.ID, b.ind.Code}])
		}
	}
	g.blocks = slices.DeleteFunc(g.blocks, func(b *block) bool { return b.empty() })
	slices.SortStableFunc(g.blocks, func(a, b *block) int { return cmp.Compare(bit(a.ind.CityOnly), bit(b.ind.CityOnly)) })
	if len(g.blocks) == 0 || len(g.units) == 0 {
		return nil
	}
	g.settle()
	g.byFormula = len(g.units)*len(g.blocks) > d.linkLimit
	return g
}

// listed are the rows of a programme sheet: the units or, where these are more
// than a sheet lists, their groups and the units that are in none. A group stands
// there as a unit without an id.
func (d *drawing) listed() []*catalogue.Unit {
	if !d.s.Crowded() {
		return d.s.Catalogue.Units
	}
	if d.rows != nil {
		return d.rows
	}
	for _, name := range d.s.Catalogue.Groups() {
		d.rows = append(d.rows, &catalogue.Unit{Name: name})
	}
	for _, u := range d.s.Catalogue.Units {
		if u.Group == "" {
			d.rows = append(d.rows, u)
		}
	}
	return d.rows
}

// ofRow is the figure of a row of a programme sheet.
func (d *drawing) ofRow(u *catalogue.Unit, code string, span period.SpanKind) *summary.Figure {
	if u.ID == "" {
		return d.figures[figureKey{span, code, u.Name, ""}]
	}
	return d.figure(code, span, u.ID)
}

func bit(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// concerns reports whether a unit is asked for anything on a sheet.
func (d *drawing) concerns(u *catalogue.Unit, blocks []*block, span period.SpanKind, texts map[answerKey]string) bool {
	return slices.ContainsFunc(blocks, func(b *block) bool {
		f := d.ofRow(u, b.ind.Code, span)
		if texts[answerKey{u.ID, b.ind.Code}] != "" {
			return true
		}
		return f != nil && f.Reason != summary.ReasonNotExpected
	})
}

// empty reports whether the summary says nothing of a block's indicator.
func (b *block) empty() bool {
	return b.city == nil && !slices.ContainsFunc(b.units, func(f *summary.Figure) bool { return f != nil }) &&
		!slices.ContainsFunc(b.texts, func(t string) bool { return t != "" })
}

type answerKey struct{ unit, code string }

// answers are those of the units to one indicator, and the cells they stand in.
type answers struct {
	cells string
	texts []string
}

// times counts an answer as a formula would, ignoring case; -1 where the
// answers stand nowhere or the answer is longer than a formula may spell.
func (a answers) times(answer string) int {
	const longest = 200
	if a.cells == "" || utf8.RuneCountInString(answer) > longest {
		return -1
	}
	n := 0
	for _, text := range a.texts {
		if strings.EqualFold(text, answer) {
			n++
		}
	}
	return n
}

// answers gathers the units' words for the period's last month.
func (d *drawing) answers() map[answerKey]string {
	texts := map[answerKey]string{}
	for _, s := range d.in.Submissions {
		if s.Period != d.s.Period.To {
			continue
		}
		for _, v := range s.Values.All() {
			if v.Text != "" {
				texts[answerKey{s.Unit, v.Indicator}] = d.narrative(v.Text)
			}
		}
	}
	return texts
}

// settle chooses the totals and so the columns and rows.
func (g *grid) settle() {
	byCode := map[string]*block{}
	for _, b := range g.blocks {
		byCode[b.ind.Code] = b
	}
	for _, b := range g.blocks {
		b.opened = b.city != nil && !b.city.Opening.IsZero() && g.cityOpening(b.ind)
	}
	for _, derived := range []bool{false, true} {
		for _, b := range g.blocks {
			if (b.ind.Kind == catalogue.Derived) == derived {
				b.settle(byCode)
			}
		}
	}
	g.widths = []float64{11, 24}
	if g.grouped() {
		g.widths = append(g.widths, 10)
	}
	g.lead = len(g.widths)
	for _, b := range g.blocks {
		if b.ind.CityOnly && g.printed == 0 {
			columns, _ := measure(g.widths)
			for len(g.widths) < columns { // running text stands over what prints
				g.widths = append(g.widths, untouched)
			}
			g.printed = len(g.widths)
		}
		b.col = len(g.widths) + 1
		g.widths = append(g.widths, g.blockWidths(b)...)
	}
	if g.printed == 0 {
		g.printed = len(g.widths)
	}
	g.first = firstUnitRow
	g.last = g.first + len(g.units) - 1
	// An empty row keeps the totals out of what Excel sorts and filters, and
	// takes units inserted at the end into them.
	g.rest = g.last + 1
	if slices.ContainsFunc(g.blocks, (*block).opening) {
		g.rest++
	}
	if slices.ContainsFunc(g.blocks, (*block).loose) {
		g.rest++
	}
}

func (g *grid) grouped() bool {
	return slices.ContainsFunc(g.units, func(u *catalogue.Unit) bool { return u.Group != "" })
}

// blockWidths makes the columns wide enough for the name to stand above them in
// about six lines.
func (g *grid) blockWidths(b *block) []float64 {
	need := float64(utf8.RuneCountInString(g.say.IndicatorName(b.ind)))/5 + 2
	code := codeWidth*float64(len(b.ind.Code)) + 1.5
	switch {
	case worded(b.ind):
		longest := 0
		for _, text := range b.texts {
			longest = max(longest, utf8.RuneCountInString(text))
		}
		return []float64{min(max(need, code, 12, float64(longest)/6), 45)}
	case b.form == ratioTotal:
		wide := min(max(need/4, 9), 12)
		return []float64{wide, wide, wide, 9}
	case b.form == termsTotal:
		return []float64{min(max(need-8, code-8, 10), 20), 9}
	}
	return []float64{max(min(max(need, 10), 22), code)}
}

func (g *grid) total() int { return g.rest + 1 }

func (g *grid) draw() {
	title := fmt.Sprintf("%s – %s", g.words.titleProgramme, g.programme.Code)
	note := strings.Join(slices.DeleteFunc([]string{g.programme.Number, g.say.ProgrammeName(g.programme)},
		func(s string) bool { return s == "" }), " – ")
	note = fmt.Sprintf(g.words.figures, g.spanTitle()) + ".  " + note
	if g.s.Crowded() {
		note += ".  " + g.say.Say("xlsx.crowded_groups", "most", summary.MostListed)
	}
	legend := g.words.legend
	if g.printed < len(g.widths) {
		legend += " " + g.say.Say("xlsx.city_only", "from", write.Column(g.printed+1), "to", write.Column(len(g.widths)))
	}
	g.open(g.sheet, title, note, legend, g.widths[:g.printed])
	g.sheet.Widths(g.widths...)
	g.header()
	for i, u := range g.units {
		g.unit(i, u)
	}
	for _, b := range g.blocks {
		if worded(b.ind) {
			g.given[b.ind.Code] = answers{g.sheet.AbsRange(write.At(g.first, b.col), write.At(g.last, b.col)), b.texts}
		}
	}
	g.rests()
	g.totalRow()
	g.subtotals()
	last := g.plainNote()
	width := len(g.widths)
	g.sheet.Filter(write.At(measureRow, 1), write.At(g.last, width))
	g.sheet.Freeze(write.At(firstUnitRow, g.lead+1))
	var breaks []int
	for _, b := range g.blocks {
		if b.col <= g.printed {
			breaks = append(breaks, b.col)
		}
	}
	g.print(g.sheet, g.widths[:g.printed], [2]int{codeRow, measureRow}, g.lead, last, breaks...)
}

// spanTitle is "lũy kế năm, từ tháng 1/2025 đến tháng 6/2025".
func (g *grid) spanTitle() string {
	if g.span.Kind == period.YearToDate {
		return g.within(g.span) + ", " + g.say.Period(g.span)
	}
	return g.say.Period(g.span)
}

func (g *grid) header() {
	lead := []string{g.column("code"), g.column("unit"), g.words.group}[:g.lead]
	g.sheet.Fill(write.At(codeRow, 1), write.At(measureRow, len(g.widths)), headLook)
	for i, title := range lead {
		g.sheet.Text(write.At(measureRow, i+1), title, headLook)
	}
	most, mostMeasure := 1, 1
	for _, b := range g.blocks {
		n, name := b.columns(), g.say.IndicatorName(b.ind)
		if g.accumulated(b.ind, g.span) {
			name = g.say.Say("report.accumulated", "indicator", name)
		}
		g.sheet.Text(write.At(codeRow, b.col), b.ind.Code, headLook)
		g.sheet.Text(write.At(nameRow, b.col), name, headLook)
		width := 0.0
		for i := range n {
			width += g.widths[b.col-1+i]
		}
		if n > 1 {
			g.sheet.Merge(write.At(codeRow, b.col), write.At(codeRow, b.col+n-1))
			g.sheet.Merge(write.At(nameRow, b.col), write.At(nameRow, b.col+n-1))
		}
		most = max(most, write.Lines(name, width*boldRoom, headSize))
		g.sheet.Text(write.At(measureRow, b.col), b.ind.Measure, headLook)
		mostMeasure = max(mostMeasure, write.Lines(b.ind.Measure, g.widths[b.col-1]*boldRoom, headSize))
		if b.form == ratioTotal {
			g.sheet.Text(write.At(measureRow, b.numerator()), g.column("numerator"), headLook)
			g.sheet.Text(write.At(measureRow, b.denominator()), g.column("denominator"), headLook)
		}
		if n > 1 {
			g.sheet.Text(write.At(measureRow, b.helper()), g.column("complete_units"), headLook)
			mostMeasure = max(mostMeasure, write.Lines(g.column("complete_units"), g.widths[b.helper()-1]*boldRoom, headSize))
		}
	}
	g.sheet.Height(nameRow, height(most))
	g.sheet.Height(measureRow, height(mostMeasure))
}

// accumulated reports whether an indicator's figure of a span is the year's so far
// though the span is not.
func (d *drawing) accumulated(ind *catalogue.Indicator, span period.Span) bool {
	switch span.Kind {
	case period.YearToDate, period.PlanToDate:
		return false
	}
	return d.s.Catalogue.Accumulates(ind) && (span.Kind == period.Monthly || span.From.Number != time.January)
}

// unit writes one unit's row.
func (g *grid) unit(i int, u *catalogue.Unit) {
	row := g.first + i
	g.sheet.Text(write.At(row, 1), u.Code, textLook)
	g.sheet.Text(write.At(row, 2), u.Title(), wrapLook)
	if g.lead > 2 {
		g.sheet.Text(write.At(row, groupColumn), u.Group, textLook)
	}
	most := write.Lines(u.Title(), g.widths[1], bodySize)
	for _, b := range g.blocks {
		f := b.units[i]
		switch {
		case worded(b.ind) && b.texts[i] != "":
			g.sheet.Text(write.At(row, b.col), b.texts[i], wrapLook)
			g.leadText(write.At(row, b.col), u.ID, b.ind)
			most = max(most, write.Lines(b.texts[i], g.widths[b.col-1], bodySize))
			continue
		case worded(b.ind):
			g.sheet.Style(write.At(row, b.col), tableLook)
			continue
		}
		place(g.sheet, write.At(row, b.col), f, b.ind)
		if u.ID != "" { // a group's figure stands in no one cell
			g.leadFigure(write.At(row, b.col), u.ID, f, b.ind)
		}
		switch b.form {
		case ratioTotal:
			g.sides(row, b, f)
		case termsTotal:
			g.helper(row, b)
		}
	}
	if most > 1 {
		g.sheet.Height(row, height(most))
	}
}

// sides writes a unit's numerator and denominator, and whether it has both.
func (g *grid) sides(row int, b *block, f *summary.Figure) {
	num, den, ok := ratioOf(f)
	numAt, denAt := write.At(row, b.numerator()), write.At(row, b.denominator())
	if !ok {
		mark(g.sheet, numAt, blankOf(f), tableLook)
		mark(g.sheet, denAt, blankOf(f), tableLook)
	} else {
		g.sheet.Number(numAt, num, formatted(tableLook, write.Dashed(places(num))))
		g.sheet.Number(denAt, den, formatted(tableLook, write.Dashed(places(den))))
	}
	g.flag(row, b.helper(), fmt.Sprintf("COUNT(%s)", write.Range(numAt, denAt)), 2, ok)
}
