package pipeline_test

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"tonghop/pipeline"
	"tonghop/pipeline/form"
	"tonghop/pipeline/period"
	"tonghop/pipeline/workbook/write"
)

// The office's workbook holds doubles, formulas and crossed-out rows: what was typed
// is decided, what is crossed out or has no result is not.
func TestDecisionsAsExcelStoresThem(t *testing.T) {
	o := newOffice(t)
	o.send("2025-06/a.xlsx", "HN-001", june, 41, 1)
	data, err := form.Decisions(form.DecisionsInput{Catalogue: o.Catalogue, Months: []period.Month{june}, Created: clock})
	if err != nil {
		t.Fatal(err)
	}
	book, err := write.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	sheet, _ := book.Existing(form.SheetDecisions)
	for row, indicator := range map[int]string{2: "CT02_LD", 3: "CT03_HO", 4: "CT02_LD_NU"} {
		cells := []string{"QD-" + string(rune('0'+row)), "18/6/2025", "Lan", "đính chính", "2025-06", "Quận Ba Đình", indicator, "", "41", "", "gọi", "chờ"}
		for i, text := range cells {
			sheet.Text(write.At(row, i+1), text, write.Style{Format: "@"})
		}
	}
	file := book.File()
	struck, err := file.NewStyle(&excelize.Style{Font: &excelize.Font{Strike: true}})
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{
		file.SetCellDefault(sheet.Name(), "J2", "45.000000000000007"), // 45, as arithmetic leaves it
		file.SetCellDefault(sheet.Name(), "J3", "46"),
		file.SetCellStyle(sheet.Name(), "A3", "L3", struck),
		file.SetCellValue(sheet.Name(), "J4", nil),
		file.SetCellFormula(sheet.Name(), "J4", "40+7"),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if data, err = book.Bytes(); err != nil {
		t.Fatal(err)
	}
	o.write(filepath.Join(o.Inputs, pipeline.OfficeFolder, "Quyet-Dinh 2025.xlsx"), data)
	clockAfter := clock.Add(time.Hour)
	o.Now = func() time.Time { return clockAfter }
	out := o.mustRun(june)
	for indicator, want := range map[string]string{"CT02_LD": "45", "CT03_HO": "41", "CT02_LD_NU": "41"} {
		if v := o.figure(out, "HN-001", indicator); v != want {
			t.Errorf("%s is %s, want %s", indicator, v, want)
		}
	}
	told := found(out)
	slices.Sort(told)
	if told = slices.Compact(told); !slices.Equal(told, []string{"decision-invalid QD-4", "decision-invalid ~~QD-3~~"}) {
		t.Errorf("found %v", told)
	}
}
