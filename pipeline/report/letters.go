package report

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
)

// Letters are what reminders are made of: what a report is made of, but for its
// revisions and changes, and
type Letters struct {
	Input
	Correspondence
	Letters []Letter
	Scheme  period.Scheme
	// Reply is by when the units are asked to send what they owe.
	Reply time.Time
	// Contact is whom to ask, as printed; may be empty.
	Contact string
}

// Correspondence is how the office writes letters.
type Correspondence struct {
	Symbol string // in the number of a letter: "BTV-VP"
	// Addressee stands before the name of a unit that is a place, as "Hội Liên hiệp
	// Phụ nữ" does before "quận Ba Đình"; empty where the unit's own name is enough.
	Addressee string
}

// To is whom a letter to a unit is for.
func (c Correspondence) To(u *catalogue.Unit) string {
	if c.Addressee == "" || u.Title() == u.Name { // an office is called by its own name
		return u.Title()
	}
	return c.Addressee + " " + string(u.Kind) + " " + u.Name
}

// Letter is a reminder to one unit.
type Letter struct {
	Unit *catalogue.Unit
	// Owed is what it is reminded of, an entry a month, in order.
	Owed []summary.Owed
}

// ReportOwed reports whether a whole report is among what is owed.
func (l Letter) ReportOwed() bool {
	return slices.ContainsFunc(l.Owed, func(o summary.Owed) bool { return o.Report })
}

// LetterKeyword is among the keywords of a document of letters about a period,
// beside the ids of the units they are for.
func LetterKeyword(period string) string { return "nhac-bao-cao/" + period }

// ComposeLetters lays down a reminder for each unit, from a page of its own on and
// with pages of its own: ready to be numbered, dated and signed. A letter goes to
// the unit itself, so that it names figures that are printed for the city only;
// what the findings withhold, it withholds.
func ComposeLetters(in Letters) Document {
	c := newLetterComposer(in)
	doc := Document{
		Title:    c.say("letter.title", "period", c.period()),
		Subject:  c.say("letter.title", "period", c.period()),
		Author:   in.Office.Superior,
		Keywords: []string{LetterKeyword(c.Summary.Period.String())},
		Party:    in.Office.Party,
	}
	for _, l := range in.Letters {
		doc.Keywords = append(doc.Keywords, l.Unit.ID)
		doc.Sections = append(doc.Sections, Section{Apart: true, Blocks: c.letter(l)})
	}
	return doc
}

type letterComposer struct {
	composer
	in   Letters
	open map[string][]Finding // by unit
}

func newLetterComposer(in Letters) *letterComposer {
	return &letterComposer{composer: composer{Input: in.Input, say: in.Phrases.Say}, in: in, open: openErrors(in)}
}

// openErrors are the findings, by unit, that keep figures from being used.
func openErrors(in Letters) map[string][]Finding {
	open := map[string][]Finding{}
	for _, f := range Outstanding(in.Findings, in.Files) {
		if f.Severity == finding.Error && f.Unit != "" {
			open[f.Unit] = append(open[f.Unit], f)
		}
	}
	return open
}

func (c *letterComposer) letter(l Letter) []Block {
	head := c.letterhead()
	head.Number = c.say("report.number", "symbol", c.in.Symbol)
	about := "letter.about_figures"
	if l.ReportOwed() {
		about = "letter.about_report"
	}
	head.About = c.say(about, "period", strings.ReplaceAll(c.period(), " ", "\u00a0")) // a short line: the month is not torn from its year
	blocks := []Block{head, Addressee{Text: c.say("letter.to", "unit", c.in.To(l.Unit))}}
	if c.Sample {
		blocks = append(blocks, Paragraph{Style: Warn, Text: c.say("sample")})
	}
	figures := false
	for _, o := range l.Owed {
		points := c.points(o)
		figures = figures || !o.Report
		blocks = append(blocks, Paragraph{Text: c.due(o) + " " + c.stands(o, len(points), formal)})
		if len(points) > 0 {
			blocks = append(blocks, c.table(points))
		}
	}
	return append(blocks,
		Paragraph{Text: c.say("letter.not_zero")},
		Paragraph{Text: c.asks(l.ReportOwed(), figures)},
		Paragraph{Text: c.say("letter.closing", "contact", c.in.Contact)},
		Signatures{
			Recipients: []string{c.say("report.recipients"), c.say("report.recipient", "name", c.say("letter.as_above")), c.say("report.recipients_file")},
			Block:      []string{c.authority(c.Office.Authority), strings.ToUpper(cmp.Or(c.Office.Title, dotted))},
			Name:       dotted,
		},
	)
}

// due says when a report was due.
func (c *letterComposer) due(o summary.Owed) string {
	key := "letter.due"
	if o.Extended {
		key = "letter.due_extended"
	}
	window := c.Phrases.Window(c.in.Scheme.Window(o.Month))
	return c.say(key, "month", o.Month, "window", window, "deadline", o.Deadline.In(c.AsOf.Location()))
}

// tone holds what a letter and a message say differently, by key.
type tone struct{ unusable, incomplete, errors string }

var formal = tone{"letter.unusable", "letter.incomplete", "letter.errors"}

// stands says what has become of a report.
func (c *letterComposer) stands(o summary.Owed, points int, in tone) string {
	switch {
	case o.Report && points > 0:
		return c.say(in.unusable, "time", c.AsOf)
	case o.Report && o.IsReceived():
		return c.say("letter.empty", "time", c.AsOf)
	case o.Report:
		return c.say("letter.missing", "time", c.AsOf)
	}
	file, received, punctual := "", "", ""
	if o.Used != nil && o.Used.File != "" {
		file, received = o.Used.File, c.Phrases.DateTime(o.Used.ReceivedAt.In(c.AsOf.Location()))
		punctual = c.say("feedback.on_time")
		if o.IsLate() {
			punctual = c.say("feedback.late")
		}
	}
	if len(o.Figures) == 0 {
		return c.say(in.errors, "time", c.AsOf, "file", file, "received", received, "punctual", punctual, "n", points)
	}
	return c.say(in.incomplete, "time", c.AsOf, "file", file, "received", received, "punctual", punctual, "n", len(o.Figures))
}

// asks says what to do by when.
func (c *letterComposer) asks(report, figures bool) string {
	key := "letter.ask_report"
	switch {
	case report && figures:
		key = "letter.ask_both"
	case figures:
		key = "letter.ask_figures"
	}
	return c.say(key, "reply", c.in.Reply)
}
