package report

import (
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
)

// words are the unit's own: its answers on commitments, and the texts that the
// report, too, would print of it.
func (s *unitSheets) words(u *catalogue.Unit) []Block {
	answers := Table{
		Columns: []Column{{Weight: 110}, {Weight: 50}},
		Head:    [][]Cell{s.head("column.commitment", "unitsheet.answer")},
	}
	var said []string
	for _, one := range s.ofPeriod() {
		if one.Unit != u.ID {
			continue
		}
		for _, v := range one.Values.All() {
			ind, ok := s.Summary.Catalogue.Indicator(v.Indicator)
			if !ok || ind.CityOnly || v.Text == "" {
				continue
			}
			switch ind.Type {
			case catalogue.Choice, catalogue.YesNo:
				if one.Period == s.Summary.Period.To {
					answers.Rows = append(answers.Rows, Row{Cells: []Cell{{Text: s.Phrases.IndicatorName(ind)}, {Text: v.Text}}})
				}
			case catalogue.Prose:
				if s.Text.Prints(ind.Code, u.ID) && !void(v.Text) {
					said = append(said, s.unitSaid(one, s.answered(ind), v.Text))
				}
			}
		}
		for _, r := range one.Remarks {
			if p, ok := s.Summary.Catalogue.Programme(r.Programme); ok && r.Kind != submission.Evidence && !void(r.Text) {
				said = append(said, s.unitSaid(one, s.say("unitsheet.remark", "programme", s.programmeShort(p), "kind", s.Phrases.Remark(r.Kind)), r.Text))
			}
		}
	}
	var blocks []Block
	if len(answers.Rows) > 0 {
		blocks = append(blocks, answers)
	}
	if len(said) > 0 {
		blocks = append(blocks, Bullets{Small: true, Items: said})
	}
	return blocks
}

// unitSaid is a text with what it is about and, in a longer period, its month.
func (s *unitSheets) unitSaid(one *submission.Submission, about, text string) string {
	month := ""
	if s.own() != period.Monthly {
		month = s.Phrases.Month(one.Period)
	}
	return s.say("unitsheet.said", "about", about, "month", month, "text", strings.TrimSpace(text))
}
