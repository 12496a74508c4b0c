package feedback

import (
	"fmt"
	"strings"

	"tonghop/pipeline/figure"
	"tonghop/pipeline/workbook/write"
)

// List makes the answer as a workbook of its own, for a file that cannot be
// annotated.
func (a Answer) List() ([]byte, error) {
	p, blank, err := write.Blank(write.Properties{Title: a.Title, Created: a.Input.ReceivedAt})
	if err == nil {
		err = a.draw(p, nil)
	}
	if err == nil {
		err = p.RemoveSheet(blank)
	}
	if err != nil {
		return nil, fmt.Errorf("draw answer: %w", err)
	}
	return p.Bytes()
}

// Annotated makes the answer on a copy of the file it answers, whose bytes must
// have passed the strict reader. Marks and sheets of an earlier answer in it
// are taken off first. Everything else in the copy is as it was sent.
func (a Answer) Annotated(original []byte) ([]byte, error) {
	p, err := write.OpenPackage(original)
	if err == nil {
		err = takeOff(p)
	}
	if err != nil {
		return nil, fmt.Errorf("annotate: %w", err)
	}
	names, err := p.SheetNames()
	if err == nil {
		err = p.Mark(a.Marks)
	}
	if err == nil {
		err = a.draw(p, names)
	}
	if err != nil {
		return nil, fmt.Errorf("annotate: %w", err)
	}
	return p.Bytes()
}

// takeOff removes an earlier answer.
func takeOff(p *write.Package) error {
	for _, name := range []string{NameReceipt, NameRecorded} {
		sheet, ok, err := p.SheetOf(name)
		if err == nil && ok {
			err = p.RemoveSheet(sheet)
		}
		if err != nil {
			return err
		}
	}
	for _, name := range []string{NameReceipt, NameRecorded, NameOriginal, nameFingerprint} {
		if err := p.RemoveNames(name); err != nil {
			return err
		}
	}
	return p.Unmark()
}

func (a Answer) seal() write.BookName {
	return write.BookName{Name: nameFingerprint, RefersTo: `"` + a.Fingerprint() + `"`, Hidden: true}
}

// Says reports whether a workbook is an answer that says what a says. It reads
// little of it: a run that changes nothing shall cost nothing.
func (a Answer) Says(data []byte) bool {
	seal := a.seal()
	p, err := write.OpenPackage(data)
	if err != nil {
		return false
	}
	names, err := p.Names(nameFingerprint)
	return err == nil && len(names) == 1 && names[0].RefersTo == seal.RefersTo
}

var (
	title  = write.Style{Size: 14, Bold: true}
	plain  = write.Style{Wrap: true, Top: true}
	strong = write.Style{Bold: true, Wrap: true, Top: true}
	small  = write.Style{Size: 9, Color: write.Grey}
	boxed  = write.Style{Bold: true, Border: write.Thin, Wrap: true, Fill: write.FillGroup}
	head   = write.Style{Bold: true, Fill: write.FillHead, Border: write.Thin, Align: write.Center, Wrap: true}
	group  = write.Style{Bold: true, Fill: write.FillGroup, Border: write.Thin, Wrap: true}
	cell   = write.Style{Border: write.Thin, Wrap: true, Top: true}
	middle = write.Style{Border: write.Thin, Top: true, Align: write.Center}
)

// canvas is a sheet being drawn from the top.
type canvas struct {
	*write.FrontSheet
	row    int
	widths []float64
	// linked holds the sheets that a link can lead to; nil links nothing.
	linked map[string]bool
	hint   string
}

func (c *canvas) start(widths ...float64) {
	c.widths, c.row = widths, 1
	c.Widths(widths...)
}

// line writes text across all columns, as high as it takes.
func (c *canvas) line(text string, st write.Style) {
	if text == "" {
		return
	}
	width := 0.0
	for _, w := range c.widths {
		width += w
	}
	size := st.Size
	if size == 0 {
		size = bodySize
	}
	c.Across(c.row, len(c.widths), text, st)
	factor := 1.0
	if st.Bold { // heavier letters are wider
		factor = 1.08
	}
	c.Height(c.row, write.Height(write.Lines(text, width/factor, size), size))
	c.row++
}

const bodySize = 11.0

// cells writes a row of texts, each in a style.
func (c *canvas) cells(texts []string, style func(col int) write.Style) {
	lines := 1
	for i, text := range texts {
		st := style(i)
		c.Text(write.At(c.row, i+1), text, st)
		if st.Wrap {
			lines = max(lines, write.Lines(text, c.widths[i], bodySize))
		}
	}
	c.Height(c.row, write.Height(lines, bodySize))
}

// leads makes a cell lead to a cell of the workbook answered.
func (c *canvas) leads(col int, sheet string, row, column int, st write.Style) {
	if row < 1 || column < 1 || !c.linked[strings.ToLower(sheet)] {
		return
	}
	at := write.At(c.row, col)
	st.Color, st.Underline = write.Blue, true
	c.Style(at, st)
	c.LinkTo(at, sheet, write.At(row, column), c.hint)
}

