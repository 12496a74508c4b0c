package reading

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/vietnamese"
)

// patterns are all the ways to write a number: what parts its thousands and what
// begins its decimals.
var patterns = func() (all []*regexp.Regexp) {
	for _, group := range []string{"", ".", ",", " "} {
		for _, point := range []string{"", ".", ","} {
			pattern := `^([0-9]+)`
			if group != "" {
				pattern = `^([1-9][0-9]{0,2}(?:` + regexp.QuoteMeta(group) + `[0-9]{3})+)`
			}
			if point != "" {
				pattern += regexp.QuoteMeta(point) + `([0-9]+)`
			} else {
				pattern += `()`
			}
			if group == "" || group != point {
				all = append(all, regexp.MustCompile(pattern+`$`))
			}
		}
	}
	return all
}()

// alternatives is a second opinion, made apart from the grammar: every number
// that digits and separators can be to somebody. There is doubt where there is
// more than one.
func alternatives(text string) []figure.Number {
	var all []figure.Number
	for _, pattern := range patterns {
		m := pattern.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		whole := strings.Map(func(r rune) rune {
			if strings.ContainsRune(" .,", r) {
				return -1
			}
			return r
		}, m[1])
		if n := figure.MustParse(whole + "." + m[2] + "0"); !slices.ContainsFunc(all, n.Equal) {
			all = append(all, n)
		}
	}
	return all
}

// Of any digits and separators: a number read is one that they can be; read from
// text it is never read in silence; where they can be two numbers, a count says
// which by a finding, and elsewhere nothing is read.
func TestDoubtIsAlwaysSaid(t *testing.T) {
	const alphabet = "0012345., "
	random := rand.New(rand.NewPCG(1, 2))
	doubted := 0
	for range 30_000 {
		raw := make([]byte, 1+random.IntN(9))
		for i := range raw {
			raw[i] = alphabet[random.IntN(len(alphabet))]
		}
		text := strings.TrimSpace(string(raw))
		all := alternatives(text)
		for _, name := range []string{"count", "money", "fine", "rate"} {
			a := Read(Cell{Kind: Text, Raw: text}, indicators[name], june)
			n, counts := a.Figure.Number()
			// "..." and the like say a state.
			if !counts || text == "" {
				continue
			}
			if !slices.ContainsFunc(all, n.Equal) {
				t.Fatalf("%q for %s is %s, which it cannot be", text, name, n)
			}
			if len(a.Findings) == 0 {
				t.Fatalf("%q for %s is %s, in silence", text, name, n)
			}
			if len(all) > 1 {
				doubted++
				if indicators[name].Type != catalogue.Whole {
					t.Fatalf("%q for %s is %s, and may be another", text, name, n)
				}
				if !n.IsWhole() || a.Findings[0].Read != n.String() {
					t.Fatalf("%q for %s is %s, said as %+v", text, name, n, a.Findings)
				}
			}
		}
	}
	if doubted < 100 {
		t.Errorf("only %d texts were in doubt: the test looks at too little", doubted)
	}
}

// printed lists how a number is printed, by who prints it.
func printed(n figure.Number) map[string]string {
	vn := vietnamese.ExactNumber(n)
	forms := map[string]string{
		"plain":      strings.Replace(n.String(), ".", ",", 1),
		"vietnamese": vn, "fixed": vietnamese.Number(n, 6),
		"english": strings.NewReplacer(".", ",", ",", ".").Replace(vn),
	}
	for _, space := range []string{" ", "\u00a0", "\u202f", "\u2009", "\u2007"} {
		forms[fmt.Sprintf("spaced by %U", []rune(space)[0])] = strings.ReplaceAll(vn, ".", space)
	}
	return forms
}

// What is printed is read back as itself, or asked about with itself among the
// answers; grouped the English way it is read with a warning.
func TestPrintedNumbersAreReadBack(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 500 {
		whole := figure.Int(random.Int64N([]int64{10, 1000, 100_000, 1_000_000_000}[random.IntN(4)]))
		decimals, _ := figure.Int(random.Int64N(1_000_000)).Quo(figure.Int(1_000_000))
		for _, c := range []struct {
			ind string
			n   figure.Number
		}{{"count", whole}, {"fine", whole}, {"fine", whole.Add(decimals)}, {"rate", whole.Add(decimals)}, {"change", whole.Neg()}} {
			for form, text := range printed(c.n) {
				a := Read(Cell{Kind: Text, Raw: text}, indicators[c.ind], june)
				got, counts := a.Figure.Number()
				first := a.Findings[0]
				switch {
				case counts && got.Equal(c.n):
					grouped := form == "english" && strings.Contains(text, ",")
					if grouped && first.Code != finding.NumberDoubtful {
						t.Errorf("%s %q for %s: says %s, want %s", form, text, c.ind, first.Code, finding.NumberDoubtful)
					}
				case first.Code == finding.NumberAmbiguous && indicators[c.ind].Type != catalogue.Whole &&
					slices.Contains(slices.Collect(maps.Values(first.Args)), c.n.String()):
				default:
					t.Errorf("%s %q for %s: %s with %+v, want %s", form, text, c.ind, a.Figure, a.Findings, c.n)
				}
			}
		}
	}
}

// Any cell gives a state or a finding, and never panics.
func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"1", "1.234", "12,5", "15,000", "-", "…", "KPS", "N/A", "#N/A", "\xff", "９", "1e9", "1e-300", "khoảng 40 người (có 3 nữ)",
		"1O5", "12/5", "12-5-2025", "(12)", "2 nghìn", "'41", "0,9%", "-5", "15\u00a0000", "2025-05-12", "45789", "không?",
	} {
		for kind := range byte(Date + 1) {
			f.Add(s, kind, false)
		}
	}
	f.Fuzz(func(t *testing.T, raw string, kind byte, set bool) {
		cell := Cell{Kind: Kind(kind % byte(Date+1)), Raw: raw, Percent: set, Formula: set}
		for name, ind := range indicators {
			a := Read(cell, ind, june)
			n, counts := a.Figure.Number()
			state := a.Figure.State()
			switch {
			case (state == figure.Refused) != (finding.Count(a.Findings, finding.Error) > 0):
				t.Fatalf("%q for %s: %v with %v", raw, name, a.Figure, a.Findings)
			case counts && ind.Type == catalogue.Whole && !n.IsWhole():
				t.Fatalf("%q for a count gives %s", raw, n)
			case counts && !ind.Admits(n, june):
				t.Fatalf("%q for %s gives %s, out of its bounds", raw, name, n)
			case state == figure.Known && cell.Kind == Text && ind.Type != catalogue.YesNo && len(a.Findings) == 0:
				t.Fatalf("%q for %s gives %s in silence", raw, name, n)
			case state == figure.Blank && a.Text == "" && tidy(raw) != "" && cell.Kind != Empty && ind.Type != catalogue.Prose:
				t.Fatalf("%q for %s is blank", raw, name)
			}
			for _, f := range a.Findings {
				if !f.Code.Known() || f.Read == "" && f.Severity != finding.Error && f.Code != finding.NotApplicableRefused {
					t.Fatalf("%q for %s: %+v does not say how it was read", raw, name, f)
				}
			}
		}
	})
}
