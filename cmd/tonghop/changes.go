package main

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/edition"
	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/wording"
)

// changeTables print figures that changed. Causes are listed once, numbered, and
// the tables say their numbers.
type changeTables struct {
	say wording.Phrases
	cat *catalogue.Catalogue
	// former are the definitions of the figures that are no more, where they are
	// others than those in force.
	former  *catalogue.Catalogue
	numbers map[edition.Cause]int // empty where no causes are told
}

// definitions are those that a changed figure was made by.
func (t *changeTables) definitions(c edition.Change) *catalogue.Catalogue {
	if c.New == nil && t.former != nil {
		return t.former
	}
	return t.cat
}

// numbered lists causes, and remembers their numbers.
func (t *changeTables) numbered(tallies []edition.Tally) []string {
	t.numbers = make(map[edition.Cause]int, len(tallies))
	lines := make([]string, len(tallies))
	for i, one := range tallies {
		t.numbers[one.Cause] = i + 1
		lines[i] = strconv.Itoa(i+1) + ". " + t.say.Say("report.change", "cause", t.say.Cause(one.Cause, t.cat), "n", one.Indicators)
	}
	return lines
}

func (t *changeTables) header(keys ...string) table.Row {
	row := make(table.Row, len(keys))
	for i, key := range keys {
		row[i] = t.say.Say(key)
	}
	return row
}

// nameWidth is how many letters of an indicator's name stand on a line.
const nameWidth = 42

// city has a row an indicator: its figures of the period and of the year to
// date, then and now.
func (t *changeTables) city(changes []edition.Change, per period.Span) string {
	all := edition.OfCity(changes, t.cat)
	kinds := t.shownSpans(all, per.Kind)
	w := newTable()
	w.SetColumnConfigs([]table.ColumnConfig{{Number: 2, WidthMax: nameWidth, WidthMaxEnforcer: text.WrapSoft}})
	header := t.header("column.code", "column.indicator")
	for _, kind := range kinds {
		span := t.say.Span(period.Span{Kind: kind})
		header = append(header, t.say.Say("diff.before", "span", span), t.say.Say("diff.after", "span", span))
	}
	header = append(header, t.say.Say("column.verdict"))
	if len(t.numbers) > 0 {
		header = append(header, t.say.Say("column.cause"))
	}
	w.AppendHeader(header)
	for _, one := range all {
		row := table.Row{one.Indicator, ""}
		var causes []edition.Cause
		var verdicts []string
		for _, kind := range kinds {
			change, there := one.Spans[kind]
			if !there {
				row = append(row, "", "")
				continue
			}
			if ind, ok := t.definitions(change).Indicator(one.Indicator); ok {
				row[1] = t.say.IndicatorName(ind)
			}
			before, now := t.say.Changed(change, t.definitions(change))
			row = append(row, before, now)
			causes = append(causes, change.Causes...)
			if v := t.verdict(change); v != "" && !slices.Contains(verdicts, v) {
				verdicts = append(verdicts, v)
			}
		}
		row = append(row, strings.Join(verdicts, "; "))
		if len(t.numbers) > 0 {
			row = append(row, t.why(causes))
		}
		w.AppendRow(row)
	}
	return w.Render()
}

