package intake

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"tonghop/pipeline/submission"
	"tonghop/pipeline/workbook"
)

var (
	sunday = time.Date(2025, 6, 15, 8, 0, 0, 0, hanoi)
	monday = sunday.Add(24 * time.Hour)
)

// put writes a file last changed on Sunday.
func put(t *testing.T, root, path string, data []byte) {
	t.Helper()
	name := filepath.Join(root, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(name, sunday, sunday); err != nil {
		t.Fatal(err)
	}
}

func folder(t *testing.T, root string) Folder {
	return Folder{
		Root: root, Catalogue: office(t), Timetable: times, Settle: 10 * time.Second, Recheck: 2 * time.Second,
		Now: func() time.Time { return monday },
	}
}

func collect(t *testing.T, f Folder) submission.Batch {
	t.Helper()
	batch, err := f.Collect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return batch
}

// account lists what became of each file: "path disposition", then what is
// said about it.
func account(batch submission.Batch) []string {
	var out []string
	for _, r := range batch {
		line := r.File.Path + " " + string(r.File.Disposition)
		if found := said(r); len(found) > 0 {
			line += ": " + strings.Join(found, "; ")
		}
		out = append(out, line)
	}
	return out
}

func expect(t *testing.T, batch submission.Batch, want ...string) {
	t.Helper()
	if got := account(batch); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestEveryEntryHasOneDisposition(t *testing.T) {
	root := t.TempDir()
	same := sheetOf(t)
	put(t, root, "2025-05/Ba Đình.xlsx", same)
	put(t, root, "2025-05/~$Ba Đình.xlsx", []byte("An"))
	put(t, root, "2025-05/Tây Hồ.xlsx", []byte("không phải Excel"))
	put(t, root, "2025-06/cũ.xlsx", sheetOf(t, "F5: gửi lại"))
	put(t, root, "bản sao.xlsx", same)
	put(t, root, "so-nhan.csv", []byte("file,received_at,channel,by\n"))
	put(t, root, ".an", []byte("x"))
	put(t, root, "Thumbs.db", []byte("x"))
	put(t, root, "1A2B.tmp", []byte("x"))
	for _, ending := range []string{"part", "PARTIAL", "crdownload", "filepart"} {
		put(t, root, "2025-06/Copy."+ending, sheetOf(t))
	}
	put(t, root, ".git/config", []byte("x"))
	put(t, root, "_phan-hoi/HN-001.xlsx", sheetOf(t))
	put(t, root, "2025-05/_van-phong/quyet-dinh.csv", []byte("x"))
	put(t, root, "2025-05/.~lock.Tây Hồ.xlsx#", []byte("x"))
	expect(t, collect(t, folder(t, root)),
		".an ignored",
		"1A2B.tmp ignored",
		"2025-05/.~lock.Tây Hồ.xlsx# ignored",
		"2025-05/Ba Đình.xlsx counted: open-elsewhere",
		"2025-05/Tây Hồ.xlsx unusable: not-a-workbook detail=the file is not an Excel workbook but: text kind=text; open-elsewhere",
		"2025-05/~$Ba Đình.xlsx ignored",
		"2025-06/Copy.PARTIAL ignored",
		"2025-06/Copy.crdownload ignored",
		"2025-06/Copy.filepart ignored",
		"2025-06/Copy.part ignored",
		"2025-06/cũ.xlsx held: period-mismatch C3 2025-05 folder=2025-06 inside=2025-05",
		"Thumbs.db ignored",
		"bản sao.xlsx duplicate: already-received first_file=2025-05/Ba Đình.xlsx",
		"so-nhan.csv ignored",
	)
}

// A copy in the wrong folder, first by path, does not take the place of the one
// in the right folder.
func TestTheCopyThatCountsIsKept(t *testing.T) {
	root := t.TempDir()
	same := sheetOf(t)
	put(t, root, "2025-04/a.xlsx", same)
	put(t, root, "2025-05/a.xlsx", same)
	put(t, root, "2025-05/b.xlsx", same)
	batch := collect(t, folder(t, root))
	expect(t, batch,
		"2025-04/a.xlsx duplicate: already-received first_file=2025-05/a.xlsx",
		"2025-05/a.xlsx counted",
		"2025-05/b.xlsx duplicate: already-received first_file=2025-05/a.xlsx",
	)
	for _, r := range batch {
		if r.File.Unit != "HN-001" || r.File.Period.String() != "2025-05" || len(r.File.SHA256) != 64 {
			t.Errorf("%+v", r.File)
		}
	}
}

func TestWhatIsNoRegularFileIsNamedAndNeverOpened(t *testing.T) {
	root, outside := t.TempDir(), t.TempDir()
	put(t, outside, "a.xlsx", sheetOf(t))
	put(t, root, "thật.xlsx", sheetOf(t))
	for link, target := range map[string]string{
		"ra ngoài.xlsx": filepath.Join(outside, "a.xlsx"), "thư mục": outside, "trong.xlsx": "thật.xlsx", "mất.xlsx": "không có",
	} {
		if err := os.Symlink(target, filepath.Join(root, link)); err != nil {
			t.Skip("no symbolic links here:", err)
		}
	}
	expect(t, collect(t, folder(t, root)),
		"mất.xlsx unusable: not-a-regular-file kind=symlink",
		"ra ngoài.xlsx unusable: not-a-regular-file kind=symlink",
		"thư mục unusable: not-a-regular-file kind=symlink",
		"thật.xlsx counted",
		"trong.xlsx unusable: not-a-regular-file kind=symlink",
	)
}

func TestReceivedAt(t *testing.T) {
	root := t.TempDir()
	put(t, root, "2025-05/a.xlsx", sheetOf(t))
	seen := sheetOf(t, "F4: 2")
	put(t, root, "2025-05/b.xlsx", seen)
	put(t, root, "2025-05/C.xlsx", sheetOf(t, "F4: 3"))
	put(t, root, "2025-05/d.xlsx", sheetOf(t, "F4: 4"))
	put(t, root, "so-nhan.csv", []byte("\uFEFFfile;received_at;channel;by\r\n"+
		"2025-05\\c.xlsx;2025-06-16 09:10;Zalo;Lan\r\n"+
		"2025-05/d.xlsx;2025-06-16T02:10:00Z;email;Lan\r\n"+
		";;;\r\n"+
		"2025-05/a.xlsx;16/6 sáng;giấy;Lan\r\n"+
		";2025-06-16 09:10;;\r\n"))
	f := folder(t, root)
	f.Now = func() time.Time { return sunday.AddDate(0, 0, 3) }
	remembered := sha256.Sum256(seen)
	f.Known = func(hash string) (submission.Receipt, bool) {
		came := submission.Receipt{At: sunday.Add(-time.Hour), From: submission.FromService}
		return came, hash == hex.EncodeToString(remembered[:])
	}
	batch := collect(t, f)
	expect(t, batch, "2025-05/C.xlsx counted", "2025-05/a.xlsx counted", "2025-05/b.xlsx counted", "2025-05/d.xlsx counted",
		"so-nhan.csv ignored: register-unreadable detail=received_at: 16/6 sáng line=5; register-unreadable detail=file line=6")
	for i, want := range []struct {
		at      string
		from    submission.ReceivedFrom
		channel string
	}{
		{"2025-06-16T09:10:00+07:00", submission.FromRegister, "Zalo"},
		{"2025-06-15T08:00:00+07:00", submission.FromFileTimes, ""},
		{"2025-06-15T07:00:00+07:00", submission.FromService, ""},
		{"2025-06-16T09:10:00+07:00", submission.FromRegister, "email"},
	} {
		s := batch[i].Submission
		if got := s.ReceivedAt.Format(time.RFC3339); got != want.at || s.ReceivedFrom != want.from || s.Channel != want.channel {
			t.Errorf("%s received at %s from %s by %s", s.File, got, s.ReceivedFrom, s.Channel)
		}
		if !batch[i].File.ReceivedAt.Equal(s.ReceivedAt) {
			t.Errorf("%s: file and submission disagree", s.File)
		}
	}
}

// A row of the register belongs to the bytes first seen under its path. Bytes
// saved over them have none, until the office registers them, too.
func TestARegisterRowBelongsToTheBytesItWasWrittenFor(t *testing.T) {
	root := t.TempDir()
	put(t, root, "a.xlsx", sheetOf(t, "F4: 9"))
	first, later := "2025-06-16 09:10", "2025-06-17 10:00"
	for name, c := range map[string]struct {
		rows []string
		want string
	}{
		"one row, for the bytes before": {[]string{first}, "2025-06-15T08:00:00+07:00 file-time"},
		"registered again":              {[]string{later, first}, "2025-06-17T10:00:00+07:00 register"},
	} {
		register := "file,received_at\n"
		for _, row := range c.rows {
			register += "a.xlsx," + row + "\n"
		}
		put(t, root, "so-nhan.csv", []byte(register))
		f := folder(t, root)
		f.Now = func() time.Time { return sunday.AddDate(0, 0, 3) }
		f.Replaced = func(string) []string { return []string{"other bytes"} }
		got := collect(t, f)[0].File
		if text := got.ReceivedAt.Format(time.RFC3339) + " " + string(got.ReceivedFrom); text != c.want {
			t.Errorf("%s: %s, want %s", name, text, c.want)
		}
	}
}

func TestAReceiptInTheFutureIsAsked(t *testing.T) {
	root := t.TempDir()
	put(t, root, "a.xlsx", sheetOf(t))
	put(t, root, "so-nhan.csv", []byte("file,received_at\na.xlsx,2035-06-17 09:27\n"))
	batch := collect(t, folder(t, root))
	expect(t, batch, "a.xlsx counted", "so-nhan.csv ignored: register-unreadable detail=received_at 2035-06-17 09:27 > 2025-06-16 08:00 line=2")
	if from := batch[0].File.ReceivedFrom; from != submission.FromFileTimes {
		t.Errorf("received from %s", from)
	}
}

// Of identical copies the one that came first says when the unit reported.
func TestACopyDoesNotMakeAUnitLate(t *testing.T) {
	root := t.TempDir()
	same := sheetOf(t)
	put(t, root, "a.xlsx", same)
	put(t, root, "b.xlsx", same)
	put(t, root, "so-nhan.csv", []byte("file,received_at\nb.xlsx,2025-06-13 09:27\n"))
	kept := collect(t, folder(t, root))[0]
	if got := kept.Submission.ReceivedAt.Format(time.RFC3339); got != "2025-06-13T09:27:00+07:00" || kept.File.ReceivedFrom != submission.FromRegister {
		t.Errorf("received at %s from %s", got, kept.File.ReceivedFrom)
	}
}

func TestABadRegisterStopsNothing(t *testing.T) {
	for content, want := range map[string]string{
		"file;channel\nx;y\n":      "register-unreadable detail=column received_at line=1",
		"\xff\xfe":                 "register-unreadable detail=not UTF-8",
		"file,received_at\n\"a,b":  `register-unreadable detail=extraneous or missing " in quoted-field line=2`,
		"file,received_at\na\"b,c": `register-unreadable detail=bare " in non-quoted-field line=2`,
	} {
		root := t.TempDir()
		put(t, root, "a.xlsx", sheetOf(t))
		put(t, root, "so-nhan.csv", []byte(content))
		expect(t, collect(t, folder(t, root)), "a.xlsx counted", "so-nhan.csv ignored: "+want)
	}
}

// The file system of a Mac gives names decomposed; another may give bytes that
// are no text.
func TestNamesAreShownComposed(t *testing.T) {
	root := t.TempDir()
	put(t, root, "Ba \u0110i\u0300nh/a.xlsx", sheetOf(t))
	put(t, root, "Ba \u0110i\u0300nh/~$a.xlsx", nil)
	put(t, root, "so-nhan.csv", []byte("file,received_at\nBa Đình/a.xlsx,2025-06-16 07:10\n"))
	want := []string{"Ba Đình/a.xlsx counted: open-elsewhere", "Ba Đình/~$a.xlsx ignored", "so-nhan.csv ignored"}
	odd := filepath.Join(root, "b\xff\n.xlsx")
	if os.WriteFile(odd, nil, 0o644) == nil && os.Chtimes(odd, sunday, sunday) == nil {
		want = slices.Insert(want, 2, "b\uFFFD\uFFFD.xlsx unusable: file-empty")
	}
	batch := collect(t, folder(t, root))
	expect(t, batch, want...)
	if from := batch[0].Submission.ReceivedFrom; from != submission.FromRegister {
		t.Errorf("received from %s", from)
	}
}

func TestOverBudgetIsNotRead(t *testing.T) {
	root := t.TempDir()
	put(t, root, "a.xlsx", nil)
	// A hole of a terabyte: reading it would be noticed.
	if err := os.Truncate(filepath.Join(root, "a.xlsx"), 1<<40); err != nil {
		t.Skip("no sparse files here:", err)
	}
	if err := os.Chtimes(filepath.Join(root, "a.xlsx"), sunday, sunday); err != nil {
		t.Fatal(err)
	}
	batch := collect(t, folder(t, root))
	expect(t, batch, "a.xlsx unusable: workbook-too-large detail=the file has 1099511627776 bytes, more than 33554432 limit=file")
	if batch[0].File.SHA256 != "" || batch[0].File.Size != 1<<40 {
		t.Errorf("%+v", batch[0].File)
	}
}

func TestYoungFilesAreLookedAtAgain(t *testing.T) {
	root := t.TempDir()
	put(t, root, "grows.xlsx", sheetOf(t))
	put(t, root, "old.xlsx", sheetOf(t, "F4: 2"))
	put(t, root, "young.xlsx", sheetOf(t, "F4: 3"))
	put(t, root, "goes.xlsx", sheetOf(t, "F4: 4"))
	f := folder(t, root)
	f.Now = func() time.Time { return sunday.Add(9 * time.Second) }
	if err := os.Chtimes(filepath.Join(root, "old.xlsx"), sunday, sunday.Add(-time.Second)); err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		go func() {
			time.Sleep(time.Second) // of the bubble's clock, half of Recheck
			put(t, root, "grows.xlsx", append(sheetOf(t), "more"...))
			if err := os.Remove(filepath.Join(root, "goes.xlsx")); err != nil {
				t.Error(err)
			}
		}()
		expect(t, collect(t, f),
			"goes.xlsx deferred: still-being-written",
			"grows.xlsx deferred: still-being-written",
			"old.xlsx counted",
			"young.xlsx counted",
		)
		if waited := time.Since(begun); waited != f.Recheck {
			t.Errorf("waited %s, once is %s", waited, f.Recheck)
		}
	})
}

