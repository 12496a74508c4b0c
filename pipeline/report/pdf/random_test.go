package pdf

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"tonghop/pipeline/figure"
	"tonghop/pipeline/report"
)

// Whatever a report consists of, nothing leaves its page or lies on another
// thing, and no page is blank.
func TestAnyDocumentStandsOnItsPages(t *testing.T) {
	for seed := range uint64(150) {
		r := author{rand.New(rand.NewPCG(seed, 5))}
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			laidOut(t, r.document(), Options{Paper: []string{"A4", "A3"}[r.IntN(2)]})
		})
	}
}

// author writes reports at random.
type author struct{ *rand.Rand }

func (r author) document() report.Document {
	doc := report.Document{Draft: r.text(6), Provenance: r.text(20), Party: r.IntN(2) == 0}
	for s := range 1 + r.IntN(4) {
		section := report.Section{Landscape: r.IntN(3) == 0, Blocks: []report.Block{report.Paragraph{Text: "Lời."}}}
		if s > 0 {
			section.Annex = "Phụ lục " + r.text(3)
		}
		for range r.IntN(8) {
			section.Blocks = append(section.Blocks, r.block())
		}
		doc.Sections = append(doc.Sections, section)
	}
	return doc
}

func (r author) block() report.Block {
	switch r.IntN(12) {
	case 0:
		return report.Contents{Title: r.text(2)}
	case 1:
		return report.Heading{Level: r.IntN(4), Text: r.text(15)}
	case 2:
		return report.AnnexTitle{Label: r.text(2), Title: r.text(10), Note: r.text(8)}
	case 3:
		return report.Paragraph{Style: report.Style(r.IntN(6)), Text: r.text(200)}
	case 4, 5:
		return r.strip()
	case 6, 7:
		return r.bars()
	case 8, 9:
		return r.trend()
	case 10:
		return report.Signatures{Recipients: r.texts(6), Block: r.texts(3), Note: r.text(2), Name: r.text(5)}
	}
	t := targetTable(r.texts(12))
	for i := range t.Rows {
		t.Rows[i].Cells[r.IntN(6)].Mark = report.Mark(r.IntN(6))
	}
	return t
}

func (r author) strip() report.Strip {
	var s report.Strip
	for range r.IntN(13) {
		s.Cells = append(s.Cells, report.StripCell{Label: r.text(16), Value: r.printed(), Note: r.text(5), Mark: report.Mark(r.IntN(6)), Verdict: r.text(5)})
	}
	return s
}

func (r author) bars() report.Bars {
	b := report.Bars{Legend: r.legend()}
	for range r.IntN(15) {
		b.Items = append(b.Items, report.Bar{Label: r.text(16), Value: r.printed(), Percent: r.printed(), Attained: r.figure(), Pace: r.figure(), Provisional: r.IntN(2) == 0, Word: r.text(6)})
	}
	return b
}

func (r author) trend() report.Trend {
	t := report.Trend{Legend: r.legend()}
	for range r.IntN(7) {
		c := report.Chart{Title: r.text(12), Note: r.text(3), Line: r.IntN(2) == 0, Target: r.figure(), TargetText: r.printed()}
		for i := range []int{0, 1, 2, 12, 12, 12, 30}[r.IntN(7)] {
			c.Points = append(c.Points, report.Point{Label: []string{fmt.Sprint(i%12 + 1), r.text(1)}[r.IntN(2)], Value: r.figure(), Text: r.printed(), Provisional: r.IntN(3) == 0})
		}
		t.Charts = append(t.Charts, c)
	}
	return t
}

func (r author) legend() report.Legend {
	return report.Legend{Target: r.text(4), Pace: r.text(4), Provisional: r.text(20), Unknown: r.text(4)}
}

// figure is often none, zero, negative or far beyond the others.
func (r author) figure() figure.Figure {
	switch r.IntN(7) {
	case 0:
		return figure.Without([]figure.State{figure.Blank, figure.None, figure.NotApplicable, figure.NotAvailable, figure.Refused}[r.IntN(5)])
	case 1:
		return known(fmt.Sprint(-r.IntN(2000)))
	case 2:
		return known([]string{"0", "100", "0.000001", "123456789012345678901234567890", "-9999999999999999999"}[r.IntN(5)])
	}
	return known(fmt.Sprintf("%d.%d", r.IntN(150), r.IntN(10)))
}

// printed is a figure as printed or something that is none.
func (r author) printed() string {
	if r.IntN(8) == 0 {
		return r.text(3)
	}
	return []string{"", "…", "-", "7", "1.234", "94,25%", "1.234.567/15.000.000", "x"}[r.IntN(8)]
}

func (r author) texts(most int) []string {
	list := make([]string, r.IntN(most+1))
	for i := range list {
		list[i] = r.text(12)
	}
	return list
}

// text is up to so many words, ordinary and not.
func (r author) text(most int) string {
	words := []string{"Hội", "phụ", "nữ", "Ứng", "Hòa", "nghề", "nghiệp", "khởi", "35.000", "(tạm", "tính)", "2025", "người;", "ĐẶNG", "Nghiêng"}
	odd := []string{longWord[:60], "👍🏽", norm.NFD.String("Ứng Hòa"), "a\x00b\x1b", "\xff", "\n", "中文", "\u202e", "Ỗ\u0323\u0301"}
	var b strings.Builder
	for range r.IntN(most + 1) {
		if word := r.IntN(30); word == 0 {
			b.WriteString(odd[r.IntN(len(odd))])
		} else {
			b.WriteString(words[word%len(words)])
		}
		b.WriteByte(' ')
	}
	return b.String()
}
