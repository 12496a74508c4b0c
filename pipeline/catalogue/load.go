package catalogue

import (
	"maps"
	"slices"

	"tonghop/pipeline/period"
	"tonghop/pipeline/table"
)

// rows is every table decoded, with the place of each row: what the checks
// walk over.
type rows struct {
	units       []entry[Unit]
	programmes  []entry[Programme]
	indicators  []entry[indicatorRow]
	targets     []entry[Target]
	rules       []entry[ruleRow]
	calendar    []entry[day]
	successions []entry[Succession]
	openings    []entry[Opening]
	forms       []entry[Form]
}

// Load reads and checks a source. It returns either a catalogue or every
// problem found, ordered as the tables are read; never both. Rows are checked
// against each other only where every table has its columns.
func Load(source Source) (*Catalogue, []Problem) {
	l := table.NewLoader(source)
	all := rows{
		units:       table.Decode(l, "units", unitColumns),
		programmes:  table.Decode(l, "programmes", programmeColumns),
		indicators:  table.Decode(l, "indicators", indicatorColumns),
		targets:     table.Decode(l, "targets", targetColumns),
		rules:       table.Decode(l, "rules", ruleColumns),
		calendar:    table.Decode(l, "calendar", calendarColumns),
		successions: table.Decode(l, "successions", successionColumns),
		openings:    table.Decode(l, "openings", openingColumns),
		forms:       table.Decode(l, "forms", formColumns),
	}
	c := &Catalogue{ID: source.ID(), SHA256: l.Digest()}
	if !l.Shapeless() {
		c.fill(all)
		c.checkUnits(all)
		c.checkIndicators(all)
		c.compileFormulas(all)
		c.checkFormulas(all)
		c.compileRules(all)
		c.checkTargets(all)
		c.checkOpenings(all)
		c.checkCalendar(all)
	}
	if problems := l.Problems(); len(problems) > 0 {
		return nil, problems
	}
	return c, nil
}

// fill takes the decoded rows over and indexes them. Of two rows with one key
// the first is indexed and the second reported.
func (c *Catalogue) fill(all rows) {
	c.units = make(map[string]*Unit)
	for _, e := range all.units {
		c.Units = append(c.Units, e.Value)
		index(c.units, e.Value.ID, e.Value, e.Record, "id")
	}
	c.programmes = make(map[string]*Programme)
	for _, e := range all.programmes {
		c.Programmes = append(c.Programmes, e.Value)
		index(c.programmes, e.Value.Code, e.Value, e.Record, "code")
	}
	c.indicators = make(map[string]*Indicator)
	for _, e := range all.indicators {
		e.Value.defaults()
		c.Indicators = append(c.Indicators, &e.Value.Indicator)
		index(c.indicators, e.Value.Code, &e.Value.Indicator, e.Record, "code")
	}
	c.indexAliases()
	ids := make(map[string]bool)
	for _, e := range all.rules {
		c.Rules = append(c.Rules, &e.Value.Rule)
		index(ids, e.Value.ID, true, e.Record, "id")
	}
	versions := make(map[string]bool)
	for _, e := range all.forms {
		c.Forms = append(c.Forms, *e.Value)
		index(versions, e.Value.Version, true, e.Record, "version")
	}
	for _, e := range all.targets {
		c.Targets = append(c.Targets, e.Value)
	}
	c.successors, c.predecessors = make(map[string][]Succession), make(map[string][]Succession)
	for _, e := range all.successions {
		s := *e.Value
		c.Successions = append(c.Successions, s)
		c.successors[s.From] = append(c.successors[s.From], s)
		c.predecessors[s.To] = append(c.predecessors[s.To], s)
	}
	for _, e := range all.openings {
		// An opening is a record of its time and may carry the code of that time.
		if i, ok := c.Named(e.Value.Indicator); ok {
			e.Value.Indicator = i.Code
		}
		c.Openings = append(c.Openings, *e.Value)
	}
	days := make(map[period.Date]period.DayKind)
	for _, e := range all.calendar {
		days[e.Value.date] = e.Value.kind
	}
	c.Calendar = period.NewCalendar(days)
}

// index adds a row under its key, or reports that the key is taken.
func index[V any](all map[string]V, key string, value V, r record, column string) {
	if _, taken := all[key]; taken {
		r.Wrong(column, "", say("%q đã có ở một dòng trên", "%q is there in a row above", key))
		return
	}
	if key != "" {
		all[key] = value
	}
}

// defaults fills in what the table may leave empty.
func (i *indicatorRow) defaults() {
	if i.Kind == Derived && i.ComputeAt == "" {
		i.ComputeAt = AtAggregate
	}
	if i.Compare == "" {
		i.Compare = "none"
	}
	if i.Kind == Text && i.Across == "" {
		i.Across = AcrossNone
	}
}

// refer reports a name that is in no row of the table it refers to, with the
// name probably meant. An empty name refers to nothing.
func refer[V any](r record, column, name string, all map[string]V, what words) (V, bool) {
	v, ok := all[name]
	if !ok && name != "" {
		near := table.Meant(name, slices.Sorted(maps.Keys(all)))
		r.Wrong(column, near, say("không có "+what.VI+" %q", "there is no "+what.EN+" %q", name))
	}
	return v, ok
}

var (
	aUnit      = words{VI: "đơn vị", EN: "unit"}
	aProgramme = words{VI: "chương trình", EN: "programme"}
)

// inOrder reports a validity that ends before it begins.
func inOrder(r record, from, to period.Date) {
	if !from.IsZero() && !to.IsZero() && to.Before(from) {
		r.Wrong("valid_to", "", say("trước ngày bắt đầu %s", "is before the beginning, %s", from))
	}
}

// overlap reports whether two validities share a day; a zero date is an open
// end.
func overlap(from, to, otherFrom, otherTo period.Date) bool {
	return (to.IsZero() || otherFrom.IsZero() || !to.Before(otherFrom)) &&
		(otherTo.IsZero() || from.IsZero() || !otherTo.Before(from))
}
