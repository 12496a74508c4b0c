package summary

import (
	"time"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
)

// Owed is what the office still waits for from one unit for one month.
type Owed struct {
	Receipt
	// Report says that the whole report is owed: none came, or none that can be
	// used. Then neither Figures nor Errors are told.
	Report bool
	// Figures are asked and not there: left blank, refused, or said to be not
	// available; in catalogue order.
	Figures []OwedFigure
	// Errors is the number of points to correct in the report that counts.
	Errors int
	// Due says that the unit's own deadline has passed.
	Due bool
	// Settled says why nothing is owed although something is missing; empty where
	// nothing is missing, and where it is owed.
	Settled Settlement
}

// OwedFigure is a figure that a unit owes.
type OwedFigure struct {
	Indicator *catalogue.Indicator
	State     figure.State
	// Value is the answer in the report that counts, with its cell; without a cell
	// where the report has no row for it.
	Value submission.Value
}

// Settlement is why what is missing is not asked for.
type Settlement string

// The settlements.
const (
	SettledEnded    Settlement = "ended"    // the unit is no more: the office enters for it
	SettledClosed   Settlement = "closed"   // the office has closed the gap
	SettledImported Settlement = "imported" // the office imported the month: no unit was asked
	SettledBefore   Settlement = "before"   // before the month of adoption
)

// Anything reports whether a unit owes anything.
func (o Owed) Anything() bool { return o.Report || len(o.Figures) > 0 || o.Errors > 0 }

// Owing tells what units owe as things stood at an instant.
type Owing struct {
	summary *Summary
	at      time.Time
	missing map[missing]bool
}

type missing struct {
	indicator *catalogue.Indicator
	unit      string
	month     period.Month
}

// Owing works out what units owe from what the summary's coverage says is
// missing. At is in the office's zone: its date decides whether a unit has ended.
func (s *Summary) Owing(at time.Time) *Owing {
	o := &Owing{summary: s, at: at, missing: map[missing]bool{}}
	for f := range s.All(s.Period.Kind, period.YearToDate) {
		if f.Unit == "" {
			continue
		}
		for _, m := range f.Coverage.Missing {
			for _, month := range m.Periods {
				o.missing[missing{f.Indicator, m.Unit, month}] = true
			}
		}
	}
	return o
}

// Of is what one unit owes for one month of the summary's period or, of a month's
// run, of the year so far.
func (o *Owing) Of(r Receipt) Owed {
	owed := Owed{Receipt: r, Due: o.at.After(r.Deadline)}
	if r.Status == submission.Missing || r.Status == submission.Unusable {
		owed.Report = true
	} else {
		owed.Figures = o.figures(r)
		if r.Used != nil {
			owed.Errors = r.Used.Errors()
		}
	}
	if settled := o.settled(r); settled != "" && owed.Anything() {
		return Owed{Receipt: r, Due: owed.Due, Settled: settled}
	}
	return owed
}

func (o *Owing) figures(r Receipt) []OwedFigure {
	var all []OwedFigure
	for _, ind := range o.summary.Catalogue.Indicators {
		if ind.Kind == catalogue.Derived {
			continue
		}
		f := OwedFigure{Indicator: ind}
		if r.Used != nil {
			f.Value, _ = r.Used.Value(ind.Code)
		}
		f.State = f.Value.Figure.State()
		if o.missing[missing{ind, r.Unit.ID, r.Month}] || f.wordless() {
			all = append(all, f)
		}
	}
	return all
}

func (o *Owing) settled(r Receipt) Settlement {
	ended := r.Unit.ValidTo
	switch {
	case r.Closed:
		return SettledClosed
	case !ended.IsZero() && ended.Before(period.DateIn(o.at, o.at.Location())):
		return SettledEnded
	case r.Status == submission.Imported:
		return SettledImported
	case r.Month.Before(o.summary.Began):
		return SettledBefore
	}
	return ""
}

// wordless reports whether words were asked for, of which no figure is made and
// no coverage is kept, and not given.
func (f OwedFigure) wordless() bool {
	switch f.Indicator.Type {
	case catalogue.Prose, catalogue.Choice, catalogue.YesNo:
	default:
		return false
	}
	if f.Value.Indicator == "" || f.Value.NotDue || f.Value.Text != "" {
		return false
	}
	switch f.State {
	case figure.Refused, figure.NotAvailable:
		return true
	case figure.Blank:
		return f.Indicator.Required
	}
	return false
}
