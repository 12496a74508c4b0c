package submission

import (
	"fmt"
	"iter"
	"strings"
	"unique"

	"tonghop/pipeline/figure"
)

// Values are answers in their order. Thousands of reports are held at a time, so they
// are kept small: what is asked, and where it stands, is the same in every report on a
// form and kept once for all of them; what few answers have is kept for those alone.
// Texts lie in one piece of memory of their own.
//
// Values do not change: who wants others makes them of a List. The zero value is none.
type Values struct {
	answers []answer
	more    map[int]more // by place
}

// answer is what nearly every Value has of its own.
type answer struct {
	asked  unique.Handle[asked]
	raw    string
	figure figure.Figure
}

// asked is what reports on the same form have in common of a Value.
type asked struct {
	indicator   string
	sheet, cell string
	row, col    int
	notDue      bool
}

// more is what few values have.
type more struct {
	text, note  string
	decision    string
	unconfirmed bool
	from        *Import
}

// ValuesOf keeps values.
func ValuesOf(all ...Value) Values {
	var kept Values
	if len(all) == 0 {
		return kept
	}
	var texts strings.Builder // grown once: the texts are pieces of what it holds
	size := 0
	for i := range all {
		size += len(all[i].Raw) + len(all[i].Text) + len(all[i].Note)
	}
	texts.Grow(size)
	own := func(text string) string {
		start := texts.Len()
		texts.WriteString(text)
		return texts.String()[start:]
	}
	kept.answers = make([]answer, len(all))
	for i := range all {
		v := &all[i]
		kept.answers[i] = answer{
			asked: unique.Make(asked{v.Indicator, v.Sheet, v.Cell, v.Row, v.Col, v.NotDue}), raw: own(v.Raw), figure: v.Figure,
		}
		m := more{own(v.Text), own(v.Note), v.Decision, v.Unconfirmed, v.Import}
		if m == (more{}) {
			continue
		}
		if kept.more == nil {
			kept.more = map[int]more{}
		}
		kept.more[i] = m
	}
	return kept
}

// Len is how many there are.
func (v Values) Len() int { return len(v.answers) }

// At is the value at a place, from 0.
func (v Values) At(place int) Value {
	a, m := &v.answers[place], v.more[place]
	q := a.asked.Value()
	return Value{
		Indicator: q.indicator, Figure: a.figure, Text: m.text, Sheet: q.sheet, Cell: q.cell, Row: q.row, Col: q.col, Raw: a.raw, Note: m.note,
		NotDue: q.notDue, Decision: m.decision, Unconfirmed: m.unconfirmed, Import: m.from,
	}
}

// Indicator is that of At.
func (v Values) Indicator(place int) string { return v.answers[place].asked.Value().indicator }

// Figure is that of At.
func (v Values) Figure(place int) figure.Figure { return v.answers[place].figure }

// All are the values with their places.
func (v Values) All() iter.Seq2[int, Value] {
	return func(yield func(int, Value) bool) {
		for i := range v.answers {
			if !yield(i, v.At(i)) {
				return
			}
		}
	}
}

// List is a copy of the values, to be worked on.
func (v Values) List() []Value {
	all := make([]Value, len(v.answers))
	for i := range all {
		all[i] = v.At(i)
	}
	return all
}

// String prints the values for logs and tests.
func (v Values) String() string { return fmt.Sprintf("%+v", v.List()) }

// With are these values and more behind them.
func (v Values) With(more ...Value) Values { return ValuesOf(append(v.List(), more...)...) }

// Changed are these values with the one at a place changed.
func (v Values) Changed(place int, change func(*Value)) Values {
	all := v.List()
	change(&all[place])
	return ValuesOf(all...)
}

// Any reports whether any of the values is such.
func (v Values) Any(such func(Value) bool) bool {
	for i := range v.answers {
		if such(v.At(i)) {
			return true
		}
	}
	return false
}
