package pipeline

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/imported"
	"tonghop/pipeline/intake"
	"tonghop/pipeline/ledger"
	"tonghop/pipeline/period"
	"tonghop/pipeline/reading"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/table"
	"tonghop/pipeline/workbook"
)

// pastTable is an imported table of past figures, read again from its kept
// original by the definitions of today.
type pastTable struct {
	ledger.Imported
	figures  []pastFigure
	findings []finding.Finding // about rows that give no figure

	sheets  []string // of a workbook: those that were read
	skipped []string // and those that are no such table
	pages   []page
}

// pastFigure is a row that was read, with what there is to say about its value.
type pastFigure struct {
	unit     string
	month    period.Month
	value    submission.Value
	findings []finding.Finding
}

// page is where the rows of one table stand.
type page struct {
	sheet    *workbook.Sheet // nil for a CSV
	from1904 bool
	lines    []int // of a CSV
}

// pastTables reads every import, those taken back too: as-of says which stand.
func (p *Pipeline) pastTables(ctx context.Context) ([]*pastTable, error) {
	book, err := p.reading(ctx)
	if err != nil {
		return nil, err
	}
	if book == nil {
		return nil, nil
	}
	defer book.Close()
	all, err := book.Imports(ctx)
	if err != nil {
		return nil, err
	}
	tables := make([]*pastTable, len(all))
	for i, one := range all {
		data, err := book.Original(one.SHA256)
		if err != nil {
			return nil, fmt.Errorf("imported %s: %w", one.Name, err)
		}
		tables[i] = p.readPast(one, data)
	}
	return tables, nil
}

// readPast reads a table's rows. What is wrong with it is a finding at its cell.
func (p *Pipeline) readPast(record ledger.Imported, data []byte) *pastTable {
	t := &pastTable{Imported: record}
	var texts []table.Table
	if bytes.HasPrefix(data, []byte("PK")) {
		texts = t.openBook(data, p.Limits)
	} else {
		texts = t.openCSV(data)
	}
	rows := imported.Decode(texts, imported.Against{Catalogue: p.Catalogue, Timetable: p.Timetable, At: record.At})
	for _, problem := range rows.Problems {
		f := invalidImport(problem.Problem)
		if problem.Column == "value" && problem.Got == "" && t.unanswered(problem) {
			f = finding.New(finding.FormulaWithoutValue)
		}
		t.findings = append(t.findings, t.at(f, problem.Table, problem.Row, problem.Col))
	}
	for _, row := range rows.Rows {
		t.figures = append(t.figures, t.figure(row, p.Catalogue))
	}
	if len(t.figures)+len(t.findings) == 0 {
		f := invalidImport(table.Problem{MessageVI: "bảng chưa có dòng số liệu nào", MessageEN: "the table has no row of figures"})
		t.findings = append(t.findings, t.at(f, 0, 0, 0))
	}
	return t
}

// label is what the table is called where its figures are told.
func (t *pastTable) label() string { return imported.Label(t.Name, t.SHA256) }

func (t *pastTable) openCSV(data []byte) []table.Table {
	text, lines, problems := table.ReadCSV(t.Name, data)
	for _, problem := range problems {
		f := invalidImport(problem)
		if line, ok := strings.CutPrefix(problem.Where, t.Name+":"); ok {
			f = f.With("line", line)
		}
		f.File = t.label()
		t.findings = append(t.findings, f)
	}
	if len(problems) > 0 { // of half a table nobody knows what the other half says
		return nil
	}
	t.pages = []page{{lines: lines}}
	return []table.Table{text}
}

