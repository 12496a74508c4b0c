package xlsx

import (
	"slices"
	"strings"
	"testing"

	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
)

// Above 500 units the programme sheets list groups and the units that are in
// none, and add up to the city; of the sources only what is asked about is left.
func TestManyUnitsAreListedByGroup(t *testing.T) {
	const units = summary.MostListed + 1
	in := large(t, units, 6)
	in.Summary.Expected = in.Summary.Catalogue.Units
	counts := map[string]int{}
	for i, u := range in.Summary.Catalogue.Units[1:] {
		u.Group = []string{"Cụm A", "Cụm B"}[i%2]
		counts[u.Group]++
	}
	for _, ind := range in.Summary.Catalogue.Indicators {
		for group, n := range counts {
			for _, span := range []period.SpanKind{period.Monthly, period.YearToDate} {
				in.Summary.Figures = append(in.Summary.Figures, summary.Figure{
					Indicator: ind, Group: group, Span: span, Value: figure.Of(figure.Int(int64(12 * n))),
					Coverage: summary.Coverage{Reported: n, Expected: n, By: summary.ByUnit},
				})
			}
		}
	}
	in.Submissions[7].Values = in.Submissions[7].Values.Changed(0, func(v *submission.Value) { v.Figure = figure.Without(figure.Refused) })
	in.Findings = append(in.Findings, Row{File: in.Submissions[9].File, Indicator: in.Submissions[9].Values.Indicator(1)})
	f := open(t, draw(t, in))
	for sheet, want := range map[string][]string{
		"CT01":       {"Phường Số 0", "Cụm A", "Cụm B"},
		sheetSources: {"HN-007.xlsx", "HN-009.xlsx"},
	} {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		text := ""
		for _, row := range rows {
			text += strings.Join(row, "|") + "\n"
		}
		for _, one := range want {
			if !strings.Contains(text, one) {
				t.Errorf("%s lacks %q:\n%s", sheet, one, text)
			}
		}
		if strings.Contains(text, "Phường Số 11") && sheet == "CT01" || strings.Contains(text, "HN-011.xlsx") {
			t.Errorf("%s lists units one by one:\n%s", sheet, text[:2000])
		}
		if !strings.Contains(text, "figures.csv") {
			t.Errorf("%s does not say where the rest is", sheet)
		}
	}
	var totals []string
	each(t, f, "CT01", func(cell, value string) {
		if formula, _ := f.GetCellFormula("CT01", cell); strings.HasPrefix(formula, "SUM") {
			totals = append(totals, value)
		}
	})
	if !slices.Contains(totals, "6012") || slices.ContainsFunc(totals, func(v string) bool { return v != "6012" }) {
		t.Errorf("totals %v, want %d each", totals, 12*units)
	}
}
