package xlsx

import (
	"fmt"
	"iter"
	"slices"
	"strconv"

	"github.com/xuri/excelize/v2"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/workbook/write"
)

// source is a row of the sheet of sources: what a value is and where it stands.
type source struct {
	id    string // of the unit, empty for the city
	month period.Month

	period, unitCode, unit, code, name, state string

	number *figure.Number
	text   string // instead of a number

	raw, file, sheet, cell, note string
}

// sources draws where each value comes from: every answer of the submissions
// that count, then the openings. It is by far the longest sheet and holds no
// formulas, so it is streamed; everything but its rows must be set up before.
func (d *drawing) sources() {
	sheet := d.book.Add(sheetSources)
	widths := []float64{9, 9, 20, 14, 36, 15, 12, 16, 31, 12, 6, 24}
	// A table has at least one row.
	last := max(d.lastSource, headRow+1)
	s := d.stream(sheet)
	sheet.Widths(widths...)
	sheet.Freeze(write.At(headRow+1, 3))
	d.print(sheet, widths, [2]int{headRow, headRow}, 2, last)
	if !s.begin() {
		return
	}
	s.texts(titleRow, s.title, d.words.titleSources)
	line := d.periodLine()
	if d.s.Crowded() {
		line += ".  " + d.say.Say("xlsx.crowded_sources", "most", summary.MostListed)
	}
	s.texts(periodRow, s.line, line)
	s.texts(labelRow, s.label, d.label())
	s.texts(headRow, s.head, d.heads("period", d.words.unitCode, "unit", d.words.indicatorCode, "indicator", "state", "read", "raw",
		"file", "sheet", "cell", "note")...)
	row := headRow
	for r := range d.sourceRows() {
		row++
		s.source(row, r)
	}
	if row == headRow {
		s.texts(headRow+1, s.text, make([]string, len(widths))...)
	}
	d.keep(s.writer.AddTable(write.TableOf(tableSources, write.At(headRow, 1), write.At(last, len(widths)))))
	d.keep(s.writer.Flush())
}

// stream writes a sheet row by row.
type stream struct {
	d                              *drawing
	sheet                          *write.Sheet
	writer                         *excelize.StreamWriter
	title, line, label, head, text int
	numbers                        [figure.PublishedDecimals + 1]int // by decimals
}

// stream looks up the styles a streamed sheet needs. It uses the sheet's first
// cell to do so, which the stream then overwrites.
func (d *drawing) stream(sheet *write.Sheet) *stream {
	id := func(look write.Style) int {
		sheet.Style(write.At(1, 1), look)
		n, err := d.book.File().GetCellStyle(sheet.Name(), "A1")
		d.keep(err)
		return n
	}
	s := &stream{d: d, sheet: sheet, title: id(titleLook), line: id(lineLook), label: id(labelLook), head: id(headLook), text: id(textLook)}
	for decimals := range s.numbers {
		s.numbers[decimals] = id(formatted(tableLook, write.Dashed(decimals)))
	}
	return s
}

func (s *stream) begin() bool {
	writer, err := s.d.book.File().NewStreamWriter(s.sheet.Name())
	s.d.keep(err)
	s.writer = writer
	return err == nil
}

func (s *stream) row(row int, cells []any) {
	s.d.keep(s.writer.SetRow(write.At(row, 1).String(), cells))
}

func (s *stream) texts(row, style int, texts ...string) {
	cells := make([]any, len(texts))
	for i, text := range texts {
		cells[i] = s.cell(text, style)
	}
	s.row(row, cells)
}

// cell is a string cell, or an empty one with its border.
func (s *stream) cell(text string, style int) excelize.Cell {
	if text == "" {
		return excelize.Cell{StyleID: style}
	}
	return excelize.Cell{StyleID: style, Value: write.Text(text)}
}

func (s *stream) source(row int, r source) {
	value := s.cell(r.text, s.text)
	if r.number != nil {
		value = excelize.Cell{StyleID: s.numbers[places(*r.number)], Value: stored(*r.number)}
	}
	cells := make([]any, 0, 12)
	for _, text := range []string{r.period, r.unitCode, r.unit, r.code, r.name, r.state} {
		cells = append(cells, s.cell(text, s.text))
	}
	cells = append(cells, value)
	for _, text := range []string{r.raw, r.file, r.sheet, r.cell, r.note} {
		cells = append(cells, s.cell(text, s.text))
	}
	s.row(row, cells)
}

// stored is a number as a stream takes it. A cell's number is a binary double
// in every spreadsheet; one of at most 15 digits prints as those digits again.
func stored(n figure.Number) any {
	digits := write.Digits(n)
	value, err := strconv.ParseFloat(digits, 64)
	if err != nil {
		return digits
	}
	return value
}

func (d *drawing) sourceRows() iter.Seq[source] {
	return func(yield func(source) bool) {
		for _, s := range d.in.Submissions {
			code, title := d.unit(s.Unit)
			for _, v := range s.Values.All() {
				if v.NotDue && v.Figure.Is(figure.Blank) && v.Text == "" || d.s.Crowded() && !d.asks(s, v) {
					continue
				}
				if !yield(d.source(s, v, code, title)) {
					return
				}
			}
		}
		for _, o := range d.s.Catalogue.Openings {
			if d.enters(o) && !yield(d.openingSource(o)) {
				return
			}
		}
	}
}

// asks reports whether somebody should look at a value: it is refused, or a
// finding speaks of it.
func (d *drawing) asks(s *submission.Submission, v submission.Value) bool {
	if d.queried == nil {
		d.queried = make(map[string]bool, len(d.in.Findings))
		for _, f := range d.in.Findings {
			d.queried[f.File+"|"+f.Indicator] = true
		}
	}
	return v.Figure.Is(figure.Refused) || d.queried[s.FileOf(v)+"|"+v.Indicator]
}

func (d *drawing) source(s *submission.Submission, v submission.Value, code, title string) source {
	r := source{
		id: s.Unit, month: s.Period, period: s.Period.String(), unitCode: code, unit: title, code: v.Indicator, name: d.names[v.Indicator],
		state: d.say.State(v.Figure.State()), text: d.narrative(v.Text), raw: d.narrative(v.Raw),
		file: s.FileOf(v), sheet: v.Sheet, cell: v.Cell, note: d.narrative(v.Note),
	}
	if v.Import != nil {
		r.note = joined(r.note, d.say.Say("source.import_from", "source", d.narrative(v.Import.Source)))
	}
	if v.Decision != "" {
		r.note = joined(d.say.Say("source.decision")+" "+v.Decision, r.note)
	}
	if v.Text != "" {
		r.state = d.say.State(figure.Known)
	} else if n, ok := v.Figure.Number(); ok {
		r.number = &n
	}
	return r
}

func (d *drawing) openingSource(o catalogue.Opening) source {
	code, title := d.unit(o.Unit)
	if o.Unit == "" {
		title = d.column("city")
	}
	return source{
		id: o.Unit, month: o.Through, period: fmt.Sprintf("≤ %s", o.Through), unitCode: code, unit: title, code: o.Indicator, name: d.names[o.Indicator],
		state: d.say.Say("source.opening"), number: &o.Value, file: o.Source,
	}
}

// enters reports whether an opening stands in one of the run's spans.
func (d *drawing) enters(o catalogue.Opening) bool {
	return slices.ContainsFunc(d.s.Spans, func(s period.Span) bool {
		switch {
		case !s.Contains(o.Through):
			return false
		case s.Kind == period.PlanToDate:
			return true
		}
		return o.Span == catalogue.OpeningYear && s.From.Number == 1 && s.Kind != period.Monthly
	})
}