// openBook takes every sheet that looks like a table of past figures: an office
// keeps a sheet a year.
func (t *pastTable) openBook(data []byte, limits workbook.Limits) []table.Table {
	if limits == (workbook.Limits{}) {
		limits = workbook.DefaultLimits()
	}
	refuse := func(want, vi, en string) []table.Table {
		f := invalidImport(table.Problem{Want: want, MessageVI: vi, MessageEN: en})
		f.File = t.label()
		t.findings = append(t.findings, f)
		return nil
	}
	book, err := workbook.Open(data, limits)
	if err != nil {
		return refuse("", "tệp không phải sổ Excel (.xlsx) đọc được; mở bằng Excel rồi lưu lại",
			"the file is no readable Excel workbook (.xlsx); open it in Excel and save it again")
	}
	var texts []table.Table
	for _, sheet := range book.Sheets {
		rows := sheetText(sheet, book.Date1904)
		if !imported.Looks(rows) {
			t.skipped = append(t.skipped, sheet.Name)
			continue
		}
		t.sheets = append(t.sheets, sheet.Name)
		t.pages = append(t.pages, page{sheet: sheet, from1904: book.Date1904})
		texts = append(texts, table.Table{Name: sheet.Name, Rows: rows, Place: func(row, col int) string {
			return sheet.Name + "!" + table.Letters(col) + strconv.Itoa(row+1)
		}})
	}
	if len(texts) == 0 {
		return refuse(strings.Join(imported.Headers, ", "),
			"không trang tính nào có dòng tiêu đề của bảng số liệu các kỳ trước", "no sheet has the header row of a table of past figures")
	}
	return texts
}

// figure reads a row's value by the same grammar as a cell of a report.
func (t *pastTable) figure(row imported.Row, cat *catalogue.Catalogue) pastFigure {
	place := t.at(finding.Finding{}, row.Table, row.Row, row.Col)
	f := pastFigure{unit: row.Unit, month: row.Period, value: submission.Value{
		Indicator: row.Indicator, Sheet: place.Sheet, Cell: place.Cell, Row: place.Row, Col: place.Col,
		Import: &submission.Import{File: t.label(), SHA256: t.SHA256, Source: row.Source},
	}}
	cell, hidden := t.pages[row.Table].cell(row)
	ind, _ := cat.Indicator(row.Indicator) // the row was decoded by this catalogue
	answer := reading.Read(cell, ind, row.Period)
	f.value.Figure, f.value.Text, f.value.Raw = answer.Figure, answer.Text, cell.Raw
	f.value.Note = row.Note
	if answer.Remark != "" {
		f.value.Note = strings.TrimPrefix(row.Note+"; "+answer.Remark, "; ")
	}
	told := answer.Findings
	if hidden {
		told = append(told, finding.New(finding.HiddenData).With("what", "row"))
	}
	for _, one := range told {
		if one.Code == finding.TextNumber && t.pages[row.Table].sheet == nil && one.Raw == one.Read {
			continue // a CSV has nothing but text
		}
		one.Unit, one.Period, one.Indicator = row.Unit, row.Period, row.Indicator
		f.findings = append(f.findings, t.at(one, row.Table, row.Row, row.Col))
	}
	return f
}

// unanswered reports whether an empty value is a formula whose result is not
// stored: on the screen there may be a number.
func (t *pastTable) unanswered(problem imported.Problem) bool {
	cell, there := t.pages[problem.Table].stored(problem.Row, problem.Col)
	return there && cell.Formula
}

// cell is a row's value as it is stored, and whether it is hidden from the eye.
func (g page) cell(row imported.Row) (cell reading.Cell, hidden bool) {
	stored, there := g.stored(row.Row, row.Col)
	if !there { // a CSV has nothing but text
		return reading.Cell{Kind: reading.Text, Raw: row.Value}, false
	}
	cell = intake.AsRead(stored)
	cell.Date1904 = g.from1904
	return cell, stored.Hidden || g.sheet.Hidden
}

// stored is the cell of a sheet at a row and column from 0.
func (g page) stored(row, col int) (workbook.Cell, bool) {
	if g.sheet == nil {
		return workbook.Cell{}, false
	}
	ref := workbook.Ref{Row: row + 1, Col: col + 1}
	at, found := slices.BinarySearchFunc(g.sheet.Cells, ref, func(c workbook.Cell, ref workbook.Ref) int {
		return cmp.Or(cmp.Compare(c.Ref.Row, ref.Row), cmp.Compare(c.Ref.Col, ref.Col))
	})
	if !found {
		return workbook.Cell{}, false
	}
	return g.sheet.Cells[at], true
}

