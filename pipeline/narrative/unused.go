package narrative

import (
	"slices"
	"strconv"

	"tonghop/pipeline/finding"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
)

// Lags reports whether a figure's target is missed or about to be: why, and what
// is done about it, is then printed.
func Lags(f *summary.Figure) bool {
	return f.Judgment != nil && (f.Judgment.Verdict == summary.Behind || f.Judgment.Verdict == summary.NotMet)
}

// at starts a finding about a row.
func at(code finding.Code, w Written, why string) finding.Finding {
	f := finding.New(code).With("why", why).With("line", strconv.Itoa(w.Place.Row))
	f.File, f.Sheet, f.Row = w.Place.File, w.Place.Sheet, w.Place.Row
	if w.Unit != EveryUnit {
		f.Unit = w.Unit
	}
	return f
}

// Unused are the rows that print nothing in a period's report: the office must
// not believe them printed. The summary is as consolidated, with every text of
// the units.
func (t Text) Unused(city *summary.Summary) []finding.Finding {
	var all []finding.Finding
	for _, w := range t.Rows {
		why := ""
		switch w.Part {
		case Cause, Remedy:
			why = whyNotLagging(city, w.About)
		case Print, Approve:
			why = whyNotSaid(city, w)
		}
		if why == "" {
			continue
		}
		f := at(finding.NarrativeUnused, w, why).With("part", w.Part.Vietnamese())
		if _, ok := city.Catalogue.Indicator(w.About); ok {
			f.Indicator = w.About
		}
		all = append(all, f)
	}
	return all
}

func whyNotLagging(city *summary.Summary, indicator string) string {
	why := "not-judged"
	for i := range city.Figures {
		f := &city.Figures[i]
		if !f.IsCity() || f.Indicator.Code != indicator || f.Judgment == nil {
			continue
		}
		if Lags(f) {
			return ""
		}
		why = "not-behind"
	}
	return why
}

// whyNotSaid tells why a unit's words that a row is about are not there.
func whyNotSaid(city *summary.Summary, w Written) string {
	why := "nothing-written"
	for _, s := range city.Basis {
		if !city.Period.Contains(s.Period) || w.Unit != EveryUnit && w.Unit != s.Unit {
			continue
		}
		for _, text := range said(s, w.About) {
			if w.Part == Print || same(w.Paragraphs, text) {
				return ""
			}
			why = "text-differs"
		}
	}
	return why
}

// said are the texts of a submission about an indicator or a programme.
func said(s *submission.Submission, about string) []string {
	var all []string
	for _, v := range s.Values.All() {
		if v.Indicator == about {
			all = append(all, v.Text, v.Note, v.Raw)
		}
	}
	for _, r := range s.Remarks {
		if r.Programme == about {
			all = append(all, r.Text)
		}
	}
	return slices.DeleteFunc(all, func(text string) bool { return text == "" })
}
