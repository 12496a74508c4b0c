// Package feedback owns what a unit gets back for a file it sent: a receipt
// and the list of points to correct and to check, each with its cell, what is
// there, how it was read and what to do.
package feedback

import (
	"slices"
	"strings"
	"time"

	"tonghop/pipeline/finding"
	"tonghop/pipeline/report"
	"tonghop/pipeline/wording"
	"tonghop/pipeline/workbook/write"
)

// Input is what is told about one file.
type Input struct {
	File   string // as the unit called it
	Unit   string // title; empty where it is not known
	Period string // in words; empty where it is not known
	// Status in the words of the receipt.
	Status string
	// ReceivedAt is in the zone in which it is printed; zero where unknown.
	ReceivedAt time.Time
	OnTime     bool
	// Findings about this file, ordered.
	Findings []report.Finding
	Phrases  wording.Phrases
	Sample   bool
}

// List makes the workbook: errors first, then warnings, then notes. Equal
// inputs give equal bytes.
func List(in Input) ([]byte, error) {
	say := in.Phrases.Say
	b := write.New(write.Properties{Title: say("feedback.title"), Created: in.ReceivedAt})
	s := b.Add(say("sheet.feedback"))
	s.Plain()
	s.Widths(5, 16, 18, 9, 22, 44, 52)

	s.Text(write.At(1, 1), say("feedback.title"), title)
	row := 2
	line := func(text string, st write.Style) {
		s.Text(write.At(row, 1), text, st)
		row++
	}
	if in.Sample {
		line(say("sample"), strong)
	}
	line(say("feedback.file", "file", in.File), plain)
	if about := strings.Join(known(in.Unit, in.Period), " – "); about != "" {
		line(about, strong)
	}
	if !in.ReceivedAt.IsZero() {
		line(say("feedback.received", "time", in.ReceivedAt, "on_time", onTime(in)), plain)
	}
	line(in.Status, strong)
	errors, warnings := count(in.Findings, finding.Error), count(in.Findings, finding.Warning)
	if errors+warnings == 0 {
		line(say("feedback.clean"), plain)
	} else {
		line(say("feedback.summary", "errors", errors, "warnings", warnings), plain)
	}
	last := table(s, row+1, in)
	s.Print(write.Page{
		Landscape: true, TitleRows: [2]int{row + 1, row + 1}, LastCell: write.At(last, columns),
		Footer: in.File, PageOf: say("report.page", "page", "%s", "pages", "%s"),
	})
	return b.Bytes()
}

// onTime says whether the file came in time; nothing where its period is not
// known, for then neither is its deadline.
func onTime(in Input) string {
	switch {
	case in.Period == "":
		return ""
	case in.OnTime:
		return in.Phrases.Say("feedback.on_time")
	}
	return in.Phrases.Say("feedback.late")
}

func known(texts ...string) []string {
	return slices.DeleteFunc(texts, func(s string) bool { return s == "" })
}

const columns = 7

var (
	title = write.Style{Size: 14, Bold: true}
	plain = write.Style{}
	// strong marks what the officer must not overlook.
	strong = write.Style{Bold: true}
	head   = write.Style{Bold: true, Fill: write.FillHead, Border: write.Thin, Align: write.Center, Wrap: true}
	cell   = write.Style{Border: write.Thin, Wrap: true, Top: true}
	fills  = map[finding.Severity]string{finding.Error: write.FillError, finding.Warning: write.FillWarn}
)

// table writes the findings by consequence and returns its last row.
func table(s *write.Sheet, row int, in Input) int {
	if len(in.Findings) == 0 {
		return row
	}
	for i, key := range []string{
		"column.no", "column.severity", "column.sheet", "column.cell", "column.raw", "column.finding", "column.remedy",
	} {
		s.Text(write.At(row, i+1), in.Phrases.Say(key), head)
	}
	first, n := row, 0
	for _, severity := range []finding.Severity{finding.Error, finding.Warning, finding.Note} {
		for _, f := range in.Findings {
			if f.Severity != severity {
				continue
			}
			n++
			row++
			st := cell
			st.Fill = fills[severity]
			s.Int(write.At(row, 1), n, cell)
			for i, text := range []string{
				in.Phrases.Severity(severity), f.Sheet, f.Cell, f.Raw, f.Message, f.Remedy,
			} {
				style := cell
				if i == 0 || i == 2 {
					style = st
				}
				s.Text(write.At(row, i+2), text, style)
			}
			lines := max(write.Lines(f.Message, 44, 11), write.Lines(f.Remedy, 52, 11), write.Lines(f.Raw, 22, 11), write.Lines(f.Sheet, 18, 11))
			s.Height(row, write.Height(lines, 11))
		}
	}
	s.Filter(write.At(first, 1), write.At(row, columns))
	return row
}

func count(all []report.Finding, severity finding.Severity) int {
	n := 0
	for _, f := range all {
		if f.Severity == severity {
			n++
		}
	}
	return n
}
