package validate_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/validate"
)

// flows is a catalogue with the flows A to J, of which J is asked of rural
// districts only, the stock S and the cumulative count L.
func flows(t testing.TB) *catalogue.Catalogue {
	t.Helper()
	text := "code,programme,kind,name_vi,type,nature,across,asked_of,part_of\n"
	for _, code := range strings.Split("ABCDEFGHI", "") {
		text += code + ",P,input,Chỉ tiêu " + code + ",whole,flow,sum,,\n"
	}
	text += "J,P,input,Của huyện,whole,flow,sum,huyện,\nS,P,input,Tồn,whole,stock,sum,,\nL,P,input,Lũy kế,whole,cumulative,sum,,\n"
	return definitionsWith(t, map[string]string{"indicators": text})
}

const (
	eight  = "A=1 B=2 C=3 D=4 E=5 F=6 G=7 H=8 I=0"
	other8 = "A=2 B=1 C=9 D=1 E=4 F=3 G=2 H=6 I=0"
)

func TestCopiedFromTheMonthBefore(t *testing.T) {
	c := flows(t)
	for name, test := range map[string]struct {
		may, june string
		copied    bool
	}{
		"the same":            {eight, eight, true},
		"another stock":       {eight + " S=90 L=3", eight + " S=91 L=4", true},
		"a figure differs":    {eight, strings.Replace(eight, "D=4", "D=5", 1), false},
		"zero or none":        {eight, strings.Replace(eight, "I=0", "I=none", 1), true},
		"a figure is lacking": {eight, strings.Replace(eight, "I=0", "I=", 1), false},
		"both lack it":        {strings.Replace(eight, "I=0", "I=…", 1), strings.Replace(eight, "I=0", "I=", 1), true},
		"one is refused":      {eight + " I=9", strings.Replace(eight, "I=0", "I=(!)", 1), true},
		"too few figures":     {strings.Replace(eight, "H=8", "H=0", 1), strings.Replace(eight, "H=8", "H=0", 1), false},
		"nothing happened":    {"A=none B=none", "A=none B=none", false},
		"nothing said":        {"", "", false},
	} {
		t.Run(name, func(t *testing.T) {
			b := submission.Batch{
				received(t, c, "m U-1 2025-05 v1 2025-05-16 09:00 "+test.may), received(t, c, "j U-1 2025-06 v1 2025-06-16 09:00 "+test.june),
			}
			var want []string
			if test.copied {
				want = []string{"2025-06 copied-submission other_period=2025-05"}
			}
			expect(t, noticed(validate.Batch(input(c, b, march))), want...)
		})
	}
	// Two months back is another story.
	b := submission.Batch{received(t, c, "m U-1 2025-04 v1 2025-04-16 09:00 "+eight), received(t, c, "j U-1 2025-06 v1 2025-06-16 09:00 "+eight)}
	expect(t, noticed(validate.Batch(input(c, b, march))))
}

func TestCopiedFromAnotherUnit(t *testing.T) {
	c := flows(t)
	june := func(unit, answers string) submission.Received {
		return received(t, c, unit+" "+unit+" 2025-06 v1 2025-06-16 09:00 "+answers)
	}
	copied := func(b ...submission.Received) []string {
		var lines []string
		for _, f := range validate.Batch(input(c, b, march)).All() {
			if f.Code == finding.CopiedSubmission {
				lines = append(lines, strings.TrimSpace(fmt.Sprint(f.Unit, " ", f.Args["other_unit"], f.Args["other_period"], " ", f.Cell)))
			}
		}
		return lines
	}
	stock := " S=100 L=7"
	expect(t, copied(june("U-1", eight+stock), june("U-2", eight+stock), june("U-3", other8+stock)), "U-1 U-2", "U-2 U-1")
	expect(t, copied(june("U-3", eight+stock+" J=2"), june("U-1", eight+stock)), "U-1 U-3", "U-3 U-1") // J is not asked of both
	expect(t, copied(june("U-1", eight+stock), june("U-2", eight+" S=101 L=7")))
	expect(t, copied(june("U-2", eight), june("U-3", eight), june("U-1", eight)), "U-1 U-2", "U-2 U-1", "U-3 U-1")

	// One that repeats its own month is told that, and the other of it.
	may := received(t, c, "m U-1 2025-05 v1 2025-05-16 09:00 "+eight)
	expect(t, copied(may, june("U-1", eight), june("U-2", eight)), "U-1 2025-05", "U-2 U-1")

	// What does not count copies nothing.
	first := received(t, c, "a U-2 2025-06 v1 2025-06-16 09:00 "+eight)
	second := received(t, c, "b U-2 2025-06 v2 2025-06-17 09:00 "+other8)
	expect(t, copied(june("U-1", eight), first, second))
}

