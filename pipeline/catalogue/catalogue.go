// Package catalogue owns the office's definitions: who reports, what is asked,
// how it adds up, against which target, under which rules. They are tables
// with one header row, read from a folder of CSV files or from one workbook by
// the same decoder; a catalogue with any error is never used.
package catalogue

import (
	"strings"

	"tonghop/pipeline/catalogue/formula"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
)

// Catalogue is a valid set of definitions. It is immutable once loaded.
// Slices are in table order, which is the order of every output.
type Catalogue struct {
	// ID names the catalogue in published files, such as "hanoi".
	ID string
	// SHA256 is the hex hash over the tables' canonical CSV form: the folder
	// and the workbook of the same definitions have the same hash.
	SHA256 string

	Units       []*Unit
	Programmes  []*Programme
	Indicators  []*Indicator
	Targets     []*Target
	Rules       []*Rule
	Successions []Succession
	Openings    []Opening
	Forms       []Form
	Calendar    period.Calendar
	// Bridge is the office's setting, not a definition: no table holds it and
	// SHA256 does not cover it.
	Bridge Bridge

	units        map[string]*Unit
	indicators   map[string]*Indicator
	aliases      map[string]*Indicator // by the folded older name
	programmes   map[string]*Programme
	successors   map[string][]Succession // by the unit they come from
	predecessors map[string][]Succession // by the unit they lead to
}

// UnitKind is the administrative kind of a unit, as printed: "quận", "huyện",
// "thị xã", "phường", "xã", "đơn vị trực thuộc", or "thành phố" for the city
// office itself.
type UnitKind string

// The kinds of unit.
const (
	UrbanDistrict UnitKind = "quận"
	RuralDistrict UnitKind = "huyện"
	Town          UnitKind = "thị xã"
	Ward          UnitKind = "phường"
	Commune       UnitKind = "xã"
	Affiliated    UnitKind = "đơn vị trực thuộc"
	// CityOffice is the "city" of asked_of: its own officers stand in the
	// denominators of the training rates.
	CityOffice UnitKind = "thành phố"
)

// Unit is one that reports. Its identity is ID; codes and names are re-used
// over time.
type Unit struct {
	ID    string // "HN-001"; [A-Za-z0-9-], unique ignoring case
	Code  string // official code, zeros kept
	Kind  UnitKind
	Name  string // without the kind: "Ba Đình"
	Group string // the emulation cluster or other group, may be empty

	Aliases []string
	Contact string
	Phone   string
	Email   string

	// ValidFrom and ValidTo are inclusive; a zero date is an open end.
	ValidFrom, ValidTo period.Date
	Act                string // the decision that made or ended it
}

// Title is the unit as a report names it: "Quận Ba Đình".
func (u *Unit) Title() string { return unitTitle(u) }

// unnamed marks the shipped rows of units that the office has yet to name.
const unnamed = "(CHƯA GHI TÊN)"

// Named reports whether the office has said which unit it is.
func (u *Unit) Named() bool { return !strings.Contains(strings.ToUpper(u.Name), unnamed) }

// Reminded reports whether reminders may be written to the unit: one without a name
// is nobody yet, and the city office would write to itself.
func (u *Unit) Reminded() bool { return u.Kind != CityOffice && u.Named() }

// ValidOn reports whether the unit exists on day d.
func (u *Unit) ValidOn(d period.Date) bool {
	return (u.ValidFrom.IsZero() || !d.Before(u.ValidFrom)) && (u.ValidTo.IsZero() || !d.After(u.ValidTo))
}

// ValidDuring reports whether the unit exists on any day of w.
func (u *Unit) ValidDuring(w period.Window) bool { return w.Overlaps(u.ValidFrom, u.ValidTo) }

// Programme is a work programme or another heading under which indicators
// stand.
type Programme struct {
	Code   string // "CT01"
	Number string // "01-CTr/TU"
	NameVI string
	NameEN string
}

// IndicatorKind says where an indicator's figure comes from.
type IndicatorKind string

// The kinds of indicator.
const (
	Input   IndicatorKind = "input"   // a unit types it
	Derived IndicatorKind = "derived" // Formula computes it
	// Text: a unit writes it or chooses it. Its type is text, choice or yesno, its
	// across none, and it is never summed.
	Text IndicatorKind = "text"
)

