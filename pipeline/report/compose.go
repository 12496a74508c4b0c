package report

import (
	"slices"
	"time"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/decision"
	"tonghop/pipeline/edition"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/narrative"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/wording"
)

// Input is what a report is made of.
type Input struct {
	Summary  *summary.Summary
	Findings []Finding
	Files    []submission.File
	Phrases  wording.Phrases
	Revision int
	// AsOf is the printed date, in the office's zone.
	AsOf   time.Time
	Office Office
	// Edition is for whom it is made; Annexes are the appendices wanted, in their
	// order, nil for all.
	Edition Edition
	Annexes []Annex
	// Sample labels the figures as fictional.
	Sample bool
	// Text is what the office wrote for the report.
	Text narrative.Text
	// Changes are what the revision Before gave otherwise; Before is 0 for the
	// first.
	Before  int
	Changes []edition.Change
	// Adjustments reconcile cumulative figures with those signed for the month
	// Reconciled, which is zero where none was signed.
	Reconciled  period.Month
	Adjustments []edition.Adjustment
	// Signed is what a signed report carries; nil for a draft.
	Signed *decision.Signature
	// Program and the catalogue's hash close the last page.
	Program string
}

// Office is what the letterhead says of who issues the report.
type Office struct {
	Superior string // HỘI LIÊN HIỆP PHỤ NỮ HÀ NỘI
	Issuer   string // BAN THƯỜNG VỤ
	Symbol   string // BC-BTV
	Place    string // Hà Nội
	// Party sets the report in the manner of the Party's documents.
	Party bool
	// Recipients are those of "Nơi nhận", without the archives, which come last.
	Recipients []string
	// Authority and Title are the lines over the place of the signature of a draft,
	// "TM." and "CHỦ TỊCH"; Title is dotted where it is empty.
	Authority, Title string
}

// Finding is a finding in words.
type Finding struct {
	finding.Finding
	wording.Sentence
}

// Compose lays down what the report says: page 1 at a glance, the verdicts, a
// table a programme, then the appendices.
func Compose(in Input) Document {
	c := composer{Input: in, say: in.Phrases.Say}
	main := Section{Blocks: c.firstPage()}
	main.Blocks = append(main.Blocks, Contents{Title: c.say("report.contents")})
	main.Blocks = append(main.Blocks, c.results()...)
	main.Blocks = append(main.Blocks, c.body()...)
	main.Blocks = append(main.Blocks, Paragraph{Text: c.say("report.closing", "period", c.period())})
	main.Blocks = append(main.Blocks, c.signatures()...)
	doc := Document{
		Title:      c.say("report.file_title", "period", c.period()),
		Subject:    c.say("report.subject", "period", c.period()),
		Author:     in.Office.Superior,
		Keywords:   []string{c.Summary.Period.String(), c.Summary.Catalogue.ID},
		Draft:      c.draft(),
		Provenance: c.provenance(),
		Party:      in.Office.Party,
		Sections:   []Section{main},
	}
	for _, a := range c.annexes() {
		doc.Sections = append(doc.Sections, c.appendix(a))
	}
	return doc
}

// composer carries what every part needs.
type composer struct {
	Input
	say func(key string, facts ...any) string

	// Made when first wanted: there are many figures, and much is asked of them.
	found       lookup
	withVerdict []*summary.Figure
}

func (c *composer) period() string { return c.Phrases.Period(c.Summary.Period) }

// DraftMark is what every page and sheet of a report carries until it is signed;
// empty when signed.
func DraftMark(in Input) string {
	c := composer{Input: in, say: in.Phrases.Say}
	return c.draft()
}

// draft labels every page of a report that nobody has signed.
func (c *composer) draft() string {
	if c.Signed != nil {
		return ""
	}
	return c.say("report.draft", "revision", year(c.Revision), "time", c.AsOf)
}

func (c *composer) provenance() string {
	return c.say("report.provenance", "version", c.Program, "revision", year(c.Revision),
		"catalogue", c.Summary.Catalogue.ID, "sha256", c.Summary.Catalogue.SHA256[:12])
}

// span returns the summary's span of a kind, or nil where it has none.
func (c *composer) span(kind period.SpanKind) (period.Span, bool) {
	for _, s := range c.Summary.Spans {
		if s.Kind == kind {
			return s, true
		}
	}
	return period.Span{}, false
}

// own is the kind of the period's own span: the month, or the longer one.
func (c *composer) own() period.SpanKind { return c.Summary.Period.Kind }

// inYear is the kind of the span that year targets are judged by.
func (c *composer) inYear() period.SpanKind {
	if c.own() == period.Monthly {
		return period.YearToDate
	}
	return c.own()
}

// judged are the city's figures with a verdict, in catalogue order; a plan
// target's figure stands in the place of its indicator.
func (c *composer) judged(headlineOnly bool) []*summary.Figure {
	if c.withVerdict == nil {
		byIndicator := map[*catalogue.Indicator][]*summary.Figure{}
		for i := range c.Summary.Figures {
			if f := &c.Summary.Figures[i]; f.IsCity() && f.Judgment != nil {
				byIndicator[f.Indicator] = append(byIndicator[f.Indicator], f)
			}
		}
		c.withVerdict = []*summary.Figure{}
		for _, ind := range c.Summary.Catalogue.Indicators {
			c.withVerdict = append(c.withVerdict, byIndicator[ind]...)
		}
	}
	return slices.DeleteFunc(slices.Clone(c.withVerdict), func(f *summary.Figure) bool {
		return headlineOnly && !f.Judgment.Target.Headline
	})
}

// judgedOf are those of one programme.
func (c *composer) judgedOf(p *catalogue.Programme) []*summary.Figure {
	return slices.DeleteFunc(c.judged(false), func(f *summary.Figure) bool { return f.Indicator.Programme != p.Code })
}

// lookup finds figures by indicator, span and unit without a scan for each
// cell of the tables.
type lookup map[lookupKey]*summary.Figure

type lookupKey struct {
	indicator   string
	span        period.SpanKind
	group, unit string // empty for the city
}

func (c *composer) cityKey(ind *catalogue.Indicator, span period.SpanKind) lookupKey {
	return lookupKey{indicator: ind.Code, span: span}
}

// index has the figures that the report names.
func (c *composer) index() lookup {
	if c.found == nil {
		c.found = make(lookup, len(c.Summary.Figures))
		for i := range c.Summary.Figures {
			c.found.add(&c.Summary.Figures[i])
		}
	}
	return c.found
}

func (l lookup) add(f *summary.Figure) {
	l[lookupKey{f.Indicator.Code, f.Span, f.Group, f.Unit}] = f
}
