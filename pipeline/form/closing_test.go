package form_test

import (
	"strings"
	"testing"
	"time"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/form"
	"tonghop/pipeline/period"
)

// julyOf is the form of a unit for 2025-07, in which the districts ended.
func julyOf(t *testing.T, id string, bridge catalogue.Bridge) form.Input {
	t.Helper()
	in := june(t)
	in.Catalogue = in.Catalogue.Bridged(bridge)
	in.Unit, _ = in.Catalogue.Unit(id)
	in.Month, in.Previous = period.Month{Year: 2025, Number: time.July}, nil
	return in
}

// A unit that ends in the month gets a form for its own days, with what happened
// and not how things stand.
func TestAClosingForm(t *testing.T) {
	book := open(t, build(t, julyOf(t, "HN-001", catalogue.BridgeClosing)))
	report := book.Sheet(form.SheetReport)
	if got := cell(report, "A1"); !strings.HasSuffix(got, "báo cáo khi kết thúc hoạt động") {
		t.Errorf("title %q", got)
	}
	if got := cell(report, "A2"); !strings.HasPrefix(got, "text Kỳ tháng 7/2025 (phần từ 15/6/2025 đến 30/6/2025)") {
		t.Errorf("period %q", got)
	}
	rows := table(t, book)
	for code, want := range map[string]bool{"CT01_KN": true, "CT01_VU": true, "CT07_GP1_ND": true, "CT01_HV": false, "CT01_CB_BD": false, "CT07_GP1_TRT": false} {
		if _, there := rows[code]; there != want {
			t.Errorf("%s is asked: %v", code, there)
		}
	}
	guide := book.Sheet(form.SheetGuide)
	if got := cell(guide, "A4"); !strings.Contains(got, "đến hết ngày 30/6/2025") {
		t.Errorf("the guide says %q", got)
	}
}

// A ward's first form is for its own days, too, unless it reports for those
// before.
func TestTheFirstFormOfASuccessor(t *testing.T) {
	for bridge, want := range map[catalogue.Bridge]string{
		catalogue.BridgeClosing: "phần từ 1/7/2025 đến 14/7/2025", catalogue.BridgeNone: "phần từ 1/7/2025 đến 14/7/2025",
		catalogue.BridgeSuccessor: "(từ 15/6/2025 đến 14/7/2025)",
	} {
		book := open(t, build(t, julyOf(t, "HN-00004", bridge)))
		report := book.Sheet(form.SheetReport)
		if got := cell(report, "A2"); !strings.Contains(got, want) || strings.Contains(cell(report, "A1"), "kết thúc") {
			t.Errorf("%s: %q, %q", bridge, cell(report, "A1"), got)
		}
		if rows := table(t, book); rows["CT01_HV"] == (line{}) || rows["CT01_VU"] != (line{}) {
			t.Errorf("%s: members %v, cases %v", bridge, rows["CT01_HV"], rows["CT01_VU"])
		}
	}
}

// Where others report for it, a unit that ended has nothing to fill in.
func TestNoClosingFormWhereNobodyAsksForIt(t *testing.T) {
	for _, bridge := range []catalogue.Bridge{catalogue.BridgeSuccessor, catalogue.BridgeNone} {
		if _, err := form.Build(julyOf(t, "HN-001", bridge)); err == nil {
			t.Errorf("%s: a form was made", bridge)
		}
	}
}
