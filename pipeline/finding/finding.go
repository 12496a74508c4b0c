// Package finding owns what is wrong, doubtful or worth saying about a
// submission: a code from one table, a severity, a place a clerk can open, what
// was there and what was read. Findings are data; package wording turns them
// into sentences.
package finding

import (
	"cmp"
	"slices"

	"tonghop/pipeline/period"
)

// Severity orders findings by consequence.
type Severity uint8

// The severities.
const (
	Note    Severity = iota + 1 // good to know
	Warning                     // used, look
	Error                       // refused
)

// String returns error, warning or note.
func (s Severity) String() string {
	switch s {
	case Note:
		return "note"
	case Warning:
		return "warning"
	case Error:
		return "error"
	}
	return "?"
}

// Finding is one problem at one place.
type Finding struct {
	Code     Code
	Severity Severity

	Unit      string       // unit id, empty where unknown
	Indicator string       // code, empty where it is not about one
	Period    period.Month // zero where unknown

	File string // relative to inputs, slash-separated, NFC
	// SHA256 is that of the file, hex, where only one of several that lay under the
	// same path is meant; empty where it is not known.
	SHA256 string
	Sheet  string
	Cell   string // "E14"
	Row    int    // of Cell, for ordering; 0 where there is no cell
	Col    int

	Raw  string // what the cell holds, as stored
	Read string // how it was read, empty where it was not
	Want string // what would be right, where a value can be named

	// Args are further facts that the sentence of this code names: a rule's id,
	// the other cell, the budget exceeded.
	Args map[string]string
}

// Explained names the argument, of a finding of any code, that says why it needs
// no more attention: what the unit or the office has explained. Such a finding
// is a note.
const Explained = "explained"

// New returns a finding with the default severity of its code.
func New(code Code) Finding {
	return Finding{Code: code, Severity: code.Definition().Severity}
}

// With returns f with one argument more.
func (f Finding) With(key, value string) Finding {
	args := make(map[string]string, len(f.Args)+1)
	for k, v := range f.Args {
		args[k] = v
	}
	args[key] = value
	f.Args = args
	return f
}

// Sort orders findings totally: file, sheet, row, column, code, then the rest.
func Sort(all []Finding) { slices.SortStableFunc(all, Compare) }

// Compare is the order of Sort. It is total but for equal findings.
func Compare(a, b Finding) int {
	return cmp.Or(
		cmp.Compare(a.File, b.File), cmp.Compare(a.Sheet, b.Sheet),
		cmp.Compare(a.Row, b.Row), cmp.Compare(a.Col, b.Col),
		cmp.Compare(a.Code, b.Code), cmp.Compare(a.Unit, b.Unit),
		a.Period.Compare(b.Period), cmp.Compare(a.Indicator, b.Indicator),
		cmp.Compare(b.Severity, a.Severity), cmp.Compare(a.Raw, b.Raw),
		cmp.Compare(a.Read, b.Read), cmp.Compare(a.Want, b.Want), compareArgs(a.Args, b.Args),
	)
}

func compareArgs(a, b map[string]string) int {
	return slices.Compare(flat(a), flat(b))
}

func flat(m map[string]string) []string {
	out := make([]string, 0, len(m))
	for k, v := range m {
		out = append(out, k+"\x00"+v)
	}
	slices.Sort(out)
	return out
}

// Count returns how many findings have severity s.
func Count(all []Finding, s Severity) int {
	n := 0
	for _, f := range all {
		if f.Severity == s {
			n++
		}
	}
	return n
}
