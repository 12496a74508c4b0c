package write

import (
	"bytes"
	"encoding/xml"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"tonghop/pipeline/figure"
)

func TestDigits(t *testing.T) {
	third, _ := figure.Int(1).Quo(figure.Int(3))
	tiny, _ := figure.Int(2).Quo(figure.MustParse("3000000"))
	large, _ := figure.MustParse("1000000000000000000000").Quo(figure.Int(7))
	for want, n := range map[string]figure.Number{
		"0":                       {},
		"1234.5":                  figure.MustParse("1234.50"),
		"-12":                     figure.Int(-12),
		"999999999999999":         figure.MustParse("999999999999999"),
		"100000000000000000":      figure.MustParse("100000000000000000"),
		"1234567890123460":        figure.MustParse("1234567890123456"),
		"0.123456789012346":       figure.MustParse("0.1234567890123456"),
		"0.333333333333333":       third,
		"0.000000666666666666667": tiny,
		"142857142857143000000":   large,
	} {
		if got := Digits(n); got != want {
			t.Errorf("%v is stored as %s, want %s", n, got, want)
		}
	}
}

func TestTextIsSafe(t *testing.T) {
	for in, want := range map[string]string{
		"Hội\r\nPhụ nữ\rHà Nội": "Hội\nPhụ nữ\nHà Nội",
		"a\x00b\x1fc\ufffe":     "a�b�c�",
		"\xff":                  "�",
		norm.NFD.String("Đống Đa, Tây Hồ"): "Đống Đa, Tây Hồ",
	} {
		if got := Text(in); got != want {
			t.Errorf("Text(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestLongTextIsCutVisibly(t *testing.T) {
	if s := strings.Repeat("ữ", MaxText); Text(s) != s {
		t.Error("a text that fits was changed")
	}
	for _, s := range []string{strings.Repeat("ữ", MaxText+1), strings.Repeat("😀", MaxText)} {
		got := Text(s)
		if units(got) > MaxText || !strings.HasSuffix(got, "…]") || !utf8.ValidString(got) {
			t.Errorf("cut to %d units, ending %q", units(got), got[len(got)-12:])
		}
	}
}

func TestSheetNames(t *testing.T) {
	taken := map[string]bool{}
	name := func(s string) string {
		n := SheetName(s, func(c string) bool { return taken[foldName(c)] })
		taken[foldName(n)] = true
		return n
	}
	for _, c := range []struct{ in, want string }{
		{"Báo cáo", "Báo cáo"}, {"BÁO CÁO", "BÁO CÁO (2)"}, {"a/b:c[d]?*\\", "a-b-c-d----"}, {"", "Sheet"}, {"history", "Sheet history"},
		{"''", "Sheet (2)"},
		{strings.Repeat("Chương trình ", 4), "Chương trình Chương trình Chươn"},
		{strings.Repeat("Chương trình ", 5), "Chương trình Chương trình C (2)"},
	} {
		if got := name(c.in); got != c.want || units(got) > MaxSheetName {
			t.Errorf("SheetName(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestColumn(t *testing.T) {
	for n, want := range map[int]string{1: "A", 26: "Z", 27: "AA", 702: "ZZ", 703: "AAA", 16384: "XFD"} {
		if got := Column(n); got != want {
			t.Errorf("Column(%d) = %s, want %s", n, got, want)
		}
	}
}

func FuzzText(f *testing.F) {
	f.Add("Đơn vị\x01 _x0000_")
	f.Fuzz(func(t *testing.T, s string) {
		got := Text(s)
		if !utf8.ValidString(got) || !norm.NFC.IsNormalString(got) || units(got) > MaxText || Text(got) != got {
			t.Errorf("Text(%q) = %q", s, got)
		}
	})
}

func TestLines(t *testing.T) {
	for _, c := range []struct {
		text  string
		width float64
		want  int
	}{
		{"", 10, 1}, {"Hà Nội", 20, 1}, {"Số lao động được dạy nghề", 14, 2}, {"a\nb", 20, 2}, {strings.Repeat("x", 100), 11, 10},
	} {
		if got := Lines(c.text, c.width, 11); got != c.want {
			t.Errorf("Lines(%q, %v) = %d, want %d", c.text, c.width, got, c.want)
		}
	}
	if Lines("một hai ba bốn năm", 12, 22) <= Lines("một hai ba bốn năm", 12, 11) {
		t.Error("larger letters take no more room")
	}
}

// Parts lose nothing, and each can be shown.
func TestPartsOfALongText(t *testing.T) {
	for _, text := range []string{
		"", "ngắn", strings.Repeat("Đã tổ chức 12 buổi truyền thông tại cơ sở. ", 100), strings.Repeat("dòng\n", 100),
		strings.Repeat("x", 4000), "Một " + strings.Repeat("ữ", 3000) + " hai",
	} {
		parts := Parts(text, 90, 11, 23)
		for i, part := range parts {
			if n := Lines(part, 90, 11); n > 23 {
				t.Errorf("part %d of %.20q stands on %d lines", i, text, n)
			}
			if i > 0 && part == "" {
				t.Errorf("part %d of %.20q is empty", i, text)
			}
		}
		bare := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if bare(strings.Join(parts, "")) != bare(text) {
			t.Errorf("%.20q is not its parts", text)
		}
	}
	if parts := Parts("mot hai ba", 4, 11, 1); !slices.Equal(parts, []string{"mot", "hai", "ba"}) {
		t.Errorf("got %q", parts)
	}
}

// What is taken over as it is says the same as the library would write.
func TestEscapedIsWhatTheLibraryWrites(t *testing.T) {
	texts := []string{"", "Hội Phụ nữ Hà Nội", "\xff", "a\xc3", "12 < 13 & \"b\" 'c'\n"}
	for r := range rune(0x10100) { // all of the basic plane and some beyond
		texts = append(texts, string(r))
	}
	for _, text := range texts {
		var want bytes.Buffer
		if err := xml.EscapeText(&want, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if got := escaped(text); got != want.String() {
			t.Errorf("%q is written %q, want %q", text, got, want.String())
		}
	}
}
