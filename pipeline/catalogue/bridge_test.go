package catalogue_test

import (
	"testing"
	"testing/fstest"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/period"
)

// change is a window in which one unit ends after another way than the next:
// split, renamed and then merged, or without any successor.
func change(t *testing.T) *catalogue.Catalogue {
	t.Helper()
	folder := withTable("units", `id,kind,name,valid_from,valid_to
SPLIT,quận,Chia,,2025-06-30
OLD,huyện,Cũ,,2025-06-20
NEW,huyện,Mới,2025-06-21,2025-06-30
LOST,huyện,Giải thể,,2025-06-30
WHOLE,huyện,Trọn kỳ,,2025-07-14
GIVES,thị xã,Cho một phần,,
W-1,xã,Một,2025-07-01,
W-2,phường,Hai,2025-07-01,
W-3,xã,Ba,2025-07-15,
CITY,thành phố,Cơ quan Hội,,
`)
	folder["successions.csv"] = &fstest.MapFile{Data: []byte(`from,to,date,kind
SPLIT,W-1,2025-07-01,part
OLD,NEW,2025-06-21,renamed
NEW,W-1,2025-07-01,merged
GIVES,W-2,2025-07-01,split
WHOLE,W-3,2025-07-15,split
`)}
	folder["indicators.csv"] = &fstest.MapFile{Data: []byte(`code,programme,kind,name_vi,type,choices,nature,across
FLOW,P1,input,x,whole,,flow,sum
STOCK,P1,input,x,whole,,stock,sum
WORDS,P1,text,x,text,,,
STATE,P1,text,x,choice,a|b,,
`)}
	for name, header := range map[string]string{
		"targets": "indicator,horizon,from,to,comparator,value,pace", "rules": "id,severity,expression,message_vi",
		"openings": "indicator,span,through,value,source",
	} {
		folder[name+".csv"] = &fstest.MapFile{Data: []byte(header + "\n")}
	}
	c, problems := load(folder)
	if c == nil {
		t.Fatal(problems)
	}
	return c
}

var july = period.Month{Year: 2025, Number: 7}

func TestTheBridgeSaysWhoReportsTheDaysBeforeAChange(t *testing.T) {
	for bridge, want := range map[catalogue.Bridge]struct{ flow, closing, unreported string }{
		catalogue.BridgeClosing:   {"SPLIT NEW LOST WHOLE GIVES W-1 W-2", "SPLIT NEW LOST", ""},
		catalogue.BridgeSuccessor: {"LOST WHOLE GIVES W-1 W-2", "LOST", ""}, // nobody succeeds it
		catalogue.BridgeNone:      {"WHOLE GIVES W-1 W-2", "", "SPLIT NEW LOST"},
	} {
		c := change(t).Bridged(bridge)
		ask := func(code string) string {
			i, _ := c.Indicator(code)
			return unitIDs(c.AskedUnits(i, july, period.Scheme15to14))
		}
		if got := ask("FLOW"); got != want.flow {
			t.Errorf("%s: a flow is asked of %s, want %s", bridge, got, want.flow)
		}
		if got := ask("WORDS"); got != want.flow {
			t.Errorf("%s: words are asked of %s, want %s", bridge, got, want.flow)
		}
		for _, code := range []string{"STOCK", "STATE"} { // of those there on the last day, whatever the bridge
			if got := ask(code); got != "WHOLE GIVES W-1 W-2" {
				t.Errorf("%s: %s is asked of %s", bridge, code, got)
			}
		}
		if got := unitIDs(c.Closing(july, period.Scheme15to14)); got != want.closing {
			t.Errorf("%s: closing reports of %q, want %q", bridge, got, want.closing)
		}
		if got := unitIDs(c.Unreported(july, period.Scheme15to14)); got != want.unreported {
			t.Errorf("%s: nobody reports for %q, want %q", bridge, got, want.unreported)
		}
		if got := unitIDs(c.ExpectedUnits(july.Add(1), period.Scheme15to14)); got != "GIVES W-1 W-2 W-3" {
			t.Errorf("%s: in August %s", bridge, got)
		}
	}
}

func TestThePartOfTheWindowThatAReportSpeaksOf(t *testing.T) {
	for _, want := range []struct {
		bridge catalogue.Bridge
		unit   string
		part   string
	}{
		{catalogue.BridgeClosing, "SPLIT", "2025-06-15 2025-06-30"},
		{catalogue.BridgeClosing, "W-1", "2025-07-01 2025-07-14"},
		{catalogue.BridgeSuccessor, "W-1", "2025-06-15 2025-07-14"},
		{catalogue.BridgeSuccessor, "W-2", "2025-07-01 2025-07-14"}, // its old unit goes on
		{catalogue.BridgeNone, "W-1", "2025-07-01 2025-07-14"},
		{catalogue.BridgeClosing, "NEW", "2025-06-15 2025-06-30"}, // also for its old name
		{catalogue.BridgeClosing, "WHOLE", "2025-06-15 2025-07-14"},
		{catalogue.BridgeNone, "CITY", "2025-06-15 2025-07-14"},
	} {
		c := change(t).Bridged(want.bridge)
		u, _ := c.Unit(want.unit)
		part := c.Part(u, july, period.Scheme15to14)
		if got := part.From.String() + " " + part.To.String(); got != want.part {
			t.Errorf("%s, %s: %s, want %s", want.bridge, want.unit, got, want.part)
		}
	}
}

func TestParseBridge(t *testing.T) {
	if b, err := catalogue.ParseBridge("none"); b != catalogue.BridgeNone || err != nil {
		t.Errorf("%q, %v", b, err)
	}
	for _, text := range []string{"", "Closing"} {
		if _, err := catalogue.ParseBridge(text); err == nil {
			t.Errorf("%q is taken", text)
		}
	}
}
