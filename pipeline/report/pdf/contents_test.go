package pdf

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tonghop/pipeline/report"
)

// chapters is a main text of n headings, each on a page of its own, with a list
// of contents on the first page.
func chapters(n int) report.Document {
	doc := document(report.Contents{Title: "MỤC LỤC"}, report.Heading{Level: 1, Text: "Chương 1"}, report.Heading{Level: 3, Text: "Không kê"})
	for i := 2; i <= n; i++ {
		level := 1 + i%2
		doc.Sections = append(doc.Sections, report.Section{Blocks: []report.Block{report.Heading{Level: level, Text: fmt.Sprint("Chương ", i)}}})
	}
	return doc
}

// contentsOf is the words of the list of contents and of what follows it.
func contentsOf(pages []*page) string {
	var words []string
	for _, p := range pages {
		words = append(words, linesOf(p)...)
	}
	_, list, _ := strings.Cut(strings.Join(words, " "), "MỤC LỤC ")
	return list
}

// listOf is what the list of contents must say of these pages.
func listOf(pages []*page) string {
	var b strings.Builder
	for _, p := range pages {
		for _, e := range p.entries {
			if !e.listed {
				continue
			}
			fmt.Fprintf(&b, "%s ", e.text)
			if p.annex == "" || p.number > 1 {
				fmt.Fprintf(&b, "%d ", p.number)
			}
		}
	}
	return b.String()
}

func isNumber(s string) bool {
	_, err := strconv.Atoi(s)
	return err == nil
}

func TestContentsOfLongReportsOnly(t *testing.T) {
	for n, want := range map[int]bool{1: false, 6: false, 7: true, 20: true} {
		pages := laidOut(t, chapters(n), Options{})
		if got := slices.Contains(linesOf(pages[0]), "MỤC LỤC"); got != want {
			t.Errorf("%d pages: contents drawn: %v", n, got)
		}
		if len(pages) != n {
			t.Errorf("%d chapters are %d pages", n, len(pages))
		}
	}
}

// Whatever room the list takes, its numbers are those that the pages bear.
func TestContentsNumbersAreThePages(t *testing.T) {
	for _, n := range []int{7, 30, 200} {
		doc := chapters(n)
		for i := range doc.Sections {
			if i > n/2 {
				doc.Sections[i].Annex = fmt.Sprint("Phụ lục ", i/3)
			}
		}
		pages := laidOut(t, doc, Options{})
		got, want := contentsOf(pages), listOf(pages)
		if !strings.HasPrefix(got, want) || strings.Count(want, "Chương") != n {
			t.Errorf("%d headings: the list is\n%.300q, want\n%.300q", n, got, want)
		}
		if strings.Contains(want, "Không kê") {
			t.Error("a heading of level 3 is listed")
		}
		if n == 200 && len(pages) < n+3 {
			t.Errorf("%d pages: the list takes none", len(pages))
		}
	}
}

// Links lead to the headings' places in the file, whatever the papers' heights.
func TestContentsLinksLeadToHeadings(t *testing.T) {
	content, err := Draw(gallery(), Options{Created: created, Paper: "A3"})
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for i, p := range laidOut(t, gallery(), Options{Paper: "A3"}) {
		for _, e := range p.entries {
			if e.listed {
				want = append(want, fmt.Sprintf("/Border [0 0 0] /Dest [%d 0 R /XYZ 0 %.2f null]", 3+2*i, (p.paper.h-e.y)/mmPerPoint))
			}
		}
	}
	got := regexp.MustCompile(`/Border \[0 0 0\] /Dest \[\d+ 0 R /XYZ 0 [\d.]+ null\]`).FindAllString(string(content), -1)
	if len(got) < 8 || !slices.Equal(got, want) {
		t.Errorf("links go to\n%q, want\n%q", got, want)
	}
}

// The main text numbers its pages from the second on; each appendix its own.
func TestEachAppendixNumbersItsPages(t *testing.T) {
	long := report.Paragraph{Text: strings.Repeat(narrative, 2)}
	doc := document(long)
	for _, annex := range []string{"Phụ lục I", "Phụ lục II", "Phụ lục II", "Phụ lục III"} {
		doc.Sections = append(doc.Sections, report.Section{Annex: annex, Landscape: annex == "Phụ lục III", Blocks: []report.Block{long}})
	}
	doc.Draft = "DỰ THẢO"
	var got []string
	for i, p := range laidOut(t, doc, Options{}) {
		line := []string{}
		for _, s := range p.margin.texts {
			line = append(line, string(s.line))
			if isNumber(string(s.line)) {
				if middle := s.x + s.w/2; middle-p.text.x-p.text.w/2 > 0.01 || s.bottom() > p.text.y || s.font.size < 13 {
					t.Errorf("page %d: the number stands at %+v", i+1, s)
				}
			}
		}
		got = append(got, strings.Join(line, " · "))
	}
	want := []string{
		"DỰ THẢO", "DỰ THẢO · 2",
		"DỰ THẢO", "DỰ THẢO · Phụ lục I · 2",
		"DỰ THẢO", "DỰ THẢO · Phụ lục II · 2", "DỰ THẢO · Phụ lục II · 3", "DỰ THẢO · Phụ lục II · 4",
		"DỰ THẢO", "DỰ THẢO · Phụ lục III · 2",
	}
	if !slices.Equal(got, want) {
		t.Errorf("margins bear\n%q, want\n%q", got, want)
	}
}
