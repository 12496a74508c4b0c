package wording

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"text/template"

	"tonghop/pipeline/finding"
	"tonghop/pipeline/vietnamese"
)

// The tables, below the root of the templates.
const (
	findingsTable = "wording/findings.csv"
	phrasesTable  = "wording/phrases.csv"
)

// roomForPhrases is somewhat more than there are, for maps that need not grow at each
// start of the program.
const roomForPhrases = 1500

// Book holds every sentence in every language.
type Book struct {
	phrases  map[Language]map[string]sentence
	findings map[Language]map[finding.Code]findingText
	// paragraphs write what a report says of a programme.
	paragraphs map[Language]*template.Template
	// own is the sha256 of the office's own templates; empty where none are used.
	own string
}

// findingText is one row of findings.csv in one language.
type findingText struct{ title, message, remedy, explain sentence }

// Load reads both tables and the templates of paragraphs from the root of the
// templates and checks them whole.
// Its error lists everything that is wrong, each with table, line and column:
// a template that does not parse, a field that does not exist, a sentence that
// is missing in one language, a code without its row.
func Load(fsys fs.FS) (*Book, error) {
	b := &Book{phrases: map[Language]map[string]sentence{}, findings: map[Language]map[finding.Code]findingText{}, paragraphs: map[Language]*template.Template{}}
	for _, l := range Languages {
		b.phrases[l] = make(map[string]sentence, roomForPhrases)
		b.findings[l] = map[finding.Code]findingText{}
	}
	if err := errors.Join(b.loadPhrases(fsys), b.loadFindings(fsys), b.loadParagraphs(fsys)); err != nil {
		return nil, fmt.Errorf("load wording: %w", err)
	}
	return b, nil
}

// In gives the sentences of one language; an unknown one is Vietnamese.
func (b *Book) In(l Language) Phrases {
	if !slices.Contains(Languages, l) {
		l = Vietnamese
	}
	return Phrases{book: b, language: l}
}

// Phrases says sentences in one language.
type Phrases struct {
	book     *Book
	language Language
}

// Language returns the language they are in.
func (p Phrases) Language() Language { return p.language }

// Own tells the office's own templates from others, by what they say; empty where none
// are used.
func (p Phrases) Own() string { return p.book.own }

// Say gives the phrase of a key with its facts, passed as name, value, name,
// value. An int is a count and is grouped; numbers, months, dates, windows and
// spans are printed as the language does. A key or a fact that is missing shows
// as ⟦key⟧.
func (p Phrases) Say(key string, facts ...any) string {
	s, ok := p.book.phrases[p.language][key]
	if !ok {
		return unknown(key)
	}
	return s.render(func(field string) (string, bool) {
		for i := 0; i+1 < len(facts); i += 2 {
			if facts[i] == field {
				return p.print(facts[i+1]), true
			}
		}
		return "", false
	})
}

// Has reports whether there is a phrase of this key.
func (p Phrases) Has(key string) bool { _, ok := p.book.phrases[p.language][key]; return ok }

// Keys lists the keys of the phrases that begin with prefix, sorted.
func (b *Book) Keys(prefix string) []string {
	return slices.Sorted(func(yield func(string) bool) {
		for key := range maps.Keys(b.phrases[Vietnamese]) {
			if strings.HasPrefix(key, prefix) && !yield(key) {
				return
			}
		}
	})
}

func (b *Book) loadPhrases(fsys fs.FS) error {
	return eachRow(fsys, phrasesTable, []string{"key", "vi", "en"}, func(r row) error {
		key := r.text("key")
		if _, ok := b.phrases[Vietnamese][key]; ok {
			return r.errorf("key", "%q is there twice", key)
		}
		for _, l := range Languages {
			b.phrases[l][key] = r.sentence(string(l))
		}
		if vi, en := b.phrases[Vietnamese][key].fields(), b.phrases[English][key].fields(); !slices.Equal(vi, en) {
			r.note("en", "names the fields %v where the Vietnamese names %v", en, vi)
		}
		return r.err()
	})
}

func (b *Book) loadFindings(fsys fs.FS) error {
	header := []string{"code"}
	for _, column := range []string{"title", "message", "remedy", "explain"} {
		header = append(header, column+"_vi", column+"_en")
	}
	err := eachRow(fsys, findingsTable, header, func(r row) error {
		code := finding.Code(r.text("code"))
		if !code.Known() {
			return r.errorf("code", "there is no finding %q", code)
		}
		if _, ok := b.findings[Vietnamese][code]; ok {
			return r.errorf("code", "%q is there twice", code)
		}
		for _, l := range Languages {
			suffix := "_" + string(l)
			t := findingText{
				title: r.sentence("title" + suffix), message: r.sentence("message" + suffix),
				remedy: r.sentence("remedy" + suffix), explain: r.sentence("explain" + suffix),
			}
			for _, s := range []sentence{t.title, t.explain} {
				if len(s.fields()) > 0 {
					r.note("title"+suffix+", explain"+suffix, "%q names a field, but is read without a finding at hand", s.source)
				}
			}
			for _, s := range []sentence{t.message, t.remedy} {
				for _, field := range s.fields() {
					if !knownField(code, field) {
						r.note("message"+suffix+", remedy"+suffix, "there is no {%s} for %s", field, code)
					}
				}
			}
			b.findings[l][code] = t
		}
		return r.err()
	})
	if err != nil {
		return err
	}
	var missing []error
	for _, d := range finding.Definitions {
		if _, ok := b.findings[Vietnamese][d.Code]; !ok {
			missing = append(missing, fmt.Errorf("%s: no row for %s", findingsTable, d.Code))
		}
	}
	return errors.Join(missing...)
}

// row is one line of a table, collecting what is wrong with it.
type row struct {
	table  string
	line   int
	header []string
	cells  []string
	faults *[]error
}

// text is the cell of a column, which the header names.
func (r row) text(column string) string { return r.cells[slices.Index(r.header, column)] }

func (r row) note(column, format string, args ...any) {
	*r.faults = append(*r.faults, r.errorf(column, format, args...))
}

func (r row) errorf(column, format string, args ...any) error {
	return fmt.Errorf("%s:%d: %s: %s", r.table, r.line, column, fmt.Sprintf(format, args...))
}

func (r row) err() error { return errors.Join(*r.faults...) }

// sentence reads a column that must hold a template.
func (r row) sentence(column string) sentence {
	source := vietnamese.Normalize(r.text(column))
	if strings.TrimSpace(source) == "" {
		r.note(column, "is empty")
	}
	s, err := parse(source)
	if err != nil {
		r.note(column, "%v", err)
	}
	return s
}

// eachRow calls do for every row of a table and joins the errors.
func eachRow(fsys fs.FS, table string, header []string, do func(row) error) error {
	data, err := fs.ReadFile(fsys, table)
	if err != nil {
		return fmt.Errorf("read table: %w", err)
	}
	reader := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	reader.FieldsPerRecord = len(header)
	got, err := reader.Read()
	if err != nil || !slices.Equal(got, header) {
		return fmt.Errorf("%s:1: want the columns %s", table, strings.Join(header, ","))
	}
	var faults []error
	for {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return errors.Join(faults...)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", table, err)
		}
		line, _ := reader.FieldPos(0)
		if err := do(row{table: table, line: line, header: header, cells: record, faults: new([]error)}); err != nil {
			faults = append(faults, err)
		}
	}
}
