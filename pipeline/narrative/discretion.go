package narrative

import (
	"iter"
	"slices"
	"strings"
	"unicode"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
)

// Discretion keeps out of print what the office has not agreed to print. It
// works on what is to be published as a whole, so that no page, sheet or file
// made of it can tell more than another.
type Discretion struct {
	Catalogue *catalogue.Catalogue
	Text      Text
	// Withheld stands in the place of a text, in words.
	Withheld string
	// Span are the months whose withheld texts are told; those of others are
	// withheld in silence.
	Span period.Span

	notes   []finding.Finding
	waiting []Written
	done    map[*submission.Submission]*submission.Submission
}

// The reasons for which a text is withheld, worded by the phrases "why." before
// them.
const (
	holdsNumber = "personal-number"
	aboutAbuse  = "abuse-case"
)

// Notes are where texts were withheld.
func (d *Discretion) Notes() []finding.Finding { return d.notes }

// Waiting are the units' texts that were withheld, as rows that would agree to
// them.
func (d *Discretion) Waiting() []Written { return d.waiting }

// why tells why a unit's text about an indicator or programme is not printed;
// empty where it is.
func (d *Discretion) why(about, unit, text string) string {
	ind, ok := d.Catalogue.Indicator(about)
	var why string
	switch {
	case text == "" || text == d.Withheld:
		return ""
	case ok && ind.CityOnly && worded(ind, text):
		why = aboutAbuse
	case Personal(text):
		why = holdsNumber
	default:
		return ""
	}
	if d.Text.approved(about, unit, text) {
		return ""
	}
	return why
}

// whyAll is why for a text that may be about any of several: the office's consent
// under one of them is enough.
func (d *Discretion) whyAll(abouts []string, unit, text string) string {
	why := ""
	for _, about := range abouts {
		if why = d.why(about, unit, text); why == "" {
			return ""
		}
	}
	return why
}

// worded reports whether a text says more than a figure or one of the answers
// to choose from.
func worded(ind *catalogue.Indicator, text string) bool {
	return strings.ContainsFunc(text, unicode.IsLetter) && !slices.Contains(ind.Choices, text) && ind.Type != catalogue.YesNo
}

// Submission is a submission as it may be printed: itself, or a copy with what
// is withheld replaced.
func (d *Discretion) Submission(s *submission.Submission) *submission.Submission {
	if s == nil {
		return nil
	}
	if done, ok := d.done[s]; ok {
		return done
	}
	own := *s
	own.Remarks = slices.Clone(s.Remarks)
	changed := false
	hold := func(text *string, about, why, sheet, cell string, row, col int, tell bool) {
		if why == "" {
			return
		}
		if tell && d.Span.Contains(s.Period) {
			d.tell(s, about, why, sheet, cell, row, col)
			d.waiting = append(d.waiting, Written{Part: Approve, About: about, Unit: s.Unit, Paragraphs: strings.Split(*text, "\n")})
		}
		*text, changed = d.Withheld, true
	}
	var values []submission.Value // where one is changed
	for i, v := range s.Values.All() {
		typed := v
		raw := d.whyRaw(v.Indicator, s.Unit, v.Raw, v.Figure)
		said := d.why(v.Indicator, s.Unit, v.Text)
		hold(&v.Text, v.Indicator, said, v.Sheet, v.Cell, v.Row, v.Col, true)
		hold(&v.Raw, v.Indicator, raw, v.Sheet, v.Cell, v.Row, v.Col, said == "" && (raw == holdsNumber || raw != "" && v.Figure.Is(figure.Refused)))
		hold(&v.Note, v.Indicator, d.why(v.Indicator, s.Unit, v.Note), v.Sheet, v.Cell, v.Row, v.Col, true)
		if v != typed {
			if values == nil {
				values = s.Values.List()
			}
			values[i] = v
		}
	}
	if values != nil {
		own.Values = submission.ValuesOf(values...)
	}
	for i := range own.Remarks {
		r := &own.Remarks[i]
		hold(&r.Text, r.Programme, d.why(r.Programme, s.Unit, r.Text), r.Sheet, r.Cell, 0, 0, true)
	}
	if d.done == nil {
		d.done = map[*submission.Submission]*submission.Submission{}
	}
	if d.done[s] = s; changed {
		d.done[s] = &own
	}
	return d.done[s]
}

// whyRaw is why for the text of a cell that was read as a figure: a number that
// is printed as a figure holds nothing more.
func (d *Discretion) whyRaw(indicator, unit, raw string, read figure.Figure) string {
	if read.Is(figure.Known) && !strings.ContainsFunc(raw, unicode.IsLetter) {
		return ""
	}
	return d.why(indicator, unit, raw)
}

func (d *Discretion) tell(s *submission.Submission, about, why, sheet, cell string, row, col int) {
	f := finding.New(finding.NarrativeWithheld).With("why", why)
	f.Unit, f.Period, f.File, f.Sheet, f.Cell, f.Row, f.Col = s.Unit, s.Period, s.File, sheet, cell, row, col
	if _, ok := d.Catalogue.Indicator(about); ok {
		f.Indicator = about
	}
	if !slices.ContainsFunc(d.notes, func(o finding.Finding) bool { return finding.Compare(o, f) == 0 }) {
		d.notes = append(d.notes, f)
	}
}

// Office is the office's own text as it may be printed: it agrees by the row's
// consent.
func (d *Discretion) Office() Text {
	own := Text{Rows: slices.Clone(d.Text.Rows)}
	for i := range own.Rows {
		w := &own.Rows[i]
		if w.Consent || !Personal(strings.Join(w.Paragraphs, "\n")) {
			continue
		}
		w.Paragraphs = []string{d.Withheld}
		d.notes = append(d.notes, at(finding.NarrativeWithheld, *w, holdsNumber))
	}
	return own
}

// Summary puts submissions, sources and decisions as they may be printed into a
// summary.
func (d *Discretion) Summary(s *summary.Summary) {
	s.Submissions, s.Basis, s.Decisions = slices.Clone(s.Submissions), slices.Clone(s.Basis), slices.Clone(s.Decisions)
	for i := range s.Submissions {
		s.Submissions[i].Used = d.Submission(s.Submissions[i].Used)
	}
	for i := range s.Basis {
		s.Basis[i] = d.Submission(s.Basis[i])
	}
	for i := range s.Figures {
		d.figure(&s.Figures[i])
	}
	if made := s.Units; made != nil {
		s.Units = func(ind *catalogue.Indicator, span period.SpanKind) iter.Seq[*summary.Figure] {
			return func(yield func(*summary.Figure) bool) {
				for f := range made(ind, span) {
					if d.figure(f); !yield(f) {
						return
					}
				}
			}
		}
	}
	for i := range s.Decisions {
		one := &s.Decisions[i]
		for _, text := range []*string{&one.Old.Raw, &one.Old.Words, &one.New.Raw, &one.New.Words} {
			if d.why(one.Indicator, one.Unit, *text) != "" {
				*text = d.Withheld
			}
		}
		if Personal(one.Basis) {
			one.Basis = d.Withheld
		}
	}
}

func (d *Discretion) figure(f *summary.Figure) {
	if d.whyRaw(f.Indicator.Code, f.Unit, f.Source.Raw, f.Value) != "" {
		f.Source.Raw = d.Withheld
	}
}