// randomly makes reports of some units and months in which every kind of answer
// occurs, figures rise, jump and repeat, and versions replace each other.
func randomly(t testing.TB, c *catalogue.Catalogue, random *rand.Rand) submission.Batch {
	t.Helper()
	pick := func(from ...string) string { return from[random.IntN(len(from))] }
	var b submission.Batch
	for n, unit := range []string{"U-1", "U-2", "U-3"} {
		answers, base := "", 20*(n+1)
		for m := month("2024-06"); m.Before(month("2025-10")); m = m.Add(1) {
			if random.IntN(8) == 0 {
				continue
			}
			for v := range 1 + random.IntN(5)/4 {
				if random.IntN(5) > 0 || answers == "" {
					answers = ""
					for _, ind := range c.Indicators {
						count := fmt.Sprint(base + random.IntN(20))
						if random.IntN(10) == 0 {
							count = pick(count+"0", fmt.Sprint(9*base), "", "none", "0", "…", "x", "(!)", "gone")
						}
						answers += " " + ind.Code + "=" + count
					}
				}
				b = append(b, received(t, c, fmt.Sprintf("%s-%s-%d %s %s v%d %s-16 09:00%s", m, unit, v, unit, m, v+1, m, answers)))
			}
		}
	}
	return b
}

func lookedBack(f finding.Finding) bool { return f.Code.Definition().Stage == finding.StageHistory }

// Where no rule of the catalogue looks back, what was reported before and what
// other units report changes no figure and no choice between versions: it only
// adds warnings.
func TestLookingBackOnlyWarns(t *testing.T) {
	codes := map[finding.Code]int{}
	for seed := range uint64(12) {
		for _, c := range []*catalogue.Catalogue{counting(t, nil), flows(t)} {
			b := randomly(t, c, rand.New(rand.NewPCG(seed, 7)))
			together := validate.Batch(input(c, b, march))
			for _, f := range together.All() {
				if lookedBack(f) {
					codes[f.Code]++
					if f.Severity != finding.Warning {
						t.Errorf("%s is %s", f.Code, f.Severity)
					}
				}
			}
			for _, m := range together.Months() {
				for _, unit := range []string{"U-1", "U-2", "U-3"} {
					alone := validate.Batch(input(c, only(b, unit, m), march))
					if used(alone, unit, m.String()) != used(together, unit, m.String()) {
						t.Fatalf("seed %d: of %s in %s another version counts", seed, unit, m)
					}
					for _, ind := range c.Indicators {
						a, b := alone.History.Figure(unit, ind.Code, m), together.History.Figure(unit, ind.Code, m)
						if !a.Equal(b) {
							t.Fatalf("seed %d: %s of %s in %s is %s, alone %s", seed, ind.Code, unit, m, b, a)
						}
					}
					a, b := told(alone.Findings(span(m.String()))), told(without(together.Findings(span(m.String())), unit))
					if !slices.Equal(a, b) {
						t.Fatalf("seed %d: of %s in %s is told\n%s\nalone\n%s", seed, unit, m, strings.Join(b, "\n"), strings.Join(a, "\n"))
					}
				}
			}
		}
	}
	for _, code := range []finding.Code{finding.FarFromHistory, finding.CopiedSubmission, finding.CumulativeDiscontinuous, finding.CumulativeInMonthColumn} {
		if codes[code] == 0 {
			t.Errorf("the reports never raise %s", code)
		}
	}
}

// only is what a unit sent for a month.
func only(b submission.Batch, unit string, m period.Month) submission.Batch {
	return slices.DeleteFunc(slices.Clone(b), func(r submission.Received) bool { return r.File.Unit != unit || r.File.Period != m })
}

// without leaves a unit's findings, less those of looking back.
func without(all []finding.Finding, unit string) []finding.Finding {
	return slices.DeleteFunc(all, func(f finding.Finding) bool { return f.Unit != unit || lookedBack(f) })
}

