package pipeline

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"tonghop/pipeline/decision"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
	"tonghop/pipeline/reading"
	"tonghop/pipeline/table"
	"tonghop/pipeline/vietnamese"
	"tonghop/pipeline/workbook"
)

const (
	// OfficeFolder holds the office's own tables among the inputs.
	OfficeFolder = "_van-phong"
	// decisionFiles begin the names of the office's tables of decisions.
	decisionFiles = "quyet-dinh"
	// officeTableLimit is the size in bytes beyond which a table is not read:
	// some ten thousand decisions.
	officeTableLimit = 8 << 20
)

// tableKind is what the office's tables of one kind are, and how their faults are
// told.
type tableKind struct {
	looks   func(rows [][]string) bool
	headers []string
	invalid func(table.Problem) finding.Finding
}

var decisionTables = &tableKind{looks: decision.Looks, headers: decision.Headers, invalid: invalidDecision}

// officeTable is one table as it lies in the office's folder.
type officeTable struct {
	kind     *tableKind
	path     string // relative to inputs, slash-separated, NFC
	name     string // as the folder spells it
	info     fs.FileInfo
	data     []byte
	sha256   string
	modified time.Time
	rows     decision.Rows
	// unread says that its rows are not known now: what was taken in from it
	// before is not missing.
	unread   bool
	findings []finding.Finding
	place    func(row, col int) decision.Place
}

// officeTables reads every table of decisions, ordered by path. Only trouble
// with the inputs folder itself is an error.
func (p *Pipeline) officeTables(ctx context.Context) ([]*officeTable, error) {
	root, err := os.OpenRoot(p.Inputs)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer root.Close()
	tables, err := listOffice(root)
	if err != nil {
		return nil, err
	}
	if err := p.settleOffice(ctx, root, tables); err != nil {
		return nil, err
	}
	for _, t := range tables {
		if !t.unread {
			t.fetch(root)
		}
		if !t.unread {
			t.decode(p)
		}
	}
	return tables, nil
}

func listOffice(root *os.Root) ([]*officeTable, error) {
	top, err := fs.ReadDir(root.FS(), ".")
	if err != nil {
		return nil, err
	}
	var tables []*officeTable
	for _, folder := range top {
		if !folder.IsDir() || !strings.EqualFold(folder.Name(), OfficeFolder) {
			continue
		}
		files, err := fs.ReadDir(root.FS(), folder.Name())
		if err != nil {
			return nil, err
		}
		for _, f := range files {
			lower := strings.ToLower(f.Name())
			if ext := path.Ext(lower); !strings.HasPrefix(lower, decisionFiles) || ext != ".csv" && ext != ".xlsx" {
				continue
			}
			name := folder.Name() + "/" + f.Name()
			tables = append(tables, found(root, decisionTables, name))
		}
	}
	slices.SortFunc(tables, func(a, b *officeTable) int { return strings.Compare(a.path, b.path) })
	return tables, nil
}

// found is a table that is there, not yet read.
func found(root *os.Root, kind *tableKind, name string) *officeTable {
	t := &officeTable{kind: kind, name: name, path: vietnamese.NFC(strings.ToValidUTF8(name, "\uFFFD"))}
	var err error
	if t.info, err = root.Lstat(name); err != nil || !t.info.Mode().IsRegular() {
		t.refuse(finding.New(finding.NotARegularFile))
	}
	return t
}

// settleOffice looks once more at tables that have just been written: a row
// that is still being typed must not be taken in for good.
func (p *Pipeline) settleOffice(ctx context.Context, root *os.Root, tables []*officeTable) error {
	now := p.Now()
	young := func(t *officeTable) bool { return !t.unread && now.Sub(t.info.ModTime()) < p.Settle }
	if !slices.ContainsFunc(tables, young) {
		return nil
	}
	timer := time.NewTimer(p.Recheck)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
	}
	for _, t := range tables {
		if !young(t) {
			continue
		}
		again, err := root.Lstat(t.name)
		if err != nil || again.Size() != t.info.Size() || !again.ModTime().Equal(t.info.ModTime()) {
			t.refuse(finding.New(finding.StillBeingWritten))
		}
	}
	return nil
}

