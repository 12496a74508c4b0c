package xlsx

import (
	"fmt"
	"slices"
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/workbook/write"
)

// overview is the city's sheet on its way.
type overview struct {
	*drawing
	*table
	detailed []period.Span // those whose coverage and terms are shown
	col      struct {
		spans, target, projection, coverage, terms, lastYear, provisional, remark int
	}
}

// city draws the first sheet. It comes after the programmes, whose totals it
// refers to: a correction typed into a programme sheet shows here.
func (d *drawing) city(sheet *write.Sheet) {
	o := &overview{drawing: d, detailed: d.unitSpans()}
	titles, widths := o.columns()
	o.table = d.open(sheet, d.words.titleCity, d.counts(), d.words.legend, widths)
	o.head(titles)
	for _, p := range d.s.Catalogue.Programmes {
		o.programme(p)
	}
	bottom := o.row - 1
	sheet.Filter(write.At(headRow, 1), write.At(max(bottom, headRow), len(widths)))
	sheet.Freeze(write.At(headRow+1, 3))
	o.shades(bottom)
	o.missing()
	o.unreported()
	o.assumptions()
	d.print(sheet, widths, [2]int{headRow, headRow}, 2, o.row-1, o.breaks()...)
}

// counts are the four numbers, in units or, over a longer span, in reports: "Phải báo cáo: 30 · Đã nhận: 28 · …".
func (d *drawing) counts() string {
	c := d.s.Counts
	var parts []string
	for _, one := range []struct {
		key string
		n   int
	}{{"expected", c.Expected}, {"received", c.Received}, {"usable", c.Usable}, {"on_time", c.OnTime}} {
		label := d.say.Say("count." + one.key)
		if d.spans() {
			label = d.say.Say("report.count_reports", "label", label)
		}
		parts = append(parts, label+": "+d.say.Exact(figure.Int(int64(one.n))))
	}
	return strings.Join(parts, "  ·  ")
}

// columns names the columns and places them.
func (o *overview) columns() (titles []string, widths []float64) {
	add := func(width float64, title string) int {
		titles, widths = append(titles, title), append(widths, width)
		return len(titles)
	}
	add(o.widestCode(), o.column("code"))
	add(42, o.column("indicator"))
	add(10, o.column("measure"))
	o.col.spans = len(titles) + 1
	for _, span := range o.s.Spans {
		add(12, o.say.Span(span))
	}
	o.col.target = add(12, o.column("target"))
	add(11, o.words.horizon)
	add(10, o.column("attained"))
	add(12, o.column("expected"))
	add(12, o.words.gap)
	add(21, o.column("verdict"))
	if o.in.Projections {
		o.col.projection = add(20, o.column("projection"))
	}
	o.col.coverage = len(titles) + 1
	for _, span := range o.detailed {
		add(8, o.words.reported+" – "+o.within(span))
		add(8, o.words.asked+" – "+o.within(span))
	}
	o.col.terms = len(titles) + 1
	for _, span := range o.detailed {
		add(10, o.column("numerator")+" – "+o.within(span))
		add(10, o.column("denominator")+" – "+o.within(span))
	}
	o.lastYearColumns(add)
	o.col.provisional = add(9, upper(o.say.Say("provisional")))
	o.col.remark = add(56, o.column("note"))
	return titles, widths
}

// programme writes a group row and a row for each indicator the city has.
func (o *overview) programme(p *catalogue.Programme) {
	var own []*catalogue.Indicator
	for _, i := range o.s.Catalogue.Indicators {
		if i.Programme == p.Code && !worded(i) && slices.ContainsFunc(o.s.Spans, func(s period.Span) bool {
			return o.figure(i.Code, s.Kind, "") != nil
		}) {
			own = append(own, i)
		}
	}
	var tallies []summary.Tally
	for _, t := range o.s.Tallies {
		if t.Indicator.Programme == p.Code {
			tallies = append(tallies, t)
		}
	}
	if len(own)+len(tallies) == 0 {
		return
	}
	o.sheet.Fill(write.At(o.row, 1), write.At(o.row, len(o.widths)), groupLook)
	o.sheet.Text(write.At(o.row, 1), p.Code, groupLook)
	o.sheet.Text(write.At(o.row, 2), strings.TrimPrefix(p.Number+" – "+o.say.ProgrammeName(p), " – "), groupLook)
	o.row++
	for _, i := range own {
		o.indicator(i)
	}
	for _, t := range tallies {
		o.tally(t)
	}
}

