package pipeline_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
	"tonghop/pipeline/report"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
)

// newCity is an office with the shipped definitions and some of the shipped
// units: three districts to 30/6/2025, the wards and communes that came from
// them, one affiliated unit and the city office.
func newCity(t *testing.T) office {
	t.Helper()
	kept := []string{"HN-001", "HN-002", "HN-016", "HN-00004", "HN-00070", "HN-00376", "HN-00382", "HN-TT1", "HN-TP"}
	return officeWith(t, cut(t, func(table string, cells []string) bool {
		switch table {
		case "units.csv":
			return slices.Contains(kept, cells[0])
		case "successions.csv":
			return slices.Contains(kept, cells[0]) && slices.Contains(kept, cells[1])
		}
		return true
	}))
}

// everyone sends a month's report of every unit that owes one: n in each cell,
// 1000 in each stock.
func (o office) everyone(m period.Month, n int64) {
	o.t.Helper()
	for _, u := range o.Catalogue.ExpectedUnits(m, o.Timetable.Scheme) {
		o.send(m.String()+"/"+u.ID+".xlsx", u.ID, m, n, 1)
	}
}

func (o office) runOn(name string, at time.Time) pipeline.Outcome {
	o.t.Helper()
	sel, err := period.ParseSelector(name)
	if err != nil {
		o.t.Fatal(err)
	}
	o.Now = func() time.Time { return at }
	out, err := o.Run(context.Background(), sel, at)
	if err != nil {
		o.t.Fatalf("%s: %v", name, err)
	}
	return out
}

var (
	may     = june.Add(-1)
	july    = june.Add(1)
	august  = june.Add(2)
	autumn  = time.Date(2025, 9, 1, 8, 0, 0, 0, time.UTC)
	newYear = time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC)
)

// counted tells the units of each kind that had to report and could be used.
func counted(s *summary.Summary) string {
	var all []string
	for _, k := range s.CountsByKind {
		all = append(all, fmt.Sprintf("%s %d/%d", k.Kind, k.Usable, k.Expected))
	}
	return strings.Join(all, ", ")
}

func value(t *testing.T, s *summary.Summary, code string, span period.SpanKind) string {
	t.Helper()
	f := s.Find(code, span, "", "")
	if f == nil {
		return "none"
	}
	text := f.Value.String()
	if f.Provisional {
		text = "~" + text
	}
	return text
}

// The walk across 1 July 2025, with real workbooks: districts in May and June;
// in July what the districts did until they ended, and the wards; wards in
// August. Flows add up over all of it, stocks are those of who is there.
func TestTheWalkAcrossTheChangeOfUnits(t *testing.T) {
	o := newCity(t)
	o.everyone(may, 1)
	o.everyone(june, 10)
	o.everyone(july, 100)
	o.everyone(august, 1000)
	for _, want := range []struct {
		month   period.Month
		kinds   string
		flow    string // CT02_LD of the month
		ytd     string // and since January: its first months were before the office began
		members string
		cases   string // CT01_VU since January
	}{
		{may, "quận 2/2, huyện 1/1, thành phố 1/1", "3", "~3", "3000", "~3"},
		{june, "quận 2/2, huyện 1/1, thành phố 1/1", "30", "~33", "3000", "~33"},
		{july, "quận 2/2, huyện 1/1, phường 2/2, xã 2/2, đơn vị trực thuộc 1/1, thành phố 1/1", "800", "~833", "5000", "~333"},
		{august, "phường 2/2, xã 2/2, đơn vị trực thuộc 1/1, thành phố 1/1", "5000", "~5833", "5000", "~333"},
	} {
		out := o.runOn(want.month.String(), autumn)
		s := out.Summary
		if got := counted(s); got != want.kinds {
			t.Errorf("%s: %s, want %s", want.month, got, want.kinds)
		}
		got := []string{
			value(t, s, "CT02_LD", period.Monthly), value(t, s, "CT02_LD", period.YearToDate),
			value(t, s, "CT01_HV", period.YearToDate), value(t, s, "CT01_VU", period.YearToDate),
		}
		if all := []string{want.flow, want.ytd, want.members, want.cases}; !slices.Equal(got, all) {
			t.Errorf("%s: %q, want %q", want.month, got, all)
		}
		for _, f := range out.Findings { // every workbook is read as what it is
			if code := string(f.Code); strings.HasPrefix(code, "unit-") || strings.HasPrefix(code, "period-") || f.Severity == finding.Error {
				t.Errorf("%s: %s %s", want.month, code, f.Message)
			}
		}
		for i := range s.Figures {
			if f := &s.Figures[i]; f.IsCity() && f.Coverage.Reported < f.Coverage.Expected {
				t.Errorf("%s %s %s: %d of %d", want.month, f.Indicator.Code, f.Span, f.Coverage.Reported, f.Coverage.Expected)
			}
		}
		judged := s.Find("CT01_06", period.YearToDate, "", "")
		if judged == nil || (judged.Judgment != nil) != !want.month.After(july) {
			t.Errorf("%s: the share of districts is judged: %+v", want.month, judged)
		}
	}
	o.everyone(june.Add(6), 1)
	for name, kind := range map[string]period.SpanKind{"2025-12": period.Monthly, "2025-H2": period.HalfYear, "2025": period.FullYear} {
		s := o.runOn(name, newYear).Summary
		if got := value(t, s, "CT01_HV", kind); got != "5000" {
			t.Errorf("members in %s: %s, want those of December", name, got)
		}
	}
}

