package naming

import (
	"strings"
	"testing"

	"tonghop/pipeline/catalogue"
)

var hanoiUnits = []*catalogue.Unit{
	{ID: "HN-001", Kind: "quận", Name: "Ba Đình", Aliases: []string{"BĐ Hà Nội"}},
	{ID: "HN-009", Kind: "quận", Name: "Thanh Xuân"},
	{ID: "HN-268", Kind: "quận", Name: "Hà Đông"},
	{ID: "HN-274", Kind: "huyện", Name: "Hoài Đức"},
	{ID: "HN-277", Kind: "huyện", Name: "Chương Mỹ"},
	{ID: "HN-281", Kind: "huyện", Name: "Ứng Hòa"},
	{ID: "HN-021", Kind: "quận", Name: "Bắc Từ Liêm"},
	{ID: "HN-269", Kind: "thị xã", Name: "Sơn Tây"},
	{ID: "HN-276", Kind: "huyện", Name: "Thạch Thất"},
	{ID: "HN-279", Kind: "huyện", Name: "Thường Tín"},
	{ID: "HN-00352", Code: "00352", Kind: "phường", Name: "Phương Liệt"}, {ID: "HN-352", Code: "352", Kind: "huyện", Name: "Yên Lãng"},
	{ID: "X-1", Kind: "xã", Name: "Tân Mai"}, {ID: "P-1", Kind: "phường", Name: "Tân Mai"},
	{ID: "HN-TP", Kind: "thành phố", Name: "Cơ quan Hội LHPN Hà Nội", Aliases: []string{"Hội LHPN Hà Nội"}},
}

var hanoi = Among(hanoiUnits)

func ids(units []*catalogue.Unit) string {
	var all []string
	for _, u := range units {
		all = append(all, u.ID)
	}
	return strings.Join(all, " ")
}

func TestFind(t *testing.T) {
	for text, want := range map[string]string{
		"Quận Ba Đình": "HN-001", "Q. Ba Đình": "HN-001", "Q.Ba Đình": "HN-001", "Ba Đình": "HN-001", "QUẬN BA ÐÌNH": "HN-001",
		"Hội LHPN quận Ba Đình": "HN-001", "Hội Liên hiệp Phụ nữ Việt Nam quận Ba Đình": "HN-001", "Hội Phụ nữ Q.Ba Đình": "HN-001",
		"BCH Hội LHPN quận Ba Đình": "HN-001", "Hội LHPN quận Ba Đình, thành phố Hà Nội": "HN-001", "quan ba dinh": "HN-001", "hn-001": "HN-001",
		"BĐ Hà Nội": "HN-001", "Ba  \u0110i\u0300nh ": "HN-001",
		"H. Chương Mĩ": "HN-277", "Huyện Chương Mỹ": "HN-277", "Ứng Hoà": "HN-281", "Huyện Ứng Hòa": "HN-281",
		"TX Sơn Tây": "HN-269", "TX. Sơn Tây": "HN-269", "Thị xã Sơn Tây": "HN-269", "Bắc Từ Liêm": "HN-021",
		"Hội LHPN Hà Nội": "HN-TP", "X. Tân Mai": "X-1", "P.Tân Mai": "P-1", "Tân Mai": "X-1 P-1",
		"Phương Liệt": "HN-00352", "Hội LHPN Phương Liệt": "HN-00352", "P. Phương Liệt": "HN-00352", "Hội LHPN phường Phương Liệt": "HN-00352",
		"00352": "HN-00352", "352": "HN-352", "0352": "", "mã 352": "",
		// Questions.
		"HĐ": "? initials HN-268 HN-274", "H. HĐ": "? initials HN-274", "TX": "? initials HN-009 HN-269", "TT": "? initials HN-276 HN-279",
		"Quận Đông Hà": "", "Quận Ba Dinhh": "? HN-001", "Quận Hoài Đức": "? HN-274", "UBND quận Ba Đình": "? HN-001",
		"Quận Ba Đnhh": "", "Hà Nội": "", "Quận": "", "": "", "Hội LHPN": "", "\xff": "",
	} {
		a := hanoi.Find(text)
		got := ids(a.Units)
		if len(a.Near) > 0 {
			if got != "" {
				t.Errorf("%q is named and near", text)
			}
			if got = "? "; a.Initials {
				got += "initials "
			}
			got += ids(a.Near)
		}
		if got != want {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
}

func TestMentioned(t *testing.T) {
	for text, want := range map[string]string{
		"BaDinh_T6.xlsx": "HN-001", "báo cáo quận Ba Đình tháng 6 (2)": "HN-001", "bac-tu-liem": "HN-021",
		"ba-dinh gui son-tay": "HN-001 HN-269", "xa tan mai": "X-1", "tan-mai": "X-1 P-1", "bao cao": "", "hn-001": "HN-001", "": "",
		"00352": "", "hn-00352 thang 7": "HN-00352", "phuong-phuong-liet": "HN-00352",
	} {
		if got := ids(hanoi.Mentioned(text)); got != want {
			t.Errorf("%q mentions %q, want %q", text, got, want)
		}
	}
}

func TestDistance(t *testing.T) {
	for pair, want := range map[[2]string]int{
		{"ba dinh", "ba dinhh"}: 1, {"ba dinh", "ba dnih"}: 2, {"a", "a"}: 0, {"", "a"}: longestCompared + 1,
	} {
		if got := Distance(pair[0], pair[1]); got != want {
			t.Errorf("%q: %d, want %d", pair, got, want)
		}
	}
}

// Any text names units of the table, each once, in its order.
func FuzzFind(f *testing.F) {
	f.Add("Hội LHPN Q. Ba Đình")
	f.Add("ban chap hanh ban chap hanh")
	f.Fuzz(func(t *testing.T, text string) {
		a := hanoi.Find(text)
		for _, some := range [][]*catalogue.Unit{a.Units, a.Near, hanoi.Mentioned(text)} {
			at := 0
			for _, u := range some {
				for at < len(hanoiUnits) && hanoiUnits[at] != u {
					at++
				}
				if at++; at > len(hanoiUnits) {
					t.Fatalf("%q gives %s", text, ids(some))
				}
			}
		}
	})
}
