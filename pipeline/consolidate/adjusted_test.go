package consolidate_test

import (
	"fmt"
	"testing"

	"tonghop/pipeline/consolidate"
	"tonghop/pipeline/period"
)

// judgedAt runs a story for a month and writes how X is judged over a span:
// "behind by 7500 …, of 15000 not 12000".
func judgedAt(t *testing.T, text, month string, span period.SpanKind, unit string) string {
	t.Helper()
	s := parseStory(t, text)
	s.sections["period"] = []string{month}
	f := consolidate.City(s.input(t)).Find("X", span, "", unit)
	if f == nil || f.Judgment == nil {
		return "unjudged"
	}
	out := judgment(f.Judgment) + ", of " + f.Judgment.Target.Value.String()
	if before := f.Judgment.Before; before != nil {
		out += " not " + before.Value.String()
	}
	return out
}

const adjustedStory = `
units: id
  U1
indicators: code,min
  X,0
openings: indicator,span,through,value
  X,plan,2024-12,30000
targets: indicator,unit,horizon,from,to,since,value
  X,,plan,2021-01,2025-12,,35000
  X,,plan,2021-01,2025-12,2025-07,40000
  X,,year,2021-01,2025-12,,1200
  X,,year,2021-01,2025-12,2025-04,1500
  X,,year,2021-01,2025-12,2025-10,1400
  X,U1,year,2025-01,2025-06,,600
  X,U1,year,2025-07,2025-12,,720
reports:
  2025-01 U1 X=100
  2025-02 U1 X=100
  2025-03 U1 X=100
  2025-04 U1 X=100
  2025-05 U1 X=100
  2025-06 U1 X=100
  2025-07 U1 X=100
  2025-08 U1 X=100
  2025-09 U1 X=100
  2025-10 U1 X=100
`

// An adjusted target replaces the whole horizon's value from its month: the
// pace is that of the new value over all of the horizon's months. Earlier
// months keep theirs.
func TestAdjustedTargets(t *testing.T) {
	for _, c := range []struct {
		month string
		span  period.SpanKind
		unit  string
		want  string
	}{
		{"2025-03", period.YearToDate, "", "on_track by 300 25% gap 900, of 1200"},
		{"2025-04", period.YearToDate, "", "behind by 500 26.666667% gap 1100, of 1500 not 1200"},
		{"2025-09", period.YearToDate, "", "behind by 1125 60% gap 600, of 1500 not 1200"},
		{"2025-10", period.YearToDate, "", "behind by 1166.666667 71.428571% gap 400, of 1400 not 1500"},
		{"2025-06", period.PlanToDate, "", "behind by 31500 87.428571% gap 4400, of 35000"},
		{"2025-07", period.PlanToDate, "", "behind by 36666.666667 76.75% gap 9300, of 40000 not 35000"},
		{"2025-06", period.YearToDate, "U1", "met by 300 100%, of 600"},
		{"2025-07", period.YearToDate, "U1", "on_track by 420 97.222222% gap 20, of 720 not 600"}, // rows split inside a year
		{"2025-07", period.Monthly, "", "unjudged"},
		{"2025-07", period.QuarterToDate, "", "unjudged"},
	} {
		if got := judgedAt(t, adjustedStory, c.month, c.span, c.unit); got != c.want {
			t.Errorf("%s %s %s: %s\n\twant %s", c.month, c.span, c.unit, got, c.want)
		}
	}
}

// Another value for another year is no adjustment, and an adjustment of one
// year says nothing in the next.
func TestNewYearsTargetIsNoAdjustment(t *testing.T) {
	text := `
units: id
  U1
indicators: code,min
  X,0
targets: indicator,horizon,from,to,since,value,pace
  X,year,2021-01,2024-12,,1200,linear
  X,year,2025-01,2026-12,,1500,linear
  X,year,2025-01,2026-12,2025-05,1800,linear
  X,month,2025-01,2025-05,,10,level
  X,month,2025-06,2025-12,,20,level
reports:
  2025-01 U1 X=100
  2025-06 U1 X=100
  2026-01 U1 X=100
`
	for month, want := range map[string]string{
		"2025-01": "behind by 125 6.666667% gap 1400, of 1500",
		"2026-01": "behind by 150 5.555556% gap 1700, of 1800",
	} {
		if got := judgedAt(t, text, month, period.YearToDate, ""); got != want {
			t.Errorf("%s: %s, want %s", month, got, want)
		}
	}
	if got := judgedAt(t, text, "2025-06", period.Monthly, ""); got != "met by 20 500%, of 20" {
		t.Error(got)
	}
}

