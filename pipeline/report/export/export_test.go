package export_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/report/export"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/summary/summarytest"
)

var update = flag.Bool("update", false, "rewrite the files in testdata")

func input(t testing.TB) export.Input {
	t.Helper()
	in := export.Input{Summary: summarytest.Summary(t), Revision: 2, AsOf: summarytest.AsOf, Files: summarytest.Files()}
	in.Summary.Catalogue.SHA256 = strings.Repeat("0123456789abcdef", 4)
	for _, f := range summarytest.Findings() {
		in.Findings = append(in.Findings, export.Finding{Finding: f, Message: "Ô " + f.Cell + " ghi “" + f.Raw + "”.", Suggestion: "- Đề nghị sửa."})
	}
	return in
}

func exported(t testing.TB, in export.Input) map[string][]byte {
	t.Helper()
	return map[string][]byte{
		"figures.json": made(t, export.JSON, in), "figures.csv": made(t, export.FiguresCSV, in), "findings.csv": made(t, export.FindingsCSV, in),
	}
}

func made(t testing.TB, write func(io.Writer, export.Input) error, in export.Input) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := write(&out, in); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// Figures that are made when they are asked for are in the files as others are.
func TestUnitsFiguresNeedNotBeKept(t *testing.T) {
	kept, unkept := input(t), input(t)
	unkept.Summary = summarytest.Unkept(unkept.Summary)
	if len(unkept.Summary.Figures) == len(kept.Summary.Figures) {
		t.Fatal("all are kept")
	}
	sorted := func(data []byte) []string {
		// The last of a list has no comma; the example's figures are in no strict order.
		return slices.Sorted(strings.Lines(strings.NewReplacer("}],\n", "},\n").Replace(string(data))))
	}
	for name, want := range exported(t, kept) {
		if got := exported(t, unkept)[name]; !slices.Equal(sorted(got), sorted(want)) {
			t.Errorf("%s differs:\n%s", name, got)
		}
	}
}