// draw puts our own sheets and the fingerprint into a workbook, before those that
// are answered.
func (a Answer) draw(p *write.Package, before []string) error {
	front, err := p.Front()
	if err != nil {
		return err
	}
	say := a.Input.Phrases.Say
	linked := map[string]bool{}
	for _, name := range before {
		linked[strings.ToLower(name)] = true
	}
	a.drawReceipt(front, &canvas{FrontSheet: front.Add(say("sheet.reply")), linked: linked, hint: say("feedback.go")}, len(before) > 0)
	if len(a.Recorded.Rows) > 0 {
		a.drawRecorded(front, &canvas{FrontSheet: front.Add(say("sheet.recorded")), linked: linked, hint: say("feedback.go")})
	}
	if err := front.Place(); err != nil {
		return err
	}
	return p.Define(a.seal())
}

func (a Answer) drawReceipt(front *write.Front, c *canvas, copied bool) {
	c.start(5, 16, 9, 24, 52, 52)
	c.line(a.Title, title)
	c.line(a.Sample, strong.With(func(s *write.Style) { s.Color = write.Red }))
	front.Define(NameReceipt, c.Abs(write.At(c.row, 1)))
	c.line(a.Receipt, boxed)
	c.line(a.File, plain)
	c.line(a.Status, strong)
	c.line(a.Summary, plain)
	if copied {
		c.line(a.How, plain)
	} else {
		c.line(a.NoCopy, plain)
	}
	headings := c.row
	if len(a.Parts) > 0 {
		c.cells(a.Headings, func(int) write.Style { return head })
		c.row++
	}
	for _, p := range a.Parts {
		c.line(p.Heading, group.With(func(s *write.Style) { s.Fill = p.Fill }))
		for i, point := range p.Points {
			number := figure.Int(int64(i + 1)).String()
			c.cells([]string{number, point.Sheet, point.Cell, point.Raw, point.Message, point.Remedy}, func(col int) write.Style {
				if col == 0 || col == 2 {
					return middle
				}
				return cell
			})
			c.leads(3, point.Sheet, point.Row, point.Col, middle)
			c.row++
		}
	}
	c.row++
	c.Text(write.At(c.row, 1), a.HashText, small)
	c.Text(write.At(c.row, 5), a.Hash, small)
	front.Define(NameOriginal, c.Abs(write.At(c.row, 5)))
	page := a.page(c)
	if len(a.Parts) > 0 {
		page.TitleRows = [2]int{headings, headings}
	}
	c.Print(page)
}

func (a Answer) page(c *canvas) write.Page {
	say := a.Input.Phrases.Say
	return write.Page{
		Landscape: true, LastCell: write.At(c.row, len(c.widths)), Footer: a.Input.File,
		PageOf: say("report.page", "page", "%s", "pages", "%s"),
	}
}

func (a Answer) drawRecorded(front *write.Front, c *canvas) {
	c.start(5, 18, 50, 13, 8, 24, 20, 24, 48)
	front.Define(NameRecorded, c.Abs(write.At(c.row, 1)))
	c.line(a.Recorded.Title, title)
	c.line(a.Receipt, plain)
	c.line(a.Recorded.How, plain)
	headings := c.row
	c.cells(a.Recorded.Headings, func(int) write.Style { return head })
	c.row++
	c.Freeze(headings)
	n := 0
	for _, r := range a.Recorded.Rows {
		if r.Code == "" {
			c.line(r.Programme, group)
			continue
		}
		n++
		c.drawRecord(n, r)
		c.row++
	}
	c.row--
	page := a.page(c)
	page.TitleRows = [2]int{headings, headings}
	c.Print(page)
}

func (c *canvas) drawRecord(n int, r Record) {
	const colCell, colNumber = 5, 7
	look := func(st write.Style) write.Style {
		if r.Muted {
			st.Color = write.Grey
		}
		return st
	}
	texts := []string{figure.Int(int64(n)).String(), r.Code, r.Name, r.Measure, r.Cell, r.Raw, r.Text, r.State, r.Note}
	c.cells(texts, func(col int) write.Style {
		switch col + 1 {
		case 1, colCell:
			return look(middle)
		case colNumber:
			st := look(cell)
			st.Fill, st.Align, st.Indent = r.Fill, write.Right, 1
			return st
		}
		return look(cell)
	})
	if r.Number != "" {
		number := figure.MustParse(r.Number)
		_, decimals, _ := strings.Cut(r.Number, ".")
		st := look(cell)
		st.Fill, st.Format, st.Wrap = r.Fill, write.Grouped(len(decimals)), false
		st.Align, st.Indent = write.Right, 1
		c.Number(write.At(c.row, colNumber), number, st)
	}
	c.leads(colCell, r.Sheet, r.Row, r.Col, middle)
}
