package pipeline

import (
	"context"
	"fmt"
	"slices"
	"time"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/period"
	"tonghop/pipeline/report"
	"tonghop/pipeline/report/pdf"
	"tonghop/pipeline/summary"
)

// Reminders are what the units owe for a period whose deadlines have passed, and
// what is written to them. None is to a unit that owes nothing, whose deadline is
// still to come, whose gap was closed, that has ended or is not named yet, nor to the
// city office itself.
type Reminders struct {
	Period period.Span
	// Signed says that the period is: what is sent now counts later.
	Signed bool
	// Reply is by when the units are asked to send what they owe. WeekendsOnly says
	// that the calendar knows no holidays of its year.
	Reply        time.Time
	WeekendsOnly bool
	Units        []Reminder
	// LeftOut is what is missing and not written about, a receipt each: not due yet,
	// settled, or of a unit that is not written to.
	LeftOut []summary.Owed

	all  []Reminder // whomever one asks about
	only *catalogue.Unit
	in   report.Letters
	page pdf.Options
}

// Reminder is that to one unit.
type Reminder struct {
	report.Letter
	// Text is the reminder as a message to paste into a chat.
	Text string
}

// Reminders works out whom to remind, or whether only one unit is to be, as inputs
// and decisions stood at as-of. It writes nothing.
func (p *Pipeline) Reminders(ctx context.Context, only *catalogue.Unit, sel period.Selector, asOf time.Time) (Reminders, error) {
	v, err := p.look(ctx, asOf)
	if err != nil {
		return Reminders{}, err
	}
	per := sel.Span
	if sel.Kind != period.Fixed {
		if per, err = p.resolve(sel, v); err != nil {
			return Reminders{}, err
		}
	}
	out, err := p.consider(v, per)
	if err != nil {
		return Reminders{}, err
	}
	if only != nil && !slices.Contains(out.Summary.Expected, only) {
		return Reminders{}, &NotExpectedError{Unit: only, Period: per}
	}
	at := v.asOf.In(p.Timetable.Zone)
	owed := p.stillOwed(out.Summary, out.Summary.Submissions, v.asOf)
	r := Reminders{Period: per, only: only, page: p.Page}
	if r.Signed, err = p.signed(ctx, v, per); err != nil {
		return Reminders{}, err
	}
	r.Reply, r.WeekendsOnly = p.replyBy(at)
	r.page.Created = at
	r.in = report.Letters{
		Input: report.Input{
			Summary: out.Summary, Findings: out.Findings, Files: out.Files, Phrases: p.Phrases,
			AsOf: at, Office: p.Office, Sample: sample(&out), Program: p.Program,
		},
		Correspondence: p.Correspondence, Scheme: p.Timetable.Scheme, Reply: r.Reply, Contact: p.contact(),
		Letters: letters(owed),
	}
	for i, text := range report.Messages(r.in) {
		r.all = append(r.all, Reminder{Letter: r.in.Letters[i], Text: text})
	}
	r.Units = r.all
	if only != nil {
		r.Units = slices.DeleteFunc(slices.Clone(r.all), func(one Reminder) bool { return one.Unit != only })
	}
	for _, o := range owed {
		if (only == nil || o.Unit == only) && (o.Settled != "" || o.Anything() && (!o.Due || !o.Unit.Reminded())) {
			r.LeftOut = append(r.LeftOut, o)
		}
	}
	return r, nil
}

// signed reports whether a period is.
func (p *Pipeline) signed(ctx context.Context, v view, span period.Span) (bool, error) {
	book, err := p.reading(ctx)
	if err != nil || book == nil {
		return false, err
	}
	defer book.Close()
	revisions, err := book.Revisions(ctx, span.String())
	return v.office.signed(revisions, span), err
}

// letters gathers what is owed, and due, by unit, in catalogue order.
func letters(all []summary.Owed) []report.Letter {
	var list []report.Letter
	for _, o := range all {
		if !o.Due || !o.Anything() || !o.Unit.Reminded() {
			continue
		}
		at := slices.IndexFunc(list, func(l report.Letter) bool { return l.Unit == o.Unit })
		if at < 0 {
			at = len(list)
			list = append(list, report.Letter{Unit: o.Unit})
		}
		list[at].Owed = append(list[at].Owed, o)
	}
	return list
}

// replyBy is the deadline's time of day, some working days from an instant on.
func (p *Pipeline) replyBy(at time.Time) (reply time.Time, weekendsOnly bool) {
	rule := p.Timetable.Deadline
	day := p.Timetable.Calendar.AddWorkingDays(period.DateIn(at, p.Timetable.Zone), p.ReplyWorkingDays)
	return day.At(rule.Hour, rule.Minute, p.Timetable.Zone), !p.Timetable.Calendar.Covers(day.Year)
}

// reminds reports whether a unit is reminded, whomever one asks about.
func (r Reminders) reminds(u *catalogue.Unit) bool {
	return slices.ContainsFunc(r.all, func(one Reminder) bool { return one.Unit == u })
}

// PDF draws reminders as letters to sign, one after the other in one file. Equal
// reminders give equal bytes.
func (r Reminders) PDF(some ...Reminder) ([]byte, error) {
	in := r.in
	in.Letters = make([]report.Letter, len(some))
	for i, one := range some {
		in.Letters[i] = one.Letter
	}
	data, err := pdf.Draw(report.ComposeLetters(in), r.page)
	if err != nil {
		return nil, fmt.Errorf("draw letters: %w", err)
	}
	return data, nil
}
