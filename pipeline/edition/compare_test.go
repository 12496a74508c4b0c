package edition_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/edition"
	"tonghop/pipeline/period"
	"tonghop/pipeline/summary/summarytest"
)

var causes = []struct {
	name, was, now string
	want           []string
}{
	{
		"a late report changes its unit, its group and the city, in each span",
		"on 2025-06 U-1 gone\nLD U-1 month blank\nLD Cụm_1 month 20\nLD city month 60\nLD U-1 year_to_date 60\nLD Cụm_1 year_to_date 160\nLD city year_to_date 260 behind >=1200", "",
		[]string{
			"LD Cụm_1 month 20 -> 60: late U-1 2025-06 a6.xlsx",
			"LD Cụm_1 year_to_date 160 -> 200: late U-1 2025-06 a6.xlsx",
			"LD U-1 month blank -> 40: late U-1 2025-06 a6.xlsx",
			"LD U-1 year_to_date 60 -> 100: late U-1 2025-06 a6.xlsx",
			"LD city month 60 -> 100: late U-1 2025-06 a6.xlsx",
			"LD city year_to_date 260 behind -> 300 behind: late U-1 2025-06 a6.xlsx",
		},
	},
	{
		"a late report of an earlier month changes what is cumulative",
		"on 2025-05 U-3 gone\nLD U-3 year_to_date 90\nLD city year_to_date 290 behind >=1200", "",
		[]string{
			"LD U-3 year_to_date 90 -> 100: late U-3 2025-05 c5.xlsx",
			"LD city year_to_date 290 behind -> 300 behind: late U-3 2025-05 c5.xlsx",
		},
	},
	{
		"another version counts, and another group has nothing to do with it",
		"", "on 2025-06 U-3 c7\nLD U-3 month 41\nLD city month 101",
		[]string{
			"LD U-3 month 40 -> 41: resubmitted U-3 2025-06 c7.xlsx",
			"LD city month 100 -> 101: resubmitted U-3 2025-06 c7.xlsx",
		},
	},
	{
		"a report counts no more",
		"", "on 2025-06 U-3 gone\nLD U-3 month blank\nLD city month 60",
		[]string{
			"LD U-3 month 40 -> blank: removed U-3 2025-06 c6.xlsx",
			"LD city month 100 -> 60: removed U-3 2025-06 c6.xlsx",
		},
	},
	{
		"a decision changes what it is about and what is derived from it",
		"", "on 2025-06 U-1 a6 QD-1:LD_NU\nLD_NU U-1 month 22\nLD_NU city month 52\nTL_NU U-1 month 55\nTL_NU city month 52",
		[]string{
			"LD_NU U-1 month 20 -> 22: decided U-1 2025-06 a6.xlsx QD-1",
			"LD_NU city month 50 -> 52: decided U-1 2025-06 a6.xlsx QD-1",
			"TL_NU U-1 month 50 -> 55: decided U-1 2025-06 a6.xlsx QD-1",
			"TL_NU city month 50 -> 52: decided U-1 2025-06 a6.xlsx QD-1",
		},
	},
	{
		"a decision about another figure is no cause",
		"", "on 2025-06 U-1 a6 QD-1:LD_NU\nHO U-1 month 8",
		[]string{"HO U-1 month 7 -> 8: program"},
	},
	{
		"a decision taken back, and another in its place",
		"on 2025-06 U-1 a6 QD-1:HO", "on 2025-06 U-1 a6 QD-2:HO\nHO U-1 month 8",
		[]string{"HO U-1 month 7 -> 8: decided U-1 2025-06 a6.xlsx QD-1, decided U-1 2025-06 a6.xlsx QD-2"},
	},
	{
		"a report on paper is a decision and a report",
		"on 2025-06 U-1 gone\nHO U-1 month blank", "on 2025-06 U-1 paper QD-3:HO",
		[]string{"HO U-1 month blank -> 7: decided U-1 2025-06 QD-3, late U-1 2025-06"},
	},
	{
		"a report on paper taken back",
		"on 2025-06 U-1 paper QD-3:HO", "on 2025-06 U-1 gone\nHO U-1 month blank",
		[]string{"HO U-1 month 7 -> blank: decided U-1 2025-06 QD-3, removed U-1 2025-06"},
	},
	{
		"the rate stays in the unit and changes in the city",
		"", "on 2025-06 U-1 a7\nLD U-1 month 80\nLD city month 140\nLD Cụm_1 month 100\nLD_NU U-1 month 40\nLD_NU city month 70\nTL_NU city month 51",
		[]string{
			"LD Cụm_1 month 60 -> 100: resubmitted U-1 2025-06 a7.xlsx",
			"LD U-1 month 40 -> 80: resubmitted U-1 2025-06 a7.xlsx",
			"LD city month 100 -> 140: resubmitted U-1 2025-06 a7.xlsx",
			"LD_NU U-1 month 20 -> 40: resubmitted U-1 2025-06 a7.xlsx",
			"LD_NU city month 50 -> 70: resubmitted U-1 2025-06 a7.xlsx",
			"TL_NU city month 50 -> 51: resubmitted U-1 2025-06 a7.xlsx",
		},
	},
	{
		"the definitions changed, and one report came late",
		"on 2025-06 U-3 gone\nLD U-3 month blank\nLD city month 60", "catalogue c2\nLD U-1 month 41\nLD Cụm_1 month 61\nLD city month 101",
		[]string{
			"LD Cụm_1 month 60 -> 61: definition",
			"LD U-1 month 40 -> 41: definition",
			"LD U-3 month blank -> 40: late U-3 2025-06 c6.xlsx",
			"LD city month 60 -> 101: definition, late U-3 2025-06 c6.xlsx",
		},
	},
	{
		"only the program is another",
		"", "LD city month 101",
		[]string{"LD city month 100 -> 101: program"},
	},
	{
		"a unit that ended has no figure of its own",
		"", "on 2025-05 U-4 d6\nLD city year_to_date 310 behind >=1200",
		[]string{"LD city year_to_date 300 behind -> 310 behind: resubmitted U-4 2025-05 d6.xlsx"},
	},
	{
		"a unit that ended, beside one that reports",
		"", "on 2025-05 U-4 d6\non 2025-05 U-3 c7\nLD U-3 year_to_date 101\nLD city year_to_date 311 behind >=1200",
		[]string{
			"LD U-3 year_to_date 100 -> 101: resubmitted U-3 2025-05 c7.xlsx",
			"LD city year_to_date 300 behind -> 311 behind: resubmitted U-3 2025-05 c7.xlsx, resubmitted U-4 2025-05 d6.xlsx",
		},
	},
	{
		"a unit that the definitions have no more",
		"on 2025-05 U-9 x5", "LD city year_to_date 290 behind >=1200",
		[]string{"LD city year_to_date 300 behind -> 290 behind: removed U-9 2025-05 x5.xlsx"},
	},
	{
		"a rule that looks back refuses a figure of this month",
		"", "on 2025-05 U-1 a9\nHO U-1 month refused",
		[]string{"HO U-1 month 7 -> refused: resubmitted U-1 2025-05 a9.xlsx"},
	},
	{
		"definitions rather than a rule that looks back",
		"", "catalogue c2\non 2025-05 U-1 a9\nHO U-1 month refused",
		[]string{"HO U-1 month 7 -> refused: definition"},
	},
	{
		"only the verdict is another",
		"", "catalogue c2\nLD city year_to_date 300 on_track >=1200",
		[]string{"LD city year_to_date 300 behind -> 300 on_track: definition"},
	},
	{
		"only the target is another",
		"", "catalogue c2\nLD city year_to_date 300 behind >=1300",
		[]string{"LD city year_to_date 300 behind -> 300 behind: definition"},
	},
	{
		"figures that only one edition has",
		"HO U-1 month gone", "LD_NU city month gone\nLD_NU U-1 month gone\ncatalogue c2",
		[]string{
			"HO U-1 month nothing -> 7: definition",
			"LD_NU U-1 month 20 -> nothing: definition",
			"LD_NU city month 50 -> nothing: definition",
		},
	},
	{
		"a figure of an indicator that the definitions do not have",
		"OLD U-1 month 5", "on 2025-06 U-1 a7",
		[]string{"OLD U-1 month 5 -> nothing: resubmitted U-1 2025-06 a7.xlsx"},
	},
	{
		"none is not the number 0",
		"HO U-1 month none", "HO U-1 month 0",
		[]string{"HO U-1 month none -> 0: program"},
	},
	{
		"other ways to write a number are the same",
		"HO U-1 month 7.50", "HO U-1 month 7.5",
		nil,
	},
	{
		"months that only one edition looks at tell nothing",
		"", "catalogue c2\nLD U-1 plan_to_date 900\nLD city plan_to_date 900\nLD U-1 year_to_date 101\non 2024-11 U-1 y1",
		[]string{
			"LD U-1 plan_to_date nothing -> 900: definition",
			"LD U-1 year_to_date 100 -> 101: definition",
			"LD city plan_to_date nothing -> 900: definition",
		},
	},
	{
		"both look at the months of the plan",
		"LD U-1 plan_to_date 900", "LD U-1 plan_to_date 905\non 2024-11 U-1 y1",
		[]string{"LD U-1 plan_to_date 900 -> 905: late U-1 2024-11 y1.xlsx"},
	},
	{
		"an edition that does not list what it rests on",
		"unlisted", "LD U-1 month 41",
		[]string{"LD U-1 month 40 -> 41: unlisted"},
	},
}

