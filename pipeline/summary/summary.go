// Package summary owns what the city says: every figure for every span, for
// the city, its groups and its units, with its coverage, its numerator and
// denominator, the target it is judged by and the trace back to cells. It is
// complete: a figure that could not be computed is there with its reason.
package summary

import (
	"iter"
	"time"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/decision"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
)

// Summary is one run's consolidation of one period.
type Summary struct {
	Catalogue *catalogue.Catalogue
	Period    period.Span // the period consolidated: a month's run has one month
	Window    period.Window
	// Spans are those the run publishes, in order: month, quarter to date, year
	// to date, plan to date for a month.
	Spans []period.Span
	// Expected are the units asked in any month of this period, in catalogue
	// order.
	Expected []*catalogue.Unit
	// Submissions has one entry for each month of the period and unit asked in
	// it: by month, then in catalogue order.
	Submissions []Receipt
	// Basis are the submissions that any figure rests on, in order of months and
	// then of the catalogue.
	Basis  []*submission.Submission
	Counts Counts
	// CountsByKind counts each unit kind apart, in catalogue order.
	CountsByKind []KindCounts
	// Began is the month of adoption, from which on a figure that nobody gave is
	// missing; zero where there are no submissions at all.
	Began period.Month
	// Figures are ordered by span, indicator, then city, groups, units. Of a crowded
	// city only those are kept that pages name: the units' own are too many for an
	// office computer's memory, and All and Find have them.
	Figures []Figure
	// Units makes the figures of all units of an indicator over a span, in catalogue
	// order; nil where Figures has them. It may be called by several at a time.
	Units func(*catalogue.Indicator, period.SpanKind) iter.Seq[*Figure]
	// Ended are the cumulative figures of units that ended before the period
	// began: they are in the sums, and stand in no table.
	Ended []Figure
	// Trends are ordered by indicator, then city, groups, units; only those with
	// at least two known months are there.
	Trends []Trend
	// Tallies count the units at each answer of what is answered in words.
	Tallies []Tally
	// Unreported are the days, in the months of the spans, that no figure covers
	// by the office's setting, in order.
	Unreported []Unreported
	// Areas are grouped by predecessor; nil where that is not asked for.
	Areas *Areas
	// Findings that concern the city as a whole (stage across).
	Findings []finding.Finding
	// Decisions are those of the office in force for months of the period, in
	// order.
	Decisions []decision.Decision
}

// Counts are the four numbers of page 1. They count reports, one a unit and
// month: for a month's run these are units.
type Counts struct {
	Expected int // phải báo cáo
	Received int // đã nhận: a file that names the unit and the period
	Usable   int // dùng được
	OnTime   int // đúng hạn
}

// KindCounts are the Counts of one kind of unit.
type KindCounts struct {
	Kind catalogue.UnitKind
	Counts
}

// Receipt is the state of one expected unit's report for one month.
type Receipt struct {
	Unit     *catalogue.Unit
	Month    period.Month
	Status   submission.Status
	OnTime   bool
	Deadline time.Time
	Extended bool // by a decision: Deadline is this unit's own
	// Closed says that the office has closed the gap: the report is missing and
	// is not asked for any more.
	Closed bool
	// Used is the submission that counts; nil where there is none.
	Used *submission.Submission
	// FirstReceived is when the first receivable submission came; zero where
	// none did.
	FirstReceived time.Time
	ReceivedFrom  submission.ReceivedFrom
}

// Figure is one published figure.
type Figure struct {
	Indicator *catalogue.Indicator
	Unit      string // id; empty for a group or the city
	Group     string // empty for a unit or the city
	Span      period.SpanKind
	Value     figure.Figure
	// Reason says why Value has no number; empty where it has one.
	Reason      Reason
	Provisional bool // "tạm tính"
	// Unconfirmed says that it rests on a correction that waits for a document.
	Unconfirmed bool
	Coverage    Coverage
	// Numerator and Denominator of a ratio, over exactly the units that enter
	// it; nil for other figures.
	Numerator, Denominator *figure.Number
	// Opening is the month through which an opening stands in for submissions.
	Opening  period.Month
	Judgment *Judgment // nil where no target is attached to this span
	// Comparison with the same span a year earlier; nil where nothing is known
	// of that time, or nothing was asked.
	Comparison *Comparison
	Source     Source
}

// IsCity reports whether the figure is the city's.
func (f *Figure) IsCity() bool { return f.Unit == "" && f.Group == "" }

// Reason says why a figure has no number.
type Reason string

// The reasons.
const (
	ReasonNone        Reason = ""
	ReasonBlank       Reason = "blank"         // nobody gave it
	ReasonNotReceived Reason = "not_received"  // the unit's report is missing
	ReasonNotExpected Reason = "not_expected"  // not asked of this unit
	ReasonNotDue      Reason = "not_due"       // asked in another month
	ReasonRefused     Reason = "refused"       // see the finding
	ReasonNotAvail    Reason = "not_available" // the unit says it has no data
	ReasonNotAppl     Reason = "not_applicable"
	ReasonNoCases     Reason = "no_cases"   // the denominator is 0: không phát sinh
	ReasonNoTerms     Reason = "no_terms"   // no unit-month has every term
	ReasonImpossible  Reason = "impossible" // a numerator over 0
	ReasonText        Reason = "text"       // words, never summed
)