// tally writes a row for each answer: how many units gave it, counted live where
// the units' answers stand on a programme sheet.
func (o *overview) tally(t summary.Tally) {
	for _, choice := range t.Choices {
		o.sheet.Fill(write.At(o.row, 1), write.At(o.row, len(o.widths)), tableLook)
		name := o.say.IndicatorName(t.Indicator) + ": " + choice.Choice
		o.sheet.Text(write.At(o.row, 1), t.Indicator.Code, textLook)
		o.sheet.Text(write.At(o.row, 2), name, wrapLook)
		o.sheet.Text(write.At(o.row, 3), lower(o.column("unit")), wrapLook)
		at, units, look := write.At(o.row, o.col.spans), figure.Int(int64(choice.Units)), formatted(tableLook, write.Dashed(0))
		if given := o.given[t.Indicator.Code]; given.times(choice.Choice) == choice.Units {
			// Not COUNTIF: it would take "?" and "*" in an answer for wildcards.
			o.sheet.Formula(at, fmt.Sprintf("SUMPRODUCT(1*(%s=%s))", given.cells, quoted(choice.Choice)), write.NumberValue(units), look)
		} else {
			o.sheet.Number(at, units, look)
		}
		o.sheet.Int(write.At(o.row, o.col.coverage), t.Reported, countLook)
		o.sheet.Int(write.At(o.row, o.col.coverage+1), t.Expected, countLook)
		o.sheet.Height(o.row, height(write.Lines(name, o.widths[1], bodySize)))
		o.row++
	}
}

// indicator writes an indicator's row, and one more for each further target.
func (o *overview) indicator(i *catalogue.Indicator) {
	row := o.row
	o.sheet.Fill(write.At(row, 1), write.At(row, len(o.widths)), tableLook)
	o.sheet.Text(write.At(row, 1), i.Code, textLook)
	name := o.say.IndicatorName(i)
	if o.accumulated(i, o.s.Period) && o.figure(i.Code, period.YearToDate, "") == nil {
		name = o.say.Say("report.accumulated", "indicator", name)
	}
	o.sheet.Text(write.At(row, 2), name, wrapLook)
	o.sheet.Text(write.At(row, 3), i.Measure, wrapLook)
	var judged []*summary.Figure
	for n, span := range o.s.Spans {
		f := o.figure(i.Code, span.Kind, "")
		if f != nil && f.Judgment == nil && o.accumulated(i, span) && o.figure(i.Code, period.YearToDate, "") != nil {
			// The span has none of its own; nor has it a name to be linked to.
			o.sheet.Style(write.At(row, o.col.spans+n), tableLook.With(func(s *write.Style) { s.Fill = write.FillOff }))
			continue
		}
		o.value(write.At(row, o.col.spans+n), f, i)
		if f != nil {
			o.define(i.Code, span.Kind, o.sheet.Abs(write.At(row, o.col.spans+n)))
		}
		if f != nil && f.Judgment != nil {
			judged = append(judged, f)
		}
	}
	most := 1
	for n, span := range o.detailed {
		o.detail(row, n, o.figure(i.Code, span.Kind, ""))
		most = max(most, o.lastYear(row, n, o.figure(i.Code, span.Kind, "")))
	}
	remark, provisional := o.remarks(i)
	if provisional {
		o.sheet.Text(write.At(row, o.col.provisional), o.say.Say("provisional"), italic(centred(wrapLook), true))
	}
	o.sheet.Text(write.At(row, o.col.remark), remark, wrapLook)
	most = max(most, write.Lines(name, o.widths[1], bodySize), write.Lines(i.Measure, o.widths[2], bodySize), write.Lines(remark, o.widths[o.col.remark-1], bodySize))
	for n, f := range judged {
		if n > 0 {
			o.row++
			row = o.row
			o.sheet.Fill(write.At(row, 1), write.At(row, len(o.widths)), tableLook)
			o.sheet.Text(write.At(row, 1), i.Code, textLook)
			o.sheet.Text(write.At(row, 2), name+" "+o.words.furtherTarget, wrapLook)
			most = write.Lines(name+" "+o.words.furtherTarget, o.widths[1], bodySize)
			o.sheet.Text(write.At(row, 3), i.Measure, wrapLook)
		}
		verdict := o.verdict(f.Judgment)
		o.judgment(row, i, f, verdict)
		o.sheet.Height(row, height(max(most, write.Lines(verdict, o.widths[o.col.target+4]*boldRoom, bodySize))))
	}
	if len(judged) == 0 {
		o.sheet.Height(row, height(most))
	}
	o.row++
}

