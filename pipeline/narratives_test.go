package pipeline_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tonghop/pipeline"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/form"
	"tonghop/pipeline/ledger"
	"tonghop/pipeline/narrative"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/table"
	"tonghop/pipeline/workbook/write"
)

// says writes the office's text of a period.
func (o office) says(span string, rows ...[]string) {
	o.t.Helper()
	data := table.Table{Rows: append([][]string{narrative.Headers}, rows...)}.CSV()
	o.write(filepath.Join(o.Inputs, pipeline.OfficeFolder, span, "loi-van.csv"), data)
}

// told lists the findings about texts: code, unit, cell.
func told(out pipeline.Outcome) []string {
	var all []string
	for _, f := range out.Findings {
		if strings.HasPrefix(string(f.Code), "narrative-") {
			all = append(all, strings.TrimSpace(string(f.Code)+" "+f.Unit+" "+f.Indicator+" "+f.Args["why"]))
		}
	}
	return all
}

// published is everything that a reader may find in a period's files, but for
// the PDF, whose text is compressed.
func (o office) published() string {
	o.t.Helper()
	var all strings.Builder
	for _, name := range []string{"figures.json", "figures.csv", "findings.csv", "manifest.json", "summary.xlsx"} {
		data, err := os.ReadFile(filepath.Join(o.Outputs, june.String(), name))
		if err != nil {
			o.t.Fatal(err)
		}
		if !strings.HasSuffix(name, ".xlsx") {
			all.Write(data)
			continue
		}
		archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			o.t.Fatal(err)
		}
		for _, part := range archive.File {
			r, err := part.Open()
			if err != nil {
				o.t.Fatal(err)
			}
			if _, err := io.Copy(&all, r); err != nil {
				o.t.Fatal(err)
			}
		}
	}
	return all.String()
}

// Whatever a unit writes of persons, and wherever, is in no published file; the
// office is told where it stands, and may agree to a text.
func TestPersonalTextsAreNotPublished(t *testing.T) {
	o := newOffice(t)
	o.sendWith("2025-06/a.xlsx", "HN-001", june, 41, func(f *form.Filled) {
		f.Remarks = []submission.Remark{{Programme: "CT02", Kind: submission.Difficulties, Text: "Gọi chị Hoa 0912 345 678"}}
		f.Answers["CT07_GP1_ND"] = form.Answer{Content: form.Text("Chị Mai, 09.1234.5671, phụ trách")}
		f.Answers["CT03_HO"] = form.Answer{Content: form.Text("12 (chị Lan 0912345672)")}
		f.Answers["CT02_LD"] = form.Answer{Content: form.Text("chưa rõ, hỏi +84 912 345 673"), Note: "CCCD 001 085 012344"}
		f.Answers["CT01_VU"] = form.Answer{Content: form.Text("5 vụ (bé Dương Thị D)"), Note: "cháu A ở phường B"}
		f.Answers["CT01_CSV"] = form.Answer{Content: form.Text("1 (bé An bị hại)")}
	})
	secrets := []string{"345 678", "1234.5671", "0912345672", "345 673", "012344", "cháu A", "Dương Thị D", "bé An"}
	first := o.mustRun(june)
	text := o.published()
	for _, secret := range secrets {
		if strings.Contains(text, secret) {
			at := strings.Index(text, secret)
			t.Errorf("%q is published: …%s…", secret, text[max(0, at-200):at+40])
		}
	}
	if !strings.Contains(text, "chưa được duyệt in") {
		t.Error("nothing stands in the place of what is withheld")
	}
	got := told(first)
	for _, want := range []string{
		"narrative-withheld HN-001  personal-number", "narrative-withheld HN-001 CT07_GP1_ND personal-number",
		"narrative-withheld HN-001 CT02_LD personal-number", "narrative-withheld HN-001 CT01_VU abuse-case",
	} {
		if !slices.Contains(got, want) {
			t.Errorf("%q is not told in %q", want, got)
		}
	}
	for _, f := range first.Findings {
		if f.Code == finding.NarrativeWithheld && (f.File != "2025-06/a.xlsx" || f.Cell == "" || f.Sheet == "") {
			t.Errorf("told at %s %s %s", f.File, f.Sheet, f.Cell)
		}
	}

	// Agreed to, word for word; the other stays out. A text that has changed since
	// was not agreed to.
	o.says("2025-06",
		[]string{"Duyệt in", "CT02", "Quận Ba Đình", "Gọi chị Hoa 0912 345 678.", "có"},
		[]string{"Duyệt in", "CT07_GP1_ND", "Quận Ba Đình", "Chị Mai, 09.1234.5672, phụ trách", "có"})
	second := o.mustRun(june)
	if second.Unchanged || second.Revision.Manifest.Revision != 2 {
		t.Errorf("agreeing gave r%d", second.Revision.Manifest.Revision)
	}
	text = o.published()
	if !strings.Contains(text, "345 678") || strings.Contains(text, "1234.567") {
		t.Error("not exactly what was agreed to is published")
	}
	if got := told(second); !slices.Contains(got, "narrative-unused HN-001 CT07_GP1_ND text-differs") {
		t.Errorf("told %q", got)
	}
}

