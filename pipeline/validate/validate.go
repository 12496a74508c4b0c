// Package validate owns which values are accepted: it checks each submission
// against the catalogue and the months before it, and chooses which of several
// versions of a unit's report counts. It is pure and changes none of its
// inputs: what it refuses it refuses in its own copy.
package validate

import (
	"slices"
	"time"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/history"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
)

// Input is what is checked, and against what.
type Input struct {
	Catalogue *catalogue.Catalogue
	Timetable period.Timetable
	Batch     submission.Batch
	// AsOf hides what was received after it.
	AsOf time.Time
	// ReceivableShare is the percent of required cells that must carry a state
	// for a submission to count as having been handed in.
	ReceivableShare int
}

// Checked is the batch after checking.
type Checked struct {
	// History holds the accepted submission of each unit and month, with what
	// was refused marked so.
	History *history.History

	input   Input
	hidden  int
	months  map[period.Month]map[string]*dossier // by unit id
	entries []entry
}

// entry is one file seen, with its findings.
type entry struct {
	file     submission.File
	findings []finding.Finding
	held     bool
}

// dossier is all that one unit sent for one month.
type dossier struct {
	versions []*version // readable, newest first
	used     *version
	unusable bool // a file that names unit and period but cannot be used
}

// version is one checked submission and the entry it came from.
type version struct {
	*submission.Submission
	entry int
}

// Batch checks everything received, month by month, so that each month is
// checked against what was accepted before it.
func Batch(in Input) *Checked {
	c := &Checked{History: history.New(), input: in, months: map[period.Month]map[string]*dossier{}}
	for _, r := range in.Batch {
		if !r.File.ReceivedAt.IsZero() && r.File.ReceivedAt.After(in.AsOf) {
			c.hidden++
			continue
		}
		c.register(r)
	}
	for _, m := range c.Months() {
		for _, unit := range c.units(m) {
			d := c.months[m][unit]
			for _, v := range d.versions {
				check(v.Submission, in, c.History)
			}
			d.choose()
		}
		for _, unit := range c.units(m) {
			if d := c.months[m][unit]; d.used != nil {
				c.History.Accept(d.used.Submission)
			}
		}
	}
	return c
}

// register files a received file under its unit and month.
func (c *Checked) register(r submission.Received) {
	e := entry{file: r.File, findings: slices.Clone(r.Findings)}
	s := r.Submission
	if s != nil && !c.input.Timetable.Begun(s.Period, c.input.AsOf) {
		f := finding.New(finding.PeriodInFuture)
		f.File, f.Unit, f.Period = s.File, s.Unit, s.Period
		f = f.With("begins", c.input.Timetable.Window(s.Period).From.String())
		e.findings, e.held = append(e.findings, f), true
		s = nil
	}
	if e.file.Disposition == submission.Held {
		s = nil
	}
	c.entries = append(c.entries, e)
	switch {
	case s != nil && e.file.Disposition == submission.Counted:
		d := c.dossier(s.Unit, s.Period)
		d.versions = append(d.versions, &version{Submission: clone(s), entry: len(c.entries) - 1})
	case e.file.Disposition == submission.UnusableFile && e.file.Unit != "" && !e.file.Period.IsZero():
		c.dossier(e.file.Unit, e.file.Period).unusable = true
	}
}

func (c *Checked) dossier(unit string, m period.Month) *dossier {
	if c.months[m] == nil {
		c.months[m] = map[string]*dossier{}
	}
	d, ok := c.months[m][unit]
	if !ok {
		d = &dossier{}
		c.months[m][unit] = d
	}
	return d
}

// clone copies what checking changes.
func clone(s *submission.Submission) *submission.Submission {
	own := *s
	own.Values = slices.Clone(s.Values)
	own.Findings = slices.Clone(s.Findings)
	return &own
}

// Batch is what was checked, as it was received.
func (c *Checked) Batch() submission.Batch { return c.input.Batch }

// Hidden is the number of files received after as-of, which are not seen.
func (c *Checked) Hidden() int { return c.hidden }

