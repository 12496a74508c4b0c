package consolidate_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/consolidate"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
)

// spansOf2025 are all that a run can be asked for beside months.
var spansOf2025 = []string{"2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2025-H1", "2025-H2", "2025-9M", "2025"}

// years runs a check over the fixed spans of many random offices, each with
// reports of a whole year.
func years(t *testing.T, check func(t *testing.T, name string, in consolidate.Input, all []*submission.Submission)) {
	t.Helper()
	for seed := range uint64(15) {
		text := randomStory(rand.New(rand.NewPCG(seed, 12)), 12)
		s := parseStory(t, text)
		in := s.input(t)
		all := s.reports(t, in.Catalogue)
		for _, name := range spansOf2025 {
			selector, err := period.ParseSelector(name)
			if err != nil {
				t.Fatal(err)
			}
			in.Period = selector.Span
			check(t, name, in, all)
		}
		if t.Failed() {
			t.Fatalf("seed %d:\n%s", seed, text)
		}
	}
}

// members are the units that a figure speaks for.
func members(c *catalogue.Catalogue, f *summary.Figure) []*catalogue.Unit {
	var units []*catalogue.Unit
	for _, u := range c.Units {
		if f.IsCity() || f.Unit == u.ID || f.Group != "" && f.Group == u.Group {
			units = append(units, u)
		}
	}
	return units
}

// Every figure of a fixed span is what the reports say by a computation that
// shares nothing with the package: a rate from the sums of the months that have
// both its terms, never from the months' rates.
func TestFixedSpansEqualAnIndependentComputation(t *testing.T) {
	years(t, func(t *testing.T, name string, in consolidate.Input, all []*submission.Submission) {
		hand := byHand{all}
		city := consolidate.City(in)
		if len(city.Spans) != 1 || len(city.Figures) == 0 {
			t.Errorf("%s: spans %v, %d figures", name, city.Spans, len(city.Figures))
		}
		for i := range city.Figures {
			f := &city.Figures[i]
			want := hand.figure(f.Indicator.Code, members(in.Catalogue, f), int(in.Period.From.Number), int(in.Period.To.Number), f.Unit != "")
			if got := line(f); got != want {
				t.Errorf("%s %s %s%s = %s, by hand %s", name, f.Indicator.Code, f.Group, f.Unit, got, want)
			}
		}
	})
}

// The flow of a span is the sum of its months', its coverage that of its
// unit-months; a stock or cumulative count is its last month's; what is missing
// is missing in just those months; groups and the units of none add up to the
// city.
func TestFixedSpansAddUp(t *testing.T) {
	years(t, func(t *testing.T, name string, in consolidate.Input, _ []*submission.Submission) {
		city := consolidate.City(in)
		monthly := map[period.Month]*summary.Summary{}
		for _, m := range in.Period.Months() {
			one := in
			one.Period = period.SpanOf(period.Monthly, m, period.Month{})
			monthly[m] = consolidate.City(one)
		}
		for i := range city.Figures {
			f := &city.Figures[i]
			if f.Indicator.Kind != catalogue.Input {
				continue
			}
			at := func(m period.Month) *summary.Figure {
				return monthly[m].Find(f.Indicator.Code, period.Monthly, f.Group, f.Unit)
			}
			if f.Indicator.Nature != catalogue.Flow {
				if last := at(in.Period.To); last != nil && dump(last) != dump(f) {
					t.Errorf("%s: %s %s%s is %s, of its last month %s", name, f.Indicator.Code, f.Group, f.Unit, dump(f), dump(last))
				}
				continue
			}
			sum, reported, expected, missing := new(big.Rat), 0, 0, ""
			for _, m := range in.Period.Months() {
				if one := at(m); one != nil {
					sum.Add(sum, exact(one))
					reported, expected = reported+one.Coverage.Reported, expected+one.Coverage.Expected
				}
			}
			for _, lacking := range f.Coverage.Missing {
				for _, m := range lacking.Periods {
					missing += fmt.Sprint(lacking.Unit, m, " ")
				}
			}
			told := ""
			for _, u := range members(in.Catalogue, f) {
				for _, m := range in.Period.Months() {
					if one := at(m); one != nil {
						for _, lacking := range one.Coverage.Missing {
							if lacking.Unit == u.ID {
								told += fmt.Sprint(u.ID, m, " ")
							}
						}
					}
				}
			}
			if sum.Cmp(exact(f)) != 0 || f.Coverage.Reported != reported || f.Coverage.Expected != expected || missing != told {
				t.Errorf("%s: %s %s%s is %s, its months give %s [%d/%d], missing %swant %s", name, f.Indicator.Code, f.Group, f.Unit, dump(f), sum, reported, expected, missing, told)
			}
			if !f.IsCity() {
				continue
			}
			parts := new(big.Rat)
			for _, g := range in.Catalogue.Groups() {
				parts.Add(parts, exact(city.Find(f.Indicator.Code, f.Span, g, "")))
			}
			for _, u := range in.Catalogue.Units {
				if u.Group == "" {
					parts.Add(parts, exact(city.Find(f.Indicator.Code, f.Span, "", u.ID)))
				}
			}
			if parts.Cmp(exact(f)) != 0 {
				t.Errorf("%s: %s is %s, groups and the rest add to %s", name, f.Indicator.Code, dump(f), parts)
			}
		}
	})
}

// The four numbers of a span count its reports: each month's own, added.
func TestCountsOfASpan(t *testing.T) {
	s := parseStory(t, "units: id,valid_to\n  U1,\n  U2,2025-05-10\n  U3,\nindicators: code\n  X\nperiod: 2025-Q2\nreports:\n  2025-04 U1 X=1\n")
	in := s.input(t)
	status := func(u int, m int, st submission.Status, onTime bool) {
		in.Receipts = append(in.Receipts, summary.Receipt{
			Unit: in.Catalogue.Units[u-1], Month: in.Period.From.Add(m - 4), Status: st, OnTime: onTime,
		})
	}
	status(1, 4, submission.Accepted, true)
	status(2, 4, submission.NeedsCorrection, true)
	status(3, 4, submission.Missing, false)
	status(1, 5, submission.AcceptedWithWarnings, false)
	status(3, 5, submission.Unusable, true)
	status(1, 6, submission.Missing, false)
	status(3, 6, submission.Accepted, true)
	city := consolidate.City(in)
	if want := (summary.Counts{Expected: 7, Received: 5, Usable: 4, OnTime: 4}); city.Counts != want {
		t.Errorf("%+v, want %+v", city.Counts, want)
	}
	if len(city.Expected) != 3 || city.Expected[1].ID != "U2" {
		t.Errorf("expected units %v", city.Expected)
	}
	got := ""
	for _, one := range city.ReportsOf(submission.Missing).Units {
		got += fmt.Sprint(one.Unit.ID, one.Months, " ")
	}
	if got != "U1[2025-06] U3[2025-04] " {
		t.Errorf("missing %s", got)
	}
	// A month that every unit lacks is told once.
	for i := range city.Submissions {
		if r := &city.Submissions[i]; r.Month == in.Period.To {
			r.Status = submission.Missing
		}
	}
	if all := city.ReportsOf(submission.Missing); all.N != 3 || fmt.Sprint(all.Every) != "[2025-06]" || len(all.Units) != 1 || all.Units[0].Unit.ID != "U3" {
		t.Errorf("missing %+v", all)
	}
}
