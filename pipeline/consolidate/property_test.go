package consolidate_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/consolidate"
	"tonghop/pipeline/history"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
)

// randomStory makes a small office and what it was sent, or imported, from
// January to a month, so that no month is nobody's; openings have their own
// stories.
func randomStory(r *rand.Rand, last int) string {
	var b strings.Builder
	b.WriteString("units: id,kind,group,valid_from,valid_to\n  Q,quận,A,,\n")
	units := 2 + r.IntN(6)
	for u := range units {
		fmt.Fprintf(&b, "  U%d,%s,%s,%s,%s\n", u, pick(r, "quận", "huyện", "thành phố"), pick(r, "", "A", "B"),
			pick(r, "", "", "2025-03-20"), pick(r, "", "", "2025-04-20"))
	}
	b.WriteString(`indicators: code,nature,formula,compute_at,across,reaches,asked_of,due,required,allow_na
  F,flow,,,,,,,,yes
  G,flow,,,,,quận|huyện|city,,,yes
  K,flow,,,,,quận|A,,no,yes
  Q,flow,,,,,,3|6,,yes
  S,stock,,,,,quận|huyện|city,,,yes
  C,cumulative,,,,,,,,yes
  FG,,100 * F / G
  KQ,,K - Q
  CS,,100 * C / S
  FS,,F / S
  SH,,100 * F / G,unit,share,50
`)
	fmt.Fprintf(&b, "period: 2025-%02d\nreports:\n  2025-01 Q\n", last)
	imports := "imports:\n"
	for m := 1; m <= last; m++ {
		for u := range units {
			if r.IntN(6) == 0 {
				continue
			}
			line := fmt.Sprintf("  2025-%02d U%d", m, u)
			for _, code := range []string{"F", "G", "K", "Q", "S", "C"} {
				line += fmt.Sprintf(" %s=%s", code, pick(r, "0", "1", "2", "7", "12.5", "100", "-", "-", "", "…", "x", "!"))
			}
			if m > 1 && r.IntN(5) == 0 { // the first month is of reports: it is that of adoption
				imports += line + "\n"
			} else {
				b.WriteString(line + "\n")
			}
		}
	}
	return b.String() + imports
}

func pick(r *rand.Rand, of ...string) string { return of[r.IntN(len(of))] }

// offices runs a check over many random offices and shows the first that
// fails it.
func offices(t *testing.T, check func(t *testing.T, r *rand.Rand, in consolidate.Input, all []*submission.Submission)) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 2025))
		text := randomStory(r, 1+r.IntN(7))
		s := parseStory(t, text)
		in := s.input(t)
		check(t, r, in, s.reports(t, in.Catalogue))
		if t.Failed() {
			t.Fatalf("seed %d:\n%s", seed, text)
		}
	}
}

func TestOrderOfSubmissionsDoesNotMatter(t *testing.T) {
	offices(t, func(t *testing.T, r *rand.Rand, in consolidate.Input, all []*submission.Submission) {
		want := dumpAll(consolidate.City(in))
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		in.History = history.New()
		for _, s := range all {
			in.History.Accept(s)
		}
		if got := dumpAll(consolidate.City(in)); got != want {
			t.Errorf("in another order\n%s\nwant\n%s", got, want)
		}
	})
}

// Every figure is what the reports say by a computation that shares nothing
// with the package.
func TestFiguresEqualAnIndependentComputation(t *testing.T) {
	offices(t, func(t *testing.T, _ *rand.Rand, in consolidate.Input, all []*submission.Submission) {
		hand := byHand{all}
		city := consolidate.City(in)
		if len(city.Figures) == 0 {
			t.Error("no figures")
		}
		for i := range city.Figures {
			f := &city.Figures[i]
			var units []*catalogue.Unit
			for _, u := range in.Catalogue.Units {
				if f.IsCity() || f.Unit == u.ID || f.Group != "" && f.Group == u.Group {
					units = append(units, u)
				}
			}
			first := map[period.SpanKind]int{
				period.Monthly: int(in.Period.To.Number), period.YearToDate: 1,
				period.QuarterToDate: (in.Period.To.Quarter()-1)*3 + 1,
			}[f.Span]
			want := hand.figure(f.Indicator.Code, units, first, int(in.Period.To.Number), f.Unit != "")
			if got := line(f); got != want {
				t.Errorf("%s %s%s %s = %s, by hand %s", f.Indicator.Code, f.Group, f.Unit, f.Span, got, want)
			}
		}
	})
}

// Spans, groups and units fit together.
func TestFiguresAddUp(t *testing.T) {
	offices(t, func(t *testing.T, _ *rand.Rand, in consolidate.Input, _ []*submission.Submission) {
		city := consolidate.City(in)
		for i := range city.Figures {
			f := &city.Figures[i]
			missing := 0
			for _, u := range f.Coverage.Missing {
				missing += len(u.Periods)
			}
			if f.Coverage.Reported+missing != f.Coverage.Expected {
				t.Errorf("%s %s%s %s: %s: reported and missing are not the expected", f.Indicator.Code, f.Group, f.Unit, f.Span, dump(f))
			}
			switch {
			case f.Group != "" && f.Indicator.Kind == catalogue.Input && f.Span == period.Monthly:
				sum := new(big.Rat)
				for _, u := range in.Catalogue.Units {
					if u.Group == f.Group {
						sum.Add(sum, exact(city.Find(f.Indicator.Code, f.Span, "", u.ID)))
					}
				}
				if sum.Cmp(exact(f)) != 0 {
					t.Errorf("%s of %s is %s, its units add to %s", f.Indicator.Code, f.Group, dump(f), sum)
				}
			case !f.IsCity() || f.Indicator.Kind != catalogue.Input:
			case f.Indicator.Nature != catalogue.Flow:
				if last := city.Find(f.Indicator.Code, period.Monthly, "", ""); dump(last) != dump(f) {
					t.Errorf("%s of %s is %s, of its last month %s", f.Indicator.Code, f.Span, dump(f), dump(last))
				}
			case f.Span == period.QuarterToDate:
				sum := new(big.Rat)
				for _, m := range city.Spans[1].Months() {
					one := in
					one.Period = period.SpanOf(period.Monthly, m, period.Month{})
					sum.Add(sum, exact(consolidate.City(one).Find(f.Indicator.Code, period.Monthly, "", "")))
				}
				if sum.Cmp(exact(f)) != 0 {
					t.Errorf("%s of the quarter is %s, its months add to %s", f.Indicator.Code, dump(f), sum)
				}
			case f.Span == period.Monthly:
				sum := new(big.Rat)
				for _, g := range in.Catalogue.Groups() {
					sum.Add(sum, exact(city.Find(f.Indicator.Code, f.Span, g, "")))
				}
				for _, u := range in.Catalogue.Units {
					if u.Group == "" {
						sum.Add(sum, exact(city.Find(f.Indicator.Code, f.Span, "", u.ID)))
					}
				}
				if sum.Cmp(exact(f)) != 0 {
					t.Errorf("%s is %s, groups and the rest add to %s", f.Indicator.Code, dump(f), sum)
				}
			}
		}
	})
}
