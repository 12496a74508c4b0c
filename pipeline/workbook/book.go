package workbook

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Book is a workbook that was read whole.
type Book struct {
	Sheets         []*Sheet // worksheets in the order of their tabs; chart and dialog sheets are left out
	Names          []DefinedName
	Date1904       bool      // day 0 of its dates is 1904-01-01
	Macros         bool      // holds macros, which nothing here looks at
	Modified       time.Time // as the workbook says of itself, UTC; zero if it does not
	FullCalcOnLoad bool      // its writer wants all formulas computed anew, so stored results may be stale
	External       bool      // has links to other workbooks, which are not followed
}

// Sheet gives the worksheet of a name, nil if there is none. As in Excel, case
// is not told apart.
func (b *Book) Sheet(name string) *Sheet {
	for _, s := range b.Sheets {
		if strings.EqualFold(s.Name, name) {
			return s
		}
	}
	return nil
}

// Open reads a workbook whole. The error is always a *Refusal. data is not
// changed and not kept.
func Open(data []byte, limits Limits) (*Book, error) {
	book, err := open(data, limits)
	if err == nil {
		return book, nil
	}
	var refusal *Refusal
	if !errors.As(err, &refusal) {
		refusal = damaged("", -1, "%v", err)
	}
	return nil, refusal
}

func open(data []byte, limits Limits) (*Book, error) {
	if int64(len(data)) > limits.File {
		return nil, tooLarge("file", "", "the file has %d bytes, more than %d", len(data), limits.File)
	}
	if !strings.HasPrefix(string(data[:min(len(data), len(zipSignature))]), zipSignature) {
		return nil, refuseForeign(data)
	}
	kind := packageKind(data)
	if kind != "xlsx" && kind != "zip" {
		return nil, notAWorkbook(kind)
	}
	a, err := openArchive(data, limits)
	if err != nil {
		var refusal *Refusal
		if errors.As(err, &refusal) && refusal.Kind == "xlsx" {
			refusal.Kind = kind
		}
		return nil, err
	}
	a.workspace = workspaces.Get().(*workspace)
	defer a.giveBack()
	r := &bookReader{archive: a, book: &Book{}}
	if err := r.read(); err != nil {
		return nil, err
	}
	for _, e := range a.entries {
		if e.verified {
			continue
		}
		if _, err := a.content(e); err != nil {
			return nil, err
		}
	}
	return r.book, nil
}

func notAWorkbook(kind string) *Refusal {
	return &Refusal{Code: NotAWorkbook, Kind: kind, Offset: -1, Detail: fmt.Sprintf("the file is not an .xlsx workbook but: %s", kind)}
}

// bookReader puts the parts of a package together.
type bookReader struct {
	*archive
	book    *Book
	part    string // the workbook part
	listed  []listedSheet
	names   []DefinedName // Sheet is still the place in listed
	styles  []style
	struck  map[int]bool // the shared strings that are struck through, in part
	texts   arena        // all texts and numbers that are kept
	visited int          // cells of all sheets
}

// listedSheet is an entry of the workbook part's list of sheets.
type listedSheet struct {
	name     string
	hidden   bool
	relation string
}

func (r *bookReader) read() error {
	roots, err := r.relations("")
	if err != nil {
		return err
	}
	if err := r.findWorkbook(roots); err != nil {
		return err
	}
	if err := r.readWorkbook(); err != nil {
		return err
	}
	relations, err := r.relations(r.part)
	if err != nil {
		return err
	}
	for _, relation := range relations {
		r.book.Macros = r.book.Macros || relation.kind == "vbaProject"
		r.book.External = r.book.External || relation.kind == "externalLink"
	}
	if err := r.readTables(relations); err != nil {
		return err
	}
	if err := r.readSheets(relations); err != nil {
		return err
	}
	return r.readProperties(roots)
}

