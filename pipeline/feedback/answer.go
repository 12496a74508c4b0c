package feedback

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/report"
	"tonghop/pipeline/vietnamese"
	"tonghop/pipeline/workbook/write"
)

// layout changes with how answers are drawn, so that older ones are redrawn.
const layout = "1"

// Answer is all that an answer says, in words. It has exported fields only that
// its fingerprint covers them.
type Answer struct {
	Input   Input `json:"-"`
	Layout  string
	Program string

	Title    string
	Sample   string
	Receipt  string
	File     string
	Status   string
	Summary  string
	How      string
	NoCopy   string // said where the workbook could not be annotated
	HashText string
	Hash     string
	Parts    []Part
	Recorded Recorded
	Marks    []write.Mark
	Headings []string
}

// Part holds the points of one consequence.
type Part struct {
	Heading string
	Fill    string
	Points  []Point
}

// Point is one finding.
type Point struct {
	Sheet, Cell, Raw, Message, Remedy string
	Row, Col                          int
}

// Recorded is the sheet of recorded figures; without rows there is none.
type Recorded struct {
	Title    string
	How      string
	Headings []string
	Rows     []Record
}

// Record is one indicator's row, or with nothing but Programme a heading.
type Record struct {
	Programme                            string
	Code, Name, Measure, Sheet, Cell     string
	Row, Col                             int
	Raw, Number, Text, State, Note, Fill string
	Muted                                bool // not asked this month
}

// Compose words an answer.
func Compose(in Input) Answer {
	c := composer{Input: in, say: in.Phrases.Say}
	a := Answer{
		Input: in, Layout: layout, Program: in.Program,
		Title: c.say("feedback.heading"), Receipt: c.receipt(), File: c.say("feedback.file", "file", in.File),
		Status: capital(in.Status), HashText: c.say("feedback.hash"), Hash: in.SHA256,
		How: c.say("feedback.how"), NoCopy: c.say("feedback.no_copy"),
		Parts: c.parts(), Recorded: c.recorded(), Marks: c.marks(),
	}
	if in.Sample {
		a.Sample = c.say("sample")
	}
	a.Summary = c.summary()
	for _, key := range []string{"column.no", "column.sheet", "column.cell", "column.raw", "column.finding", "column.remedy"} {
		a.Headings = append(a.Headings, c.say(key))
	}
	return a
}

