package feedback_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"tonghop/pipeline/feedback"
	"tonghop/pipeline/period"
	"tonghop/pipeline/report"
	"tonghop/pipeline/wording"
	"tonghop/templates"
)

// pageText is a receipt's page as text: a line a block or row, cells parted by bars.
func pageText(t testing.TB, d report.Document) string {
	t.Helper()
	lines := []string{"title " + d.Title, "author " + d.Author}
	row := func(cells []report.Cell) {
		texts := make([]string, len(cells))
		for i, c := range cells {
			if texts[i] = c.Text; c.Strong {
				texts[i] = "*" + c.Text + "*"
			}
		}
		lines = append(lines, "| "+strings.Join(texts, " | "))
	}
	for _, b := range d.Sections[0].Blocks {
		switch b := b.(type) {
		case report.Letterhead:
			lines = append(lines, fmt.Sprintf("head %q %q %q %q", b.Left, b.Right, b.Number, b.PlaceDate))
		case report.Title:
			lines = append(lines, fmt.Sprintf("title %q", b.Lines))
		case report.Paragraph:
			lines = append(lines, "text "+b.Text)
		case report.Table:
			for _, head := range b.Head {
				row(head)
			}
			for _, r := range b.Rows {
				row(r.Cells)
			}
		default:
			t.Fatalf("a block of kind %T on a receipt", b)
		}
	}
	return strings.Join(lines, "\n") + "\n"
}

// The page in both languages, the one of a file of which nothing is known, and the
// one without a point.
func TestPage(t *testing.T) {
	book, err := wording.Load(templates.FS)
	if err != nil {
		t.Fatal(err)
	}
	office := report.Office{Superior: "HỘI LIÊN HIỆP PHỤ NỮ HÀ NỘI", Issuer: "BAN THƯỜNG VỤ", Symbol: "BC-BTV", Place: "Hà Nội"}
	var all strings.Builder
	for _, l := range wording.Languages {
		head := report.Head(office, book.In(l))
		known := input(t)
		known.Phrases = book.In(l)
		unknown := known
		unknown.UnitID, unknown.Unit, unknown.Used, unknown.Contact = "", "", feedback.Used{}, ""
		unknown.Standing = feedback.Unused
		unknown.Period, unknown.Deadline, unknown.ReceivedAt = period.Month{}, time.Time{}, time.Time{}
		late := known
		late.OnTime = false
		fine := known
		fine.Findings, fine.Sample = nil, true
		replaced := known
		replaced.Standing, replaced.Used = feedback.Replaced, feedback.Used{File: "2025-06/ba-dinh-2.xlsx", Version: 2}
		overwritten := fine
		overwritten.Standing, overwritten.Used = feedback.Unused, feedback.Used{File: fine.File, Version: 2}
		for _, in := range []feedback.Input{known, unknown, late, fine, replaced, overwritten} {
			all.WriteString(pageText(t, feedback.Compose(in).Page(head)) + "\n")
		}
	}
	got := all.String()
	if strings.ContainsAny(got, "⟦⟧") {
		t.Error("a phrase or a fact is missing")
	}
	const path = "testdata/page.txt"
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the page has changed; look at it, then run with -update\n%s", got)
	}
}
