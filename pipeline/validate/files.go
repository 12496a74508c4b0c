package validate

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"time"

	"tonghop/pipeline/finding"
	"tonghop/pipeline/naming"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
)

// entry is one file seen, with its findings and the months that it concerns.
type entry struct {
	file     submission.File
	findings []finding.Finding
	// months are those whose reader must be told of the file: the month it
	// names, and for one that is not used also those for which it may have been
	// meant. None is every month: a file that names no month may belong to any.
	months []period.Month
	// discarded says that the office has left the file out.
	discarded bool
}

func (e entry) concerns(span period.Span) bool {
	return len(e.months) == 0 || slices.ContainsFunc(e.months, span.Contains)
}

// entry settles what a received file is to every month. A report from the
// future is held here, for only now is it known when it came.
func (c *Checked) entry(r submission.Received) entry {
	e := entry{file: r.File, findings: slices.Clone(r.Findings)}
	e.month(e.file.Period)
	if notUsed := e.file.Disposition == submission.Held || e.file.Disposition == submission.UnusableFile; notUsed || e.file.Period.IsZero() {
		e.month(folderMonth(e.file.Path))
	}
	if d, ok := c.office.discarded(r.File); ok && judged(r.File.Disposition) {
		f := finding.New(finding.FileDiscarded).With("decision", d.ID).With("basis", d.Basis)
		f.File, f.Unit, f.Period = r.File.Path, r.File.Unit, r.File.Period
		e.findings, e.file.Disposition, e.discarded = []finding.Finding{f}, submission.Held, true
		return e
	}
	if s := r.Submission; s != nil && e.file.Disposition == submission.Counted {
		if at, begun := c.begun(s); !begun {
			f := finding.New(finding.PeriodInFuture)
			f.File, f.Unit, f.Period = s.File, s.Unit, s.Period
			f = f.With("begins", c.input.Timetable.Window(s.Period).From.String())
			e.file.Disposition = submission.Held
			if s.ReceivedFrom == submission.FromRegister {
				f = f.With("register", period.DateIn(at, c.input.Timetable.Zone).String())
			}
			e.findings = append(append(e.findings, s.Findings...), f)
			e.month(c.newest(at))
		}
	}
	for _, f := range e.findings {
		switch f.Code {
		case finding.UnitNotExpected: // whoever reads the newest month must know
			e.month(c.newest(e.file.ReceivedAt))
		case finding.PeriodMismatch, finding.PeriodAmbiguous, finding.PeriodMissing:
			if e.file.Disposition != submission.Counted {
				e.meant(f, c.input.Timetable.Scheme)
			}
		}
	}
	return e
}

// month adds a month whose reader must be told of the file, each once.
func (e *entry) month(m period.Month) {
	if !m.IsZero() && !slices.Contains(e.months, m) {
		e.months = append(e.months, m)
	}
}

// meant adds every month that a file of which the month is in doubt may be
// about: those that its text, its folders and its name say.
func (e *entry) meant(f finding.Finding, scheme period.Scheme) {
	for _, hint := range []string{"inside", "folder", "name", "suggestion"} {
		if m, err := period.ParseMonth(f.Args[hint]); err == nil {
			e.month(m)
		}
	}
	texts := strings.Split(e.file.Path, "/")
	for _, one := range strings.Split(f.Args["candidates"], "|") {
		texts = append(texts, "tháng "+one)
	}
	var bare []time.Month
	for _, text := range texts {
		said := naming.Periods(text, scheme)
		for _, m := range said.Months {
			e.month(m)
		}
		bare = append(bare, said.Bare...)
	}
	// A month without its year is that of a year that is named beside it.
	for _, m := range slices.Clone(e.months) {
		for _, number := range bare {
			e.month(m.Nearest(number))
		}
	}
}

// newest is the month that people were reading about at an instant.
func (c *Checked) newest(at time.Time) period.Month {
	return c.input.Timetable.Scheme.NewestClosed(period.DateIn(at, c.input.Timetable.Zone))
}

