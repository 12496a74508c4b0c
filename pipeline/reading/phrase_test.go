package reading

import "testing"

// The indicator's own measure may stand behind the number.
func TestUnits(t *testing.T) {
	table(t, `
		"12 người"             | count   | 12      | text-number read=12
		"12người"              | count   | 12      | text-number read=12
		"12 NGƯỜI."            | count   | 12      | text-number read=12
		"12 ng"                | count   | 12      | text-number read=12
		"12 nguoi"             | count   | 12      | text-number read=12
		"12 nguo\u031b\u0300i" | count   | 12      | text-number read=12
		"3 đ/c"                | count   | 3       | text-number read=3
		"3đc"                  | count   | 3       | text-number read=3
		"41 lao động"          | count   | 41      | text-number read=41
		"41 hội viên"          | count   | refused | measure-mismatch found=hội viên
		"41 cán bộ"            | count   | refused | measure-mismatch found=cán bộ
		"41 hội viên"          | members | 41      | text-number read=41
		"41 hv"                | members | 41      | text-number read=41
		"41 người"             | members | 41      | text-number read=41
		"41 chị"               | members | 41      | text-number read=41
		"41 lao động"          | members | refused | measure-mismatch found=lao động
		"1.234 người"          | count   | 1234    | text-number read=1234
		"15,000 người"         | count   | 15000   | number-doubtful read=15000 other=15
		"5 hộ"                 | change  | 5       | text-number read=5
		"5 hộ gia đình"        | change  | 5       | text-number read=5
		"3 chi hội"            | stock   | refused | measure-mismatch found=chi hội
		"3 cơ sở Hội"          | stock   | 3       | text-number read=3
		"5 hộ"                 | count   | refused | measure-mismatch found=hộ
		"5 lượt"               | count   | refused | measure-mismatch found=lượt
		"5 người"              | visits  | refused | measure-mismatch found=người
		"5 lượt"               | visits  | 5       | text-number read=5
		"12 nữ"                | count   | refused | number-unreadable want=12
		"12 mới"               | count   | refused | number-unreadable want=12
		"12 m²"                | area    | 12      | text-number read=12
		"12,5 m²"              | area    | 12.5    | text-number read=12.5
		"12 m2"                | area    | 12      | text-number read=12
		"5 triệu"              | money   | 5       | text-number read=5
		"5,5 tr.đ"             | money   | 5.5     | text-number read=5.5
		"5.000.000 đồng"       | money   | refused | measure-mismatch found=đồng
		"5 triệu ₫"            | money   | 5       | text-number read=5
		"5 tỷ"                 | money   | refused | measure-mismatch found=tỷ
		"2 nghìn"              | count   | refused | number-unreadable want=2000
		"1,5 nghìn người"      | count   | refused | number-unreadable want=1500
		"2k"                   | count   | refused | number-unreadable want=2000
		"3 chục"               | count   | refused | number-unreadable want=30
		"12 nữ 3 nam"          | count   | refused | number-unreadable
		"12 + 3"               | count   | refused | number-unreadable
		"10-12"                | count   | refused | number-unreadable
		"10 – 12 người"        | count   | refused | number-unreadable
		"12 và 13"             | count   | refused | number-unreadable
	`)
}

