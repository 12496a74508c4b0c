package form

import (
	"fmt"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/workbook/write"
)

// heightProse is the height in points of a row whose answer is written out.
const heightProse = 60.0

func (f *filling) writeTable() {
	s := f.report
	for i, h := range Headers {
		s.Text(write.At(f.header, i+1), h, styleHead)
	}
	s.Height(f.header, write.Height(2, 11))
	programme, group := "", 0
	for _, r := range f.rows {
		if r.Programme != programme {
			programme = r.Programme
			group++
			f.writeGroup(r.at-1, group, programme)
		}
		f.writeRow(r)
	}
	s.Text(write.At(f.end, colNumber), TableEnd, styleEnd)
	first, last := write.At(f.header+1, colValue), write.At(f.end-1, colValue)
	check := fmt.Sprintf("$%s%d", write.Column(colCheck), first.Row)
	s.HighlightAs(first, last, fmt.Sprintf("IF(ISNUMBER(%[1]s),AND(LEFT(%[2]s,%[3]d)=%[4]s,%[1]s<>INT(%[1]s)),FALSE)",
		first, check, len(checkWrong), literal(checkWrong)), write.FillError, write.Red, "General")
	for _, col := range []int{colValue, colCheck} {
		from, to := write.At(first.Row, col), write.At(last.Row, col)
		s.Highlight(from, to, fmt.Sprintf("LEFT(%s,%d)=%s", check, len(checkWrong), literal(checkWrong)), write.FillError, write.Red)
		s.Highlight(from, to, fmt.Sprintf("LEFT(%s,%d)=%s", check, len([]rune(checkLook)), literal(checkLook)), write.FillWarn, write.Ink)
	}
}

func (f *filling) writeGroup(at, number int, code string) {
	s, title := f.report, code
	if p, ok := f.programme(code); ok {
		title = p.NameVI
		if p.Number != "" {
			title = fmt.Sprintf("%s (%s)", p.NameVI, p.Number)
		}
	}
	s.Text(write.At(at, colNumber), roman(number), styleGroup.With(func(st *write.Style) { st.Align = write.Center }))
	s.Fill(write.At(at, colCode), write.At(at, colCheck), styleGroup)
	s.Text(write.At(at, colName), title, styleGroup)
	s.Merge(write.At(at, colName), write.At(at, colCheck))
	s.Height(at, write.Height(write.Lines(title, across(colName, colCheck), 11), 11))
}

func (f *filling) programme(code string) (*catalogue.Programme, bool) {
	for _, p := range f.Catalogue.Programmes {
		if p.Code == code {
			return p, true
		}
	}
	return nil, false
}

func (f *filling) writeRow(r *row) {
	s, look := f.report, styleCell
	if !r.due {
		look = styleOff
	}
	centred := look.With(func(st *write.Style) { st.Align, st.Wrap = write.Center, true })
	name := look.With(func(st *write.Style) { st.Wrap = true })
	if r.PartOf != "" {
		name.Indent = 1
	}
	s.Int(write.At(r.at, colNumber), r.number, centred)
	s.Text(write.At(r.at, colCode), r.Code, centred.With(func(st *write.Style) { st.Size = 10 }))
	s.Text(write.At(r.at, colName), r.NameVI, name)
	s.Text(write.At(r.at, colMeasure), r.Measure, centred)
	last, ytd := figure.Figure{}, figure.Figure{}
	if f.Previous != nil {
		last, ytd = f.Previous(r.Code)
	}
	f.writeKnown(write.At(r.at, colPrevious), r, last, look)
	f.writeKnown(write.At(r.at, colYear), r, ytd, look)
	lines := max(write.Lines(r.NameVI, widths[colName-1]-float64(2*name.Indent), 11), write.Lines(r.Measure, widths[colMeasure-1], 11))
	if r.due {
		lines = max(lines, f.writeEntry(r))
	} else {
		s.Style(r.value(), look)
		s.Text(write.At(r.at, colNote), dueNote(r.Indicator), look)
		s.Style(write.At(r.at, colCheck), look)
		lines = max(lines, write.Lines(dueNote(r.Indicator), widths[colNote-1], 11))
	}
	height := write.Height(lines, 11)
	if r.due && valueFormat(r.Indicator) == asText && r.Type == catalogue.Prose {
		height = max(height, heightProse)
	}
	s.Height(r.at, height)
	if meaning := f.definition(r); meaning != "" {
		at := r.at + 1
		s.Fill(write.At(at, colNumber), write.At(at, colCheck), styleMeaning)
		s.Text(write.At(at, colName), meaning, styleMeaning)
		s.Merge(write.At(at, colName), write.At(at, colCheck))
		s.Height(at, write.Height(write.Lines(meaning, across(colName, colCheck), styleMeaning.Size), styleMeaning.Size))
	}
}

// writeEntry writes the cells of a row that a unit fills, and its check. It
// returns the lines they take.
func (f *filling) writeEntry(r *row) int {
	s, answer, input := f.report, f.fill.Answers[r.Code], styleInput
	input.Format = valueFormat(r.Indicator)
	if input.Format == asText {
		input.Wrap, input.Align, input.Top = true, write.Left, r.Type == catalogue.Prose
	}
	answer.Content.put(s, r.value(), input)
	if input.Format != asText && answer.Content.kind != number {
		input.Wrap = true
		s.Style(r.value(), input)
	}
	s.Validate(r.value(), entryOf(r))
	s.Text(write.At(r.at, colNote), answer.Note, styleInput.With(func(st *write.Style) {
		st.Wrap, st.Align, st.Format = true, write.Left, asText
	}))
	built, result := f.liveCheck(r)
	s.Formula(write.At(r.at, colCheck), built, write.TextValue(result), styleCell.With(func(st *write.Style) { st.Wrap = true }))
	lines := max(write.Lines(answer.Note, widths[colNote-1], 11), write.Lines(result, widths[colCheck-1], 11))
	if answer.Content.kind == text {
		lines = max(lines, write.Lines(answer.Content.text, widths[colValue-1], 11))
	}
	return lines
}

// writeKnown prints a figure the city has, for the eye.
func (f *filling) writeKnown(at write.Ref, r *row, known figure.Figure, look write.Style) {
	look.Align = write.Right
	switch known.State() {
	case figure.Known:
		n, _ := known.Number()
		look.Format = write.Grouped(r.Decimals)
		f.report.Number(at, n, look)
	case figure.None:
		f.report.Text(at, "-", look)
	case figure.NotApplicable:
		f.report.Text(at, "x", look)
	case figure.NotAvailable, figure.Refused:
		f.report.Text(at, "…", look)
	default:
		f.report.Style(at, look)
	}
}

// definition is the line under an indicator's row; a mark says that its reading
// is not yet confirmed.
func (f *filling) definition(r *row) string {
	if r.DefinitionVI != "" && unconfirmed(r.Indicator) {
		return r.DefinitionVI + definitionMark
	}
	return r.DefinitionVI
}

func unconfirmed(i *catalogue.Indicator) bool { return i.AssumptionVI != "" && !i.Confirmed }

// across sums the widths of columns from to to.
func across(from, to int) float64 {
	sum := 0.0
	for _, w := range widths[from-1 : to] {
		sum += w
	}
	return sum
}

// roman numbers the programmes as Vietnamese tables do.
func roman(n int) string {
	out := ""
	for _, d := range []struct {
		value int
		sign  string
	}{{50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= d.value; n -= d.value {
			out += d.sign
		}
	}
	return out
}
