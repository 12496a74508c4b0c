package feedback

import (
	"tonghop/pipeline/figure"
	"tonghop/pipeline/report"
)

// Page lays down the receipt as a page to print, under the head of the office's
// papers: what the first sheet of the answer says, on paper. Many points go on
// overleaf.
func (a Answer) Page(head report.Letterhead) report.Document {
	c := composer{Input: a.Input, say: a.Input.Phrases.Say}
	r := c.facts()
	blocks := []report.Block{head, report.Title{Lines: []string{c.say("receipt.title"), c.say("receipt.number", "number", r.number)}}}
	if a.Sample != "" {
		blocks = append(blocks, report.Paragraph{Style: report.Warn, Text: a.Sample})
	}
	blocks = append(blocks, a.facts(c, r), report.Paragraph{Text: a.Summary})
	if len(a.Parts) > 0 {
		blocks = append(blocks, a.points())
	}
	blocks = append(blocks, report.Paragraph{Style: report.Small, Text: a.HashText + " " + a.Hash})
	return report.Document{
		Title: c.say("receipt.title") + " " + r.number, Subject: c.say("receipt.title"), Author: firstOf(head.Left),
		Sections: []report.Section{{Blocks: blocks}},
	}
}

func firstOf(lines []string) string {
	for _, l := range lines {
		if l != "" {
			return l
		}
	}
	return ""
}

// facts is the table of what was received, when, and what counts.
func (a Answer) facts(c composer, r receipt) report.Table {
	unit, period, received := c.Unit, c.say("receipt.unknown"), ""
	if unit == "" {
		unit = c.say("receipt.unknown")
	}
	if r.period != "" {
		period = c.say("receipt.period", "period", r.period, "window", r.window)
	}
	if r.time != "" {
		received = c.say("receipt.received", "time", r.time, "from", r.from, "on_time", r.onTime)
	}
	t := report.Table{Columns: []report.Column{{Weight: 38}, {Weight: 127}}, Size: 12}
	add := func(label, text string, strong bool) {
		if text != "" {
			t.Rows = append(t.Rows, report.Row{Cells: []report.Cell{{Text: label}, {Text: text, Strong: strong}}})
		}
	}
	add(c.say("column.unit"), unit, true)
	add(c.say("column.period"), period, false)
	add(c.say("column.file"), c.File, false)
	add(c.say("column.received_at"), received, false)
	add(c.say("column.deadline"), r.deadline, false)
	add(c.say("column.status"), a.Status, true)
	add(c.say("receipt.used"), r.used, false)
	add(c.say("receipt.cells"), c.say("receipt.cells_by", "cells", r.cells, "deadline", r.before, "passed", r.passed), r.cells > 0)
	add(c.say("receipt.contact"), c.Contact, false)
	return t
}

// points is the table of the points, by consequence.
func (a Answer) points() report.Table {
	t := report.Table{
		Columns: []report.Column{{Weight: 8, Align: report.Center}, {Weight: 24}, {Weight: 31}, {Weight: 53}, {Weight: 49}},
	}
	var head []report.Cell
	for _, i := range []int{0, 2, 3, 4, 5} { // sheet and cell stand together
		head = append(head, report.Cell{Text: a.Headings[i], Strong: true, AlignSet: true, Align: report.Center})
	}
	t.Head = [][]report.Cell{head}
	for _, p := range a.Parts {
		t.Rows = append(t.Rows, report.Row{Kind: report.Group, Cells: []report.Cell{{Text: p.Heading}}})
		for i, point := range p.Points {
			place := point.Cell
			if place != "" && point.Sheet != "" {
				place += ", "
			}
			t.Rows = append(t.Rows, report.Row{Cells: []report.Cell{
				{Text: figure.Int(int64(i + 1)).String()}, {Text: place + point.Sheet}, {Text: report.Shortened(point.Raw)}, {Text: point.Message}, {Text: point.Remedy},
			}})
		}
	}
	return t
}
