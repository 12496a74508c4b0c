package pipeline_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/intake"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
)

func (o office) receive(r *pipeline.Reception) pipeline.Arrivals {
	o.t.Helper()
	got, err := r.Receive(context.Background(), o.Pipeline)
	if err != nil {
		o.t.Fatal(err)
	}
	return got
}

func arrived(got pipeline.Arrivals) string {
	var all []string
	for _, a := range got.New {
		all = append(all, a.Path)
	}
	return strings.Join(all, " ")
}

// Files are answered as they come, without a publication; an answer changes only
// where something new touches its month.
func TestFilesAreAnsweredAsTheyCome(t *testing.T) {
	o := newOffice(t)
	var r pipeline.Reception
	o.send("2025-06/a.xlsx", "HN-001", june, 5, 1)
	o.send("2025-05/b.xlsx", "HN-002", june.Add(-1), 5, 1)
	o.write(filepath.Join(o.Inputs, "2025-05/c.xlsx"), []byte("<html>"))
	got := o.receive(&r)
	if arrived(got) != "2025-05/b.xlsx 2025-05/c.xlsx 2025-06/a.xlsx" || got.Files != 3 || got.Unusable != 1 {
		t.Fatalf("%+v", got)
	}
	if _, err := os.Stat(filepath.Join(o.Outputs, "2025-06", "report.pdf")); !errors.Is(err, os.ErrNotExist) {
		t.Fatal("a report was published")
	}
	if got := o.receive(&r); arrived(got) != "" || len(got.Answers) != 0 || got.Unusable != 1 {
		t.Fatalf("nothing came, and yet %+v", got)
	}
	first := o.answers()
	o.send("2025-06/a2.xlsx", "HN-001", june, 6, 2)
	got = o.receive(&r)
	if arrived(got) != "2025-06/a2.xlsx" || len(got.Answers) != 1 {
		t.Fatalf("%+v", got)
	}
	second := o.answers()
	if len(first) != 1 || len(second) != 2 {
		t.Fatalf("%d answers, then %d", len(first), len(second))
	}
	for name := range first {
		if string(first[name]) == string(second[name]) {
			t.Error("the older version's answer does not tell that a newer one counts")
		}
	}
	// A run of the month says the same, so that it writes no answer again.
	o.mustRun(june)
	for name, data := range o.answers() {
		if string(second[name]) != string(data) {
			t.Errorf("%s was written again by the run", name)
		}
	}
}

func TestAnswersLieBesideWhatTheyAnswer(t *testing.T) {
	o := newOffice(t)
	o.Beside = true
	var r pipeline.Reception
	o.send("2025-06/a.xlsx", "HN-001", june, 5, 1)
	elsewhere := t.TempDir()
	o.send("linked/b.xlsx", "HN-002", june, 5, 1)
	if err := os.Symlink(elsewhere, filepath.Join(o.Inputs, "linked", intake.ReturnFolder)); err != nil {
		t.Skip("no links here")
	}
	got := o.receive(&r)
	if len(got.Answers) != 1 || got.Answers[0].Files != 2 || got.Answers[0].Beside != 1 {
		t.Fatalf("%+v", got.Answers)
	}
	beside, _ := filepath.Glob(filepath.Join(o.Inputs, "2025-06", intake.ReturnFolder, "HN-001-*"))
	among := o.answers()
	if len(beside) == 0 || len(among) == 0 {
		t.Fatalf("beside %v, among the outputs %d", beside, len(among))
	}
	if led, _ := os.ReadDir(elsewhere); len(led) != 0 {
		t.Error("an answer was written through a link")
	}
	if got := o.receive(&r); arrived(got) != "" || got.Files != 2 {
		t.Errorf("an answer was taken for a report: %+v", got)
	}
}

// The time of receipt is when the service saw the file, not what the file says.
func TestTheServiceSawItArrive(t *testing.T) {
	o := newOffice(t)
	seen := clock.Add(-20 * time.Hour)
	o.Arrived = func(string, time.Time) (submission.Receipt, bool) {
		return submission.Receipt{At: seen, From: submission.FromService}, true
	}
	var r pipeline.Reception
	path := o.send("2025-06/a.xlsx", "HN-001", june, 5, 1)
	got := o.receive(&r)
	if len(got.New) != 1 || !got.New[0].ReceivedAt.Equal(seen) || got.New[0].ReceivedFrom != submission.FromService {
		t.Fatalf("%+v", got.New)
	}
	o.Arrived = nil
	o.received(path, clock.Add(-time.Minute))
	out := o.mustRun(june)
	if r := receiptOf(t, out.Summary, "HN-001"); !r.FirstReceived.Equal(seen) {
		t.Errorf("received %s, want %s", r.FirstReceived, seen)
	}
}

