package pipeline_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/form"
	"tonghop/pipeline/intake"
)

// Every file answered has its receipt as a page, drawn once and again only where it
// says something else.
func TestReceiptsAreDrawnOnce(t *testing.T) {
	o := newOffice(t)
	o.send("2025-06/a.xlsx", "HN-001", june, 5, 1)
	o.write(filepath.Join(o.Inputs, "2025-06/b.xlsx"), []byte("<html>"))
	out := o.mustRun(june)
	first := o.inFeedback("*.pdf")
	if len(first) != 2 {
		t.Fatalf("%d receipts for two files", len(first))
	}
	earlier := clock.Add(-24 * time.Hour)
	age := func() {
		for name := range o.inFeedback("*.pdf") {
			o.received(filepath.Join(out.Feedback.Folder, name), earlier)
		}
	}
	drawnAgain := func() (names []string) {
		for name := range o.inFeedback("*.pdf") {
			if info, err := os.Stat(filepath.Join(out.Feedback.Folder, name)); err != nil || !info.ModTime().Equal(earlier) {
				names = append(names, name[:len("HN-001")])
			}
		}
		return names
	}
	age()
	o.mustRun(june)
	if names := drawnAgain(); len(names) != 0 {
		t.Errorf("drawn again without a change: %q", names)
	}

	// Another version counts now: the receipt of the first says so.
	o.send("2025-06/c.xlsx", "HN-001", june, 6, 2)
	o.mustRun(june)
	if names := strings.Join(drawnAgain(), " "); names != "HN-001 HN-001" {
		t.Errorf("drawn again or new: %q, want the two of HN-001", names)
	}
	age()
	o.Office.Issuer = "ĐẢNG ĐOÀN"
	o.Office.Party = true
	o.mustRun(june)
	if names := drawnAgain(); len(names) != 3 {
		t.Errorf("another letterhead: drawn again %q, want all three", names)
	}
	o.Office = newOffice(t).Office
	o.mustRun(june)
	for name, data := range o.inFeedback("khong-ro-*.pdf") {
		if !bytes.Equal(data, first[name]) {
			t.Errorf("%s of the same answer is another file", name)
		}
	}
}

// A receipt stands on one page unless there is much to correct, and says all that a
// unit needs to hold on to.
func TestReceiptPages(t *testing.T) {
	o := newOffice(t)
	o.send("2025-06/tot.xlsx", "HN-001", june, 7, 1)
	o.sendWith("2025-06/"+strings.Repeat("Thượng Phước Hạ ", 7)+"o\u031b\u0300.xlsx", "HN-002", june, 5, words)
	o.sendWith("2025-06/mot-cho.xlsx", "HN-003", june, 5, func(f *form.Filled) {
		a := f.Answers["CT02_LD"]
		a.Content = form.Text(strings.Repeat("mười hai 😀\x07 ", 400))
		f.Answers["CT02_LD"] = a
	})
	o.write(filepath.Join(o.Inputs, "2025-06/b.xlsx"), []byte("<html>"))
	o.mustRun(june)
	for pattern, want := range map[string]struct {
		most, least int // pages
		said        []string
	}{
		"HN-001-*.pdf": {1, 1, []string{"BIÊN NHẬN BÁO CÁO", "Số 2025-06/HN-001/", "Quận Ba Đình", "tháng 6/2025 (từ 15/5/2025 đến 14/6/2025)", "2025-06/tot.xlsx",
			"13:00 ngày 18/6/2025 (theo thời gian tệp), sau hạn", "17:00 ngày 17/6/2025", "Đã nhận", "chính tệp này", "Không có điểm nào cần sửa", "Liên hệ"}},
		"HN-002-*.pdf":   {20, 2, []string{"Bản đang được dùng chưa có bản nào dùng được", "đã quá hạn 17:00 ngày 17/6/2025, đề nghị sửa sớm", "Số liệu chưa được dùng, đề nghị sửa (", "0912 345 678"}},
		"HN-003-*.pdf":   {1, 1, []string{"Đã nhận một phần, đề nghị sửa", "1, đã quá hạn"}},
		"khong-ro-*.pdf": {1, 1, []string{"chưa xác định được", "Chưa dùng được, đề nghị gửi lại", "chưa có bản nào dùng được"}},
	} {
		found := o.inFeedback(pattern)
		if len(found) != 1 {
			t.Errorf("%s: %d receipts", pattern, len(found))
		}
		for name, data := range found {
			if n := pages(data); n > want.most || n < want.least {
				t.Errorf("%s has %d pages, want %d to %d", name, n, want.least, want.most)
			}
			text := strings.Join(strings.Fields(pdfText(t, data)), " ")
			for _, said := range want.said {
				if !strings.Contains(text, said) {
					t.Errorf("%s does not say %q:\n%.3000s", name, said, text)
				}
			}
		}
	}
}

