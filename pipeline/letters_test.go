package pipeline_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/form"
	"tonghop/pipeline/period"
	"tonghop/pipeline/report/pdf"
	"tonghop/pipeline/summary"
)

func (o office) reminders(unit string, month period.Month, at time.Time) pipeline.Reminders {
	o.t.Helper()
	var only *catalogue.Unit
	if unit != "" {
		only, _ = o.Catalogue.Unit(unit)
	}
	sel := period.Selector{Kind: period.Fixed, Span: period.SpanOf(period.Monthly, month, period.Month{})}
	o.ReplyWorkingDays = 3
	r, err := o.Reminders(context.Background(), only, sel, at)
	if err != nil {
		o.t.Fatal(err)
	}
	return r
}

func (o office) letters(r pipeline.Reminders) map[string][]byte {
	o.t.Helper()
	done, err := o.WriteLetters(r, "")
	if err != nil {
		o.t.Fatal(err)
	}
	found := map[string][]byte{}
	entries, err := os.ReadDir(done.Folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		o.t.Fatal(err)
	}
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(done.Folder, e.Name()))
		if err != nil {
			o.t.Fatal(err)
		}
		found[e.Name()] = data
	}
	return found
}

// pages counts the pages of a PDF.
func pages(data []byte) int { return bytes.Count(data, []byte("/Type /Page\n")) }

// words types a word where a number is asked for.
func words(f *form.Filled) {
	for code, a := range f.Answers {
		a.Content = form.Text("mười hai (Nguyễn Văn A, 0912 345 678) 😀")
		f.Answers[code] = a
	}
}

// A letter goes to each unit that owes, once its deadline has passed, and stays only
// as long as it owes.
func TestLettersToThoseWhoOwe(t *testing.T) {
	o := newShippedOffice(t)
	o.send("a.xlsx", "HN-001", june, 10, 1)
	wrong := o.sendWith("b.xlsx", "HN-002", june, 10, words)

	before := o.reminders("", june, clock.AddDate(0, 0, -1))
	if len(before.Units) != 0 || len(before.LeftOut) == 0 || len(o.letters(before)) != 0 {
		t.Errorf("before the deadline: %d reminded, %d left out", len(before.Units), len(before.LeftOut))
	}
	r := o.reminders("", june, clock)
	files := o.letters(r)
	if len(r.Units) != 29 || len(files) != 30 || files["HN-TP.pdf"] != nil || files["HN-001.pdf"] != nil || files["HN-002.pdf"] == nil {
		t.Fatalf("%d reminded, %d files", len(r.Units), len(files))
	}
	if want := time.Date(2025, 6, 23, 17, 0, 0, 0, o.Timetable.Zone); !r.Reply.Equal(want) { // Wednesday and three working days
		t.Errorf("answer by %s, want %s", r.Reply, want)
	}
	if n := pages(files["HN-002.pdf"]); n < 4 {
		t.Errorf("a letter of %d pages about a report in which every number is a word", n)
	}
	all := 0
	for name, data := range files {
		if name != "tat-ca.pdf" {
			all += pages(data)
		}
	}
	if got := pages(files["tat-ca.pdf"]); got != all {
		t.Errorf("%d pages in one file, %d in the letters", got, all)
	}
	again := o.letters(o.reminders("", june, clock))
	for name, data := range files {
		if !bytes.Equal(data, again[name]) {
			t.Errorf("%s drawn again is another file", name)
		}
	}
	if _, err := os.Stat(o.State); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a letter left something in the state: %v", err)
	}

	// HN-002 has sent it again, and somebody keeps a file of her own there.
	o.send("c.xlsx", "HN-002", june, 10, 2)
	own := filepath.Join(o.Outputs, "2025-06", "letters", "HN-001.pdf")
	o.write(own, []byte("%PDF-1.4 not a letter of ours"))
	alone := o.letters(o.reminders("HN-003", june, clock))
	if alone["HN-002.pdf"] != nil || alone["tat-ca.pdf"] != nil || alone["HN-003.pdf"] == nil || alone["HN-004.pdf"] == nil || alone["HN-001.pdf"] == nil {
		t.Error("a letter to one unit leaves what is not true any more, or takes what is")
	}
	files = o.letters(o.reminders("", june, clock))
	if files["HN-002.pdf"] != nil || files["tat-ca.pdf"] == nil || pdf.HasKeyword(files["tat-ca.pdf"], "HN-002") {
		t.Error("a unit that has reported is still reminded")
	}
	if err := os.Remove(wrong); err != nil {
		t.Fatal(err)
	}

	// The districts ended on 30 June: only the city office still owes, and does not
	// write to itself.
	r = o.reminders("", june, clock.AddDate(0, 0, 13))
	files = o.letters(r)
	office := slices.ContainsFunc(r.LeftOut, func(o summary.Owed) bool { return o.Unit.ID == "HN-TP" && o.Settled == "" })
	if len(r.Units) != 0 || !office || len(files) != 1 || files["HN-003.pdf"] != nil {
		t.Errorf("after the districts ended: %d reminded, %d files", len(r.Units), len(files))
	}
}