func TestCauses(t *testing.T) {
	cat := summarytest.Catalogue(t)
	for _, c := range causes {
		t.Run(c.name, func(t *testing.T) {
			got := allTold(edition.Compare(read(t, c.was), read(t, c.now), cat))
			if !slices.Equal(got, c.want) {
				t.Errorf("changes are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

// A longer period has but its own span, and its own months.
func TestCausesInAQuarter(t *testing.T) {
	quarter := func(value, sha string) *edition.Edition {
		e, err := edition.Decode([]byte(`{"schema":"tonghop/figures/1","period":"2025-Q2","figures":[
			{"indicator":"LD","unit":"U-1","span":"quarter","value":"` + value + `","state":"known"}],
			"rests_on":[{"period":"2025-04","unit":"U-1","file":"u.xlsx","sha256":"` + sha + `"}]}`))
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	got := allTold(edition.Compare(quarter("1", "a"), quarter("2", "b"), summarytest.Catalogue(t)))
	if want := []string{"LD U-1 quarter 1 -> 2: resubmitted U-1 2025-04 u.xlsx"}; !slices.Equal(got, want) {
		t.Errorf("changes are %q, want %q", got, want)
	}
}

// What others sent of a month explains a unit's figure only where the month counts for
// nobody as long as hardly anybody reported it: before the adoption.
func TestOthersExplainOnlyMonthsBeforeTheAdoption(t *testing.T) {
	year := func(value, adopted, others string) *edition.Edition {
		e, err := edition.Decode([]byte(`{"schema":"tonghop/figures/1","period":"2025-06",` + adopted + `"figures":[
			{"indicator":"LD","unit":"U-1","span":"year_to_date","value":"` + value + `","state":"known"}],
			"rests_on":[{"period":"2025-03","unit":"U-1","file":"p.csv","sha256":"p"},{"period":"2025-05","unit":"U-1","file":"a.xlsx","sha256":"a"}` + others + `]}`))
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	const came = `,{"period":"2025-03","unit":"U-2","file":"p.csv","sha256":"p"},{"period":"2025-05","unit":"U-3","file":"c.xlsx","sha256":"c"}`
	for _, c := range []struct{ was, now, want string }{
		{`"adopted":"2025-04",`, `"adopted":"2025-04",`, "late U-2 2025-03 p.csv"},
		{`"adopted":"2025-06",`, `"adopted":"2025-05",`, "late U-2 2025-03 p.csv, late U-3 2025-05 c.xlsx"},
		{``, `"adopted":"2025-05",`, "late U-2 2025-03 p.csv, late U-3 2025-05 c.xlsx"}, // published before it was listed
	} {
		got := allTold(edition.Compare(year("1", c.was, ""), year("2", c.now, came), summarytest.Catalogue(t)))
		if want := []string{"LD U-1 year_to_date 1 -> 2: " + c.want}; !slices.Equal(got, want) {
			t.Errorf("adopted %s and %s: changes are %q, want %q", c.was, c.now, got, want)
		}
	}
}

// random is base with some lines left out and others added.
func random(t testing.TB, r *rand.Rand) (lines []string) {
	t.Helper()
	for line := range strings.Lines(base) {
		w := strings.Fields(line)
		switch {
		case len(w) == 0:
		case r.IntN(6) == 0:
			w = append(w[:3:3], "gone")
			lines = append(lines, strings.Join(w, " "))
		case r.IntN(4) == 0 && w[0] == "on":
			lines = append(lines, strings.Join(append(w[:3:3], fmt.Sprintf("z%d", r.IntN(3)), fmt.Sprintf("QD-%d:%s", r.IntN(3), []string{"LD", "LD_NU", "HO"}[r.IntN(3)])), " "))
		case r.IntN(3) == 0:
			value := []string{"1", "2", "33.333333", "-4", "none", "blank", "refused"}[r.IntN(7)]
			if w[0] != "on" {
				lines = append(lines, strings.Join(append(w[:3:3], value), " "))
			}
		}
	}
	if r.IntN(4) == 0 {
		lines = append(lines, "catalogue c2")
	}
	return lines
}

func TestCompareHoldsForAnyEditions(t *testing.T) {
	cat := summarytest.Catalogue(t)
	r := rand.New(rand.NewPCG(2025, 6))
	changed := 0
	for range 300 {
		one, two := strings.Join(random(t, r), "\n"), strings.Join(random(t, r), "\n")
		a, b := read(t, one), read(t, two)
		if all := edition.Compare(a, a, cat); len(all) != 0 {
			t.Fatalf("an edition differs from itself: %q\n%s", allTold(all), one)
		}
		forth := edition.Compare(a, b, cat)
		changed += len(forth)
		checkComplete(t, a, b, forth)
		there, back := mirrored(forth), allTold(fileless(edition.Compare(b, a, cat)))
		if !slices.Equal(there, back) {
			t.Fatalf("forth\n%s\nback\n%s", strings.Join(there, "\n"), strings.Join(back, "\n"))
		}
		shuffle := func(all []map[string]any) {
			r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		}
		if again := edition.Compare(readIn(t, one, shuffle), readIn(t, two, shuffle), cat); !slices.Equal(allTold(forth), allTold(again)) {
			t.Fatalf("in order\n%s\nin another\n%s", strings.Join(allTold(forth), "\n"), strings.Join(allTold(again), "\n"))
		}
	}
	if changed == 0 {
		t.Error("nothing ever changed")
	}
}

// checkComplete holds the changes against a plain look at each figure.
func checkComplete(t *testing.T, a, b *edition.Edition, changes []edition.Change) {
	t.Helper()
	listed := map[edition.Key]bool{}
	for _, c := range changes {
		if listed[c.Key] {
			t.Fatalf("%v is listed twice", c.Key)
		}
		listed[c.Key] = true
		if len(c.Causes) == 0 {
			t.Fatalf("%s has no cause", told(c))
		}
	}
	say := func(f *edition.Figure) string {
		if f == nil {
			return "nothing"
		}
		n, known := f.Number()
		return fmt.Sprint(n, known, f.State, f.Verdict)
	}
	for _, e := range []*edition.Edition{a, b} {
		for _, f := range e.Figures {
			if differs := say(a.Find(f.Key)) != say(b.Find(f.Key)); differs != listed[f.Key] {
				t.Fatalf("%v differs: %v, listed: %v", f.Key, differs, listed[f.Key])
			}
		}
	}
}

// mirrored are changes told as if the other edition were the newer.
func mirrored(changes []edition.Change) []string {
	back := slices.Clone(changes)
	opposite := map[edition.Why]edition.Why{edition.Late: edition.Removed, edition.Removed: edition.Late}
	for i := range back {
		back[i].Old, back[i].New = back[i].New, back[i].Old
		back[i].Causes = slices.Clone(back[i].Causes)
		for j, one := range back[i].Causes {
			if why, ok := opposite[one.Why]; ok {
				back[i].Causes[j].Why = why
			}
		}
	}
	return allTold(fileless(back))
}

// fileless leaves out the files of causes, which are those of the newer edition,
// and their order.
func fileless(changes []edition.Change) []edition.Change {
	all := slices.Clone(changes)
	for i := range all {
		all[i].Causes = slices.Clone(all[i].Causes)
		for j := range all[i].Causes {
			all[i].Causes[j].File = ""
		}
		slices.SortFunc(all[i].Causes, func(a, b edition.Cause) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	}
	return all
}

func TestTallies(t *testing.T) {
	cat := summarytest.Catalogue(t)
	changes := edition.Compare(
		read(t, "on 2025-05 U-3 gone\nLD U-3 year_to_date 90\nLD city year_to_date 290 behind >=1200"),
		read(t, "on 2025-06 U-1 a7\nLD U-1 month 41\nLD city month 101\nHO U-1 month 8\nOLD city month 1"), cat)
	var got []string
	for _, one := range edition.Tallies(changes) {
		got = append(got, fmt.Sprintf("%s %s %s: %d", one.Why, one.Unit, one.Month, one.Indicators))
	}
	if want := []string{"resubmitted U-1 2025-06: 3", "late U-3 2025-05: 1"}; !slices.Equal(got, want) {
		t.Errorf("tallies are %q, want %q", got, want)
	}
	if n := edition.CityIndicators(changes); n != 2 {
		t.Errorf("%d indicators of the city, want 2", n)
	}
	var city []string
	for _, one := range edition.OfCity(changes, cat) {
		city = append(city, fmt.Sprint(one.Indicator, " ", len(one.Spans)))
	}
	if want := []string{"LD 2", "OLD 1"}; !slices.Equal(city, want) {
		t.Errorf("the city's are %q, want %q", city, want)
	}
}

// OfCity follows the catalogue whatever the order of the changes.
func TestOfCityIsInCatalogueOrder(t *testing.T) {
	cat := &catalogue.Catalogue{Indicators: []*catalogue.Indicator{{Code: "B"}, {Code: "A"}}}
	var changes []edition.Change
	for _, code := range []string{"Y", "A", "X", "B"} {
		changes = append(changes, edition.Change{Key: edition.Key{Indicator: code, Span: period.Monthly}})
	}
	var got []string
	for _, one := range edition.OfCity(changes, cat) {
		got = append(got, one.Indicator)
	}
	if want := []string{"B", "A", "X", "Y"}; !slices.Equal(got, want) {
		t.Errorf("order is %q, want %q", got, want)
	}
}
