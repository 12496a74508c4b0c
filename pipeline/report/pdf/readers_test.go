package pdf

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"tonghop/pipeline/report"
)

// read draws a document and returns what another program says of the file.
func read(t *testing.T, doc report.Document, program string, args ...string) string {
	t.Helper()
	path, err := exec.LookPath(program)
	if err != nil {
		t.Skipf("%s is not installed", program)
	}
	content, err := Draw(doc, Options{Created: created})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "report.pdf")
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	for i, a := range args {
		args[i] = strings.ReplaceAll(a, "FILE", file)
	}
	out, err := exec.Command(path, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", program, err, out)
	}
	return string(out)
}

func TestStructureIsClean(t *testing.T) {
	if out := read(t, sample(), "qpdf", "--check", "FILE"); strings.Contains(out, "WARNING") {
		t.Error(out)
	}
}

func TestTextReadsInOrder(t *testing.T) {
	out := strings.Join(strings.Fields(read(t, sample(), "pdftotext", "-raw", "FILE", "-")), " ")
	rest := out
	for _, want := range []string{
		"DỰ THẢO – bản r1", "BAN THƯỜNG VỤ", "Độc lập - Tự do - Hạnh phúc", "Số: ……/BC-BTV", "BÁO CÁO Kết quả thực hiện chỉ tiêu",
		"huyện Ứng Hòa, huyện Mỹ Đức.", "31 phải báo cáo", "Lũy kế năm 2025",
		"1 Số hội viên phụ nữ tăng thêm (đến năm 2025 đạt 35.000 hội viên) 6.000 15.000 40,4% ▲ đúng tiến độ",
		"■ không đạt", "Nhóm 2: việc làm và thu nhập của phụ nữ",
		"(tạm tính, có số liệu của 28/30 đơn vị)", "- Lưu: VT.", "Nguyễn Thị Hồng Hạnh",
		"Phụ lục I. Số liệu theo đơn vị", "2 Hoàn Kiếm 1.234 - … 12,5% 123.456", "vân tay 9be07d51c4a2",
	} {
		_, after, found := strings.Cut(rest, want)
		if !found {
			t.Errorf("%q is missing, or stands before what it should follow", want)
			continue
		}
		rest = after
	}
}

func TestMetadata(t *testing.T) {
	out := read(t, sample(), "pdfinfo", "-rawdates", "FILE")
	for _, want := range []string{
		`Title: +Báo cáo kết quả thực hiện chỉ tiêu tháng 6 năm 2025\n`, `Subject: +Kỳ báo cáo từ 15/5/2025 đến 14/6/2025\n`,
		`Keywords: +2025-06, hanoi\n`,
		`Author: +Hội Liên hiệp Phụ nữ Hà Nội\n`, `CreationDate: +D:20250617103500\+07'00'\n`, `ModDate: +D:20250617103500\+07'00'\n`, `Pages: +6\n`,
	} {
		if !regexp.MustCompile(want).MatchString(out) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}

// Bookmarks point at their headings whatever the height of the last page.
func TestBookmarksPointAtHeadings(t *testing.T) {
	content, err := Draw(sample(), Options{Created: created})
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for i, p := range laidOut(t, sample(), Options{}) {
		for _, e := range p.entries {
			want = append(want, fmt.Sprintf("/Dest [%d 0 R /XYZ 0 %.2f null]", 3+2*i, (p.paper.h-e.y)/mmPerPoint))
		}
	}
	got := regexp.MustCompile(`/Dest \[\d+ 0 R /XYZ 0 [\d.]+ null\]`).FindAllString(string(content), -1)
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("bookmarks go to\n%q, want\n%q", got, want)
	}
}

// Every kind of block gives its text back in the order in which it is read, with
// all its marks.
func TestChartsReadInOrder(t *testing.T) {
	rest := strings.Join(strings.Fields(read(t, gallery(), "pdftotext", "-raw", "-enc", "UTF-8", "FILE", "-")), " ")
	for _, want := range []string{
		"Số hội viên phụ nữ tăng thêm (đến năm 2025 đạt 35.000 hội viên) 7.120 40,4% của 15.000 đạt",
		"Tỷ lệ cơ sở Hội hoàn thành tốt nhiệm vụ trở lên 94,2%",
		"chưa đến kỳ đánh giá",
		"chỉ tiêu năm (100%) tiến độ cần có đến kỳ này tạm tính",
		"7.120/15.000 47,5%",
		"chưa đủ số liệu", "giảm 120 hội viên so với đầu năm",
		"2 MỤC LỤC I. Diễn biến 12 tháng 2 1. Các chỉ tiêu chính 2",
		"Phụ lục I. SỐ LIỆU THEO ĐƠN VỊ Phụ lục II. CÁC TRANG KHÁC",
		"Lao động được tạo việc làm người, theo tháng", "1304 870 1.250 …", "980 1299", "hội viên danh dự", "512300 519345",
		"chậm, tạm tính", "(đã ký)", "Phụ lục I SỐ LIỆU THEO ĐƠN VỊ (Kèm theo",
	} {
		_, after, found := strings.Cut(rest, want)
		if !found {
			t.Errorf("%q is missing, or stands before what it should follow, in %.300q", want, rest)
			continue
		}
		rest = after
	}
}
