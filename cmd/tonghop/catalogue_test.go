package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tonghop/pipeline/catalogue"
)

// Definitions that were edited in Excel are those that were typed, whatever double
// holds them, and what is crossed out or without a result is an error and no gap.
func TestDefinitionsAsExcelStoresThem(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hanoi.xlsx")
	target := func(change func(f *excelize.File, cell string) error) (*catalogue.Catalogue, string) {
		t.Helper()
		shipped, _, err := catalogueSource("")
		if err != nil {
			t.Fatal(err)
		}
		data, err := packed(shipped.Tables())
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := excelize.OpenFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := change(f, "G3"); err != nil {
			t.Fatal(err)
		}
		if err := f.Save(); err != nil {
			t.Fatal(err)
		}
		tables, err := workbookTables(path)
		if err != nil {
			t.Fatal(err)
		}
		cat, problems := catalogue.Load(catalogue.FromTables(tables, "hanoi"))
		var told []string
		for _, p := range problems {
			told = append(told, p.Where+" "+p.Got)
		}
		return cat, strings.Join(told, "; ")
	}
	stored := func(raw string) func(f *excelize.File, cell string) error {
		return func(f *excelize.File, cell string) error { return f.SetCellDefault("targets", cell, raw) }
	}
	for raw, want := range map[string]string{"89.900000000000006": "89.9", "90": "90", "0.69999999999999996": "0.7"} {
		cat, told := target(stored(raw))
		if cat == nil || told != "" {
			t.Fatalf("%s: %s", raw, told)
		}
		if got := cat.Targets[1].Value.String(); got != want {
			t.Errorf("%s is a target of %s, want %s", raw, got, want)
		}
	}
	if cat, told := target(func(f *excelize.File, cell string) error {
		if err := f.SetCellValue("targets", cell, nil); err != nil {
			return err
		}
		return f.SetCellFormula("targets", cell, "45*2")
	}); cat != nil || told != "targets!G3 =?" {
		t.Errorf("a formula without a result: %q", told)
	}
	if cat, told := target(func(f *excelize.File, cell string) error {
		style, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Strike: true}})
		if err != nil {
			return err
		}
		return f.SetCellStyle("targets", cell, cell, style)
	}); cat != nil || told != "targets!G3 ~~90~~" {
		t.Errorf("a target crossed out: %q", told)
	}
}