func TestOrderOfReportsChangesNothingLookedBackOn(t *testing.T) {
	for seed := range uint64(6) {
		random := rand.New(rand.NewPCG(seed, 11))
		c := flows(t)
		b := randomly(t, c, random)
		want := dump(validate.Batch(input(c, b, march)))
		for range 4 {
			random.Shuffle(len(b), func(i, j int) { b[i], b[j] = b[j], b[i] })
			if got := dump(validate.Batch(input(c, b, march))); got != want {
				t.Fatalf("seed %d: another order says something else", seed)
			}
		}
	}
}

// An offered reading of a flow is the value less the total, and never less than
// nothing; what was typed stays.
func TestOfferedReadings(t *testing.T) {
	offered := 0
	for seed := range uint64(40) {
		random := rand.New(rand.NewPCG(seed, 13))
		c := counting(t, nil)
		for _, code := range []string{"F", "L"} {
			total, story := 0, "2025-01:"
			for range 11 {
				n := 30 + random.IntN(20)
				total += n
				typed := n
				if random.IntN(4) == 0 || code == "L" && random.IntN(4) > 0 {
					typed = total
				}
				story += fmt.Sprint(" ", typed)
			}
			for _, f := range validate.Batch(input(c, course(t, c, "U-1", code, story), late)).All() {
				if !lookedBack(f) || f.Want == "" {
					continue
				}
				offered++
				typed, want := figure.MustParse(f.Raw), figure.MustParse(f.Want)
				if want.Sign() < 0 || (want.Cmp(typed) > 0) != (code == "L") {
					t.Errorf("%s %s: %s of %s typed, %s offered", code, story, f.Code, typed, want)
				}
				if before, ok := f.Args["previous_total"]; ok && !want.Add(figure.MustParse(before)).Equal(typed) {
					t.Errorf("%s: %s and %s is not %s", story, before, want, typed)
				}
			}
		}
	}
	if offered < 20 {
		t.Errorf("only %d readings were offered", offered)
	}
}

// Whatever their answers are, those are told of each other whose figures are the
// same one by one.
func TestCopiedOneByOne(t *testing.T) {
	c := flows(t)
	random := rand.New(rand.NewPCG(7, 11))
	told := 0
	for range 300 {
		answers := map[string]map[string]string{}
		var b submission.Batch
		for _, unit := range []string{"U-1", "U-2", "U-3"} {
			answers[unit] = map[string]string{}
			line := ""
			for i, code := range strings.Split("ABCDEFGHISL", "") {
				answer := fmt.Sprint(i + 1)
				if random.IntN(12) == 0 {
					answer = []string{"none", "0", "…", "(!)", "", "77", fmt.Sprint(i+1) + ".0"}[random.IntN(7)]
				}
				answers[unit][code] = answer
				line += " " + code + "=" + answer
			}
			b = append(b, received(t, c, unit+" "+unit+" 2025-06 v1 2025-06-16 09:00"+line))
		}
		got := map[string]string{}
		for _, f := range validate.Batch(input(c, b, march)).All() {
			if f.Code == finding.CopiedSubmission {
				got[f.Unit] = f.Args["other_unit"]
			}
		}
		for unit := range answers {
			want := ""
			for _, other := range []string{"U-3", "U-2", "U-1"} {
				if other != unit && sameFigures(answers[unit], answers[other]) {
					want = other
				}
			}
			if got[unit] != want {
				t.Fatalf("%s: told of %q, want %q, of %v", unit, got[unit], want, answers)
			}
			told += len(want)
		}
	}
	if told == 0 {
		t.Fatal("none were alike: nothing was tried")
	}
}

func sameFigures(a, b map[string]string) bool {
	// What is no figure, and what counts as none.
	number := func(answer string) string {
		switch answer {
		case "…", "":
			return "lacking"
		case "none":
			return "0"
		}
		return strings.TrimSuffix(answer, ".0")
	}
	same := 0
	for code := range a {
		one, other := number(a[code]), number(b[code])
		switch {
		case a[code] == "(!)" || b[code] == "(!)":
		case one != other:
			return false
		case one != "0" && one != "lacking":
			same++
		}
	}
	return same >= 8
}
