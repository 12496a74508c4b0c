package wording

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"reflect"
	"strings"
	"text/template"
	"unicode"
	"unicode/utf8"

	"tonghop/pipeline/figure"
	"tonghop/pipeline/vietnamese"
)

// paragraphsTable is the template of paragraphs of one language, below the root
// of the templates; an office's own lies in a folder of its own by its base name.
const paragraphsTable = "wording/paragraphs.%s.tmpl"

// longestParagraph is the most letters a template may write for a programme; one
// that writes more runs in a circle.
const longestParagraph = 20_000

// Paragraph writes the paragraph of a programme, or several, parted by line
// breaks; "" where the template has nothing to say of it. An error names the line
// of the template, in a TemplateError: it is one of the office's that fails on these
// figures alone.
func (p Phrases) Paragraph(facts ProgrammeFacts) (string, error) {
	return write(p.book.paragraphs[p.language], facts)
}

// WithParagraphs is the book with the office's own templates of paragraphs, which
// lie in a folder as paragraphs.vi.tmpl and paragraphs.en.tmpl; a language without
// one keeps the shipped one. folder names it in errors. They are checked as those
// that ship are: what is wrong is a TemplateErrors.
func (b *Book) WithParagraphs(fsys fs.FS, folder string) (*Book, error) {
	own := &Book{phrases: b.phrases, findings: b.findings, paragraphs: map[Language]*template.Template{}}
	hash := sha256.New()
	found := false
	var faults TemplateErrors
	for _, l := range Languages {
		own.paragraphs[l] = b.paragraphs[l]
		name := officeParagraphs(l)
		data, err := fs.ReadFile(fsys, name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("read templates: %w", err)
		}
		found = true
		_, _ = fmt.Fprintf(hash, "%s %q\n", name, data) // a hash takes all
		own.paragraphs[l], err = b.In(l).parseParagraphs(folder+"/"+name, string(data))
		var fault *TemplateError
		if errors.As(err, &fault) {
			faults = append(faults, fault)
		}
	}
	if !found {
		faults = append(faults, &TemplateError{TemplateMissing, folder + "/" + officeParagraphs(Vietnamese), nil, fs.ErrNotExist})
	}
	if len(faults) > 0 {
		return nil, faults
	}
	own.own = hex.EncodeToString(hash.Sum(nil))
	return own, nil
}

// officeParagraphs is the name of a template in the office's folder.
func officeParagraphs(l Language) string { return path.Base(fmt.Sprintf(paragraphsTable, l)) }

func (b *Book) loadParagraphs(fsys fs.FS) error {
	var faults []error
	for _, l := range Languages {
		name := fmt.Sprintf(paragraphsTable, l)
		data, err := fs.ReadFile(fsys, name)
		if err == nil {
			b.paragraphs[l], err = b.In(l).parseParagraphs(name, string(data))
		}
		faults = append(faults, err)
	}
	return errors.Join(faults...)
}

// parseParagraphs reads a template and checks it: its fields exist, also where no
// trial comes by, and it works on programmes of every kind.
func (p Phrases) parseParagraphs(name, text string) (*template.Template, error) {
	t, err := template.New(name).Funcs(p.paragraphFuncs()).Parse(strings.TrimPrefix(text, "\ufeff"))
	if err != nil {
		return nil, libraryError(TemplateUnreadable, name, err)
	}
	known := fieldsOf(reflect.TypeFor[ProgrammeFacts](), map[string]bool{})
	for _, part := range t.Templates() {
		if part.Tree == nil {
			continue
		}
		if err := unknownField(part.Tree, part.Root, known); err != nil {
			return nil, err
		}
	}
	for _, trial := range trials() {
		if _, err := write(t, trial); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// paragraphFuncs are what templates may call beside text/template's own.
func (p Phrases) paragraphFuncs() template.FuncMap {
	return template.FuncMap{
		"count": func(n int) string { return p.Exact(figure.Int(int64(n))) }, // "1.234"
		"lower": func(text string) string { return first(text, unicode.ToLower) },
		"upper": func(text string) string { return first(text, unicode.ToUpper) },
		// without takes a beginning away, and the stop after it.
		"without": func(prefix, text string) string {
			return strings.TrimLeft(strings.TrimPrefix(text, prefix), ",: ")
		},
		"upto": func(n int, all Indicators) Indicators { return all[:min(n, len(all))] },
	}
}

// first changes the first letter, but of a word in capitals such as CNTT.
func first(text string, change func(rune) rune) string {
	r, size := utf8.DecodeRuneInString(text)
	if next, _ := utf8.DecodeRuneInString(text[size:]); size == 0 || unicode.IsUpper(r) && unicode.IsUpper(next) {
		return text
	}
	return string(change(r)) + text[size:]
}

// write carries a template out and sets its text: white space is one space, an
// empty line parts paragraphs.
func write(t *template.Template, facts ProgrammeFacts) (string, error) {
	out := &limited{}
	err := t.Execute(out, facts)
	switch {
	case errors.Is(err, errTooLong):
		return "", libraryError(TemplateTooLong, t.Name(), err)
	case err != nil:
		return "", libraryError(TemplateFails, t.Name(), err)
	}
	var paragraphs []string
	var lines []string
	for _, line := range append(strings.Split(out.String(), "\n"), "") {
		if strings.TrimSpace(line) != "" {
			lines = append(lines, line)
			continue
		}
		if text := strings.Join(strings.Fields(vietnamese.CleanForPrint(strings.Join(lines, " "))), " "); text != "" {
			paragraphs = append(paragraphs, text)
		}
		lines = nil
	}
	return strings.Join(paragraphs, "\n"), nil
}

var errTooLong = fmt.Errorf("writes more than %d bytes for one programme", longestParagraph)

type limited struct{ strings.Builder }

func (l *limited) Write(p []byte) (int, error) {
	if l.Len()+len(p) > longestParagraph {
		return 0, errTooLong
	}
	return l.Builder.Write(p)
}