// Who reports the days before the change is a setting, and what the page says
// under it is published anew.
func TestBridges(t *testing.T) {
	o := newCity(t)
	o.everyone(july, 100)
	closing := o.Catalogue
	for i, want := range []struct {
		bridge     catalogue.Bridge
		expected   int
		flow       string
		unreported int // units of whose days nobody is asked
		held       int
	}{
		{catalogue.BridgeClosing, 9, "800", 0, 0},
		{catalogue.BridgeSuccessor, 6, "500", 0, 3},
		{catalogue.BridgeNone, 6, "500", 3, 3},
	} {
		o.Catalogue = closing.Bridged(want.bridge)
		out := o.runOn("2025-07", autumn)
		held, told := 0, 0
		for _, f := range out.Files {
			if f.Disposition == submission.Held {
				held++
			}
		}
		for _, f := range out.Findings {
			if f.Code == "unit-not-expected" && strings.Contains(f.Message, "30/6/2025") {
				told++
			}
		}
		if out.Summary.Counts.Expected != want.expected || held != want.held || told != want.held {
			t.Errorf("%s: %d expected, %d files held, %d told", want.bridge, out.Summary.Counts.Expected, held, told)
		}
		if got := value(t, out.Summary, "CT02_LD", period.Monthly); got != want.flow {
			t.Errorf("%s: %s workers, want %s", want.bridge, got, want.flow)
		}
		units := 0
		for _, u := range out.Summary.Unreported {
			units += len(u.Units)
		}
		if units != want.unreported {
			t.Errorf("%s: the days of %d units are told to be nobody's, want %d", want.bridge, units, want.unreported)
		}
		if n := out.Revision.Manifest.Revision; n != i+1 || out.Unchanged {
			t.Errorf("%s: revision %d, unchanged %v", want.bridge, n, out.Unchanged)
		}
		if again := o.runOn("2025-07", autumn); !again.Unchanged {
			t.Errorf("%s: published again without a change", want.bridge)
		}
	}
	o.Trends = summary.TrendsPredecessor
	if out := o.runOn("2025-07", autumn); out.Unchanged || out.Summary.Areas == nil {
		t.Error("the months by predecessor are not published")
	}
}

// A late report of a month in which the unit existed counts. After its end only
// the office enters for it, and for the time it existed.
func TestReportsOfAUnitThatHasEnded(t *testing.T) {
	o := newCity(t)
	o.send("a.xlsx", "HN-001", june, 7, 1)
	o.send("b.xlsx", "HN-00004", july, 1, 1)
	o.rule("quyet-dinh.csv",
		"QD-1,2025-07-20,Lan,nhập hộ báo cáo giấy,2025-07,Quận Ba Đình,CT02_LD,,,5,BC số 9,đã có",
		"QD-2,2025-07-20,Lan,nhập hộ báo cáo giấy,2025-08,HN-001,CT02_LD,,,5,BC số 9,đã có",
		"QD-3,2025-07-20,Lan,nhập hộ báo cáo giấy,2025-07,Ba Đình,CT02_LD,,,5,BC số 9,đã có",
	)
	if got := value(t, o.runOn("2025-06", autumn).Summary, "CT02_LD", period.Monthly); got != "~7" {
		t.Errorf("June has %s, want what came in September", got)
	}
	out := o.runOn("2025-07", autumn)
	if got := value(t, out.Summary, "CT02_LD", period.Monthly); got != "~6" {
		t.Errorf("July has %s, want a ward's and what the office entered for its district", got)
	}
	told := map[string]string{}
	for _, f := range out.Findings {
		if f.Code == finding.DecisionInvalid {
			told[f.Args["decision"]] = f.Message
		}
	}
	if len(told) != 1 || !strings.Contains(told["QD-3"], "nhiều đơn vị") {
		t.Errorf("told %v", told)
	}
	if f := out.Summary.Find("CT02_LD", period.Monthly, "", "HN-001"); f.Value.String() != "5" {
		t.Errorf("the district has %s", f.Value)
	}
	o.everyone(august, 1)
	out = o.runOn("2025-08", autumn)
	if got := out.Summary.Counts; got.Expected != 6 || got.Usable != 6 {
		t.Errorf("August: %+v", got)
	}
	if !slices.ContainsFunc(out.Findings, func(f report.Finding) bool {
		return f.Code == finding.DecisionNotApplied && f.Args["decision"] == "QD-2"
	}) {
		t.Error("nobody tells that a unit that ended has no August")
	}
}

// The form of a unit that ends in the period is called so, speaks of its days,
// and asks for what happened in them only.
func TestClosingForms(t *testing.T) {
	o := newCity(t)
	forms, err := o.Forms(context.Background(), july, o.Catalogue.Closing(july, o.Timetable.Scheme), autumn)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range forms {
		names = append(names, f.Name)
	}
	if got := strings.Join(names, " "); got != "HN-001-2025-07-ket-thuc.xlsx HN-002-2025-07-ket-thuc.xlsx HN-016-2025-07-ket-thuc.xlsx" {
		t.Errorf("forms %s", got)
	}
}
