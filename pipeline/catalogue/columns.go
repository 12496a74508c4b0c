package catalogue

import (
	"strings"

	"tonghop/pipeline/period"
)

// layout lists the tables in the order in which they are read, hashed and
// written, with their columns and those that must be there.
var layout = []struct {
	name              string
	columns, required []string
}{
	{"units", names(unitColumns), required(unitColumns)},
	{"programmes", names(programmeColumns), required(programmeColumns)},
	{"indicators", names(indicatorColumns), required(indicatorColumns)},
	{"targets", names(targetColumns), required(targetColumns)},
	{"rules", names(ruleColumns), required(ruleColumns)},
	{"calendar", names(calendarColumns), required(calendarColumns)},
	{"successions", names(successionColumns), required(successionColumns)},
	{"openings", names(openingColumns), required(openingColumns)},
	{"forms", names(formColumns), required(formColumns)},
}

// tableOrder is the place of a table in the layout, or its length for a name
// that is not there.
func tableOrder(name string) int {
	name = strings.ToLower(strings.TrimSpace(name))
	for i, form := range layout {
		if form.name == name {
			return i
		}
	}
	return len(layout)
}

// Headers returns every table with its header row and nothing else: what a new
// catalogue begins with.
func Headers() []Table {
	tables := make([]Table, len(layout))
	for i, form := range layout {
		tables[i] = Table{Name: form.name, Rows: [][]string{append([]string(nil), form.columns...)}}
	}
	return tables
}

func required[T any](columns []column[T]) []string {
	var all []string
	for _, c := range columns {
		if c.need == must {
			all = append(all, c.name)
		}
	}
	return all
}

var unitKinds = []UnitKind{UrbanDistrict, RuralDistrict, Town, Ward, Commune, Affiliated, CityOffice}

var unitColumns = []column[Unit]{
	{"id", must, func(u *Unit, c cell) { u.ID = c.match(unitID) }},
	{"code", may, func(u *Unit, c cell) { u.Code = c.text }},
	{"kind", must, func(u *Unit, c cell) { u.Kind = oneOf(c, unitKinds...) }},
	{"name", must, func(u *Unit, c cell) { u.Name = c.text }},
	{"group", may, func(u *Unit, c cell) { u.Group = c.text }},
	{"aliases", may, func(u *Unit, c cell) { u.Aliases = c.list() }},
	{"contact", may, func(u *Unit, c cell) { u.Contact = c.text }},
	{"phone", may, func(u *Unit, c cell) { u.Phone = c.text }},
	{"email", may, func(u *Unit, c cell) { u.Email = c.text }},
	{"valid_from", may, func(u *Unit, c cell) { u.ValidFrom = c.date() }},
	{"valid_to", may, func(u *Unit, c cell) { u.ValidTo = c.date() }},
	{"act", may, func(u *Unit, c cell) { u.Act = c.text }},
}

var programmeColumns = []column[Programme]{
	{"code", must, func(p *Programme, c cell) { p.Code = c.match(codePattern) }},
	{"number", may, func(p *Programme, c cell) { p.Number = c.text }},
	{"name_vi", must, func(p *Programme, c cell) { p.NameVI = c.text }},
	{"name_en", may, func(p *Programme, c cell) { p.NameEN = c.text }},
}

// indicatorRow is an indicator whose formula is still text.
type indicatorRow struct {
	Indicator
	formula string
}

var indicatorColumns = []column[indicatorRow]{
	{"code", must, func(i *indicatorRow, c cell) { i.Code = c.match(codePattern) }},
	{"programme", must, func(i *indicatorRow, c cell) { i.Programme = c.text }},
	{"kind", must, func(i *indicatorRow, c cell) { i.Kind = oneOf(c, Input, Derived, Text) }},
	{"name_vi", must, func(i *indicatorRow, c cell) { i.NameVI = c.text }},
	{"name_en", may, func(i *indicatorRow, c cell) { i.NameEN = c.text }},
	{"definition_vi", may, func(i *indicatorRow, c cell) { i.DefinitionVI = c.text }},
	{"measure", may, func(i *indicatorRow, c cell) { i.Measure = c.text }},
	{"type", must, func(i *indicatorRow, c cell) { i.Type = oneOf(c, Whole, Decimal, Percent, YesNo, Choice, Prose) }},
	{"choices", may, func(i *indicatorRow, c cell) { i.Choices = c.list() }},
	{"nature", may, func(i *indicatorRow, c cell) { i.Nature = oneOf(c, Flow, Stock, Cumulative) }},
	{"across", may, func(i *indicatorRow, c cell) {
		i.Across = oneOf(c, AcrossSum, AcrossMin, AcrossMax, AcrossShare, AcrossNone)
	}},
	{"reaches", may, func(i *indicatorRow, c cell) { i.Reaches = c.number() }},
	{"compute_at", may, func(i *indicatorRow, c cell) { i.ComputeAt = oneOf(c, AtAggregate, AtUnit) }},
	{"formula", may, func(i *indicatorRow, c cell) { i.formula = c.text }},
	{"min", may, func(i *indicatorRow, c cell) { i.Min = c.bound() }},
	{"max", may, func(i *indicatorRow, c cell) { i.Max = c.bound() }},
	{"required", may, func(i *indicatorRow, c cell) { i.Required = c.flag() }},
	{"part_of", may, func(i *indicatorRow, c cell) { i.PartOf = c.text }},
	{"asked_of", may, func(i *indicatorRow, c cell) { i.AskedOf = c.list() }},
	{"due", may, func(i *indicatorRow, c cell) { i.Due = c.due() }},
	{"allow_na", may, func(i *indicatorRow, c cell) { i.AllowNA = c.flag() }},
	{"compare", may, func(i *indicatorRow, c cell) { i.Compare = c.text }},
	{"city_only", may, func(i *indicatorRow, c cell) { i.CityOnly = c.flag() }},
	{"decimals", may, func(i *indicatorRow, c cell) { i.Decimals = c.whole(0, 6) }},
	{"assumption_vi", may, func(i *indicatorRow, c cell) { i.AssumptionVI = c.text }},
	{"confirmed", may, func(i *indicatorRow, c cell) { i.Confirmed = c.flag() }},
	{"aliases", may, func(i *indicatorRow, c cell) { i.Aliases = c.list() }},
	{"valid_from", may, func(i *indicatorRow, c cell) { i.ValidFrom = c.date() }},
	{"valid_to", may, func(i *indicatorRow, c cell) { i.ValidTo = c.date() }},
}

