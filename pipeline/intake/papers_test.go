package intake

import (
	"archive/zip"
	"bytes"
	"testing"

	"tonghop/pipeline/submission"
	"tonghop/pipeline/workbook"
)

// packed is a zip archive of empty parts.
func packed(t *testing.T, names ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range names {
		if _, err := w.Create(name); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// Each kind of file has its own finding, for what to do differs.
func TestWhatAFileIsByItsContent(t *testing.T) {
	for _, c := range []struct {
		name string
		data []byte
		code string
	}{
		{"xls", append([]byte("\x09\x08\x10\x00"), make([]byte, 600)...), "old-xls-format"},
		{"xlsb", packed(t, "[Content_Types].xml", "xl/workbook.bin"), "xlsb-format"},
		{"csv", []byte("Mã;Số liệu\nLD;41\n"), "csv-file"},
		{"html", []byte("<html><table><tr><td>41</td></tr></table></html>"), "html-file"},
		{"pdf", []byte("%PDF-1.4\n"), "scan-only"},
		{"photo", []byte("\xff\xd8\xff\xe0 JFIF"), "scan-only"},
		{"empty", nil, "file-empty"},
		{"zeros", make([]byte, 8192), "file-truncated"},
		{"word", packed(t, "[Content_Types].xml", "word/document.xml"), "not-a-workbook"},
		{"torn", sheetOf(t)[:4000], "file-truncated"},
	} {
		r := Read(submission.File{Path: "báo cáo.xlsx"}, c.data, office(t), times, workbook.DefaultLimits())
		if len(r.Findings) != 1 || string(r.Findings[0].Code) != c.code || r.File.Disposition != submission.UnusableFile {
			t.Errorf("%s: %q, %s", c.name, said(r), r.File.Disposition)
		}
	}
}

func TestScansBesideTheWorkbookAreAttachments(t *testing.T) {
	pdf := func(n byte) []byte { return append([]byte("%PDF-1.4\n"), n) }
	root := t.TempDir()
	put(t, root, "2025-05/bao-cao.xlsx", sheetOf(t))
	put(t, root, "2025-05/bao-cao.pdf", pdf(1))
	put(t, root, "2025-05/Bao cao (scan 2).jpg", []byte("\xff\xd8\xff\xe0 JFIF"))
	put(t, root, "2025-05/Ba Đình có chữ ký.pdf", pdf(2))
	put(t, root, "2025-05/Tây Hồ.pdf", pdf(3))
	put(t, root, "2025-05/công văn.pdf", pdf(4))
	put(t, root, "2025-06/Quận Ba Đình/trang 1.pdf", pdf(5))
	put(t, root, "Ba Đình/2025-05/x.xlsx", sheetOf(t, "F4: 2"))
	put(t, root, "Ba Đình/2025-05/trang 1.pdf", pdf(6))
	put(t, root, "Ba Đình/2025-05/thuyết minh.docx", packed(t, "[Content_Types].xml", "word/document.xml"))
	batch := collect(t, folder(t, root))
	expect(t, batch,
		"2025-05/Ba Đình có chữ ký.pdf ignored: attachment beside=2025-05/bao-cao.xlsx",
		"2025-05/Bao cao (scan 2).jpg ignored: attachment beside=2025-05/bao-cao.xlsx",
		"2025-05/Tây Hồ.pdf unusable: scan-only",
		"2025-05/bao-cao.pdf ignored: attachment beside=2025-05/bao-cao.xlsx",
		"2025-05/bao-cao.xlsx counted",
		"2025-05/công văn.pdf unusable: scan-only",
		"2025-06/Quận Ba Đình/trang 1.pdf unusable: scan-only",
		"Ba Đình/2025-05/thuyết minh.docx ignored: attachment beside=Ba Đình/2025-05/x.xlsx",
		"Ba Đình/2025-05/trang 1.pdf ignored: attachment beside=Ba Đình/2025-05/x.xlsx",
		"Ba Đình/2025-05/x.xlsx counted",
	)
	// Whose scan it is, where folder or name say so: that unit is told.
	for i, want := range map[int]string{0: "HN-001 2025-05", 2: "HN-002 2025-05", 5: " ", 6: "HN-001 2025-06"} {
		if f := batch[i].File; f.Unit+" "+f.Period.String() != want {
			t.Errorf("%s is of %s %s", f.Path, f.Unit, f.Period)
		}
	}
}
