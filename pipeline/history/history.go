// Package history owns past figures as a value: the accepted submission of
// each unit for each month. It is filled month by month and asked by the rules
// that look back and by the consolidation; it knows no file and no database.
package history

import (
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
)

// History holds at most one accepted submission for a unit and month.
type History struct {
	accepted map[key]accepted
	last     *submission.Index // made last
	first    period.Month
	since    map[string]period.Month // by unit
	imported map[given]bool
	brought  map[period.Month]bool // months of which anything was imported
	// firstImported is the first month of an import.
	firstImported period.Month
}

// given is an indicator and a month for which an import gave a figure.
type given struct {
	indicator string
	month     period.Month
}

type accepted struct {
	*submission.Submission
	index *submission.Index
}

type key struct {
	unit  string
	month period.Month
}

// New returns an empty history.
func New() *History {
	return &History{
		accepted: map[key]accepted{}, since: map[string]period.Month{},
		imported: map[given]bool{}, brought: map[period.Month]bool{},
	}
}

// Accept records s as what its unit said for its month, in place of any other.
func (h *History) Accept(s *submission.Submission) {
	h.last = h.last.For(s.Values)
	h.accepted[key{s.Unit, s.Period}] = accepted{s, h.last}
	switch {
	case s.Imported():
		if h.firstImported.IsZero() || s.Period.Before(h.firstImported) {
			h.firstImported = s.Period
		}
		h.brought[s.Period] = true
		for _, v := range s.Values.All() {
			h.imported[given{v.Indicator, s.Period}] = true
		}
	case h.first.IsZero() || s.Period.Before(h.first):
		h.first = s.Period
	}
	if since, ok := h.since[s.Unit]; !ok || s.Period.Before(since) {
		h.since[s.Unit] = s.Period
	}
}

// Submission returns the accepted submission of a unit for a month, or nil.
func (h *History) Submission(unit string, m period.Month) *submission.Submission {
	return h.accepted[key{unit, m}].Submission
}

// Value returns what a unit said for an indicator in a month; false where it
// has no accepted submission or the submission has no such row.
func (h *History) Value(unit, indicator string, m period.Month) (submission.Value, bool) {
	if s, place, ok := h.Answer(unit, indicator, m); ok {
		return s.Values.At(place), true
	}
	return submission.Value{}, false
}

// Answer returns Submission, and where among its values that of an indicator stands:
// false where it has no such row.
func (h *History) Answer(unit, indicator string, m period.Month) (s *submission.Submission, place int, ok bool) {
	a, ok := h.accepted[key{unit, m}]
	if !ok {
		return nil, 0, false
	}
	place, ok = a.index.Of(indicator)
	return a.Submission, place, ok
}

// Figure returns the figure of Value, blank where there is none.
func (h *History) Figure(unit, indicator string, m period.Month) figure.Figure {
	if s, place, ok := h.Answer(unit, indicator, m); ok {
		return s.Values.Figure(place)
	}
	return figure.Figure{}
}

// First returns the first month that any unit's submission covers: the month of
// adoption, which an import does not move. It is zero where no unit sent any.
func (h *History) First() period.Month { return h.first }

// FirstImported returns the first month for which an import gave a figure; zero
// where none did.
func (h *History) FirstImported() period.Month { return h.firstImported }

// Imported reports whether an import gave any unit's figure for an indicator in
// a month.
func (h *History) Imported(indicator string, m period.Month) bool {
	return h.imported[given{indicator, m}]
}

// Covers reports whether units can be missing for some indicators in a month:
// from adoption on they were asked; before it something is known only of what
// was imported. Of what no month is known, nobody can say that it was not asked.
func (h *History) Covers(m period.Month, indicators ...string) bool {
	if h.adopted(m) {
		return true
	}
	for _, code := range indicators {
		if !h.Imported(code, m) {
			return false
		}
	}
	return true
}

// Knows reports whether units can be missing in a month at all: from adoption
// on, and before it where anything was imported.
func (h *History) Knows(m period.Month) bool { return h.adopted(m) || h.brought[m] }

func (h *History) adopted(m period.Month) bool {
	return len(h.accepted) == 0 || !h.first.IsZero() && !m.Before(h.first)
}

// Since returns the first month for which a unit has an accepted submission;
// zero where it has none.
func (h *History) Since(unit string) period.Month { return h.since[unit] }
