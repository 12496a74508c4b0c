package pdf

import (
	"bytes"
	"encoding/binary"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"tonghop/pipeline/report"
)

// Another program finds every common rune in every face, whatever its code.
func TestCommonRunesAreReadable(t *testing.T) {
	for some := range slices.Chunk([]rune(commonRunes()), 60) {
		text := strings.Join(strings.Fields(string(some)), "")
		doc := document(
			report.Paragraph{Text: text},
			report.Paragraph{Style: report.Strong, Text: text},
			report.Paragraph{Style: report.Emphasis, Text: text},
		)
		doc.Draft = text // bold italic
		out := strings.Join(strings.Fields(read(t, doc, "pdftotext", "-raw", "-enc", "UTF-8", "FILE", "-")), "")
		if want := strings.Repeat(text, 4); out != want {
			t.Errorf("reads %q, want %q", out, want)
		}
	}
}

// A document with more runes than there are codes is set in whole faces and loses
// nothing, its bookmarks and title included.
func TestMoreRunesThanCodes(t *testing.T) {
	all := strings.Join(strings.Fields(commonRunes()), "")
	doc := document(report.Heading{Level: 1, Text: "Ứng Hòa"}, report.Paragraph{Text: all})
	doc.Title = "Báo cáo tháng 6"
	if out := strings.Join(strings.Fields(read(t, doc, "pdftotext", "-raw", "-enc", "UTF-8", "FILE", "-")), ""); out != "ỨngHòa"+all {
		t.Errorf("reads %q, want %q", out, all)
	}
	if out := read(t, doc, "pdfinfo", "FILE"); !strings.Contains(out, doc.Title) {
		t.Errorf("the title is not %q: %s", doc.Title, out)
	}
}

// A bookmark is what its heading says, whichever way the faces are loaded.
func TestBookmarksSayTheirHeadings(t *testing.T) {
	for _, text := range []string{"Chỉ tiêu (6/2025)", "Ж"} {
		content, err := Draw(document(report.Heading{Level: 1, Text: "Ứng Hòa"}, report.Paragraph{Text: text}), Options{Created: created})
		if err != nil {
			t.Fatal(err)
		}
		want, err := binary.Append([]byte("/Title (\xFE\xFF"), binary.BigEndian, utf16.Encode([]rune("Ứng Hòa")))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(content, append(want, ')')) {
			t.Errorf("beside %q the bookmark is another", text)
		}
	}
}

// A document holds the faces that it uses and no others, and each once.
func TestFacesInADocument(t *testing.T) {
	for want, doc := range map[int]report.Document{
		1: document(report.Paragraph{Text: narrative}),
		2: document(report.Paragraph{Text: narrative}, report.Paragraph{Style: report.Strong, Text: "Đậm"}),
		4: sample(),
	} {
		content, err := Draw(doc, Options{Created: created})
		if err != nil {
			t.Fatal(err)
		}
		if n := bytes.Count(content, []byte("/FontFile2 ")); n != want || bytes.Count(content, []byte("/Length1 ")) != want {
			t.Errorf("%d faces, want %d", n, want)
		}
	}
}

// Lines of running text end at the margin, in faces of either kind.
func TestStretchedLinesEndAtTheMargin(t *testing.T) {
	word := regexp.MustCompile(`<word xMin="[\d.]+" yMin="([\d.]+)" xMax="([\d.]+)"`)
	for _, rare := range []string{"", " Ж"} {
		doc := document(report.Paragraph{Text: narrative + rare})
		out := read(t, doc, "pdftotext", "-bbox", "FILE", "-")
		ends := map[string]float64{} // of each line, in points
		var lines []string
		for _, w := range word.FindAllStringSubmatch(out, -1) {
			end, err := strconv.ParseFloat(w[2], 64)
			if err != nil {
				t.Fatal(err)
			}
			if _, known := ends[w[1]]; !known {
				lines = append(lines, w[1])
			}
			ends[w[1]] = max(ends[w[1]], end)
		}
		if len(lines) < 10 {
			t.Fatalf("%d lines in %.500s", len(lines), out)
		}
		const margin = (210 - 15) / mmPerPoint
		for _, l := range lines[:len(lines)-1] {
			if d := ends[l] - margin; d > 0.2 || d < -0.2 {
				t.Errorf("with %q the line at %s ends %.2f points from the margin", rare, l, d)
			}
		}
	}
}

// What was never measured has no place, and is no blank either.
func TestARuneWithoutACode(t *testing.T) {
	var c coding
	c.add('ắ')
	if got, err := c.of("b(ắ\\"); err != nil || got != "b(\x80\\" {
		t.Errorf("%q, %v", got, err)
	}
	if got, err := c.of("ắ ứ"); err == nil || !strings.Contains(err.Error(), "'ứ'") || got != "" {
		t.Errorf("%q, %v", got, err)
	}
	for i := range mostCodes - 1 {
		if !c.add(rune(0x4E00 + i)) {
			t.Fatalf("no code for rune %d", i+2)
		}
	}
	if c.add('ứ') || !c.add('ắ') || !c.add('z') {
		t.Error("codes are not counted")
	}
}
