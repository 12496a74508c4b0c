package form

import (
	"fmt"
	"slices"
	"strings"

	"tonghop/pipeline/figure"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/workbook/write"
)

// Filled is what a unit would have typed into the form: for samples, tests and
// reports that reach the office on paper.
type Filled struct {
	// Answers are by indicator code; a code without one is left blank.
	Answers    map[string]Answer
	PreparedBy string
	ApprovedBy string
	Phone      string
	Version    int // "Lần nộp"; 0 is 1
	Reason     string
	Nil        bool // the box "Kỳ này đơn vị không phát sinh số liệu"
	// Remarks are free texts; their Sheet and Cell are not looked at.
	Remarks []submission.Remark
}

// Answer is what stands in an indicator's cell, and its note.
type Answer struct {
	Content Content
	Note    string
}

// Content is what a cell holds, exactly as a person may leave it there: not
// only what is right. The zero Content is an empty cell.
type Content struct {
	kind   contentKind
	number figure.Number
	text   string
	format string
}

type contentKind uint8

const (
	empty contentKind = iota
	number
	text
)

// Number is a cell that holds a number.
func Number(n figure.Number) Content { return Content{kind: number, number: n} }

// NumberShown is a cell that holds a number under a number format other than
// the form's.
func NumberShown(n figure.Number, format string) Content {
	return Content{kind: number, number: n, format: format}
}

// Text is a cell that holds text, even where it looks like a number. Empty text
// is an empty cell.
func Text(s string) Content {
	if s == "" {
		return Content{}
	}
	return Content{kind: text, text: s}
}

// Of is what a careful clerk types for a figure in a state: the number, or the
// first word of the guide for it. A refused figure has no word and is left
// blank.
func Of(f figure.Figure) Content {
	switch f.State() {
	case figure.Known:
		n, _ := f.Number()
		return Number(n)
	case figure.None:
		return Number(figure.Int(0))
	case figure.NotAvailable:
		return Text(unavailableWords[0])
	case figure.NotApplicable:
		return Text(notApplicableWords[0])
	}
	return Content{}
}

// put writes the content into a cell that looks like st.
func (c Content) put(s *write.Sheet, at write.Ref, st write.Style) {
	if c.format != "" {
		st.Format = c.format
	}
	switch c.kind {
	case number:
		s.Number(at, c.number, st)
	case text:
		s.Text(at, c.text, st)
	default:
		s.Style(at, st)
	}
}

// blank reports what TRIM(cell)="" would.
func (c Content) blank() bool {
	return c.kind == empty || c.kind == text && strings.Trim(c.text, " ") == ""
}

// amongst reports what the guide's list of words would, ignoring case and the
// blanks around and within.
func (c Content) amongst(words []string) bool {
	if c.kind != text {
		return false
	}
	typed := strings.Join(strings.FieldsFunc(c.text, func(r rune) bool { return r == ' ' }), " ")
	return slices.ContainsFunc(words, func(w string) bool { return strings.EqualFold(w, typed) })
}

// figure is the content as a term of a rule: its number, none, or not known.
func (c Content) figure() figure.Figure {
	switch {
	case c.kind == number:
		return figure.Of(c.number)
	case c.amongst(noneWords):
		return figure.Without(figure.None)
	}
	return figure.Without(figure.Blank)
}

// check refuses answers that the form has no cell for: a mistyped code would
// otherwise be a figure lost in silence.
func (f *Filled) check(rows []*row) error {
	var lost []string
	for code := range f.Answers {
		if !slices.ContainsFunc(rows, func(r *row) bool { return r.Code == code }) {
			lost = append(lost, code)
		}
	}
	for _, remark := range f.Remarks {
		if !slices.ContainsFunc(rows, func(r *row) bool { return r.Programme == remark.Programme }) {
			lost = append(lost, remark.Programme)
		}
	}
	if len(lost) > 0 {
		slices.Sort(lost)
		return fmt.Errorf("no such row: %s", strings.Join(slices.Compact(lost), ", "))
	}
	return nil
}