// Coverage tells how complete a figure is.
type Coverage struct {
	Reported int
	Expected int
	By       CoverageBy
	// Missing lists who is missing for which months, in catalogue order.
	Missing []Missing
	// Uncovered are months of the span that neither submissions nor an opening
	// cover: "lũy kế chỉ tính từ tháng …". No verdict is given then.
	Uncovered []period.Month
	// Carried lists the units whose stock of an earlier month stands in the
	// figure; they are missing all the same.
	Carried []Carried
	// Weight is what the missing gave in the period before; nil where nothing is
	// missing, or nothing is known of it, and for what is no flow.
	Weight *Weight
}

// Complete reports whether nothing is missing.
func (c Coverage) Complete() bool { return c.Reported == c.Expected && len(c.Uncovered) == 0 }

// CoverageBy is the unit of counting.
type CoverageBy string

// The units of counting.
const (
	ByUnit      CoverageBy = "unit"
	ByUnitMonth CoverageBy = "unit_month"
)

// Missing is a unit and the months it lacks.
type Missing struct {
	Unit    string
	Periods []period.Month
}

// Verdict judges a figure by its target.
type Verdict string

// The verdicts.
const (
	Met           Verdict = "met"            // đạt
	OnTrack       Verdict = "on_track"       // đúng tiến độ
	Behind        Verdict = "behind"         // chậm
	NotMet        Verdict = "not_met"        // không đạt
	NotDue        Verdict = "not_due"        // chưa đến kỳ đánh giá
	NotApplicable Verdict = "not_applicable" // không phát sinh, không đánh giá
	NoData        Verdict = "no_data"        // chưa đủ số liệu
	NoTarget      Verdict = "no_target"
)

// Verdicts lists them in the order in which they are told.
var Verdicts = []Verdict{Met, OnTrack, Behind, NotMet, NotDue, NotApplicable, NoData, NoTarget}

// Judgment is a verdict with what it rests on.
type Judgment struct {
	Target  *catalogue.Target
	Verdict Verdict
	// Expected is what the pace asks for by the period's end; nil where the
	// target is not yet due.
	Expected *figure.Number
	// Attained is 100 × value / target; nil where the value is unknown or the
	// target is 0.
	Attained *figure.Number
	// Gap is what is still lacking to the target, or by how much a ceiling is
	// exceeded; nil where there is none.
	Gap *figure.Number
	// Cases is the gap of a rate in cases: by how many the numerator would have
	// to change at the present denominator. It is whole, and CasesOf is what it
	// counts; nil where the numerator counts nothing whole.
	Cases   *figure.Number
	CasesOf string
	// Held says that the value is known and on the good side of the target now,
	// whatever the missing may bring.
	Held bool
	// Before is the target that this one has replaced within its horizon; nil
	// where it was not adjusted.
	Before *catalogue.Target
	// Projection is the value at the horizon's end if the pace so far goes on,
	// for counts before that end; nil for anything else. It is no part of the
	// verdict.
	Projection *figure.Number
	// JudgedIn is the month whose target it is: the period's last, but December
	// of the year before for a fact that is asked about that year.
	JudgedIn period.Month
	// Provisional is set where units are missing: the verdict is tallied apart
	// and worded by Missing.
	Provisional bool
	// Missing is the number of units with a gap, Reporting that of the units
	// asked without one: "chưa ghi nhận ở 28/30 đơn vị".
	Missing, Reporting int
	// Counted is the figure's coverage where it counts reports of a unit for a
	// month; zero where it counts units. A unit that lacks one month of a span has
	// reported the others: "chưa ghi nhận ở 14/18 lượt báo cáo".
	Counted Coverage
	// HorizonEnds is set in the last month of the horizon: the verdict is final
	// but for what is missing.
	HorizonEnds bool
}

// SourceKind says where a figure comes from.
type SourceKind string

// The kinds of source.
const (
	SourceCell     SourceKind = "cell"
	SourceImport   SourceKind = "import"
	SourceOpening  SourceKind = "opening"
	SourceDecision SourceKind = "decision"
	SourceComputed SourceKind = "computed"
)

// Source traces a figure to a cell, or says that it was computed.
type Source struct {
	Kind  SourceKind
	File  string
	Sheet string
	Cell  string
	Raw   string
	// Decision is the id of the decision, of SourceDecision; file and cell are
	// then those of what it replaces.
	Decision string
}

// Tally counts the units at each answer of a choice or yes/no indicator.
type Tally struct {
	Indicator *catalogue.Indicator
	Choices   []ChoiceCount
	Reported  int
	Expected  int
}

// ChoiceCount is the number of units that gave one answer.
type ChoiceCount struct {
	Choice string
	Units  int
}