// value writes the city's figure for a span: where a programme sheet has it
// live, as a reference to it.
func (o *overview) value(at write.Ref, f *summary.Figure, i *catalogue.Indicator) {
	if f == nil { // the span is not published for this indicator
		return
	}
	o.valueAt[f] = o.sheet.Abs(at)
	n, known := numberOf(f)
	if !known && markOf(f) == "" {
		o.empty(at, f)
		return
	}
	if !known {
		mark(o.sheet, at, f, tableLook)
		return
	}
	decimals := i.Decimals
	if f.Judgment != nil {
		decimals = decimalsFor(n, f.Judgment.Target.Value, decimals)
	}
	look := formatted(italic(tableLook, f.Provisional), shownAs(f, decimals))
	if total, ok := o.totals[figureKey{span: f.Span, code: i.Code}]; ok {
		o.sheet.Formula(at, total, write.NumberValue(n), look)
		return
	}
	o.sheet.Number(at, n, look)
}

// empty leaves the cell of a figure that nobody gave as good as empty. It has a
// name: a workbook that is linked to a cell with nothing in it would read 0.
func (o *overview) empty(at write.Ref, f *summary.Figure) {
	look := tableLook
	if notAsked(f) {
		look.Fill = write.FillOff
	}
	o.sheet.Formula(at, quoted(""), write.TextValue(""), look)
}

// judgment writes what a figure is judged by.
func (o *overview) judgment(row int, i *catalogue.Indicator, f *summary.Figure, verdict string) {
	j := f.Judgment
	col := o.col.target
	target := j.Target.Value
	o.sheet.Number(write.At(row, col), target, formatted(tableLook, o.targetFormat(j.Target)))
	o.sheet.Text(write.At(row, col+1), o.horizon(j), centred(wrapLook))
	o.attained(write.At(row, col+2), row, f)
	put := func(at write.Ref, n *figure.Number) {
		if n != nil {
			o.sheet.Number(at, published(*n), formatted(tableLook, write.Dashed(max(i.Decimals, min(places(*n), 2)))))
		}
	}
	put(write.At(row, col+3), j.Expected)
	put(write.At(row, col+4), j.Gap)
	if o.col.projection > 0 && j.Projection != nil {
		shown := write.Dashed(i.Decimals)
		if f.Provisional { // the cell still holds the number alone
			shown = behind(i.Decimals, " ("+o.say.Say("provisional")+")")
		}
		o.sheet.Number(write.At(row, o.col.projection), published(j.Projection.Round(i.Decimals)), italic(formatted(tableLook, shown), true))
	}
	o.sheet.Text(write.At(row, col+5), verdict, centred(wrapLook).With(func(s *write.Style) { s.Bold = true }))
}

var hundred = figure.Int(100)

// attained writes the percentage of the target, live over value and target.
func (o *overview) attained(at write.Ref, row int, f *summary.Figure) {
	if f.Judgment.Attained == nil {
		return
	}
	o.attainedAt[f] = o.sheet.Abs(at)
	percent := published(*f.Judgment.Attained)
	look := formatted(italic(tableLook, f.Provisional), write.Grouped(decimalsFor(percent, hundred, 2)))
	value, known := numberOf(f)
	computed, err := value.Mul(hundred).Quo(f.Judgment.Target.Value)
	if n := o.spanColumn(f.Span); n > 0 && known && err == nil && published(computed).Equal(percent) {
		// A second target's row has no value of its own: it refers to the row
		// of the indicator.
		formula := fmt.Sprintf("100*%s/%s", write.At(o.valueRow(row, f), n), write.At(row, o.col.target))
		o.sheet.Formula(at, formula, write.NumberValue(percent), look)
		return
	}
	o.sheet.Number(at, percent, look)
}

// spanColumn is the column of a span's values, 0 where it has none.
func (o *overview) spanColumn(kind period.SpanKind) int {
	n := slices.IndexFunc(o.s.Spans, func(s period.Span) bool { return s.Kind == kind })
	if n < 0 {
		return 0
	}
	return o.col.spans + n
}

// valueRow is the row of the indicator that a row of judgment belongs to.
func (o *overview) valueRow(row int, f *summary.Figure) int {
	for _, s := range o.s.Spans {
		if earlier := o.figure(f.Indicator.Code, s.Kind, ""); earlier == f {
			break
		} else if earlier != nil && earlier.Judgment != nil {
			row--
		}
	}
	return row
}