// An estimate is used and said to be one.
func TestEstimates(t *testing.T) {
	table(t, `
		"khoảng 40"           | count   | 40      | estimate read=40
		"Khoảng 40 người"     | count   | 40      | estimate read=40
		"KHOẢNG 1.234"        | count   | 1234    | estimate read=1234
		"~40"                 | count   | 40      | estimate read=40
		"~ 40"                | count   | 40      | estimate read=40
		"≈40"                 | count   | 40      | estimate read=40
		"trên 40"             | count   | 40      | estimate read=40
		"hơn 40"              | count   | 40      | estimate read=40
		"gần 40"              | count   | 40      | estimate read=40
		"ước 40"              | count   | 40      | estimate read=40
		"ước đạt: 40"         | count   | 40      | estimate read=40
		"uoc tinh 40"         | count   | 40      | estimate read=40
		"xấp xỉ 40"           | count   | 40      | estimate read=40
		"khoảng 15,000 người" | count   | 15000   | estimate read=15000 + number-doubtful read=15000 other=15
		"khoảng 1.200"        | money   | refused | number-ambiguous one=1200 other=1.2
		"40 (ước tính)"       | count   | 40      | estimate read=40 remark: ước tính
		"40 (tạm tính)"       | count   | 40      | estimate read=40 remark: tạm tính
		"dưới 40"             | count   | refused | number-unreadable want=40
		"dự kiến 40"          | count   | refused | number-unreadable want=40
		"vài chục"            | count   | refused | number-unreadable
		"khoảng"              | count   | refused | number-unreadable
		"khoảng 40"           | stock   | 40      | estimate read=40
		"khoảng 60"           | upto 50 | refused | value-out-of-range read=60 max=50 min=0
		"40+"                 | count   | refused | number-unreadable want=40
		"<40"                 | count   | refused | number-unreadable
	`)
}

// A remark in brackets is kept; one that brings a second figure is asked about.
func TestRemarks(t *testing.T) {
	table(t, `
		"12 (có 3 nữ)"                         | count | 12      | text-number read=12 remark=có 3 nữ
		"12 người (có 3 nữ)"                   | count | 12      | text-number read=12 remark=có 3 nữ
		"12 [có 3 nữ]"                         | count | 12      | text-number read=12 remark=có 3 nữ
		"1.234 (60% nữ)"                       | count | 1234    | text-number read=1234 remark=60% nữ
		"0 (không phát sinh)"                  | count | none    | text-number read=0 remark=không phát sinh
		"15,000 (cả năm)"                      | count | 15000   | number-doubtful read=15000 other=15 remark: cả năm
		"12 (13)"                              | count | refused | number-ambiguous one=12 other=13 remark: 13
		"12 (đính chính: 13)"                  | count | refused | number-unreadable remark: đính chính: 13
		"12 (sửa thành 13)"                    | count | refused | number-unreadable remark: sửa thành 13
		"12 (-3)"                              | count | refused | number-unreadable remark: -3
		"12 (60%)"                             | count | 12      | text-number read=12 remark=60%
		"12 (?)"                               | count | refused | number-unreadable remark: ?
		"12 (không phát sinh)"                 | count | refused | number-unreadable remark: không phát sinh
		"12 (chưa có số liệu)"                 | count | refused | number-unreadable remark: chưa có số liệu
		"12 (có 3 nữ"                          | count | refused | number-unreadable
		"không phát sinh (do nghỉ Tết)"        | count | none    | remark: do nghỉ Tết
		"không có (0)"                         | count | none    | remark: 0
		"không phát sinh (3 vụ chuyển kỳ sau)" | count | refused | number-unreadable
		"- (nghỉ Tết)"                         | count | none    | remark: nghỉ Tết
		"nhiều (12)"                           | count | refused | number-unreadable
		"12,5 (có 3 nữ)"                       | count | refused | number-not-whole read=12.5 remark: có 3 nữ
	`)
}

// Letters for digits are pointed out, with a suggestion.
func TestLetters(t *testing.T) {
	table(t, `
		"1O5"       | count | refused | letters-in-number want=105
		"1o5"       | count | refused | letters-in-number want=105
		"l2"        | count | refused | letters-in-number want=12
		"I2"        | count | refused | letters-in-number want=12
		"1.2З4"     | count | refused | letters-in-number
		"2О25"      | count | refused | letters-in-number want=2025
		"1O5 người" | count | refused | letters-in-number want=105
		"1.O00"     | count | refused | letters-in-number want=1000
		"O"         | count | refused | letters-in-number want=0
		"I"         | count | refused | number-unreadable
		"II"        | count | refused | number-unreadable
		"12a5"      | count | refused | letters-in-number
		"1e5"       | count | refused | letters-in-number
		"B5"        | count | refused | letters-in-number want=85
		"nhiều"     | count | refused | number-unreadable
		"mười hai"  | count | refused | number-unreadable
		"1O,5"      | count | refused | letters-in-number
		"1,5O"      | money | refused | letters-in-number want=1.5
		"x12"       | count | refused | number-unreadable want=12
	`)
}

