package report

import (
	"slices"
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
)

// Sheets is what information sheets of units are made of: what a report is made
// of, but for its revisions and changes.
type Sheets struct {
	Input
	Units []*catalogue.Unit
	// Receipts are those of the period and of the year's months before it.
	Receipts []summary.Receipt
	Standing Standing
}

// Standing is how the figures of sheets stand to what was published of their
// period.
type Standing struct {
	Revision int  // the newest one; 0 where nothing was published
	Same     bool // it has these figures
	Signed   bool // it is signed
}

// ComposeUnits lays down an information sheet for each unit, from a page of its
// own on: what it reported, how that stands in the city and to other times, what
// is open and what it owes. A sheet is no part of a report, and says of which
// revision its figures are. What is printed for the city only is not on it.
func ComposeUnits(in Sheets) Document {
	s := unitSheets{composer: composer{Input: in.Input, say: in.Phrases.Say}, standing: in.Standing}
	s.receipts = map[*catalogue.Unit][]summary.Receipt{}
	for _, r := range in.Receipts {
		s.receipts[r.Unit] = append(s.receipts[r.Unit], r)
	}
	wanted := map[string]bool{"": true} // the city, which they are shares of
	for _, u := range in.Units {
		wanted[u.ID] = true
	}
	s.figures = lookup{}
	for f := range s.Summary.All() {
		if wanted[f.Unit] {
			s.figures.add(f)
		}
	}
	s.owing = s.Summary.Owing(s.AsOf)
	s.trends = map[string][]*summary.Trend{}
	for i := range s.Summary.Trends {
		t := &s.Summary.Trends[i]
		s.trends[t.Unit] = append(s.trends[t.Unit], t)
	}
	s.open = map[string][]Finding{}
	for _, f := range Outstanding(s.Findings, s.Files) {
		if f.Severity != finding.Note && !f.Code.OfOffice() {
			s.open[f.Unit] = append(s.open[f.Unit], f)
		}
	}
	doc := Document{
		Title:      s.say("unitsheet.subject", "period", s.period()),
		Subject:    s.say("unitsheet.subject", "period", s.period()),
		Author:     in.Office.Superior,
		Keywords:   []string{s.Summary.Period.String(), s.Summary.Catalogue.ID},
		Draft:      s.draft(),
		Provenance: s.provenance(),
	}
	if len(in.Units) == 1 {
		doc.Title = s.say("unitsheet.subject_of", "unit", in.Units[0].Title(), "period", s.period())
	} else {
		doc.Sections = append(doc.Sections, s.cover(len(in.Units)))
	}
	for _, u := range in.Units {
		doc.Sections = append(doc.Sections, s.sheet(u))
	}
	return doc
}

// unitSheets is the composer of sheets, with what is looked up for every unit.
type unitSheets struct {
	composer
	standing Standing
	receipts map[*catalogue.Unit][]summary.Receipt // in order of months
	figures  lookup
	owing    *summary.Owing
	trends   map[string][]*summary.Trend // by unit
	open     map[string][]Finding        // by unit
}

// draft marks sheets as the report is marked: until these very figures are signed.
func (s *unitSheets) draft() string {
	switch {
	case s.standing.Same && s.standing.Signed:
		return ""
	case s.standing.Same:
		return s.say("report.draft", "revision", year(s.standing.Revision), "time", s.AsOf)
	}
	return s.say("unitsheet.draft", "time", s.AsOf)
}

func (s *unitSheets) provenance() string {
	return s.say("unitsheet.provenance", "version", s.Program, "catalogue", s.Summary.Catalogue.ID, "sha256", s.Summary.Catalogue.SHA256[:12])
}

// source says of which revision the figures are, or that nobody published them.
func (s *unitSheets) source() string {
	switch st := s.standing; {
	case st.Same && st.Signed:
		return s.say("unitsheet.of_signed", "period", s.period(), "revision", year(st.Revision))
	case st.Same:
		return s.say("unitsheet.of_revision", "period", s.period(), "revision", year(st.Revision))
	case st.Revision > 0:
		return s.say("unitsheet.unlike_revision", "time", s.AsOf, "revision", year(st.Revision))
	}
	return s.say("unitsheet.unpublished", "time", s.AsOf)
}

// cover opens the sheets of many units, with the list of where each is.
func (s *unitSheets) cover(units int) Section {
	blocks := []Block{Title{Lines: []string{
		s.say("unitsheet.title"), s.say("unitsheet.cover", "n", units, "period", s.period()), s.say("report.window", "window", s.Summary.Window),
	}}}
	if s.Sample {
		blocks = append(blocks, Paragraph{Style: Warn, Text: s.say("sample")})
	}
	return Section{Blocks: append(blocks,
		Paragraph{Style: Small, Text: s.source()},
		Contents{Title: s.say("unitsheet.contents")},
	)}
}

// sheet is one unit's. Its headings are of the third level, so that a list of
// contents names the units alone.
func (s *unitSheets) sheet(u *catalogue.Unit) Section {
	blocks := []Block{
		Paragraph{Style: Centered, Text: s.say("unitsheet.title")},
		AnnexTitle{Title: u.Title(), Note: s.say("unitsheet.note", "period", s.period(), "window", s.Summary.Window)},
	}
	if s.Sample {
		blocks = append(blocks, Paragraph{Style: Warn, Text: s.say("sample")})
	}
	blocks = append(blocks, Paragraph{Style: Small, Text: s.source()})
	for _, one := range s.Summary.Unreported {
		if slices.Contains(one.Units, u) {
			blocks = append(blocks, Paragraph{Style: Warn, Text: s.Phrases.Unreported(one)})
		}
	}
	blocks = append(blocks, s.part("unitsheet.section.report", s.reported(u))...)
	blocks = append(blocks, s.part("unitsheet.section.owes", s.owes(u))...)
	blocks = append(blocks, s.part("unitsheet.section.open", s.openPoints(u))...)
	blocks = append(blocks, s.part("unitsheet.section.figures", s.unitFigures(u))...)
	blocks = append(blocks, s.part("report.section.unit_targets", s.targetsOf(u))...)
	blocks = append(blocks, s.part("unitsheet.section.trends", s.charts(u))...)
	blocks = append(blocks, s.part("unitsheet.section.words", s.words(u))...)
	return Section{Blocks: blocks}
}

// part is some blocks under their heading; nothing where there are none.
func (s *unitSheets) part(key string, blocks []Block) []Block {
	if len(blocks) == 0 {
		return nil
	}
	return append([]Block{Heading{Level: 3, Text: s.say(key)}}, blocks...)
}

// of is a unit's figure; nil where there is none.
func (s *unitSheets) of(u *catalogue.Unit, ind *catalogue.Indicator, span period.SpanKind) *summary.Figure {
	return s.figures[lookupKey{indicator: ind.Code, span: span, unit: u.ID}]
}

// names lists indicators in a sentence.
func (s *unitSheets) names(all []*catalogue.Indicator) string {
	names := make([]string, len(all))
	for i, ind := range all {
		names[i] = s.Phrases.IndicatorName(ind)
	}
	return strings.Join(names, "; ")
}
