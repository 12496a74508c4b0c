package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/layout"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/workbook"
)

// Read tells what one file says. Zero limits are workbook.DefaultLimits. It is pure: the same bytes under the same path
// give the same answer. file.Path is relative to the inputs, for its folders
// are held against what the workbook says; of file.SHA256 and file.Size it
// fills in what is missing.
//
// The disposition is counted, held (readable, but it contradicts the catalogue
// or its folder) or unusable. A Submission is given for counted alone; all
// findings of a file that is not are about the file, so that none is lost.
func Read(file submission.File, data []byte, cat *catalogue.Catalogue, timetable period.Timetable, limits workbook.Limits) submission.Received {
	if limits == (workbook.Limits{}) {
		limits = workbook.DefaultLimits()
	}
	r, _ := readBytes(hashed(file, data), data, newLexicon(cat, timetable), limits)
	return r
}

// hashed fills in what bytes the file has.
func hashed(file submission.File, data []byte) submission.File {
	if file.SHA256 == "" {
		sum := sha256.Sum256(data)
		file.SHA256 = hex.EncodeToString(sum[:])
	}
	file.Size = int64(len(data))
	return file
}

// readBytes is Read, and says whether the file is a paper: a scan or a document that
// may belong to a workbook beside it.
func readBytes(file submission.File, data []byte, words *lexicon, limits workbook.Limits) (got submission.Received, paper bool) {
	book, err := workbook.Open(data, limits)
	if err != nil {
		f, kind := refusal(err)
		if paper = papers[kind]; paper {
			file = hintIdentity(file, words)
			f.Unit, f.Period = file.Unit, file.Period
		}
		return set(file, submission.UnusableFile, f), paper
	}
	r := reader{lexicon: words, file: file, book: book}
	r.file.Answers = strings.Clone(r.original())
	got = r.read()
	own(&got)
	return got, false
}

// reader reads one workbook.
type reader struct {
	*lexicon
	file submission.File
	book *workbook.Book

	sheets []*workbook.Sheet // those that are read, in Unicode
	found  []*layout.Table   // what may be the report's table, by headings
	tables []*table          // what is read; none where that is not clear
	labels map[string]field
	taken  map[spot]bool // cells of labels and fields
	unit   *catalogue.Unit
	// letterhead is the cell by whose text the unit is known, where no field
	// names it.
	letterhead field
	month      period.Month
	window     period.Window
	days       oddDays
	steps      []step
	scaleTold  bool // that a multiple said of the whole table was not taken for a row

	findings []finding.Finding
	unusable bool
	held     bool
}

func (r *reader) read() submission.Received {
	r.prepare()
	r.findTables()
	r.findLabels()
	r.readPeriod()
	r.chooseTables()
	r.readUnit()
	r.checkDays()
	expected := r.unit != nil && !r.month.IsZero() && r.checkExpected()
	var s *submission.Submission
	if !r.unusable && expected {
		s = r.submission()
	}
	return r.received(s)
}

// received gives unit and period to every finding and settles what becomes of
// the file.
func (r *reader) received(s *submission.Submission) submission.Received {
	unit := ""
	if r.unit != nil {
		unit = r.unit.ID
	}
	for i := range r.findings {
		r.findings[i].File, r.findings[i].Unit, r.findings[i].Period = r.file.Path, unit, r.month
	}
	finding.Sort(r.findings)
	r.file.Unit, r.file.Period = unit, r.month
	got := submission.Received{File: r.file}
	if r.book.Macros {
		f := finding.New(finding.MacrosIgnored)
		f.File, f.Unit, f.Period = r.file.Path, unit, r.month
		got.Findings = append(got.Findings, f)
	}
	switch {
	case r.unusable:
		got.File.Disposition = submission.UnusableFile
	case r.held:
		got.File.Disposition = submission.Held
	default:
		got.File.Disposition = submission.Counted
		got.Submission = s
		s.Findings = r.findings
		return got
	}
	got.Findings = append(got.Findings, r.findings...)
	finding.Sort(got.Findings)
	return got
}

func (r *reader) add(f finding.Finding) { r.findings = append(r.findings, f) }

// refuse adds a finding that leaves nothing to use.
func (r *reader) refuse(f finding.Finding) {
	r.unusable = true
	r.add(f)
}

// hold adds a finding that keeps a readable file from being used.
func (r *reader) hold(f finding.Finding) {
	r.held = true
	r.add(f)
}

// submission reads what the unit says, once it is known who says it of when.
func (r *reader) submission() *submission.Submission {
	s := &submission.Submission{
		Unit: r.unit.ID, Period: r.month, File: r.file.Path, SHA256: r.file.SHA256,
		Version:     r.version(),
		Reason:      r.field(fieldReason).text,
		FormVersion: r.field(fieldForm).text,
		PreparedBy:  r.field(fieldPreparedBy).text,
		ApprovedBy:  r.field(fieldApprovedBy).text,
		Phone:       r.field(fieldPhone).text,
		ReceivedAt:  r.file.ReceivedAt,
		Sample:      r.sample(),
		Modified:    r.book.Modified,
	}
	r.checkForm(s.FormVersion)
	values := r.values()
	r.tellOutside(values)
	s.NilReturn = r.nilReturn(values)
	s.Values = submission.ValuesOf(values...)
	s.Remarks = r.remarks()
	return s
}

// sampleName is the defined name that a form with fictional figures carries.
const sampleName = "TH_SO_LIEU_MAU"

// sample reports whether the workbook says that its figures are made up. The
// report says so, too: nobody shall take them for a city's.
func (r *reader) sample() bool {
	_, _, ok := r.book.NameTarget(sampleName)
	return ok
}

// checkForm tells where the unit did not fill the form issued for the period.
func (r *reader) checkForm(used string) {
	current, ok := r.cat.FormFor(r.month, r.timetable.Scheme)
	if used == "" || !ok || used == current.Version {
		return
	}
	f := r.field(fieldForm)
	r.add(f.finding(finding.FormOutdated).With("used", used).With("current", current.Version))
}
