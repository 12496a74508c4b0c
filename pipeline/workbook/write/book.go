// Package write owns how tonghop puts a workbook on paper: styles, text that
// stays text, numbers with their exact digits, formulas with the result they
// have, links, print set-up and a save that gives the same bytes for the same
// content. It knows no figures' meaning; form, feedback and report/xlsx do.
//
// A Package is somebody else's workbook: it is annotated by replacing spans of
// its parts, so that whatever is not named stays as it was stored. A Front is
// sheets that are put before its own.
//
// A Book keeps the first error of any call and Bytes returns it, so that a
// writer reads as a description of its workbook. Nothing here reads a clock.
package write

import (
	"bytes"
	"fmt"
	"time"

	"github.com/xuri/excelize/v2"
)

// FontName is the font of every cell: administrative documents in Vietnam are
// set in Times New Roman (Decree 30/2020/NĐ-CP, appendix I).
const FontName = "Times New Roman"

// inflatedLimit bounds what Open inflates. Books given to Open have passed the
// strict reader; this is the second lock.
const inflatedLimit = 64 << 20

// Properties are the document properties of a book.
type Properties struct {
	Title   string
	Subject string
	Author  string
	// Created is stored as the time of creation and of last change. It is the
	// caller's, for a book that carried the time of writing would differ from
	// run to run.
	Created time.Time
}

// Book is a workbook being written. It is not safe for concurrent use.
type Book struct {
	file   *excelize.File
	err    error
	styles map[Style]int
	// names holds the lower-cased sheet names in use.
	names map[string]bool
	// results holds what each formula is worth, by sheet and cell: excelize
	// stores a formula without its result, or with one of a wrong type.
	results map[string]map[string]Value
	links   map[string][]link // by sheet
	rows    map[string]*Rows  // by sheet
	caches  caches
	fresh   bool // no sheet of ours yet: the first one takes excelize's own
}

// New returns a book without sheets. A book needs at least one when saved.
func New(p Properties) *Book {
	b := bookOf(excelize.NewFile())
	b.fresh = true
	b.keep(b.file.SetDefaultFont(FontName))
	when := p.Created.UTC().Format(time.RFC3339)
	b.keep(b.file.SetDocProps(&excelize.DocProperties{
		Title: Text(p.Title), Subject: Text(p.Subject), Creator: Text(p.Author), LastModifiedBy: Text(p.Author),
		Created: when, Modified: when,
	}))
	b.keep(b.file.SetAppProps(&excelize.AppProperties{Application: "tonghop"}))
	return b
}

// Open returns a book over a workbook that tonghop made, to be changed. For
// somebody else's there is Package: what excelize saves again loses empty
// results of formulas and whatever it does not know. The data must have passed
// the strict reader: excelize ignores damage.
func Open(data []byte) (*Book, error) {
	file, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		UnzipSizeLimit: inflatedLimit, UnzipXMLSizeLimit: inflatedLimit, RawCellValue: true,
	})
	if err != nil {
		return nil, fmt.Errorf("open workbook: %w", err)
	}
	b := bookOf(file)
	for _, name := range file.GetSheetList() {
		b.names[foldName(name)] = true
	}
	return b, nil
}

func bookOf(file *excelize.File) *Book {
	return &Book{
		file: file, styles: map[Style]int{}, names: map[string]bool{}, results: map[string]map[string]Value{}, links: map[string][]link{},
		rows: map[string]*Rows{}, caches: caches{},
	}
}

// File gives excelize's view, for what this package does not cover: comments,
// streamed rows. Errors of calls on it are the caller's.
func (b *Book) File() *excelize.File { return b.file }

// Err returns the first error of any call on the book or its sheets.
func (b *Book) Err() error { return b.err }

func (b *Book) keep(err error) {
	if b.err == nil && err != nil {
		b.err = err
	}
}

// Add appends a sheet. Its name is made safe and unique: see SheetName.
func (b *Book) Add(name string) *Sheet {
	name = SheetName(name, func(n string) bool { return b.names[foldName(n)] })
	b.names[foldName(name)] = true
	if b.fresh {
		b.fresh = false
		b.keep(b.file.SetSheetName(b.file.GetSheetName(0), name))
	} else {
		_, err := b.file.NewSheet(name)
		b.keep(err)
	}
	return &Sheet{book: b, name: name}
}

// Existing returns the sheet of an opened book.
func (b *Book) Existing(name string) (*Sheet, bool) {
	if index, err := b.file.GetSheetIndex(name); err != nil || index < 0 {
		return nil, false
	}
	return &Sheet{book: b, name: name}, true
}

// Define gives a workbook-wide name to a range such as Sheet.Abs returns.
func (b *Book) Define(name, refersTo string) {
	b.keep(b.file.SetDefinedName(&excelize.DefinedName{Name: name, RefersTo: refersTo}))
}

// Activate makes the sheet the one that is open when the book is opened.
func (b *Book) Activate(s *Sheet) {
	index, err := b.file.GetSheetIndex(s.name)
	b.keep(err)
	b.file.SetActiveSheet(index)
}
