package pdf

import (
	"io/fs"
	"runtime"
	"strings"
	"testing"

	"tonghop/pipeline/report"
	"tonghop/templates"
)

// A document is set alike whether its faces hold all their runes or the common ones.
func TestCommonRunesAreAsWideAsInTheWholeFace(t *testing.T) {
	whole := &press{pdf: newEngine(), whole: true}
	for f := regular; f <= boldItalic; f++ {
		for _, c := range commonRunes() {
			got, common := faces[f].common().widths[c]
			if want := whole.runeWidth(f, c); !common || got != want || drawable(c) != c {
				t.Errorf("face %d: %q is %d wide, %d in the whole face", f, c, got, want)
			}
		}
	}
}

// Nothing that the program says of itself needs whole faces.
func TestCommonRunesHoldWhatReportsUse(t *testing.T) {
	used := map[rune]bool{}
	err := fs.WalkDir(templates.FS, "wording", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := fs.ReadFile(templates.FS, path)
		for _, c := range string(clean(string(content))) {
			used[c] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range vietnameseLetters + strings.ToUpper(vietnameseLetters) + "₫≥≤▲▼■□…–“”·%/()&*x0123456789\u00a0" {
		used[c] = true
	}
	for c := range used {
		if _, common := faces[regular].common().widths[c]; !common && c != '\n' {
			t.Errorf("%q is not common", c)
		}
	}
}

// A letter that is rare and comes late is printed, and so is all that was measured before it.
func TestRareRunesAreReadable(t *testing.T) {
	doc := document(report.Paragraph{Text: "Đơn vị Ứng Hòa."}, report.Paragraph{Text: "Tệp Жук Ωμέγα ⅛ của xã."})
	if out := read(t, doc, "pdftotext", "-raw", "FILE", "-"); !strings.Contains(out, "Đơn vị Ứng Hòa.") || !strings.Contains(out, "Tệp Жук Ωμέγα ⅛ của xã.") {
		t.Errorf("reads %q", out)
	}
}

// A page such as every unit gets allocates little: of whole faces, or to pack a page,
// the engine makes megabytes.
func TestAllocations(t *testing.T) {
	page := document(report.Title{Lines: []string{"BIÊN NHẬN"}}, targetTable(targets), report.Paragraph{Text: "Đề nghị đơn vị sửa trước hạn."})
	draw := func() uint64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if _, err := Draw(page, Options{Created: created}); err != nil {
			t.Fatal(err)
		}
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	draw() // cuts the faces
	if got := draw(); got > 1<<20 {
		t.Errorf("%d bytes for a page, want 1 MiB at most", got)
	}
}
