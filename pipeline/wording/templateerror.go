package wording

import (
	"fmt"
	"regexp"
	"strings"
)

// TemplateFault is a way in which a template of paragraphs is wrong; its sentence
// is the phrase of this name after "paragraphs.".
type TemplateFault string

// The faults of templates.
const (
	TemplateMissing      TemplateFault = "missing"
	TemplateUnreadable   TemplateFault = "unreadable"
	TemplateUnknownField TemplateFault = "unknown_field"
	TemplateFails        TemplateFault = "fails" // on figures that there can be
	TemplateTooLong      TemplateFault = "too_long"
)

// TemplateError says what is wrong with a template of paragraphs.
type TemplateError struct {
	Fault TemplateFault
	Place string // "folder/paragraphs.vi.tmpl:3:12", the file alone where it is no line
	Facts []any  // of its sentence
	Err   error  // the template library's; nil where it found nothing
}

func (e *TemplateError) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("%s: %s: %v", e.Place, e.Fault, e.Err)
	}
	return fmt.Sprintf("%s: %s %v", e.Place, e.Fault, e.Facts)
}

func (e *TemplateError) Unwrap() error { return e.Err }

// Tell says it in words, after its place.
func (e *TemplateError) Tell(p Phrases) string {
	return e.Place + ": " + p.Say("paragraphs."+string(e.Fault), e.Facts...)
}

var linesOfPlace = regexp.MustCompile(`^(:\d+)+`)

// libraryError is what the template library says of a template. It gives the place
// only as the beginning of its text: "template: name:3:12: executing …".
func libraryError(fault TemplateFault, name string, err error) *TemplateError {
	detail := strings.TrimPrefix(strings.TrimPrefix(err.Error(), "template: "), name)
	lines := linesOfPlace.FindString(detail)
	detail = strings.TrimLeft(strings.TrimPrefix(detail, lines), ": ")
	return &TemplateError{fault, name + lines, []any{"detail", detail, "n", longestParagraph}, err}
}

// TemplateErrors are all that is wrong with the templates of an office.
type TemplateErrors []*TemplateError

func (all TemplateErrors) Error() string {
	lines := make([]string, len(all))
	for i, e := range all {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}
