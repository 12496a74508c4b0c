package vietnamese

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestAlphabeticalOrder(t *testing.T) {
	want := []string{
		"Ba Đình", "Ba Vì", "Bắc Từ Liêm", "Cầu Giấy", "Chương Mỹ", "Đan Phượng", "Đông Anh", "Đống Đa",
		"Gia Lâm", "Hà Đông", "Hai Bà Trưng", "Hoài Đức", "Hoàn Kiếm", "Hoàng Mai", "Long Biên", "Mê Linh",
		"Mỹ Đức", "Nam Từ Liêm", "Phú Xuyên", "Phúc Thọ", "Quốc Oai", "Sóc Sơn", "Sơn Tây", "Tây Hồ",
		"Thạch Thất", "Thanh Oai", "Thanh Trì", "Thanh Xuân", "Thường Tín", "Ứng Hòa",
	}
	checkOrder(t, want)
	checkOrder(t, []string{"a", "ă", "â", "b", "d", "đ", "e", "ê", "o", "ô", "ơ", "u", "ư"})
	checkOrder(t, []string{"ma", "mà", "mả", "mã", "má", "mạ"})
	checkOrder(t, []string{"Tổ 1", "Tổ 2", "Tổ 10", "Tổ 011"})
	checkOrder(t, []string{"AN", "An", "aN", "an"})
}

func checkOrder(t *testing.T, want []string) {
	t.Helper()
	sorter, random := NewSorter(), rand.New(rand.NewPCG(1, 2))
	for range 20 {
		got := slices.Clone(want)
		random.Shuffle(len(got), func(i, j int) { got[i], got[j] = got[j], got[i] })
		slices.SortFunc(got, sorter.Compare)
		if !slices.Equal(got, want) {
			t.Errorf("got  %q\nwant %q", got, want)
			return
		}
	}
}

func TestCompareIsATotalOrder(t *testing.T) {
	names := []string{"", "An", "an", "àn", "1", "01", "Tổ 1", "tổ 01", "-", " ", "Hà", "Ha\u0300", "đ", "Đ", "ð"}
	sorter := NewSorter()
	for _, a := range names {
		for _, b := range names {
			if (sorter.Compare(a, b) == 0) != (a == b) || sorter.Compare(a, b) != -sorter.Compare(b, a) {
				t.Errorf("%q and %q: %d, %d", a, b, sorter.Compare(a, b), sorter.Compare(b, a))
			}
			for _, c := range names {
				if sorter.Compare(a, b) < 0 && sorter.Compare(b, c) < 0 && sorter.Compare(a, c) >= 0 {
					t.Errorf("%q < %q < %q but not %q < %q", a, b, c, a, c)
				}
			}
		}
	}
}
