package catalogue_test

import (
	"testing"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
)

func month(t *testing.T, name string) period.Month {
	t.Helper()
	m, err := period.ParseMonth(name)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// A bound is the step of its month; without an undated first step there is none
// before.
func TestBoundsChange(t *testing.T) {
	c, problems := load(row("indicators", "C,P1,input,x,whole,,flow,sum,,,,0|2025-09:2,500|2025-07:800|2026-01:90\n"+
		"D,P1,input,x,whole,,flow,sum,,,,2025-07:1,"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for _, one := range []struct {
		code, month  string
		admits, over int64
	}{
		{"C", "2020-01", 500, 501}, {"C", "2025-06", 500, 501}, {"C", "2025-07", 800, 801}, {"C", "2025-12", 800, 801},
		{"C", "2026-01", 90, 91}, {"C", "2030-01", 90, 1}, {"C", "2025-06", 0, -1}, {"C", "2025-09", 2, 1},
		{"D", "2025-07", 1, 0},
	} {
		i, _ := c.Indicator(one.code)
		if m := month(t, one.month); !i.Admits(figure.Int(one.admits), m) || i.Admits(figure.Int(one.over), m) {
			t.Errorf("%s in %s: admits %d: %v, %d: %v", one.code, m, one.admits, i.Admits(figure.Int(one.admits), m), one.over, i.Admits(figure.Int(one.over), m))
		}
	}
	d, _ := c.Indicator("D")
	if !d.Admits(figure.Int(-5), month(t, "2025-06")) || d.Min.NeverBelow(figure.Int(0)) || d.Max.In(month(t, "2025-07")) != nil {
		t.Error("D is bounded before its first step, or above")
	}
	if i, _ := c.Indicator("C"); !i.Min.NeverBelow(figure.Int(0)) || i.Min.NeverBelow(figure.Int(1)) {
		t.Error("C may be negative, or never 0")
	}
}

// What was stored under an older code is the indicator's; what stands in the
// definitions must carry the present one.
func TestRenamedIndicator(t *testing.T) {
	c, problems := load(row("openings", "OLD,,year,2025-03,7,BC"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if o := c.Openings[1]; o.Indicator != "B" || !o.Value.Equal(figure.Int(7)) {
		t.Errorf("opening %+v", o)
	}
	for name, want := range map[string]string{"B": "B", "b": "B", "OLD": "B", "old": "B", "p 01": "B", "P.01": "B", "NEW": "", "": ""} {
		i, ok := c.Named(name)
		if ok != (want != "") || ok && i.Code != want {
			t.Errorf("%q is %v", name, i)
		}
	}
	if _, problems := load(row("openings", "B,,year,2025-03,7,BC\nOLD,,year,2025-03,8,BC")); len(problems) != 1 || problems[0].Column != "through" {
		t.Errorf("one time covered under two codes: %v", problems)
	}
}

// The value last set by a month holds in it.
func TestTargetInForce(t *testing.T) {
	c, problems := load(withTable("targets", "indicator,unit,horizon,from,to,since,comparator,value,pace,act\n"+
		"A,,plan,2021-01,2025-12,2025-07,>=,40000,linear,KH 2\nA,,plan,2021-01,2025-12,,>=,35000,linear,KH 1\n"+
		"A,,plan,2021-01,2025-12,2025-10,>=,40000,linear,KH 3\nA,U-1,year,2025-03,2025-12,2025-05,>=,9,level,\n"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for _, one := range []struct {
		unit         string
		horizon      catalogue.Horizon
		month        string
		value, other string
	}{
		{"", catalogue.HorizonPlan, "2020-12", "", ""}, {"", catalogue.HorizonPlan, "2021-01", "35000", ""},
		{"", catalogue.HorizonPlan, "2025-06", "35000", ""}, {"", catalogue.HorizonPlan, "2025-07", "40000", "35000"},
		{"", catalogue.HorizonPlan, "2025-12", "40000", "35000"}, // the act changed, the value did not
		{"", catalogue.HorizonPlan, "2026-01", "", ""}, {"", catalogue.HorizonYear, "2025-07", "", ""},
		{"U-1", catalogue.HorizonYear, "2025-04", "", ""}, // an adjustment of nothing
		{"U-1", catalogue.HorizonYear, "2025-05", "9", ""},
	} {
		m := month(t, one.month)
		value, other := "", ""
		if target := c.TargetFor("A", one.unit, one.horizon, m); target != nil {
			value = target.Value.String()
			if before := c.Adjusted(target, m); before != nil {
				other = before.Value.String()
			}
		}
		if value != one.value || other != one.other {
			t.Errorf("%s %s in %s: %q in place of %q, want %q and %q", one.unit, one.horizon, m, value, other, one.value, one.other)
		}
	}
}
