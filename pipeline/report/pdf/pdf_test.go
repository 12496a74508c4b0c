package pdf

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"tonghop/pipeline/report"
)

func document(blocks ...report.Block) report.Document {
	return report.Document{Sections: []report.Section{{Blocks: blocks}}}
}

func TestSampleStandsOnItsPages(t *testing.T) {
	pages := laidOut(t, sample(), Options{})
	if got, want := len(pages), 6; got != want {
		t.Errorf("the sample has %d pages, want %d: 31 districts by 24 indicators are two pages of annex", got, want)
	}
	for i, p := range pages {
		head := fmt.Sprint(p.margin.texts)
		if !strings.Contains(head, "DỰ THẢO") {
			t.Errorf("page %d lacks the draft line", i+1)
		}
		if got, want := strings.Contains(head, "vân tay"), i == len(pages)-1; got != want {
			t.Errorf("page %d: has the provenance: %v, want %v", i+1, got, want)
		}
	}
	if p := pages[len(pages)-1].paper; p != (paper{297, 210}) {
		t.Errorf("the annex is on paper %+v", p)
	}
}

func TestEachBlockAlone(t *testing.T) {
	for name, block := range map[string]report.Block{
		"letterhead":           firstPage()[0],
		"party letterhead":     report.Letterhead{Left: []string{"ĐẢNG ĐOÀN HỘI LIÊN HIỆP PHỤ NỮ"}, Right: []string{"ĐẢNG CỘNG SẢN VIỆT NAM"}, Number: "Số 127-BC/ĐĐ"},
		"long letterhead":      report.Letterhead{Left: []string{strings.Repeat("HỘI LIÊN HIỆP PHỤ NỮ ", 6), strings.Repeat("BAN THƯỜNG VỤ ", 8), "thêm"}, Right: []string{"A", strings.Repeat("Độc lập ", 20)}, PlaceDate: "Hà Nội"},
		"letter's letterhead":  report.Letterhead{Left: []string{"HỘI", longName}, Right: []string{"A", "B"}, Number: longWord, PlaceDate: longName, About: "V/v " + longName},
		"addressee":            report.Addressee{Text: "Kính gửi: " + longName},
		"title":                firstPage()[1],
		"long title":           report.Title{Lines: []string{longName, longName}},
		"heading":              report.Heading{Level: 3, Text: longName},
		"bullets":              report.Bullets{Items: []string{longName, "", "hai\ndòng"}},
		"small bullets":        report.Bullets{Small: true, Items: []string{longName, longWord}},
		"one fact":             report.Facts{Items: []report.Fact{{Label: longName, Value: "31"}}},
		"six facts":            report.Facts{Items: slices.Repeat([]report.Fact{{Label: "đơn vị phải báo cáo trong kỳ", Value: "1.234.567"}}, 6)},
		"eight facts":          report.Facts{Items: slices.Repeat([]report.Fact{{Label: longWord, Value: longWord}}, 8)},
		"signature":            report.Signatures{Block: []string{"TM. BAN THƯỜNG VỤ", longName}, Name: "Nguyễn Thị Hồng Hạnh"},
		"recipients only":      report.Signatures{Recipients: slices.Repeat([]string{"- Lưu: VT."}, 70)},
		"many recipients":      report.Signatures{Recipients: slices.Repeat([]string{"- " + longName}, 40), Block: []string{"TM. BAN THƯỜNG VỤ"}, Name: "Nguyễn Thị Hồng Hạnh"},
		"body":                 report.Paragraph{Text: narrative},
		"strong":               report.Paragraph{Style: report.Strong, Text: narrative},
		"emphasis":             report.Paragraph{Style: report.Emphasis, Text: narrative},
		"small":                report.Paragraph{Style: report.Small, Text: narrative},
		"centred":              report.Paragraph{Style: report.Centered, Text: narrative},
		"warn":                 report.Paragraph{Style: report.Warn, Text: narrative},
		"a word of 4,000":      report.Paragraph{Text: strings.Repeat("ẫ", 4000)},
		"table without rows":   targetTable(nil),
		"table without head":   report.Table{Columns: []report.Column{{}, {}}, Rows: []report.Row{{Cells: []report.Cell{{Text: "một ô"}}}}},
		"table of long words":  targetTable(slices.Repeat([]string{longWord}, 30)),
		"empty cells":          report.Table{Columns: make([]report.Column, 3), Head: [][]report.Cell{{}}, Rows: make([]report.Row, 5)},
		"forty squeezed":       squeezed(40),
		"broken words":         report.Table{Columns: make([]report.Column, 5), Rows: []report.Row{{Cells: slices.Repeat([]report.Cell{{Text: longWord + " 1.234.567"}}, 5)}}},
		"60 columns, keep 2":   annex(126, 60)[1],
		"200 columns":          annex(3, 200)[1],
		"all columns kept":     report.Table{Keep: 9, Columns: make([]report.Column, 2), Rows: []report.Row{{Cells: []report.Cell{{Text: "a"}, {Text: "b"}}}}},
		"strip of long words":  report.Strip{Cells: slices.Repeat([]report.StripCell{{Label: longWord, Value: longWord, Note: longWord, Mark: report.MarkNotMet, Verdict: longWord}}, 3)},
		"strip of long names":  report.Strip{Cells: slices.Repeat([]report.StripCell{{Label: longName, Value: "1.234.567.890.123", Note: longName, Mark: report.MarkMet, Verdict: longName}}, 12)},
		"bars of long words":   report.Bars{Items: slices.Repeat([]report.Bar{{Label: longWord, Value: longWord, Percent: longWord, Attained: known("130"), Pace: known("0")}}, 12), Legend: report.Legend{Target: longWord, Pace: longName}},
		"bars":                 attainmentBars(40),
		"charts":               trends(6),
		"charts of long words": report.Trend{Charts: slices.Repeat([]report.Chart{{Title: longWord, Note: longWord, Target: known("9"), TargetText: longWord, Points: slices.Repeat([]report.Point{{Label: longWord, Text: longWord}, {Label: "T1", Text: longWord, Value: known("1")}}, 6)}}, 4)},
		"forty charts":         trends(40),
		"annex title":          report.AnnexTitle{Label: "Phụ lục I", Title: longName, Note: longName},
		"signed for":           report.Signatures{Block: []string{"TM. BAN THƯỜNG VỤ"}, Note: narrative[:300], Name: longName},
		"a row over two pages": targetTable([]string{narrative, strings.Repeat(narrative, 4), "sau"}),
	} {
		t.Run(name, func(t *testing.T) {
			for _, landscape := range []bool{false, true} {
				doc := document(block)
				doc.Sections[0].Landscape = landscape
				doc.Party = landscape
				laidOut(t, doc, Options{})
			}
		})
	}
}

