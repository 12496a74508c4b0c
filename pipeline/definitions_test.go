package pipeline_test

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"tonghop/pipeline/catalogue"
	"tonghop/templates"
)

// fewDistricts are enough for nearly all that an office does. A report of all
// districts takes several times as long to draw.
var fewDistricts = []string{"HN-001", "HN-002", "HN-003", "HN-004", "HN-005", "HN-016", "HN-271", "HN-TP"}

// few are the shipped definitions with a few of the units and programmes.
func few(t *testing.T) *catalogue.Catalogue {
	t.Helper()
	programmes := []string{"CT01", "CT02", "CT03", "CT07"}
	return cut(t, func(table string, cells []string) bool {
		switch table {
		case "programmes.csv":
			return slices.Contains(programmes, cells[0])
		case "indicators.csv":
			return slices.Contains(programmes, cells[1])
		case "units.csv":
			return slices.Contains(fewDistricts, cells[0])
		}
		return table != "successions.csv"
	})
}

// cut are the shipped definitions with the rows that are kept. Of each row the
// first two cells are told, which is what the tables know it by.
func cut(t *testing.T, keep func(table string, cells []string) bool) *catalogue.Catalogue {
	t.Helper()
	shipped, err := fs.Sub(templates.FS, "hanoi")
	if err != nil {
		t.Fatal(err)
	}
	tables, err := fs.ReadDir(shipped, ".")
	if err != nil {
		t.Fatal(err)
	}
	folder := fstest.MapFS{}
	for _, table := range tables {
		data, err := fs.ReadFile(shipped, table.Name())
		if err != nil {
			t.Fatal(err)
		}
		var rows []string
		for row := range strings.Lines(string(data)) {
			if len(rows) == 0 || keep(table.Name(), strings.SplitN(row, ",", 3)[:2]) {
				rows = append(rows, row)
			}
		}
		folder[table.Name()] = &fstest.MapFile{Data: []byte(strings.Join(rows, ""))}
	}
	cat, problems := catalogue.Load(catalogue.FromFolder(folder, "hanoi"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return cat
}
