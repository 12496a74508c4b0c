package report

import (
	"slices"
	"strings"

	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
)

// point is something to correct or to complete.
type point struct {
	indicator, place, raw string
	title                 string // in a few words
	what                  string // in full, with the remedy
}

// points are what keeps the figures of a month from being used: the errors found,
// then the figures that are owed without one. Of a report that is owed as a whole they
// are also those of files that name no month, or one that nobody is asked about here:
// they were meant for this one.
func (c *letterComposer) points(o summary.Owed) []point {
	var all []point
	var errors []Finding
	for _, f := range c.open[o.Unit.ID] {
		if f.Period == o.Month || o.Report && !c.Summary.Period.Contains(f.Period) {
			errors = append(errors, f)
			all = append(all, c.errorPoint(f, o.Used))
		}
	}
	for _, f := range o.Figures {
		v := submission.Value{Indicator: f.Indicator.Code, Sheet: f.Value.Sheet, Cell: f.Value.Cell}
		if !slices.ContainsFunc(errors, func(e Finding) bool { return e.Concerns(v) }) {
			all = append(all, c.figurePoint(f))
		}
	}
	return all
}

func (c *letterComposer) errorPoint(f Finding, used *submission.Submission) point {
	p := point{place: place(f.Finding), raw: Shortened(f.Raw), title: f.Title, what: join(f.Message, f.Remedy)}
	if ind, ok := c.Summary.Catalogue.Indicator(f.Indicator); ok {
		p.indicator = c.Phrases.IndicatorName(ind)
	}
	if used != nil && used.File == f.File { // the letter has named the file
		f.File = ""
		p.place = strings.TrimSuffix(place(f.Finding), " – ")
	}
	return p
}

func (c *letterComposer) figurePoint(f summary.OwedFigure) point {
	p := point{indicator: c.Phrases.IndicatorName(f.Indicator), place: f.Value.Cell}
	state := f.State.String()
	switch {
	case f.Value.Cell == "":
		state = "no_row"
	case f.Value.Sheet != "":
		p.place += ", " + f.Value.Sheet
	}
	p.title, p.what = c.say("letter.lacks."+state), c.say("letter.lacks."+state+".remedy")
	return p
}

func (c *letterComposer) table(points []point) Table {
	t := Table{
		Columns: []Column{{Weight: 8, Align: Center}, {Weight: 40}, {Weight: 24}, {Weight: 24}, {Weight: 70}},
		Head:    [][]Cell{c.head("column.no", "column.indicator", "column.cell", "column.raw", "letter.column.point")},
	}
	for i, p := range points {
		t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: c.count(i + 1)}, {Text: p.indicator}, {Text: p.place}, {Text: p.raw}, {Text: p.what}}})
	}
	return t
}