func TestRowsOfAnyNumber(t *testing.T) {
	for _, n := range []int{1, 2, 30, 126, 400} {
		names := make([]string, n)
		for i := range names {
			names[i] = fmt.Sprintf("dòng-%d", i+1)
		}
		pages := laidOut(t, document(report.Heading{Level: 1, Text: "Đầu đề"}, targetTable(names)), Options{})
		var found []string
		for _, p := range pages {
			lines := linesOf(p)
			if !slices.Contains(lines, "Chỉ tiêu") {
				t.Errorf("%d rows: a page without the head of the table: %q", n, lines[:3])
			}
			for _, l := range lines {
				if strings.HasPrefix(l, "dòng-") {
					found = append(found, l)
				}
			}
		}
		if !slices.Equal(found, names) {
			t.Errorf("%d rows: found %q", n, found)
		}
	}
}

// A heading, with a table's head and group row after it, is pushed down the
// page until all go over to the next together.
func TestHeadingIsNeverStranded(t *testing.T) {
	for filler := range 60 {
		var blocks []report.Block
		for range filler {
			blocks = append(blocks, report.Paragraph{Style: report.Small, Text: "Dòng."})
		}
		blocks = append(blocks, report.Heading{Level: 1, Text: "Đầu đề"}, programmeTable(8))
		for i, p := range laidOut(t, document(blocks...), Options{}) {
			lines := linesOf(p)
			heading := slices.Index(lines, "Đầu đề")
			if heading >= 0 && !slices.Contains(lines[heading:], "1.000") {
				t.Errorf("after %d lines: page %d ends with %q", filler, i+1, lines[heading:])
			}
			if last := lines[len(lines)-1]; strings.HasPrefix(last, "Nhóm") {
				t.Errorf("after %d lines: page %d ends with the group %q", filler, i+1, last)
			}
		}
	}
}

