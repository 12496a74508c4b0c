package simulation_test

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"time"

	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
)

func rational(value string) (*big.Rat, bool) {
	return new(big.Rat).SetString(strings.Replace(value, "-", "0", 1))
}

// total is what a set of units gives for the terms of a figure.
type total struct {
	sums               map[string]*big.Rat
	reported, expected int
	opened             bool
}

func (s total) empty() bool { return s.reported == 0 && !s.opened }

// span is a run of months; a plan's uses the plan's openings.
type span struct {
	from, to period.Month
	plan     bool
}

// total adds flows over months, and what stands in the last one, over exactly
// the unit-months that have them all.
func (h byHand) total(flows, points []string, units []unit, in span, isCity bool) total {
	out := total{sums: map[string]*big.Rat{}}
	terms := slices.Concat(flows, points)
	for _, code := range terms {
		out.sums[code] = new(big.Rat)
	}
	if len(flows) == 0 {
		in.from = in.to
	}
	from, to := monthNumber(in.from), monthNumber(in.to)
	if isCity && len(points) == 0 {
		from = h.open(&out, flows, "", in, from)
	}
	reach := 0
	for _, u := range units {
		if _, through := h.opening(flows, u.id, in, from); through > reach {
			reach = through
		}
	}
	for _, u := range units {
		standing := map[string]*big.Rat{}
		whole, _ := h.gave(points, u, to)
		for _, code := range points {
			if n, ok := h.number(code, u, to); ok {
				standing[code] = n
			}
		}
		first := from
		if len(flows) > 0 && whole {
			first = h.open(&out, flows, u.id, in, from)
		}
		counted := first > from
		for m := first; m <= to; m++ {
			if len(flows) > 0 && m > reach && m < h.began && !h.allImported(flows, m) {
				continue
			}
			whole, owed := h.gave(flows, u, m)
			wholeStanding, owedStanding := h.gave(points, u, to)
			if owed && owedStanding {
				out.expected++
			}
			if !whole || !wholeStanding {
				continue
			}
			out.reported++
			counted = true
			for _, code := range flows {
				n, _ := h.number(code, u, m)
				out.sums[code].Add(out.sums[code], n)
			}
		}
		if counted && whole {
			for code, n := range standing {
				out.sums[code].Add(out.sums[code], n)
			}
		}
	}
	return out
}

// gave tells whether a unit gave every one of some codes, and whether it owed
// them all: what does not apply, and what need not be given, is not owed.
func (h byHand) gave(codes []string, u unit, m int) (whole, owed bool) {
	whole, owed = true, true
	for _, code := range codes {
		month := period.Month{Year: m / 12, Number: time.Month(m%12 + 1)}
		if !asked(code, u, month) || !due(code, month) {
			return false, false
		}
		value, there := h.answers[unitMonth{u.id, m}][code]
		_, known := rational(value)
		whole = whole && known
		_, reports := h.answers[unitMonth{u.id, m}]
		if value == "x" || code == "G" && reports && (!there || value == "") {
			owed = false
		}
	}
	return whole, owed
}

func (h byHand) number(code string, u unit, m int) (*big.Rat, bool) {
	return rational(h.answers[unitMonth{u.id, m}][code])
}

func (h byHand) allImported(codes []string, m int) bool {
	for _, code := range codes {
		if !h.imported[codeMonth{code, m}] {
			return false
		}
	}
	return true
}

// open adds the openings of some codes, and gives the month after them.
func (h byHand) open(out *total, codes []string, unit string, in span, from int) int {
	values, through := h.opening(codes, unit, in, from)
	if through == 0 {
		return from
	}
	for i, code := range codes {
		out.sums[code].Add(out.sums[code], values[i])
	}
	out.opened = true
	return through + 1
}

// opening finds the openings of all of some codes through the same month: of the
// plan, where there is one, else of the year with which the span begins.
func (h byHand) opening(codes []string, unit string, in span, from int) (values []*big.Rat, through int) {
	if from != monthNumber(in.from) {
		return nil, 0 // another opening stands for the first months
	}
	for _, code := range codes {
		var found *opening
		for i, o := range h.city.openings {
			month := from/12*12 + o.through - 1
			if o.code != code || o.unit != unit || in.from.Number != time.January || in.from.Year != h.city.plans[0][0].Year || month > monthNumber(in.to) {
				continue
			}
			if o.span == "plan" && in.plan || o.span == "year" && found == nil {
				found = &h.city.openings[i]
			}
		}
		if found == nil {
			return nil, 0
		}
		month := from/12*12 + found.through - 1
		if through != 0 && month != through {
			return nil, 0
		}
		through = month
		n, _ := rational(found.value)
		values = append(values, n)
	}
	return values, through
}

// terms of each figure: flows, and what stands.
var terms = map[string][2][]string{
	"F": {{"F"}, nil}, "P": {{"P"}, nil}, "IN": {{"IN"}, nil}, "OUT": {{"OUT"}, nil}, "G": {{"G"}, nil}, "Q": {{"Q"}, nil},
	"H": {nil, {"H"}}, "C": {nil, {"C"}}, "NET": {{"F", "IN", "OUT"}, nil}, "R": {{"P", "F"}, nil}, "CH": {nil, {"C", "H"}},
	"FH": {{"F"}, {"H"}}, "FG": {{"F", "G"}, nil},
}

// figure is a figure's number, nil where it has none, and its coverage.
func (h byHand) figure(code string, units []unit, in span, isCity bool) (*big.Rat, total) {
	got := h.total(terms[code][0], terms[code][1], units, in, isCity)
	if got.empty() {
		return nil, got
	}
	s := got.sums
	switch code {
	case "NET":
		n := new(big.Rat).Add(s["F"], s["IN"])
		return n.Sub(n, s["OUT"]), got
	case "FG":
		return new(big.Rat).Sub(s["F"], s["G"]), got
	case "R":
		return over(s["P"], s["F"], 100), got
	case "CH":
		return over(s["C"], s["H"], 100), got
	case "FH":
		return over(s["F"], s["H"], 1), got
	}
	return s[code], got
}

func over(a, b *big.Rat, times int64) *big.Rat {
	if b.Sign() == 0 {
		return nil
	}
	n := new(big.Rat).Quo(a, b)
	return n.Mul(n, big.NewRat(times, 1))
}

// told writes what was computed by hand as line writes a figure.
func told(n *big.Rat, of total) string {
	value := "–"
	if n != nil {
		value = n.FloatString(12)
	}
	return fmt.Sprintf("%s [%d/%d] opened %v", value, of.reported, of.expected, of.opened)
}

func line(f *summary.Figure) string {
	value := "–"
	if n, ok := f.Value.Number(); ok {
		value = n.Fixed(12)
	}
	return fmt.Sprintf("%s [%d/%d] opened %v", value, f.Coverage.Reported, f.Coverage.Expected, !f.Opening.IsZero())
}
