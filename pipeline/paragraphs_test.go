package pipeline_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// The workbook holds the report's running text in its order, as the office wrote
// it and as it was generated; what is not printed for want of consent is not there.
func TestTheWorkbookHoldsTheText(t *testing.T) {
	o := newOffice(t)
	o.send("2025-06/a.xlsx", "HN-001", june, 41, 1)
	o.says("2025-06",
		[]string{"V", "", "", "Đề nghị cấp kinh phí."},
		[]string{"III. Đánh giá", "", "", "Gọi chị Hoa 0912 345 678."},
		[]string{"I. Công tác chỉ đạo", "", "", "Ban hành kế hoạch.\nGiao ban hằng tuần."})
	o.mustRun(june)
	data, err := os.ReadFile(filepath.Join(o.Outputs, june.String(), "summary.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	rows, err := f.GetRows("Lời văn")
	if err != nil {
		t.Fatal(err)
	}
	const head = 7
	var sections []string
	generated := 0
	for _, row := range rows[head:] {
		if row[1] == "Kết quả thực hiện theo chương trình" {
			generated++
			if row[2] == "" || strings.Contains(row[3], "\n") || strings.Contains(row[3], "⟦") {
				t.Errorf("row %q", row)
			}
			continue
		}
		sections = append(sections, row[1]+": "+row[3])
	}
	got := strings.Join(sections, "|")
	want := "Công tác chỉ đạo: Ban hành kế hoạch.|Công tác chỉ đạo: Giao ban hằng tuần.|"
	if !strings.HasPrefix(got, want) || !strings.HasSuffix(got, "|Đề xuất, kiến nghị: Đề nghị cấp kinh phí.") || strings.Contains(got, "0912") {
		t.Errorf("the office's text is %s", got)
	}
	if generated == 0 {
		t.Error("nothing is said of any programme")
	}
}