func TestWaitingEndsWithTheContext(t *testing.T) {
	root := t.TempDir()
	put(t, root, "a.xlsx", sheetOf(t))
	f := folder(t, root)
	f.Now, f.Recheck = func() time.Time { return sunday }, time.Hour
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := f.Collect(ctx); !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), root) {
			t.Errorf("error %v", err)
		}
	})
}

// growing is a file to which somebody writes while it is read.
type growing struct {
	*os.File
	t *testing.T
}

func (g growing) Read(p []byte) (int, error) {
	n, err := g.File.Read(p[:min(len(p), 8)])
	w, openErr := os.OpenFile(g.Name(), os.O_APPEND|os.O_WRONLY, 0)
	if openErr != nil {
		g.t.Fatal(openErr)
	}
	defer w.Close()
	if n > 0 {
		if _, err := w.WriteString("more"); err != nil {
			g.t.Fatal(err)
		}
	}
	return n, err
}

func TestChangedWhileBeingRead(t *testing.T) {
	root := t.TempDir()
	put(t, root, "a.xlsx", []byte("twelve bytes"))
	file, err := os.Open(filepath.Join(root, "a.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var data bytes.Buffer
	if trouble := steady(file, 100, &data); trouble != nil || data.String() != "twelve bytes" {
		t.Errorf("%q, %v", data.String(), trouble)
	}
	if _, err := file.Seek(0, 0); err != nil {
		t.Fatal(err)
	}
	if trouble := steady(growing{file, t}, 100, new(bytes.Buffer)); trouble == nil || trouble.disposition != submission.Deferred {
		t.Errorf("%v", trouble)
	}
}

func TestReplacedSinceListed(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "a.xlsx", []byte("one"))
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	entries, err := list(root)
	if err != nil {
		t.Fatal(err)
	}
	put(t, dir, "a.xlsx", []byte("three"))
	if trouble := fetch(root, entries[0], 100, new(bytes.Buffer)); trouble == nil || trouble.disposition != submission.Deferred {
		t.Errorf("%v", trouble)
	}
}

func TestUnreadableIsNamed(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("everything is readable to the superuser")
	}
	root := t.TempDir()
	put(t, root, "a.xlsx", sheetOf(t))
	put(t, root, "b/c.xlsx", sheetOf(t))
	for name, mode := range map[string]fs.FileMode{"a.xlsx": 0, "b": 0} {
		if err := os.Chmod(filepath.Join(root, name), mode); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { // else the folder cannot be removed
		if err := os.Chmod(filepath.Join(root, "b"), 0o755); err != nil {
			t.Error(err)
		}
	})
	expect(t, collect(t, folder(t, root)),
		"a.xlsx unusable: file-unreadable detail=permission denied",
		"b unusable: file-unreadable detail=permission denied",
	)
}