// The office's text reaches the report from its own workbook; an edit makes a
// new revision, saving it again does not, and what was printed is kept.
func TestTheOfficesTextIsPartOfTheReport(t *testing.T) {
	o := newOffice(t)
	o.sendWith("2025-06/a.xlsx", "HN-001", june, 41, func(f *form.Filled) {
		f.Answers["CT07_GP1_ND"] = form.Answer{Content: form.Text("Liên hệ 0912 345 678")}
	})
	span, _ := period.ParseSelector("2025-06")
	blank, err := o.NarrativeForm(context.Background(), span.Span, clock)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(o.Inputs, "_Van-Phong", "2025-06", "Loi-van thang 6.xlsx")
	fill := func(cells map[string]string) []byte {
		t.Helper()
		book, err := write.Open(blank)
		if err != nil {
			t.Fatal(err)
		}
		sheet, _ := book.Existing(form.SheetNarrative)
		for cell, text := range cells {
			if err := book.File().SetCellStr(sheet.Name(), cell, text); err != nil {
				t.Fatal(err)
			}
		}
		data, err := book.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		o.write(path, data)
		return data
	}
	// As it was made, it says nothing and nothing is wrong with it, though a text
	// waits in it for consent.
	fill(nil)
	first := o.mustRun(june)
	if got := told(first); !slices.Equal(got, []string{"narrative-withheld HN-001 CT07_GP1_ND personal-number"}) || len(first.Text.Rows) > 0 {
		t.Fatalf("told %q, %v", got, first.Text.Rows)
	}
	data := fill(map[string]string{"D4": "Đã ban hành 03 văn bản.\nĐã kiểm tra 05 đơn vị.", "B7": "CT02_LDX", "D7": "x"})
	second := o.mustRun(june)
	if second.Revision.Manifest.Revision != 2 {
		t.Errorf("the text gave r%d", second.Revision.Manifest.Revision)
	}
	if rows := second.Text.Of(narrative.Direction); len(rows) != 1 || len(rows[0].Paragraphs) != 2 {
		t.Errorf("read %+v", rows)
	}
	wrong := 0
	for _, f := range second.Findings {
		if f.Code == finding.NarrativeInvalid {
			wrong++
			if f.Cell != "B7" || f.Sheet != form.SheetNarrative || f.Raw != "CT02_LDX" || !strings.Contains(f.Want, "CT02_LD") {
				t.Errorf("told at %s of %s: %q, want %q", f.Cell, f.Sheet, f.Raw, f.Want)
			}
		}
	}
	if wrong == 0 {
		t.Error("a code that is not there is not told")
	}
	if again := o.mustRun(june); !again.Unchanged {
		t.Error("the same text gave another revision")
	}
	book, err := ledger.OpenReading(context.Background(), filepath.Join(o.State, "ledger.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	for _, r := range second.Text.Rows {
		if r.Place.Sheet != form.SheetNarrative || r.Place.Row != 4 {
			t.Errorf("a row stands at %+v", r.Place)
		}
	}
	if !o.keeps(book, data) {
		t.Error("the workbook that was printed from is not kept")
	}
}

// A text in the wrong place is told, and printed nowhere; another period's is
// none of this one's.
func TestATextBelongsToItsPeriod(t *testing.T) {
	o := newOffice(t)
	o.send("2025-06/a.xlsx", "HN-001", june, 41, 1)
	row := []string{"III. Đánh giá", "", "", "x"}
	o.says("2025-05", row, []string{"V", "CT02", "", "x"})
	o.says("2025-Q2", row)
	if out := o.mustRun(june); len(told(out)) > 0 || len(out.Text.Rows) > 0 {
		t.Errorf("told %q, %v", told(out), out.Text.Rows)
	}
	// Two in one folder: neither is guessed to be the one.
	o.says("2025-06", row)
	data, err := os.ReadFile(filepath.Join(o.Inputs, pipeline.OfficeFolder, "2025-06", "loi-van.csv"))
	if err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(o.Inputs, pipeline.OfficeFolder, "2025-06", "loi-van (1).csv")
	o.write(copied, data)
	if out := o.mustRun(june); len(told(out)) != 2 || len(out.Text.Rows) > 0 {
		t.Errorf("told %q, %v", told(out), out.Text.Rows)
	}
	if err := os.Remove(copied); err != nil {
		t.Fatal(err)
	}
	if out := o.mustRun(june); len(told(out)) > 0 || len(out.Text.Rows) != 1 {
		t.Errorf("told %q, %v", told(out), out.Text.Rows)
	}
	o.says("thang 6", row)
	if got := told(o.mustRun(june)); len(got) != 1 || !strings.Contains(got[0], "mang tên kỳ") {
		t.Errorf("told %q", got)
	}
}

// keeps reports whether the state keeps these bytes as an original.
func (o office) keeps(book *ledger.Ledger, data []byte) bool {
	sum := sha256.Sum256(data)
	kept, err := book.Original(hex.EncodeToString(sum[:]))
	return err == nil && bytes.Equal(kept, data)
}
