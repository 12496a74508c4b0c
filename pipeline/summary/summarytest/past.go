package summarytest

import (
	"strings"
	"testing"
	"time"

	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
)

// past has a line a figure of figures, with what is known of other times:
//
//	vs=110/100         compared with last year over all; vs=3:110/100 over 3 units
//	vs=incomplete      why it is not
//	w=7.14:2/3         weight of the missing, known of 2 of 3
//	carried=U-2:2025-05  whose stock was carried from when
const past = `
LD    month city w=7.142857:2/2 vs=2:120/110
LD    month U-1 vs=70/50
LD    month U-2 vs=incomplete_then
LD    year_to_date city w=12.5:1/2 vs=2:510/490
TL_NU year_to_date city vs=1:89.9999/91.5
HO    year_to_date city vs=2999/2500
HO    month city vs=61/0
KEM   month city carried=U-3:2025-05 vs=no_same_units
KEM   year_to_date city carried=U-3:2025-05 vs=no_same_units
VU    month city vs=0/3
VU    year_to_date city vs=0/3
TL_VU year_to_date city vs=no_cases
VON   month city vs=12.25/12.25
`

// trends has a line a trend, up to June: ~ marks a provisional month, a word is
// why there is none.
const trends = `
LD    city 118 ~104 ~130
LD    Cụm_1 100 104 120
LD    U-1 60 not_received 70
TL_NU city 91.5 90 ~90.03
HO    U-1 31 0 31
`

// WithPast is Summary with what is known of last year and of the months before.
func WithPast(t testing.TB) *summary.Summary {
	t.Helper()
	s := Summary(t)
	for line := range strings.Lines(past) {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		key := read(t, s.Catalogue, append(words[:3:3], "none"))
		f := s.Find(key.Indicator.Code, key.Span, key.Group, key.Unit)
		if f == nil {
			t.Fatalf("no figure for %q", line)
		}
		for _, w := range words[3:] {
			addPast(t, f, w)
		}
	}
	for line := range strings.Lines(trends) {
		if words := strings.Fields(line); len(words) > 0 {
			s.Trends = append(s.Trends, trend(t, s, words))
		}
	}
	return s
}

func addPast(t testing.TB, f *summary.Figure, word string) {
	t.Helper()
	key, value, _ := strings.Cut(word, "=")
	head, tail, parted := strings.Cut(value, ":")
	switch key {
	case "carried":
		from, err := period.ParseMonth(tail)
		if err != nil {
			t.Fatal(err)
		}
		f.Coverage.Carried = append(f.Coverage.Carried, summary.Carried{Unit: head, From: from})
	case "w":
		f.Coverage.Weight = &summary.Weight{Percent: number(t, head), Known: int(tail[0] - '0'), Missing: int(tail[2] - '0')}
	case "vs":
		span := period.SpanOf(f.Span, period.Month{Year: 2024, Number: time.June}, period.Month{})
		c := &summary.Comparison{Span: span, Basis: summary.OverAll, Points: f.Indicator.Measure == "%"}
		f.Comparison = c
		if parted {
			c.Basis, c.Units, value = summary.OverSameUnits, int(head[0]-'0'), tail
		}
		now, then, compared := strings.Cut(value, "/")
		if !compared {
			c.Basis, c.Reason = summary.NotCompared, summary.Incomparable(value)
			return
		}
		one, other := number(t, now), number(t, then)
		c.Value, c.Base = &one, &other
	default:
		t.Fatalf("what is %q?", word)
	}
}

func trend(t testing.TB, s *summary.Summary, words []string) summary.Trend {
	t.Helper()
	values := words[2:]
	one := summary.Trend{Indicator: indicator(t, s.Catalogue, words[0])}
	if _, ok := s.Catalogue.Unit(words[1]); ok {
		one.Unit = words[1]
	} else if words[1] != "city" {
		one.Group = strings.ReplaceAll(words[1], "_", " ")
	}
	for i, v := range values {
		p := summary.Point{Month: June.Add(i + 1 - len(values))}
		v, p.Provisional = strings.CutPrefix(v, "~")
		if state, ok := states[v]; ok {
			p.Value, p.Reason = figure.Without(state), summary.Reason(v)
		} else {
			p.Value = figure.Of(number(t, v))
		}
		one.Points = append(one.Points, p)
	}
	return one
}
