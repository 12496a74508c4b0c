package write_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tonghop/pipeline/figure"
	"tonghop/pipeline/workbook/write"
)

// charted is a table of three numbers, one of them missing, with a chart.
func charted(t *testing.T, kind write.ChartKind) []byte {
	t.Helper()
	b := write.New(write.Properties{})
	s := b.Add("Báo 'cáo' A")
	for col, text := range []string{"Đơn vị", "Số & %"} {
		s.Text(write.At(1, col+1), text, write.Style{})
	}
	names, numbers := write.Cells{}, write.Cells{}
	for n, text := range []string{"1.5", "", "3"} {
		name := fmt.Sprintf("đơn vị <%d>", n)
		s.Text(write.At(n+2, 1), name, write.Style{})
		names.Values = append(names.Values, write.TextValue(name))
		value := write.Value{}
		if text != "" {
			value = write.NumberValue(figure.MustParse(text))
			s.Number(write.At(n+2, 2), figure.MustParse(text), write.Style{})
		}
		numbers.Values = append(numbers.Values, value)
	}
	names.Range, numbers.Range = s.AbsRange(write.At(2, 1), write.At(4, 1)), s.AbsRange(write.At(2, 2), write.At(4, 2))
	s.Table("Bang", write.At(1, 1), write.At(4, 2))
	s.Chart(write.At(6, 1), write.Chart{
		Kind: kind, Title: "Biểu đồ", Categories: names, Width: 400, Height: 200, Format: "0", FromZero: true, Labels: true,
		Series: []write.Series{{Name: write.Cells{Range: s.Abs(write.At(1, 2)), Values: []write.Value{write.TextValue("Số & %")}}, Values: numbers, Color: write.Ink}},
	})
	data, err := b.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestChartStoresItsNumbers(t *testing.T) {
	for _, kind := range []write.ChartKind{write.Bars, write.Columns, write.Line} {
		data := charted(t, kind)
		if !bytes.Equal(data, charted(t, kind)) {
			t.Errorf("kind %d: the same chart gives other bytes", kind)
		}
		chart := part(t, data, "xl/charts/chart1.xml")
		for _, want := range []string{
			`<numCache><formatCode>General</formatCode><ptCount val="3"/><pt idx="0"><v>1.5</v></pt><pt idx="2"><v>3</v></pt></numCache>`,
			`<pt idx="1"><v>đơn vị &lt;1&gt;</v></pt>`, `<strCache><ptCount val="1"/><pt idx="0"><v>Số &amp; %</v></pt></strCache>`,
			`<dispBlanksAs val="gap">`, `<varyColors val="0">`, `<min val="0">`,
		} {
			if !strings.Contains(chart, want) {
				t.Errorf("kind %d: no %s in %s", kind, want, chart)
			}
		}
		if strings.Contains(chart, `<formatCode></formatCode>`) {
			t.Errorf("kind %d: a range without its numbers: %s", kind, chart)
		}
	}
}

func TestTable(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(charted(t, write.Line)))
	if err != nil {
		t.Fatal(err)
	}
	tables, err := f.GetTables("Báo 'cáo' A")
	if err != nil || len(tables) != 1 || tables[0].Name != "Bang" || tables[0].Range != "A1:B4" {
		t.Errorf("tables %+v: %v", tables, err)
	}
}

// Links stand where the schema wants them, whatever else a sheet has, and join
// those of an opened book.
func TestLinks(t *testing.T) {
	for name, furnish := range map[string]func(*write.Sheet){
		"plain":   func(*write.Sheet) {},
		"printed": func(s *write.Sheet) { s.Print(write.Page{Landscape: true, Footer: "Trang"}) },
		"table": func(s *write.Sheet) {
			s.Text(write.At(1, 1), "TT", write.Style{})
			s.Table("T", write.At(1, 1), write.At(2, 1))
		},
	} {
		b := write.New(write.Properties{})
		s := b.Add("Một")
		s.Text(write.At(3, 1), `<sheetData> & "hyperlinks"`, write.Style{})
		furnish(s)
		s.LinkTo(write.At(3, 1), "Hai & 'ba'", write.At(7, 2), `Xem "nguồn" <ở đây>`)
		b.Add("Hai & 'ba'")
		data, err := b.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		again, err := write.Open(data)
		if err != nil {
			t.Fatal(err)
		}
		sheet, _ := again.Existing("Một")
		sheet.LinkTo(write.At(4, 1), "Một", write.At(1, 1), "")
		if data, err = again.Bytes(); err != nil {
			t.Fatal(err)
		}
		f, err := excelize.OpenReader(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		for cell, want := range map[string]string{"A3": "'Hai & ''ba'''!B7", "A4": "'Một'!A1"} {
			if ok, target, err := f.GetCellHyperLink("Một", cell); !ok || target != want || err != nil {
				t.Errorf("%s: %s leads to %q (%v), want %q", name, cell, target, err, want)
			}
		}
		xml := part(t, data, "xl/worksheets/sheet1.xml")
		links := strings.Index(xml, "<hyperlinks>")
		if strings.Count(xml, "<hyperlinks>") != 1 || links < strings.Index(xml, "</sheetData>") {
			t.Errorf("%s: links out of place: %s", name, xml)
		}
		for _, later := range []string{"<pageMargins", "<pageSetup", "<headerFooter", "<tableParts"} {
			if at := strings.Index(xml, later); at >= 0 && at < links {
				t.Errorf("%s: %s stands before the links", name, later)
			}
		}
	}
}

func TestTooManyLinks(t *testing.T) {
	b := write.New(write.Properties{})
	s := b.Add("Một")
	for row := range write.MaxLinks {
		s.LinkTo(write.At(row+1, 1), "Một", write.At(1, 1), "")
	}
	if b.Err() != nil {
		t.Fatal(b.Err())
	}
	s.LinkTo(write.At(write.MaxLinks+1, 1), "Một", write.At(1, 1), "")
	if b.Err() == nil {
		t.Error("one link more than Excel takes gives no error")
	}
}
