package consolidate_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/consolidate"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
)

// grouped tells a story's figures by predecessor, from May to August 2025.
func grouped(t *testing.T, text string) *summary.Areas {
	t.Helper()
	return consolidate.ByPredecessor(parseStory(t, text).input(t), period.Span{
		From: period.Month{Year: 2025, Number: 5}, To: period.Month{Year: 2025, Number: 8},
	}.Months())
}

// Two districts: of A came W1 alone, of both W2. What W2 reports can be given to
// neither unless the shares are known.
const twoDistricts = `
units: id,kind,valid_from,valid_to
  A,quận,,2025-06-30
  B,quận,,2025-06-30
  W1,phường,2025-07-01,
  W2,phường,2025-07-01,
  TP,thành phố,,
indicators: code,nature,asked_of
  LD,flow,
  HV,stock,
  CB,cumulative,
reports:
  2025-05 A LD=10 HV=300 CB=1
  2025-05 B LD=0 HV=100 CB=1
  2025-06 A LD=20 HV=300 CB=1
  2025-06 B LD=- HV=100 CB=1
  2025-07 A LD=5
  2025-07 B LD=5
  2025-07 W1 LD=1 HV=150 CB=1
  2025-07 W2 LD=2 HV=240 CB=1
  2025-08 W1 LD=40 HV=160 CB=1
`

func TestByPredecessorWithoutShares(t *testing.T) {
	areas := grouped(t, twoDistricts+`successions: from,to,date,kind
  A,W1,2025-07-01,split
  A,W2,2025-07-01,part
  B,W2,2025-07-01,part`)
	const want = `
LD 2025-05 city = 10 [2/2]
LD 2025-05 A = 10 [1/1]
LD 2025-05 B = 0 [1/1]
LD 2025-05 remainder = blank [0/0]
LD 2025-06 city = 20 [2/2]
LD 2025-06 A = 20 [1/1]
LD 2025-06 B = 0 [1/1]
LD 2025-06 remainder = blank [0/0]
LD 2025-07 city = 13 [4/4]
LD 2025-07 A = 6 [2/2] partial
LD 2025-07 B = 5 [1/1] partial
LD 2025-07 remainder = 2 [1/1]
LD 2025-08 city = 40 [1/2]
LD 2025-08 A = 40 [1/1] partial
LD 2025-08 B = blank [0/0] partial
LD 2025-08 remainder = blank [0/1]
HV 2025-05 city = 400 [2/2]
HV 2025-05 A = 300 [1/1]
HV 2025-05 B = 100 [1/1]
HV 2025-05 remainder = blank [0/0]
HV 2025-06 city = 400 [2/2]
HV 2025-06 A = 300 [1/1]
HV 2025-06 B = 100 [1/1]
HV 2025-06 remainder = blank [0/0]
HV 2025-07 city = 390 [2/2]
HV 2025-07 A = 150 [1/1] partial
HV 2025-07 B = blank [0/0] partial
HV 2025-07 remainder = 240 [1/1]
HV 2025-08 city = 160 [1/2]
HV 2025-08 A = 160 [1/1] partial
HV 2025-08 B = blank [0/0] partial
HV 2025-08 remainder = blank [0/1]
`
	var got []string
	for line := range strings.Lines(areas.Text()) {
		if !strings.Contains(line, " TP = ") { // asked for nothing here
			got = append(got, line)
		}
	}
	if all := strings.Join(got, ""); all != strings.TrimPrefix(want, "\n") {
		t.Errorf("got\n%s", all)
	}
}