// Months are the months for which something was received, in order.
func (c *Checked) Months() []period.Month {
	months := make([]period.Month, 0, len(c.months))
	for m := range c.months {
		months = append(months, m)
	}
	slices.SortFunc(months, period.Month.Compare)
	return months
}

// units are those with a dossier for m, in id order.
func (c *Checked) units(m period.Month) []string {
	ids := make([]string, 0, len(c.months[m]))
	for id := range c.months[m] {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// Latest is the newest month with a usable submission whose window has closed
// at as-of; false where there is none.
func (c *Checked) Latest() (period.Month, bool) {
	for _, m := range slices.Backward(c.Months()) {
		if !c.input.Timetable.Closed(m, c.input.AsOf) {
			continue
		}
		for _, d := range c.months[m] {
			if d.used != nil {
				return m, true
			}
		}
	}
	return period.Month{}, false
}

// Used returns the submissions that count for the months of a span, by month
// and then in catalogue order.
func (c *Checked) Used(span period.Span) []*submission.Submission {
	var used []*submission.Submission
	for _, m := range span.Months() {
		for _, u := range c.input.Catalogue.Units {
			if s := c.History.Submission(u.ID, m); s != nil {
				used = append(used, s)
			}
		}
	}
	return used
}

// Files are all files seen, with what became of each for a span.
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
		switch {
		case e.held:
			files[i].Disposition = submission.Held
		case e.file.Disposition != submission.Counted:
		case !span.Contains(e.file.Period):
			files[i].Disposition = submission.OtherPeriod
		case !used[i]:
			files[i].Disposition = submission.Superseded
		}
	}
	return files
}

// Findings are those of a span: about its submissions, used or not, and about
// files that name no period.
func (c *Checked) Findings(span period.Span) []finding.Finding {
	var all []finding.Finding
	for _, e := range c.entries {
		if e.file.Period.IsZero() || span.Contains(e.file.Period) {
			all = append(all, e.findings...)
		}
	}
	for _, m := range span.Months() {
		for _, d := range c.months[m] {
			for _, v := range d.versions {
				all = append(all, v.Findings...)
			}
		}
	}
	finding.Sort(all)
	return all
}

// All are the findings of every file and month, ordered.
func (c *Checked) All() []finding.Finding {
	var all []finding.Finding
	for _, e := range c.entries {
		all = append(all, e.findings...)
	}
	for _, byUnit := range c.months {
		for _, d := range byUnit {
			for _, v := range d.versions {
				all = append(all, v.Findings...)
			}
		}
	}
	finding.Sort(all)
	return all
}

// Versions returns every readable version of a unit's report, newest first.
func (c *Checked) Versions(unit string, m period.Month) []*submission.Submission {
	d := c.months[m][unit]
	if d == nil {
		return nil
	}
	all := make([]*submission.Submission, len(d.versions))
	for i, v := range d.versions {
		all[i] = v.Submission
	}
	return all
}

// Receipts tells, for each unit expected in m, in catalogue order, what was
// received and what became of it.
func (c *Checked) Receipts(m period.Month) []summary.Receipt {
	due := c.input.Timetable.Due(m)
	var receipts []summary.Receipt
	for _, u := range c.input.Catalogue.ExpectedUnits(m, c.input.Timetable.Scheme) {
		r := summary.Receipt{Unit: u, Status: submission.Missing, Deadline: due}
		if d := c.months[m][u.ID]; d != nil {
			c.fill(&r, d)
		}
		receipts = append(receipts, r)
	}
	return receipts
}

func (c *Checked) fill(r *summary.Receipt, d *dossier) {
	r.Status = submission.Unusable
	if first := d.firstReceivable(c.input); first != nil {
		r.FirstReceived, r.ReceivedFrom = first.ReceivedAt, first.ReceivedFrom
		r.OnTime = !first.ReceivedAt.After(r.Deadline)
	}
	if d.used == nil {
		return
	}
	r.Used = d.used.Submission
	switch {
	case d.used.Errors() > 0:
		r.Status = submission.NeedsCorrection
	case d.used.Warnings() > 0:
		r.Status = submission.AcceptedWithWarnings
	default:
		r.Status = submission.Accepted
	}
}