// A fact asked in January about the year before is judged by that year's target
// and for good.
func TestFactAboutTheYearBefore(t *testing.T) {
	text := `
units: id
  U1
indicators: code,nature,due
  X,cumulative,1 previous
targets: indicator,horizon,from,to,value,pace
  X,year,2024-01,2024-12,90,at_due
  X,year,2025-01,2025-12,95,at_due
reports:
  2025-01 U1 X=92
  2025-02 U1
`
	if got := judgedAt(t, text, "2025-01", period.YearToDate, ""); got != "met by 90 102.222222%, of 90" {
		t.Error(got)
	}
	if got := judgedAt(t, text, "2025-02", period.YearToDate, ""); got != "not_due, of 95" {
		t.Error(got)
	}
}

// A ceiling breached in March is breached in April, though the fact is due in
// June again; one that is held is not due.
func TestBreachedCeilingStaysBreached(t *testing.T) {
	for value, want := range map[string]string{"1": "not_met gap 1, of 0", "-": "not_due, of 0"} {
		text := fmt.Sprintf(`
units: id
  U1
indicators: code,due
  X,3|6|9|12
targets: indicator,comparator,value,pace
  X,<=,0,at_due
reports:
  2025-01 U1
  2025-03 U1 X=%s
  2025-04 U1
`, value)
		if got := judgedAt(t, text, "2025-04", period.YearToDate, ""); got != want {
			t.Errorf("%s in March: %s, want %s", value, got, want)
		}
	}
}

