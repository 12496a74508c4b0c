package xlsx

import (
	"strings"
	"testing"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/wording"
)

// The months by predecessor: the city is a live sum of its areas and what cannot
// be attributed; a blank is no zero; shares that do not add up once rounded
// leave the city a value.
func TestAreas(t *testing.T) {
	in := sample(t)
	given := *in.Summary
	in.Summary = &given
	if _, drawn := sheets(t, in)[sheetAreas]; drawn {
		t.Fatal("drawn unasked")
	}
	number := func(text string) summary.AreaFigure {
		return summary.AreaFigure{Value: figure.Of(figure.MustParse(text)), Reported: 1, Expected: 1}
	}
	third, err := figure.Int(1).Quo(figure.Int(3))
	if err != nil {
		t.Fatal(err)
	}
	part := summary.AreaFigure{Value: figure.Of(third), Reported: 1, Expected: 1, Partial: true}
	units := []*catalogue.Unit{{ID: "A", Kind: catalogue.UrbanDistrict, Name: "Một"}, {ID: "B", Kind: catalogue.Town, Name: "Hai"}, {ID: "C", Kind: catalogue.Ward, Name: "Không hỏi"}}
	given.Areas = &summary.Areas{
		Months: []period.Month{{Year: 2025, Number: 6}, {Year: 2025, Number: 7}}, Units: units,
		Series: []summary.AreaSeries{{
			Indicator: given.Catalogue.Indicators[0],
			City:      []summary.AreaFigure{number("12"), number("1")},
			Areas:     [][]summary.AreaFigure{{number("7"), part}, {{Partial: true}, part}, {{}, {}}},
			Remainder: []summary.AreaFigure{number("5"), part},
		}},
	}
	const row = "8"
	got := sheets(t, in)[sheetAreas]
	for _, want := range []string{
		"D" + row + " =SUM(D9:D11) -> num 12", "E" + row + " num 1 ", // 3 × 0.333333
		`C9 text "Quận Một"`, "D9 num 7", "E9 num 0.333333",
		`C10 text "Thị xã Hai"`, `D10 text "…"`, `C11 text "Không quy được về đơn vị cũ"`, "D11 num 5",
		`D7 text "Tháng 6/2025"`, "GẦN ĐÚNG",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if strings.Contains(got, "Không hỏi") {
		t.Error("a unit that nobody asked has a row")
	}
}

// What no figure covers is told under the city's figures.
func TestUnreportedDaysAreTold(t *testing.T) {
	in := sample(t)
	given := *in.Summary
	given.Unreported = []summary.Unreported{{
		Month: period.Month{Year: 2025, Number: 7},
		Days:  period.Window{From: period.Date{Year: 2025, Month: 6, Day: 15}, To: period.Date{Year: 2025, Month: 6, Day: 30}},
		Units: make([]*catalogue.Unit, 30),
	}}
	in.Summary = &given
	if got, want := sheets(t, in)[sheetCity], in.Words.Unreported(given.Unreported[0]); !strings.Contains(got, want) {
		t.Errorf("no %q in\n%s", want, got)
	}
	if want := phrases(t, wording.Vietnamese).Unreported(given.Unreported[0]); !strings.Contains(want, "từ 15/6/2025 đến 30/6/2025 (kỳ tháng 7/2025) của 30 đơn vị") {
		t.Errorf("said %q", want)
	}
}

// sheets are the dumps of a drawn workbook's sheets by name.
func sheets(t *testing.T, in Input) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, part := range strings.Split(dump(t, open(t, draw(t, in))), "== ")[1:] {
		name, text, _ := strings.Cut(part, "\n")
		all[name] = text
	}
	return all
}