func TestSplitByColumnsRepeatsNamesAndHead(t *testing.T) {
	doc := document(annex(31, 60)[1])
	doc.Sections[0].Landscape = true
	pages := laidOut(t, doc, Options{})
	totals := 0
	for i, p := range pages {
		lines := linesOf(p)
		for _, want := range []string{"TT", "Đơn vị", "Ba Đình", "Mỹ Đức", "Toàn thành phố"} {
			if !slices.Contains(lines, want) {
				t.Errorf("page %d lacks %q", i+1, want)
			}
		}
		for _, l := range lines {
			if l == "12.345" {
				totals++
			}
		}
	}
	if totals != 60 {
		t.Errorf("%d of 60 columns have their total", totals)
	}
}

// A lone column is not drawn out over the page, whatever its name needs.
func TestFewColumnsStayNarrow(t *testing.T) {
	for n, want := range map[int]float64{1: 130, 2: 180, 20: 267} {
		doc := document(annex(31, n)[1])
		doc.Sections[0].Landscape = true
		width := 0.0
		for _, r := range laidOut(t, doc, Options{})[0].body.rules {
			width = max(width, r.w)
		}
		if width > want+0.01 || n == 20 && width < want-0.01 {
			t.Errorf("%d columns take %.0f mm, want %.0f at most", n, width, want)
		}
	}
}

func TestNumbersAreNotBroken(t *testing.T) {
	for _, p := range laidOut(t, document(squeezed(40)), Options{}) {
		for _, l := range linesOf(p) {
			if l != "1.234.567" && l != "Cột" && l != "Tên" {
				t.Errorf("a cell has the line %q", l)
			}
		}
	}
}

// squeezed is a table of numbers that may not be split.
func squeezed(columns int) report.Table {
	t := report.Table{Columns: []report.Column{{Weight: 3}}, Head: [][]report.Cell{{{Text: "Tên"}}}, Rows: []report.Row{{Cells: []report.Cell{{Text: "Tên"}}}}}
	for range columns {
		t.Columns = append(t.Columns, report.Column{Weight: 1, Align: report.Right})
		t.Head[0] = append(t.Head[0], report.Cell{Text: "Cột"})
		t.Rows[0].Cells = append(t.Rows[0].Cells, report.Cell{Text: "1.234.567"})
	}
	return t
}

func TestSplitRowIsVisible(t *testing.T) {
	pages := laidOut(t, document(targetTable([]string{strings.Repeat(narrative, 4)})), Options{})
	if len(pages) < 2 {
		t.Fatal("the row fits on a page")
	}
	for i, p := range pages {
		dashed := 0
		for _, r := range p.body.rules {
			if r.dashed {
				dashed++
			}
		}
		want := 2
		if i == 0 || i == len(pages)-1 {
			want = 1
		}
		if dashed != want {
			t.Errorf("page %d: %d dashed edges, want %d", i+1, dashed, want)
		}
	}
}

func TestParagraphKeepsItsWords(t *testing.T) {
	pages := laidOut(t, document(report.Paragraph{Text: narrative}), Options{})
	var all []string
	for _, p := range pages {
		all = append(all, linesOf(p)...)
	}
	if got, want := strings.Join(all, " "), strings.Join(strings.Fields(narrative), " "); got != want {
		t.Errorf("drawn text differs:\n%s\n%s", got, want)
	}
}

// Headings of one level stand beside each other, also where the level above them
// has none.
func TestBookmarksDepth(t *testing.T) {
	var o outline
	for i, c := range []struct{ level, want int }{{0, 0}, {2, 1}, {2, 1}, {2, 1}, {1, 1}, {2, 2}, {0, 0}, {1, 1}, {3, 2}, {3, 2}, {0, 0}} {
		if got := o.depth(c.level); got != c.want {
			t.Errorf("heading %d of level %d stands %d deep, want %d", i, c.level, got, c.want)
		}
	}
}