// horizon names the time over which a target is to be reached.
func (d *drawing) horizon(j *summary.Judgment) string {
	t := j.Target
	switch t.Horizon {
	case catalogue.HorizonMonth:
		return d.words.month
	case catalogue.HorizonYear:
		return fmt.Sprintf("%s %d", d.words.year, j.JudgedIn.Year)
	}
	if t.From.IsZero() || t.To.IsZero() {
		return d.words.plan
	}
	return fmt.Sprintf("%s %d-%d", d.words.plan, t.From.Year, t.To.Year)
}

// detail writes a span's coverage, numerator and denominator.
func (o *overview) detail(row, n int, f *summary.Figure) {
	if f == nil {
		return
	}
	o.sheet.Int(write.At(row, o.col.coverage+2*n), f.Coverage.Reported, countLook)
	o.sheet.Int(write.At(row, o.col.coverage+2*n+1), f.Coverage.Expected, countLook)
	for side, number := range []*figure.Number{f.Numerator, f.Denominator} {
		if number != nil {
			look := formatted(tableLook, write.Dashed(places(*number)))
			o.sheet.Number(write.At(row, o.col.terms+2*n+side), published(*number), look)
		}
	}
}

// remarks say what a reader of the figures must know, and whether any of them
// is provisional.
func (o *overview) remarks(i *catalogue.Indicator) (string, bool) {
	var parts, provisional []string
	uncovered, opening, reason, gap, weight, carried := "", "", "", "", "", ""
	var adjusted []string
	for _, span := range o.s.Spans {
		f := o.figure(i.Code, span.Kind, "")
		if f == nil {
			continue
		}
		name := o.within(span)
		if f.Provisional {
			provisional = append(provisional, name)
		}
		if _, known := numberOf(f); !known && reason == "" && f.Reason != summary.ReasonNone {
			reason = name + ": " + o.say.Reason(f.Reason)
		}
		if weight == "" { // of the shortest span that tells it
			weight = o.say.Weight(f.Coverage.Weight)
		}
		if len(f.Coverage.Carried) > 0 && carried == "" && !i.CityOnly {
			carried = o.say.Say("coverage.carried_units", "units", o.say.Carried(f.Coverage.Carried, func(id string) string {
				_, title := o.unit(id)
				return title
			}))
		}
		if len(f.Coverage.Uncovered) > 0 {
			last := slices.MaxFunc(f.Coverage.Uncovered, period.Month.Compare)
			uncovered = o.say.Say("coverage.uncovered", "from", last.Add(1))
		}
		if j := f.Judgment; j != nil {
			if told := o.say.Adjusted(j, i); told != "" {
				adjusted = append(adjusted, o.horizon(j)+": "+told)
			}
			if j.Cases != nil {
				gap = o.say.Gap(j, i)
			}
		}
		if !f.Opening.IsZero() {
			opening = name + " " + o.say.Say("coverage.opening", "through", f.Opening)
		}
	}
	if len(provisional) > 0 {
		parts = append(parts, o.say.Say("provisional")+": "+strings.Join(provisional, ", "))
	}
	for _, part := range append([]string{weight, carried, reason, uncovered, opening, gap}, adjusted...) {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, "; "), len(provisional) > 0
}

// missing names the units whose report is not there, below the table, and those
// of which figures were imported that they did not send themselves.
func (o *overview) missing() {
	for _, group := range []struct {
		key    string
		status submission.Status
	}{{"report.missing", submission.Missing}, {"report.imported", submission.Imported}} {
		count, names := o.say.Reports(o.s.ReportsOf(group.status), o.s.Period)
		if names == "" {
			continue
		}
		o.row++
		o.below(o.say.Say(group.key, "count", count, "units", names), lineLook)
	}
}

// unreported tells the days that no figure covers.
func (o *overview) unreported() {
	for _, u := range o.s.Unreported {
		o.row++
		o.below(o.say.Unreported(u), write.Style{Bold: true, Wrap: true, Top: true})
	}
}

// assumptions lists the readings of the plan that await confirmation.
func (o *overview) assumptions() {
	titled := false
	for _, i := range o.s.Catalogue.Indicators {
		if i.AssumptionVI == "" || i.Confirmed {
			continue
		}
		if !titled {
			o.row++
			o.below(o.say.Say("report.section.assumptions"), write.Style{Bold: true})
			titled = true
		}
		o.below(i.Code+": "+i.AssumptionVI, lineLook)
	}
}

// below writes a paragraph under the table.
func (o *overview) below(text string, look write.Style) {
	paragraph(o.sheet, o.row, o.widths, text, look)
	o.row++
}
