package intake

import (
	"path"
	"regexp"
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/naming"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/vietnamese"
)

// attach makes papers beside a workbook of the same unit its attachments: of
// the same name in the same folder, or mentioning its unit there, or in a
// folder of that unit. A paper alone stays what it is: a scan without its
// workbook.
func (c *collection) attach() {
	var shelves map[string]*shelf // by folder
	for i := range c.batch {
		r := &c.batch[i]
		if r.File.Disposition != submission.UnusableFile || !c.papers[i] {
			continue
		}
		if shelves == nil {
			shelves = c.shelves()
		}
		book, ok := shelves[path.Dir(r.File.Path)].beside(r.File)
		if !ok {
			continue
		}
		note := finding.New(finding.Attachment).With("beside", book.Path)
		note.File, note.Unit, note.Period = r.File.Path, book.Unit, book.Period
		r.File.Disposition, r.File.Unit, r.File.Period = submission.Ignored, book.Unit, book.Period
		r.Findings = []finding.Finding{note}
	}
}

// shelf is the workbooks in a folder that papers may lie beside.
type shelf struct {
	called map[string]submission.File // the first of each base name
	books  []submission.File          // of known units
	units  []*catalogue.Unit          // of each of them
	names  []naming.Units             // of each of them, once they are asked for
}

func (c *collection) shelves() map[string]*shelf {
	all := make(map[string]*shelf)
	for i := range c.batch {
		book := c.batch[i].File
		if book.Unit == "" ||
			book.Disposition != submission.Counted && book.Disposition != submission.Held && book.Disposition != submission.Duplicate {
			continue
		}
		s := all[path.Dir(book.Path)]
		if s == nil {
			s = &shelf{called: make(map[string]submission.File)}
			all[path.Dir(book.Path)] = s
		}
		if name := baseName(book.Path); s.called[name].Path == "" {
			s.called[name] = book
		}
		if u, ok := c.Catalogue.Unit(book.Unit); ok {
			s.books, s.units = append(s.books, book), append(s.units, u)
		}
	}
	return all
}

// beside finds the workbook to which a paper belongs. A nil shelf has none.
func (s *shelf) beside(paper submission.File) (submission.File, bool) {
	if s == nil {
		return submission.File{}, false
	}
	if book, ok := s.called[baseName(paper.Path)]; ok {
		return book, true
	}
	if s.names == nil {
		for _, u := range s.units {
			s.names = append(s.names, only(u))
		}
	}
	for i, unit := range s.names {
		if hinted(unit, paper.Path) {
			return s.books[i], true
		}
	}
	return submission.File{}, false
}

// hinted reports whether a path has a folder called like the unit, or a name
// that mentions it.
func hinted(unit naming.Units, file string) bool {
	for folder := range strings.SplitSeq(path.Dir(file), "/") {
		if len(unit.Named(folder)) > 0 {
			return true
		}
	}
	return len(unit.Mentioned(baseName(file))) > 0
}

// paperWords are what a file's name has more than the workbook's: "ba-dinh
// (scan).pdf", "ba-dinh ký 2.pdf".
var paperWords = regexp.MustCompile(`(?: (?:ban|scan|anh|chup|ky|dong|dau|co|chu|da|pdf|word|[0-9]))+$`)

// baseName is a file's name without its extension and those words, folded.
func baseName(file string) string {
	folded := vietnamese.Fold(strings.TrimSuffix(path.Base(file), path.Ext(file)))
	return paperWords.ReplaceAllString(folded, "")
}

// hintIdentity gives a paper the unit and month that its folders and its name
// mention, if they mention just one: the unit is told that only the scan has
// come. No figure follows from it.
func hintIdentity(file submission.File, words *lexicon) submission.File {
	r := reader{lexicon: words, file: file}
	m, ok := r.hintedPeriods().Month()
	if !ok {
		return file
	}
	r.month, r.window = m, words.timetable.Window(m)
	if units := r.hintedUnits(r.in(r.month).units); len(units) == 1 {
		file.Unit, file.Period = units[0].ID, m
	}
	return file
}
