package pipeline_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/xuri/excelize/v2"

	"tonghop/pipeline"
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/intake"
	"tonghop/pipeline/period"
	"tonghop/pipeline/workbook"
	"tonghop/templates"
)

// answers are the workbooks handed back, by name.
func (o office) answers() map[string][]byte { return o.inFeedback("*.xlsx") }

// inFeedback are the files whose names match a pattern.
func (o office) inFeedback(pattern string) map[string][]byte {
	o.t.Helper()
	paths, err := filepath.Glob(filepath.Join(o.Outputs, june.String(), "feedback", pattern))
	if err != nil {
		o.t.Fatal(err)
	}
	found := map[string][]byte{}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			o.t.Fatal(err)
		}
		found[filepath.Base(path)] = data
	}
	return found
}

func (o office) retype(path, sheet, cell string, value any) {
	o.t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		o.t.Fatal(err)
	}
	if err := f.SetCellValue(sheet, cell, value); err != nil {
		o.t.Fatal(err)
	}
	out, err := f.WriteToBuffer()
	if err != nil {
		o.t.Fatal(err)
	}
	o.write(path, out.Bytes())
	o.received(path, clock.Add(-time.Minute))
}

// received dates a file.
func (o office) received(path string, at time.Time) {
	o.t.Helper()
	if err := os.Chtimes(path, at, at); err != nil {
		o.t.Fatal(err)
	}
}

