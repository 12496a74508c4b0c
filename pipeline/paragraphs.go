package pipeline

import (
	"strings"

	"tonghop/pipeline/narrative"
	"tonghop/pipeline/report"
	"tonghop/pipeline/report/xlsx"
)

// officeParts are the sections that the office writes and the key of each one's
// title. Results stand between the first and the second.
var officeParts = []struct {
	part  narrative.Part
	title string
}{
	{narrative.Direction, "report.section.direction"},
	{narrative.Assessment, "report.section.assessment"},
	{narrative.Outlook, "report.section.outlook"},
	{narrative.Proposals, "report.section.proposals"},
}

// explanations are the parts that stand with a programme's results.
var explanations = map[narrative.Part]string{narrative.Cause: "xlsx.cause", narrative.Remedy: "xlsx.remedy"}

// paragraphs is the report's running text in its order: what the office wrote,
// and between its sections what is said of each programme, with the office's
// causes and remedies.
func (p *Pipeline) paragraphs(in report.Input) []xlsx.Paragraph {
	var all []xlsx.Paragraph
	add := func(section, title string, lines ...string) {
		for _, line := range lines {
			if line = strings.TrimSpace(line); line != "" {
				all = append(all, xlsx.Paragraph{Section: section, Title: title, Text: line})
			}
		}
	}
	for n, one := range officeParts {
		for _, w := range in.Text.Of(one.part) {
			add(p.Phrases.Say(one.title), "", w.Paragraphs...)
		}
		if n > 0 {
			continue
		}
		results := p.Phrases.Say("report.section.programmes")
		for _, text := range report.Paragraphs(in) {
			add(results, text.Title, strings.Split(text.Text, "\n")...)
			for _, w := range in.Text.Rows {
				if ind, ok := p.Catalogue.Indicator(w.About); ok && ind.Programme == text.Programme && explains(in, w) {
					add(p.Phrases.Say(explanations[w.Part]), p.Phrases.IndicatorName(ind), w.Paragraphs...)
				}
			}
		}
	}
	return all
}

// explains reports whether a row is a cause or remedy that the report prints:
// that of an indicator which is behind.
func explains(in report.Input, w narrative.Written) bool {
	if explanations[w.Part] == "" {
		return false
	}
	for i := range in.Summary.Figures {
		if f := &in.Summary.Figures[i]; f.IsCity() && f.Indicator.Code == w.About && narrative.Lags(f) {
			return true
		}
	}
	return false
}