// A copy of what was received has a receipt of its own, which says that, and what is
// to be corrected in it; the first one's answer stays as it is.
func TestACopyHasItsReceipt(t *testing.T) {
	for _, beside := range []bool{false, true} {
		o := newOffice(t)
		o.Beside = beside
		first := o.sendWith("2025-06/mot-cho.xlsx", "HN-003", june, 5, func(f *form.Filled) {
			a := f.Answers["CT02_LD"]
			a.Content = form.Text("mười hai 😀")
			f.Answers["CT02_LD"] = a
		})
		data, err := os.ReadFile(first)
		if err != nil {
			t.Fatal(err)
		}
		all := func() map[string][]byte {
			if !beside {
				return o.inFeedback("*.*")
			}
			found := map[string][]byte{}
			for _, folder := range []string{"2025-06", "2025-06/gui-lai"} {
				paths, err := filepath.Glob(filepath.Join(o.Inputs, folder, intake.ReturnFolder, "*"))
				if err != nil {
					t.Fatal(err)
				}
				for _, path := range paths {
					if found[folder+"/"+filepath.Base(path)], err = os.ReadFile(path); err != nil {
						t.Fatal(err)
					}
				}
			}
			return found
		}
		o.mustRun(june)
		before := all()
		copied := filepath.Join(o.Inputs, "2025-06/gui-lai/mot-cho.xlsx")
		o.write(copied, data)
		o.received(copied, clock.Add(-time.Minute))
		var r pipeline.Reception
		got := o.receive(&r)
		if len(got.New) != 1 || got.New[0].Path != "2025-06/gui-lai/mot-cho.xlsx" || got.New[0].Status != "trùng tệp đã nhận; tệp trước: Đã nhận một phần, đề nghị sửa" {
			t.Errorf("new: %+v", got.New)
		}
		after := all()
		if len(before) != 2 || len(after) != 3 {
			t.Fatalf("answers before %d, after %d", len(before), len(after))
		}
		for name, data := range after {
			if was, old := before[name]; old {
				if !bytes.Equal(was, data) {
					t.Errorf("%s is another", name)
				}
				continue
			}
			if !regexp.MustCompile(`^(2025-06/gui-lai/)?HN-003-[0-9a-f]{8}-trung-[0-9a-f]{8}\.pdf$`).MatchString(name) {
				t.Errorf("the copy's receipt is called %s", name)
			}
			text := strings.Join(strings.Fields(pdfText(t, data)), " ")
			for _, said := range []string{"2025-06/gui-lai/mot-cho.xlsx", "Trùng tệp đã nhận; tệp trước: Đã nhận một phần, đề nghị sửa",
				"2025-06/mot-cho.xlsx (lần nộp 1)", "Số ô đề nghị sửa 1", "giống hệt tệp đã nhận"} {
				if !strings.Contains(text, said) {
					t.Errorf("%s does not say %q:\n%.3000s", name, said, text)
				}
			}
		}
		o.mustRun(june)
		for name, data := range all() {
			if !bytes.Equal(after[name], data) {
				t.Errorf("%s was drawn again", name)
			}
		}
	}
}

// A file that was published and has gone still counts; another one that lies under
// its path now is told what is wrong in it, and nothing of the other.
func TestFilesUnderOnePathAreToldApart(t *testing.T) {
	o := newOffice(t)
	wrong := func(indicator, said string) func(*form.Filled) {
		return func(f *form.Filled) {
			a := f.Answers[indicator]
			a.Content = form.Text(said)
			f.Answers[indicator] = a
		}
	}
	o.sendWith("2025-06/a.xlsx", "HN-003", june, 5, wrong("CT02_LD", "mười hai"))
	o.mustRun(june)
	o.sendWith("2025-06/a.xlsx", "HN-002", june, 5, wrong("CT01_KN", "hai chục"))
	o.mustRun(june)
	for pattern, said := range map[string][2]string{"HN-003-*.pdf": {"mười hai", "hai chục"}, "HN-002-*.pdf": {"hai chục", "mười hai"}} {
		found := o.inFeedback(pattern)
		if len(found) != 1 {
			t.Fatalf("%s: %d receipts", pattern, len(found))
		}
		for name, data := range found {
			text := strings.Join(strings.Fields(pdfText(t, data)), " ")
			if !strings.Contains(text, said[0]) || strings.Contains(text, said[1]) {
				t.Errorf("%s should say %q and not %q:\n%.3000s", name, said[0], said[1], text)
			}
		}
	}
}

