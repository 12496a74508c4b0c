package pdf

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"tonghop/pipeline/figure"
	"tonghop/pipeline/report"
)

// onePage lays out one block on one page and returns what is drawn there.
func onePage(t *testing.T, block report.Block) marks {
	t.Helper()
	pages := laidOut(t, document(block), Options{})
	if len(pages) != 1 {
		t.Fatalf("%d pages, want 1", len(pages))
	}
	return pages[0].body
}

func TestNothingToShowTakesNoRoom(t *testing.T) {
	for _, block := range []report.Block{report.Strip{}, report.Bars{Legend: chartLegend}, report.Trend{Legend: chartLegend}, report.Contents{Title: "MỤC LỤC"}, report.AnnexTitle{}} {
		m := onePage(t, report.Paragraph{Text: "Lời."})
		if got := laidOut(t, document(report.Paragraph{Text: "Lời."}, block), Options{})[0].body; len(boxes(got)) != len(boxes(m)) {
			t.Errorf("%T draws %+v", block, got)
		}
	}
}

// Rows are as few as hold the cells, and none is shorter than the one before by
// more than the rest.
func TestStripOfAnyNumber(t *testing.T) {
	for n, want := range map[int][]int{1: {1}, 2: {2}, 3: {3}, 5: {5}, 6: {3, 3}, 7: {4, 3}, 10: {5, 5}, 12: {4, 4, 4}, 31: {5, 5, 5, 5, 5, 5, 1}} {
		m := marks{}
		for _, p := range laidOut(t, document(indicatorStrip(n)), Options{}) {
			m.add(p.body, 0, 1000*float64(len(m.shades)))
		}
		rows := map[float64]int{}
		var order []float64
		for _, s := range m.shades { // one under each verdict
			if rows[s.y]++; rows[s.y] == 1 {
				order = append(order, s.y)
			}
		}
		var got []int
		for _, y := range order {
			got = append(got, rows[y])
		}
		if n < 31 && !slices.Equal(got, want) {
			t.Errorf("%d cells stand in rows of %v, want %v", n, got, want)
		}
		if len(m.shapes) != n {
			t.Errorf("%d cells have %d marks", n, len(m.shapes))
		}
	}
}

// A cell is read from its label to its verdict before the next.
func TestStripReadsCellByCell(t *testing.T) {
	s := report.Strip{}
	var want []string
	for i := range 6 {
		c := report.StripCell{Label: fmt.Sprint("tên ", i), Value: fmt.Sprint(i), Note: fmt.Sprint("chú ", i), Mark: report.MarkMet, Verdict: fmt.Sprint("đạt ", i)}
		s.Cells = append(s.Cells, c)
		want = append(want, c.Label, c.Value, c.Note, c.Verdict)
	}
	var got []string
	for _, text := range onePage(t, s).texts {
		got = append(got, string(text.line))
	}
	if !slices.Equal(got, want) {
		t.Errorf("read %q, want %q", got, want)
	}
}

// Marks differ in outline or filling, not in shade.
func TestMarksDiffer(t *testing.T) {
	seen := map[string]report.Mark{}
	for mark := report.MarkMet; mark <= report.MarkOpen; mark++ {
		var m marks
		m.verdict(mark, font{bold, 10}, 20, 0)
		if len(m.shapes) != 1 {
			t.Fatalf("mark %d has %d shapes", mark, len(m.shapes))
		}
		s := m.shapes[0]
		key := fmt.Sprint(s.points, s.filled)
		if other, twice := seen[key]; twice {
			t.Errorf("marks %d and %d look the same", mark, other)
		}
		seen[key] = mark
		if s.filled && s.grey != 0 {
			t.Errorf("mark %d is grey", mark)
		}
	}
	var none marks
	if none.verdict(report.NoMark, font{bold, 10}, 20, 0); len(none.shapes) != 0 {
		t.Error("no mark is drawn")
	}
}

// barsOf returns the grey or outlined rectangles of a row.
func barsOf(m marks) []shape {
	height := barShare * font{size: densities[0].bar}.line()
	return slices.DeleteFunc(slices.Clone(m.shapes), func(s shape) bool { return s.h != height || len(s.points) != 4 || s.w < 0.01 })
}

