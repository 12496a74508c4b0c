package write

import (
	"strings"

	"github.com/xuri/excelize/v2"
)

// Validation tells what a cell accepts and what its reader is told. Exactly one
// of List and Formula is set.
type Validation struct {
	// List holds the choices; together they may have 255 characters, and none
	// may hold a comma.
	List []string
	// Formula is true for what is accepted, without its "=".
	Formula string
	// Refuse stops other input; else the reader is warned and may go on.
	Refuse bool
	// Title and Message are shown when other input is typed, Prompt when the
	// cell is entered; empty ones are not. The format holds 32 characters of a
	// title and 255 of a message.
	Title, Message, Prompt string
}

// Validate attaches a validation to a cell. It replaces none: call it once for
// a cell.
func (s *Sheet) Validate(at Ref, v Validation) {
	rule := excelize.NewDataValidation(true)
	rule.SetSqref(at.String())
	if v.Formula != "" {
		s.book.keep(rule.SetRange(escapeFormula(v.Formula), "", excelize.DataValidationTypeCustom, 0))
		rule.Operator = ""
	} else {
		s.book.keep(rule.SetDropList(v.List))
	}
	const maxTitle, maxMessage = 32, 255
	title := cut(clean(v.Title), maxTitle)
	style := excelize.DataValidationErrorStyleWarning
	if v.Refuse {
		style = excelize.DataValidationErrorStyleStop
	}
	if v.Message != "" {
		rule.SetError(style, title, cut(clean(v.Message), maxMessage))
	}
	if v.Prompt != "" {
		rule.SetInput(title, cut(clean(v.Prompt), maxMessage))
	}
	s.book.keep(s.book.file.AddDataValidation(s.name, rule))
}

// escapeFormula writes a formula as XML text: excelize stores it verbatim.
func escapeFormula(formula string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(formula)
}