func TestBookmarks(t *testing.T) {
	doc := document(report.Title{Lines: []string{"BÁO CÁO", "tháng 6"}}, report.Heading{Level: 3, Text: "Sâu\nngay"}, report.Heading{Level: 1, Text: "I."})
	var got []string
	for _, p := range laidOut(t, doc, Options{}) {
		for _, e := range p.entries {
			got = append(got, fmt.Sprint(e.level, " ", e.text))
		}
	}
	if want := []string{"0 BÁO CÁO tháng 6", "2 Sâu ngay", "0 I."}; !slices.Equal(got, want) {
		t.Errorf("bookmarks %q, want %q", got, want)
	}
	if _, err := Draw(doc, Options{Created: created}); err != nil {
		t.Error(err)
	}
}

func TestSameBytes(t *testing.T) {
	first, err := Draw(gallery(), Options{Created: created})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		again, err := Draw(gallery(), Options{Created: created})
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first, again) {
			t.Fatal("the same document gives other bytes")
		}
	}
}

func TestUnusualText(t *testing.T) {
	for _, s := range []string{
		"tốt 👍🏽 lắm", norm.NFD.String("Ứng Hòa, Mỹ Đức"), "a\x00b\x1b[31m\x7f", "hỏng \xff\xfe", "\u202eđảo\u202c",
		"✓ ✗ ☐ 中文 ﷽ กขค", "\uffff\ufffe\ud7ff\ue000", "a\u0301\u0323\u0302\u0301\u0301", "\u0301", "(ngoặc\\ \r\n xuống)", "\u0d28\u0a0d\u5c28", "\u00a0", " ", "",
	} {
		if _, err := Draw(everywhere(s), Options{Created: created}); err != nil {
			t.Errorf("%q: %v", s, err)
		}
	}
}

func FuzzText(f *testing.F) {
	f.Add("Ứng Hòa 👍 \xff")
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 200 { // a cell of a strip may not be higher than a page
			return
		}
		if _, err := Draw(everywhere(s), Options{Created: created}); err != nil {
			t.Errorf("%q: %v", s, err)
		}
	})
}

// everywhere has a text in every place of a document.
func everywhere(s string) report.Document {
	doc := document(
		report.Letterhead{Left: []string{s, s}, Right: []string{s, s}, Number: s, PlaceDate: s},
		report.Title{Lines: []string{s, "Tên"}},
		report.Heading{Level: 1, Text: s}, report.Paragraph{Text: s}, report.Bullets{Items: []string{s}},
		report.Facts{Items: []report.Fact{{Label: s, Value: s}, {Label: "x", Value: "1"}}}, targetTable([]string{s}),
		report.Strip{Cells: []report.StripCell{{Label: s, Value: s, Note: s, Mark: report.MarkMet, Verdict: s}}},
		report.Bars{Items: []report.Bar{{Label: s, Value: s, Percent: s, Attained: known("50")}, {Label: s, Word: s}}, Legend: report.Legend{Target: s, Pace: s, Provisional: s}},
		report.Trend{
			Charts: []report.Chart{{Title: s, Note: s, Points: []report.Point{{Label: s, Text: s}, {Label: s, Value: known("1"), Text: s}}, Target: known("2"), TargetText: s}},
			Legend: report.Legend{Target: s, Provisional: s, Unknown: s},
		},
		report.Signatures{Recipients: []string{s, s}, Block: []string{s}, Note: s, Name: s},
	)
	for i := range shortReport { // for the list of contents
		doc.Sections = append(doc.Sections, report.Section{Annex: fmt.Sprint(s, i), Blocks: []report.Block{report.AnnexTitle{Label: s, Title: s, Note: s}, report.Contents{Title: s}, report.Paragraph{Text: "Lời."}}})
	}
	doc.Title, doc.Subject, doc.Author, doc.Keywords, doc.Draft, doc.Provenance = s, s, s, []string{s, s}, s, s
	return doc
}

func TestLongLinesInTheMargins(t *testing.T) {
	doc := sample()
	doc.Draft = strings.Repeat(doc.Draft+" ", 6)
	doc.Provenance = strings.Repeat(doc.Provenance+" ", 12)
	pages := laidOut(t, doc, Options{})
	if all := strings.Join(linesOf(pages[len(pages)-1]), " "); !strings.Contains(all, "vân tay") {
		t.Error("a provenance too long for the margin is not in the text")
	}
}