func TestBarsAreAsLongAsTheirShare(t *testing.T) {
	draw := func(attained figure.Figure) (b []shape, target float64) {
		m := onePage(t, report.Bars{Items: []report.Bar{{Label: "x", Value: "1", Percent: "1%", Attained: attained, Word: "chưa có"}}})
		for _, r := range m.rules {
			if r.thickness == targetLine {
				target = r.x
			}
		}
		return barsOf(m), target
	}
	whole, target := draw(known("100"))
	if math.Abs(whole[0].right()-target) > 0.001 {
		t.Errorf("a bar of 100%% ends at %.2f mm, the target is at %.2f", whole[0].right(), target)
	}
	for _, percent := range []string{"0.5", "47.466667", "99.9", "100.1", "119"} {
		b, at := draw(known(percent))
		share, _ := position(known(percent))
		if want := whole[0].w * share / 100; len(b) != 1 || at != target || math.Abs(b[0].w-want) > 0.001 {
			t.Errorf("%s%%: %+v, want one bar of %.2f mm", percent, b, want)
		}
	}
	for _, f := range []figure.Figure{known("0"), known("-0.1"), known("-1000000000000000000000000000000"), unknown, figure.Without(figure.NotApplicable)} {
		b, at := draw(f)
		if len(b) != 0 {
			t.Errorf("%s: drawn %+v", f, b)
		}
		n, ok := f.Number()
		if drawn := ok && n.Sign() >= 0; drawn != (at > 0) {
			t.Errorf("%s: a target mark at %.1f", f, at)
		}
	}
}

func TestBarsBeyondTheScaleAreBroken(t *testing.T) {
	for _, percent := range []string{"120.1", "8000", strings.Repeat("9", 400)} {
		m := onePage(t, report.Bars{Items: []report.Bar{{Label: "x", Attained: known(percent)}, {Label: "y", Attained: known("120")}}})
		toothed := 0
		for _, s := range m.shapes {
			if len(s.points) == 6 {
				toothed++
			}
		}
		if toothed != 2 {
			t.Errorf("%.9s%%: %d edges with teeth, want 2 at the broken bar and none at the other", percent, toothed)
		}
	}
}

func TestWordInPlaceOfABar(t *testing.T) {
	b := report.Bars{Items: []report.Bar{{Label: "a", Attained: unknown, Word: "chưa đủ số liệu"}, {Label: "b", Attained: known("-3"), Word: "giảm"}, {Label: "c", Attained: known("3"), Word: "không in"}}}
	got := fmt.Sprint(onePage(t, b).texts)
	if !strings.Contains(got, "chưa đủ số liệu") || !strings.Contains(got, "giảm") || strings.Contains(got, "không in") {
		t.Errorf("texts are %s", got)
	}
}

func TestBarsRepeatTheirLegend(t *testing.T) {
	pages := laidOut(t, document(attainmentBars(90)), Options{})
	if len(pages) < 2 {
		t.Fatal("all on one page")
	}
	for i, p := range pages {
		if lines := linesOf(p); lines[0] != chartLegend.Target {
			t.Errorf("page %d begins with %q", i+1, lines[0])
		}
	}
}

// chart draws one chart of 12 months.
func chart(t *testing.T, c report.Chart) marks {
	t.Helper()
	return onePage(t, report.Trend{Charts: []report.Chart{c}})
}

// filled are the columns of known, final months.
func filled(m marks) []shape {
	return slices.DeleteFunc(slices.Clone(m.shapes), func(s shape) bool { return !s.filled || s.grey != barGrey })
}

func TestGapsAreNotZero(t *testing.T) {
	m := chart(t, report.Chart{Points: months(0, "10", "", "0", "20")})
	if got := len(filled(m)); got != 3 {
		t.Errorf("%d columns, want 3: zero is a stump, a gap is none", got)
	}
	if len(m.shades) != 1 {
		t.Fatalf("%d shaded gaps, want 1", len(m.shades))
	}
	for _, column := range filled(m) {
		if crosses(column.box, m.shades[0].box, 0.01) {
			t.Errorf("the column %+v stands in the gap %+v", column.box, m.shades[0].box)
		}
		if column.h < leastStump-0.001 {
			t.Errorf("a column %.2f mm high is not seen", column.h)
		}
	}

	line := chart(t, report.Chart{Line: true, Points: months(0, "10", "12", "", "11", "9", "", "5")})
	segments, dots := 0, 0
	for _, s := range line.shapes {
		switch {
		case s.line:
			segments++
		case s.points == nil:
			dots++
		}
		for _, gap := range line.shades {
			if crosses(s.box, gap.box, 0.01) {
				t.Errorf("a shape at %+v runs into the gap %+v", s.box, gap.box)
			}
		}
	}
	if segments != 2 || dots != 5 || len(line.shades) != 2 {
		t.Errorf("%d segments, %d dots, %d gaps, want 2, 5, 2", segments, dots, len(line.shades))
	}
}