func TestNoFolderIsAnError(t *testing.T) {
	f := folder(t, filepath.Join(t.TempDir(), "inputs"))
	if _, err := f.Collect(t.Context()); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), f.Root) {
		t.Errorf("error %v", err)
	}
	f.Root = t.TempDir()
	if batch := collect(t, f); len(batch) != 0 {
		t.Errorf("%v", account(batch))
	}
}

// The same files give the same batch however the system lists them: most list
// by when or where a name was put.
func TestOrderOfListingChangesNothing(t *testing.T) {
	same := sheetOf(t)
	files := map[string][]byte{
		"2025-05/a.xlsx": same, "2025-04/a.xlsx": same, "b.xlsx": same, "B.xlsx": sheetOf(t, "F4: 2"),
		"é/x.xlsx": []byte("x"), "2025-05.xlsx": sheetOf(t, "F4: 3"), "2025-05/~$a.xlsx": nil,
	}
	var names []string
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	var first []string
	for i := range 4 {
		root := t.TempDir()
		for j := range names {
			name := names[(i*3+j)%len(names)]
			if i%2 == 1 {
				name = names[len(names)-1-j]
			}
			put(t, root, name, files[name])
		}
		batch := collect(t, folder(t, root))
		if !slices.IsSortedFunc(batch, func(a, b submission.Received) int { return strings.Compare(a.File.Path, b.File.Path) }) {
			t.Errorf("not by path: %q", account(batch))
		}
		if got := account(batch); first == nil {
			first = got
		} else if !slices.Equal(got, first) {
			t.Errorf("got %q\nand %q", first, got)
		}
	}
}

