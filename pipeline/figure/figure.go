// Package figure owns what a reported or computed figure is: an exact number
// together with its state. A figure without a number says why it has none, and
// no state is ever read as zero by accident: the zero Figure is blank.
package figure

import "fmt"

// State says what a cell of a report is.
type State uint8

// The states. Only Known and None enter a sum.
const (
	// Blank: nothing was typed. Missing.
	Blank State = iota
	// Known: a number.
	Known
	// None: "không phát sinh"; it occurred zero times. Sums as 0.
	None
	// NotApplicable: "không áp dụng". Not expected, left out.
	NotApplicable
	// NotAvailable: "chưa có số liệu". Missing, with a reason.
	NotAvailable
	// Refused: unreadable, out of range, or breaking an error rule. Missing,
	// with a finding.
	Refused
)

var stateNames = [...]string{"blank", "known", "none", "not_applicable", "not_available", "refused"}

// String returns the name used in the published files.
func (s State) String() string {
	if int(s) < len(stateNames) {
		return stateNames[s]
	}
	return fmt.Sprintf("state(%d)", uint8(s))
}

// ParseState is the inverse of String.
func ParseState(s string) (State, error) {
	for i, name := range stateNames {
		if s == name {
			return State(i), nil
		}
	}
	return Blank, fmt.Errorf("unknown state %q", s)
}

// Counts reports whether a figure in this state enters a sum and is covered.
func (s State) Counts() bool { return s == Known || s == None }

// Expected reports whether a figure in this state is asked for at all.
func (s State) Expected() bool { return s != NotApplicable }

// Figure is a number and its state. The number is meaningful only when Known.
type Figure struct {
	state  State
	number Number
}

// Of returns the known figure n.
func Of(n Number) Figure { return Figure{state: Known, number: n} }

// Without returns a figure that has no number. It panics for Known, which
// needs one.
func Without(s State) Figure {
	if s == Known {
		panic("figure: a known figure needs its number")
	}
	return Figure{state: s}
}

// State returns the figure's state.
func (f Figure) State() State { return f.state }

// Number returns what the figure adds to a sum: its number when known, 0 when
// none; false for every other state.
func (f Figure) Number() (Number, bool) {
	return f.number, f.state.Counts()
}

// Is reports whether the figure is in state s.
func (f Figure) Is(s State) bool { return f.state == s }

// Equal reports whether two figures have the same state and, when known, the
// same number.
func (f Figure) Equal(o Figure) bool {
	return f.state == o.state && (f.state != Known || f.number.Equal(o.number))
}

// String prints the figure for logs and tests: "1234", "none", "blank".
func (f Figure) String() string {
	if f.state == Known {
		return f.number.String()
	}
	return f.state.String()
}

// prevails orders the states by which one a computed figure takes from its
// terms: the first that any term has.
var prevails = [...]State{Refused, Blank, NotAvailable, NotApplicable}

// Missing returns the state that a figure computed from these terms takes when
// it cannot be computed; ok is false when every term counts.
func Missing(terms ...Figure) (s State, ok bool) {
	for _, s := range prevails {
		for _, t := range terms {
			if t.state == s {
				return s, true
			}
		}
	}
	return Known, false
}