var targetColumns = []column[Target]{
	{"indicator", must, func(t *Target, c cell) { t.Indicator = c.text }},
	{"unit", may, func(t *Target, c cell) { t.Unit = c.text }},
	{"horizon", must, func(t *Target, c cell) { t.Horizon = oneOf(c, HorizonMonth, HorizonYear, HorizonPlan) }},
	{"from", must, func(t *Target, c cell) { t.From = c.month() }},
	{"to", must, func(t *Target, c cell) { t.To = c.month() }},
	{"comparator", must, func(t *Target, c cell) { t.Comparator = oneOf(c, AtLeast, AtMost, MoreThan, LessThan) }},
	{"value", must, func(t *Target, c cell) { t.Value = c.number() }},
	{"pace", must, func(t *Target, c cell) { t.Pace = oneOf(c, PaceLinear, PaceLevel, PaceAtDue, PacePath) }},
	{"path", may, func(t *Target, c cell) { t.Path = c.path() }},
	{"headline", may, func(t *Target, c cell) { t.Headline = c.flag() }},
	{"act", may, func(t *Target, c cell) { t.Act = c.text }},
}

// The severities of a rule, as finding.Severity prints them.
const (
	severityError   Severity = "error"
	severityWarning Severity = "warning"
	severityNote    Severity = "note"
)

// ruleRow is a rule whose expression is still text.
type ruleRow struct {
	Rule
	expression string
}

var ruleColumns = []column[ruleRow]{
	{"id", must, func(r *ruleRow, c cell) { r.ID = c.match(namePattern) }},
	{"severity", must, func(r *ruleRow, c cell) { r.Severity = oneOf(c, severityError, severityWarning, severityNote) }},
	{"expression", must, func(r *ruleRow, c cell) { r.expression = c.text }},
	{"refuses", may, func(r *ruleRow, c cell) { r.Refuses = c.list() }},
	{"message_vi", must, func(r *ruleRow, c cell) { r.MessageVI = c.text }},
	{"message_en", may, func(r *ruleRow, c cell) { r.MessageEN = c.text }},
	{"valid_from", may, func(r *ruleRow, c cell) { r.ValidFrom = c.date() }},
	{"valid_to", may, func(r *ruleRow, c cell) { r.ValidTo = c.date() }},
}

// day is one row of the working calendar; its note is for people only.
type day struct {
	date period.Date
	kind period.DayKind
}

var dayKinds = map[string]period.DayKind{"nghỉ": period.Off, "làm bù": period.Makeup, "tết": period.Tet}

var calendarColumns = []column[day]{
	{"date", must, func(d *day, c cell) { d.date = c.date() }},
	{"kind", must, func(d *day, c cell) { d.kind = dayKinds[oneOf(c, "nghỉ", "làm bù", "tết")] }},
	{"note", may, func(*day, cell) {}},
}

var successionColumns = []column[Succession]{
	{"from", must, func(s *Succession, c cell) { s.From = c.text }},
	{"to", must, func(s *Succession, c cell) { s.To = c.text }},
	{"date", must, func(s *Succession, c cell) { s.Date = c.date() }},
	{"kind", must, func(s *Succession, c cell) { s.Kind = oneOf(c, "renamed", "merged", "split", "part") }},
	{"share", may, func(s *Succession, c cell) { s.Share = c.share() }},
	{"act", may, func(s *Succession, c cell) { s.Act = c.text }},
}

var openingColumns = []column[Opening]{
	{"indicator", must, func(o *Opening, c cell) { o.Indicator = c.text }},
	{"unit", may, func(o *Opening, c cell) { o.Unit = c.text }},
	{"span", must, func(o *Opening, c cell) { o.Span = oneOf(c, OpeningYear, OpeningPlan) }},
	{"through", must, func(o *Opening, c cell) { o.Through = c.month() }},
	{"value", must, func(o *Opening, c cell) { o.Value = c.number() }},
	{"source", must, func(o *Opening, c cell) { o.Source = c.text }},
}

var formColumns = []column[Form]{
	{"version", must, func(f *Form, c cell) { f.Version = c.match(namePattern) }},
	{"title_vi", must, func(f *Form, c cell) { f.TitleVI = c.text }},
	{"title_en", may, func(f *Form, c cell) { f.TitleEN = c.text }},
	{"valid_from", may, func(f *Form, c cell) { f.ValidFrom = c.date() }},
	{"valid_to", may, func(f *Form, c cell) { f.ValidTo = c.date() }},
}
