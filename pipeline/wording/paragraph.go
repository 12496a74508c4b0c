package wording

import "slices"

// ProgrammeFacts are what a template of paragraphs is given: one programme's
// figures for the city, as the report prints them. Numbers are text: a template
// arranges what was computed and computes nothing.
type ProgrammeFacts struct {
	Code   string // "CT02"
	Number string // "02-CTr/TU"; may be empty
	Name   string
	Period string // "tháng 6/2025"
	// Headline are the indicators with a target of page 1 that is judged now,
	// Others those without one; in catalogue order. Parts of a whole that is told
	// stand with it and not among Others.
	Headline, Others Indicators
	// NotDue are the headline indicators whose time to be judged has not come.
	NotDue Indicators
	// Missing is the number of units that have not given all that the figures of
	// Headline rest on; of Others where there is no Headline.
	Missing int
}

// Indicators are some indicators of a programme.
type Indicators []IndicatorFacts

// Provisional reports whether every figure that they have is provisional: then it
// may be said once.
func (all Indicators) Provisional() bool {
	for _, i := range all {
		for _, f := range i.Figures {
			if (f.Known || f.None) && !f.Provisional {
				return false
			}
		}
	}
	return all.Given()
}

// Given reports whether there is anything to tell: a number, or that there was
// nothing.
func (all Indicators) Given() bool {
	return slices.ContainsFunc(all, func(i IndicatorFacts) bool {
		return slices.ContainsFunc(i.Figures, func(f FigureFacts) bool { return f.Known || f.None })
	})
}

// Reason is why none of their figures has a number, where it is the same of all:
// then it may be said once. Else it is empty.
func (all Indicators) Reason() string {
	reason := ""
	for _, i := range all {
		for _, f := range i.Figures {
			if f.Known || reason != "" && f.Reason != reason {
				return ""
			}
			reason = f.Reason
		}
	}
	return reason
}

// Given reports whether any of what Missing counts has something to tell.
func (p ProgrammeFacts) Given() bool {
	if len(p.Headline) > 0 {
		return p.Headline.Given()
	}
	return p.Others.Given()
}

// IndicatorFacts are an indicator and its figures.
type IndicatorFacts struct {
	Code     string // "CT02_LD"
	Name     string
	Measure  string // "người"; "%" of a rate
	Rate     bool
	Required bool // not optional for the units
	// Cumulative says that its figure of the period is that of the year so far.
	Cumulative bool
	// Parts are those of which it is the whole ("Trong đó: …").
	Parts Indicators
	// Figures are those to be told, in the order of spans: the period's own, the
	// year's so far, the plan's so far where that is judged. What is asked in other
	// months is not there; of a stock, whose month is its year so far, there is one.
	Figures []FigureFacts
	// Own and Year are the first two, whether or not they are to be told.
	Own, Year FigureFacts
	Past      PastFacts
}

// Behind reports whether any of its figures is behind or not met.
func (i IndicatorFacts) Behind() bool {
	return slices.ContainsFunc(i.Figures, func(f FigureFacts) bool { return f.Behind })
}

// FigureFacts are one figure. Texts of what there is not are empty.
type FigureFacts struct {
	Label  string // of its span, as tables head it: "Trong kỳ", "Lũy kế năm"
	Known  bool   // has a number
	Value  string // "6.840", "71,35%"
	Amount string // with its measure: "6.840 người", "71,35%"
	Reason string // why it has no number: "không phát sinh"
	None   bool   // that there was nothing is what was reported
	// Provisional is "tạm tính"; Missing is the number of units that have not given
	// all of it.
	Provisional bool
	Missing     int
	// Unconfirmed rests on a correction that waits for its document.
	Unconfirmed bool
	// Apart says of Own and Year of a part how their units differ from those of the
	// whole's: "gồm cả 1 đơn vị chưa có tổng số".
	Apart     string
	Uncovered string // "lũy kế chỉ tính từ tháng 4/2025"
	// Of a rate: from what it was computed.
	Numerator, Denominator string
	// Where a target is attached to its span:
	Judged     bool
	Comparator string // "≥"
	Target     string // with its measure: "15.000 người", "70%"
	Attained   string // of the target, "45,6%"
	Verdict    string // with its circumstances: "chậm, tạm tính"
	// VerdictProvisional says that Verdict says so of a provisional figure.
	VerdictProvisional bool
	Behind             bool   // behind or not met
	Lacking            string // "đến kỳ này cần 7.500 người", "thiếu 8,87 điểm phần trăm"
}

// PastFacts set an indicator beside the same months of last year.
type PastFacts struct {
	Known bool // whether the two can be compared
	Label string
	Base  string // last year's, with its measure
	// Now is this year's over the SameUnits that are complete in both, where the
	// comparison is over these alone; else it is empty and SameUnits 0.
	Now       string
	SameUnits int
	// Change is without its sign: "3,2%", "1,25 điểm phần trăm"; empty where there is none.
	Change     string
	Rose, Fell bool
}
