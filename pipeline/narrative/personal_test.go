package narrative

import (
	"math/rand/v2"
	"strings"
	"testing"
)

func TestPersonal(t *testing.T) {
	for _, text := range []string{
		"0912345678", "gọi 0912 345 678 để biết", "09.12.345.678", "0912-345-678", "0912.345.678;", "(0912)345678", "0912 – 345 – 678",
		"+84912345678", "+84 912 345 678", "+84.912.345.678", "+84 (0)912 345 678", "(+84) 912345678", "84912345678", "84 912 345 678", "0084 912 345 678", "+84-24-3834-5678",
		"024 3834 5678", "(024) 3834.5678", "04/38345678", "0243.8345.678", "0903\u00a0123\u00a0456", "0912\u200b345678", "０９１２３４５６７８",
		"0 912.345.678", "12 hộ; chị Lan 0912345678, 30 hộ", "10 hộ - 0912345678", "ngày 14/6/2025 0912 345 678", "1.234.567 0912.345.678", "0912,345,678",
		"0912345678/0987654321", "liên hệ:0912345678.", "SĐT0912345678", "1. 0912345678",
		"001085012345", "001 085 012345", "001.085.012.345", "001-085-012-345", "0010 8501 2345", "CCCD số 001085012345", "102085012345", "102 085 012345",
		"ĐT 912.345.678", "điện thoại: 38.345.678", "CMND 012345678", "Số điện thoại 3834 5678", "zalo 912345678",
	} {
		if !Personal(text) {
			t.Errorf("%q is not told", text)
		}
	}
	for _, text := range []string{
		"", "không", "1.234.567 người", "12 hộ, 30 người", "100.000.000.000 đồng", "84.912.345.678 đồng", "giao ngày 14/6/2025", "từ 15/05/2025 - 14/06/2025", "15.05.2025-14.06.2025",
		"2025-06-01 08:30", "05-06-2025 08:30", "năm 2023: 12, năm 2024: 0, năm 2025: 15", "giai đoạn 2021-2025", "giai đoạn 2021 – 2025, 2026 – 2030", "82,91%", "0,5 điểm", "0,123",
		"Nghị quyết số 01-NQ/TU ngày 17/3/2021", "08-CTr/TU", "Kế hoạch 123/KH-BTV ngày 05.06.2025", "05/06/2025 12 345 hộ", "năm 2024 1.234.567 người", "2024. 05 mô hình",
		"đường dây nóng 111", "tổng đài 1900 545 461", "15.000 lượt; 1.200.000 đồng", "quý 2/2025", "12 điện thoại cho 1.234.567 người", "01/2025, 02/2025, 03/2025", "9h10 ngày 18/6",
		"Căn cứ Công văn số 1234/HPN", "35.000 hội viên, 3.560 lượt",
	} {
		if Personal(text) {
			t.Errorf("%q is told", text)
		}
	}
}

// A number is told however it is grouped and whatever stands around it, as long
// as one kind of sign parts its groups, as people write.
func TestPersonalNeverMisses(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 2025))
	digits := func(n int) string {
		var all strings.Builder
		for range n {
			all.WriteByte(byte('0' + rng.IntN(10)))
		}
		return all.String()
	}
	begins := []string{"09", "03", "08", "024", "0243", "05", "07", "02"}
	signs := []string{"", " ", ".", "-", "\u00a0", " - ", ". ", " . ", "–", "_", "·", "  ", ","}
	around := [][2]string{{"", ""}, {"chị Hoa ", " nhé"}, {"(", ")"}, {"ĐT:", "."}, {"15 hộ, ", ", 20 hộ"}, {"ngày 14/6/2025, ", ""}, {"Lan", "Hoa"}, {"1.234 người; ", "; 5 hộ"}}
	for range 200_000 {
		var number string
		switch rng.IntN(3) {
		case 0:
			number = begins[rng.IntN(len(begins))]
			number += digits(10 + rng.IntN(2) - len(number))
		case 1:
			number = "0" + digits(11)
		case 2:
			number = "+84" + []string{"9", "3", "8", "24"}[rng.IntN(4)]
			number += digits(12 - len(number))
		}
		sign := signs[rng.IntN(len(signs))]
		var written strings.Builder
		for i, r := range number {
			// The code of the country stands by itself.
			if i > 0 && (number[0] != '+' || i > 2) && (rng.IntN(3) == 0 || number[0] == '+' && i == 3) {
				written.WriteString(sign)
			}
			written.WriteRune(r)
		}
		a := around[rng.IntN(len(around))]
		if text := a[0] + written.String() + a[1]; !Personal(text) {
			t.Fatalf("%q is not told", text)
		}
	}
}

// Counts as they are printed are never told.
func TestPersonalLeavesCounts(t *testing.T) {
	rng := rand.New(rand.NewPCG(10, 2025))
	for range 50_000 {
		n := rng.Int64N(1_000_000_000)
		text := grouped(n) + " người, " + grouped(rng.Int64N(100_000)) + " hộ"
		if Personal(text) {
			t.Fatalf("%q is told", text)
		}
	}
}

func grouped(n int64) string {
	var parts []string
	for ; n >= 1000; n /= 1000 {
		rest := n % 1000
		parts = append([]string{string([]byte{byte('0' + rest/100), byte('0' + rest/10%10), byte('0' + rest%10)})}, parts...)
	}
	first := ""
	for ; n > 0 || first == ""; n /= 10 {
		first = string(byte('0'+n%10)) + first
	}
	return strings.Join(append([]string{first}, parts...), ".")
}

func FuzzPersonal(f *testing.F) {
	f.Add("chị Hoa ", " nhé")
	f.Fuzz(func(t *testing.T, before, after string) {
		Personal(before + after) // it takes any text
		if text := before + ": 0912 345 678;" + after; !Personal(text) {
			t.Errorf("%q is not told", text)
		}
	})
}
