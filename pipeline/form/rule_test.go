package form_test

import (
	"strings"
	"testing"

	"tonghop/pipeline/catalogue"
)

// A rule of the city is about the sum of all units: no unit can check it.
func TestRulesOfTheCityAreNotCheckedInAForm(t *testing.T) {
	in := june(t)
	var messages []string
	for _, r := range in.Catalogue.Rules {
		if r.Scope == catalogue.RuleOfCity {
			messages = append(messages, r.MessageVI)
		}
	}
	if len(messages) == 0 {
		t.Fatal("the shipped definitions have no rule of the city")
	}
	for _, sheet := range open(t, build(t, in)).Sheets {
		for _, cell := range sheet.Cells {
			for _, message := range messages {
				if strings.Contains(cell.Raw, message) {
					t.Errorf("%s!%s says %q", sheet.Name, cell.Ref, cell.Raw)
				}
			}
		}
	}
}
