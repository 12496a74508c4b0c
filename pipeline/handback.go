package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"tonghop/pipeline/feedback"
	"tonghop/pipeline/ledger"
	"tonghop/pipeline/parallel"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/validate"
	"tonghop/pipeline/workbook"
)

// Feedback is where the answers to the units lie.
type Feedback struct {
	// Folder holds them, but for those that lie beside what they answer, and of several
	// months those to the files of each: they lie in the folder of its month.
	Folder string
	Files  int
	// Beside is how many lie beside what they answer.
	Beside int
	// Listed are the files that were read and yet could not be annotated: their
	// units get the list alone. Only answers made by this run are told.
	Listed []Listed
	// Failed are the files whose answers could not be written.
	Failed []Unanswered
}

// Unanswered is a file whose answer could not be written, and why.
type Unanswered struct {
	File string
	Err  error
}

// UnansweredError says that answers could not be written. Whatever else was to be
// done is done: a report is published all the same.
type UnansweredError struct{ Failed []Unanswered }

func (e *UnansweredError) Error() string {
	first := e.Failed[0]
	return fmt.Sprintf("%d answers not written; feedback for %s: %v", len(e.Failed), first.File, first.Err)
}

// Unwrap returns what the system said.
func (e *UnansweredError) Unwrap() []error {
	all := make([]error, len(e.Failed))
	for i, f := range e.Failed {
		all[i] = f.Err
	}
	return all
}

// unanswered is an *UnansweredError where answers failed, else nil.
func unanswered(all ...Feedback) error {
	var failed []Unanswered
	for _, f := range all {
		failed = append(failed, f.Failed...)
	}
	if len(failed) == 0 {
		return nil
	}
	return &UnansweredError{failed}
}

// Listed is a file that was answered by a list, and why.
type Listed struct {
	File   string
	Reason error
}

// answerers is how many files are answered at a time: while one answer is made
// another waits for the disk. Each holds one workbook in memory.
const answerers = 4

// feedback answers every file of the period, and every file whose period is
// unknown: units want to know that all is well, too. An answer that says what
// the one already there says is not made again. One answer that cannot be written
// keeps no other unit from its own: the error is a stop.
func (p *Pipeline) feedback(ctx context.Context, out *Outcome, checked *validate.Checked) (Feedback, error) {
	shelf := newShelf(p, out.Period, out.Files)
	done := Feedback{Folder: shelf.among()}
	desk := p.answerDesk(out, checked)
	var files []submission.File
	for _, f := range out.Files {
		_, again := desk.first(f)
		switch {
		case answered(f), takenBack(f, out.Period), again:
			files = append(files, f)
		case f.Disposition == submission.OtherPeriod:
			shelf.only(shelf.among(), f, "")
		}
	}
	all := make([]handedBack, len(files))
	var guard sync.Mutex
	told, count := p.watched(Answering), 0
	err := parallel.Each(ctx, byAnswer(files), answerers, func(turns []int) {
		for _, i := range turns {
			all[i] = shelf.handBack(files[i], feedback.Compose(desk.input(files[i])))
			guard.Lock()
			count++
			told(count, len(files))
			guard.Unlock()
		}
	})
	if err != nil {
		return done, err
	}
	for i, one := range all {
		if one.listed != nil {
			done.Listed = append(done.Listed, Listed{files[i].Path, one.listed})
		}
		if one.err != nil {
			done.Failed = append(done.Failed, Unanswered{files[i].Path, one.err})
			continue
		}
		done.Files++
		if one.beside {
			done.Beside++
		}
	}
	if err := shelf.batch.Sync(); err != nil {
		done.Failed = append(done.Failed, Unanswered{done.Folder, err})
	}
	done.Failed = append(done.Failed, shelf.clear()...)
	return done, nil
}

// byAnswer gathers the files whose answers have one name, by their places: the same
// bytes, gone from two places. They take turns, and the last one's answer stays.
func byAnswer(files []submission.File) [][]int {
	var turns [][]int
	first := make(map[string]int, len(files))
	for i, f := range files {
		n, known := first[feedbackName(f)]
		if !known {
			n = len(turns)
			first[feedbackName(f)], turns = n, append(turns, nil)
		}
		turns[n] = append(turns[n], i)
	}
	return turns
}

func answered(f submission.File) bool {
	switch f.Disposition {
	case submission.Counted, submission.Superseded, submission.Held, submission.UnusableFile:
		return f.SHA256 != ""
	}
	return false
}

// takenBack reports whether a file of a span is no longer there: what its unit was
// told of it is no longer true.
func takenBack(f submission.File, span period.Span) bool {
	return f.Disposition == submission.Gone && f.SHA256 != "" && span.Contains(f.Period)
}

// listEnding is the ending of an answer that is not a copy of what was sent.
const listEnding = ".xlsx"

// handedBack is what became of one answer.
type handedBack struct {
	beside bool  // the file
	listed error // why the file was answered by a list
	err    error
}

// handBack puts an answer where it belongs. To what was received before it is the
// receipt alone: the copy of the first is its copy.
func (s *shelf) handBack(f submission.File, answer feedback.Answer) (done handedBack) {
	done.beside, done.err = s.put(f, func(folder string) (err error) {
		if f.Disposition == submission.Duplicate {
			return s.receipt(folder, answer, f)
		}
		done.listed, err = s.workbook(folder, answer, f) // told once, though it be tried in two folders
		return errors.Join(err, s.receipt(folder, answer, f))
	})
	return done
}

// workbook writes one answer's workbook, unless it is there. Where it had to be a
// list it says why.
func (s *shelf) workbook(folder string, answer feedback.Answer, f submission.File) (listed, err error) {
	stem := filepath.Join(folder, feedbackName(f))
	copied := copyEnding(f.Path)
	for _, ending := range slices.Compact([]string{copied, listEnding}) {
		if old, err := os.ReadFile(stem + ending); err == nil && answer.Says(old) {
			return nil, nil
		}
	}
	data, err := s.annotated(answer, f)
	if err == nil {
		return nil, s.write(stem+copied, data)
	}
	var refused *workbook.Refusal
	if !errors.As(err, &refused) { // what is wrong with a refused file is among its findings
		listed = err
	}
	if data, err = answer.List(); err == nil {
		err = s.write(stem+listEnding, data)
	}
	return listed, err
}

// copyEnding keeps the ending by which Excel knows what a workbook may hold.
func copyEnding(name string) string {
	switch ending := strings.ToLower(path.Ext(name)); ending {
	case ".xlsm", ".xltx", ".xltm":
		return ending
	}
	return listEnding
}

// feedbackName never takes anything from the file's own name, which is the
// sender's to choose. A copy of what was received has the bytes of the first, and
// a receipt of its own beside the first one's.
func feedbackName(f submission.File) string {
	unit := f.Unit
	if unit == "" {
		unit = "khong-ro"
	}
	name := unit + "-" + f.SHA256[:8]
	if f.Disposition == submission.Duplicate {
		place := sha256.Sum256([]byte(f.Path))
		name += "-trung-" + hex.EncodeToString(place[:4])
	}
	return name
}

// annotated makes the annotated copy of a file. A copy is handed back only
// where the strict reader accepts the file and reads from the copy, cell for
// cell, what it read from the file. One workbook that is built strangely must
// not keep the others from their answers.
func (p *Pipeline) annotated(answer feedback.Answer, f submission.File) (data []byte, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			data, err = nil, fmt.Errorf("annotate: %v", fault)
		}
	}()
	original, err := p.original(f)
	if err != nil {
		return nil, err
	}
	limits := p.Limits
	if limits == (workbook.Limits{}) {
		limits = workbook.DefaultLimits()
	}
	sent, err := workbook.Open(original, limits)
	if err != nil {
		return nil, err
	}
	if data, err = answer.Annotated(original); err != nil {
		return nil, err
	}
	returned, err := workbook.Open(data, limits)
	if err != nil {
		return nil, errors.New("read the copy: " + err.Error()) // not a refusal of what was sent
	}
	if sheet, cell, same := sameCells(sent, returned); !same {
		return nil, fmt.Errorf("the copy differs at %s!%s", sheet, cell)
	}
	return data, nil
}

// sameCells reports whether a copy holds every cell of the workbook it was made
// from, but for the sheets of an earlier answer, which are replaced.
func sameCells(sent, returned *workbook.Book) (sheet, cell string, same bool) {
	var ours []string
	for _, name := range []string{feedback.NameReceipt, feedback.NameRecorded} {
		if own, _, ok := sent.NameTarget(name); ok {
			ours = append(ours, own)
		}
	}
	for _, s := range sent.Sheets {
		if slices.Contains(ours, s.Name) {
			continue
		}
		c := returned.Sheet(s.Name)
		if c == nil {
			return s.Name, "", false
		}
		for i, one := range s.Cells {
			if i >= len(c.Cells) || c.Cells[i] != one {
				return s.Name, one.Ref.String(), false
			}
		}
		if len(c.Cells) != len(s.Cells) {
			return s.Name, "", false
		}
	}
	return "", "", true
}

// original gives a file's bytes as they were read: from the inputs while they
// lie there unchanged, else as they were kept.
func (p *Pipeline) original(f submission.File) ([]byte, error) {
	data, err := os.ReadFile(filepath.Join(p.Inputs, filepath.FromSlash(f.Name())))
	if err == nil {
		if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) == f.SHA256 {
			return data, nil
		}
	}
	book, err := ledger.OpenReading(context.Background(), p.ledgerPath())
	if err != nil {
		return nil, fmt.Errorf("kept original: %w", err)
	}
	defer book.Close()
	return book.Original(f.SHA256)
}