func TestColumnsAreAsHighAsTheirFigures(t *testing.T) {
	columns := filled(chart(t, report.Chart{Points: months(0, "100", "25", "-50")}))
	axis := columns[0].bottom()
	for i, share := range []float64{1, 0.25, -0.5} {
		c := columns[i]
		if want := math.Abs(share) * columns[0].h; math.Abs(c.h-want) > 0.001 {
			t.Errorf("column %d is %.2f mm high, want %.2f", i, c.h, want)
		}
		if share < 0 && math.Abs(c.y-axis) > 0.001 || share > 0 && math.Abs(c.bottom()-axis) > 0.001 {
			t.Errorf("column %d %+v does not stand on the axis at %.2f", i, c.box, axis)
		}
	}
}

func TestProvisionalMonthsAreHatched(t *testing.T) {
	m := chart(t, report.Chart{Points: months(1, "10", "20", "30")})
	hatches := 0
	for _, s := range m.shapes {
		if s.line && s.outline == thin {
			hatches++
		}
	}
	if len(filled(m)) != 2 || hatches < 5 {
		t.Errorf("%d filled columns and %d hatching lines", len(filled(m)), hatches)
	}
	hollow := 0
	for _, s := range chart(t, report.Chart{Line: true, Points: months(1, "10", "20", "30")}).shapes {
		if s.points == nil && s.grey == 255 {
			hollow++
		}
	}
	if hollow != 1 {
		t.Errorf("%d hollow dots, want 1", hollow)
	}
}

func TestHatchingStaysInItsBox(t *testing.T) {
	for _, b := range []box{{3, 4, 2, 19}, {3, 4, 40, 3}, {3, 4, 0.1, 0.1}, {3, 4, 5, 5}} {
		for _, s := range hatching(b) {
			if !s.within(b) {
				t.Errorf("%+v leaves %+v", s.box, b)
			}
		}
	}
}

func TestChartPrintsItsEnds(t *testing.T) {
	c := report.Chart{Points: months(0, "", "12", "80", "7", "15", ""), Target: known("60"), TargetText: "60"}
	got := linesOf(&page{body: chart(t, c)})
	for _, want := range []string{"80", "7", "60", "12", "15"} { // most, least, target; first, last
		at := slices.Index(got, want)
		if at < 0 {
			t.Fatalf("%q is not printed in what is left of it; texts are %q", want, linesOf(&page{body: chart(t, c)}))
		}
	}
	same := linesOf(&page{body: chart(t, report.Chart{Points: months(0, "5", "5", "5")})})
	if n := len(slices.DeleteFunc(same, func(s string) bool { return s != "5" })); n != 3 {
		t.Errorf("a level row prints its figure %d times, want at the side, first and last", n)
	}
}

func TestMonthsAreNamedAtEvenSteps(t *testing.T) {
	for _, n := range []int{1, 2, 5, 12, 24, 60} {
		var c report.Chart
		for i := range n {
			c.Points = append(c.Points, report.Point{Label: fmt.Sprintf("T%d", i+1), Value: known("1"), Text: "1"})
		}
		names := slices.DeleteFunc(linesOf(&page{body: onePage(t, report.Trend{Charts: []report.Chart{c, c, c}})}), func(s string) bool { return !strings.HasPrefix(s, "T") })
		names = names[:len(names)/3]
		if names[0] != "T1" || names[len(names)-1] != fmt.Sprintf("T%d", n) {
			t.Errorf("%d months: %q", n, names)
		}
	}
}

func TestMarksInTables(t *testing.T) {
	m := onePage(t, markedTable())
	if len(m.shapes) != 5 {
		t.Fatalf("%d marks, want 5", len(m.shapes))
	}
	for i, s := range m.shapes {
		word := m.texts[slices.IndexFunc(m.texts, func(x text) bool { return x.x > s.x && x.y < s.y && x.bottom() > s.bottom() && x.x-s.x < 5 })]
		if want := indicatorStrip(5).Cells[i].Verdict; !strings.HasPrefix(want, string(word.line)) {
			t.Errorf("mark %d stands before %q, want %q", i, word.line, want)
		}
	}
}
