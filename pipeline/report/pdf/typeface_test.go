package pdf

import (
	"strings"
	"testing"

	"tonghop/pipeline/report"
)

// A document is set alike whether its faces hold all their runes or the common ones.
func TestCommonRunesAreAsWideAsInTheWholeFace(t *testing.T) {
	whole, few := &press{pdf: newEngine(), whole: true}, newPress()
	for f := regular; f <= boldItalic; f++ {
		for _, c := range commonRunes() {
			if drawable(c) != c {
				continue
			}
			if got, want := few.runeWidth(f, c), whole.runeWidth(f, c); got != want {
				t.Errorf("face %d: %q is %d wide, %d in the whole face", f, c, got, want)
			}
		}
	}
	if few.whole {
		t.Error("a common rune made the press load whole faces")
	}
}

func TestCommonRunesHoldWhatReportsUse(t *testing.T) {
	p := newPress()
	for _, c := range vietnameseLetters + strings.ToUpper(vietnameseLetters) + "₫≥≤▲▼■□…–“”·%/()&*x0123456789\u00a0" {
		if p.runeWidth(regular, c); p.whole {
			t.Fatalf("%q is not common", c)
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
