package catalogue_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/period"
)

// people is a catalogue in which units end, begin and are renamed inside the
// window 15/6 to 14/7/2025.
func people(t *testing.T) *catalogue.Catalogue {
	t.Helper()
	folder := withTable("units", `id,kind,name,group,valid_from,valid_to
D-1,quận,Cũ,,,2025-06-30
D-2,huyện,Đổi tên,Cụm 1,,2025-06-20
D-3,huyện,Tên mới,Cụm 1,2025-06-21,
W-1,xã,Mới,,2025-07-01,
CITY,thành phố,Cơ quan Hội,,,
`)
	folder["successions.csv"] = &fstest.MapFile{Data: []byte("from,to,date,kind\nD-2,D-3,2025-06-21,renamed\nD-1,W-1,2025-07-01,part\n")}
	folder["indicators.csv"] = &fstest.MapFile{Data: []byte(`code,programme,kind,name_vi,type,nature,across,asked_of,due,valid_to,formula
FLOW,P1,input,x,whole,flow,sum,,,,
STOCK,P1,input,x,whole,stock,sum,,,,
SINCE,P1,input,x,whole,cumulative,sum,,,,
STAFF,P1,input,x,whole,stock,sum,huyện|city,,,
GROUP,P1,input,x,whole,flow,sum,Cụm 1,,,
YEARLY,P1,input,x,whole,stock,sum,,12,,
ENDED,P1,input,x,whole,flow,sum,,,2025-05-31,
RATE,P1,derived,x,percent,,,,,,STAFF / STOCK
WORDS,P1,text,x,text,,,,,,
`)}
	for _, name := range []string{"targets", "rules", "openings"} {
		header, _, _ := strings.Cut(small[name], "\n")
		folder[name+".csv"] = &fstest.MapFile{Data: []byte(header + "\n")}
	}
	c, problems := load(folder)
	if c == nil {
		t.Fatal(problems)
	}
	return c
}

func unitIDs(units []*catalogue.Unit) string {
	var all []string
	for _, u := range units {
		all = append(all, u.ID)
	}
	return strings.Join(all, " ")
}

func TestWhoIsAsked(t *testing.T) {
	c := people(t)
	for _, want := range []struct{ month, code, units string }{
		{"2025-06", "FLOW", "D-1 D-2"},
		{"2025-07", "FLOW", "D-1 D-3 W-1"}, // D-2 only under its new name
		{"2025-07", "WORDS", "D-1 D-3 W-1"},
		{"2025-08", "FLOW", "D-3 W-1"},
		{"2025-06", "STOCK", "D-1 D-2"},
		{"2025-07", "STOCK", "D-3 W-1"},
		{"2025-07", "SINCE", "D-3 W-1"},
		{"2025-06", "STAFF", "D-2 CITY"},
		{"2025-07", "STAFF", "D-3 CITY"},
		{"2025-07", "GROUP", "D-3"},
		{"2025-06", "RATE", "D-2"},
		{"2025-06", "ENDED", "D-1 D-2"}, // valid to 31/5, the window begins 15/5
		{"2025-07", "ENDED", ""},
		{"2025-06", "YEARLY", "D-1 D-2"},
	} {
		m, err := period.ParseMonth(want.month)
		if err != nil {
			t.Fatal(err)
		}
		i, _ := c.Indicator(want.code)
		if got := unitIDs(c.AskedUnits(i, m, period.Scheme15to14)); got != want.units {
			t.Errorf("%s in %s: %s, want %s", want.code, want.month, got, want.units)
		}
	}
}

func TestExpectedUnitsAndForms(t *testing.T) {
	c := people(t)
	july := period.Month{Year: 2025, Number: 7}
	if got := unitIDs(c.ExpectedUnits(july, period.Scheme15to14)); got != "D-1 D-3 W-1 CITY" {
		t.Errorf("expected %s", got)
	}
	if got := unitIDs(c.ExpectedUnits(july, period.SchemeCalendar)); got != "D-3 W-1 CITY" {
		t.Errorf("expected by the calendar %s", got)
	}
	ended, _ := c.Unit("D-1")
	var codes []string
	for _, i := range c.IndicatorsFor(ended, july, period.Scheme15to14) {
		codes = append(codes, i.Code)
	}
	if got := strings.Join(codes, " "); got != "FLOW WORDS" {
		t.Errorf("a unit that ended is asked for %s", got)
	}
	yearly, _ := c.Indicator("YEARLY")
	if yearly.DueIn(july) || !slices.Equal(c.DueMonths(yearly), []int{12}) {
		t.Error("a yearly fact is due in July")
	}
	if rate, _ := c.Indicator("RATE"); c.DueMonths(rate) != nil {
		t.Errorf("a monthly rate is due in %v", c.DueMonths(rate))
	}
}

func TestTitles(t *testing.T) {
	c := people(t)
	for id, want := range map[string]string{"D-1": "Quận Cũ", "W-1": "Xã Mới", "CITY": "Cơ quan Hội"} {
		if u, _ := c.Unit(id); u.Title() != want {
			t.Errorf("%s: %q, want %q", id, u.Title(), want)
		}
	}
}

func TestErrorRulesRefuseTheirOwnFigures(t *testing.T) {
	c, problems := load(withTable("rules", `id,severity,expression,refuses,message_vi
all,error,B + prev(S) <= ytd(A),,x
derived,error,R <= 100 and last_year(A) > 0,,x
told,error,B <= A,B,x
warned,warning,B <= A,,x
`))
	if c == nil {
		t.Fatal(problems)
	}
	var got []string
	for _, r := range c.Rules {
		got = append(got, r.ID+":"+strings.Join(r.Refuses, "+"))
	}
	want := []string{"all:B+A", "derived:B+A", "told:B", "warned:"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
