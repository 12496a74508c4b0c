// Package summarytest owns one small summary, written by hand as text, on which
// the packages that print and export summaries are tested. It adds nothing up:
// what comes out can be compared with the numbers that stand here.
package summarytest

import (
	"strings"
	"testing"
	"time"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
)

// The month summed up, and when it is printed.
var (
	June  = period.Month{Year: 2025, Number: time.June}
	Hanoi = time.FixedZone("+07", 7*60*60)
	AsOf  = time.Date(2025, time.June, 18, 10, 35, 0, 0, Hanoi)
)

// figures has a line a figure: indicator, span, unit or "city", value or the
// reason why there is none, then in any order
//
//	3/5:U-3,U-4    coverage and who is missing
//	n=12/34        numerator and denominator
//	*              provisional
//	v=behind       verdict; on time with the year but for "final"
//	expected=600   what the pace asks for
//	from=2025-04   months before are uncovered
//	E5             the cell of a unit's value
const figures = `
LD    month city 130 3/5:U-3,U-4 *
LD    month Cụm_1 120 2/2
LD    month U-1 70 E5
LD    month U-2 50 E5 *
LD    month U-3 not_received
LD    month U-4 not_received
LD    month CITY not_expected
LD_NU month city 117 3/5:U-3,U-4 *
LD_NU month U-1 67 E6
LD_NU month U-2 refused E6
TL_NU month city 90.03 2/5:U-2,U-3,U-4 n=63/70 *
TL_NU month U-1 95.714285714 n=67/70
HO    month city 61 5/5
HO    month U-1 31 E7
HO    month U-2 none E7
KEM   month city none 3/5:U-3,U-4 *
KEM   month U-1 none E8
KEM   month U-2 not_available E8
NAM   month city not_due
QUY   month city 12 5/5 v=met final
VU    month city none 5/5
VU_DX month city none 5/5
TL_VU month city no_cases 5/5 n=0/0
VON   month city 12.25 5/5
VON   month U-1 12.25 E9
VON   month U-2 not_applicable E9
LD    year_to_date city 530 10/15:U-3,U-4 * v=behind expected=600
LD_NU year_to_date city 470 10/15:U-3,U-4 *
TL_NU year_to_date city 89.9999 8/15:U-2,U-3,U-4 n=470/530 * v=behind expected=90
HO    year_to_date city 2999 15/15 v=not_met final expected=3000
KEM   year_to_date city none 3/5:U-3,U-4 * v=on_track expected=0
NAM   year_to_date city not_due v=not_due
QUY   year_to_date city 20 10/10 from=2025-04
VU    year_to_date city none 5/5
VU_DX year_to_date city none 5/5
TL_VU year_to_date city no_cases 5/5 n=0/0 v=not_applicable expected=100
VON   year_to_date city 12.25 5/5
LD    year_to_date U-1 310 3/3
LD    plan_to_date city 6001 50/55:U-3,U-4 * v=met expected=5400
`

// Summary is the month of June of four districts and the city office: one
// report is missing, one cannot be used, one came late with a wrong cell.
func Summary(t testing.TB) *summary.Summary {
	t.Helper()
	c := Catalogue(t)
	plan := period.Month{Year: 2021, Number: time.January}
	s := &summary.Summary{
		Catalogue: c, Period: period.SpanOf(period.Monthly, June, plan), Window: period.Scheme15to14.Window(June),
		Began:    period.Month{Year: 2025, Number: time.April},
		Expected: c.Units, Submissions: receipts(c),
		Counts: summary.Counts{Expected: 5, Received: 4, Usable: 3, OnTime: 2},
		CountsByKind: []summary.KindCounts{
			{Kind: catalogue.UrbanDistrict, Counts: summary.Counts{Expected: 2, Received: 2, Usable: 2, OnTime: 1}},
			{Kind: catalogue.RuralDistrict, Counts: summary.Counts{Expected: 1}},
			{Kind: catalogue.Town, Counts: summary.Counts{Expected: 1, Received: 1}},
			{Kind: catalogue.CityOffice, Counts: summary.Counts{Expected: 1, Received: 1, Usable: 1, OnTime: 1}},
		},
	}
	for _, kind := range []period.SpanKind{period.Monthly, period.QuarterToDate, period.YearToDate, period.PlanToDate} {
		s.Spans = append(s.Spans, period.SpanOf(kind, June, plan))
	}
	for line := range strings.Lines(figures) {
		if words := strings.Fields(line); len(words) > 0 {
			s.Figures = append(s.Figures, read(t, c, words))
		}
	}
	answers := func(code string, reported int, counts map[string]int, order ...string) summary.Tally {
		tally := summary.Tally{Indicator: indicator(t, c, code), Reported: reported, Expected: 4}
		for _, choice := range order {
			tally.Choices = append(tally.Choices, summary.ChoiceCount{Choice: choice, Units: counts[choice]})
		}
		return tally
	}
	s.Tallies = []summary.Tally{
		answers("CK1", 2, map[string]int{"đang triển khai": 2}, indicator(t, c, "CK1").Choices...),
		answers("CK3", 2, map[string]int{"có": 1, "không": 1}, "có", "không"),
		answers("CK2", 1, map[string]int{"hoàn thành": 1}, indicator(t, c, "CK2").Choices...),
	}
	return s
}

func indicator(t testing.TB, c *catalogue.Catalogue, code string) *catalogue.Indicator {
	t.Helper()
	i, ok := c.Indicator(code)
	if !ok {
		t.Fatalf("no indicator %s", code)
	}
	return i
}

