package consolidate_test

import (
	"fmt"
	"math/big"
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
)

// byHand computes the figures of a random story straight from what was typed.
// It knows the story's indicators and writes their rules out a second time,
// using neither the package's code nor its numbers, states and calendar.
type byHand struct{ reports []*submission.Submission }

// typed is what a unit typed for a month of 2025, and whether it owed that.
func (h byHand) typed(code string, u *catalogue.Unit, month int) (raw string, owed bool) {
	from, to := fmt.Sprintf("2025-%02d-15", month-1), fmt.Sprintf("2025-%02d-14", month)
	if strings.Contains("S C", code) {
		from = to // the window's last day alone
	}
	begun, ended := u.ValidFrom.String(), u.ValidTo.String()
	switch {
	case begun > to, ended != "" && ended < from,
		strings.Contains("F Q C", code) && u.Kind == "thành phố",
		code == "K" && (u.Kind == "thành phố" || u.Kind != "quận" && u.Group != "A"),
		code == "Q" && month != 3 && month != 6:
		return "", false
	}
	for _, s := range h.reports {
		if s.Unit == u.ID && int(s.Period.Number) == month {
			v, _ := s.Value(code)
			return v.Raw, v.Raw != "x" && (v.Raw != "" || code != "K")
		}
	}
	return "", true
}

// sums adds flows over months and points of the last month, over exactly the
// unit-months that have them all.
func (h byHand) sums(flows, points string, units []*catalogue.Unit, first, last int) (sum map[string]*big.Rat, reported, expected int) {
	sum = map[string]*big.Rat{}
	for _, code := range strings.Split(flows+points, "") {
		sum[code] = new(big.Rat)
	}
	if flows == "" {
		first = last
	}
	for _, u := range units {
		standing := points // not yet added for this unit
		for m := first; m <= last; m++ {
			numbers := map[string]*big.Rat{}
			allOwed := true
			for _, code := range strings.Split(flows+points, "") {
				at := m
				if strings.Contains(points, code) {
					at = last
				}
				raw, owed := h.typed(code, u, at)
				allOwed = allOwed && owed
				if n, ok := new(big.Rat).SetString(strings.Replace(raw, "-", "0", 1)); ok && owed {
					numbers[code] = n
				}
			}
			if allOwed {
				expected++
			}
			if len(numbers) < len(flows+points) {
				continue
			}
			reported++
			for _, code := range strings.Split(flows+standing, "") {
				sum[code].Add(sum[code], numbers[code])
			}
			standing = ""
		}
	}
	return sum, reported, expected
}

// figure computes one figure of a random story, written as line does.
func (h byHand) figure(code string, units []*catalogue.Unit, first, last int, single bool) string {
	flows := map[string]string{"F": "F", "G": "G", "K": "K", "Q": "Q", "FG": "FG", "SH": "FG", "KQ": "KQ", "FS": "F"}[code]
	points := map[string]string{"S": "S", "C": "C", "CS": "CS", "FS": "S"}[code]
	sum, reported, expected := h.sums(flows, points, units, first, last)
	var value, over, under *big.Rat
	switch code {
	case "FG":
		over, under = sum["F"], sum["G"]
	case "CS":
		over, under = sum["C"], sum["S"]
	case "FS":
		over, under = sum["F"], sum["S"]
	case "KQ":
		value = new(big.Rat).Sub(sum["K"], sum["Q"])
	case "SH":
		over, under = sum["F"], sum["G"]
		if !single {
			over, under = h.share(units, first, last)
		}
	default:
		value = sum[code]
	}
	if over != nil && under.Sign() != 0 {
		value = new(big.Rat).Quo(over, under)
		if code != "FS" {
			value.Mul(value, big.NewRat(100, 1))
		}
	}
	if reported == 0 {
		value, over, under = nil, nil, nil
	}
	if code == "SH" && !single && value == nil {
		over, under = nil, nil // no unit to count
	}
	return fmt.Sprintf("%s (%s/%s) [%d/%d]", decimals(value), decimals(over), decimals(under), reported, expected)
}

// share counts the units with cases, and among them those at half or more.
func (h byHand) share(units []*catalogue.Unit, first, last int) (reaching, all *big.Rat) {
	reaching, all = new(big.Rat), new(big.Rat)
	one := big.NewRat(1, 1)
	for _, u := range units {
		sum, _, _ := h.sums("FG", "", []*catalogue.Unit{u}, first, last)
		if sum["G"].Sign() == 0 {
			continue
		}
		all.Add(all, one)
		if new(big.Rat).Mul(sum["F"], big.NewRat(2, 1)).Cmp(sum["G"]) >= 0 {
			reaching.Add(reaching, one)
		}
	}
	return reaching, all
}

// line writes a figure's numbers and coverage.
func line(f *summary.Figure) string {
	var value *big.Rat
	if n, ok := f.Value.Number(); ok {
		value = rational(&n)
	}
	return fmt.Sprintf("%s (%s/%s) [%d/%d]", decimals(value), decimals(rational(f.Numerator)), decimals(rational(f.Denominator)),
		f.Coverage.Reported, f.Coverage.Expected)
}

func decimals(r *big.Rat) string {
	if r == nil {
		return "–"
	}
	return r.FloatString(6)
}

func rational(n *figure.Number) *big.Rat {
	if n == nil {
		return nil
	}
	r, _ := new(big.Rat).SetString(n.Fixed(6))
	return r
}

// exact is the number of a figure, 0 where it has none.
func exact(f *summary.Figure) *big.Rat {
	if f != nil {
		if n, ok := f.Value.Number(); ok {
			return rational(&n)
		}
	}
	return new(big.Rat)
}
