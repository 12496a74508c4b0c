package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"tonghop/pipeline/figure"
	"tonghop/pipeline/vietnamese"
	"tonghop/pipeline/workbook/officetest"
)

// publishedRun is a run on the samples and what it published for June 2025.
type publishedRun struct {
	dir     string
	figures map[string]string // "CT02_LD month" -> value, of the city
}

func runSamples(t *testing.T) publishedRun {
	t.Helper()
	dir := t.TempDir()
	if err := copyTree(filepath.Join(dir, "inputs"), filepath.Join(repository(), "inputs")); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	var out, errs bytes.Buffer
	if code := run(context.Background(), []string{"run"}, &out, &errs, time.Now); code != exitOK {
		t.Fatalf("exit code %d: %s", code, errs.String())
	}
	r := publishedRun{dir: filepath.Join(dir, "outputs", "2025-06"), figures: map[string]string{}}
	data, err := os.ReadFile(filepath.Join(r.dir, "figures.json"))
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Figures []struct {
			Indicator, Span    string
			Unit, Group, Value *string
		}
	}
	if err := json.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	for _, f := range doc.Figures {
		if f.Unit == nil && f.Group == nil && f.Value != nil {
			r.figures[f.Indicator+" "+f.Span] = *f.Value
		}
	}
	if len(r.figures) < 50 {
		t.Fatalf("only %d figures of the city", len(r.figures))
	}
	return r
}

// The city's totals equal a plain sum over the sample workbooks that uses
// nothing of the pipeline (cmd/samples makes it with its own loop), and the
// openings that lie beside them.
func TestTotalsEqualAnIndependentSum(t *testing.T) {
	r := runSamples(t)
	sums := map[string]map[string]figure.Number{} // indicator -> month -> sum
	for _, line := range lines(t, filepath.Join(repository(), "cmd", "samples", "testdata", "totals.txt")) {
		fields := strings.Fields(line)
		if len(fields) != 3 {
			t.Fatalf("totals.txt: %q", line)
		}
		if sums[fields[0]] == nil {
			sums[fields[0]] = map[string]figure.Number{}
		}
		sums[fields[0]][fields[1]] = figure.MustParse(fields[2])
	}
	openings := yearOpenings(t)
	checked := 0
	for code, months := range sums {
		if got, want := r.figures[code+" month"], months["2025-06"].Published(); got != want && !(got == "" && want == "0") {
			t.Errorf("%s in June is %s, the workbooks say %s", code, got, want)
		}
		opening, flow := openings[code]
		if !flow {
			continue
		}
		total := opening.Add(months["2025-04"]).Add(months["2025-05"]).Add(months["2025-06"])
		if got, want := r.figures[code+" year_to_date"], total.Published(); got != want {
			t.Errorf("%s since January is %s, the workbooks and openings say %s", code, got, want)
		}
		checked++
	}
	if len(sums) < 5 || checked < 3 {
		t.Errorf("only %d sums and %d cumulative figures were compared", len(sums), checked)
	}
}

func yearOpenings(t *testing.T) map[string]figure.Number {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(strings.Join(
		lines(t, filepath.Join(repository(), "inputs", officeFolder, "openings.csv")), "\n"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	openings := map[string]figure.Number{}
	for _, row := range rows[1:] { // indicator,unit,span,through,value,source
		if row[2] == "year" && row[3] == "2025-03" {
			openings[row[0]] = openings[row[0]].Add(figure.MustParse(row[4]))
		}
	}
	return openings
}

func lines(t *testing.T, path string) []string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(data)), "\n")
}

