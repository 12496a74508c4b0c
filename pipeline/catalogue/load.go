package catalogue

import (
	"maps"
	"slices"

	"tonghop/pipeline/period"
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
	l := newLoader(source)
	all := rows{
		units:       decode(l, "units", unitColumns),
		programmes:  decode(l, "programmes", programmeColumns),
		indicators:  decode(l, "indicators", indicatorColumns),
		targets:     decode(l, "targets", targetColumns),
		rules:       decode(l, "rules", ruleColumns),
		calendar:    decode(l, "calendar", calendarColumns),
		successions: decode(l, "successions", successionColumns),
		openings:    decode(l, "openings", openingColumns),
		forms:       decode(l, "forms", formColumns),
	}
	c := &Catalogue{ID: source.id, SHA256: l.digest()}
	if !l.shapeless {
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
	if len(l.problems) > 0 {
		sortProblems(l.problems)
		return nil, l.problems
	}
	return c, nil
}

// fill takes the decoded rows over and indexes them. Of two rows with one key
// the first is indexed and the second reported.
func (c *Catalogue) fill(all rows) {
	c.units = make(map[string]*Unit)
	for _, e := range all.units {
		c.Units = append(c.Units, e.value)
		index(c.units, e.value.ID, e.value, e.record, "id")
	}
	c.programmes = make(map[string]*Programme)
	for _, e := range all.programmes {
		c.Programmes = append(c.Programmes, e.value)
		index(c.programmes, e.value.Code, e.value, e.record, "code")
	}
	c.indicators = make(map[string]*Indicator)
	for _, e := range all.indicators {
		e.value.defaults()
		c.Indicators = append(c.Indicators, &e.value.Indicator)
		index(c.indicators, e.value.Code, &e.value.Indicator, e.record, "code")
	}
	ids := make(map[string]bool)
	for _, e := range all.rules {
		c.Rules = append(c.Rules, &e.value.Rule)
		index(ids, e.value.ID, true, e.record, "id")
	}
	versions := make(map[string]bool)
	for _, e := range all.forms {
		c.Forms = append(c.Forms, *e.value)
		index(versions, e.value.Version, true, e.record, "version")
	}
	for _, e := range all.targets {
		c.Targets = append(c.Targets, e.value)
	}
	for _, e := range all.successions {
		c.Successions = append(c.Successions, *e.value)
	}
	for _, e := range all.openings {
		c.Openings = append(c.Openings, *e.value)
	}
	days := make(map[period.Date]period.DayKind)
	for _, e := range all.calendar {
		days[e.value.date] = e.value.kind
	}
	c.Calendar = period.NewCalendar(days)
}

// index adds a row under its key, or reports that the key is taken.
func index[V any](all map[string]V, key string, value V, r record, column string) {
	if _, taken := all[key]; taken {
		r.wrong(column, "", say("%q đã có ở một dòng trên", "%q is there in a row above", key))
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
		near := meant(name, slices.Sorted(maps.Keys(all)))
		r.wrong(column, near, say("không có "+what.vi+" %q", "there is no "+what.en+" %q", name))
	}
	return v, ok
}

var (
	aUnit       = words{"đơn vị", "unit"}
	aProgramme  = words{"chương trình", "programme"}
	anIndicator = words{"chỉ tiêu", "indicator"}
)

// keepEmpty reports each of the columns that is filled in.
func (r record) keepEmpty(why words, columns ...string) {
	for _, column := range columns {
		if r.text(column) != "" {
			r.wrong(column, "", why)
		}
	}
}

// inOrder reports a validity that ends before it begins.
func (r record) inOrder(from, to period.Date) {
	if !from.IsZero() && !to.IsZero() && to.Before(from) {
		r.wrong("valid_to", "", say("trước ngày bắt đầu %s", "is before the beginning, %s", from))
	}
}

// overlap reports whether two validities share a day; a zero date is an open
// end.
func overlap(from, to, otherFrom, otherTo period.Date) bool {
	return (to.IsZero() || otherFrom.IsZero() || !to.Before(otherFrom)) &&
		(otherTo.IsZero() || from.IsZero() || !otherTo.Before(from))
}