// A dash before a number may be a minus or the mark of a list.
func TestSigns(t *testing.T) {
	table(t, `
		"-5"          | count  | refused | value-out-of-range read=-5 min=0
		"-5"          | change | -5      | text-number read=-5
		"−5"          | change | -5      | text-number read=-5
		"- 5"         | change | refused | number-ambiguous one=5 other=-5
		"–5"          | change | refused | number-ambiguous one=5 other=-5
		"- 5"         | count  | refused | number-ambiguous one=5 other=-5
		"+5"          | count  | 5       | text-number read=5
		"-1.234"      | change | -1234   | text-number read=-1234
		"(12)"        | count  | refused | number-ambiguous one=12 other=-12
		"(12)"        | change | refused | number-ambiguous one=12 other=-12
		"(0)"         | change | none    | text-number read=0
		"(12 người)"  | count  | refused | number-unreadable want=12
		"(khoảng 12)" | count  | refused | number-unreadable want=12
		"5-"          | change | refused | number-unreadable want=5
		"--5"         | change | refused | number-unreadable
		"-0"          | count  | none    | text-number read=0
	`)
}

// Dates and fractions are no numbers; what was typed is suggested.
func TestDatesAndFractions(t *testing.T) {
	table(t, `
		date 45789               | count | refused | date-instead-of-number read=12/5/2025 want=12/5,5/12
		date 45780               | count | refused | date-instead-of-number read=3/5/2025 want=3/5,5/3
		date 45717               | count | refused | date-instead-of-number read=1/3/2025 want=1/3,3/1,3/25
		date 45658               | count | refused | date-instead-of-number read=1/1/2025 want=1/1,1/25
		date 45789.5             | count | refused | date-instead-of-number read=12/5/2025 want=12/5,5/12
		date 2025-05-12          | count | refused | date-instead-of-number read=12/5/2025 want=12/5,5/12
		date 2025-05-12T00:00:00 | count | refused | date-instead-of-number read=12/5/2025 want=12/5,5/12
		date1904 44327           | count | refused | date-instead-of-number read=12/5/2025 want=12/5,5/12
		date 41                  | count | refused | date-instead-of-number read=10/2/1900 want=41
		date 12000               | count | refused | date-instead-of-number read=7/11/1932 want=12000
		date 0.5                 | count | refused | date-instead-of-number
		date 9999999             | count | refused | date-instead-of-number want=9999999
		"12/5/2025"              | count | refused | date-instead-of-number read=12/5/2025
		"12-5-2025"              | count | refused | date-instead-of-number read=12/5/2025
		"2025-05-12"             | count | refused | date-instead-of-number read=12/5/2025
		"12.5.25"                | count | refused | date-instead-of-number read=12/5/2025
		"5/2025"                 | count | refused | date-instead-of-number
		"1/2"                    | money | refused | number-unreadable want=0.5
		"1/2"                    | count | refused | number-unreadable want=1
		"12/15"                  | count | refused | number-unreadable want=12
		"15/12"                  | count | refused | number-unreadable
		"1/3"                    | rate  | refused | number-unreadable
		"1/0"                    | money | refused | number-unreadable
		"45/2/2025"              | count | refused | number-unreadable
		"3/4 cơ sở"              | stock | refused | number-unreadable
		"1 1/2"                  | money | refused | number-unreadable
	`)
}