// A share that is not connected shows an empty folder: nobody took back anything.
func TestAnEmptyFolderIsNoWithdrawal(t *testing.T) {
	o := newOffice(t)
	var r pipeline.Reception
	path := o.send("2025-06/a.xlsx", "HN-001", june, 5, 1)
	o.receive(&r)
	away := path + ".away"
	if err := os.Rename(path, filepath.Join(t.TempDir(), "a.xlsx")); err != nil {
		t.Fatal(err, away)
	}
	_, err := r.Receive(context.Background(), o.Pipeline)
	var emptied *pipeline.EmptiedError
	if !errors.As(err, &emptied) || emptied.Files != 1 {
		t.Fatalf("got %v", err)
	}
	// With anything left in it the folder is connected, and the report was taken back.
	o.write(filepath.Join(o.Inputs, intake.RegisterName), nil)
	got := o.receive(&r)
	if got.Files != 0 {
		t.Fatalf("%+v", got)
	}
}

// Nor need it be empty: the folder at which a share is mounted may hold anything.
func TestAStrayFileIsNoProofOfTheShare(t *testing.T) {
	o := newOffice(t)
	var r pipeline.Reception
	for _, unit := range []string{"HN-001", "HN-002", "HN-003"} {
		o.send("2025-06/"+unit+".xlsx", unit, june, 5, 1)
	}
	o.receive(&r)
	if err := os.RemoveAll(filepath.Join(o.Inputs, "2025-06")); err != nil {
		t.Fatal(err)
	}
	o.write(filepath.Join(o.Inputs, "read me.txt"), []byte("mount point"))
	var emptied *pipeline.EmptiedError
	if _, err := r.Receive(context.Background(), o.Pipeline); !errors.As(err, &emptied) || emptied.Files != 3 {
		t.Fatalf("got %v", err)
	}
	// All replaced at once is no share that is away.
	for _, unit := range []string{"HN-001", "HN-002", "HN-003"} {
		o.send("2025-06/"+unit+".xlsx", unit, june, 6, 1)
	}
	if got := o.receive(&r); got.Files < 3 {
		t.Fatalf("%+v", got)
	}
}

// A file that cannot be read for now has not gone: what it said last counts.
func TestAFileHeldByAnotherStillCounts(t *testing.T) {
	o := newOffice(t)
	o.Settle = time.Hour
	var r pipeline.Reception
	o.send("2025-06/a.xlsx", "HN-001", june, 5, 1)
	path := o.send("2025-06/b.xlsx", "HN-002", june, 5, 1)
	o.receive(&r)
	// A pipe where the file was: it cannot be read, and will be one again.
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("a.xlsx", path); err != nil {
		t.Skip("no links here")
	}
	out := o.mustRun(june)
	if got := receiptOf(t, out.Summary, "HN-002"); got.Used == nil || got.Used.File != "2025-06/b.xlsx" {
		t.Fatalf("the report of HN-002 does not count: %+v", got)
	}
	told := false
	for _, f := range out.Findings {
		told = told || f.File == "2025-06/b.xlsx"
	}
	if !told {
		t.Error("nobody is told that the file cannot be read")
	}
}

// receiptOf is what a summary says of a unit's report.
func receiptOf(t *testing.T, s *summary.Summary, unit string) summary.Receipt {
	t.Helper()
	for _, r := range s.Submissions {
		if r.Unit.ID == unit {
			return r
		}
	}
	t.Fatalf("no receipt of %s", unit)
	return summary.Receipt{}
}

// The clock of a file server may be ahead: what is there has come by now.
func TestAShareAheadOfTimeHidesNothing(t *testing.T) {
	o := newOffice(t)
	path := o.send("2025-06/a.xlsx", "HN-001", june, 5, 1)
	o.received(path, clock.Add(3*time.Hour))
	out, err := o.Run(context.Background(), period.Selector{Kind: period.Fixed, Span: period.SpanOf(period.Monthly, june, period.Month{})}, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	if r := receiptOf(t, out.Summary, "HN-001"); !r.FirstReceived.Equal(clock) {
		t.Errorf("received %s, want %s", r.FirstReceived, clock)
	}
}

// A receipt stays true: whatever happens to a file, the months that it was about are
// answered again, and what is said of it itself.
func TestReceiptsStayTrue(t *testing.T) {
	o := newOffice(t)
	var r pipeline.Reception
	may := june.Add(-1)
	first := o.send("2025-06/a.xlsx", "HN-001", june, 5, 1)
	second := o.send("2025-06/a2.xlsx", "HN-001", june, 6, 2)
	other := o.send("2025-05/b.xlsx", "HN-002", may, 5, 1)
	o.receive(&r)
	receipts := func() string {
		var all []string
		for _, data := range o.inFeedback("HN-001-*.pdf") {
			all = append(all, strings.Join(strings.Fields(pdfText(t, data)), " "))
		}
		return strings.Join(all, "\n")
	}
	says := func(text string, times int) {
		t.Helper()
		if all := receipts(); strings.Count(all, text) != times {
			t.Errorf("not %d times %q:\n%s", times, text, all)
		}
	}
	months := func(got pipeline.Arrivals, want ...period.Month) {
		t.Helper()
		var folders []string
		for _, m := range want {
			folders = append(folders, filepath.Join(o.Outputs, m.String(), "feedback"))
		}
		var answered []string
		for _, a := range got.Answers {
			answered = append(answered, a.Folder)
		}
		if !slices.Equal(answered, folders) {
			t.Errorf("answered %q, want %q", answered, folders)
		}
	}
	says("chính tệp này", 1)

	// The second version is taken back, so that the first counts again.
	if err := os.Remove(second); err != nil {
		t.Fatal(err)
	}
	got := o.receive(&r)
	months(got, june)
	if len(got.Withdrawn) != 1 || got.Withdrawn[0].Path != "2025-06/a2.xlsx" {
		t.Errorf("withdrawn: %+v", got.Withdrawn)
	}
	says("chính tệp này", 1)
	says("không phải tệp này", 1)
	says("Đã rút", 1)
	months(o.receive(&r))

	// The register says when it came.
	says("sau hạn", 2)
	o.write(filepath.Join(o.Inputs, intake.RegisterName), []byte("file,received_at,channel,by\n2025-06/a.xlsx,2025-06-16 09:00,Zalo,Lan\n"))
	months(o.receive(&r), june)
	says("đúng hạn", 1)
	months(o.receive(&r))

	// Another unit's report of another month is put over it.
	data, err := os.ReadFile(other)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(other); err != nil {
		t.Fatal(err)
	}
	o.write(first, data)
	got = o.receive(&r)
	months(got, may, june)
	says("Đã rút", 2)
	for name, data := range inFolder(t, filepath.Join(o.Outputs, may.String(), "feedback"), "HN-002-*.pdf") {
		if text := pdfText(t, data); strings.Contains(text, "không còn trong thư mục") {
			t.Errorf("%s tells of the file that lay there before:\n%s", name, text)
		}
	}
	says("chính tệp này", 0)
	months(o.receive(&r))
}

func inFolder(t *testing.T, folder, pattern string) map[string][]byte {
	t.Helper()
	found := map[string][]byte{}
	paths, _ := filepath.Glob(filepath.Join(folder, pattern))
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		found[filepath.Base(path)] = data
	}
	return found
}