// What a disk refuses is no file.
func TestErrorsOfWritingAreTold(t *testing.T) {
	for name, write := range map[string]func(io.Writer, export.Input) error{
		"figures.json": export.JSON, "figures.csv": export.FiguresCSV, "findings.csv": export.FindingsCSV,
	} {
		if err := write(full{}, input(t)); !errors.Is(err, errFull) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

var errFull = errors.New("full")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestGolden(t *testing.T) {
	past := input(t)
	past.Summary = summarytest.WithPast(t)
	past.Summary.Catalogue.SHA256 = input(t).Summary.Catalogue.SHA256
	all := exported(t, input(t))
	for name, got := range exported(t, past) {
		all["past-"+name] = got
	}
	delete(all, "past-findings.csv") // they have no past
	for name, got := range all {
		path := "testdata/" + name
		if *update {
			if err := os.WriteFile(path, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s has changed; look at it, then run with -update", name)
		}
	}
}

func TestSameBytesTwice(t *testing.T) {
	first, second := exported(t, input(t)), exported(t, input(t))
	for name := range first {
		if !bytes.Equal(first[name], second[name]) {
			t.Errorf("%s differs", name)
		}
	}
}

type object = map[string]any

func decoded(t testing.TB, in export.Input) object {
	t.Helper()
	var all object
	if err := json.Unmarshal(made(t, export.JSON, in), &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// find gives the only object of a list that has these values.
func find(t testing.TB, all object, list string, want object) object {
	t.Helper()
	var found []object
	for _, one := range all[list].([]any) {
		o := one.(object)
		fits := true
		for key, value := range want {
			fits = fits && o[key] == value
		}
		if fits {
			found = append(found, o)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d of %s have %v", len(found), list, want)
	}
	return found[0]
}

// Other programs read these keys: each is there, null where it says nothing.
func TestContract(t *testing.T) {
	all := decoded(t, input(t))
	keys := func(what string, o object, wanted string) {
		t.Helper()
		for _, key := range strings.Fields(wanted) {
			if _, ok := o[key]; !ok {
				t.Errorf("%s has no %q", what, key)
			}
		}
	}
	keys("the document", all, "schema period window revision as_of catalogue adopted units figures submissions files findings")
	keys("window", all["window"].(object), "from to")
	keys("catalogue", all["catalogue"].(object), "id sha256")
	keys("units", all["units"].(object), "expected received usable on_time")
	if all["schema"] != "tonghop/figures/1" || all["period"] != "2025-06" || all["as_of"] != "2025-06-18T10:35:00+07:00" {
		t.Error(all["schema"], all["period"], all["as_of"])
	}

	month := find(t, all, "figures", object{"indicator": "LD", "unit": nil, "group": nil, "span": "month"})
	keys("a city's month", month, "value state provisional coverage numerator denominator target verdict")
	if month["value"] != "130" || month["target"] != nil || month["verdict"] != nil || month["provisional"] != true {
		t.Error(month)
	}
	cover := month["coverage"].(object)
	keys("coverage", cover, "reported expected by missing")
	if missing := cover["missing"].([]any); len(missing) != 2 || missing[0].(object)["unit"] != "U-3" || missing[0].(object)["periods"].([]any)[0] != "2025-06" {
		t.Error(cover)
	}
	full := find(t, all, "figures", object{"indicator": "HO", "unit": nil, "span": "month"})["coverage"].(object)
	if missing, ok := full["missing"].([]any); !ok || len(missing) != 0 {
		t.Errorf("nobody is missing: %v", full)
	}

	year := find(t, all, "figures", object{"indicator": "LD", "unit": nil, "span": "year_to_date"})
	keys("a judged figure", year, "numerator denominator target comparator expected_to_date attained_percent verdict")
	if year["target"] != "1200" || year["comparator"] != ">=" || year["expected_to_date"] != "600" || year["attained_percent"] != "44.166667" || year["verdict"] != "behind" {
		t.Error(year)
	}
	rate := find(t, all, "figures", object{"indicator": "TL_NU", "unit": "U-1", "span": "month"})
	if rate["numerator"] != "67" || rate["denominator"] != "70" {
		t.Error(rate)
	}
	cell := find(t, all, "figures", object{"indicator": "LD", "unit": "U-1", "span": "month"})
	source := cell["source"].(object)
	if source["kind"] != "cell" || source["file"] != "2025-06/u-1.xlsx" || source["sheet"] != "Báo cáo" || source["cell"] != "E5" || source["raw"] != "70" {
		t.Error(source)
	}
	find(t, all, "figures", object{"indicator": "LD", "group": "Cụm 1", "unit": nil})
	find(t, all, "findings", object{"code": "value-out-of-range", "severity": "error", "unit": "U-2", "indicator": "HO", "cell": "E7", "raw": "-5"})
}

// A reader in binary floating point would change a decimal: each is a string.
// Where there is none the reason says why.
func TestValues(t *testing.T) {
	numeric := []string{"value", "numerator", "denominator", "target", "expected_to_date", "attained_percent"}
	for _, one := range decoded(t, input(t))["figures"].([]any) {
		f := one.(object)
		for _, key := range numeric {
			switch v := f[key].(type) {
			case nil:
			case string:
				if _, err := figure.Parse(v); err != nil {
					t.Errorf("%s %s: %q", f["indicator"], key, v)
				}
			default:
				t.Errorf("%s %s is a %T", f["indicator"], key, v)
			}
		}
		if reason, ok := f["reason"]; (f["value"] == nil) != ok {
			t.Errorf("%s %s %s: value %v, reason %v", f["indicator"], f["unit"], f["span"], f["value"], reason)
		}
	}
}

func TestValueNeverCrossesItsTarget(t *testing.T) {
	in := input(t)
	for i := range in.Summary.Figures {
		f := &in.Summary.Figures[i]
		if f.Indicator.Code == "TL_NU" && f.Judgment != nil {
			n := figure.MustParse("89.99999999")
			attained := figure.MustParse("99.999999999")
			f.Value, f.Judgment.Attained = figure.Of(n), &attained
		}
	}
	f := find(t, decoded(t, in), "figures", object{"indicator": "TL_NU", "unit": nil, "span": "year_to_date"})
	if f["value"] != "89.999999" || f["attained_percent"] != "99.999999" {
		t.Error(f["value"], f["attained_percent"])
	}
}

func TestOneRowForEachExpectedUnitAndFile(t *testing.T) {
	in := input(t)
	all := decoded(t, in)
	var units []string
	for _, one := range all["submissions"].([]any) {
		s := one.(object)
		units = append(units, s["unit"].(string)+" "+s["status"].(string))
		if came := s["status"] != "missing" && s["status"] != "unusable"; came != (s["file"] != nil) || came != (s["received_at"] != nil) {
			t.Errorf("%v", s)
		}
	}
	if want := []string{"U-1 accepted", "U-2 needs_correction", "U-3 missing", "U-4 unusable", "CITY accepted_with_warnings"}; !slices.Equal(units, want) {
		t.Errorf("submissions %v", units)
	}
	if n := len(all["files"].([]any)); n != len(in.Files) {
		t.Errorf("%d files of %d", n, len(in.Files))
	}
	for _, one := range all["files"].([]any) {
		if f := one.(object); f["disposition"] == "" || f["file"] == "" {
			t.Error(f)
		}
	}
}

func rows(t testing.TB, data []byte) [][]string {
	t.Helper()
	text, bom := bytes.CutPrefix(data, []byte("\ufeff"))
	if !bom {
		t.Error("no byte order mark: Excel would not see UTF-8")
	}
	all, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func column(t testing.TB, rows [][]string, name string) []string {
	t.Helper()
	i := slices.Index(rows[0], name)
	if i < 0 {
		t.Fatalf("no column %q", name)
	}
	var all []string
	for _, r := range rows[1:] {
		all = append(all, r[i])
	}
	return all
}

func TestFiguresCSVSaysWhatTheJSONSays(t *testing.T) {
	in := input(t)
	table := rows(t, made(t, export.FiguresCSV, in))
	figures := decoded(t, in)["figures"].([]any)
	if len(table)-1 != len(figures) {
		t.Fatalf("%d rows, %d figures", len(table)-1, len(figures))
	}
	for _, key := range []string{"indicator", "unit", "group", "span", "value", "state", "reason", "numerator", "target", "expected_to_date", "attained_percent", "verdict"} {
		for i, got := range column(t, table, key) {
			if want, _ := figures[i].(object)[key].(string); got != want {
				t.Errorf("row %d %s: %q, want %q", i, key, got, want)
			}
		}
	}
}

// A spreadsheet runs what begins like a formula: text fields are defused, and
// numbers, negative ones too, stay as they are.
func TestNoFormulaInCSV(t *testing.T) {
	in := input(t)
	hostile := []string{"=1+1", "+1", "-1+1", "@SUM(A1)", "\tx", "\rx", "-cmd|' /C calc'!A0"}
	for _, text := range hostile {
		f := finding.New(finding.NumberUnreadable)
		f.File, f.Sheet, f.Raw, f.Read = text, text, text, text
		in.Findings = append(in.Findings, export.Finding{Finding: f, Message: text, Suggestion: text})
	}
	figures := &in.Summary.Figures[2] // U-1
	figures.Source.Raw, figures.Source.File, figures.Source.Sheet = "=1+1", "@a.xlsx", "-x"
	figures.Value = figure.Of(figure.MustParse("-7.5"))
	in.Summary.Figures = append(in.Summary.Figures, summary.Figure{Indicator: figures.Indicator, Group: "=Cụm", Span: figures.Span, Value: figures.Value})
	for name, data := range exported(t, in) {
		if !strings.HasSuffix(name, ".csv") {
			continue
		}
		for _, row := range rows(t, data) {
			for _, field := range row {
				if field == "" || !strings.ContainsRune("=+-@\t\r", rune(field[0])) {
					continue
				}
				if _, err := figure.Parse(field); err != nil {
					t.Errorf("%s: %q would run", name, field)
				}
			}
		}
	}
	if got := column(t, rows(t, made(t, export.FiguresCSV, in)), "value")[2]; got != "-7.5" {
		t.Errorf("the number became %q", got)
	}
	table := rows(t, made(t, export.FindingsCSV, in))
	raws := column(t, table, "raw")
	for _, want := range []string{"-5", "'=1+1", "'" + summarytest.Nasty} {
		if !slices.Contains(raws, want) {
			t.Errorf("no raw text %q", want)
		}
	}
	if severities := column(t, table, "severity"); slices.Contains(severities, "") {
		t.Error(severities)
	}
}
