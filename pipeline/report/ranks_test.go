package report_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
	"tonghop/pipeline/report"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/wording"
)

// rankable is the internal edition for so many units of one group, each with 100
// times its number of LD, of which LD_NU are 10 times the number.
func rankable(t *testing.T, units int, compare map[string]string) report.Input {
	t.Helper()
	in := input(t, wording.Vietnamese)
	in.Edition = report.Internal
	s := in.Summary
	for code, by := range compare {
		ind, _ := s.Catalogue.Indicator(code)
		ind.Compare = by
	}
	s.Expected = nil
	s.Figures = slices.DeleteFunc(s.Figures, func(f summary.Figure) bool { return !f.IsCity() })
	for i := range units {
		u := &catalogue.Unit{ID: fmt.Sprint("R-", i+1), Kind: catalogue.UrbanDistrict, Name: fmt.Sprint("Q", i+1)}
		s.Expected = append(s.Expected, u)
		add := func(code string, n figure.Number) *summary.Figure {
			ind, _ := s.Catalogue.Indicator(code)
			s.Figures = append(s.Figures, summary.Figure{
				Indicator: ind, Unit: u.ID, Span: period.YearToDate, Value: figure.Of(n), Coverage: summary.Coverage{Reported: 3, Expected: 3},
			})
			return &s.Figures[len(s.Figures)-1]
		}
		whole, part := figure.Int(int64(100*(i+1))), figure.Int(int64(10*(i+1)*(i+1)))
		add("LD", whole)
		add("LD_NU", part)
		rate, _ := part.Mul(figure.Int(100)).Quo(whole)
		f := add("TL_NU", rate)
		f.Numerator, f.Denominator = &part, &whole
	}
	return in
}

func ranks(in report.Input) string {
	_, text, _ := strings.Cut(dump(report.Compose(in)), "### Cao nhất, thấp nhất")
	text, _, _ = strings.Cut(text, "\n#")
	return text
}

func TestRanks(t *testing.T) {
	rate := map[string]string{"TL_NU": "rate"}
	has(t, ranks(rankable(t, 6, rate)),
		"• Tỷ lệ lao động nữ: cao nhất Quận Q6 60,00% (360/600); thấp nhất Quận Q1 10,00% (10/100); trong 6 đơn vị.")
	has(t, ranks(rankable(t, 5, map[string]string{"LD_NU": "per:LD"})),
		"cao nhất Quận Q5 50,0 trên 100 người (250/500); thấp nhất Quận Q1 10,0 trên 100 người (10/100); trong 5 đơn vị.")

	targets := rankable(t, 5, map[string]string{"LD": "own_target"})
	for i := range targets.Summary.Figures {
		if f := &targets.Summary.Figures[i]; f.Unit != "" && f.Indicator.Code == "LD" {
			n, _ := f.Value.Number()
			attained, _ := n.Quo(figure.Int(4))
			f.Judgment = &summary.Judgment{Verdict: summary.Behind, Attained: &attained, Target: &catalogue.Target{Unit: f.Unit, Value: figure.Int(400), Comparator: catalogue.AtLeast}}
		}
	}
	has(t, ranks(targets), "cao nhất Quận Q5 125,0%; thấp nhất Quận Q1 25,0%; trong 5 đơn vị.")

	office := rankable(t, 6, rate)
	office.Summary.Expected[0].Kind = catalogue.CityOffice // no district's equal
	has(t, ranks(office), "thấp nhất Quận Q2", "trong 5 đơn vị.")

	tied := rankable(t, 6, rate)
	for i := range tied.Summary.Figures[:len(tied.Summary.Figures)-3] {
		if f := &tied.Summary.Figures[i]; f.Unit != "" && f.Indicator.Code == "TL_NU" {
			f.Value = figure.Of(figure.Int(50))
		}
	}
	has(t, ranks(tied), "cao nhất Quận Q6", "thấp nhất 5 đơn vị bằng nhau; trong 6 đơn vị.")
}

func TestNobodyIsRanked(t *testing.T) {
	rate := map[string]string{"TL_NU": "rate"}
	each := func(in report.Input, code string, change func(n int, f *summary.Figure)) report.Input {
		n := 0
		for i := range in.Summary.Figures {
			if f := &in.Summary.Figures[i]; f.Unit != "" && f.Indicator.Code == code {
				change(n, f)
				n++
			}
		}
		return in
	}
	meeting := rankable(t, 6, rate)
	meeting.Edition = report.Meeting
	secret := rankable(t, 6, rate)
	ind, _ := secret.Summary.Catalogue.Indicator("TL_NU")
	ind.CityOnly = true
	groups := rankable(t, 8, rate)
	for i, u := range groups.Summary.Expected {
		u.Group = fmt.Sprint("Cụm ", i%2)
	}
	thirty := figure.MustParse("29.9")
	for name, in := range map[string]report.Input{
		"in the meeting's edition": meeting,
		"of what is not to be":     rankable(t, 6, nil),
		"of cases of abuse":        secret,
		"where they are four":      rankable(t, 4, rate),
		"in groups of four":        groups,
		"where all are equal":      each(rankable(t, 6, rate), "TL_NU", func(_ int, f *summary.Figure) { f.Value = figure.Of(figure.Int(50)) }),
		"by figures that are not known": each(rankable(t, 6, rate), "TL_NU", func(n int, f *summary.Figure) {
			if n > 3 {
				f.Value = figure.Without(figure.Refused)
			}
		}),
		"by incomplete figures":  each(rankable(t, 6, rate), "TL_NU", func(n int, f *summary.Figure) { f.Coverage.Reported -= n % 2 }),
		"by provisional figures": each(rankable(t, 6, rate), "TL_NU", func(n int, f *summary.Figure) { f.Provisional = n%2 == 0 }),
		"of few cases": each(rankable(t, 6, rate), "TL_NU", func(n int, f *summary.Figure) {
			if n%2 == 0 {
				f.Denominator = &thirty
			}
		}),
		"per few": each(rankable(t, 6, map[string]string{"LD_NU": "per:LD"}), "LD", func(n int, f *summary.Figure) {
			if n%2 == 0 {
				f.Value = figure.Of(thirty)
			}
		}),
		"without targets": rankable(t, 6, map[string]string{"LD": "own_target"}),
	} {
		if text := ranks(in); text != "" {
			t.Errorf("%s: %s", name, text)
		}
	}
}

// Each group has its own ends.
func TestRanksOfGroups(t *testing.T) {
	in := rankable(t, 10, map[string]string{"TL_NU": "rate"})
	for i, u := range in.Summary.Expected {
		u.Group = fmt.Sprint("Cụm ", i%2)
	}
	has(t, ranks(in), "Tỷ lệ lao động nữ – Cụm 0: cao nhất Quận Q9", "thấp nhất Quận Q1 ", "Tỷ lệ lao động nữ – Cụm 1: cao nhất Quận Q10", "thấp nhất Quận Q2 ", "trong 5 đơn vị")
}
