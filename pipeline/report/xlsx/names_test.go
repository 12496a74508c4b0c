package xlsx

import (
	"regexp"
	"strings"
	"testing"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
	"tonghop/pipeline/workbook/officetest"
	"tonghop/pipeline/workbook/write"
)

func TestValidNames(t *testing.T) {
	for code, want := range map[string]string{
		"CT02_LD": "CT02_LD", "CT1": "tp_CT1", "XFD1048576": "tp_XFD1048576", "R": "tp_R", "C": "tp_C", "R1C1": "tp_R1C1", "RC": "tp_RC",
		"A-B": "A_B", "1A": "tp_1A", "": "tp_", "ABCD1": "ABCD1", "LĐ": "L_",
	} {
		if got := validName(code); got != want {
			t.Errorf("%q gives %q, want %q", code, got, want)
		}
	}
}

// Whatever the codes, each name is another and one that Excel takes.
func FuzzNames(f *testing.F) {
	f.Add("CT1", "ct1")
	f.Add("A-B", "A_B")
	f.Add("X", "X_thang")
	f.Add("DonViNop", "đ 1")
	valid := regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)
	f.Fuzz(func(t *testing.T, one, two string) {
		names, seen := newNamespace(), map[string]bool{}
		for _, code := range []string{one, two, one} {
			for span := period.Monthly; span <= period.PlanToDate; span++ {
				name := names.of(code, span)
				if !valid.MatchString(name) || likeCell.MatchString(name) {
					t.Fatalf("%q gives %q", code, name)
				}
				if seen[strings.ToLower(name)] {
					t.Fatalf("%q twice", name)
				}
				seen[strings.ToLower(name)] = true
			}
		}
	})
}

// Another workbook that is linked to a name finds the city's figure as it is
// published, and the list of definitions says so.
func TestNamesHoldTheCitysFigures(t *testing.T) {
	in := withHeadlines(t)
	data := draw(t, in)
	got := map[string]string{}
	officetest.Openpyxl(t, data, `
import json, sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1], data_only=True)
names = book.defined_names
names = names.values() if hasattr(names, "values") else names.definedName
found = {}
for name in names:
    for sheet, cell in name.destinations:
        v = book[sheet][cell].value
        found[name.name] = "" if v is None else v if isinstance(v, str) else ("%.6f" % v)
json.dump(found, sys.stdout)`, &got)
	named := 0
	listed := sheetOf(dump(t, open(t, data)), sheetDefinitions)
	for i := range in.Summary.Figures {
		f := &in.Summary.Figures[i]
		if !f.IsCity() || worded(f.Indicator) {
			continue
		}
		name := f.Indicator.Code + "_" + spanSuffix[f.Span]
		value, there := got[name]
		want := markOf(f)
		if n, known := numberOf(f); known {
			want = n.Published()
			read, err := figure.Parse(value)
			if err != nil {
				t.Errorf("%s holds %q", name, value)
				continue
			}
			value = read.Published()
		}
		if !there || value != want {
			t.Errorf("%s holds %q, the figure is %q", name, value, want)
		}
		if !strings.Contains(listed, name) {
			t.Errorf("%s is not listed", name)
		}
		named++
	}
	if named == 0 {
		t.Error("no figure of the city")
	}
}

// A workbook that is linked to a cell with nothing in it would read 0.
func TestNoNameLeadsToAnEmptyCell(t *testing.T) {
	f := open(t, draw(t, withHeadlines(t)))
	empty := 0
	for _, name := range f.GetDefinedName() {
		cell, own := strings.CutPrefix(name.RefersTo, "'"+sheetCity+"'!")
		if !own || name.Scope != "Workbook" {
			continue
		}
		cell = strings.ReplaceAll(cell, "$", "")
		value, _ := f.GetCellValue(sheetCity, cell)
		formula, _ := f.GetCellFormula(sheetCity, cell)
		if value == "" {
			empty++
		}
		if value == "" && formula != `""` {
			t.Errorf("%s leads to %s, which is empty", name.Name, cell)
		}
	}
	if empty == 0 {
		t.Error("no figure that nobody gave")
	}
}

// A month has no figure of its own of what accumulates, nor a name that a
// workbook could be linked to for it; on the units' sheet the head says so.
func TestWhatAccumulatesHasNoMonth(t *testing.T) {
	in := sample(t)
	for _, ind := range in.Summary.Catalogue.Indicators {
		if ind.Code == "CT01_KN" {
			ind.Nature = catalogue.Cumulative
		}
	}
	f := open(t, draw(t, in))
	names := map[string]bool{}
	for _, n := range f.GetDefinedName() {
		names[n.Name] = true
	}
	if names["CT01_KN_thang"] || !names["CT01_KN_luy_ke"] || !names["CT01_GIAM_thang"] {
		t.Errorf("names: %v", names)
	}
	head, err := f.GetCellValue("CT01", write.At(nameRow, groupColumn+1).String())
	if err != nil || !strings.HasSuffix(head, "(lũy kế năm)") {
		t.Errorf("the head is %q, %v", head, err)
	}
}