func TestLimitsAreTheWorkbooks(t *testing.T) {
	root := t.TempDir()
	put(t, root, "a.xlsx", sheetOf(t))
	f := folder(t, root)
	f.Limits = workbook.DefaultLimits()
	f.Limits.File = 100
	if got := account(collect(t, f)); len(got) != 1 || !strings.Contains(got[0], "workbook-too-large") {
		t.Errorf("%q", got)
	}
}

// Each entry is told of once, whatever it is, and the last one as such; the batch
// is the same.
func TestProgress(t *testing.T) {
	root := t.TempDir()
	put(t, root, "a.xlsx", sheetOf(t))
	put(t, root, "b.xlsx", []byte("not Excel"))
	put(t, root, ".hidden", nil)
	f := folder(t, root)
	silent := account(collect(t, f))
	var told []int
	f.Progress = func(done, total int) {
		if told = append(told, done); total != 3 {
			t.Errorf("%d of %d", done, total)
		}
	}
	if got := account(collect(t, f)); !slices.Equal(got, silent) || !slices.Equal(told, []int{1, 2, 3}) {
		t.Errorf("%v, told %v", got, told)
	}
}

// A copy that has its full length and is not filled to its end waits; one that
// nobody fills any more is damaged.
func TestAPreallocatedCopyWaits(t *testing.T) {
	root := t.TempDir()
	whole := sheetOf(t)
	half := slices.Concat(whole[:len(whole)/2], make([]byte, len(whole)-len(whole)/2))
	put(t, root, "empty.xlsx", make([]byte, len(whole)))
	put(t, root, "half.xlsx", half)
	put(t, root, "whole.xlsx", whole)
	f := folder(t, root)
	waited := time.Minute
	f.Now = func() time.Time { return sunday.Add(waited) }
	for _, name := range []string{"empty.xlsx", "half.xlsx", "whole.xlsx"} {
		if err := os.Chtimes(filepath.Join(root, name), sunday, sunday); err != nil {
			t.Fatal(err)
		}
	}
	expect(t, collect(t, f), "empty.xlsx deferred: still-being-written", "half.xlsx deferred: still-being-written", "whole.xlsx counted")
	put(t, root, "empty.xlsx", sheetOf(t, "F4: 2"))
	if err := os.Chtimes(filepath.Join(root, "empty.xlsx"), sunday, sunday); err != nil {
		t.Fatal(err)
	}
	expect(t, collect(t, f), "empty.xlsx counted", "half.xlsx deferred: still-being-written", "whole.xlsx counted")
	waited = hollowFor
	expect(t, collect(t, f), "empty.xlsx counted", "half.xlsx unusable: file-truncated", "whole.xlsx counted")
}