// ValueType says what an input cell accepts.
type ValueType string

// The value types.
const (
	Whole   ValueType = "whole"
	Decimal ValueType = "decimal"
	// Percent values are in percent: 82.91 means 82,91 %.
	Percent ValueType = "percent"
	YesNo   ValueType = "yesno"
	Choice  ValueType = "choice" // one of Choices
	Prose   ValueType = "text"
)

// Nature says how an indicator's monthly values make the value of a span.
type Nature string

// The natures.
const (
	Flow       Nature = "flow"       // adds over months
	Stock      Nature = "stock"      // the span's last month
	Cumulative Nature = "cumulative" // since January, each counted once; the span's last month
)

// Across says how the units' values make the city's.
type Across string

// The ways across units.
const (
	AcrossSum   Across = "sum"
	AcrossMin   Across = "min"
	AcrossMax   Across = "max"
	AcrossShare Across = "share" // 100 × units whose value reaches Reaches / units with a value
	AcrossNone  Across = "none"  // units only
)

// ComputeAt says where a derived figure is computed.
type ComputeAt string

// The places of computation.
const (
	AtAggregate ComputeAt = "aggregate" // the formula over summed terms; the default
	AtUnit      ComputeAt = "unit"      // the formula for each unit, then Across
)

// Due is a month of the year in which a quarterly or yearly fact is asked.
type Due struct {
	Month int // 1 to 12
	// Previous is set where the fact describes the year before.
	Previous bool
}

// Indicator is one line of the form or one computed figure.
type Indicator struct {
	Code      string // "CT02_LD_NU": [A-Z][A-Z0-9_]*, usable in a formula
	Programme string
	Kind      IndicatorKind
	NameVI    string
	NameEN    string
	// DefinitionVI is one line, printed under the row of the form.
	DefinitionVI string
	Measure      string // "người", "hộ", "%"
	Type         ValueType
	Choices      []string
	// Nature is set for inputs only: a derived figure follows its terms.
	Nature Nature
	// Across is set for inputs and for what is computed at the unit. It is empty
	// for a formula over aggregates, which is not aggregated again.
	Across    Across
	ComputeAt ComputeAt // set for derived indicators only
	// Reaches is the value from which a unit counts in AcrossShare.
	Reaches figure.Number
	// Formula is nil unless Kind is Derived. Its terms are input indicators:
	// derived ones it names are inlined when the catalogue loads.
	Formula *formula.Formula

	// Min and Max bound an input value, inclusive, each month by its own step.
	Min, Max Bound
	Required bool
	PartOf   string   // code of the whole of which this is a part, or empty
	AskedOf  []string // unit kinds, "city" or groups; empty is every unit but the city office
	Due      []Due    // empty is every month
	AllowNA  bool
	Compare  string // none, own_target, rate or per:CODE
	// CityOnly keeps the units\' figures out of print: abuse cases are printed
	// for the city alone.
	CityOnly bool
	Decimals int // decimals printed

	AssumptionVI string
	Confirmed    bool
	Aliases      []string

	ValidFrom, ValidTo period.Date
}

// ValidDuring reports whether the indicator is asked for in a window at all.
func (i *Indicator) ValidDuring(w period.Window) bool { return w.Overlaps(i.ValidFrom, i.ValidTo) }

// DueIn reports whether the indicator is asked for in month m. Where it is not
// due its blank is not missing.
func (i *Indicator) DueIn(m period.Month) bool {
	if len(i.Due) == 0 {
		return true
	}
	for _, d := range i.Due {
		if d.Month == int(m.Number) {
			return true
		}
	}
	return false
}

// AboutYearBefore reports whether the fact asked for in month m describes the
// year before.
func (i *Indicator) AboutYearBefore(m period.Month) bool {
	for _, d := range i.Due {
		if d.Month == int(m.Number) {
			return d.Previous
		}
	}
	return false
}

// Horizon is the span over which a target is to be reached.
type Horizon string