// refuse leaves the table unread, and says why.
func (t *officeTable) refuse(f finding.Finding) {
	f.File = t.path
	t.unread = true
	t.findings = append(t.findings, f)
}

func (t *officeTable) fetch(root *os.Root) {
	file, err := root.Open(t.name)
	if err != nil {
		t.refuse(finding.New(finding.FileUnreadable).With("detail", err.Error()))
		return
	}
	defer file.Close()
	t.data, err = io.ReadAll(io.LimitReader(file, officeTableLimit+1))
	after, statErr := file.Stat()
	switch {
	case err != nil || statErr != nil:
		t.refuse(finding.New(finding.FileUnreadable).With("detail", errors.Join(err, statErr).Error()))
	case int64(len(t.data)) > officeTableLimit:
		t.refuse(finding.New(finding.WorkbookTooLarge).With("limit", "file"))
	case after.Size() != int64(len(t.data)) || !after.ModTime().Equal(t.info.ModTime()):
		t.refuse(finding.New(finding.StillBeingWritten))
	default:
		hash := sha256.Sum256(t.data)
		t.sha256, t.modified = hex.EncodeToString(hash[:]), after.ModTime()
	}
}

// decode reads the rows; what is wrong with one is a finding at its cell.
func (t *officeTable) decode(p *Pipeline) {
	text, ok := t.text(p)
	if !ok {
		return
	}
	t.rows = decision.Decode(text, p.Catalogue)
	for _, problem := range t.rows.Problems {
		t.findings = append(t.findings, t.invalid(problem))
	}
	for i := range t.rows.Decisions {
		d := &t.rows.Decisions[i]
		d.Place = t.place(d.Place.Row, -1)
	}
	for i := range t.rows.Repeated {
		d := &t.rows.Repeated[i]
		d.Place = t.place(d.Place.Row, -1)
	}
}

// text is the table as text, from either kind of file.
func (t *officeTable) text(p *Pipeline) (table.Table, bool) {
	if bytes.HasPrefix(t.data, []byte("PK")) {
		return t.sheet(p.Limits)
	}
	text, lines, problems := table.ReadCSV(path.Base(t.path), t.data)
	t.place = func(row, _ int) decision.Place {
		place := decision.Place{File: t.path}
		if row < len(lines) {
			place.Row = lines[row]
		}
		return place
	}
	for _, problem := range problems {
		f := t.invalid(problem)
		f.Args["line"] = strings.TrimPrefix(problem.Where, path.Base(t.path)+":")
		if f.Args["line"] == problem.Where {
			delete(f.Args, "line")
		}
		t.refuse(f)
	}
	return text, len(problems) == 0
}

// sheet is the first sheet of a workbook that looks like a table of its kind.
func (t *officeTable) sheet(limits workbook.Limits) (table.Table, bool) {
	if limits == (workbook.Limits{}) {
		limits = workbook.DefaultLimits()
	}
	book, err := workbook.Open(t.data, limits)
	var refusal *workbook.Refusal
	if errors.As(err, &refusal) {
		t.refuse(t.invalid(table.Problem{
			MessageVI: "tệp không phải sổ Excel (.xlsx) đọc được; mở bằng Excel rồi lưu lại",
			MessageEN: "the file is no readable Excel workbook (.xlsx); open it in Excel and save it again",
		}))
		return table.Table{}, false
	}
	if err != nil {
		t.refuse(finding.New(finding.FileUnreadable).With("detail", err.Error()))
		return table.Table{}, false
	}
	for _, sheet := range book.Sheets {
		rows := sheetText(sheet, book.Date1904)
		if !t.kind.looks(rows) {
			continue
		}
		t.place = func(row, col int) decision.Place {
			return decision.Place{File: t.path, Sheet: sheet.Name, Row: row + 1, Col: col + 1}
		}
		return table.Table{Name: sheet.Name, Rows: rows}, true
	}
	t.refuse(t.invalid(table.Problem{
		Where: t.path, Want: strings.Join(t.kind.headers, ", "),
		MessageVI: "không trang tính nào có dòng tiêu đề của bảng", MessageEN: "no sheet has the header row of the table",
	}))
	return table.Table{}, false
}