// A receipt asks for what is still to be done, and calls no figure used that is not.
func TestReceiptsAskForWhatIsStillToBeDone(t *testing.T) {
	o := newOffice(t)
	wrong := func(version int) func(*form.Filled) {
		return func(f *form.Filled) {
			f.Version = version
			a := f.Answers["CT02_LD"]
			a.Content = form.Text("mười hai")
			f.Answers["CT02_LD"] = a
		}
	}
	o.sendWith("2025-06/sai-roi-dung-1.xlsx", "HN-001", june, 5, wrong(1))
	o.send("2025-06/sai-roi-dung-2.xlsx", "HN-001", june, 5, 2)
	o.send("2025-06/dung-roi-sai-1.xlsx", "HN-002", june, 5, 1)
	o.sendWith("2025-06/dung-roi-sai-2.xlsx", "HN-002", june, 5, wrong(2))
	o.sendWith("2025-06/loai.xlsx", "HN-003", june, 5, wrong(1))
	o.send("2025-06/ban-a.xlsx", "HN-004", june, 5, 1)
	o.send("2025-06/ban-b.xlsx", "HN-004", june, 6, 1)
	o.rule("quyet-dinh.csv", "QD-1,2025-06-18,Lan,loại tệp,2025-06,HN-003,,2025-06/loai.xlsx,,,gửi nhầm,")
	o.mustRun(june)
	receipts := map[string]string{}
	for _, data := range o.inFeedback("*.pdf") {
		text := strings.Join(strings.Fields(pdfText(t, data)), " ")
		receipts[regexp.MustCompile(`2025-06/[a-z0-9-]+\.xlsx`).FindString(text)] = text
	}
	const toCorrect, used = "Số liệu chưa được dùng, đề nghị sửa", "Số liệu đã được dùng"
	// Of two versions of which nothing tells the order either may count; both ask.
	for file, other := range map[string]string{"2025-06/ban-a.xlsx": "2025-06/ban-b.xlsx", "2025-06/ban-b.xlsx": "2025-06/ban-a.xlsx"} {
		if !strings.Contains(receipts[file], "Có hai bản của cùng kỳ mà không") || !strings.Contains(receipts[file], other) {
			t.Errorf("%s does not ask which version is the newer:\n%.2000s", file, receipts[file])
		}
	}
	for file, want := range map[string]struct{ says, saysNot []string }{
		"2025-06/sai-roi-dung-1.xlsx": {
			[]string{"Số ô đề nghị sửa 0", "không cần sửa tệp này nữa", "Đã nêu về tệp này, nay không cần sửa nữa (1)"}, []string{toCorrect, used}},
		"2025-06/dung-roi-sai-1.xlsx": {
			[]string{"Đã nhận, có điểm đề nghị xem lại", "Bản nộp lần 2 còn 1 lỗi nên đang", used}, []string{toCorrect, "Không có điểm nào"}},
		"2025-06/dung-roi-sai-2.xlsx": {
			[]string{"Số ô đề nghị sửa 1", toCorrect, "Đề nghị xem lại (1)", "Bản nộp lần 2 còn 1 lỗi"}, []string{used}},
		"2025-06/loai.xlsx": {
			[]string{"Không dùng theo quyết định của Thành Hội", "Số ô đề nghị sửa 0"}, []string{"đề nghị gửi lại", "Không có điểm nào", used}},
	} {
		for _, said := range want.says {
			if !strings.Contains(receipts[file], said) {
				t.Errorf("%s does not say %q:\n%.2000s", file, said, receipts[file])
			}
		}
		for _, said := range want.saysNot {
			if strings.Contains(receipts[file], said) {
				t.Errorf("%s says %q:\n%.2000s", file, said, receipts[file])
			}
		}
	}
}