// The horizons.
const (
	HorizonMonth Horizon = "month"
	HorizonYear  Horizon = "year"
	HorizonPlan  Horizon = "plan"
)

// Comparator says on which side of its value a target is met.
type Comparator string

// The comparators.
const (
	AtLeast  Comparator = ">="
	AtMost   Comparator = "<="
	MoreThan Comparator = ">"
	LessThan Comparator = "<"
)

// Pace says what is expected before the horizon ends.
type Pace string

// The paces.
const (
	PaceLinear Pace = "linear" // months passed / months of the horizon
	PaceLevel  Pace = "level"  // the whole value at any time: rates, ceilings
	PaceAtDue  Pace = "at_due" // judged only in the month in which the fact is due
	PacePath   Pace = "path"   // milestones
)

// Milestone is a point of a path: by the end of Month, Value.
type Milestone struct {
	Month period.Month
	Value figure.Number
}

// Target is what the city or one unit is to reach.
type Target struct {
	Indicator string
	Unit      string // id, or empty for the city
	Horizon   Horizon
	// From and To are the months for which the target holds. For a plan they
	// are the horizon itself; for a year, the years in which it applies.
	From, To period.Month
	// Since is the month from which the value holds where it is an adjustment of
	// an earlier one; zero is From.
	Since      period.Month
	Comparator Comparator
	Value      figure.Number
	Pace       Pace
	Path       []Milestone
	Headline   bool   // shown on page 1
	Act        string // the document that set it
}

// RuleScope says what a rule is checked on.
type RuleScope string

// The scopes of a rule; an empty one is a unit's.
const (
	RuleOfUnit RuleScope = "unit"
	RuleOfCity RuleScope = "city"
)

// Severity of a rule is carried as text; package validate maps it to findings.
type Severity string

// Rule is a condition that a submission, with what is known of the past, must
// meet.
type Rule struct {
	ID       string
	Severity Severity // error, warning or note
	// Scope is what the rule is checked on: a unit's submission, or the city's
	// figures of the month. A rule of the city refuses nothing.
	Scope RuleScope
	Check *formula.Rule
	// Refuses lists the codes refused when an error rule is broken. Loading
	// fills in every code of this submission in the expression where the table
	// leaves it empty.
	Refuses              []string
	MessageVI, MessageEN string
	ValidFrom, ValidTo   period.Date
}

// SuccessionKind says how much of either unit a succession is about.
type SuccessionKind string

// The kinds of succession. Many to many is several rows of Part.
const (
	Renamed SuccessionKind = "renamed" // the whole of the one is the whole of the other
	Merged  SuccessionKind = "merged"  // the whole of From went into To
	Split   SuccessionKind = "split"   // the whole of To came from From
	Part    SuccessionKind = "part"    // a part of From is a part of To
)

// Succession says what became of a unit.
type Succession struct {
	From, To string // unit ids
	Date     period.Date
	Kind     SuccessionKind
	// Share is how much of From went to To, above 0 and at most 1; nil where
	// nobody knows.
	Share *figure.Number
	Act   string
}

// OpeningSpan says what an opening covers.
type OpeningSpan string

// The spans of an opening.
const (
	OpeningYear OpeningSpan = "year" // January to Through
	OpeningPlan OpeningSpan = "plan" // the plan's first month to Through
)

// Opening is a figure for the months before submissions began.
type Opening struct {
	Indicator string
	Unit      string // id, or empty for the city as a whole
	Span      OpeningSpan
	Through   period.Month
	Value     figure.Number
	Source    string // the document it was taken from
}

// Form is an issued version of the workbook that units fill.
type Form struct {
	Version            string // "HN-2025.1"
	TitleVI, TitleEN   string
	ValidFrom, ValidTo period.Date
}

// Unit returns the unit with this id.
func (c *Catalogue) Unit(id string) (*Unit, bool) { u, ok := c.units[id]; return u, ok }

// Indicator returns the indicator with this code.
func (c *Catalogue) Indicator(code string) (*Indicator, bool) {
	i, ok := c.indicators[code]
	return i, ok
}

// Programme returns the programme with this code.
func (c *Catalogue) Programme(code string) (*Programme, bool) {
	p, ok := c.programmes[code]
	return p, ok
}
