package simulation_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
)

// plots are the stories that are played: a small office through three years; with
// TONGHOP_TORTURE=1 many of these, and ten years of 30 districts, then 126 wards.
func plots() []plot {
	small := func(seed uint64, begins int, last period.Month) plot {
		return plot{
			seed: seed, first: month(2020, begins), last: last, districts: 6, wards: 14,
			renamed: "2020-11-01", merged: "2021-02-15", reorganised: "2021-07-01",
		}
	}
	if os.Getenv("TONGHOP_TORTURE") == "" {
		return []plot{small(2, 3, month(2022, 3))}
	}
	var all []plot
	for seed := range uint64(40) {
		all = append(all, small(100+seed, 1+int(seed%4), month(2022, 12)))
	}
	for seed := range uint64(3) {
		all = append(all, plot{
			seed: 1000 + seed, first: month(2020, 1+int(seed)), last: month(2029, 12), districts: 30, wards: 126,
			renamed: "2021-11-01", merged: "2023-02-15", reorganised: "2025-07-01",
		})
	}
	return all
}

func month(year, number int) period.Month {
	return period.Month{Year: year, Number: time.Month(number)}
}

// TestYearsOfAnOffice plays the stories month by month. At each consolidation
// every figure must be what the raw events add up to, each later cumulative must
// reconcile with the month last signed, and what the ledger holds in the end must
// be made again from its journal and give the same figures.
func TestYearsOfAnOffice(t *testing.T) {
	for _, p := range plots() {
		t.Run(fmt.Sprintf("seed=%d,units=%d", p.seed, p.wards), func(t *testing.T) {
			r := rand.New(rand.NewPCG(p.seed, 2020))
			c := found(t, p, r)
			e := play(p, c, r)
			e.seal()
			o := office{city: c, held: holding(e), read: map[string]*submission.Submission{}}
			if p.seed%2 == 1 {
				o.adopted = p.first
			}
			book := openArchive(t, e)
			var last *signed
			for m := p.first; !m.After(p.last) && !t.Failed(); m = m.Add(1) {
				at := time.Date(m.Year, m.Number, 18+r.IntN(8), 8, 0, 0, 0, hanoi)
				hand := byHandAt(c, e, at)
				if hand.began = hand.adoption(m); !o.adopted.IsZero() {
					hand.began = monthNumber(o.adopted)
				}
				checked := o.view(t, at)
				city := o.month(checked, m)
				compare(t, hand, city, p.wards > 20)
				data := figures(t, city, checked, at)
				if r.IntN(12) == 0 {
					o.shuffled(t, r, m, at, data)
				}
				now := signed{month: m, hand: hand, edition: editionOf(t, data)}
				if last != nil {
					last.reconcile(t, o, checked, now)
					last.remade(t, o, checked, now)
				}
				book.publish(m, at, data, checked)
				if last == nil || r.IntN(3) == 0 {
					last = &now
				}
			}
			if !t.Failed() {
				book.rebuilt(o)
			}
			if t.Failed() {
				t.Logf("seed %d: %+v", p.seed, p)
			}
		})
	}
}

// compare holds every figure of the city, its groups and its units, of a large
// city those of some units, against the figure by hand.
func compare(t *testing.T, hand byHand, city *summary.Summary, large bool) {
	t.Helper()
	found := map[period.SpanKind]int{}
	for i := range city.Figures {
		f := &city.Figures[i]
		if large && f.Unit != "" && (i+int(city.Period.To.Number))%11 != 0 {
			continue
		}
		in := hand.span(f.Span, city.Period.To)
		n, of := hand.figure(f.Indicator.Code, hand.units(f), in, f.IsCity())
		if got, want := line(f), told(n, of); got != want {
			t.Errorf("%s: %s %s%s %s = %s, by hand %s", city.Period, f.Indicator.Code, f.Group, f.Unit, f.Span, got, want)
		}
		if f.IsCity() {
			found[f.Span]++
		}
	}
	all := len(terms)
	if found[period.Monthly] != all || found[period.QuarterToDate] != all || found[period.YearToDate] != all || found[period.PlanToDate] < len(planned) {
		t.Errorf("%s: figures of the city %v", city.Period, found)
	}
}

// span is a span of the months up to one, by its kind.
func (h byHand) span(kind period.SpanKind, to period.Month) span {
	s := span{from: to, to: to}
	switch kind {
	case period.QuarterToDate:
		s.from = month(to.Year, (int(to.Number)-1)/3*3+1)
	case period.YearToDate:
		s.from = month(to.Year, 1)
	case period.PlanToDate:
		s.plan = true
		for _, plan := range h.city.plans {
			if !to.Before(plan[0]) {
				s.from = plan[0]
			}
		}
	}
	return s
}

// units are those that a figure speaks for.
func (h byHand) units(f *summary.Figure) []unit {
	var all []unit
	for _, u := range h.city.units {
		if f.IsCity() || f.Unit == u.id || f.Group != "" && f.Group == u.group {
			all = append(all, u)
		}
	}
	return all
}

// additive are the indicators whose figure of a span is the sum of its months'.
func additive(ind *catalogue.Indicator) bool {
	switch ind.Code {
	case "R", "CH", "FH", "H", "C":
		return false
	}
	return true
}
