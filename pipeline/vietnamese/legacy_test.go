package vietnamese

import (
	"encoding/csv"
	"os"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

func table(t *testing.T, name string) [][]string {
	t.Helper()
	file, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

func TestTCVN3Letters(t *testing.T) {
	rows := table(t, "tcvn3.csv")
	if len(rows) != len(tcvn3) || len(rows) != 74 {
		t.Errorf("%d rows, %d codes", len(rows), len(tcvn3))
	}
	for _, row := range rows {
		code, err := strconv.ParseUint(strings.TrimPrefix(row[0], "U+"), 16, 32)
		if err != nil {
			t.Fatal(err)
		}
		legacy := string(rune(code))
		if got := DecodeTCVN3(legacy, false); got != row[1] {
			t.Errorf("%s = %q, want %q", row[0], got, row[1])
		}
		if got := DecodeTCVN3(legacy, true); got != row[2] {
			t.Errorf("%s in capitals = %q, want %q", row[0], got, row[2])
		}
	}
}

func TestVNILetters(t *testing.T) {
	rows := table(t, "vni.csv")
	if len(rows) != 134 {
		t.Errorf("%d rows", len(rows))
	}
	for _, row := range rows {
		if got := DecodeVNI(row[1]); got != row[0] {
			t.Errorf("%q = %q, want %q", row[1], got, row[0])
		}
	}
}

func TestLegacySentences(t *testing.T) {
	for _, c := range []struct {
		encoding     Encoding
		capitals     bool
		legacy, want string
	}{
		{TCVN3, false, "QuËn Ba §×nh", "Quận Ba Đình"},
		{TCVN3, false, "Héi Liªn hiÖp Phô n÷ tr\u00adêng", "Hội Liên hiệp Phụ nữ trường"},
		{TCVN3, false, "Sè lao ®éng ®\u00adîc d¹y nghÒ", "Số lao động được dạy nghề"},
		{TCVN3, true, "hµ néi 2025", "HÀ NỘI 2025"},
		{VNI, false, "Quaän Ba Ñình", "Quận Ba Đình"},
		{VNI, false, "Soá lao ñoäng ñöôïc daïy ngheà", "Số lao động được dạy nghề"},
		{VNI, false, "ÖÙNG HOØA, Öùng Hoøa", "ỨNG HÒA, Ứng Hòa"},
		{VNI, false, "plain text, ù alone", "plain text, ù alone"},
		{NotLegacy, false, "Hµ Néi", "Hµ Néi"},
	} {
		if got := c.encoding.Decode(c.legacy, c.capitals); got != c.want {
			t.Errorf("%s %q = %q, want %q", c.encoding, c.legacy, got, c.want)
		}
	}
	for name, want := range map[string]bool{".VnTimeH": true, ".VNTIMEH": true, ".VnTime": false, ".VnArial": false, "VNI-Times": false, "TimesH": false, "": false} {
		if CapitalsFont(name) != want {
			t.Errorf("CapitalsFont(%q) = %v", name, !want)
		}
	}
}

const sentences = `Báo cáo kết quả thực hiện chương trình công tác
Số hội viên tăng thêm trên toàn thành phố; tỷ lệ cơ sở Hội xếp loại tốt trở lên
Người lập biểu: Nguyễn Thị Quỳnh Trâm. Huyện Thường Tín, quận Hoàn Kiếm, thị xã Sơn Tây
Số vụ việc được phát hiện trong kỳ và được kịp thời đề xuất xử lý; khuyến khích, giặt giũ, nghiêng, quyết`

// encode writes Vietnamese as the legacy programs did, from the decoding tables.
func encode(t *testing.T, encoding Encoding, s string) string {
	t.Helper()
	var pairs []string
	if encoding == TCVN3 {
		for _, row := range table(t, "tcvn3.csv") {
			code, _ := strconv.ParseUint(strings.TrimPrefix(row[0], "U+"), 16, 32)
			pairs = append(pairs, row[1], string(rune(code)))
		}
	} else {
		for _, row := range table(t, "vni.csv") {
			pairs = append(pairs, row[0], row[1])
		}
	}
	return strings.NewReplacer(pairs...).Replace(s)
}

func TestDetectLegacy(t *testing.T) {
	texts := strings.Split(sentences, "\n")
	for _, encoding := range []Encoding{TCVN3, VNI} {
		legacy := strings.Split(encode(t, encoding, sentences), "\n")
		if got := DetectLegacy(legacy, nil); got != encoding {
			t.Errorf("%s taken for %q", encoding, got)
		}
		if got := DetectLegacy(legacy, []string{"Arial", ".VnTime", "VNI-Times"}); got != encoding {
			t.Errorf("%s with both fonts taken for %q", encoding, got)
		}
		if got := encoding.Decode(strings.Join(legacy, "\n"), false); got != sentences {
			t.Errorf("%s decodes to %q", encoding, got)
		}
	}
	for name, good := range map[string][]string{
		"Vietnamese":              texts,
		"Vietnamese, legacy font": texts,
		"ASCII":                   {"So lao dong", "123", "Total"},
		"only Latin-1 letters":    {"có", "và", "là", "Hà", "bé", "cô", "ba lô", "thì", "sô", "cá", "tà", "mẹ"},
		"French":                  {"Développement", "Éducation", "présenté à l'école", "Côte d'Ivoire", "déjà vu", "garçon"},
		"signs":                   {"25 °C", "§ 5", "± 3", "© 2025", "µm", "½", "×"},
		"too little":              {"Hµ Néi"},
		"nothing":                 nil,
	} {
		fonts := []string{"Arial"}
		if strings.Contains(name, "legacy font") {
			fonts = []string{".VnTime", "VNI-Times"}
		}
		if got := DetectLegacy(good, fonts); got != NotLegacy {
			t.Errorf("%s taken for %s", name, got)
		}
	}
	if got := DetectLegacy([]string{"Hµ Néi"}, []string{".VnTime"}); got != TCVN3 {
		t.Errorf("two words and the font taken for %q", got)
	}
}

func TestEveryVietnameseWordIsASyllable(t *testing.T) {
	for _, word := range strings.FieldsFunc(sentences+" gì gìn giếng quốc quýt khuỷu nghiêng ngoằn ngoèo thuở uống yếu ỷ ưu rượu xoong huỵch", func(r rune) bool {
		return strings.ContainsRune(" \n.,;:", r)
	}) {
		if !isSyllable(word) {
			t.Errorf("%q is refused", word)
		}
	}
	for _, word := range []string{"", "b", "đ", "cị", "kà", "ngế", "tàc", "bát́", "QuËn", "Developpement", "xyz"} {
		if isSyllable(word) {
			t.Errorf("%q is accepted", word)
		}
	}
}

// readAsCP1252 reads bytes as Windows does: a byte without a character is the
// control rune of its number.
func readAsCP1252(s string) string {
	var misread strings.Builder
	for _, b := range []byte(s) {
		r := charmap.Windows1252.DecodeByte(b)
		if r == '\ufffd' {
			r = rune(b)
		}
		misread.WriteRune(r)
	}
	return misread.String()
}

func readAsLatin1(s string) string {
	var misread strings.Builder
	for _, b := range []byte(s) {
		misread.WriteRune(rune(b))
	}
	return misread.String()
}

func TestRepairCP1252(t *testing.T) {
	for _, good := range strings.Split(sentences, "\n") {
		for name, misread := range map[string]string{"cp1252": readAsCP1252(good), "latin-1": readAsLatin1(good)} {
			if got, ok := RepairCP1252(misread); !ok || got != good {
				t.Errorf("%s: %q repaired to %q, %v", name, misread, got, ok)
			}
		}
		if got, ok := RepairCP1252(good); ok || got != good {
			t.Errorf("%q was changed to %q", good, got)
		}
	}
	for _, s := range []string{"", "plain", "Hà", "25 °C", "QuËn Ba §×nh", "Soá lao ñoäng", "Café", "\xff", "\u0081", "Tá»\ufffd"} {
		if got, ok := RepairCP1252(s); ok || got != s {
			t.Errorf("%q was changed to %q", s, got)
		}
	}
}