// Fingerprint is equal for answers that say the same. The number of the
// original is part of it, for the copy is made from that.
func (a Answer) Fingerprint() string {
	data, err := json.Marshal(a)
	if err != nil {
		panic(err) // text and numbers always encode
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// capital begins a line with a capital letter.
func capital(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + text[size:]
}

type composer struct {
	Input
	say func(key string, facts ...any) string
}

func (c composer) count(severity finding.Severity) int {
	n := 0
	for _, f := range c.Findings {
		if f.Severity == severity {
			n++
		}
	}
	return n
}

// summary is what the unit has to do, in one sentence. Only a report that counts
// is thanked for.
func (c composer) summary() string {
	switch e, w := c.count(finding.Error), c.count(finding.Warning); {
	case c.Standing == Replaced:
		return c.say("feedback.replaced")
	case e+w > 0:
		return c.say("feedback.summary", "errors", e, "warnings", w)
	case c.Standing == Unused, c.Standing == Withdrawn:
		return c.say("feedback.not_used")
	}
	return c.say("feedback.clean")
}

func (c composer) used() string {
	version := ""
	if c.Used.Version > 0 {
		version = figure.Int(int64(c.Used.Version)).String()
	}
	switch {
	case c.Standing == Withdrawn:
		return c.say("feedback.used_not_this")
	case c.Used.Own:
		return c.say("feedback.used_own", "version", version)
	case c.Used.File != "" && c.Used.File == c.File: // other bytes lie under the name
		return c.say("feedback.used_same_name", "version", version)
	case c.Used.File != "":
		return c.say("feedback.used_other", "file", c.Used.File, "version", version)
	}
	return c.say("feedback.used_none")
}

// cellsToCorrect counts places, not points: one cell may have several. What is no
// longer to be corrected is none.
func (c composer) cellsToCorrect() int {
	if c.Standing == Replaced {
		return 0
	}
	type place struct{ sheet, cell, indicator string }
	places := map[place]bool{}
	for _, f := range c.Findings {
		if f.Severity == finding.Error {
			p := place{f.Sheet, f.Cell, ""}
			if f.Cell == "" {
				p.indicator = f.Indicator + string(f.Code)
			}
			places[p] = true
		}
	}
	return len(places)
}

var bySeverity = []struct {
	severity      finding.Severity
	heading, fill string
}{
	{finding.Error, "feedback.part_error", write.FillError},
	{finding.Warning, "feedback.part_warning", write.FillWarn},
	{finding.Note, "feedback.part_note", write.FillNote},
}

func (c composer) parts() []Part {
	var parts []Part
	for _, s := range bySeverity {
		p := Part{Fill: s.fill}
		for _, f := range c.Findings {
			if f.Severity == s.severity {
				p.Points = append(p.Points, Point{
					Sheet: f.Sheet, Cell: f.Cell, Raw: f.Raw, Message: f.Message, Remedy: f.Remedy, Row: f.Row, Col: f.Col,
				})
			}
		}
		if len(p.Points) > 0 {
			p.Heading = c.say(c.partHeading(s.severity, s.heading), "n", len(p.Points))
			parts = append(parts, p)
		}
	}
	return parts
}

// partHeading never calls a figure used of which the file does not count, nor asks
// for the correction of what has been replaced.
func (c composer) partHeading(severity finding.Severity, heading string) string {
	switch {
	case severity != finding.Note && c.Standing == Replaced:
		return "feedback.part_replaced"
	case severity == finding.Warning && c.Standing == Unused:
		return "feedback.part_unused_warning"
	}
	return heading
}

// mostMarks bounds how many cells are marked: a sheet that is wrong throughout
// is told by its first cells, and the list has all.
const mostMarks = 500

// place is a cell of the workbook answered.
type place struct {
	sheet    string
	row, col int
}

// places are the cells that a finding is about: its own, and those named beside
// it, such as the whole of which a part is too large.
func places(f report.Finding) []place {
	var all []place
	add := func(row, col int) {
		if p := (place{f.Sheet, row, col}); f.Sheet != "" && row > 0 && col > 0 && !slices.Contains(all, p) {
			all = append(all, p)
		}
	}
	add(f.Row, f.Col)
	for _, name := range slices.Sorted(maps.Keys(f.Args)) {
		if at, ok := write.ParseRef(f.Args[name]); ok && strings.HasSuffix(name, "_cell") {
			add(at.Row, at.Col)
		}
	}
	return all
}

// marks gathers the findings of each cell, the gravest first.
func (c composer) marks() []write.Mark {
	found := map[place]int{}
	var marks []write.Mark
	for _, s := range bySeverity {
		for _, f := range c.Findings {
			if f.Severity != s.severity {
				continue
			}
			for _, at := range places(f) {
				i, ok := found[at]
				switch {
				case ok:
					marks[i].Note += "\n\n" + c.note(f)
				case len(marks) < mostMarks:
					found[at] = len(marks)
					marks = append(marks, write.Mark{
						Sheet: at.sheet, At: write.At(at.row, at.col), Fill: s.fill, Note: c.note(f), Quote: c.say("feedback.quote"),
					})
				}
			}
		}
	}
	return marks
}

// note says what is wrong, what was read and what to do.
func (c composer) note(f report.Finding) string {
	lines := []string{c.say("feedback.note", "severity", strings.ToUpper(c.Phrases.Severity(f.Severity)), "message", f.Message)}
	if read := c.read(f); read != "" && !strings.Contains(f.Message, read) {
		lines = append(lines, c.say("feedback.read", "read", read))
	}
	if f.Severity == finding.Error && f.Indicator != "" {
		lines = append(lines, c.say("feedback.unused"))
	}
	if f.Remedy != "" {
		lines = append(lines, f.Remedy)
	}
	return strings.Join(lines, "\n")
}

func (c composer) read(f report.Finding) string {
	if n, err := figure.Parse(f.Read); err == nil {
		return c.Phrases.Exact(n)
	}
	return vietnamese.CleanForPrint(f.Read)
}

// recorded holds what was typed against what was recorded.
func (c composer) recorded() Recorded {
	r := Recorded{Title: c.say("feedback.recorded"), How: c.say("feedback.recorded_how", "used", c.used())}
	for _, key := range []string{
		"column.no", "column.code", "column.indicator", "column.measure", "column.cell", "column.raw", "column.recorded", "column.state", "column.note",
	} {
		r.Headings = append(r.Headings, c.say(key))
	}
	programme := ""
	for _, v := range c.Values {
		if v.Programme != programme {
			programme = v.Programme
			r.Rows = append(r.Rows, Record{Programme: programme})
		}
		r.Rows = append(r.Rows, c.record(v))
	}
	return r
}

func (c composer) record(v Value) Record {
	r := Record{
		Code: v.Indicator, Name: v.Name, Measure: v.Measure, Sheet: v.Sheet, Cell: v.Cell, Row: v.Row, Col: v.Col, Raw: v.Raw,
		Text: v.Text, Muted: v.NotDue, State: c.Phrases.State(v.Figure.State()),
	}
	switch n, counts := v.Figure.Number(); {
	case v.NotDue:
		r.State = c.say("reason.not_due")
	case v.Text != "":
		r.State = c.Phrases.State(figure.Known)
	case counts && v.Figure.Is(figure.Known):
		r.Number = n.String()
	default:
		r.Text = c.Phrases.Mark(v.Figure.State())
	}
	if v.Contested {
		r.State += ", " + c.say("provisional")
	}
	var notes []string
	for _, s := range bySeverity {
		for _, f := range c.Findings {
			if f.Severity != s.severity || !f.Concerns(v.Value) {
				continue
			}
			if r.Fill == "" && s.severity != finding.Note {
				r.Fill = s.fill
			}
			if !slices.Contains(notes, f.Title) {
				notes = append(notes, f.Title)
			}
		}
	}
	if v.Note != "" {
		notes = append(notes, v.Note)
	}
	r.Note = strings.Join(notes, "; ")
	return r
}
