package consolidate_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/consolidate"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/history"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
)

// randomPast makes a small office with up to two years of reports.
func randomPast(r *rand.Rand) string {
	var b strings.Builder
	b.WriteString("units: id,group,valid_from,valid_to\n  Q,A,,\n")
	units := 1 + r.IntN(4)
	for u := range units {
		valid := pick(r, ",", ",", ",", ",", "2024-03-20,", "2025-01-15,", ",2024-12-31", ",2025-04-20", "2024-03-20,2025-04-20")
		fmt.Fprintf(&b, "  U%d,%s,%s\n", u, pick(r, "", "A", "B"), valid)
	}
	b.WriteString(`indicators: code,nature,type,formula
  F,flow
  G,flow
  S,stock
  R,,percent,100 * F / G
`)
	first := period.Month{Year: 2024, Number: 1}.Add(r.IntN(8))
	last := period.Month{Year: 2025, Number: 1}.Add(r.IntN(12))
	fmt.Fprintf(&b, "adopted: %s\nperiod: %s\nreports:\n  %s Q F=1 G=1 S=1\n", first, last, first)
	gaps := 2 + r.IntN(40)
	for m := first; !m.After(last); m = m.Add(1) {
		for _, u := range []string{"Q", "U0", "U1", "U2", "U3"}[:1+units] {
			if r.IntN(gaps) == 0 || m == first && u == "Q" {
				continue
			}
			fmt.Fprintf(&b, "  %s %s", m, u)
			for _, code := range []string{"F", "G", "S"} {
				value := pick(r, "0", "1", "2", "7", "100", "-")
				if r.IntN(gaps) == 0 {
					value = pick(r, "", "…", "!")
				}
				fmt.Fprintf(&b, " %s=%s", code, value)
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

// pasts runs a check over many random offices with a past.
func pasts(t *testing.T, check func(t *testing.T, r *rand.Rand, in consolidate.Input, all []*submission.Submission)) {
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 2024))
		text := randomPast(r)
		s := parseStory(t, text)
		in := s.input(t)
		check(t, r, in, s.reports(t, in.Catalogue))
		if t.Failed() {
			t.Fatalf("seed %d:\n%s", seed, text)
		}
	}
}

// Every comparison is what the reports say by a computation that shares nothing
// with the package.
func TestComparisonsEqualAnIndependentComputation(t *testing.T) {
	seen := map[string]int{}
	pasts(t, func(t *testing.T, _ *rand.Rand, in consolidate.Input, all []*submission.Submission) {
		hand := pastByHand{reports: all, units: in.Catalogue.Units, adopted: in.Adopted}
		for _, kind := range []period.SpanKind{period.Monthly, period.FullYear} {
			one := in
			one.Period = period.SpanOf(kind, in.Period.To, period.Month{})
			city := consolidate.City(one)
			for i := range city.Figures {
				f := &city.Figures[i]
				span := one.Period
				if kind == period.Monthly {
					span = period.SpanOf(f.Span, in.Period.To, period.Month{})
				}
				want, got := hand.compare(f, span), beside(f)
				if got != want {
					t.Errorf("%s %s%s %s: %s beside last year is %s, by hand %s", f.Indicator.Code, f.Group, f.Unit, f.Span, dump(f), got, want)
				}
				how, _, _ := strings.Cut(want, " ")
				seen[strings.TrimRight(how, "0123456789")]++
			}
		}
	})
	for _, how := range []string{"all", "same:", "nothing", "none:no_same_units", "none:no_cases", "none:incomplete", "none:incomplete_then", "none:unit_changed"} {
		if seen[how] == 0 {
			t.Errorf("no office has a comparison %q: %v", how, seen)
		}
	}
}

func TestTrendsAreTheMonthsOwnFigures(t *testing.T) {
	pasts(t, func(t *testing.T, r *rand.Rand, in consolidate.Input, all []*submission.Submission) {
		in.CarryStockMonths = r.IntN(3)
		city := consolidate.City(in)
		if len(city.Trends) == 0 && in.Period.To.Sub(in.Adopted) > 6 {
			t.Error("no trends")
		}
		months := map[period.Month]*summary.Summary{}
		for _, trend := range city.Trends {
			if first := trend.Points[0].Month; first.Before(in.Adopted) || in.Period.To.Sub(first) > 11 {
				t.Errorf("%s begins in %s", trend.Indicator.Code, first)
			}
			for _, p := range trend.Points {
				if months[p.Month] == nil {
					one := in
					one.Period = period.SpanOf(period.Monthly, p.Month, period.Month{})
					months[p.Month] = consolidate.City(one)
				}
				f := months[p.Month].Find(trend.Indicator.Code, period.Monthly, trend.Group, trend.Unit)
				switch {
				case f == nil && p.Reason != summary.ReasonNotExpected:
					t.Errorf("%s %s%s %s: %+v, the month has none", trend.Indicator.Code, trend.Group, trend.Unit, p.Month, p)
				case f != nil && (!p.Value.Equal(f.Value) || p.Reason != f.Reason || p.Provisional != f.Provisional):
					t.Errorf("%s %s%s %s: %+v, the month has %s", trend.Indicator.Code, trend.Group, trend.Unit, p.Month, p, dump(f))
				}
			}
		}
	})
}

// A carried stock is the last one given, its unit stays missing, and nothing
// that was given is touched.
func TestCarryingAddsOnlyWhatIsMissing(t *testing.T) {
	pasts(t, func(t *testing.T, r *rand.Rand, in consolidate.Input, all []*submission.Submission) {
		without := consolidate.City(in)
		in.CarryStockMonths = 1 + r.IntN(3)
		with := consolidate.City(in)
		for i := range with.Figures {
			f, before := &with.Figures[i], &without.Figures[i]
			carried := f.Coverage.Carried
			if len(carried) == 0 && dump(f) != dump(before) {
				t.Errorf("%s %s%s %s is %s, without carrying %s", f.Indicator.Code, f.Group, f.Unit, f.Span, dump(f), dump(before))
			}
			if f.Coverage.Reported != before.Coverage.Reported || f.Coverage.Expected != before.Coverage.Expected {
				t.Errorf("%s %s: carrying changes the coverage: %s, %s", f.Indicator.Code, f.Span, dump(f), dump(before))
			}
			want := exact(before)
			for _, one := range carried {
				back := in.Period.To.Sub(one.From)
				v, _ := in.History.Value(one.Unit, "S", one.From)
				n, ok := v.Figure.Number()
				if back < 1 || back > in.CarryStockMonths || !ok {
					t.Fatalf("carried %+v over %d months", one, in.CarryStockMonths)
				}
				want = new(big.Rat).Add(want, rational(&n))
			}
			if len(carried) > 0 && (!f.Provisional || exact(f).Cmp(want) != 0) {
				t.Errorf("%s %s%s %s is %s, want %s", f.Indicator.Code, f.Group, f.Unit, f.Span, dump(f), want)
			}
		}
	})
}

func TestOrderOfAPastDoesNotMatter(t *testing.T) {
	pasts(t, func(t *testing.T, r *rand.Rand, in consolidate.Input, all []*submission.Submission) {
		in.CarryStockMonths = 2
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

// A longer span is its months: flows add, a stock is the last month's, and a
// rate comes of sums.
func TestSpansAreTheirMonths(t *testing.T) {
	pasts(t, func(t *testing.T, _ *rand.Rand, in consolidate.Input, _ []*submission.Submission) {
		for _, kind := range []period.SpanKind{period.Quarterly, period.HalfYear, period.NineMonths, period.FullYear} {
			one := in
			one.Period = period.SpanOf(kind, in.Period.To, period.Month{})
			if one.Period.From.Before(in.Adopted) {
				continue // the first months are nobody's
			}
			city := consolidate.City(one)
			flow, rate := new(big.Rat), [2]*big.Rat{new(big.Rat), new(big.Rat)}
			stock := ""
			for _, m := range one.Period.Months() {
				month := in
				month.Period = period.SpanOf(period.Monthly, m, period.Month{})
				s := consolidate.City(month)
				flow.Add(flow, exact(s.Find("F", period.Monthly, "", "")))
				if r := s.Find("R", period.Monthly, "", ""); r.Numerator != nil {
					rate[0].Add(rate[0], rational(r.Numerator))
					rate[1].Add(rate[1], rational(r.Denominator))
				}
				stock = dump(s.Find("S", period.Monthly, "", ""))
			}
			if f := city.Find("F", kind, "", ""); exact(f).Cmp(flow) != 0 {
				t.Errorf("F of %s is %s, its months add to %s", one.Period, dump(f), flow)
			}
			if f := city.Find("S", kind, "", ""); dump(f) != stock {
				t.Errorf("S of %s is %s, of its last month %s", one.Period, dump(f), stock)
			}
			f := city.Find("R", kind, "", "")
			if f.Numerator != nil && (rational(f.Numerator).Cmp(rate[0]) != 0 || rational(f.Denominator).Cmp(rate[1]) != 0) {
				t.Errorf("R of %s is %s, its months add to %s/%s", one.Period, dump(f), rate[0], rate[1])
			}
		}
	})
}

// pastByHand compares with last year straight from what was typed.
type pastByHand struct {
	reports []*submission.Submission
	units   []*catalogue.Unit
	adopted period.Month
}

// owed reports whether a unit owes an indicator for a month, by the days of its
// window.
func owed(u *catalogue.Unit, code string, m period.Month) bool {
	from, to := m.Add(-1).String()+"-15", m.String()+"-14"
	if code == "S" {
		from = to
	}
	return u.ValidFrom.String() <= to && (u.ValidTo.IsZero() || u.ValidTo.String() >= from)
}

func (h pastByHand) typed(u *catalogue.Unit, code string, m period.Month) (*big.Rat, bool) {
	for _, s := range h.reports {
		if s.Unit == u.ID && s.Period == m {
			v, _ := s.Value(code)
			return new(big.Rat).SetString(strings.Replace(v.Raw, "-", "0", 1))
		}
	}
	return nil, false
}

// total adds an indicator over units and a span; lacking counts the unit-months
// that are owed and not there, and nobody the months before the adoption.
func (h pastByHand) total(code string, units []*catalogue.Unit, span period.Span) (over, under *big.Rat, given, lacking, nobody int) {
	over, under = new(big.Rat), new(big.Rat)
	months := span.Months()
	if code == "S" {
		months = months[len(months)-1:]
	}
	for _, m := range months {
		for _, u := range units {
			top := strings.Replace(code, "R", "F", 1)
			if !owed(u, top, m) {
				continue
			}
			if m.Before(h.adopted) && code != "S" {
				nobody++
				continue
			}
			n, ok := h.typed(u, top, m)
			d, also := new(big.Rat), true
			if code == "R" {
				d, also = h.typed(u, "G", m)
			}
			if !ok || !also {
				lacking++
				continue
			}
			given++
			over.Add(over, n)
			under.Add(under, d)
		}
	}
	return over, under, given, lacking, nobody
}

// stayed reports whether a unit was there from the first day of last year's
// span to the last of this one's.
func stayed(u *catalogue.Unit, span period.Span) bool {
	from, to := span.From.Add(-13).String()+"-15", span.To.String()+"-14"
	return u.ValidFrom.String() <= from && (u.ValidTo.IsZero() || u.ValidTo.String() >= to)
}

func (h pastByHand) whole(code string, units []*catalogue.Unit, span period.Span) bool {
	_, _, given, lacking, nobody := h.total(code, units, span)
	return given > 0 && lacking == 0 && nobody == 0
}

func (h pastByHand) compare(f *summary.Figure, span period.Span) string {
	code, then := f.Indicator.Code, span.Add(-12)
	var units []*catalogue.Unit
	for _, u := range h.units {
		if f.IsCity() || f.Unit == u.ID || f.Group != "" && f.Group == u.Group {
			units = append(units, u)
		}
	}
	_, _, given, lacking, _ := h.total(code, units, span)
	switch {
	case then.To.Before(h.adopted), given+lacking == 0:
		return "nothing"
	case f.Unit != "" && !stayed(units[0], span):
		return "none:unit_changed"
	case f.Unit != "" && !h.whole(code, units, span):
		return "none:incomplete"
	case f.Unit != "" && !h.whole(code, units, then):
		return "none:incomplete_then"
	}
	over := "all"
	asked := func(u *catalogue.Unit) bool { // now or then, for any of it
		return slices.ContainsFunc(slices.Concat(span.Months(), then.Months()), func(m period.Month) bool { return owed(u, "F", m) })
	}
	changed := slices.ContainsFunc(units, func(u *catalogue.Unit) bool { return asked(u) && !stayed(u, span) })
	if !h.whole(code, units, span) || !h.whole(code, units, then) || f.Group != "" && changed {
		var same []*catalogue.Unit
		for _, u := range units {
			one := []*catalogue.Unit{u}
			if stayed(u, span) && h.whole(code, one, span) && h.whole(code, one, then) {
				same = append(same, u)
			}
		}
		if len(same) == 0 {
			return "none:no_same_units"
		}
		units, over = same, fmt.Sprintf("same:%d", len(same))
	}
	now, nowUnder, _, _, _ := h.total(code, units, span)
	before, beforeUnder, _, _, _ := h.total(code, units, then)
	if code == "R" {
		if nowUnder.Sign() == 0 || beforeUnder.Sign() == 0 {
			return "none:no_cases"
		}
		now, before = percentOf(now, nowUnder), percentOf(before, beforeUnder)
	}
	change := new(big.Rat).Sub(now, before)
	text := fmt.Sprintf("%s %s/%s ", over, figure.FromRat(now), figure.FromRat(before))
	switch {
	case code == "R":
		return text + figure.FromRat(change).Published() + " points"
	case before.Sign() > 0:
		return text + figure.FromRat(percentOf(change, before)).Published() + "%"
	}
	return text + figure.FromRat(change).Published()
}

func percentOf(part, whole *big.Rat) *big.Rat {
	return new(big.Rat).Mul(big.NewRat(100, 1), new(big.Rat).Quo(part, whole))
}
