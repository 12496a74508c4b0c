package pdf

import (
	"cmp"
	"slices"
	"sync"
	"testing"

	"tonghop/pipeline/report"
)

// laidOut lays a document out as Draw does and holds every page to what a
// reader can rely on.
func laidOut(t *testing.T, doc report.Document, o Options) []*page {
	t.Helper()
	o.Created = created
	pages, err := layOut(doc, o, measure())
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range pages {
		checkPage(t, i+1, p)
	}
	return pages
}

// measure is one ruler for all tests: widths do not change.
var measure = sync.OnceValue(func() *ruler { return &ruler{press: newPress()} })

// checkPage does not use check, which Draw relies on.
func checkPage(t *testing.T, number int, p *page) {
	t.Helper()
	const tolerance = 0.01
	if len(boxes(p.body)) == 0 {
		t.Errorf("page %d is blank", number)
	}
	for _, b := range boxes(p.body) {
		if b.x < p.text.x-tolerance || b.y < p.text.y-tolerance || b.x+b.w > p.text.x+p.text.w+tolerance || b.y+b.h > p.text.y+p.text.h+tolerance {
			t.Errorf("page %d: %+v is outside the text area %+v", number, b, p.text)
		}
	}
	for _, b := range boxes(p.margin) {
		if b.x < 7-tolerance || b.y < 7-tolerance || b.x+b.w > p.paper.w-7+tolerance || b.y+b.h > p.paper.h-7+tolerance {
			t.Errorf("page %d: %+v is at the edge of the paper", number, b)
		}
	}

	texts := slices.Concat(p.body.texts, p.margin.texts)
	slices.SortFunc(texts, func(a, b text) int { return cmp.Compare(a.y, b.y) })
	for i, a := range texts {
		for _, b := range texts[i+1:] {
			if b.y >= a.bottom()-tolerance {
				break
			}
			if a.x < b.right()-tolerance && b.x < a.right()-tolerance {
				t.Errorf("page %d: %q at %+v overlaps %q at %+v", number, a.line, a.box, b.line, b.box)
			}
		}
	}
	for _, a := range texts {
		for _, r := range p.body.rules {
			if crosses(r.box, a.box, tolerance) {
				t.Errorf("page %d: a rule at %+v runs through %q at %+v", number, r.box, a.line, a.box)
			}
		}
		for _, s := range p.body.shapes {
			if crosses(s.box, a.box, tolerance) {
				t.Errorf("page %d: a shape at %+v lies on %q at %+v", number, s.box, a.line, a.box)
			}
		}
	}
}

// crosses tells whether two boxes share a place within both.
func crosses(a, b box, tolerance float64) bool {
	return a.x < b.right()-tolerance && b.x < a.right()-tolerance && a.y < b.bottom()-tolerance && b.y < a.bottom()-tolerance
}

func boxes(m marks) []box {
	var list []box
	for _, t := range m.texts {
		list = append(list, t.box)
	}
	for _, r := range m.rules {
		list = append(list, r.box)
	}
	for _, s := range m.shapes {
		list = append(list, s.box)
	}
	for _, s := range m.shades {
		list = append(list, s.box)
	}
	return list
}

// lines of a page's text area as they are read.
func linesOf(p *page) []string {
	var list []string
	for _, t := range p.body.texts {
		list = append(list, string(t.line))
	}
	return list
}