// sheetText writes a sheet's cells as people type them into the table: a date
// as a date, a number as its digits.
func sheetText(sheet *workbook.Sheet, from1904 bool) [][]string {
	var rows [][]string
	for _, c := range sheet.Cells {
		for len(rows) < c.Ref.Row {
			rows = append(rows, nil)
		}
		row := rows[c.Ref.Row-1]
		for len(row) < c.Ref.Col {
			row = append(row, "")
		}
		row[c.Ref.Col-1] = cellText(c, from1904)
		rows[c.Ref.Row-1] = row
	}
	return rows
}

func cellText(c workbook.Cell, from1904 bool) string {
	switch {
	case c.Struck:
		return "~~" + c.Raw + "~~" // a row crossed out is none that holds, and must not pass for one
	case c.Kind == workbook.Blank && c.Formula:
		return withoutResult
	case c.Kind != workbook.Number:
		return c.Raw
	}
	if c.IsDate() {
		if text, ok := dateText(c.Raw, from1904); ok {
			return text
		}
	}
	typed := reading.Typed(c.Raw)
	whole, decimals, _ := strings.Cut(typed, ".")
	if len(decimals) == len("234") {
		// A stored 1.234 is one and a bit; typed, it would be a thousand.
		return whole + "." + decimals + "0"
	}
	return typed
}

// withoutResult stands for a formula whose result is not stored: no cell of a table
// may say so, and it must not pass for an empty one.
const withoutResult = "=?"

// dateText turns a workbook's day number into 2025-06-20 or 2025-06-20 17:00.
func dateText(raw string, from1904 bool) (string, bool) {
	days, rest, _ := strings.Cut(raw, ".")
	n, err := strconv.Atoi(days)
	if err != nil || n < 1 || n > 1<<20 {
		return "", false
	}
	first := period.Date{Year: 1899, Month: time.December, Day: 30}
	if from1904 {
		first = period.Date{Year: 1904, Month: time.January, Day: 1}
	}
	date := first.AddDays(n).String()
	part, err := figure.Parse("0." + rest)
	if rest == "" || err != nil {
		return date, true
	}
	const minutesInDay = 24 * 60
	minutes, err := strconv.Atoi(part.Mul(figure.Int(minutesInDay)).Round(0).String())
	if err != nil || minutes >= minutesInDay {
		return date, true
	}
	return date + " " + twoDigits(minutes/60) + ":" + twoDigits(minutes%60), true
}

func twoDigits(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// invalid is the finding of a problem of the table.
func (t *officeTable) invalid(problem table.Problem) finding.Finding {
	f := t.kind.invalid(problem)
	f.File = t.path
	if id := t.rows.IDs[problem.Row]; id != "" {
		f = f.With("decision", id)
	}
	if t.place == nil {
		return f
	}
	place := t.place(problem.Row, problem.Col)
	f.Sheet, f.Row, f.Col = place.Sheet, place.Row, place.Col
	if place.Sheet != "" {
		f.Cell = table.Letters(problem.Col) + strconv.Itoa(place.Row)
	} else if place.Row > 0 {
		f = f.With("line", strconv.Itoa(place.Row))
	}
	return f
}

// invalidDecision words a problem in both languages; the place is the caller's.
func invalidDecision(problem table.Problem) finding.Finding {
	f := finding.New(finding.DecisionInvalid).With("why", both(problem.MessageVI, problem.MessageEN))
	if problem.Column != "" {
		f = f.With("column", both(decision.Header(problem.Column), problem.Column))
	}
	f.Raw, f.Want = problem.Got, strings.ReplaceAll(problem.Want, " | ", "|")
	return f
}

// both is a clause in both languages, as findings carry it.
func both(vi, en string) string {
	return strings.ReplaceAll(vi, "|", "/") + "|" + strings.ReplaceAll(en, "|", "/")
}