// findWorkbook finds the main part and sees that it is a workbook's.
func (r *bookReader) findWorkbook(roots map[string]relation) error {
	main, found, err := only(roots, "_rels/.rels", "officeDocument")
	if err != nil {
		return err
	}
	if !found {
		return notAWorkbook("zip")
	}
	contentType, err := r.contentType(main.target)
	if err != nil {
		return err
	}
	switch {
	case strings.Contains(contentType, "sheet.binary"):
		return notAWorkbook("xlsb")
	case strings.Contains(contentType, "wordprocessingml"):
		return notAWorkbook("docx")
	case strings.Contains(contentType, "presentationml"):
		return notAWorkbook("pptx")
	case !strings.HasSuffix(contentType, ".main+xml"):
		return damaged(main.target, -1, "the workbook's content type is %q", contentType)
	}
	r.book.Macros = strings.Contains(contentType, "macroEnabled")
	r.part = main.target
	return r.mustBe("xl/workbook.xml", main.target)
}

// mustBe refuses a part under the usual name that is not the one the relations
// lead to: a reader that goes by names would read another workbook.
func (r *bookReader) mustBe(usual, actual string) error {
	if e := r.byKey[partKey(usual)]; e != nil && e != r.archive.part(actual) {
		return damaged(e.name, -1, "a part under the usual name to which no relation leads")
	}
	return nil
}

// load reads a part that must be there.
func (r *bookReader) load(name, limit string, budget int64) (*scanner, error) {
	e := r.archive.part(name)
	if e == nil {
		return nil, damaged(name, -1, "the part is missing")
	}
	return r.archive.read(e, limit, budget)
}

// readTables reads the shared strings and the styles, if there are any.
func (r *bookReader) readTables(relations map[string]relation) error {
	for _, table := range []struct {
		kind, usual string
		budget      int64
		read        func(*scanner) error
	}{
		{"sharedStrings", "xl/sharedStrings.xml", r.limits.SharedStrings, r.readStrings},
		{"styles", "xl/styles.xml", r.limits.Styles, r.readStyles},
	} {
		relation, found, err := only(relations, r.part, table.kind)
		if err != nil {
			return err
		}
		if err := r.mustBe(table.usual, relation.target); err != nil {
			return err
		}
		if !found {
			continue
		}
		s, err := r.load(relation.target, table.kind, table.budget)
		if err == nil {
			err = table.read(s)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// readSheets reads every worksheet and brings the names to them.
func (r *bookReader) readSheets(relations map[string]relation) error {
	place := make([]int, len(r.listed)) // in Book.Sheets, -1 for other kinds of sheet
	taken := make(map[string]bool)
	for i, listed := range r.listed {
		place[i] = -1
		relation, ok := relations[listed.relation]
		if !ok {
			return locate(damaged(r.part, -1, "the sheet has no part"), listed.name, "")
		}
		if relation.kind != "worksheet" {
			continue
		}
		s, err := r.load(relation.target, "part", r.limits.Part)
		if err != nil {
			return locate(err, listed.name, "")
		}
		if taken[partKey(s.part)] {
			return damaged(s.part, -1, "two sheets share this part")
		}
		taken[partKey(s.part)] = true
		sheet := &Sheet{Name: listed.name, Hidden: listed.hidden}
		reader := sheetReader{scanner: s, book: r, sheet: sheet, cells: r.cells[:0]}
		if err := reader.read(); err != nil {
			r.cells = nil // it holds some
			return err
		}
		sheet.Cells = r.keepCells(reader.cells)
		place[i] = len(r.book.Sheets)
		r.book.Sheets = append(r.book.Sheets, sheet)
	}
	for _, name := range r.names {
		if name.Sheet >= 0 {
			if name.Sheet = place[name.Sheet]; name.Sheet < 0 {
				continue
			}
		}
		r.book.Names = append(r.book.Names, name)
	}
	return nil
}

// keepCells gives a sheet its own copy of the cells, so that their room can be used
// again; many cells it gives as they are.
func (r *bookReader) keepCells(cells []Cell) []Cell {
	if cap(cells) > keptCells {
		r.cells = nil
		return cells
	}
	kept := append([]Cell(nil), cells...)
	clear(cells)
	r.cells = cells[:0]
	return kept
}