// Units with names of 120 letters, and a whole city that owes: nothing leaves its
// margins, or there would be no file.
func TestLettersToLongNames(t *testing.T) {
	o := newShippedOffice(t)
	august := period.Month{Year: 2025, Number: time.August}
	for _, u := range o.Catalogue.Units {
		u.Name = string([]rune(u.Name + strings.Repeat(" Thượng Phước Hạ", 8))[:120])
	}
	o.Correspondence.Addressee = "Hội Liên hiệp Phụ nữ"
	r := o.reminders("", august, time.Date(2025, 8, 20, 9, 0, 0, 0, time.UTC))
	if len(r.Units) < 126 {
		t.Errorf("%d units reminded, want all", len(r.Units))
	}
	data, err := r.PDF(r.Units...)
	if err != nil {
		t.Fatal(err)
	}
	if n := pages(data); n != len(r.Units) {
		t.Errorf("%d pages for %d letters without a point", n, len(r.Units))
	}
}

// What the report withholds a letter and a message withhold, too.
func TestLettersWithholdPersonalNumbers(t *testing.T) {
	o := newOffice(t)
	o.sendWith("b.xlsx", "HN-002", june, 10, words)
	r := o.reminders("HN-002", june, clock)
	if len(r.Units) != 1 {
		t.Fatalf("%d reminded", len(r.Units))
	}
	if text := r.Units[0].Text; strings.Contains(text, "0912") || !strings.Contains(text, "- và ") {
		t.Errorf("message: %s", text)
	}
	data, err := r.PDF(r.Units...)
	if err != nil {
		t.Fatal(err)
	}
	text := pdfText(t, data)
	if strings.Contains(text, "0912") || !strings.Contains(text, "chưa được duyệt in") {
		t.Errorf("the letter says a telephone number, or does not withhold it:\n%.2000s", text)
	}
}

func TestNoReminderOfAUnitThatDoesNotReport(t *testing.T) {
	o := newShippedOffice(t)
	ward, _ := o.Catalogue.Unit("HN-00004")
	sel := period.Selector{Kind: period.Fixed, Span: period.SpanOf(period.Monthly, june, period.Month{})}
	_, err := o.Reminders(context.Background(), ward, sel, clock)
	var unasked *pipeline.NotExpectedError
	if !errors.As(err, &unasked) || unasked.Unit != ward {
		t.Errorf("error %v, want that the ward does not report", err)
	}
}

// pdfText is what another program reads in a PDF.
func pdfText(t *testing.T, data []byte) string {
	t.Helper()
	reader, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext is not installed")
	}
	cmd := exec.Command(reader, "-layout", "-", "-")
	cmd.Stdin = bytes.NewReader(data)
	text, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// A unit whose file may be about the month, and says another one, too, is told which
// file it is and why it cannot be used.
func TestALetterSaysWhyAFileIsNotUsable(t *testing.T) {
	o := newOffice(t)
	o.retype(o.send("gui/b.xlsx", "HN-002", june, 10, 1), "Báo cáo", "D5", "2025-07")
	r := o.reminders("HN-002", june, clock)
	if len(r.Units) != 1 {
		t.Fatalf("%d reminded", len(r.Units))
	}
	letter := strings.Join(strings.Fields(pdfText(t, o.letters(r)["HN-002.pdf"])), " ")
	for _, text := range []string{letter, r.Units[0].Text} {
		for _, said := range []string{"gui/b.xlsx", "A2"} {
			if !strings.Contains(text, said) {
				t.Errorf("does not say %q:\n%s", said, text)
			}
		}
	}
	if !strings.Contains(letter, "chưa rõ là kỳ nào") {
		t.Errorf("does not say what is wrong:\n%s", letter)
	}
}
