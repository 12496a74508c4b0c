package form_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"tonghop/pipeline/form"
	"tonghop/pipeline/narrative"
	"tonghop/pipeline/period"
	"tonghop/pipeline/workbook"
)

// The workbook of the office's text has a row for each section, for each
// headline indicator, and for each text that waits for consent, quoted.
func TestNarrative(t *testing.T) {
	cat := shipped(t)
	said := "gọi chị Hoa\n0912 345 678"
	in := form.NarrativeInput{
		Catalogue: cat, Title: "tháng 6/2025", Units: cat.Units, Created: time.Date(2025, 5, 15, 0, 0, 0, 0, time.UTC),
		Period:  period.SpanOf(period.Monthly, period.Month{Year: 2025, Number: 6}, period.Month{}),
		Waiting: []narrative.Written{{Part: narrative.Approve, About: "CT02", Unit: "HN-001", Paragraphs: strings.Split(said, "\n")}},
	}
	data, err := form.Narrative(in)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := form.Narrative(in); err != nil || !bytes.Equal(data, again) {
		t.Errorf("made twice it differs, %v", err)
	}
	book, err := workbook.Open(data, workbook.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	sheet := book.Sheet(form.SheetNarrative)
	parts := map[string]int{}
	var about []string
	quoted := false
	for _, c := range sheet.Cells {
		switch {
		case c.Ref.Row <= 3:
		case c.Ref.Col == 1:
			parts[c.Raw]++
		case c.Ref.Col == 2:
			about = append(about, c.Raw)
		case c.Ref.Col == 4:
			quoted = quoted || c.Raw == said
		case c.Ref.Col == 5:
			t.Errorf("%s holds %q: nothing is agreed to beforehand", c.Ref, c.Raw)
		}
	}
	for _, p := range narrative.Parts {
		if parts[p.Vietnamese()] == 0 {
			t.Errorf("there is no row for %q", p.Vietnamese())
		}
	}
	if headline := parts[narrative.Cause.Vietnamese()]; headline != 10 || parts[narrative.Remedy.Vietnamese()] != headline {
		t.Errorf("%d causes, %d remedies", headline, parts[narrative.Remedy.Vietnamese()])
	}
	if !quoted || about[len(about)-1] != "CT02" {
		t.Errorf("what waits is not quoted; about %q", about)
	}
}
