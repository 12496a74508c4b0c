package xlsx

import (
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/wording"
	"tonghop/pipeline/workbook/officetest"
)

func TestLibreOfficeFindsTheSameTotals(t *testing.T) {
	in, past := sample(t), besideLastYear(sample(t))
	byFormula, err := drawLinked(withHeadlines(t), 0)
	if err != nil {
		t.Fatal(err)
	}
	books := map[string][]byte{"summary": draw(t, in), "past": draw(t, past), "headlines": draw(t, withHeadlines(t)), "by formula": byFormula}
	again := officetest.Recalculated(t, books)
	for _, name := range []string{"summary", "headlines", "by formula"} {
		compare(t, read(t, open(t, again[name])), totals(t, in))
	}
	for name, data := range books {
		sameFormulas(t, open(t, data), open(t, again[name]))
	}
}

// besideLastYear gives every figure of the city one to be compared with.
func besideLastYear(in Input) Input {
	for i := range in.Summary.Figures {
		f := &in.Summary.Figures[i]
		value, ok := f.Value.Number()
		if !ok || !f.IsCity() {
			continue
		}
		base := value.Mul(figure.MustParse("0.7")).Add(figure.Int(1))
		f.Comparison = &summary.Comparison{Basis: summary.OverAll, Value: &value, Base: &base, Points: f.Indicator.Type == catalogue.Percent}
	}
	return in
}

// sameFormulas checks that of every formula what was stored is what is found.
func sameFormulas(t *testing.T, stored, f *excelize.File) {
	t.Helper()
	for _, sheet := range stored.GetSheetList() {
		each(t, stored, sheet, func(cell, value string) {
			if formula, _ := stored.GetCellFormula(sheet, cell); formula == "" {
				return
			}
			got, err := f.GetCellValue(sheet, cell)
			if err != nil {
				t.Fatal(err)
			}
			if n, err := figure.Parse(got); err == nil {
				got = n.Published()
			}
			if got != value {
				t.Errorf("%s!%s: LibreOffice finds %q, stored is %q", sheet, cell, got, value)
			}
		})
	}
}

// openpyxl reads what is stored, as other programs do that do not calculate.
func TestOpenpyxlReadsTheSameTotals(t *testing.T) {
	in := sample(t)
	script := fmt.Sprintf(`
import json, sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1], data_only=True)
found = {}
for sheet in book:
    if not sheet.title.startswith("CT"):
        continue
    codes = {c.column: c.value for c in sheet[%d] if c.value}
    for row in sheet.iter_rows(min_row=%d):
        if row[1].value == "Toàn thành phố":
            for col, code in codes.items():
                v = sheet.cell(row[0].row, col).value
                found[sheet.title + " " + code] = "" if v is None else v if isinstance(v, str) else ("%%.6f" %% v)
json.dump(found, sys.stdout)`, codeRow, firstUnitRow)
	got := map[string]string{}
	officetest.Openpyxl(t, draw(t, in), script, &got)
	for key, value := range got {
		if n, err := figure.Parse(value); err == nil {
			got[key] = n.Published()
		}
	}
	compare(t, got, totals(t, in))
}

// large is a month of many units, three programmes, one rate in six.
func large(t testing.TB, units, indicators int) Input {
	cat := &catalogue.Catalogue{ID: "large"}
	for u := range units {
		cat.Units = append(cat.Units, &catalogue.Unit{ID: fmt.Sprintf("HN-%03d", u), Code: fmt.Sprintf("%05d", u), Kind: catalogue.Ward, Name: fmt.Sprintf("Số %d", u)})
	}
	b := &builder{t: t, s: &summary.Summary{
		Catalogue: cat, Period: period.SpanOf(period.Monthly, june, period.Month{}), Window: period.Scheme15to14.Window(june),
		Spans: []period.Span{period.SpanOf(period.Monthly, june, period.Month{}), period.SpanOf(period.YearToDate, june, period.Month{})},
	}}
	for p := range 3 {
		cat.Programmes = append(cat.Programmes, &catalogue.Programme{Code: fmt.Sprintf("CT%02d", p+1), NameVI: "Chương trình"})
	}
	subs := make([]*submission.Submission, units)
	for u := range subs {
		subs[u] = &submission.Submission{Unit: cat.Units[u].ID, Period: june, File: "2025-06/" + cat.Units[u].ID + ".xlsx"}
		b.s.Submissions = append(b.s.Submissions, summary.Receipt{Unit: cat.Units[u], Status: submission.Accepted, Used: subs[u]})
	}
	for i := range indicators {
		code := fmt.Sprintf("CT%02d_%02d", i%3+1, i/3)
		rate := i/3%6 == 5
		expression := ""
		if rate {
			expression = fmt.Sprintf("100 * CT%02d_00 / CT%02d_01", i%3+1, i%3+1)
		}
		b.indicator(catalogue.Indicator{Code: code, Programme: fmt.Sprintf("CT%02d", i%3+1), NameVI: "Số người được hỗ trợ trong kỳ",
			Measure: "người", Across: catalogue.AcrossSum, ComputeAt: catalogue.AtAggregate, Decimals: 0}, expression)
		texts := []string{fmt.Sprint(12 * units)}
		for range units {
			texts = append(texts, "12")
		}
		if rate {
			texts[0] = fmt.Sprintf("100 %d/%d", 12*units, 12*units)
			for u := range units {
				texts[u+1] = "100 12/12"
			}
		} else {
			for u := range subs {
				subs[u].Values = subs[u].Values.With(submission.Value{Indicator: code, Figure: figure.Of(figure.Int(12)), Sheet: "Báo cáo", Cell: fmt.Sprintf("E%d", i+10), Raw: "12"})
			}
		}
		b.figures(period.Monthly, code, texts...)
		b.figures(period.YearToDate, code, texts...)
	}
	return Input{Summary: b.s, Submissions: subs, Words: phrases(t, wording.Vietnamese), Created: at, Draft: "DỰ THẢO"}
}

func BenchmarkDraw(b *testing.B) {
	for _, size := range [][2]int{{30, 40}, {126, 60}} {
		in := large(b, size[0], size[1])
		b.Run(strings.ReplaceAll(fmt.Sprint(size), " ", "x"), func(b *testing.B) {
			for b.Loop() {
				if _, err := Draw(in); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