func firstSheet(t *testing.T, data []byte) string {
	t.Helper()
	book, err := workbook.Open(data, workbook.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	return book.Sheets[0].Name
}

// An answer that says the same is not written again; one whose file has gone
// from the inputs is made from the kept original.
func TestAnswersAreMadeOnce(t *testing.T) {
	o := newOffice(t)
	path := o.send("2025-06/a.xlsx", "HN-001", june, 5, 1)
	o.write(filepath.Join(o.Inputs, "2025-06/b.xlsx"), []byte("<html>"))
	out := o.mustRun(june)
	before := o.answers()
	if out.Feedback.Files != 2 || len(before) != 2 || len(out.Feedback.Listed) != 0 {
		t.Fatalf("%+v, %d answers", out.Feedback, len(before))
	}
	var name string
	for n, data := range before {
		if firstSheet(t, data) != "Phản hồi" {
			t.Errorf("%s begins with %q", n, firstSheet(t, data))
		}
		if n[:3] == "HN-" {
			name = n
		}
		o.received(filepath.Join(out.Feedback.Folder, n), clock.Add(-24*time.Hour))
	}
	o.mustRun(june)
	for n := range before {
		info, err := os.Stat(filepath.Join(out.Feedback.Folder, n))
		if err != nil || !info.ModTime().Equal(clock.Add(-24*time.Hour)) {
			t.Errorf("%s was written again: %v", n, err)
		}
	}
	for _, gone := range []string{path, filepath.Join(out.Feedback.Folder, name)} {
		if err := os.Remove(gone); err != nil {
			t.Fatal(err)
		}
	}
	o.mustRun(june)
	if !bytes.Equal(o.answers()[name], before[name]) {
		t.Error("the answer from the kept original is another")
	}
}

// The annotated copy, corrected and put in place of what was sent, counts.
func TestACorrectedAnswerCounts(t *testing.T) {
	o := newOffice(t)
	path := o.send("2025-06/a.xlsx", "HN-001", june, 5, 1)
	before := o.city(o.mustRun(june).Period.To, "CT01_KN")
	answers := o.answers()
	if len(answers) != 1 {
		t.Fatalf("%d answers", len(answers))
	}
	for _, data := range answers {
		o.write(path, data)
		o.received(path, clock.Add(-30*time.Minute))
	}
	o.mustRun(june)
	if got := o.city(june, "CT01_KN"); got != before {
		t.Errorf("put back unchanged it counts as %s, not %s", got, before)
	}
	o.retype(path, "Báo cáo", "E12", 7)
	o.mustRun(june)
	if got := o.city(june, "CT01_KN"); got != "7" {
		t.Errorf("corrected it counts as %s", got)
	}
}

// A workbook without styles is read and cannot be marked: its unit gets the
// list, and the run says why.
func TestAFileThatCannotBeMarkedIsAnsweredByAList(t *testing.T) {
	o := newOffice(t)
	path := o.send("2025-06/a.xlsx", "HN-001", june, 5, 1)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	o.write(path, withoutStyles(t, data))
	out := o.mustRun(june)
	if len(out.Feedback.Listed) != 1 || out.Feedback.Listed[0].File != "2025-06/a.xlsx" || out.Feedback.Listed[0].Reason == nil {
		t.Fatalf("%+v", out.Feedback)
	}
	for name, data := range o.answers() {
		book, err := workbook.Open(data, workbook.DefaultLimits())
		if err != nil || len(book.Sheets) != 2 {
			t.Errorf("%s is no list: %v", name, err)
		}
	}
	if again := o.mustRun(june); len(again.Feedback.Listed) != 0 {
		t.Error("the list is made again")
	}
}

// withoutStyles removes the part of styles and what leads to it.
func withoutStyles(t *testing.T, data []byte) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	styles := regexp.MustCompile(`<(Relationship|Override) [^>]*styles\.xml[^>]*>(</(Relationship|Override)>)?`)
	format := regexp.MustCompile(` s="[0-9]+"`)
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	for _, f := range in.File {
		if f.Name == "xl/styles.xml" {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		content = format.ReplaceAll(styles.ReplaceAll(content, nil), nil)
		w, err := archive.Create(f.Name)
		if err == nil {
			_, err = w.Write(content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// What lies in the way of one answer sends that one to the outputs; where it cannot
// be written there either, the others are written, the report is published, and the
// next pass tries again.
func TestOneAnswerKeepsNoOtherWaiting(t *testing.T) {
	o := newOffice(t)
	o.Beside = true
	stem := func(path string) string {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf("HN-001-%x", sha256.Sum256(data))[:len("HN-001-")+8]
	}
	block := func(name string) {
		if err := os.MkdirAll(name, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	first := stem(o.send("2025-06/a.xlsx", "HN-001", june, 5, 1)) + ".pdf"
	o.send("2025-06/b.xlsx", "HN-002", june, 5, 1)
	block(filepath.Join(o.Inputs, "2025-06", intake.ReturnFolder, first))
	var r pipeline.Reception
	got := o.receive(&r)
	if a := got.Answers[0]; a.Files != 2 || a.Beside != 1 || got.Unanswered() != nil || o.inFeedback(first) == nil {
		t.Fatalf("%+v", got)
	}
	among := filepath.Join(o.Outputs, june.String(), "feedback", first)
	if err := os.Remove(among); err != nil {
		t.Fatal(err)
	}
	block(among)
	o.Office.Issuer = "ỦY BAN" // each receipt says something else
	sel, err := period.ParseSelector(june.String())
	if err != nil {
		t.Fatal(err)
	}
	out, err := o.Run(context.Background(), sel, clock)
	var unanswered *pipeline.UnansweredError
	if !errors.As(err, &unanswered) || len(unanswered.Failed) != 1 || unanswered.Failed[0].File != "2025-06/a.xlsx" {
		t.Fatalf("got %v", err)
	}
	if out.Revision.Manifest.Revision != 1 || out.Feedback.Files != 1 || out.Feedback.Beside != 1 {
		t.Fatalf("revision %d, %+v", out.Revision.Manifest.Revision, out.Feedback)
	}
	r = pipeline.Reception{}
	for range 2 {
		if got := o.receive(&r); got.Unanswered() == nil || got.Answers[0].Files != 1 {
			t.Fatalf("not tried: %+v", got)
		}
	}
	if err := os.Remove(among); err != nil {
		t.Fatal(err)
	}
	if got := o.receive(&r); got.Unanswered() != nil || len(got.Answers) != 1 || got.Answers[0].Files != 2 {
		t.Fatalf("not answered: %+v", got)
	}
}

// Who asks the program to stop does not wait for all answers.
func TestAStopEndsTheAnswers(t *testing.T) {
	o := newOffice(t)
	const files = 20
	for n := range files {
		o.send(fmt.Sprintf("2025-06/%d.xlsx", n), "HN-001", june, int64(n+1), n+1)
	}
	ctx, stop := context.WithCancel(context.Background())
	o.Progress = func(stage pipeline.Stage, done, _ int) {
		if stage == pipeline.Answering {
			stop()
		}
	}
	var r pipeline.Reception
	if _, err := r.Receive(ctx, o.Pipeline); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
	if n := len(o.inFeedback("*.pdf")); n == 0 || n > files/2 { // those being made are made
		t.Errorf("%d answers of %d after the stop", n, files)
	}
}

// The same bytes, gone from two places, have one answer: the last one's, whoever of
// those that answer is faster.
func TestBytesGoneFromTwoPlacesAreAnsweredInTurn(t *testing.T) {
	var before map[string][]byte
	for range 3 {
		o := newOffice(t)
		o.send("2025-06/other.xlsx", "HN-002", june, 5, 1)
		first := o.send("2025-06/a.xlsx", "HN-001", june, 5, 1)
		data, err := os.ReadFile(first)
		if err != nil {
			t.Fatal(err)
		}
		second := filepath.Join(o.Inputs, "2025-06", "b.xlsx")
		o.write(second, data)
		var r pipeline.Reception
		o.receive(&r)
		for _, path := range []string{first, second} {
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
		}
		if got := o.receive(&r); got.Unanswered() != nil || got.Answers[0].Files != 3 {
			t.Fatalf("%+v", got)
		}
		now := o.inFeedback("*")
		if len(now) != 4 || before != nil && !maps.EqualFunc(now, before, bytes.Equal) {
			t.Fatalf("%d answers, or not those from before", len(now))
		}
		before = now
	}
}

// A file whose first answer failed is told of as new once it is answered.
func TestAFileIsNewUntilItIsAnswered(t *testing.T) {
	o := newOffice(t)
	o.send("2025-06/a.xlsx", "HN-001", june, 5, 1)
	blocked := filepath.Join(o.Outputs, june.String(), "feedback")
	if err := os.MkdirAll(filepath.Dir(blocked), 0o755); err != nil {
		t.Fatal(err)
	}
	o.write(blocked, nil) // a file where the folder should be
	var r pipeline.Reception
	if got := o.receive(&r); got.Unanswered() == nil || arrived(got) != "" {
		t.Fatalf("%+v", got)
	}
	if err := os.Remove(blocked); err != nil {
		t.Fatal(err)
	}
	if got := o.receive(&r); got.Unanswered() != nil || arrived(got) != "2025-06/a.xlsx" {
		t.Fatalf("%+v", got)
	}
	if got := o.receive(&r); arrived(got) != "" {
		t.Fatalf("%+v", got)
	}
}

// No answer stays behind that is not true any more: not that of a copy that has gone,
// not one from before the unit was known, not one where the file lay before.
func TestNoAnswerStaysBehindThatIsNotTrue(t *testing.T) {
	for _, beside := range []bool{false, true} {
		o := newOffice(t)
		o.Beside = beside
		var r pipeline.Reception
		path := o.send("dot-1/a.xlsx", "HN-001", june, 5, 1)
		strange := o.send("dot-1/b.xlsx", "HN-002", june, 5, 1)
		o.retype(strange, "Báo cáo", "D3", "Hội quận Hồ Gươm")
		o.retype(strange, "Báo cáo", "D4", "")
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		copied := filepath.Join(o.Inputs, "dot-1/chep.xlsx")
		o.write(copied, data)
		o.received(copied, clock.Add(-time.Minute))
		all := func() map[string]string {
			receipts := map[string]string{}
			for _, folder := range []string{"dot-1/" + intake.ReturnFolder, "kho/" + intake.ReturnFolder} {
				for name, data := range inFolder(t, filepath.Join(o.Inputs, folder), "*.pdf") {
					receipts[folder+"/"+name] = strings.Join(strings.Fields(pdfText(t, data)), " ")
				}
			}
			for name, data := range o.inFeedback("*.pdf") {
				receipts[name] = strings.Join(strings.Fields(pdfText(t, data)), " ")
			}
			return receipts
		}
		o.receive(&r)
		if n := len(all()); n != 3 {
			t.Fatalf("beside %v: %d receipts of three files", beside, n)
		}

		// The copy goes, the office moves the first into its store, the unit is known.
		o.must(os.Remove(copied))
		o.must(os.MkdirAll(filepath.Join(o.Inputs, "kho"), 0o755))
		o.must(os.Rename(path, filepath.Join(o.Inputs, "kho/a.xlsx")))
		o.Catalogue = shippedWith(t, "units.csv", "Hội LHPN quận Hoàn Kiếm", "Hội LHPN quận Hoàn Kiếm|Hội quận Hồ Gươm")
		r = pipeline.Reception{}
		o.receive(&r)
		// What counts is another version now, wherever somebody looks.
		o.send("dot-1/a2.xlsx", "HN-001", june, 6, 2)
		o.receive(&r)
		want := map[bool]int{false: 3, true: 4}[beside]
		receipts := all()
		if len(receipts) != want {
			t.Errorf("beside %v: %d receipts, want %d", beside, len(receipts), want)
		}
		for name, text := range receipts {
			known := strings.Contains(text, "dot-1/b.xlsx") && strings.Contains(text, "Tình trạng Đã nhận")
			newest := strings.Contains(text, "dot-1/a2.xlsx") && strings.Contains(text, "chính tệp này (lần nộp 2)")
			older := strings.Contains(text, "kho/a.xlsx") && strings.Contains(text, "dot-1/a2.xlsx (lần nộp 2)")
			if !known && !newest && !older {
				t.Errorf("beside %v: %s says:\n%.1500s", beside, name, text)
			}
		}
		if _, err := os.Stat(strange); err != nil {
			t.Error("a submission was touched")
		}
	}
}

// shippedWith are the shipped definitions with something replaced in one table.
func shippedWith(t *testing.T, name, old, replaced string) *catalogue.Catalogue {
	t.Helper()
	folder := fstest.MapFS{}
	tables, err := fs.Glob(templates.FS, "hanoi/*.csv")
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		data, err := fs.ReadFile(templates.FS, table)
		if err != nil {
			t.Fatal(err)
		}
		if path.Base(table) == name {
			data = bytes.Replace(data, []byte(old), []byte(replaced), 1)
		}
		folder[path.Base(table)] = &fstest.MapFile{Data: data}
	}
	cat, problems := catalogue.Load(catalogue.FromFolder(folder, "hanoi"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return cat
}

// A run of several months tells each unit what the report of the file's month tells it,
// at the same place: no second copy is left to grow old.
func TestARunOfSeveralMonthsAnswersAsTheMonthDoes(t *testing.T) {
	for _, beside := range []bool{false, true} {
		o := newOffice(t)
		o.Beside = beside
		at := clock
		o.Now = func() time.Time { return at }
		o.send("2025-06/a.xlsx", "HN-001", june, 5, 1)
		o.mustRun(june)
		at = at.Add(time.Hour)
		_, err := o.SignOff(context.Background(), map[string]string{
			"period": "2025-06", "signer": "Lê Thị A", "title": "CHỦ TỊCH", "number": "07", "dated": "18/6/2025", "basis": "họp",
		})
		o.must(err)
		at = at.Add(time.Hour)
		o.received(o.send("2025-06/b.xlsx", "HN-002", june, 6, 1), at.Add(-time.Minute))
		_, err = o.runAt(june, at)
		o.must(err)
		answers := func() map[string][]byte {
			all := o.inFeedback("*")
			for name, data := range inFolder(t, filepath.Join(o.Inputs, "2025-06", intake.ReturnFolder), "*") {
				all[name] = data
			}
			return all
		}
		before := answers()
		late := false
		if _, err := o.Run(context.Background(), period.Selector{Kind: period.Fixed, Span: period.SpanOf(period.Quarterly, june, period.Month{})}, time.Time{}); err != nil {
			t.Fatal(err)
		}
		after := answers()
		for name, data := range after {
			if !bytes.Equal(data, before[name]) {
				t.Errorf("beside %v: %s is another answer", beside, name)
			}
			late = late || strings.HasSuffix(name, ".pdf") && strings.Contains(pdfText(t, data), "kỳ đã chốt")
		}
		if len(after) != 4 || len(before) != 4 || !late {
			t.Errorf("beside %v: %d answers, then %d; told that the month is signed: %v", beside, len(before), len(after), late)
		}
		if second := inFolder(t, filepath.Join(o.Outputs, "2025-Q2", "feedback"), "*"); len(second) != 0 {
			t.Errorf("beside %v: %d answers among those of the quarter", beside, len(second))
		}
	}
}
