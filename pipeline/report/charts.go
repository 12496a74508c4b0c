package report

import "tonghop/pipeline/figure"

// The blocks of this file are drawn as shapes, each beside its word or its
// printed figure: what they say is read in black and white, and read aloud.
// Numbers in them only give a length or a height; what is read is the text.

// Mark is a shape that stands before a verdict's word. No two are told apart by
// shade alone.
type Mark uint8

// The marks.
const (
	NoMark      Mark = iota
	MarkMet          // a disc: đạt
	MarkOnTrack      // a triangle upwards: đúng tiến độ
	MarkBehind       // a triangle downwards: chậm
	MarkNotMet       // a cross: không đạt
	MarkOpen         // a ring: not judged, for whatever reason
)

// Strip is the indicators of page 1 at a glance: a cell each, in rows of equal
// width.
type Strip struct {
	Cells []StripCell
}

// StripCell is one indicator of a strip. All its texts wrap; those that are
// empty take no room.
type StripCell struct {
	Label   string
	Value   string // large
	Note    string // small, under the value, such as "47,5% chỉ tiêu"
	Mark    Mark
	Verdict string
}

// Legend says in words what the marks of a chart mean. A word that is empty is
// left out.
type Legend struct {
	Target      string // the line at the target
	Pace        string // what is expected to date
	Provisional string // hatched
	Unknown     string // a month without a figure
}

// Bars are horizontal bars of attainment, a row each, on one scale: the target
// is 100 % for all.
type Bars struct {
	Items  []Bar
	Legend Legend
}

// Bar is one row. Where Attained has no number or a negative one there is no
// bar: Word stands in its place.
type Bar struct {
	Label       string
	Value       string        // as printed, such as "7.120/15.000"
	Percent     string        // as printed, such as "47,5%"
	Attained    figure.Figure // per cent of the target; a bar too long for the scale has a broken end
	Pace        figure.Figure // per cent of the target expected to date; without a number no mark
	Provisional bool          // hatched
	Word        string        // such as "chưa đủ số liệu"
}

// Trend is small charts of the same months, side by side.
type Trend struct {
	Charts []Chart
	Legend Legend
}

// Chart shows one indicator month by month: as columns from zero, which suit
// what adds up, or as a line, which suits stocks and rates and may leave zero
// out. The least, the greatest, the first and the last value are printed.
type Chart struct {
	Title  string
	Note   string // such as the measure
	Line   bool
	Points []Point
	Target figure.Figure // a line; none without a number
	// TargetText is the target as printed.
	TargetText string
}

// Point is one month. Without a number it is a gap, never zero: a shaded place
// that carries Text, such as "…".
type Point struct {
	Label       string // short, such as "6" or "T6"
	Value       figure.Figure
	Text        string // as printed
	Provisional bool   // hatched, or hollow on a line
}

// Contents lists the headings of levels 1 and 2 with their pages, each a link.
// It is drawn where the report is longer than six pages without it, and takes no
// room elsewhere.
type Contents struct {
	Title string
}

func (Strip) block()    {}
func (Bars) block()     {}
func (Trend) block()    {}
func (Contents) block() {}
