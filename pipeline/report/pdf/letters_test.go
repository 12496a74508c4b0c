package pdf

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"tonghop/pipeline/report"
)

// letter is a reminder of so many points, to a unit with a name of 120 letters.
func letter(points int) report.Section {
	head := firstPage()[0].(report.Letterhead)
	head.About = "V/v đề nghị sửa, bổ sung báo cáo tháng 6/2025"
	name := string([]rune(strings.Repeat("Thượng Phước Hạ ", 8))[:120])
	t := report.Table{
		Columns: []report.Column{{Weight: 8, Align: report.Center}, {Weight: 40}, {Weight: 24}, {Weight: 24}, {Weight: 70}},
		Head:    [][]report.Cell{{{Text: "TT"}, {Text: "Chỉ tiêu"}, {Text: "Ô"}, {Text: "Nội dung trong ô"}, {Text: "Cần sửa, bổ sung"}}},
	}
	for i := range points {
		t.Rows = append(t.Rows, report.Row{Cells: []report.Cell{
			{Text: fmt.Sprintf("điểm-%d", i+1)}, {Text: name}, {Text: "E14, Báo cáo"},
			{Text: "12 ngu\u031bo\u031b\u0300i 😀 \u202e\x00\x07 " + longWord}, {Text: "Đề nghị ghi số nguyên, không ghi chữ trong ô."},
		}})
	}
	return report.Section{Apart: true, Blocks: []report.Block{
		head, report.Addressee{Text: "Kính gửi: Hội Liên hiệp Phụ nữ xã " + name}, report.Paragraph{Text: narrative}, t,
		report.Paragraph{Text: "Trân trọng./."},
		report.Signatures{Recipients: []string{"Nơi nhận:", "- Như trên;", "- Lưu: VT."}, Block: []string{"TM. BAN THƯỜNG VỤ", "………………"}, Name: "………………"},
	}}
}

// Letters in one file are each what they are alone: page 1 without a number, the
// next ones from 2, every point once, the signature after the last.
func TestLettersInOneFile(t *testing.T) {
	doc := report.Document{Sections: []report.Section{letter(60), letter(1), letter(0), letter(25)}}
	for _, party := range []bool{false, true} {
		doc.Party = party
		pages := laidOut(t, doc, Options{})
		var all []*page
		for _, s := range doc.Sections {
			all = append(all, laidOut(t, report.Document{Party: party, Sections: []report.Section{s}}, Options{})...)
		}
		if len(pages) != len(all) {
			t.Fatalf("%d pages together, %d alone", len(pages), len(all))
		}
		points, entries := 0, 0
		for i, p := range pages {
			if !slices.Equal(linesOf(p), linesOf(all[i])) || p.number != all[i].number {
				t.Errorf("page %d is another one in its own file", i+1)
			}
			if got := len(p.margin.texts) > 0; got != (p.number > 1) {
				t.Errorf("page %d of its letter has a number: %v", p.number, got)
			}
			for _, l := range linesOf(p) {
				if strings.HasPrefix(l, "điểm-") {
					points++
				}
			}
			entries += len(p.entries)
		}
		if points != 86 || entries != 4 {
			t.Errorf("%d points and %d bookmarks, want 86 and 4", points, entries)
		}
	}
}

// What a letter is about stands under its number, within the left column, and the
// date stays on the number's line.
func TestAboutStandsUnderTheNumber(t *testing.T) {
	m := laidOut(t, report.Document{Sections: []report.Section{letter(1)}}, Options{})[0].body
	number, about, date := placedText(t, m, "Số:"), placedText(t, m, "V/v"), placedText(t, m, "Hà Nội, ngày")
	if about.y < number.bottom()-0.01 || date.y != number.y {
		t.Errorf("number at %.1f, about at %.1f, date at %.1f mm", number.y, about.y, date.y)
	}
	if about.font != (font{regular, 12}) {
		t.Errorf("about is set in %+v", about.font)
	}
}

func TestKeywordsAreFoundAgain(t *testing.T) {
	for _, words := range [][]string{{"HN-016"}, {"nhac/2025-06", "HN-016", "ngoặc (a\\b)", "đơn vị ở Ba Vì", "č"}, nil} {
		doc := report.Document{Keywords: words, Sections: []report.Section{letter(1)}}
		data, err := Draw(doc, Options{Created: created})
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range words {
			if !HasKeyword(data, word) {
				t.Errorf("%q of %q is not found", word, words)
			}
		}
		for _, other := range []string{"HN-01", "HN-0161", "2025-06", "TT"} {
			if HasKeyword(data, other) {
				t.Errorf("%q is found among %q", other, words)
			}
		}
	}
	for _, none := range []string{"", "/Keywords (", "/Keywords (\\", "PK\x03\x04"} {
		if HasKeyword([]byte(none), "HN-016") {
			t.Errorf("a keyword in %q", none)
		}
	}
}
