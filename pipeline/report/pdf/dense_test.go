package pdf

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"tonghop/pipeline/report"
)

// unitsBy is an appendix of units by indicators as the report has it: a table in
// type of 10 points under the appendix's title, with the legend under it.
func unitsBy(units, indicators int) report.Document {
	table := annex(units, indicators)[1].(report.Table)
	table.Size, table.MinWidth = 0, 21
	return report.Document{Sections: []report.Section{{Landscape: true, Annex: "Phụ lục I", Blocks: []report.Block{
		report.AnnexTitle{Label: "Phụ lục I", Title: "SỐ LIỆU TỪNG ĐƠN VỊ", Note: "(Kèm theo Báo cáo số ……/BC-BTV)"},
		report.Heading{Level: 3, Text: "Chương trình 01-CTr/TU"}, table,
		report.Heading{Level: 3, Text: "Chương trình 02-CTr/TU"}, table,
		report.Paragraph{Style: report.Small, Text: "Ký hiệu: “…” chưa có số liệu."},
	}}}}
}

// unitRow matches the first cell of a unit's row, or of the city's at the end.
var unitRow = regexp.MustCompile(`^(\d+|Toàn thành phố)$`)

// rowsOn counts the rows on a page.
func rowsOn(p *page) int {
	n := 0
	for _, t := range p.body.texts {
		if t.x < p.text.x+10 && unitRow.MatchString(string(t.line)) {
			n++
		}
	}
	return n
}

func sizesOn(p *page) []float64 {
	var sizes []float64
	for _, t := range p.body.texts {
		if t.font.face == regular && !slices.Contains(sizes, t.font.size) {
			sizes = append(sizes, t.font.size)
		}
	}
	return sizes
}

// A city of 31 units: each table, or part of one, is on one page with what stands
// over and under it.
func TestUnitsStandOnOnePage(t *testing.T) {
	pages := laidOut(t, unitsBy(31, 7), Options{})
	if len(pages) != 2 {
		t.Errorf("two tables of 31 units are on %d pages", len(pages))
	}
	for i, p := range pages {
		if n := rowsOn(p); n != 32 {
			t.Errorf("page %d has %d rows", i+1, n)
		}
		for _, size := range sizesOn(p) {
			if size < leastDense || i > 0 && size < leastDense+0.5 {
				t.Errorf("page %d has type of %g points", i+1, size)
			}
		}
	}
	if last := linesOf(pages[len(pages)-1]); !strings.HasPrefix(last[len(last)-1], "Ký hiệu") {
		t.Errorf("the legend is not under the last table: %q", last[len(last)-1])
	}
}

// However many rows there are, none is left over alone.
func TestNoRowAloneOnAPage(t *testing.T) {
	for units := 30; units <= 66; units++ {
		for i, p := range laidOut(t, unitsBy(units, 14), Options{}) {
			if n := rowsOn(p); n < fewestRows {
				t.Errorf("%d units: page %d has %d", units, i+1, n)
			}
		}
	}
}

// Where there is room the rows are as far apart as in any table.
func TestFewUnitsAreNotCrowded(t *testing.T) {
	pages := laidOut(t, unitsBy(12, 5), Options{})
	if got := sizesOn(pages[0]); slices.Min(got) < defaultTableSize {
		t.Errorf("12 units are set in %v points", got)
	}
	var tops []float64
	for _, text := range pages[0].body.texts {
		if text.x < pages[0].text.x+10 && unitRow.MatchString(string(text.line)) {
			tops = append(tops, text.y)
		}
	}
	f := font{size: defaultTableSize}
	if got, want := tops[1]-tops[0], f.line()+2*roomyLead*f.em(); got < want-0.001 || got > want+0.001 {
		t.Errorf("rows are %.2f mm apart, want %.2f", got, want)
	}
}

// A table that is to be whole, and a small one in any case, goes over to the next
// page rather than be parted.
func TestTableStaysWhole(t *testing.T) {
	large, small := targetTable(targets), programmeTable(3)
	large.Whole = true
	for _, table := range []report.Table{large, small} {
		for filler := range 55 {
			var blocks []report.Block
			for range filler {
				blocks = append(blocks, report.Paragraph{Style: report.Small, Text: "Dòng."})
			}
			blocks = append(blocks, report.Heading{Level: 1, Text: "Đầu đề"}, table, report.Paragraph{Style: report.Small, Text: "Ghi chú."})
			for i, p := range laidOut(t, document(blocks...), Options{}) {
				lines := linesOf(p)
				heading, note := slices.Contains(lines, "Đầu đề"), slices.Contains(lines, "Ghi chú.")
				if heading != note {
					t.Errorf("%d rows after %d lines: page %d has heading %v, note %v", len(table.Rows), filler, i+1, heading, note)
				}
			}
		}
	}
	// What no page has room for is parted as any other.
	large.Rows = slices.Repeat(large.Rows, 6)
	if n := len(laidOut(t, document(large), Options{})); n < 3 {
		t.Errorf("60 targets are on %d pages", n)
	}
}