// The workbook says what figures.json says: as stored, as openpyxl reads it,
// and as LibreOffice computes it anew.
func TestWorkbookSaysTheSame(t *testing.T) {
	r := runSamples(t)
	book, err := os.ReadFile(filepath.Join(r.dir, "summary.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	t.Run("stored", func(t *testing.T) { r.compare(t, citySheet(t, book)) })
	t.Run("openpyxl", func(t *testing.T) {
		found := map[string]string{}
		officetest.Openpyxl(t, book, `
import json, sys, openpyxl
sheet = openpyxl.load_workbook(sys.argv[1], data_only=True)["Tổng hợp"]
rows = list(sheet.iter_rows(values_only=True))
head = next(r for r in rows if r[0] == "Mã")
columns = {"Trong kỳ": "month", "Lũy kế quý": "quarter_to_date", "Lũy kế năm": "year_to_date", "Lũy kế từ 2021": "plan_to_date"}
found = {}
for row in rows:
    for at, name in enumerate(head):
        if name in columns and row[0] and isinstance(row[at], (int, float)):
            found[row[0] + " " + columns[name]] = "%.6f" % row[at]
json.dump(found, sys.stdout)`, &found)
		r.compare(t, found)
	})
	t.Run("LibreOffice", func(t *testing.T) {
		r.compare(t, citySheet(t, officetest.Recalculated(t, map[string][]byte{"summary": book})["summary"]))
	})
}

// compare holds figures found elsewhere against figures.json, to 6 decimals.
func (r publishedRun) compare(t *testing.T, found map[string]string) {
	t.Helper()
	if len(found) < 50 {
		t.Fatalf("only %d figures found", len(found))
	}
	for key, text := range found {
		if strings.Contains(key, "_TRT ") { // units that gave an answer in words
			continue
		}
		n, err := figure.Parse(text)
		if err != nil {
			t.Errorf("%s: %q is no number", key, text)
			continue
		}
		want, ok := r.figures[key]
		if !ok && n.IsZero() { // none: the number 0 shown as "-"
			continue
		}
		if n.Published() != want {
			t.Errorf("%s is %s, figures.json says %s", key, n.Published(), want)
		}
	}
	year := sinceJanuary(t)
	for key := range r.figures {
		code, span, _ := strings.Cut(key, " ")
		empty := year[code] && (span == "month" || span == "quarter_to_date")
		if _, ok := found[key]; ok == empty {
			t.Errorf("%s in the workbook: %v", key, ok)
		}
	}
}

// sinceJanuary are the indicators that are counted since January only, and the
// rates of these: the workbook has no figure of a month or quarter of them.
func sinceJanuary(t *testing.T) map[string]bool {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(strings.Join(lines(t, filepath.Join(repository(), "templates", "hanoi", "indicators.csv")), "\n"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	nature, expression := slices.Index(rows[0], "nature"), slices.Index(rows[0], "formula")
	codes := map[string]bool{}
	for _, row := range rows[1:] {
		codes[row[0]] = row[nature] == "cumulative"
	}
	for _, row := range rows[1:] {
		for _, term := range strings.Fields(strings.NewReplacer("(", " ", ")", " ").Replace(row[expression])) {
			codes[row[0]] = codes[row[0]] || codes[term]
		}
	}
	return codes
}

func citySheet(t *testing.T, book []byte) map[string]string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(book))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("Tổng hợp", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	spans := map[string]string{"Trong kỳ": "month", "Lũy kế quý": "quarter_to_date", "Lũy kế năm": "year_to_date", "Lũy kế từ 2021": "plan_to_date"}
	columns := map[int]string{}
	found := map[string]string{}
	for _, row := range rows {
		if len(row) > 0 && row[0] == "Mã" {
			for i, head := range row {
				if span, ok := spans[head]; ok {
					columns[i] = span
				}
			}
		}
		for i, span := range columns {
			if i < len(row) && row[0] != "" && row[0] != "Mã" {
				if _, err := figure.Parse(row[i]); err == nil {
					found[row[0]+" "+span] = row[i]
				}
			}
		}
	}
	return found
}

// The printed page carries the same totals, as they are printed.
func TestPageSaysTheSame(t *testing.T) {
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("pdftotext (poppler-utils) is not installed")
	}
	r := runSamples(t)
	out, err := exec.Command("pdftotext", "-layout", filepath.Join(r.dir, "report.pdf"), "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	text := string(out)
	for _, words := range []string{
		"Số lao động được dạy nghề", "Tỷ lệ lao động nữ", "Huyện Ba Vì, Huyện Mỹ Đức", "SỐ LIỆU MẪU – HƯ CẤU", "DỰ THẢO",
		"từ 15/5/2025 đến 14/6/2025", "Ứng Hòa",
	} {
		if !strings.Contains(text, words) {
			t.Errorf("the page does not say %q", words)
		}
	}
	page1, _, _ := strings.Cut(text, "\f")
	for _, words := range []string{
		"1/10 chỉ tiêu", "đúng tiến độ, tạm tính", "≥ 15.000", "Chỉ tiêu 10: số liệu 87/90 (≈9,5%)", "102,2%", "mức cần đạt đến kỳ này",
		"Chưa nhận báo cáo (2 đơn vị): Huyện Ba Vì, Huyện Mỹ Đức.", "Đánh giá cuối năm, chưa đến kỳ: 2. Số cơ sở Hội xếp loại kém",
	} {
		if !strings.Contains(page1, words) {
			t.Errorf("page 1 does not say %q:\n%s", words, page1)
		}
	}
	for key, decimals := range map[string]int{
		"CT01_TANG plan_to_date": 0, "CT02_LD year_to_date": 0, "CT02_LD month": 0, "CT03_HO year_to_date": 0, "CT01_HV month": 0,
		"CT02_TL_NU year_to_date": 2, "CT01_TL_BD year_to_date": 2,
	} {
		printed := vietnamese.Number(figure.MustParse(r.figures[key]), decimals)
		if decimals > 0 {
			printed += "%"
		}
		if !strings.Contains(text, " "+printed) {
			t.Errorf("%s: the page does not say %s", key, printed)
		}
	}
	if pages := strings.Count(text, "\f"); pages < 8 || pages > 20 {
		t.Errorf("%d pages", pages)
	}
}
