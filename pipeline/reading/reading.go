// Package reading owns the number grammar: what one cell means for one
// indicator. It guesses nothing: any text gives a figure in a state, or a
// refused figure with a finding that says what was there and what would be
// right. It is pure.
package reading

import (
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/vietnamese"
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
	// Formula is set where the value is a formula's stored result; with Empty,
	// the formula has none.
	Formula bool
}

// Answer is what a cell means.
type Answer struct {
	Figure figure.Figure
	// Text is the answer of a text, choice or yesno indicator.
	Text string
	// Findings lack unit, period and place: the caller knows them.
	Findings []finding.Finding
}

// Read tells what a cell means for an indicator. A blank cell is blank and no
// finding: whether it may be blank is package validate's.
func Read(cell Cell, ind *catalogue.Indicator) Answer {
	switch cell.Kind {
	case Fault:
		return refuse(finding.New(finding.FormulaError).With("error", cell.Raw), cell)
	case Empty:
		if cell.Formula {
			return refuse(finding.New(finding.FormulaWithoutValue), cell)
		}
		return Answer{}
	}
	text := tidy(cell.Raw)
	if text == "" && cell.Kind == Text {
		return Answer{}
	}
	switch ind.Type {
	case catalogue.Prose:
		return Answer{Text: strings.TrimSpace(vietnamese.NFC(cell.Raw))}
	case catalogue.Choice:
		return choose(text, ind.Choices, cell)
	case catalogue.YesNo:
		return yesNo(text, cell)
	}
	return number(cell, text, ind)
}

func number(cell Cell, text string, ind *catalogue.Indicator) Answer {
	switch cell.Kind {
	case Date:
		return refuse(finding.New(finding.DateInsteadOfNumber), cell)
	case Boolean:
		return refuse(finding.New(finding.NumberUnreadable), cell)
	case Number:
		n, ok := stored(cell.Raw)
		if !ok {
			return refuse(finding.New(finding.NumberUnreadable), cell)
		}
		return typed(cell, n, ind, nil)
	}
	if s, ok := state(text); ok {
		return inState(cell, s, ind)
	}
	n, problem := parse(text, ind)
	if problem != nil {
		return refuse(*problem, cell)
	}
	note := finding.New(finding.TextNumber)
	note.Raw, note.Read = cell.Raw, n.String()
	return typed(cell, n, ind, []finding.Finding{note})
}

// typed checks a number against the indicator's type and bounds.
func typed(cell Cell, n figure.Number, ind *catalogue.Indicator, notes []finding.Finding) Answer {
	if ind.Type == catalogue.Percent && cell.Percent {
		n = n.Mul(figure.Int(100))
	}
	if ind.Type == catalogue.Whole && !n.IsWhole() {
		f := finding.New(finding.NumberNotWhole)
		f.Read, f.Want = n.String(), thousandsMeant(cell, n)
		return refuse(f, cell)
	}
	if (ind.Min != nil && n.Cmp(*ind.Min) < 0) || (ind.Max != nil && n.Cmp(*ind.Max) > 0) {
		f := finding.New(finding.ValueOutOfRange).With("min", bound(ind.Min)).With("max", bound(ind.Max))
		f.Read = n.String()
		return refuse(f, cell)
	}
	if ind.Type == catalogue.Percent && cell.Kind == Number && !cell.Percent && n.Sign() > 0 && n.Cmp(figure.Int(1)) <= 0 {
		f := finding.New(finding.PercentScale)
		f.Raw, f.Read, f.Want = cell.Raw, n.String(), n.Mul(figure.Int(100)).String()
		notes = append(notes, f)
	}
	// Zero of something that happens is "none"; zero of something that stands,
	// such as the number of branches graded poor, is a number like any other.
	if n.IsZero() && ind.Nature != catalogue.Stock && ind.Type != catalogue.Percent {
		return Answer{Figure: figure.Without(figure.None), Findings: notes}
	}
	return Answer{Figure: figure.Of(n), Findings: notes}
}

// thousandsMeant names the number probably meant by a stored 1.234 in a count:
// a thousands point that the spreadsheet took for a decimal one. It is asked,
// never read.
func thousandsMeant(cell Cell, n figure.Number) string {
	if cell.Kind != Number {
		return ""
	}
	thousand := figure.Int(1000)
	whole, threeDecimals := n.Mul(thousand), !n.Mul(figure.Int(100)).IsWhole()
	if threeDecimals && whole.IsWhole() && n.Sign() > 0 && n.Cmp(thousand) < 0 {
		return whole.String()
	}
	return ""
}

func bound(n *figure.Number) string {
	if n == nil {
		return ""
	}
	return n.String()
}

func inState(cell Cell, s figure.State, ind *catalogue.Indicator) Answer {
	switch {
	case s == figure.NotApplicable && !ind.AllowNA:
		f := finding.New(finding.NotApplicableRefused)
		f.Raw = cell.Raw
		// Missing until the office accepts it, but not unreadable.
		return Answer{Figure: figure.Without(figure.NotAvailable), Findings: []finding.Finding{f}}
	case s == figure.None && ind.Nature == catalogue.Stock:
		return refuse(finding.New(finding.NoneInStock), cell)
	}
	return Answer{Figure: figure.Without(s)}
}

func choose(text string, choices []string, cell Cell) Answer {
	for _, c := range choices {
		if vietnamese.Fold(c) == vietnamese.Fold(text) {
			return Answer{Text: c}
		}
	}
	if s, ok := state(text); ok && s != figure.None {
		return Answer{Figure: figure.Without(s)}
	}
	return refuse(finding.New(finding.ChoiceUnknown).With("choices", strings.Join(choices, "|")), cell)
}

func yesNo(text string, cell Cell) Answer {
	switch vietnamese.Fold(text) {
	case "co", "x", "1", "true", "yes":
		return Answer{Figure: figure.Of(figure.Int(1)), Text: "có"}
	case "khong", "0", "false", "no":
		return Answer{Figure: figure.Of(figure.Int(0)), Text: "không"}
	}
	return refuse(finding.New(finding.ChoiceUnknown).With("choices", "có|không"), cell)
}

func refuse(f finding.Finding, cell Cell) Answer {
	f.Raw = cell.Raw
	return Answer{Figure: figure.Without(figure.Refused), Findings: []finding.Finding{f}}
}
