// Package mailing owns which messages the office owes at an instant, to whom,
// and what they say. It is pure: what was sent and what is the case come in,
// what is owed goes out.
package mailing

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/dispatch"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
)

// Fresh is for how many working days after its day a reminder or a receipt is
// still sent: one that comes later, because the service was off, says what its
// reader has long known, or what is no longer true.
const Fresh = 3

// Settings say which messages the office wants to be sent.
type Settings struct {
	// Before and After are the working days between a deadline and its reminders;
	// 0 is no such reminder.
	Before, After int
	Hour, Minute  int // at which reminders are sent, by the office's clocks
	// Receipts: a unit gets an answer to each file of hers.
	Receipts bool
	ReportTo []string // signed reports
	DraftTo  []string // reports that are not signed
	// Most bounds the messages of one pass.
	Most int
}

// Input is what there is to write about.
type Input struct {
	Settings  Settings
	Timetable period.Timetable
	Now       time.Time
	// Receipts are those of every month that may be reminded of.
	Receipts  []summary.Receipt
	Files     []File     // that were received and can be answered
	Revisions []Revision // the newest of each period
	Book      dispatch.Book
	// Units finds a unit by its id.
	Units func(id string) (*catalogue.Unit, bool)
}

// File is a file that a unit sent.
type File struct {
	submission.File
	// FirstSeen is when it was recorded; zero where it has not been yet.
	FirstSeen time.Time
}

// Revision is one that stands.
type Revision struct {
	Period      period.Span
	Number      int
	PublishedAt time.Time
	Signed      bool
}

// Letter is one message to one address.
type Letter struct {
	dispatch.Key
	Unit *catalogue.Unit // nil of reports
	// Reminded is what a reminder is about, File what a receipt answers, Revision
	// what is sent along.
	Reminded summary.Receipt
	File     submission.File
	Revision Revision
	// Due is since when it is owed.
	Due time.Time
}

// Plan is what is owed, and what has to be remembered beside it.
type Plan struct {
	Letters []Letter // to be sent now, in this order
	Left    int      // more are owed than one pass sends
	// Waiting failed before, and are tried again later, the first at Next.
	Waiting int
	Next    time.Time
	// Begun are kinds and recipients whose sending begins now, and what was there
	// before.
	Begun []dispatch.Key
	// Unsure were interrupted, and are not sent again. Lapsed failed until it was too
	// late. Unaddressed have no address. Each is told once.
	Unsure      []dispatch.Dispatch
	Lapsed      []Letter
	Unaddressed []Letter
}

// Owed works out what is to be sent. It is deterministic.
func Owed(in Input) Plan {
	o := owing{Input: in, today: period.DateIn(in.Now, in.Timetable.Zone)}
	o.interrupted()
	o.reports(dispatch.Report, in.Settings.ReportTo, true)
	o.reports(dispatch.Draft, in.Settings.DraftTo, false)
	if in.Settings.Receipts {
		o.receipts()
	}
	for _, r := range in.Receipts {
		o.reminders(r)
	}
	slices.SortStableFunc(o.plan.Letters, func(a, b Letter) int { return cmp.Compare(rank(a.Kind), rank(b.Kind)) })
	if most := in.Settings.Most; len(o.plan.Letters) > most {
		o.plan.Left = len(o.plan.Letters) - most
		o.plan.Letters = o.plan.Letters[:most]
	}
	return o.plan
}

// rank puts first what somebody waits for.
func rank(k dispatch.Kind) int {
	return slices.Index([]dispatch.Kind{
		dispatch.Report, dispatch.Draft, dispatch.Receipt, dispatch.ReminderAfter, dispatch.ReminderBefore,
	}, k)
}

type owing struct {
	Input
	today period.Date
	plan  Plan
}

// interrupted finds what a stopped program had begun and must not begin again.
func (o *owing) interrupted() {
	for _, d := range o.Book {
		if d.State == dispatch.Sending && d.Kind.AtMostOnce() && rank(d.Kind) >= 0 {
			o.plan.Unsure = append(o.plan.Unsure, d)
		}
	}
	slices.SortFunc(o.plan.Unsure, func(a, b dispatch.Dispatch) int { return a.Compare(b.Key) })
}

// reports owes the newest revision of each period to those who get its kind.
func (o *owing) reports(kind dispatch.Kind, to []string, signed bool) {
	for _, address := range to {
		since, begun := o.Book.Since(kind, address, o.Now)
		if !begun {
			o.plan.Begun = append(o.plan.Begun, dispatch.Key{Kind: kind, Recipient: address})
			continue
		}
		for _, r := range o.Revisions {
			if r.Signed == signed && r.PublishedAt.After(since) {
				o.owe(Letter{
					Key:      dispatch.Key{Kind: kind, Period: r.Period.String(), Recipient: address, Thing: revisionName(r.Number)},
					Revision: r, Due: r.PublishedAt,
				})
			}
		}
	}
}

