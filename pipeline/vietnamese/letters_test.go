package vietnamese

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestFold(t *testing.T) {
	for s, want := range map[string]string{
		"Quận Ba Đình":             "quan ba dinh",
		"  BA\u00a0ĐÌNH\t":         "ba dinh",
		norm.NFD.String("Ba Đình"): "ba dinh",
		"Ba Ðình":                  "ba dinh", // Icelandic Ð
		"hòa bình":                 "hoa binh",
		"hoà bình":                 "hoa binh",
		"Văn Miếu - Quốc Tử Giám":  "van mieu quoc tu giam",
		"Văn Miếu–Quốc Tử Giám":    "van mieu quoc tu giam",
		"P. Láng":                  "p lang",
		"TX.Sơn Tây":               "tx son tay",
		"Số lao động ( người ):":   "so lao dong nguoi",
		"CT02_LD":                  "ct02 ld",
		"m²":                       "m²",
		"zero\u200bwidth":          "zerowidth",
		"-":                        "",
		"…":                        "",
		"":                         "",
		"\xff\xfeHà":               "ha",
	} {
		if got := Fold(s); got != want {
			t.Errorf("Fold(%q) = %q, want %q", s, got, want)
		}
	}
	if Fold("Mỹ Đình") == Fold("Mĩ Đình") {
		t.Error("Fold reads y as i")
	}
	if FoldLoose("Mỹ Đình") != FoldLoose("Mĩ Đình") {
		t.Error("FoldLoose keeps y and i apart")
	}
}

func TestFoldReachesASCIIForEveryVietnameseLetter(t *testing.T) {
	const letters = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
	if n := utf8.RuneCountInString(letters); n != 89 {
		t.Fatalf("the alphabet here has %d letters", n)
	}
	for _, r := range letters {
		for _, s := range []string{string(r), string(unicode.ToUpper(r)), norm.NFD.String(string(r))} {
			if folded := Fold(s); len(folded) != 1 || folded[0] < 'a' || folded[0] > 'z' {
				t.Errorf("Fold(%q) = %q", s, folded)
			}
		}
	}
}

func TestNormalize(t *testing.T) {
	if got := Normalize(norm.NFD.String("Hà Ðông, ðường")); got != "Hà Đông, đường" {
		t.Errorf("got %q", got)
	}
	if got := Normalize("m² ½ ﬁ"); got != "m² ½ ﬁ" {
		t.Errorf("compatibility letters were changed: %q", got)
	}
}

func TestCleanForPrint(t *testing.T) {
	for s, want := range map[string]string{
		norm.NFD.String("Hà Nội"):     "Hà Nội",
		"một\r\nhai\rba\nbốn":         "một\nhai\nba\nbốn",
		"a\tb\x00c\x1b[31m":           "a bc[31m",
		"tốt 👍🏽":                      "tốt □□",
		"abc\u202edef\u202c\u2067g":   "abcdefg",
		"hỏng \xff\xfe đây":           "hỏng □ đây",
		"zero\u200bwidth\ufeff\u00ad": "zerowidth",
		"≥ 70 % ▲ ₫":                  "≥ 70 % ▲ ₫",
		"a\u200d\u0301":               "á",
		"":                            "",
	} {
		if got := CleanForPrint(s); got != want {
			t.Errorf("CleanForPrint(%q) = %q, want %q", s, got, want)
		}
	}
}

// checkText holds what must be true of any text.
func checkText(t *testing.T, s string) {
	t.Helper()
	folded := Fold(s)
	if again := Fold(folded); again != folded {
		t.Errorf("Fold(%q) = %q, and folded again %q", s, folded, again)
	}
	if upper := Fold(NFC(s)); upper != folded {
		t.Errorf("Fold(%q) = %q, but of its NFC %q", s, folded, upper)
	}
	if strings.TrimSpace(folded) != folded || strings.Contains(folded, "  ") {
		t.Errorf("Fold(%q) = %q has loose spaces", s, folded)
	}
	clean := CleanForPrint(s)
	if again := CleanForPrint(clean); again != clean {
		t.Errorf("CleanForPrint(%q) = %q, and again %q", s, clean, again)
	}
	if !utf8.ValidString(clean) {
		t.Errorf("CleanForPrint(%q) = %q is not UTF-8", s, clean)
	}
	for _, r := range clean {
		if r > 0xFFFF || r != '\n' && unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			t.Errorf("CleanForPrint(%q) keeps %U", s, r)
		}
	}
	_ = DecodeTCVN3(s, true)
	DecodeVNI(s)
	if repaired, ok := RepairCP1252(s); !utf8.ValidString(repaired) && utf8.ValidString(s) || ok && repaired == s {
		t.Errorf("RepairCP1252(%q) = %q, %v", s, repaired, ok)
	}
	DetectLegacy(strings.Split(s, " "), []string{s})
}

func TestEveryRune(t *testing.T) {
	for r := rune(0); r <= 0x2FFFF; r++ {
		checkText(t, "a"+string(r)+"b")
		if t.Failed() {
			return
		}
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"", "Quận Ba Đình", "TrÇn ThÞ", "Haø Noäi", "HÃ\u00a0 Ná»™i", "\xff", "0\xf1ΰ", "a\u0323\u0302\u0301", "👍"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkText(t, s) })
}

func TestPlainKeepsPunctuation(t *testing.T) {
	for text, want := range map[string]string{
		"Tháng 6/2025": "thang 6/2025", "THA\u0301NG\u00a06\u201314": "thang 6-14", "ĐVT: Đồng": "dvt: dong", "a\u200bb": "ab", "\xff": " ", "": "",
	} {
		if got := Plain(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
		if again := Plain(Plain(text)); again != Plain(text) {
			t.Errorf("%q: twice gives %q", text, again)
		}
	}
}

// The tables give what the rules give, for every rune and for texts of them.
func TestTablesAgreeWithTheRules(t *testing.T) {
	for r := range rune(0x3000) {
		for _, s := range []string{string(r), "a" + string(r) + "b", "Ba " + string(r) + "Đình", "e\u0302" + string(r), string(r) + "\xff", string(r) + "\u0301"} {
			if got, want := Fold(s), foldAny(s); got != want {
				t.Fatalf("Fold(%q) = %q, the rules say %q", s, got, want)
			}
			if got, want := Plain(s), plainAny(s); got != want {
				t.Fatalf("Plain(%q) = %q, the rules say %q", s, got, want)
			}
			if isNormal(s) && (NFC(s) != s || strings.ContainsAny(s, "ÐƉð")) {
				t.Fatalf("Normalize(%q) would change what it takes for normal", s)
			}
		}
	}
}

func BenchmarkFold(b *testing.B) {
	for b.Loop() {
		Fold("Số lao động được dạy nghề, tư vấn, giới thiệu việc làm")
	}
}