func TestPaperAndMargins(t *testing.T) {
	pages := laidOut(t, sample(), Options{Paper: "A3", Margins: Margins{25, 25, 35, 20}})
	if p := pages[0]; p.paper != (paper{210, 297}) || p.text.x != 35 || p.text.y != 25 {
		t.Errorf("first page is %+v", p.frame)
	}
	if p := pages[len(pages)-1]; p.paper != (paper{420, 297}) {
		t.Errorf("the annex is on %+v", p.paper)
	}
}

func TestRefused(t *testing.T) {
	wide := document(report.Table{Columns: make([]report.Column, 1), Rows: []report.Row{{Cells: make([]report.Cell, 2)}}})
	for name, c := range map[string]struct {
		doc  report.Document
		o    Options
		want string
	}{
		"no date":        {sample(), Options{}, "creation date"},
		"paper":          {sample(), Options{Created: created, Paper: "A5"}, `"A5"`},
		"margins":        {sample(), Options{Created: created, Margins: Margins{20, 20, 90, 90}}, "for text"},
		"one margin":     {sample(), Options{Created: created, Margins: Margins{Top: 20}}, "margins below"},
		"body size":      {sample(), Options{Created: created, BodySize: 12}, "12 points"},
		"no content":     {report.Document{Sections: make([]report.Section, 2)}, Options{Created: created}, "without content"},
		"main text last": {report.Document{Sections: []report.Section{{Annex: "Phụ lục I", Blocks: firstPage()}, {Blocks: firstPage()}}}, Options{Created: created}, "section 2: main text after an appendix"},
		"too many cells": {wide, Options{Created: created}, "covers 2 of 1 columns"},
		"too high":       {document(report.Letterhead{Left: []string{strings.Repeat(narrative, 3)}}), Options{Created: created}, "in one piece"},
		"no room at all": {document(report.Paragraph{Text: "ẫ"}, report.Table{Columns: []report.Column{{}}, Rows: []report.Row{{Cells: []report.Cell{{Text: "a", Indent: 54}}}}}), Options{Created: created}, "wider than its place"},
	} {
		content, err := Draw(c.doc, c.o)
		if err == nil || !strings.Contains(err.Error(), c.want) || content != nil {
			t.Errorf("%s: %d bytes, error %v, want one with %q", name, len(content), err, c.want)
		}
	}
}

// BenchmarkLetter draws one page, as each unit's receipt and reminder is.
func BenchmarkLetter(b *testing.B) {
	draw(b, report.Document{Sections: []report.Section{letter(3)}})
}

func BenchmarkSample(b *testing.B) { draw(b, sample()) }

// BenchmarkUnits draws a report of 60 indicators in ten programmes, of 30 districts
// and of 126 wards and communes.
func BenchmarkUnits(b *testing.B) {
	for _, units := range []int{30, 126} {
		doc := gallery()
		for i := range 10 {
			name := fmt.Sprint("Phụ lục ", i+3)
			doc.Sections = append(doc.Sections, report.Section{Landscape: true, Annex: name, Blocks: annex(units, 6)})
		}
		b.Run(fmt.Sprint(units), func(b *testing.B) { draw(b, doc) })
	}
}

func draw(b *testing.B, doc report.Document) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Draw(doc, Options{Created: created}); err != nil {
			b.Fatal(err)
		}
	}
}

var (
	longName  = strings.Repeat("Câu lạc bộ phụ nữ khởi nghiệp, ", 4)[:150]
	longWord  = strings.Repeat("ABCdefỄ123/", 11)
	narrative = strings.TrimSpace(strings.Repeat("Các cấp Hội đã phối hợp tổ chức 12 lớp tập huấn nghiệp vụ cho cán bộ cơ sở, giúp 1.234 hội viên có việc làm ổn định. ", 34))
)

// A sign stays on the line of its number.
func TestASignStandsWithItsNumber(t *testing.T) {
	for _, l := range measure().wrap("giao ≥ 35.000 người hoặc ≤ 0 cơ sở", font{regular, bodySize}, 12, 0) {
		if text := string(l.text); strings.HasSuffix(text, "≥") || strings.HasSuffix(text, "≤") {
			t.Errorf("a line ends in %q", text)
		}
	}
}
