// Package reading owns the number grammar: what one cell means for one
// indicator. It guesses nothing: any text gives a figure in a state, or a
// refused figure with a finding that says what was there and what would be
// right. It is pure.
//
// What a reader can rely on: a figure that was typed as text never comes in
// silence, a finding states how it was read; where a second reading was
// possible the finding is a warning that names it, or, where the indicator's
// type does not decide, an error and no figure; what is read for a count is
// whole. Stored numbers are doubted where their shape says so: 1.234 in a
// count, 0.9 among percents.
//
// A cell passes, in this order: words and marks for a state (states.go), names
// of formula errors, dates and fractions (dates.go), then the number and what
// stands around it (phrase.go, measures.go), whose digits and separators are
// read by the conventions of conventions.go.
package reading

import (
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
)

// Kind is how a cell is stored.
type Kind uint8

// The kinds. Number and Text differ in the workbook even where they look
// alike: the number 1.234 is one and a bit, the text "1.234" is one thousand
// two hundred and thirty-four.
const (
	Empty Kind = iota
	Number
	Text
	Boolean
	Fault // #REF!, #DIV/0! …
	Date  // a number shown as a date, or an ISO date
)

// Cell is a stored cell, by value and never by what the screen shows.
type Cell struct {
	Kind    Kind
	Raw     string // as stored
	Percent bool   // the number format shows percent
	// Shown is what the number format shows in place of the number, percent apart;
	// empty where it shows the number, or nothing.
	Shown string
	// Struck is set where some of the text is struck through, raised or lowered.
	Struck bool
	// Formula is set where the value is a formula's stored result; with Empty,
	// the formula has none.
	Formula bool
	// Date1904 is set where the workbook counts its dates from 1904-01-01. It
	// may be left out: it only tells what a Date may have been.
	Date1904 bool
}

// Answer is what a cell means.
type Answer struct {
	Figure figure.Figure
	// Text is the answer of a text, choice or yesno indicator.
	Text string
	// Remark is what stood in brackets behind a number or a state, "có 3 nữ" of
	// "12 (có 3 nữ)"; empty where nothing did.
	Remark string
	// Findings lack unit, period and place: the caller knows them.
	Findings []finding.Finding
}

// Read tells what a cell means for an indicator in month m, by whose bounds it is
// held. A blank cell is blank and no
// finding: whether it may be blank is package validate's.
func Read(cell Cell, ind *catalogue.Indicator, m period.Month) Answer {
	switch {
	case cell.Kind == Fault:
		return refuse(cell, finding.New(finding.FormulaError).With("error", cell.Raw))
	case cell.Kind == Empty && cell.Formula:
		return refuse(cell, finding.New(finding.FormulaWithoutValue))
	case cell.Kind == Empty:
		return Answer{}
	case cell.Struck && ind.Type != catalogue.Prose:
		return refuse(cell, finding.New(finding.DigitsStruck))
	}
	switch ind.Type {
	case catalogue.Prose:
		return prose(cell)
	case catalogue.Choice:
		return choice(cell, ind)
	case catalogue.YesNo:
		return yesNo(cell, ind)
	}
	switch cell.Kind {
	case Date:
		return date(cell)
	case Boolean:
		return boolean(cell)
	case Number:
		return storedNumber(cell, ind, m)
	}
	return typedText(cell, ind, m)
}

// refuse is the answer of a cell that gives no figure, and why.
func refuse(cell Cell, why finding.Finding) Answer {
	if why.Raw == "" {
		why.Raw = cell.Raw
	}
	return Answer{Figure: figure.Without(figure.Refused), Findings: []finding.Finding{why}}
}

// boolean refuses TRUE and FALSE, by the names that the screen shows: they are
// stored as 1 and 0.
func boolean(cell Cell) Answer {
	why := finding.New(finding.NumberUnreadable)
	switch cell.Raw {
	case "1":
		why.Raw = "TRUE"
	case "0":
		why.Raw = "FALSE"
	}
	return refuse(cell, why)
}

// unreadable is the finding of a text that is no number; want is the number
// probably meant, or empty.
func unreadable(want string) finding.Finding {
	f := finding.New(finding.NumberUnreadable)
	f.Want = want
	return f
}

// ambiguous is the finding of a text with two readings between which only its
// author can choose.
func ambiguous(one, other figure.Number) finding.Finding {
	return finding.New(finding.NumberAmbiguous).With("one", one.String()).With("other", other.String())
}