// With shares W2 is made of half of A and all of B: of 300 and 100 members 150
// and 100, so three parts in five are A's. Of the flow B brought nothing.
func TestByPredecessorWithShares(t *testing.T) {
	text := grouped(t, twoDistricts+`successions: from,to,date,kind,share
  A,W1,2025-07-01,split,0.5
  A,W2,2025-07-01,part,0.5
  B,W2,2025-07-01,part,1`).Text()
	for _, want := range []string{
		"HV 2025-07 A = 294 [2/2]\n", // 150 and 144
		"HV 2025-07 B = 96 [1/1]\n",
		"HV 2025-07 remainder = blank [0/0]\n",
		"HV 2025-08 B = blank [0/1]\n",
		"LD 2025-07 A = 8 [3/3]\n",
		"LD 2025-07 B = 5 [2/2]\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

// A share says nothing where its old unit never reported the indicator.
func TestAShareOfWhatIsNotKnown(t *testing.T) {
	text := grouped(t, strings.ReplaceAll(twoDistricts, " HV=100", "")+`successions: from,to,date,kind,share
  A,W2,2025-07-01,part,0.5
  B,W2,2025-07-01,part,1`).Text()
	if !strings.Contains(text, "HV 2025-07 remainder = 240 [1/1]\n") {
		t.Errorf("got\n%s", text)
	}
}

// A unit that takes another in was there before: until then its figures are its
// own, and afterwards they are of both.
func TestAUnitThatTakesAnotherIn(t *testing.T) {
	text := grouped(t, `
units: id,kind,valid_from,valid_to
  A,quận,,2025-06-30
  K,quận,,
indicators: code,nature
  HV,stock
successions: from,to,date,kind,share
  A,K,2025-07-01,merged,1
reports:
  2025-06 A HV=100
  2025-06 K HV=300
  2025-07 K HV=500
`).Text()
	for _, want := range []string{"HV 2025-06 A = 100 ", "HV 2025-06 K = 300 ", "HV 2025-07 A = 125 ", "HV 2025-07 K = 375 "} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

// Whatever became of the units, by whatever shares, the areas and the remainder
// add up to the city.
func TestAreasAndRemainderAreTheCity(t *testing.T) {
	for seed := range uint64(80) {
		text := randomChange(rand.New(rand.NewPCG(seed, 7)))
		areas := grouped(t, text)
		if len(areas.Series) == 0 {
			t.Fatalf("no figures of\n%s", text)
		}
		for _, s := range areas.Series {
			for i, m := range areas.Months {
				var sum figure.Number
				reported := false
				for _, f := range append([]summary.AreaFigure{s.Remainder[i]}, inMonth(s.Areas, i)...) {
					n, ok := f.Value.Number()
					sum, reported = sum.Add(n), reported || ok
				}
				if city, ok := s.City[i].Value.Number(); ok != reported || !city.Equal(sum) {
					t.Fatalf("seed %d, %s in %s: the city %s, its areas %s\n%s\n%s", seed, s.Indicator.Code, m, s.City[i].Value, sum, text, areas.Text())
				}
			}
		}
	}
}

func inMonth(areas [][]summary.AreaFigure, i int) []summary.AreaFigure {
	var all []summary.AreaFigure
	for _, a := range areas {
		all = append(all, a[i])
	}
	return all
}

// randomChange makes districts that end, wards that come from some of them, and
// a later change among the wards.
func randomChange(r *rand.Rand) string {
	var b strings.Builder
	b.WriteString("units: id,kind,valid_from,valid_to\n")
	olds, news := 1+r.IntN(4), 1+r.IntN(5)
	for i := range olds {
		fmt.Fprintf(&b, "  D%d,quận,,2025-06-30\n", i)
	}
	for i := range news {
		fmt.Fprintf(&b, "  W%d,phường,2025-07-01,%s\n", i, map[bool]string{true: "2025-07-20"}[i == 0])
	}
	b.WriteString("  N,phường,2025-07-21,\n  K,xã,,\n")
	b.WriteString("indicators: code,nature\n  F,flow\n  S,stock\nsuccessions: from,to,date,kind,share\n")
	share := func() string { return pick(r, "", "0.1", "0.2", "0.15") }
	for w := range news {
		var from []int
		for d := range olds {
			if r.IntN(2) == 0 {
				from = append(from, d)
			}
		}
		kind := "part"
		if len(from) == 1 {
			kind = pick(r, "part", "split")
		}
		for _, d := range from {
			fmt.Fprintf(&b, "  D%d,W%d,2025-07-01,%s,%s\n", d, w, kind, share())
		}
	}
	fmt.Fprintf(&b, "  W0,N,2025-07-21,part,%s\n  W0,K,2025-07-21,part,%s\n", share(), share())
	b.WriteString("reports:\n")
	for m := 5; m <= 8; m++ {
		var units []string
		for i := range olds {
			units = append(units, fmt.Sprintf("D%d", i))
		}
		for i := range news {
			units = append(units, fmt.Sprintf("W%d", i))
		}
		for _, u := range slices.Concat(units, []string{"N", "K"}) {
			if r.IntN(6) > 0 {
				fmt.Fprintf(&b, "  2025-%02d %s F=%s S=%s\n", m, u, pick(r, "0", "-", "3", "12.5", "…", "!"), pick(r, "100", "90", "", "7"))
			}
		}
	}
	return b.String()
}

// Under the bridge "none" the days before a change are nobody's, and every sum
// over them says so.
func TestDaysThatNobodyReports(t *testing.T) {
	const story = `
units: id,kind,valid_from,valid_to
  A,quận,,2025-06-30
  B,huyện,,2025-06-30
  C,huyện,,2025-06-20
  W,phường,2025-07-01,
  K,xã,,
indicators: code,nature
  LD,flow
successions: from,to,date,kind
  A,W,2025-07-01,part
reports:
  2025-06 K LD=1
`
	told := func(month int, bridge string) string {
		in := parseStory(t, story).input(t)
		in.Catalogue = in.Catalogue.Bridged(catalogueBridge(t, bridge))
		in.Period = period.SpanOf(period.Monthly, period.Month{Year: 2025, Number: 1}.Add(month-1), period.Month{})
		var all []string
		for _, u := range consolidate.City(in).Unreported {
			all = append(all, fmt.Sprintf("%s %s-%s %d", u.Month, u.Days.From, u.Days.To, len(u.Units)))
		}
		return strings.Join(all, "; ")
	}
	const both = "2025-07 2025-06-15-2025-06-30 2; 2025-07 2025-06-15-2025-06-20 1"
	for _, c := range []struct {
		month  int
		bridge string
		want   string
	}{
		{6, "none", ""}, {7, "none", both}, {12, "none", both}, {13, "none", ""}, // another year
		{7, "closing", ""}, {7, "successor", ""},
	} {
		if got := told(c.month, c.bridge); got != c.want {
			t.Errorf("month %d, %s: %q, want %q", c.month, c.bridge, got, c.want)
		}
	}
}

func catalogueBridge(t *testing.T, text string) catalogue.Bridge {
	t.Helper()
	b, err := catalogue.ParseBridge(text)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