// A file that was renamed and cannot be read for a while is not taken back under its
// old name: it is the same file.
func TestARenamedFileThatIsHeldIsNotWithdrawn(t *testing.T) {
	o := newOffice(t)
	var r pipeline.Reception
	before := o.send("2025-06/b.xlsx", "HN-001", june, 5, 1)
	o.send("2025-06/c.xlsx", "HN-002", june, 5, 1)
	o.receive(&r)
	after := filepath.Join(o.Inputs, "2025-06/a.xlsx")
	o.must(os.Rename(before, after))
	o.receive(&r) // received under its new name
	o.must(os.Remove(after))
	if err := os.Symlink("c.xlsx", after); err != nil {
		t.Skip("no links here")
	}
	if got := o.receive(&r); len(got.Withdrawn) != 0 {
		t.Errorf("withdrawn: %+v", got.Withdrawn)
	}
	for _, data := range o.inFeedback("HN-001-*.pdf") {
		if text := strings.Join(strings.Fields(pdfText(t, data)), " "); !strings.Contains(text, "chính tệp này") || strings.Contains(text, "Đã rút") {
			t.Errorf("the receipt says:\n%.1500s", text)
		}
	}
}

// What was received by a clock that was ahead, or before the clock was moved back, is
// there: only an as-of that somebody asks for hides it.
func TestAClockMovedBackHidesNothing(t *testing.T) {
	o := newOffice(t)
	o.send("2025-06/a.xlsx", "HN-001", june, 5, 1)
	o.received(o.send("2025-06/b.xlsx", "HN-002", june, 6, 1), clock.Add(-time.Minute))
	o.rule("quyet-dinh.csv", corrected)
	now := func(at time.Time) pipeline.Outcome {
		t.Helper()
		o.Now = func() time.Time { return at }
		out, err := o.Run(context.Background(), period.Selector{Kind: period.Fixed, Span: period.SpanOf(period.Monthly, june, period.Month{})}, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	first := now(clock)
	if first.Unchanged || first.Summary.Counts.Received != 2 || o.figure(first, "HN-001", "CT02_LD") != "45" {
		t.Fatalf("%d received, %s", first.Summary.Counts.Received, o.figure(first, "HN-001", "CT02_LD"))
	}
	back := now(clock.AddDate(0, 0, -1))
	if !back.Unchanged || back.Revision.Manifest.Revision != 1 || o.figure(back, "HN-001", "CT02_LD") != "45" {
		t.Errorf("by a clock a day behind: r%d, %d received, %s", back.Revision.Manifest.Revision, back.Summary.Counts.Received, o.figure(back, "HN-001", "CT02_LD"))
	}
	if r := receiptOf(t, back.Summary, "HN-002"); !r.FirstReceived.Equal(clock.Add(-time.Minute)) {
		t.Errorf("received %s", r.FirstReceived)
	}
	asked, err := o.Run(context.Background(), period.Selector{Kind: period.Fixed, Span: period.SpanOf(period.Monthly, june, period.Month{})}, clock.Add(-30*time.Minute))
	if err != nil || asked.Summary.Counts.Received != 1 {
		t.Errorf("as it stood half an hour before: %d received, %v", asked.Summary.Counts.Received, err)
	}
}
