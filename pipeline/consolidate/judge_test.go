package consolidate_test

import (
	"fmt"
	"testing"

	"tonghop/pipeline/consolidate"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
)

// judged gives a city of two units a value and says how it is judged. The kind
// of the indicator is "count" (a flow that cannot be negative), "balance" (a
// flow that can), "stock", "rate" (of cumulative counts, in percent) or
// "yearly" (a cumulative count asked in December). U1 brings the value; U2
// brings nothing to it, or no report where it is missing.
func judged(t *testing.T, kind, target, month, value string, missing bool) string {
	t.Helper()
	indicators := map[string]string{
		"count": "code,min\n  X,0", "balance": "code\n  X", "stock": "code,nature\n  X,stock",
		"yearly": "code,nature,due\n  X,cumulative,12",
		"rate":   "code,nature,formula\n  A,cumulative\n  B,cumulative\n  X,,100 * A / B",
	}[kind]
	given := map[string]string{"rate": "A=" + value + " B=100"}
	nothing := map[string]string{"rate": "A=- B=-", "stock": "X=0", "yearly": "X=-", "count": "X=-", "balance": "X=-"}
	if given[kind] == "" {
		given[kind] = "X=" + value
	}
	before, _ := period.ParseMonth(month)
	before = before.Add(-1)
	openings := ""
	if kind == "count" || kind == "balance" {
		openings = fmt.Sprintf("openings: indicator,span,through,value\n  X,plan,%s,0\n", before)
		if before.Number != 12 {
			openings += fmt.Sprintf("  X,year,%s,0\n", before)
		}
	}
	text := "units: id\n  U1\n  U2\nindicators: " + indicators + "\n" + openings +
		"targets: indicator,comparator,value,pace,horizon,from,to,path\n  X," + target + "\n" +
		"period: " + month + "\nreports:\n  " + month + " U1 " + given[kind] + "\n"
	if !missing {
		text += "  " + month + " U2 " + nothing[kind] + "\n"
	}
	s := parseStory(t, text)
	city := consolidate.City(s.input(t))
	for _, span := range []period.SpanKind{period.YearToDate, period.PlanToDate, period.Monthly} {
		if f := city.Find("X", span, "", ""); f != nil && f.Judgment != nil {
			return judgment(f.Judgment)
		}
	}
	return "no judgment"
}

// judgment writes "behind by 600: 50% −600": the verdict, what the pace asks
// for, what is attained and what is lacking; ~ is provisional.
func judgment(j *summary.Judgment) string {
	text := string(j.Verdict)
	if j.Provisional {
		text = "~" + text
	}
	for _, part := range []struct {
		format string
		n      *figure.Number
	}{{" by %s", j.Expected}, {" %s%%", j.Attained}, {" gap %s", j.Gap}} {
		if part.n != nil {
			text += fmt.Sprintf(part.format, part.n)
		}
	}
	return text
}

const (
	yearly = ",year,2025-01,2025-12,"
	plan   = ",plan,2021-01,2025-12,"
	month  = ",month,2025-01,2025-12,"
)

func TestVerdicts(t *testing.T) {
	for _, c := range []struct {
		kind, target, month, value string
		want                       string // complete
		incomplete                 string // one of two units missing
	}{
		// A floor on a count that cannot fall: met once reached.
		{"count", ">=,1200,linear" + yearly, "2025-06", "600", "on_track by 600 50% gap 600", "~on_track by 600 50% gap 600"},
		{"count", ">=,1200,linear" + yearly, "2025-06", "599", "behind by 600 49.916667% gap 601", "~behind by 600 49.916667% gap 601"},
		{"count", ">=,1200,linear" + yearly, "2025-06", "1200", "met by 600 100%", "~met by 600 100%"},
		{"count", ">=,1200,linear" + yearly, "2025-12", "1199", "not_met by 1200 99.916667% gap 1", "~not_met by 1200 99.916667% gap 1"},
		{"count", ">=,1200,linear" + yearly, "2025-12", "1200", "met by 1200 100%", "~met by 1200 100%"},
		{"count", ">,1200,linear" + yearly, "2025-06", "600", "behind by 600 50% gap 600", "~behind by 600 50% gap 600"},
		{"count", ">,1200,linear" + yearly, "2025-12", "1200", "not_met by 1200 100% gap 0", "~not_met by 1200 100% gap 0"},
		{"count", ">,1200,linear" + yearly, "2025-12", "1201", "met by 1200 100.083333%", "~met by 1200 100.083333%"},
		{"count", ">=,0,linear" + yearly, "2025-06", "0", "met by 0", "~met by 0"},
		{"count", ">=,1000,linear" + yearly, "2025-01", "83", "behind by 83.333333 8.3% gap 917", "~behind by 83.333333 8.3% gap 917"},
		// The plan: 54 of 60 months.
		{"count", ">=,35000,linear" + plan, "2025-06", "31500", "on_track by 31500 90% gap 3500", "~on_track by 31500 90% gap 3500"},
		{"count", ">=,35000,linear" + plan, "2025-06", "31499", "behind by 31500 89.997143% gap 3501", "~behind by 31500 89.997143% gap 3501"},
		{"count", ">=,35000,linear" + plan, "2025-12", "34999", "not_met by 35000 99.997143% gap 1", "~not_met by 35000 99.997143% gap 1"},
		// A balance can fall again: not met before the end.
		{"balance", ">=,1200,linear" + yearly, "2025-06", "1300", "on_track by 600 108.333333%", "~on_track by 600 108.333333%"},
		{"balance", ">=,1200,linear" + yearly, "2025-12", "1300", "met by 1200 108.333333%", "~met by 1200 108.333333%"},
		{"balance", ">=,1200,linear" + yearly, "2025-06", "-5", "behind by 600 -0.416667% gap 1205", "~behind by 600 -0.416667% gap 1205"},
		// A rate holds the whole target at any time.
		{"rate", ">=,70,level" + yearly, "2025-06", "70", "on_track by 70 100%", "~on_track by 70 100%"},
		{"rate", ">=,70,level" + yearly, "2025-06", "69", "behind by 70 98.571429% gap 1", "~behind by 70 98.571429% gap 1"},
		{"rate", ">=,70,level" + yearly, "2025-12", "70", "met by 70 100%", "~met by 70 100%"},
		{"rate", ">=,70,level" + yearly, "2025-12", "69", "not_met by 70 98.571429% gap 1", "~not_met by 70 98.571429% gap 1"},
		// A ceiling: breached at once, met only when complete and over.
		{"count", "<=,0,level" + yearly, "2025-06", "0", "on_track by 0", "~on_track by 0"},
		{"count", "<=,0,level" + yearly, "2025-06", "1", "not_met by 0 gap 1", "~not_met by 0 gap 1"},
		{"count", "<=,0,level" + yearly, "2025-12", "0", "met by 0", "~no_data by 0"},
		{"count", "<,5,level" + yearly, "2025-12", "5", "not_met by 5 100% gap 0", "~not_met by 5 100% gap 0"},
		{"count", "<,5,level" + yearly, "2025-12", "4", "met by 5 80%", "~no_data by 5 80%"},
		{"count", "<=,1200,linear" + yearly, "2025-06", "601", "behind by 600 50.083333%", "~behind by 600 50.083333%"},
		{"count", "<=,1200,linear" + yearly, "2025-06", "600", "on_track by 600 50%", "~on_track by 600 50%"},
		{"rate", "<=,10,level" + yearly, "2025-06", "10", "on_track by 10 100%", "~on_track by 10 100%"},
		// A yearly fact is judged in its month and in no other.
		{"yearly", ">=,90,at_due" + yearly, "2025-06", "95", "not_due", "not_due"},
		{"yearly", ">=,90,at_due" + yearly, "2025-12", "95", "met by 90 105.555556%", "~met by 90 105.555556%"},
		{"yearly", ">=,90,at_due" + yearly, "2025-12", "89", "not_met by 90 98.888889% gap 1", "~not_met by 90 98.888889% gap 1"},
		{"yearly", "<=,0,at_due" + yearly, "2025-12", "-", "met by 0", "~no_data by 0"},
		{"yearly", ">=,90,level" + yearly, "2025-06", "95", "not_due by 90", "not_due by 90"},
		// A path has its own milestones.
		{"count", ">=,100,path" + yearly + "2025-03:10|2025-06:40|2025-12:100", "2025-07", "40", "on_track by 40 40% gap 60", "~on_track by 40 40% gap 60"},
		{"count", ">=,100,path" + yearly + "2025-03:10|2025-06:40|2025-12:100", "2025-06", "39", "behind by 40 39% gap 61", "~behind by 40 39% gap 61"},
		{"count", ">=,100,path" + yearly + "2025-03:10|2025-12:100", "2025-02", "5", "not_due 5% gap 95", "~not_due 5% gap 95"},
		{"count", ">=,100,path" + yearly + "2025-12:100", "2025-12", "99", "not_met by 100 99% gap 1", "~not_met by 100 99% gap 1"},
		// A ceiling that falls step by step asks for its step, and is breached at the end.
		{"stock", "<=,50,path" + yearly + "2025-03:100|2025-06:80|2025-12:50", "2025-06", "80", "on_track by 80 160% gap 30", "~on_track by 80 160% gap 30"},
		{"stock", "<=,50,path" + yearly + "2025-03:100|2025-06:80|2025-12:50", "2025-06", "81", "behind by 80 162% gap 31", "~behind by 80 162% gap 31"},
		{"stock", "<=,50,path" + yearly + "2025-03:100|2025-12:50", "2025-02", "120", "not_due 240% gap 70", "~not_due 240% gap 70"},
		{"stock", "<=,50,path" + yearly + "2025-12:50", "2025-12", "51", "not_met by 50 102% gap 1", "~not_met by 50 102% gap 1"},
		{"count", "<=,50,path" + yearly + "2025-06:20|2025-12:50", "2025-06", "51", "not_met by 20 102% gap 1", "~not_met by 20 102% gap 1"},
		// A month's target is over with the month.
		{"count", ">=,100,level" + month, "2025-06", "99", "not_met by 100 99% gap 1", "~not_met by 100 99% gap 1"},
		{"stock", ">=,100,level" + month, "2025-06", "100", "met by 100 100%", "~met by 100 100%"},
		// Judged by what is known exactly: 2.999 of 3.000 is not 3.000.
		{"count", ">=,3000,linear" + yearly, "2025-12", "2999", "not_met by 3000 99.966667% gap 1", "~not_met by 3000 99.966667% gap 1"},
		{"rate", ">=,99.97,level" + yearly, "2025-12", "99.966666666666", "not_met by 99.97 99.996666% gap 0.003333333334", "~not_met by 99.97 99.996666% gap 0.003333333334"},
	} {
		if got := judged(t, c.kind, c.target, c.month, c.value, false); got != c.want {
			t.Errorf("%s %s in %s at %s: %s, want %s", c.kind, c.target, c.month, c.value, got, c.want)
		}
		if got := judged(t, c.kind, c.target, c.month, c.value, true); got != c.incomplete {
			t.Errorf("%s %s in %s at %s, incomplete: %s, want %s", c.kind, c.target, c.month, c.value, got, c.incomplete)
		}
	}
}

// What is printed from a judgment must be able to stay below its target: the
// percent attained is exact.
func TestAttainedIsExact(t *testing.T) {
	city := tell(t, `
period: 2025-12
units: id
  U1
indicators: code,nature
  X,stock
targets: indicator,value,pace
  X,3000,level
reports:
  2025-12 U1 X=2999
want:
  X city ytd = 2999 [1/1] : not_met`)
	attained := city.Find("X", period.YearToDate, "", "").Judgment.Attained
	exact, _ := figure.Int(2999).Quo(figure.Int(30))
	if !attained.Equal(exact) || attained.RoundBeside(figure.Int(100), 1).String() != "99.9" {
		t.Errorf("attained %s", attained)
	}
}
