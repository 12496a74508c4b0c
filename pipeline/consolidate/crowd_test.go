package consolidate_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"tonghop/pipeline/consolidate"
	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
)

// crowd is a city of more units than a page lists, with all that a figure can have:
// rates, stocks, what is computed for each unit, last year, targets, openings, what
// is missing and what is impossible. Every seventh unit is in no group.
func crowd(t testing.TB) consolidate.Input {
	const units = summary.MostListed + 20
	var text strings.Builder
	text.WriteString("units: id,kind,group\n")
	for u := range units {
		group := fmt.Sprintf("Cụm %d", u%3)
		if u%7 == 0 {
			group = ""
		}
		fmt.Fprintf(&text, "  U%d,phường,%s\n", u, group)
	}
	text.WriteString(`indicators: code,nature,formula,compute_at,across,reaches,compare
  A,flow,,,,,
  B,flow,,,,,per:C
  C,stock,,,,,
  D,cumulative,,,,,
  R,,100 * A / B,,,,rate
  S,,100 * A / B,unit,share,50,
targets: indicator,unit,horizon,from,to,value
  A,,year,2025-01,2025-12,90000
  A,U9,year,2025-01,2025-12,100
  B,U8,plan,2021-01,2025-12,400
openings: indicator,unit,span,through,value
  A,U3,year,2025-03,12
  B,,plan,2024-12,7
reports:
`)
	for _, m := range []period.Month{{Year: 2024, Number: 6}, {Year: 2025, Number: 5}, {Year: 2025, Number: 6}} {
		for u := range units {
			if (u+m.Index())%11 == 0 { // no report
				continue
			}
			fmt.Fprintf(&text, "  %s U%d A=%d B=%d C=%d", m, u, u%40, u%13, 5+u%9)
			if u%5 > 0 {
				fmt.Fprintf(&text, " D=%d", u%8)
			}
			text.WriteString("\n")
		}
	}
	in := parseStory(t, text.String()).input(t)
	for _, u := range in.Catalogue.Units {
		in.Receipts = append(in.Receipts, summary.Receipt{Unit: u, Month: in.Period.To})
	}
	return in
}

// A crowded city keeps no more of its units' figures than pages name, and gives
// those that it would have kept.
func TestACrowdedCityGivesWhatItDoesNotKeep(t *testing.T) {
	in := crowd(t)
	crowded := consolidate.City(in)
	in.Receipts = nil // nobody is expected: the same figures, and no crowd
	kept := consolidate.City(in)
	if !crowded.Crowded() || kept.Crowded() || crowded.Units == nil || kept.Units != nil {
		t.Fatal("the one is to be crowded and the other is not")
	}
	var all []*summary.Figure
	for f := range crowded.All() {
		all = append(all, f)
	}
	if len(all) != len(kept.Figures) {
		t.Fatalf("%d figures, want %d", len(all), len(kept.Figures))
	}
	impossible, compared := 0, 0
	for i, f := range all {
		if !reflect.DeepEqual(*f, kept.Figures[i]) {
			t.Fatalf("it gives\n%+v\nand would have kept\n%+v", *f, kept.Figures[i])
		}
		if f.Unit != "" && f.Reason == summary.ReasonImpossible {
			impossible++
		}
		if f.Unit != "" && f.Comparison.Compared() {
			compared++
		}
	}
	if impossible == 0 || compared == 0 {
		t.Errorf("%d impossible and %d compared figures of units: the test says little", impossible, compared)
	}
	if !reflect.DeepEqual(crowded.Findings, kept.Findings) {
		t.Error("the findings differ")
	}
	if !reflect.DeepEqual(crowded.Ended, kept.Ended) || !reflect.DeepEqual(crowded.Trends, kept.Trends) {
		t.Error("other parts of the summary differ")
	}
	for _, span := range kept.Spans {
		want := slices.DeleteFunc(slices.Clone(kept.Figures), func(f summary.Figure) bool { return f.Span != span.Kind })
		n := 0
		for f := range crowded.All(span.Kind) {
			if !reflect.DeepEqual(*f, want[n]) {
				t.Fatalf("of %s it gives %+v, want %+v", span.Kind, *f, want[n])
			}
			n++
		}
		if n != len(want) {
			t.Errorf("%d figures of %s, want %d", n, span.Kind, len(want))
		}
	}
}

// Pages find in Figures what they name.
func TestACrowdedCityKeepsWhatPagesName(t *testing.T) {
	city := consolidate.City(crowd(t))
	kept := func(indicator, unit string, span period.SpanKind) bool {
		return slices.ContainsFunc(city.Figures, func(f summary.Figure) bool {
			return f.Indicator.Code == indicator && f.Unit == unit && f.Group == "" && f.Span == span
		})
	}
	for _, c := range []struct {
		what, indicator, unit string
		span                  period.SpanKind
		want                  bool
	}{
		{"the city's", "A", "", period.Monthly, true},
		{"a grouped unit's", "A", "U8", period.Monthly, false},
		{"that of a unit in no group", "A", "U7", period.Monthly, true},
		{"one that has a target", "A", "U9", period.YearToDate, true},
		{"the same indicator's of another unit", "A", "U10", period.YearToDate, false},
		{"one that units are ranked by", "R", "U10", period.YearToDate, true},
		{"one that is ranked per another", "B", "U10", period.YearToDate, true},
		{"that other", "C", "U10", period.YearToDate, true},
		{"a ranked one of the month", "R", "U10", period.Monthly, false},
	} {
		if got := kept(c.indicator, c.unit, c.span); got != c.want {
			t.Errorf("%s is kept: %v", c.what, got)
		}
		if f := city.Find(c.indicator, c.span, "", c.unit); f == nil || f.Unit != c.unit || f.Indicator.Code != c.indicator || f.Span != c.span {
			t.Errorf("%s is not found: %+v", c.what, f)
		}
	}
	if f := city.Find("A", period.Monthly, "", "U99999"); f != nil {
		t.Errorf("a unit that is not there has a figure: %+v", f)
	}
	if judged := city.JudgedUnits(); len(judged) != 2 || judged[0].Unit != "U8" || judged[1].Unit != "U9" {
		t.Errorf("judged are %+v", judged)
	}
	// Several may ask at a time.
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			if f := city.Find("S", period.YearToDate, "", "U12"); f == nil {
				t.Error("not found")
			}
		})
	}
	wait.Wait()
}
