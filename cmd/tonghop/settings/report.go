package settings

import (
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"tonghop/pipeline/report"
)

// The letterheads.
const (
	letterheadUnion = "union" // Decree 30/2020
	letterheadParty = "party" // guidance 36-HD/VPTW
)

// The editions that a run publishes.
const (
	editionInternal = string(report.Internal)
	editionMeeting  = string(report.Meeting)
	editionBoth     = "both"
)

// Office is the head and the foot of an official page.
type Office struct {
	Letterhead string   `yaml:"letterhead"`
	Superior   string   `yaml:"superior"`
	Issuer     string   `yaml:"issuer"`
	Symbol     string   `yaml:"symbol"`
	Place      string   `yaml:"place"`
	Recipients []string `yaml:"recipients"`
	Signing    Signing  `yaml:"signing"`
}

// Signing are the lines over the place of the signature of a draft.
type Signing struct {
	Authority string `yaml:"authority"`
	Title     string `yaml:"title"`
}

// Report is about the printed report.
type Report struct {
	Edition string         `yaml:"edition"`
	Annexes []report.Annex `yaml:"annexes"`
	Paper   string         `yaml:"paper"`
	Margins Margins        `yaml:"margins"`
	// BodySize is that of the letterhead's manner where it is 0.
	BodySize float64 `yaml:"body_size"`
}

// Margins are in mm.
type Margins struct {
	Top    float64 `yaml:"top"`
	Bottom float64 `yaml:"bottom"`
	Left   float64 `yaml:"left"`
	Right  float64 `yaml:"right"`
}

// Report is the office as the report prints it.
func (o Office) Report() report.Office {
	return report.Office{
		Superior: o.Superior, Issuer: o.Issuer, Symbol: o.Symbol, Place: o.Place,
		Party: o.Letterhead == letterheadParty, Recipients: o.Recipients,
		Authority: o.Signing.Authority, Title: o.Signing.Title,
	}
}

// Editions are those published: the first is report.pdf.
func (r Report) Editions() []report.Edition {
	if r.Edition == editionBoth {
		return []report.Edition{report.Internal, report.Meeting}
	}
	return []report.Edition{report.Edition(r.Edition)}
}

// decreeMargins are those of Decree 30/2020, Appendix I, in mm.
var decreeMargins = []struct {
	side        string
	least, most float64
	of          func(Margins) float64
}{
	{"top", 20, 25, func(m Margins) float64 { return m.Top }},
	{"bottom", 20, 25, func(m Margins) float64 { return m.Bottom }},
	{"left", 30, 35, func(m Margins) float64 { return m.Left }},
	{"right", 15, 20, func(m Margins) float64 { return m.Right }},
}

// reportProblems checks what the settings say of the printed report.
func (s Settings) reportProblems(doc *yaml.Node) []problem {
	var problems []problem
	wrong := wrongAt(doc, &problems)
	wrong(oneOf(s.Office.Letterhead, letterheadUnion, letterheadParty), "office", "letterhead")
	for i, r := range s.Office.Recipients {
		if strings.TrimSpace(r) == "" {
			wrong(unfitFor("setting.empty_line", "n", strconv.Itoa(i+1)), "office", "recipients")
		}
	}
	wrong(oneOf(s.Report.Edition, editionInternal, editionMeeting, editionBoth), "report", "edition")
	for i, a := range s.Report.Annexes {
		switch {
		case !slices.Contains(report.Annexes, a):
			wrong(oneOf(a, report.Annexes...), "report", "annexes")
		case slices.Contains(s.Report.Annexes[:i], a):
			wrong(unfitFor("setting.twice", "given", string(a)), "report", "annexes")
		}
	}
	wrong(oneOf(s.Report.Paper, "A4", "A3"), "report", "paper")
	for _, m := range decreeMargins {
		if mm := m.of(s.Report.Margins); !(mm >= m.least && mm <= m.most) { // NaN is neither
			wrong(unfitFor("setting.margin", "given", mm, "least", m.least, "most", m.most), "report", "margins", m.side)
		}
	}
	switch s.Report.BodySize {
	case 0, 13, 13.5, 14:
	default:
		wrong(unfitFor("setting.body_size", "given", s.Report.BodySize), "report", "body_size")
	}
	return problems
}