// shownSpans are the period itself and the year to date; others where a verdict
// or target is another, or where an indicator changed in them alone.
func (t *changeTables) shownSpans(all []edition.CityChange, own period.SpanKind) []period.SpanKind {
	main := func(kind period.SpanKind) bool { return kind == own || kind == period.YearToDate }
	shown := map[period.SpanKind]bool{}
	for _, one := range all {
		_, inOwn := one.Spans[own]
		_, inYear := one.Spans[period.YearToDate]
		for kind, change := range one.Spans {
			before, now := t.say.Judged(change)
			if main(kind) || before != now || !inOwn && !inYear {
				shown[kind] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(shown))
}

// every has a row a figure, of units and groups too. Of what is printed for the
// city only, units' figures stay out of what may be copied and passed on.
func (t *changeTables) every(changes []edition.Change) (rendered string, withheld bool) {
	w := newTable()
	header := t.header("column.unit", "column.code", "column.span", "diff.before", "diff.after", "column.verdict")
	if len(t.numbers) > 0 {
		header = append(header, t.say.Say("column.cause"))
	}
	w.AppendHeader(header)
	for _, change := range changes {
		if ind, ok := t.definitions(change).Indicator(change.Indicator); ok && ind.CityOnly && !change.IsCity() {
			withheld = true
			continue
		}
		before, now := t.say.Changed(change, t.definitions(change))
		row := table.Row{t.who(change), change.Indicator, t.say.Span(period.Span{Kind: change.Span}), before, now, t.verdict(change)}
		if len(t.numbers) > 0 {
			row = append(row, t.why(change.Causes))
		}
		w.AppendRow(row)
	}
	return w.Render(), withheld
}

func (t *changeTables) who(c edition.Change) string {
	if u, ok := t.definitions(c).Unit(c.Unit); ok {
		return u.Title()
	}
	if c.IsCity() {
		return t.say.Say("column.city")
	}
	return c.Unit + c.Group // one of them
}

// verdict is the one that stands, behind the former where it was another.
func (t *changeTables) verdict(c edition.Change) string {
	before, now := t.say.Judged(c)
	switch {
	case before == now || before == "":
		return now
	case c.New == nil:
		return before
	case now == "":
		now = t.say.Verdict(summary.NoTarget)
	}
	return before + " → " + now
}

// why names causes by their numbers in the list above.
func (t *changeTables) why(causes []edition.Cause) string {
	var numbers []int
	for _, c := range causes {
		numbers = append(numbers, t.numbers[c])
	}
	slices.Sort(numbers)
	var texts []string
	for _, n := range slices.Compact(numbers) {
		texts = append(texts, strconv.Itoa(n))
	}
	return strings.Join(texts, ", ")
}

// The same for a script.

type causeJSON struct {
	Why      string `json:"why"`
	Unit     string `json:"unit,omitempty"`
	Period   string `json:"period,omitempty"`
	File     string `json:"file,omitempty"`
	Decision string `json:"decision,omitempty"`
	Message  string `json:"message"`
}

func (t *changeTables) causeJSON(c edition.Cause) causeJSON {
	return causeJSON{Why: string(c.Why), Unit: c.Unit, Period: c.Month.String(), File: c.File, Decision: c.Decision, Message: t.say.Cause(c, t.cat)}
}

// sideJSON is a figure of one edition.
type sideJSON struct {
	Value   *string `json:"value"`
	State   string  `json:"state"`
	Target  string  `json:"target,omitempty"`
	Verdict string  `json:"verdict,omitempty"`
}

func newSideJSON(f *edition.Figure) *sideJSON {
	if f == nil {
		return nil
	}
	s := &sideJSON{State: f.State, Verdict: f.Verdict}
	if n, ok := f.Number(); ok {
		value := n.String()
		s.Value = &value
	}
	if f.Target != nil {
		s.Target = f.Comparator + " " + f.Target.String()
	}
	return s
}

type changeJSON struct {
	Indicator string      `json:"indicator"`
	Unit      string      `json:"unit,omitempty"`
	Group     string      `json:"group,omitempty"`
	Span      string      `json:"span"`
	Old       *sideJSON   `json:"old"`
	New       *sideJSON   `json:"new"`
	Causes    []causeJSON `json:"causes,omitempty"`
}

// changesJSON are all changes, as figures.json has all figures; with their causes
// where these are to be told.
func (t *changeTables) changesJSON(changes []edition.Change, why bool) []changeJSON {
	all := make([]changeJSON, len(changes))
	for i, c := range changes {
		all[i] = changeJSON{Indicator: c.Indicator, Unit: c.Unit, Group: c.Group, Span: c.Span.String(), Old: newSideJSON(c.Old), New: newSideJSON(c.New)}
		for _, cause := range c.Causes {
			if why {
				all[i].Causes = append(all[i].Causes, t.causeJSON(cause))
			}
		}
	}
	return all
}
