// Package submission owns what one unit said for one period: each value with
// the sheet, cell and text it was read from. It is what the strict reader made
// of a workbook, before anything is summed.
package submission

import (
	"slices"
	"time"

	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
)

// Submission is one readable workbook of a known unit and period; or a report on
// paper that the office entered: that has no file, and every value given stands
// by a decision; or what the office imported of a past month.
type Submission struct {
	Unit   string // id
	Period period.Month

	File   string // relative to inputs, slash-separated, NFC
	SHA256 string // hex, of the file as received

	Version     int    // "Lần nộp"; 1 where not said
	Reason      string // "Lý do nộp lại"
	FormVersion string
	// Sample says that the workbook labels its figures as fictional.
	Sample       bool
	NilReturn    bool // "Kỳ này đơn vị không phát sinh số liệu"
	PreparedBy   string
	ApprovedBy   string
	Phone        string
	ReceivedAt   time.Time
	ReceivedFrom ReceivedFrom
	Channel      string    // thư mục, email, Zalo, giấy
	Modified     time.Time // the workbook's own, zero where not said

	// Values holds one entry for each input or text indicator asked of the unit,
	// in catalogue order, and no other. Of an import it holds those that were
	// given: nobody was asked for the others.
	Values Values
	// Remarks are the free texts a unit gives for each programme.
	Remarks []Remark

	// Contested holds the indicators for which a newer version that is not used
	// says something else: their figures are provisional.
	Contested map[string]bool

	// Findings of every stage so far, ordered.
	Findings []finding.Finding
}

// ReceivedFrom says how the time of receipt is known.
type ReceivedFrom string

// The sources of a time of receipt.
const (
	FromRegister  ReceivedFrom = "register"  // inputs/so-nhan.csv
	FromService   ReceivedFrom = "service"   // first seen by the running service
	FromGap       ReceivedFrom = "gap"       // while the service was not watching: the earliest it can have been
	FromFileTimes ReceivedFrom = "file-time" // the file's time; "theo thời gian tệp"
	FromDecision  ReceivedFrom = "decision"  // the day on which the office entered it
	FromImport    ReceivedFrom = "import"    // the instant at which the office imported it
)

// Value is one cell's answer.
type Value struct {
	Indicator string
	Figure    figure.Figure
	Text      string // for text, choice and yesno indicators, NFC
	Sheet     string
	Cell      string // empty where the row is not in the workbook
	Row, Col  int    // of Cell; 0 where there is none
	Raw       string // as stored
	Note      string // the row's note column
	NotDue    bool   // the period does not ask for it: its blank is not missing

	// Decision is the id of the office's decision by which Figure and Text
	// stand, empty where they are the unit's own; cell and raw text stay what
	// the workbook says.
	Decision string
	// Unconfirmed says that the decision waits for a document.
	Unconfirmed bool

	// Import says where an imported value stands; nil for any other.
	Import *Import
}

// Import is the table that a past figure was imported from. Of one month's
// figures some may stand in one table and some in another.
type Import struct {
	File   string // as it is told; not among the inputs
	SHA256 string
	Source string // what the table says of where the figure stands
}

// RemarkKind says what a free text is about.
type RemarkKind string

// The kinds of remark.
const (
	Difficulties RemarkKind = "difficulties" // khó khăn
	Proposals    RemarkKind = "proposals"    // đề xuất
	Evidence     RemarkKind = "evidence"     // minh chứng
)

// Remark is a free text for a programme.
type Remark struct {
	Programme string
	Kind      RemarkKind
	Text      string
	Sheet     string
	Cell      string
}

// Imported reports whether the office imported these figures: no unit sent them.
func (s *Submission) Imported() bool { return s.ReceivedFrom == FromImport }

// Originals are the sha256 of the files that its values stand in, in order; a
// report on paper has none.
func (s *Submission) Originals() []string {
	var all []string
	add := func(hash string) {
		if hash != "" && !slices.Contains(all, hash) {
			all = append(all, hash)
		}
	}
	add(s.SHA256)
	for _, v := range s.Values.All() {
		if v.Import != nil {
			add(v.Import.SHA256)
		}
	}
	return all
}

// FileOf is the file that a value stands in.
func (s *Submission) FileOf(v Value) string {
	if v.Import != nil {
		return v.Import.File
	}
	return s.File
}

// Value returns the answer for an indicator.
func (s *Submission) Value(indicator string) (Value, bool) {
	for i := range s.Values.Len() {
		if s.Values.Indicator(i) == indicator {
			return s.Values.At(i), true
		}
	}
	return Value{}, false
}

// Errors returns the number of error findings.
func (s *Submission) Errors() int { return finding.Count(s.Findings, finding.Error) }

// Warnings returns the number of warning findings.
func (s *Submission) Warnings() int { return finding.Count(s.Findings, finding.Warning) }

// Status is what a unit is told about its report.
type Status string

// The statuses.
const (
	Accepted             Status = "accepted"               // Đã nhận
	AcceptedWithWarnings Status = "accepted_with_warnings" // Đã nhận, có điểm đề nghị xem lại
	NeedsCorrection      Status = "needs_correction"       // Đã nhận một phần, đề nghị sửa
	Unusable             Status = "unusable"               // Chưa dùng được, đề nghị gửi lại
	Missing              Status = "missing"                // Chưa nhận
	Imported             Status = "imported"               // Nhập lịch sử: no unit sent it
)

// Disposition says what became of a file. Every file seen has exactly one.
type Disposition string

// The dispositions.
const (
	Counted      Disposition = "counted"
	Superseded   Disposition = "superseded"   // another version of the unit's report counts
	Duplicate    Disposition = "duplicate"    // the same bytes were already received
	OtherPeriod  Disposition = "other_period" // kept for its own period
	Held         Disposition = "held"         // readable, not used: the finding says why
	UnusableFile Disposition = "unusable"     // not a readable report
	Deferred     Disposition = "deferred"     // still being written; taken in next time
	Ignored      Disposition = "ignored"      // lock files, hidden files, tonghop's own
	Gone         Disposition = "withdrawn"
)

// Dispositions lists them in the order in which they are told.
var Dispositions = []Disposition{
	Counted, Superseded, Duplicate, OtherPeriod, Held, UnusableFile, Deferred, Ignored, Gone,
}

// File is one file seen in the inputs and what became of it.
type File struct {
	Path        string
	SHA256      string // empty where it was not read
	Size        int64
	Disposition Disposition
	Unit        string
	Period      period.Month

	ReceivedAt   time.Time
	ReceivedFrom ReceivedFrom
	Channel      string
	// Answers is the sha256 of the file that this one, an annotated copy sent
	// back, was made from; empty for any other.
	Answers string
	// OnDisk is the path as the folder spells it, where that is not NFC; empty
	// where it is Path.
	OnDisk string
	// SeenUnder are the paths under which the same bytes were received, this one
	// perhaps among them.
	SeenUnder []string
}

// Receipt is when the file came, and how that is known.
func (f File) Receipt() Receipt {
	return Receipt{At: f.ReceivedAt, From: f.ReceivedFrom, Channel: f.Channel}
}

// Name is the path by which the file is opened.
func (f File) Name() string {
	if f.OnDisk != "" {
		return f.OnDisk
	}
	return f.Path
}