// folderMonth is the month that a folder on the path is named after, zero where
// none is: all that is known of a file that cannot be read.
func folderMonth(file string) period.Month {
	for _, folder := range strings.Split(path.Dir(file), "/") {
		if m, err := period.ParseMonth(folder); err == nil {
			return m
		}
	}
	return period.Month{}
}

// judged reports whether the content of a file with this disposition was looked
// at: only that can be discarded.
func judged(d submission.Disposition) bool {
	switch d {
	case submission.Counted, submission.Held, submission.UnusableFile:
		return true
	}
	return false
}

// begun reports whether the window of a report had begun when it came, and when
// that was. A file's own time is no proof, for an archive may date it 1980, nor
// is the earliest time at which it can have come: there as-of decides.
func (c *Checked) begun(s *submission.Submission) (at time.Time, begun bool) {
	at = s.ReceivedAt
	if at.IsZero() || s.ReceivedFrom == submission.FromFileTimes || s.ReceivedFrom == submission.FromGap {
		at = c.input.AsOf
	}
	return at, c.input.Timetable.Begun(s.Period, at)
}

// Concerned gives each file that was seen, and the months whose readers are told
// of it: its own, those that it may have been meant for, or where it names none
// the month that people were reading about when it came.
func (c *Checked) Concerned(tell func(f submission.File, months []period.Month)) {
	for _, e := range c.entries {
		months := e.months
		if len(months) == 0 {
			months = []period.Month{c.newest(e.file.ReceivedAt)}
		}
		tell(e.file, months)
	}
}

// Files are all files seen, with what became of each for a span, ordered by
// path. Each has exactly one disposition.
func (c *Checked) Files(span period.Span) []submission.File {
	used := map[int]bool{}
	for _, byUnit := range c.months {
		for _, d := range byUnit {
			if d.used != nil {
				used[d.used.entry] = true
			}
		}
	}
	files := make([]submission.File, len(c.entries))
	for i, e := range c.entries {
		files[i] = e.file
		switch e.file.Disposition {
		case submission.Counted, submission.Held, submission.UnusableFile:
			if !e.concerns(span) {
				files[i].Disposition = submission.OtherPeriod
			} else if e.file.Disposition == submission.Counted && !used[i] {
				files[i].Disposition = submission.Superseded
			}
		}
	}
	slices.SortStableFunc(files, func(a, b submission.File) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.SHA256, b.SHA256))
	})
	return files
}

// Findings are those of a span: about its submissions, used or not, about files
// that were meant for it, about files that name no period, and about the
// office's decisions.
func (c *Checked) Findings(span period.Span) []finding.Finding {
	var all []finding.Finding
	for _, e := range c.entries {
		if e.concerns(span) {
			all = appendOf(all, e.findings, e.file.Path, e.file.SHA256)
		}
	}
	for _, f := range c.office.findings {
		if f.Period.IsZero() || span.Contains(f.Period) {
			all = append(all, f)
		}
	}
	return c.withVersions(all, span.Contains)
}

// All are the findings of every file and month, ordered.
func (c *Checked) All() []finding.Finding {
	var all []finding.Finding
	for _, e := range c.entries {
		all = appendOf(all, e.findings, e.file.Path, e.file.SHA256)
	}
	all = append(all, c.office.findings...)
	return c.withVersions(all, func(period.Month) bool { return true })
}

// withVersions adds the findings of the submissions of some months, and sorts.
func (c *Checked) withVersions(all []finding.Finding, of func(period.Month) bool) []finding.Finding {
	for m, byUnit := range c.months {
		if !of(m) {
			continue
		}
		for _, d := range byUnit {
			for _, v := range d.versions {
				all = appendOf(all, v.Findings, v.File, v.SHA256)
			}
		}
	}
	finding.Sort(all)
	return all
}

// appendOf appends the findings of a file, those about it with its hash: another one
// may have lain under the same path.
func appendOf(all, own []finding.Finding, path, sha256 string) []finding.Finding {
	for _, f := range own {
		if f.File == path && f.SHA256 == "" {
			f.SHA256 = sha256
		}
		all = append(all, f)
	}
	return all
}
