package pdf

import (
	"strings"
	"testing"
)

func TestTypefaceCoversWhatReportsUse(t *testing.T) {
	used := vietnameseLetters + strings.ToUpper(vietnameseLetters) + "₫≥≤▲▼■□…–“”·%/()&*x0123456789\u00a0\n"
	for f, cut := range faces {
		set := coverage(cut.ttf)
		for _, c := range used {
			if c != '\n' && !set.has(c) {
				t.Errorf("face %d lacks %q", f, c)
			}
		}
	}
	if got := string(clean(used)); got != used {
		t.Errorf("clean alters %q to %q", used, got)
	}
}

func TestWhatTheTypefaceLacksIsSeen(t *testing.T) {
	for s, want := range map[string]string{
		"✓ 中 👍 ☐": "□ □ □ □", "1\u2009234\u3000x": "1\u2009234 x", "\ue000\uffff": "□□", "": "",
	} {
		if got := clean(s); string(got) != want {
			t.Errorf("clean(%q) = %q, want %q", s, got, want)
		}
	}
}

func TestLacking(t *testing.T) {
	for s, want := range map[string]string{vietnameseLetters: "", "a中b□\n☐": "中☐", "": ""} {
		if got := Lacking(s); got != want {
			t.Errorf("Lacking(%q) = %q, want %q", s, got, want)
		}
	}
}
