package pipeline

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"tonghop/pipeline/decision"
	"tonghop/pipeline/dispatch"
	"tonghop/pipeline/feedback"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/ledger"
	"tonghop/pipeline/mailing"
	"tonghop/pipeline/notify"
	"tonghop/pipeline/period"
	"tonghop/pipeline/publish"
	"tonghop/pipeline/report"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
)

// MailPreview is the mail that is owed and how it would read.
type MailPreview struct {
	mailing.Plan
	Messages []notify.Message // of Plan.Letters, one each
}

// PreviewMail tells what Mail would send. It writes nothing, and sends nothing.
func (p *Pipeline) PreviewMail(ctx context.Context, office mailing.Settings, server notify.Server, now time.Time) (MailPreview, error) {
	desk, plan, err := p.owedMail(ctx, office, now)
	if err != nil {
		return MailPreview{}, err
	}
	out := MailPreview{Plan: plan}
	for _, l := range plan.Letters {
		m, err := desk.compose(ctx, l, messageID(l.Key, server))
		if err != nil {
			return out, err
		}
		out.Messages = append(out.Messages, m)
	}
	return out, nil
}

// mostRemindedMonths bounds how far back an extended deadline may lie.
const mostRemindedMonths = 12

// mailDesk has at hand what letters are made from.
type mailDesk struct {
	*Pipeline
	now    time.Time
	view   view
	book   dispatch.Book
	months map[period.Month]*answerDesk // prepared so far
	outs   map[period.Month]*Outcome
}

// owedMail works out which letters are owed. It writes nothing.
func (p *Pipeline) owedMail(ctx context.Context, office mailing.Settings, now time.Time) (*mailDesk, mailing.Plan, error) {
	known, err := p.mailKnown(ctx)
	if err != nil {
		return nil, mailing.Plan{}, err
	}
	desk := &mailDesk{Pipeline: p, now: now, book: known.book, months: map[period.Month]*answerDesk{}, outs: map[period.Month]*Outcome{}}
	in := mailing.Input{
		Settings: office, Timetable: p.Timetable, Now: now, Book: known.book, Revisions: known.newest(), Units: p.Catalogue.Unit,
	}
	if office.Before > 0 || office.After > 0 || office.Receipts {
		if desk.view, err = p.present(ctx, func() time.Time { return now }); err != nil {
			return nil, mailing.Plan{}, err
		}
		in.Receipts = desk.reminded(known)
		in.Files = desk.files(known)
	}
	return desk, mailing.Owed(in), nil
}

// mailKnown is what the ledger holds that mail depends on.
type mailKnown struct {
	book      dispatch.Book
	revisions map[period.Span][]ledger.Revision
	firstSeen map[ledger.Key]time.Time
}

func (p *Pipeline) mailKnown(ctx context.Context) (mailKnown, error) {
	known := mailKnown{book: dispatch.Book{}}
	book, err := p.reading(ctx)
	if err != nil || book == nil {
		return known, err
	}
	defer book.Close()
	sent, err := book.Dispatches(ctx)
	if err != nil {
		return known, err
	}
	known.book = dispatch.NewBook(sent)
	files, err := book.Files(ctx)
	if err != nil {
		return known, err
	}
	known.firstSeen = map[ledger.Key]time.Time{}
	for _, f := range files {
		known.firstSeen[f.Key()] = f.FirstSeen
	}
	known.revisions, err = revisionsOf(ctx, book)
	return known, err
}

