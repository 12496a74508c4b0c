package feedback_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"tonghop/pipeline/feedback"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
	"tonghop/pipeline/report"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/wording"
	"tonghop/pipeline/workbook"
	"tonghop/templates"
)

var update = flag.Bool("update", false, "rewrite the lists in testdata")

var (
	received = time.Date(2025, time.June, 16, 9, 5, 0, 0, time.FixedZone("+07", 7*60*60))
	june     = period.Month{Year: 2025, Number: time.June}
)

// hostile is a text that a spreadsheet must not run and a sheet cannot hold as
// it is.
const hostile = "=cmd|' /C calc'!A0\x01_x0041_ 😀 "

func phrases(t testing.TB) wording.Phrases {
	t.Helper()
	book, err := wording.Load(templates.FS)
	if err != nil {
		t.Fatal(err)
	}
	return book.In(wording.Vietnamese)
}

func input(t testing.TB) feedback.Input {
	in := feedback.Input{
		File: "2025-06/ba-dinh.xlsx", SHA256: strings.Repeat("ab12", 16), Program: "test",
		UnitID: "HN-001", Unit: "Quận Ba Đình", Period: june, Window: period.Timetable{}.Window(june),
		Deadline: received.AddDate(0, 0, 1), ReceivedAt: received, ReceivedFrom: submission.FromRegister, OnTime: true,
		Status: "đã nhận một phần, đề nghị sửa", Used: feedback.Used{File: "2025-06/ba-dinh.xlsx", Version: 1, Own: true}, Standing: feedback.Counts,
		Contact: "Văn phòng Thành Hội, 024 0000", Phrases: phrases(t),
	}
	at := func(code finding.Code, cell, raw string, args ...string) {
		f := finding.New(code)
		f.File, f.Sheet, f.Cell, f.Raw = in.File, "Báo cáo", cell, raw
		if at, err := workbook.ParseRef(cell); err == nil {
			f.Row, f.Col = at.Row, at.Col
		}
		for i := 0; i < len(args); i += 2 {
			f = f.With(args[i], args[i+1])
		}
		in.Findings = append(in.Findings, report.Finding{Finding: f, Sentence: in.Phrases.Finding(f, wording.Facts{Indicator: "Số lao động được giải quyết việc làm", Measure: "người"})})
	}
	at(finding.TextNumber, "E11", "12")
	at(finding.NumberNotWhole, "E12", "12,5")
	at(finding.Estimate, "E13", "khoảng 40")
	at(finding.NumberUnreadable, "E14", hostile)
	at(finding.PartExceedsWhole, "E15", "50", "whole", "Tổng số lao động", "whole_cell", "E12", "whole_value", "41")
	at(finding.ResubmissionNotUsed, "", "", "used_version", "1", "new_version", "2", "errors", "3", "differences", "CT02_LD: 41 → 43|CT03_HO: 5 → …")
	return in
}

// read opens a list as a submission is opened and gives its cells as text.
func read(t testing.TB, data []byte) string {
	t.Helper()
	book, err := workbook.Open(data, workbook.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, s := range book.Sheets {
		fmt.Fprintf(&b, "sheet %s\n", s.Name)
		for _, c := range s.Cells {
			if c.Formula {
				t.Errorf("%s is a formula", c.Ref)
			}
			if c.Kind != workbook.Blank {
				fmt.Fprintf(&b, "%s %s %s\n", c.Ref, c.Kind, strings.ReplaceAll(c.Raw, "\n", "⏎"))
			}
		}
	}
	return b.String()
}

func list(t testing.TB, in feedback.Input) []byte {
	t.Helper()
	data, err := feedback.Compose(in).List()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestListGolden(t *testing.T) {
	const path = "testdata/list.txt"
	got := read(t, list(t, input(t)))
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the list has changed; look at it, then run with -update:\n%s", got)
	}
}

func TestSameBytesTwice(t *testing.T) {
	if !bytes.Equal(list(t, input(t)), list(t, input(t))) {
		t.Error("two lists of the same file differ")
	}
}

func TestListOfACleanFile(t *testing.T) {
	in := input(t)
	in.Findings, in.Status = nil, "Đã nhận"
	text := read(t, list(t, in))
	if !strings.Contains(text, "Không có điểm nào cần sửa.") || !strings.Contains(text, "số ô đề nghị sửa: 0 – liên hệ") || strings.Contains(text, "Đề nghị\n") {
		t.Errorf("got %s", text)
	}
}

// Of a file of which neither unit nor period is known, neither is said, nor
// whether it came in time.
func TestListOfAnUnknownFile(t *testing.T) {
	in := input(t)
	in.UnitID, in.Unit, in.Period, in.Deadline, in.OnTime, in.Used = "", "", period.Month{}, time.Time{}, false, feedback.Used{}
	text := read(t, list(t, in))
	want := "BIÊN NHẬN số ab12ab12 – nhận lúc 09:05 ngày 16/6/2025 (theo sổ nhận) – bản đang được dùng: chưa có bản nào dùng được – số ô đề nghị sửa: 3 – liên hệ: Văn phòng Thành Hội, 024 0000\n"
	if !strings.Contains(text, want) {
		t.Errorf("got %s", text)
	}
	in.ReceivedAt = time.Time{}
	if text := read(t, list(t, in)); strings.Contains(text, "nhận lúc") {
		t.Errorf("got %s", text)
	}
}

func TestReceiptOfALateFile(t *testing.T) {
	in := input(t)
	in.OnTime, in.Used = false, feedback.Used{File: "2025-06/lan-2.xlsx", Version: 2}
	text := read(t, list(t, in))
	for _, want := range []string{", sau hạn – bản đang được dùng: 2025-06/lan-2.xlsx (lần nộp 2)", "số ô đề nghị sửa: 3, đã quá hạn 09:05 ngày 17/6/2025, đề nghị sửa sớm"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %s", want, text)
		}
	}
}

// A long text from a cell is cut where a sheet ends, and the list still opens.
func TestListOfALongText(t *testing.T) {
	in := input(t)
	in.File = strings.Repeat("rất dài ", 40) + ".xlsx"
	in.Findings[1].Raw = strings.Repeat("dài ", 20000)
	in.Findings[3].Raw = "\xff\xfe" + strings.Repeat("\n", 500)
	read(t, list(t, in))
	in.Sample = true
	if text := read(t, list(t, in)); !strings.Contains(text, "SỐ LIỆU MẪU") {
		t.Error("nothing says that the figures are fictional")
	}
}

// An answer is made anew when anything in it changes, and only then.
func TestSays(t *testing.T) {
	in := input(t)
	answer := feedback.Compose(in)
	data := list(t, in)
	if !answer.Says(data) || answer.Says(data[:len(data)/2]) || answer.Says(nil) {
		t.Error("an answer is not known again")
	}
	for name, change := range map[string]func(*feedback.Input){
		"status": func(in *feedback.Input) { in.Status = "Đã nhận" }, "original": func(in *feedback.Input) { in.SHA256 = strings.Repeat("0", 64) },
		"findings": func(in *feedback.Input) { in.Findings = in.Findings[1:] }, "program": func(in *feedback.Input) { in.Program = "other" },
		"used":   func(in *feedback.Input) { in.Used.Own = false },
		"values": func(in *feedback.Input) { in.Values = []feedback.Value{{Name: "x"}} },
	} {
		other := input(t)
		change(&other)
		if feedback.Compose(other).Says(data) {
			t.Errorf("another %s is not told", name)
		}
	}
}