func receipts(c *catalogue.Catalogue) []summary.Receipt {
	due := time.Date(2025, time.June, 17, 17, 0, 0, 0, Hanoi)
	all := make([]summary.Receipt, len(c.Units))
	for i, u := range c.Units {
		all[i] = summary.Receipt{Unit: u, Month: June, Deadline: due, Status: submission.Missing}
	}
	came := func(r *summary.Receipt, status submission.Status, at time.Time, from submission.ReceivedFrom) {
		r.Status, r.FirstReceived, r.ReceivedFrom, r.OnTime = status, at, from, !at.After(due)
		r.Used = &submission.Submission{
			Unit: r.Unit.ID, Period: June, File: "2025-06/" + strings.ToLower(r.Unit.ID) + ".xlsx",
			SHA256: strings.Repeat(strings.ToLower(r.Unit.ID[:1])+"0", 32), Version: 1, ReceivedAt: at, ReceivedFrom: from,
		}
	}
	came(&all[0], submission.Accepted, due, submission.FromRegister)
	came(&all[1], submission.NeedsCorrection, due.Add(time.Minute), submission.FromFileTimes)
	all[3].Status = submission.Unusable
	came(&all[4], submission.AcceptedWithWarnings, due.Add(-time.Hour), submission.FromRegister)
	return all
}

// states are the words for a figure without a number. "none" has no reason: it
// is a number, 0.
var states = map[string]figure.State{
	"none": figure.None, "refused": figure.Refused, "not_available": figure.NotAvailable, "not_applicable": figure.NotApplicable,
	"blank": figure.Blank, "not_received": figure.Blank, "not_expected": figure.NotApplicable, "not_due": figure.Blank,
	"no_cases": figure.NotApplicable,
}

// read makes the figure of one line.
func read(t testing.TB, c *catalogue.Catalogue, words []string) summary.Figure {
	t.Helper()
	kind, err := period.ParseSpanKind(words[1])
	if err != nil {
		t.Fatal(err)
	}
	f := summary.Figure{Indicator: indicator(t, c, words[0]), Span: kind, Source: summary.Source{Kind: summary.SourceComputed}}
	f.Coverage.By = summary.ByUnit
	if kind != period.Monthly {
		f.Coverage.By = summary.ByUnitMonth
	}
	if _, ok := c.Unit(words[2]); ok {
		f.Unit = words[2]
	} else if words[2] != "city" {
		f.Group = strings.ReplaceAll(words[2], "_", " ")
	}
	if state, ok := states[words[3]]; ok {
		f.Value = figure.Without(state)
		if state != figure.None {
			f.Reason = summary.Reason(words[3])
		}
	} else {
		f.Value = figure.Of(number(t, words[3]))
	}
	for _, w := range words[4:] {
		key, value, _ := strings.Cut(w, "=")
		switch {
		case w == "*":
			f.Provisional = true
		case key == "n":
			x, y, _ := strings.Cut(value, "/")
			numerator, denominator := number(t, x), number(t, y)
			f.Numerator, f.Denominator = &numerator, &denominator
		case key == "v":
			f.Judgment = judgment(t, c, &f, summary.Verdict(value))
		case w == "final":
			f.Judgment.HorizonEnds = true
		case key == "expected":
			expected := number(t, value)
			f.Judgment.Expected = &expected
		case key == "from":
			from, err := period.ParseMonth(value)
			if err != nil {
				t.Fatal(err)
			}
			for m := (period.Month{Year: from.Year, Number: 1}); m.Before(from); m = m.Add(1) {
				f.Coverage.Uncovered = append(f.Coverage.Uncovered, m)
			}
		case strings.Contains(w, "/"):
			cover(t, &f, w)
		default:
			f.Source = summary.Source{Kind: summary.SourceCell, File: "2025-06/" + strings.ToLower(f.Unit) + ".xlsx", Sheet: "Báo cáo", Cell: w, Raw: words[3]}
		}
	}
	return f
}

func cover(t testing.TB, f *summary.Figure, text string) {
	t.Helper()
	counts, missing, _ := strings.Cut(text, ":")
	reported, expected, _ := strings.Cut(counts, "/")
	for _, n := range []struct {
		text string
		to   *int
	}{{reported, &f.Coverage.Reported}, {expected, &f.Coverage.Expected}} {
		for _, r := range n.text {
			*n.to = *n.to*10 + int(r-'0')
		}
	}
	if missing == "" {
		return
	}
	for unit := range strings.SplitSeq(missing, ",") {
		f.Coverage.Missing = append(f.Coverage.Missing, summary.Missing{Unit: unit, Periods: []period.Month{June}})
	}
}

func judgment(t testing.TB, c *catalogue.Catalogue, f *summary.Figure, v summary.Verdict) *summary.Judgment {
	t.Helper()
	horizon := map[period.SpanKind]catalogue.Horizon{
		period.Monthly: catalogue.HorizonMonth, period.YearToDate: catalogue.HorizonYear, period.PlanToDate: catalogue.HorizonPlan,
	}[f.Span]
	target := c.TargetFor(f.Indicator.Code, "", horizon, June)
	if target == nil {
		t.Fatalf("%s has no target for the %s", f.Indicator.Code, horizon)
	}
	j := &summary.Judgment{Target: target, JudgedIn: June, Verdict: v, Provisional: f.Provisional, Missing: len(f.Coverage.Missing)}
	j.Reporting = 5 - j.Missing
	if n, ok := f.Value.Number(); ok {
		if attained, err := n.Mul(figure.Int(100)).Quo(target.Value); err == nil {
			j.Attained = &attained
		}
		if target.Comparator == catalogue.AtLeast && n.Cmp(target.Value) < 0 {
			gap := target.Value.Sub(n)
			j.Gap = &gap
		}
	}
	return j
}

func number(t testing.TB, text string) figure.Number {
	t.Helper()
	n, err := figure.Parse(text)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return n
}
