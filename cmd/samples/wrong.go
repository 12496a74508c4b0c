package main

import (
	"strings"
	"time"
	"unicode/utf16"

	"tonghop/pipeline/figure"
	"tonghop/pipeline/form"
)

// What goes wrong in June, by unit.
const (
	notPrompt      = "HN-269" // Sơn Tây: one case of May was not promptly handled
	late           = "HN-280" // Phú Xuyên
	resubmits      = "HN-008" // Hoàng Mai
	halfAWorker    = "HN-016" // Sóc Sơn: 12,5 workers
	thousandsTyped = "HN-017" // Đông Anh: 1.234 was taken for a decimal number
	tooManyWomen   = "HN-274" // Hoài Đức: more women than workers
	leftBlank      = "HN-277" // Chương Mỹ
	unreadable     = "HN-281" // Ứng Hòa: "nhiều"
)

// silent units send nothing in June: Ba Vì and Mỹ Đức.
var silent = map[string]bool{"HN-271": true, "HN-282": true}

// goWrong is what becomes of a unit's report in June.
func goWrong(r report, l *life) []report {
	retype := func(code string, c form.Content) {
		a := r.filled.Answers[code]
		a.Content = c
		r.filled.Answers[code] = a
	}
	switch r.unit.ID {
	case late:
		r.at = time.Date(2025, time.June, 19, 9, 40, 0, 0, zone)
	case resubmits:
		return resubmit(r, l)
	case halfAWorker:
		retype("CT02_LD", form.Text("12,5"))
	case thousandsTyped:
		retype("CT01_CB", form.Number(figure.MustParse("1.234")))
	case tooManyWomen:
		retype("CT02_LD_NU", form.Number(figure.Int(int64(l.months[june]["CT02_LD"]+9))))
	case leftBlank:
		delete(r.filled.Answers, "CT01_CDI")
	case unreadable:
		retype("CT03_HO", form.Text("nhiều"))
	}
	if silent[r.unit.ID] {
		return nil
	}
	return []report{r}
}

// resubmit sends the report twice. The second counts; the first had left out
// the workers of a class and the households of a ward.
func resubmit(r report, l *life) []report {
	first, second := r, r
	first.filled.Answers = map[string]form.Answer{}
	for code, a := range r.filled.Answers {
		first.filled.Answers[code] = a
	}
	workers := l.months[june]
	for code, n := range map[string]int{
		"CT02_LD": workers["CT02_LD"] - 3, "CT02_LD_NU": workers["CT02_LD_NU"] - 3, "CT03_HO": workers["CT03_HO"] - 1,
	} {
		first.filled.Answers[code] = form.Answer{Content: form.Number(figure.Int(int64(n)))}
	}
	first.at = time.Date(2025, time.June, 16, 9, 10, 0, 0, zone)
	second.at = time.Date(2025, time.June, 17, 10, 25, 0, 0, zone)
	second.by = "Zalo"
	second.path = strings.TrimSuffix(r.path, ".xlsx") + "-lan-2.xlsx"
	second.filled.Version = 2
	second.filled.Reason = "Bổ sung số liệu của một lớp dạy nghề và một phường gửi sau."
	return []report{first, second}
}

// stray is the path of the file that is not a workbook.
const stray = "2025-06/bao-cao-thanh-oai.xlsx"

// strays are files that are no reports: a web page saved under a workbook's
// name, and what Excel leaves beside a workbook that somebody has open.
func strays() []file {
	return []file{
		{stray, []byte(page)},
		{"2025-06/~$gia-lam.xlsx", lock("Nguyễn Thị Mẫu")},
	}
}

const page = `<html>
<head><meta charset="utf-8"><title>Báo cáo tháng 6/2025 – SỐ LIỆU MẪU – HƯ CẤU</title></head>
<body><table>
<tr><td>Đơn vị</td><td>Huyện Thanh Oai</td></tr>
<tr><td>Số lao động được dạy nghề</td><td>37</td></tr>
</table></body>
</html>
`

// lock is Excel's owner file: the user's name in 54 bytes and again in 54
// UTF-16 units, each after its length and padded with spaces; 165 bytes.
func lock(user string) []byte {
	const width = 54
	var narrow []byte
	for _, r := range user {
		if r > 0xFF {
			r = '?' // as Excel writes what the machine's code page lacks
		}
		narrow = append(narrow, byte(r))
	}
	wide := utf16.Encode([]rune(user))
	data := append([]byte{byte(len(narrow))}, narrow...)
	for len(data) < 1+width {
		data = append(data, ' ')
	}
	data = append(data, byte(len(wide)), 0)
	for i := range width {
		unit := uint16(' ')
		if i < len(wide) {
			unit = wide[i]
		}
		data = append(data, byte(unit), byte(unit>>8))
	}
	return data
}
