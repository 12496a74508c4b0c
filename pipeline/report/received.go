package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/vietnamese"
)

// submissions is the appendix of who reported, when, and what became of it.
func (c *composer) submissions() Section {
	if c.own() != period.Monthly {
		return c.submissionsByMonth()
	}
	t := Table{
		Columns: []Column{{Weight: 8, Align: Center}, {Weight: 36}, {Weight: 44}, {Weight: 34}, {Weight: 15, Align: Center}, {Weight: 12, Align: Right}, {Weight: 14, Align: Right}},
		Head: [][]Cell{c.head("column.no", "column.unit", "column.status", "column.received_at",
			"column.on_time", "column.errors", "column.warnings")},
	}
	guessed := map[submission.ReceivedFrom]string{} // what no clock of ours tells, with its mark
	for i, r := range c.Summary.Submissions {
		if c.Summary.Crowded() && r.Status == submission.Accepted && r.OnTime {
			continue
		}
		cells := []Cell{{Text: strconv.Itoa(i + 1)}, {Text: r.Unit.Title()}, {Text: c.Phrases.Status(r.Status)}, {}, {}, {}, {}}
		if !r.FirstReceived.IsZero() {
			cells[3].Text = vietnamese.ShortDate(period.DateIn(r.FirstReceived, c.AsOf.Location())) + r.FirstReceived.In(c.AsOf.Location()).Format(" 15:04")
			switch r.ReceivedFrom {
			case submission.FromFileTimes, submission.FromGap:
				if guessed[r.ReceivedFrom] == "" {
					guessed[r.ReceivedFrom] = fmt.Sprintf("(%d)", len(guessed)+1)
				}
				cells[3].Text += " " + guessed[r.ReceivedFrom]
			}
			cells[4].Text = c.say("feedback.late")
			if r.OnTime {
				cells[4].Text = c.say("feedback.on_time")
			}
		}
		if r.Used != nil {
			cells[5].Text, cells[6].Text = strconv.Itoa(r.Used.Errors()), strconv.Itoa(r.Used.Warnings())
		}
		t.Rows = append(t.Rows, Row{Cells: cells})
	}
	if c.Edition == Meeting { // what units have to correct is not for the meeting
		without := len(t.Columns) - 2
		t.Columns, t.Head[0] = t.Columns[:without], t.Head[0][:without]
		for i := range t.Rows {
			t.Rows[i].Cells = t.Rows[i].Cells[:without]
		}
	}
	s := Section{Blocks: []Block{Paragraph{Style: Small, Text: c.say("report.deadline", "at", c.deadline())}}}
	if c.Summary.Crowded() {
		s.Blocks = append(s.Blocks, Paragraph{Style: Small, Text: c.say("report.crowded_submissions", "n", len(c.Summary.Expected), "most", summary.MostListed)})
	}
	if len(t.Rows) > 0 {
		s.Blocks = append(s.Blocks, t)
	}
	for _, from := range slices.SortedFunc(maps.Keys(guessed), func(a, b submission.ReceivedFrom) int { return cmp.Compare(guessed[a], guessed[b]) }) {
		s.Blocks = append(s.Blocks, Paragraph{Style: Small, Text: guessed[from] + " " + c.Phrases.ReceivedFrom(from)})
	}
	s.Blocks = append(s.Blocks, c.decisions()...)
	return s
}

// deadline is the period's own: that of a unit for which nobody moved it.
func (c *composer) deadline() any {
	for _, r := range c.Summary.Submissions {
		if !r.Extended {
			return r.Deadline.In(c.AsOf.Location())
		}
	}
	return ""
}

// submissionsByMonth is that appendix for a longer span: a grid of units and
// months, so that one sees at once which reports are missing.
func (c *composer) submissionsByMonth() Section {
	months := c.Summary.Months()
	t := Table{
		Columns: []Column{{Weight: 8, Align: Center}, {Weight: 34}},
		Head:    [][]Cell{c.head("column.no", "column.unit")},
	}
	for _, m := range months {
		t.Columns = append(t.Columns, Column{Weight: 11, Align: Center})
		t.Head[0] = append(t.Head[0], Cell{Text: c.say("column.month", "n", strconv.Itoa(int(m.Number))), Strong: true, AlignSet: true, Align: Center})
	}
	t.Columns = append(t.Columns, Column{Weight: 15, Align: Center})
	t.Head[0] = append(t.Head[0], c.head("column.usable")...)
	grid := map[*catalogue.Unit]map[period.Month]summary.Receipt{}
	for _, r := range c.Summary.Submissions {
		if grid[r.Unit] == nil {
			grid[r.Unit] = map[period.Month]summary.Receipt{}
		}
		grid[r.Unit][r.Month] = r
	}
	for i, u := range c.Summary.Expected {
		row := Row{Cells: []Cell{{Text: strconv.Itoa(i + 1)}, {Text: u.Title()}}}
		usable := 0
		for _, m := range months {
			r, asked := grid[u][m]
			cell := Cell{}
			if asked {
				cell = Cell{Text: c.gridMark(r), Strong: r.Status == submission.Missing || r.Status == submission.Unusable}
			}
			if asked && r.IsUsable() {
				usable++
			}
			row.Cells = append(row.Cells, cell)
		}
		row.Cells = append(row.Cells, Cell{Text: c.say("report.of", "n", usable, "all", len(grid[u]))})
		t.Rows = append(t.Rows, row)
	}
	for _, total := range []struct {
		key string
		is  func(summary.Receipt) bool
	}{
		{"count.expected", func(summary.Receipt) bool { return true }},
		{"count.received", summary.Receipt.IsReceived},
		{"count.usable", summary.Receipt.IsUsable},
		{"count.on_time", func(r summary.Receipt) bool { return r.OnTime && r.IsReceived() }},
	} {
		t.Rows = append(t.Rows, c.gridTotal(total.key, months, total.is))
	}
	s := Section{Blocks: []Block{Paragraph{Style: Small, Text: c.say("report.grid_legend")}, t}}
	s.Blocks = append(s.Blocks, c.decisions()...)
	return s
}

// gridMark is what became of one report, in a letter.
func (c *composer) gridMark(r summary.Receipt) string {
	mark := c.say("report.grid." + string(r.Status))
	if r.IsLate() {
		return c.say("report.grid.late", "mark", mark)
	}
	return mark
}

// gridTotal counts the reports of each month.
func (c *composer) gridTotal(key string, months []period.Month, is func(summary.Receipt) bool) Row {
	row := Row{Kind: Total, Cells: []Cell{{}, {Text: c.say(key)}}}
	all := 0
	for _, m := range months {
		n := 0
		for _, r := range c.Summary.Submissions {
			if r.Month == m && is(r) {
				n++
			}
		}
		all += n
		row.Cells = append(row.Cells, Cell{Text: c.count(n)})
	}
	row.Cells = append(row.Cells, Cell{Text: c.count(all)})
	return row
}
