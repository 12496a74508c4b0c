// Package edition owns what a revision said: the figures of its figures.json as
// a value, so that two revisions, or a revision and what would be published
// now, can be held against each other. What it reads is the contract of package
// report/export; decimals stay exact, as they were published.
package edition

import (
	"fmt"
	"slices"
	"time"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
)

// Schema is the form that can be read.
const Schema = "tonghop/figures/1"

// Edition is one revision of a period. Revision is 0 for what is not published.
type Edition struct {
	Schema    string    `json:"schema"`
	Period    Name      `json:"period"`
	Window    Window    `json:"window"`
	Revision  int       `json:"revision"`
	AsOf      time.Time `json:"as_of"`
	Catalogue struct {
		ID     string `json:"id"`
		SHA256 string `json:"sha256"`
	} `json:"catalogue"`
	// Adopted is the month from which on a figure that nobody gave is missing; zero
	// where there is none, or the revision was published before it was listed.
	Adopted period.Month `json:"adopted"`
	// Figures are those of the city, the groups and the units; behind them those
	// of units that ended before the period and are in its cumulative figures.
	Figures []Figure `json:"figures"`
	// Basis are the submissions that figures rest on, by month and then in
	// catalogue order; nil where the revision was published before they were
	// listed.
	Basis []Basis `json:"rests_on"`
	// Files are all that had been seen.
	Files []File `json:"files"`

	index map[Key]int
}

// Name is a period by its published name, such as "2025-Q2".
type Name struct{ period.Span }

// UnmarshalText reads the name.
func (n *Name) UnmarshalText(text []byte) error {
	selector, err := period.ParseSelector(string(text))
	if err == nil && selector.Kind != period.Fixed {
		err = fmt.Errorf("%q is not a period", text)
	}
	n.Span = selector.Span
	return err
}

// Window are the first and last day of the period.
type Window struct {
	From period.Date `json:"from"`
	To   period.Date `json:"to"`
}

// Key names a figure; unit and group are empty for the city.
type Key struct {
	Indicator string          `json:"indicator"`
	Unit      string          `json:"unit"`
	Group     string          `json:"group"`
	Span      period.SpanKind `json:"span"`
}

// IsCity reports whether the figure is the city's.
func (k Key) IsCity() bool { return k.Unit == "" && k.Group == "" }

// Figure is a published figure.
type Figure struct {
	Key
	// Value is the number; nil where the state has none.
	Value       *Decimal `json:"value"`
	State       string   `json:"state"`
	Reason      string   `json:"reason"`
	Provisional bool     `json:"provisional"`
	// Opening is the month through which an opening stands in for reports; zero
	// where none does.
	Opening period.Month `json:"opening_through"`
	// Target is what the figure is judged by; nil where it is not.
	Target     *Decimal `json:"target"`
	Comparator string   `json:"comparator"`
	Verdict    string   `json:"verdict"`
	Source     Source   `json:"source"`
}

// Number is the figure's number; false where it has none.
func (f *Figure) Number() (figure.Number, bool) {
	if f == nil || f.Value == nil {
		return figure.Number{}, false
	}
	return f.Value.Number, true
}

// Source is where a unit's figure of a month was read.
type Source struct {
	Kind     string `json:"kind"`
	File     string `json:"file"`
	Sheet    string `json:"sheet"`
	Cell     string `json:"cell"`
	Decision string `json:"decision"`
}

// Decimal is a published number: exact, or a rate at 6 decimals.
type Decimal struct{ figure.Number }

// UnmarshalText reads a plain decimal.
func (d *Decimal) UnmarshalText(text []byte) (err error) {
	d.Number, err = figure.Parse(string(text))
	return err
}

// File is a file that had been seen, whatever became of it.
type File struct {
	SHA256 string `json:"sha256"` // empty of what could not be read
}

func (e *Edition) reindex() {
	e.index = make(map[Key]int, len(e.Figures))
	for i, f := range e.Figures {
		e.index[f.Key] = i
	}
}

// under is the edition with the codes that a catalogue has for its indicators: one
// that was renamed since is the same indicator.
func (e *Edition) under(cat *catalogue.Catalogue) *Edition {
	has := map[string]bool{}
	for i := range e.Figures {
		has[e.Figures[i].Indicator] = true
	}
	renamed := map[string]string{}
	for code := range has {
		if _, known := cat.Indicator(code); known {
			continue
		}
		if now, ok := cat.Named(code); ok && !has[now.Code] {
			renamed[code] = now.Code
		}
	}
	if len(renamed) == 0 {
		return e
	}
	own := *e
	own.Figures, own.Basis = slices.Clone(e.Figures), slices.Clone(e.Basis)
	for i := range own.Figures {
		if code := renamed[own.Figures[i].Indicator]; code != "" {
			own.Figures[i].Indicator = code
		}
	}
	for i := range own.Basis {
		decisions := slices.Clone(own.Basis[i].Decisions)
		for j := range decisions {
			if code := renamed[decisions[j].Indicator]; code != "" {
				decisions[j].Indicator = code
			}
		}
		own.Basis[i].Decisions = decisions
	}
	own.reindex()
	return &own
}

// Find returns a figure, nil where the edition has none.
func (e *Edition) Find(k Key) *Figure {
	i, ok := e.index[k]
	if !ok {
		return nil
	}
	return &e.Figures[i]
}
