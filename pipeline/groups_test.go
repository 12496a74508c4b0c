package pipeline_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/xuri/excelize/v2"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/consolidate"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/history"
	"tonghop/pipeline/period"
	"tonghop/pipeline/report/xlsx"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/wording"
	"tonghop/pipeline/workbook/officetest"
)

// grouped is an office of eight units in two groups and two units in none, with
// every kind of total; one unit ended in April.
func grouped(t *testing.T) *catalogue.Catalogue {
	t.Helper()
	folder := fstest.MapFS{}
	for _, empty := range catalogue.Headers() {
		folder[empty.Name+".csv"] = &fstest.MapFile{Data: empty.CSV()}
	}
	units := "id,kind,name,group,valid_to\n"
	for n := range 8 {
		units += fmt.Sprintf("U-%d,quận,Đơn vị %d,%s,\n", n, n, []string{"Cụm số 2", "Cụm số 1"}[n%2])
	}
	units += "U-8,huyện,Đơn vị lẻ,,\nU-9,quận,Đơn vị cũ,Cụm số 1,2025-04-20\nTP,thành phố,Cơ quan Thành Hội,,\n"
	for name, text := range map[string]string{
		"units": units, "programmes": "code,name_vi\nP,Chương trình\n", "forms": "version,title_vi\nF1,Mẫu\n",
		"indicators": `code,programme,kind,name_vi,type,nature,across,reaches,compute_at,formula,decimals
A,P,input,Số A,whole,flow,sum,,,,
B,P,input,Số B,whole,flow,sum,,,,
S,P,input,Tồn,decimal,stock,sum,,,,1
NET,P,derived,Tăng,whole,,,,,A - B,
RATE,P,derived,Tỷ lệ,percent,,,,,100 * A / B,2
SHARE,P,derived,Tỷ lệ đơn vị,percent,,share,50,unit,100 * A / B,2
LOAD,P,derived,Bình quân,decimal,,,,,A / (3 * S),2
MOST,P,input,Lớn nhất,whole,stock,max,,,,
`,
	} {
		folder[name+".csv"] = &fstest.MapFile{Data: []byte(text)}
	}
	c, problems := catalogue.Load(catalogue.FromFolder(folder, "grouped"))
	for _, p := range problems {
		t.Fatal(p.Error())
	}
	return c
}

// reported is what such an office may have sent by June.
func reported(c *catalogue.Catalogue, r *rand.Rand) *history.History {
	past := history.New()
	for m := time.January; m <= time.June; m++ {
		for _, u := range c.Units {
			if r.IntN(8) == 0 {
				continue
			}
			s := &submission.Submission{Unit: u.ID, Period: period.Month{Year: 2025, Number: m}}
			for _, code := range []string{"A", "B", "S", "MOST"} {
				v := submission.Value{Indicator: code}
				switch n := r.IntN(12); n {
				case 0:
					v.Figure = figure.Without(figure.NotAvailable)
				case 1:
					v.Figure = figure.Without(figure.Refused)
				case 2, 3:
					v.Figure = figure.Without(figure.None)
				default:
					v.Figure = figure.Of(figure.Int(int64(n * n)))
				}
				s.Values = s.Values.With(v)
			}
			past.Accept(s)
		}
	}
	return past
}

// Subtotals of groups are the summary's figures, and a program that calculates
// the workbook again finds each of them, and the same totals.
func TestSubtotalsOfGroups(t *testing.T) {
	c := grouped(t)
	book, err := wording.Load(os.DirFS("../templates"))
	if err != nil {
		t.Fatal(err)
	}
	books := map[string][]byte{}
	summaries := map[string]*summary.Summary{}
	for seed := range uint64(4) {
		name := fmt.Sprint("book", seed)
		city := consolidate.City(consolidate.Input{
			Catalogue: c, History: reported(c, rand.New(rand.NewPCG(seed, 7))), Timetable: period.Timetable{},
			Period: period.SpanOf(period.Monthly, period.Month{Year: 2025, Number: time.June}, period.Month{}),
		})
		data, err := xlsx.Draw(xlsx.Input{Summary: city, Words: book.In(wording.Vietnamese), Created: clock})
		if err != nil {
			t.Fatal(err)
		}
		books[name], summaries[name] = data, city
		subtotalsAre(t, name, city, opened(t, data))
	}
	if t.Failed() {
		return
	}
	for name, data := range officetest.Recalculated(t, books) {
		again := opened(t, data)
		subtotalsAre(t, name+" recalculated", summaries[name], again)
		stored := opened(t, books[name])
		for _, sheet := range stored.GetSheetList() {
			rows, err := stored.GetRows(sheet, excelize.Options{RawCellValue: true})
			if err != nil {
				t.Fatal(err)
			}
			for i, row := range rows {
				for j, value := range row {
					cell, _ := excelize.CoordinatesToCellName(j+1, i+1)
					if formula, _ := stored.GetCellFormula(sheet, cell); formula == "" {
						continue
					}
					if found, _ := again.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true}); published(found) != value {
						t.Errorf("%s %s!%s: stored %q, calculated %q", name, sheet, cell, value, found)
					}
				}
			}
		}
	}
}

func opened(t *testing.T, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func published(text string) string {
	if n, err := figure.Parse(text); err == nil {
		return n.Published()
	}
	return text
}

// subtotalsAre compares the rows of groups on both sheets with the summary.
func subtotalsAre(t *testing.T, name string, city *summary.Summary, f *excelize.File) {
	t.Helper()
	compared, live := 0, 0
	for sheet, span := range map[string]period.SpanKind{"P": period.Monthly, "P lũy kế": period.YearToDate} {
		rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		codes := rows[slices.IndexFunc(rows, func(r []string) bool { return slices.Contains(r, "NET") })]
		for i, row := range rows {
			if len(row) < 3 || !strings.HasPrefix(row[1], "Cộng ") {
				continue
			}
			for j, code := range codes {
				fig := city.Find(code, span, row[2], "")
				if fig == nil {
					continue
				}
				value := ""
				if j < len(row) {
					value = published(row[j])
				}
				want := ""
				if n, ok := fig.Value.Number(); ok && fig.Reason == summary.ReasonNone {
					want = n.Published()
					compared++
				} else if _, err := figure.Parse(value); err != nil {
					want = value // a mark
				}
				if value != want {
					t.Errorf("%s %s %s of %s: %q, want %q", name, sheet, code, row[2], value, want)
				}
				cell, _ := excelize.CoordinatesToCellName(j+1, i+1)
				if formula, _ := f.GetCellFormula(sheet, cell); formula != "" {
					live++
				}
			}
		}
	}
	if compared < 20 || live < 16 {
		t.Errorf("%s: %d subtotals compared, %d live", name, compared, live)
	}
}
