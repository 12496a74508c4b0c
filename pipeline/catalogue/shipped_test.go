package catalogue_test

import (
	"io/fs"
	"slices"
	"strings"
	"testing"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
	"tonghop/templates"
)

func shippedSource(t testing.TB) catalogue.Source {
	t.Helper()
	folder, err := fs.Sub(templates.FS, "hanoi")
	if err != nil {
		t.Fatal(err)
	}
	return catalogue.FromFolder(folder, "hanoi")
}

func shipped(t testing.TB) *catalogue.Catalogue {
	t.Helper()
	c, problems := catalogue.Load(shippedSource(t))
	for _, p := range problems {
		t.Error(p.Vietnamese(), "/", p.Error())
	}
	if c == nil {
		t.FailNow()
	}
	return c
}

var june = period.Month{Year: 2025, Number: 6}

func TestShippedUnits(t *testing.T) {
	c := shipped(t)
	kinds := make(map[catalogue.UnitKind]int)
	for _, u := range c.ExpectedUnits(june, period.Scheme15to14) {
		kinds[u.Kind]++
	}
	if kinds[catalogue.UrbanDistrict] != 12 || kinds[catalogue.RuralDistrict] != 17 || kinds[catalogue.Town] != 1 || kinds[catalogue.CityOffice] != 1 {
		t.Errorf("expected in June 2025: %v", kinds)
	}
	if u, ok := c.Unit("HN-271"); !ok || u.Title() != "Huyện Ba Vì" || u.Code != "271" {
		t.Errorf("HN-271 is %+v", u)
	}
}

func TestShippedProgrammes(t *testing.T) {
	c := shipped(t)
	for _, p := range c.Programmes {
		empty := len(c.IndicatorsOf(p.Code)) == 0
		bare := slices.Contains([]string{"CT04", "CT05", "CT06", "CT08", "CT09", "CT10"}, p.Code)
		if empty != bare {
			t.Errorf("programme %s: without indicators %v", p.Code, empty)
		}
	}
	if len(c.Programmes) != 11 {
		t.Errorf("%d programmes", len(c.Programmes))
	}
}

func TestShippedIndicatorsSayWhatTheyAre(t *testing.T) {
	c := shipped(t)
	form, ok := c.FormFor(june, period.Scheme15to14)
	if !ok || form.Version != "HN-2025.1" {
		t.Errorf("form %+v", form)
	}
	for _, i := range c.Indicators {
		if i.DefinitionVI == "" || i.NameEN == "" || i.Type == catalogue.Percent && i.Decimals != 2 {
			t.Errorf("%s: definition %q, English %q, decimals %d", i.Code, i.DefinitionVI, i.NameEN, i.Decimals)
		}
		if i.Kind == catalogue.Input && (len(i.Min) != 1 || i.Min[0].Value.Sign() != 0) {
			t.Errorf("%s: a count may be below 0", i.Code)
		}
		if i.AssumptionVI != "" && i.Confirmed {
			t.Errorf("%s: nobody has confirmed its interpretation", i.Code)
		}
		// A stock cannot be none, so a count that may well be 0 is no stock.
		if i.Nature == catalogue.Stock && !slices.Contains([]string{"CT01_HV", "CT01_CS", "CT01_CB", "CT01_CBCT"}, i.Code) {
			t.Errorf("%s is a stock", i.Code)
		}
	}
}

func TestShippedTargets(t *testing.T) {
	c := shipped(t)
	var headlines []string
	for _, target := range c.Targets {
		if target.Headline {
			headlines = append(headlines, target.Indicator+string(target.Comparator)+target.Value.String())
		}
		if target.Act == "" {
			t.Errorf("%s: no act", target.Indicator)
		}
	}
	want := "CT01_TANG>=35000 CT01_TL_TOT>=90 CT01_KEM<=0 CT01_TL_BD>=100 CT01_TL_TT>=100 CT01_06>=100 CT01_07>=100 CT02_LD>=15000 CT02_TL_NU>=70 CT03_HO>=1200"
	if got := strings.Join(headlines, " "); got != want {
		t.Errorf("page 1 shows\n%s, want\n%s", got, want)
	}
	if target := c.TargetFor("CT01_TANG", "", catalogue.HorizonPlan, june); target == nil || target.To.Sub(target.From) != 59 {
		t.Errorf("the plan is %+v", target)
	}
	if c.TargetFor("CT02_LD", "", catalogue.HorizonPlan, june) != nil || c.TargetFor("CT02_LD", "", catalogue.HorizonYear, june.Add(12)) != nil {
		t.Error("a target outside its horizon or years")
	}
}

// The judged rate is over rated unions; the one over all stands beside it.
func TestShippedRates(t *testing.T) {
	c := shipped(t)
	counts := map[string]int64{"CT01_XS": 20, "CT01_TOT": 70, "CT01_KHA": 9, "CT01_TB": 1, "CT01_KEM": 0, "CT01_CXL": 25, "CT01_CS": 125,
		"CT01_KN": 12, "CT01_CDEN": 3, "CT01_CDI": 4, "CT01_GK": 5, "CT02_LD": 40, "CT02_LD_NU": 29}
	for code, want := range map[string]string{"CT01_TL_TOT": "90", "CT01_TL_TOT_CS": "72", "CT01_TANG": "6", "CT02_TL_NU": "72.5"} {
		i, _ := c.Indicator(code)
		got, err := i.Formula.Eval(func(code string) figure.Figure { return figure.Of(figure.Int(counts[code])) })
		if err != nil || got.String() != want {
			t.Errorf("%s = %v, %v; want %s", code, got, err, want)
		}
	}
	share, _ := c.Indicator("CT01_06")
	if share.ComputeAt != catalogue.AtUnit || share.Across != catalogue.AcrossShare || share.Reaches.String() != "100" || share.ValidTo.String() != "2025-06-30" {
		t.Errorf("CT01_06 is %+v", share)
	}
}

// An office that begins with the shipped definitions must not inherit anybody's
// figures; its own openings come from its inputs.
func TestShippedDefinitionsHoldNoOpenings(t *testing.T) {
	if n := len(shipped(t).Openings); n > 0 {
		t.Errorf("%d openings", n)
	}
}

func TestShippedCalendar(t *testing.T) {
	c := shipped(t)
	for text, working := range map[string]bool{
		"2025-01-01": false, "2025-01-31": false, "2025-02-03": true, "2025-04-07": false, "2025-04-26": true, "2025-05-02": false, "2025-05-05": true, "2025-09-01": false,
	} {
		d, err := period.ParseDate(text)
		if err != nil || c.Calendar.Working(d) != working {
			t.Errorf("%s working %v, %v", text, !working, err)
		}
	}
}