// at puts a finding at a place of the file: of a CSV the cell that a spreadsheet
// shows it in.
func (t *pastTable) at(f finding.Finding, page, row, col int) finding.Finding {
	f.File = t.label()
	if page >= len(t.pages) {
		return f
	}
	g := t.pages[page]
	f.Row, f.Col = row+1, col+1
	if g.sheet != nil {
		f.Sheet = g.sheet.Name
	} else if row < len(g.lines) {
		f.Row = g.lines[row]
	}
	f.Cell = table.Letters(col) + strconv.Itoa(f.Row)
	return f
}

// invalidImport words a problem in both languages; the place is the caller's.
func invalidImport(problem table.Problem) finding.Finding {
	f := finding.New(finding.ImportInvalid).With("why", both(problem.MessageVI, problem.MessageEN))
	if problem.Column != "" {
		f = f.With("column", both(imported.Header(problem.Column), problem.Column))
	}
	f.Raw, f.Want = problem.Got, strings.ReplaceAll(problem.Want, " | ", "|")
	return f
}

// pastFigures makes of the tables that stand at an instant what each unit said
// for each month, ordered by month and unit. Of two tables about the same figure
// the one imported first holds; where the other says something else, which
// importing refuses, a changed catalogue has made two names one: that is told.
func (p *Pipeline) pastFigures(tables []*pastTable, asOf time.Time) ([]*submission.Submission, []finding.Finding) {
	type key struct {
		unit  string
		month period.Month
	}
	type report struct {
		*submission.Submission
		values []submission.Value
	}
	made := map[key]*report{}
	var told []finding.Finding
	for _, t := range tables {
		if !t.StandsAt(asOf) {
			continue
		}
		told = append(told, t.findings...)
		for _, one := range t.figures {
			k := key{one.unit, one.month}
			s := made[k]
			if s == nil {
				s = &report{Submission: &submission.Submission{
					Unit: one.unit, Period: one.month, File: t.label(), SHA256: t.SHA256, Version: 1, ReceivedFrom: submission.FromImport,
				}}
				made[k] = s
			}
			same := func(v submission.Value) bool { return v.Indicator == one.value.Indicator }
			if i := slices.IndexFunc(s.values, same); i >= 0 {
				first := s.values[i]
				if !first.Figure.Equal(one.value.Figure) || first.Text != one.value.Text {
					told = append(told, contradicts(one, first))
				}
				continue
			}
			s.ReceivedAt = t.At.In(p.zone()) // tables are in the order of their import
			s.values = append(s.values, one.value)
			s.Findings = append(s.Findings, one.findings...)
		}
	}
	place := map[string]int{}
	for i, ind := range p.Catalogue.Indicators {
		place[ind.Code] = i
	}
	all := make([]*submission.Submission, 0, len(made))
	for _, s := range made {
		slices.SortFunc(s.values, func(a, b submission.Value) int { return cmp.Compare(place[a.Indicator], place[b.Indicator]) })
		s.Values = submission.ValuesOf(s.values...)
		all = append(all, s.Submission)
	}
	slices.SortFunc(all, func(a, b *submission.Submission) int {
		return cmp.Or(a.Period.Compare(b.Period), strings.Compare(a.Unit, b.Unit))
	})
	return all, told
}

// contradicts says that a table gives another figure than one imported before,
// and where both stand.
func contradicts(one pastFigure, first submission.Value) finding.Finding {
	where := first.Cell
	if first.Sheet != "" {
		where = first.Sheet + "!" + where
	}
	f := finding.New(finding.ImportInvalid).
		With("column", both(imported.Header("value"), "value")).
		With("why", both(fmt.Sprintf("khác số đã nhập từ %s, ô %s: “%s”", first.Import.File, where, first.Raw),
			fmt.Sprintf("differs from the figure imported from %s, cell %s: “%s”", first.Import.File, where, first.Raw)))
	f.Unit, f.Period, f.Indicator = one.unit, one.month, one.value.Indicator
	f.File, f.Sheet, f.Cell, f.Row, f.Col = one.value.Import.File, one.value.Sheet, one.value.Cell, one.value.Row, one.value.Col
	f.Raw = one.value.Raw
	return f
}