// revisionsOf are the revisions of each period, by number.
func revisionsOf(ctx context.Context, book *ledger.Ledger) (map[period.Span][]ledger.Revision, error) {
	periods, err := book.Periods(ctx)
	if err != nil {
		return nil, err
	}
	all := map[period.Span][]ledger.Revision{}
	for _, name := range periods {
		sel, err := period.ParseSelector(name)
		if err != nil {
			continue // of a newer program
		}
		if all[sel.Span], err = book.Revisions(ctx, name); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// newest are the revisions that stand, oldest period first.
func (k mailKnown) newest() []mailing.Revision {
	var all []mailing.Revision
	for span, revisions := range k.revisions {
		last := revisions[len(revisions)-1]
		all = append(all, mailing.Revision{Period: span, Number: last.Number, PublishedAt: last.PublishedAt, Signed: last.SignedBy != ""})
	}
	slices.SortFunc(all, func(a, b mailing.Revision) int {
		return cmp.Or(a.Period.From.Compare(b.Period.From), a.Period.To.Compare(b.Period.To))
	})
	return all
}

// reminded are the reports that may be reminded of: those of months that have begun,
// that the office asks for and has not signed.
func (d *mailDesk) reminded(known mailKnown) []summary.Receipt {
	standing, _ := decision.InForce(d.view.office.decisions)
	last := d.Timetable.Scheme.MonthOf(period.DateIn(d.now, d.Timetable.Zone))
	var all []summary.Receipt
	for m := last.Add(1 - mostRemindedMonths); !m.After(last); m = m.Add(1) {
		span := period.SpanOf(period.Monthly, m, period.Month{})
		if !d.Adopted.IsZero() && m.Before(d.Adopted) || sealed(known.revisions[span], standing, span) != nil {
			continue
		}
		all = append(all, d.view.checked.Receipts(m)...)
	}
	return all
}

// files are those that units sent and that can be answered.
func (d *mailDesk) files(known mailKnown) []mailing.File {
	var all []mailing.File
	d.view.checked.Concerned(func(f submission.File, months []period.Month) {
		if answered(f) && f.Unit != "" {
			all = append(all, mailing.File{File: f, FirstSeen: known.firstSeen[ledger.Key{SHA256: f.SHA256, Path: f.Path}]})
		}
	})
	return all
}

// compose makes the message of a letter.
func (d *mailDesk) compose(ctx context.Context, l mailing.Letter, id string) (notify.Message, error) {
	facts := mailing.Facts{
		Phrases: d.Phrases, Zone: d.Timetable.Zone, Contact: d.contact(),
		Office: strings.Join(slices.DeleteFunc([]string{d.Office.Superior, d.Office.Issuer}, func(s string) bool { return s == "" }), "\n"),
	}
	m := notify.Message{To: l.Recipient, ID: id, Date: d.now.In(d.Timetable.Zone)}
	var err error
	switch l.Kind {
	case dispatch.Report, dispatch.Draft:
		m.Attachments, err = d.pages(l)
	case dispatch.Receipt:
		m.Attachments, err = d.answer(ctx, l.File, &facts)
	case dispatch.ReminderBefore, dispatch.ReminderAfter:
		facts.Window = d.Timetable.Window(l.Reminded.Month)
		m.Attachments, err = d.owed(ctx, l.Reminded, &facts)
	}
	m.Subject, m.Body = mailing.Compose(l, facts)
	return m, err
}

// pages are the printed report of a revision.
func (d *mailDesk) pages(l mailing.Letter) ([]notify.Attachment, error) {
	data, err := publish.Outputs{Dir: d.Outputs}.File(l.Period, l.Revision.Number, "report.pdf")
	if err != nil {
		return nil, err
	}
	name := "bao-cao-" + l.Period + "-r" + strconv.Itoa(l.Revision.Number)
	if !l.Revision.Signed {
		name += "-du-thao"
	}
	return []notify.Attachment{{Name: name + ".pdf", Data: data}}, nil
}

// answer tells what a unit is told of a file, and gives its annotated copy.
func (d *mailDesk) answer(ctx context.Context, f submission.File, facts *mailing.Facts) ([]notify.Attachment, error) {
	out, desk, err := d.month(ctx, d.monthOf(f))
	if err != nil {
		return nil, err
	}
	for _, one := range out.Files { // as it is to its own month
		if one.Path == f.Path && one.SHA256 == f.SHA256 {
			f = one
		}
	}
	in := desk.input(f)
	said := feedback.Compose(in)
	facts.Receipt, facts.Status, facts.Summary = said.Receipt, in.Status, said.Summary
	for _, point := range in.Findings {
		switch {
		case in.Standing == feedback.Replaced: // nothing is asked any more
		case point.Severity == finding.Error:
			facts.Points = append(facts.Points, mailPoint(point))
		case point.Severity == finding.Warning:
			facts.Warnings++
		}
	}
	data, err := d.annotated(said, f)
	ending := copyEnding(f.Path)
	if err != nil {
		if data, err = said.List(); err != nil {
			return nil, err
		}
		ending = listEnding
	}
	facts.Attached = true
	return []notify.Attachment{{Name: "phan-hoi-" + feedbackName(f) + ending, Data: data}}, nil
}

// monthOf is the month whose reader is told of a file.
func (d *mailDesk) monthOf(f submission.File) period.Month {
	if !f.Period.IsZero() {
		return f.Period
	}
	month := d.Timetable.Scheme.NewestClosed(period.DateIn(d.now, d.Timetable.Zone))
	d.view.checked.Concerned(func(one submission.File, months []period.Month) {
		if one.Path == f.Path && one.SHA256 == f.SHA256 {
			month = months[len(months)-1]
		}
	})
	return month
}

// owed tells what a unit is asked to correct, and gives the annotated copy of the
// report that counts.
func (d *mailDesk) owed(ctx context.Context, r summary.Receipt, facts *mailing.Facts) ([]notify.Attachment, error) {
	if r.Status == submission.Missing {
		return nil, nil
	}
	out, _, err := d.month(ctx, r.Month)
	if err != nil {
		return nil, err
	}
	if r.Used != nil {
		for _, f := range out.Files {
			if f.Path == r.Used.File && f.SHA256 == r.Used.SHA256 {
				return d.answer(ctx, f, facts)
			}
		}
	}
	for _, f := range report.Outstanding(out.toUnits, out.Files) {
		if f.Unit == r.Unit.ID && f.Severity == finding.Error {
			point := mailPoint(f)
			point.File = f.File // there may be several
			facts.Points = append(facts.Points, point)
		}
	}
	return nil, nil
}

func mailPoint(f report.Finding) mailing.Point {
	return mailing.Point{Sheet: f.Sheet, Cell: f.Cell, Message: f.Message, Remedy: f.Remedy}
}

// month prepares what the units are told of a month.
func (d *mailDesk) month(ctx context.Context, m period.Month) (*Outcome, *answerDesk, error) {
	if desk, ok := d.months[m]; ok {
		return d.outs[m], desk, nil
	}
	out, err := d.consider(d.view, period.SpanOf(period.Monthly, m, period.Month{}))
	if err != nil {
		return nil, nil, err
	}
	book, err := d.reading(ctx)
	if err != nil {
		return nil, nil, err
	}
	if book != nil {
		defer book.Close()
		w := &writer{book: book, outputs: publish.Outputs{Dir: d.Outputs}} // it only reads
		if out.Seal, err = d.seal(ctx, w, d.view, &out); err != nil {
			return nil, nil, err
		}
	}
	desk := d.answerDesk(&out, d.view.checked)
	d.months[m], d.outs[m] = desk, &out
	return &out, desk, nil
}
