package mailing

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"tonghop/pipeline/dispatch"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/wording"
)

// MostPoints is how many points a message lists; the annotated workbook has all.
const MostPoints = 10

// Facts are what a message says beside what its letter holds.
type Facts struct {
	Phrases wording.Phrases
	Zone    *time.Location
	Window  period.Window // of the letter's month
	// Office is who writes, Contact whom to ask; either may be empty.
	Office, Contact string
	// Points are what is to be corrected, gravest first.
	Points []Point
	// Receipt is the sentence of the receipt, Status what became of the file, Summary
	// what is to be done where there is nothing to correct or check.
	Receipt, Status, Summary string
	// Attached says that the annotated workbook comes along.
	Attached bool
	// Warnings is how many points are to be checked, beside those to correct.
	Warnings int
}

// Point is one thing to correct; File is empty where the letter is about one alone.
type Point struct {
	File, Sheet, Cell, Message, Remedy string
}

// Compose words a letter.
func Compose(l Letter, f Facts) (subject, body string) {
	c := composer{Letter: l, Facts: f, say: f.Phrases.Say}
	switch l.Kind {
	case dispatch.ReminderBefore, dispatch.ReminderAfter:
		subject, body = c.reminder()
	case dispatch.Receipt:
		subject, body = c.receipt()
	default:
		subject, body = c.report()
	}
	return strings.Map(oneLine, subject), body
}

// oneLine makes a space of what a subject cannot hold. Names of files may hold
// ends of lines and other characters of control.
func oneLine(c rune) rune {
	if unicode.IsControl(c) || unicode.In(c, unicode.Zl, unicode.Zp) {
		return ' '
	}
	return c
}

type composer struct {
	Letter
	Facts
	say func(key string, facts ...any) string
}

func (c composer) reminder() (subject, body string) {
	r := c.Reminded
	deadline := r.Deadline.In(c.Zone)
	var what []string
	switch {
	case c.Kind == dispatch.ReminderBefore:
		subject = c.say("mail.before_subject", "period", r.Month, "unit", c.Unit.Title())
		what = append(what, c.say("mail.before", "period", r.Month, "window", c.Window, "deadline", deadline))
	case r.Status == submission.Missing:
		subject = c.say("mail.missing_subject", "period", r.Month, "unit", c.Unit.Title())
		what = append(what, c.say("mail.missing", "period", r.Month, "window", c.Window, "deadline", deadline))
	default:
		subject = c.say("mail.correct_subject", "period", r.Month, "unit", c.Unit.Title())
		what = append(what, c.say("mail.correct", "period", r.Month, "window", c.Window, "deadline", deadline,
			"status", c.Phrases.Status(r.Status), "n", len(c.Points)))
		what = append(what, c.points()...)
	}
	if r.Extended {
		what = append(what, c.say("mail.extended"))
	}
	return subject, c.letter(c.Unit.Title(), what)
}

func (c composer) receipt() (subject, body string) {
	facts := []any{"unit", c.Unit.Title(), "file", fileName(c.File.Path)}
	if c.Period != "" {
		facts = append(facts, "period", c.File.Period)
	}
	what := []string{c.Receipt, c.say("mail.status", "status", c.Status)}
	switch {
	case len(c.Points) > 0:
		what = append(what, c.say("mail.to_correct", "n", len(c.Points)))
		what = append(what, c.points()...)
	case c.Warnings > 0:
		what = append(what, c.say("mail.to_check", "n", c.Warnings))
	default:
		what = append(what, c.Summary)
	}
	return c.say("mail.receipt_subject", facts...), c.letter(c.Unit.Title(), what)
}

// points list the first points, a line each.
func (c composer) points() []string {
	var lines []string
	for i, p := range c.Points[:min(len(c.Points), MostPoints)] {
		lines = append(lines, c.say("mail.point", "no", i+1, "file", p.File, "sheet", p.Sheet, "cell", p.Cell, "message", p.Message, "remedy", p.Remedy))
	}
	block := []string{strings.Join(lines, "\n")}
	if more := len(c.Points) - MostPoints; more > 0 {
		block = append(block, c.say("mail.more", "n", more))
	}
	if c.Attached {
		block = append(block, c.say("mail.attached"))
	}
	return block
}

func (c composer) report() (subject, body string) {
	r := c.Revision
	name, at := c.Phrases.Period(r.Period), r.PublishedAt.In(c.Zone)
	if r.Signed {
		return c.say("mail.report_subject", "period", name), c.letter("", []string{
			c.say("mail.report", "period", name, "revision", strconv.Itoa(r.Number), "time", at)})
	}
	return c.say("mail.draft_subject", "period", name, "revision", strconv.Itoa(r.Number)), c.letter("", []string{
		c.say("mail.draft", "period", name, "revision", strconv.Itoa(r.Number), "time", at)})
}

// letter puts greeting, paragraphs and close together, a blank line between.
func (c composer) letter(to string, what []string) string {
	paragraphs := []string{}
	if to != "" {
		paragraphs = append(paragraphs, c.say("mail.greeting", "unit", to))
	}
	paragraphs = append(paragraphs, what...)
	if c.Contact != "" {
		paragraphs = append(paragraphs, c.say("mail.contact", "contact", c.Contact))
	}
	if c.Office != "" {
		paragraphs = append(paragraphs, c.Office)
	}
	return strings.Join(append(paragraphs, c.say("mail.automatic")), "\n\n") + "\n"
}

// fileName is the file's own name, without its folders.
func fileName(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }
