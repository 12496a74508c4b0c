// Package validate owns which values are accepted: it checks each submission
// against the catalogue and the months before it, and chooses which of several
// versions of a unit's report counts. It is pure and changes none of its
// inputs: what it refuses it refuses in its own copy.
package validate

import (
	"maps"
	"slices"
	"time"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/decision"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/history"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
)

// Input is what is checked, and against what.
type Input struct {
	Catalogue *catalogue.Catalogue
	Timetable period.Timetable
	Batch     submission.Batch
	// AsOf is the instant that deadlines and dates are judged by, SeenBy hides what
	// was received or decided after it; zero is AsOf.
	AsOf, SeenBy time.Time
	// ReceivableShare is the percent of required cells that must carry a state
	// for a submission to count as having been handed in.
	ReceivableShare int
	// NewIndicatorGrace is the number of periods, from the one in which an
	// indicator begins, for which a form issued before may lack its row.
	NewIndicatorGrace int
	// Decisions are all that the office ever decided, withdrawals too, with
	// their values read; those whose day is still to come are not seen.
	Decisions []decision.Decision
	// DecisionFindings are about the office's tables themselves.
	DecisionFindings []finding.Finding
	// Imported is what the office had imported of past months by AsOf: at most
	// one submission a unit and month, its values read.
	Imported []*submission.Submission
}

// Checked is the batch after checking.
type Checked struct {
	// History holds the accepted submission of each unit and month, with what
	// was refused marked so.
	History *history.History

	input   Input
	office  *rulings
	hidden  int
	index   *submission.Index                    // made last
	months  map[period.Month]map[string]*dossier // by unit id
	entries []entry
}

// dossier is all that one unit sent for one month. One without a version means
// that a file of the unit came which is or may be of the month, and cannot be
// used.
type dossier struct {
	versions []*version // readable, newest first
	used     *version
	// imported is what the office imported; it is a version where there is no
	// other.
	imported *submission.Submission
}

// version is one checked submission and the entry it came from.
type version struct {
	*submission.Submission
	entry int
}

// Batch checks everything received, month by month, so that each month is
// checked against what was accepted before it.
func Batch(in Input) *Checked {
	if in.SeenBy.IsZero() {
		in.SeenBy = in.AsOf
	}
	c := &Checked{History: history.New(), input: in, office: newRulings(in), months: map[period.Month]map[string]*dossier{}}
	for _, r := range in.Batch {
		if !r.File.ReceivedAt.IsZero() && r.File.ReceivedAt.After(in.SeenBy) {
			c.hidden++
			continue
		}
		c.register(r)
	}
	c.enterPaper()
	c.enterImports()
	for _, m := range c.Months() {
		for _, unit := range c.units(m) {
			d := c.months[m][unit]
			c.office.checkOld(d)
			for _, v := range d.versions {
				c.office.correct(v.Submission)
				c.check(v.Submission)
			}
			d.choose(c.office)
			c.setAside(d)
		}
		c.copied(m)
		for _, unit := range c.units(m) {
			d := c.months[m][unit]
			c.office.explain(d)
			if d.used != nil {
				c.History.Accept(d.used.Submission)
			}
		}
	}
	c.office.unmet()
	return c
}

// register files a received file under its unit and month.
func (c *Checked) register(r submission.Received) {
	e := c.entry(r)
	c.entries = append(c.entries, e)
	if e.file.Unit == "" {
		return
	}
	switch {
	case e.file.Disposition == submission.Counted && r.Submission != nil:
		d := c.dossier(r.Submission.Unit, r.Submission.Period)
		d.versions = append(d.versions, &version{Submission: clone(r.Submission), entry: len(c.entries) - 1})
	case e.discarded: // as if it had not come
	case e.file.Disposition == submission.Held, e.file.Disposition == submission.UnusableFile:
		// In each month for which it may have been meant the unit did send
		// something: to ask for a report there would confuse it.
		for _, m := range e.months {
			c.dossier(e.file.Unit, m)
		}
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

// clone copies what checking changes in most submissions; the values are copied
// where one is changed.
func clone(s *submission.Submission) *submission.Submission {
	own := *s
	own.Findings = slices.Clone(s.Findings)
	own.Contested = maps.Clone(s.Contested)
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

// Latest is the newest month with a usable submission of a unit whose window has
// closed at as-of; false where there is none. Imported months are of the past.
func (c *Checked) Latest() (period.Month, bool) {
	for _, m := range slices.Backward(c.Months()) {
		if !c.input.Timetable.Closed(m, c.input.AsOf) {
			continue
		}
		for _, d := range c.months[m] {
			if d.used != nil && !d.used.Imported() {
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