// receipts owes an answer to each file that came since receipts are sent.
func (o *owing) receipts() {
	since, begun := o.Book.Since(dispatch.Receipt, "", o.Now)
	if !begun {
		o.plan.Begun = append(o.plan.Begun, dispatch.Key{Kind: dispatch.Receipt})
	}
	for _, f := range o.Files {
		u, known := o.Units(f.Unit)
		if !known || !u.ValidOn(o.today) {
			continue
		}
		l := Letter{
			Key:  dispatch.Key{Kind: dispatch.Receipt, Unit: u.ID, Recipient: u.Email, Thing: f.SHA256},
			Unit: u, File: f.File, Due: f.FirstSeen,
		}
		if !f.Period.IsZero() {
			l.Period = f.Period.String()
		}
		if f.FirstSeen.IsZero() {
			l.Due = o.Now // it has just come
		}
		switch {
		case !begun && f.FirstSeen.IsZero():
			o.plan.Begun = append(o.plan.Begun, l.Key)
		case !begun || !l.Due.After(since):
		default:
			o.timely(l, period.DateIn(l.Due, o.Timetable.Zone))
		}
	}
}

// reminders owes a unit what its report asks for. An ended unit is not written
// to, nor one that is not named yet, nor the office itself.
func (o *owing) reminders(r summary.Receipt) {
	if r.Closed || !r.Unit.ValidOn(o.today) || !r.Unit.Reminded() {
		return
	}
	deadline := period.DateIn(r.Deadline, o.Timetable.Zone)
	l := Letter{
		Key:  dispatch.Key{Period: r.Month.String(), Unit: r.Unit.ID, Recipient: r.Unit.Email, Thing: deadline.String()},
		Unit: r.Unit, Reminded: r,
	}
	if n := o.Settings.Before; n > 0 && r.Status == submission.Missing && !o.Now.After(r.Deadline) {
		l.Kind = dispatch.ReminderBefore
		o.onDay(l, o.Timetable.Calendar.AddWorkingDays(deadline, -n))
	}
	if n := o.Settings.After; n > 0 && owes(r.Status) && o.Now.After(r.Deadline) {
		l.Kind = dispatch.ReminderAfter
		o.onDay(l, o.Timetable.Calendar.AddWorkingDays(deadline, n))
	}
}

// owes reports whether a unit still has something to send once its deadline has
// passed. A report that came late and is in order is owed nothing.
func owes(s submission.Status) bool {
	return s == submission.Missing || s == submission.Unusable || s == submission.NeedsCorrection
}

// onDay owes a reminder from the hour of its day on.
func (o *owing) onDay(l Letter, day period.Date) {
	if l.Due = day.At(o.Settings.Hour, o.Settings.Minute, o.Timetable.Zone); !o.Now.Before(l.Due) {
		o.timely(l, day)
	}
}

// timely owes a letter while it is fresh.
func (o *owing) timely(l Letter, day period.Date) {
	stale := o.today.After(o.Timetable.Calendar.AddWorkingDays(day, Fresh))
	switch {
	case o.toAnother(l.Key):
	case stale && o.Book[l.Key].State == dispatch.Deferred:
		o.plan.Lapsed = append(o.plan.Lapsed, l)
	case stale:
	case l.Recipient == "":
		if !o.Book.Settled(l.Key) {
			o.plan.Unaddressed = append(o.plan.Unaddressed, l)
		}
	default:
		o.owe(l)
	}
}

// toAnother reports whether the same thing went, or may have gone, to the unit's
// earlier address. One that could not be reached there is sent to the new one.
func (o *owing) toAnother(k dispatch.Key) bool {
	for other, d := range o.Book {
		before := other.Recipient
		if other.Recipient = k.Recipient; other != k || before == k.Recipient || before == "" {
			continue
		}
		if d.State != dispatch.Failed && d.State != dispatch.Deferred {
			return true
		}
	}
	return false
}

// owe puts a letter on the list unless it is settled or waits after a failure.
func (o *owing) owe(l Letter) {
	if o.Book.Settled(l.Key) {
		return
	}
	if again := o.Book[l.Key].Again(o.Now); again.After(o.Now) {
		o.plan.Waiting++
		if o.plan.Next.IsZero() || again.Before(o.plan.Next) {
			o.plan.Next = again
		}
		return
	}
	o.plan.Letters = append(o.plan.Letters, l)
}

func revisionName(number int) string { return "r" + strconv.Itoa(number) }
