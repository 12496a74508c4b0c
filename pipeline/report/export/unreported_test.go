package export_test

import (
	"strings"
	"testing"

	"tonghop/pipeline/period"
	"tonghop/pipeline/report/export"
	"tonghop/pipeline/summary"
)

// Days that nobody is asked for stand before the figures that lack them, and
// nothing stands there where there are none.
func TestUnreportedDays(t *testing.T) {
	in := input(t)
	in.Summary.Unreported = []summary.Unreported{{
		Month: period.Month{Year: 2025, Number: 7},
		Days:  period.Window{From: period.Date{Year: 2025, Month: 6, Day: 15}, To: period.Date{Year: 2025, Month: 6, Day: 30}},
		Units: in.Summary.Catalogue.Units[:2],
	}}
	data := made(t, export.JSON, in)
	ids := `["` + in.Summary.Catalogue.Units[0].ID + `","` + in.Summary.Catalogue.Units[1].ID + `"]`
	if want := `{"period":"2025-07","days":{"from":"2025-06-15","to":"2025-06-30"},"units":` + ids + `}`; !strings.Contains(string(data), want) {
		t.Errorf("no %s in\n%.600s", want, data)
	}
	if decoded(t, in)["unreported"] == nil || decoded(t, input(t))["unreported"] != nil {
		t.Error("the list is not there exactly where there are such days")
	}
}