// The first six and nine months are their year to date; no other quarter or
// half has a target.
func TestSpansAreJudgedByTheYear(t *testing.T) {
	text := "units: id\n  U1\nindicators: code,min\n  X,0\ntargets: indicator,value\n  X,1200\nreports:\n"
	for m := 1; m <= 12; m++ {
		text += fmt.Sprintf("  2025-%02d U1 X=99\n", m)
	}
	for name, want := range map[string]string{
		"2025-Q1": "unjudged", "2025-Q2": "unjudged", "2025-H2": "unjudged",
		"2025-H1": "behind by 600 49.5% gap 606, of 1200",
		"2025-9M": "behind by 900 74.25% gap 309, of 1200",
		"2025":    "not_met by 1200 99% gap 12, of 1200",
	} {
		selector, err := period.ParseSelector(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := judgedAt(t, text, name, selector.Span.Kind, ""); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

// The gap of a rate in cases is what it takes at the present denominator, by
// the exact value.
func TestGapInCases(t *testing.T) {
	for _, c := range []struct {
		formula, comparator, target, a, b string
		want                              string
	}{
		{"100 * A / B", ">=", "100", "488", "500", "12 người"},
		{"100 * A / B", ">=", "70", "0", "10", "7 người"},
		{"100 * A / B", ">=", "70", "692", "1000", "8 người"},
		{"100 * A / B", ">=", "66.7", "2", "3", "1 người"}, // 0.001 is one person
		{"100 * A / B", ">", "50", "5", "10", "1 người"},
		{"100 * A / B", "<=", "10", "12", "100", "2 người"},
		{"100 * A / B", "<", "10", "10", "100", "1 người"},
		{"A / B", ">=", "0.5", "1", "5", "2 người"},
		{"A / B * 1000", ">=", "1000", "4", "5", "1 người"},
		{"100 * (B - A) / B", ">=", "60", "5", "10", "1 người"},
		{"100 * A / B", ">=", "70", "7", "10", "–"}, // reached
		{"A - B", ">=", "70", "7", "10", "–"},       // no rate
		{"100 * D / B", ">=", "70", "6", "10", "–"}, // hectares are no cases
	} {
		s := parseStory(t, fmt.Sprintf(`
units: id
  U1
indicators: code,measure,type,formula
  A,người,whole
  B,người,whole
  D,ha,decimal
  X,%%,percent,%s
targets: indicator,comparator,value,pace,horizon
  X,%s,%s,level,month
reports:
  2025-06 U1 A=%s B=%s D=%s
`, c.formula, c.comparator, c.target, c.a, c.b, c.a))
		j := consolidate.City(s.input(t)).Find("X", period.Monthly, "", "").Judgment
		got := "–"
		if j.Cases != nil {
			got = j.Cases.String() + " " + j.CasesOf
		}
		if got != c.want {
			t.Errorf("%s %s %s at %s/%s: %s, want %s", c.formula, c.comparator, c.target, c.a, c.b, got, c.want)
		}
	}
}

// A projection is for counts that accumulate, before the end; the verdict is
// the same with it.
func TestProjections(t *testing.T) {
	for _, c := range []struct {
		month, code, want string
	}{
		{"2025-06", "F", "1200"},    // 600 in six of twelve months
		{"2025-06", "NET", "1080"},  // flows that are added and taken away
		{"2025-06", "P", "1200"},    // a path goes on by its months, too
		{"2025-06", "S", "–"},       // a stock does not accumulate
		{"2025-06", "R", "–"},       // nor does a rate
		{"2025-06", "PRODUCT", "–"}, // nor a product of two counts
		{"2025-12", "F", "–"},       // it is over
		{"2025-05", "F", "1200"},
	} {
		text := `
units: id
  U1
indicators: code,nature,type,formula
  F,flow,whole
  G,flow,whole
  P,flow,whole
  S,stock,whole
  NET,,whole,F - G
  R,,decimal,F / G
  PRODUCT,,decimal,F * G
targets: indicator,value,pace,path
  F,1500,linear
  NET,1500,linear
  PRODUCT,1500,linear
  R,1500,linear
  P,1500,path,2025-03:100|2025-12:1500
  S,1500,linear
reports:
`
		for m := 1; m <= 12; m++ {
			text += fmt.Sprintf("  2025-%02d U1 F=100 G=10 P=100 S=7\n", m)
		}
		s := parseStory(t, text)
		s.sections["period"] = []string{c.month}
		j := consolidate.City(s.input(t)).Find(c.code, period.YearToDate, "", "").Judgment
		got := "–"
		if j.Projection != nil {
			got = j.Projection.String()
		}
		if got != c.want {
			t.Errorf("%s at %s: %s, want %s", c.code, c.month, got, c.want)
		}
	}
}

// A month outside an indicator's validity is nobody's gap, and a bound's step
// belongs to its month.
func TestIndicatorsThatBeginOrEndInsideAYear(t *testing.T) {
	stories(t, map[string]string{
		"begins in March": `
period: 2025-04
units: id
  U1
indicators: code,valid_from,formula
  OLD,,
  NEW,2025-02-15,
  RATE,2025-02-15,100 * NEW / OLD
reports:
  2025-01 U1 OLD=1
  2025-02 U1 OLD=2
  2025-03 U1 OLD=4 NEW=8
  2025-04 U1 OLD=8 NEW=16
want:
  OLD city ytd = 15 [4/4 um]
  NEW city ytd = 24 [2/2 um]
  RATE city ytd = 200 (24/12) [2/2 um]
  NEW city month = 16 [1/1]`,
		"ended in February": `
period: 2025-04
units: id
  U1
indicators: code,valid_to
  GONE,2025-02-14
  STAYS,
reports:
  2025-01 U1 GONE=1 STAYS=1
  2025-02 U1 GONE=2 STAYS=1
  2025-03 U1 STAYS=1
  2025-04 U1 STAYS=1
want:
  GONE city ytd = 3 [2/2 um]
  GONE city qtd = absent
  GONE city month = absent`,
	})
}
