package catalogue

import (
	"tonghop/pipeline/period"
	"tonghop/pipeline/table"
)

var unitKinds = []UnitKind{UrbanDistrict, RuralDistrict, Town, Ward, Commune, Affiliated, CityOffice}

var unitColumns = []column[Unit]{
	table.Col("id", must, func(u *Unit, c cell) { u.ID = c.Match(unitID) }),
	table.Col("code", may, func(u *Unit, c cell) { u.Code = c.Text }),
	table.Col("kind", must, func(u *Unit, c cell) { u.Kind = table.OneOf(c, unitKinds...) }),
	table.Col("name", must, func(u *Unit, c cell) { u.Name = c.Text }),
	table.Col("group", may, func(u *Unit, c cell) { u.Group = c.Text }),
	table.Col("aliases", may, func(u *Unit, c cell) { u.Aliases = c.List() }),
	table.Col("contact", may, func(u *Unit, c cell) { u.Contact = c.Text }),
	table.Col("phone", may, func(u *Unit, c cell) { u.Phone = c.Text }),
	table.Col("email", may, func(u *Unit, c cell) { u.Email = c.Text }),
	table.Col("valid_from", may, func(u *Unit, c cell) { u.ValidFrom = c.Date() }),
	table.Col("valid_to", may, func(u *Unit, c cell) { u.ValidTo = c.Date() }),
	table.Col("act", may, func(u *Unit, c cell) { u.Act = c.Text }),
}

var programmeColumns = []column[Programme]{
	table.Col("code", must, func(p *Programme, c cell) { p.Code = c.Match(codePattern) }),
	table.Col("number", may, func(p *Programme, c cell) { p.Number = c.Text }),
	table.Col("name_vi", must, func(p *Programme, c cell) { p.NameVI = c.Text }),
	table.Col("name_en", may, func(p *Programme, c cell) { p.NameEN = c.Text }),
}

// indicatorRow is an indicator whose formula is still text.
type indicatorRow struct {
	Indicator
	formula string
}

var indicatorColumns = []column[indicatorRow]{
	table.Col("code", must, func(i *indicatorRow, c cell) { i.Code = c.Match(codePattern) }),
	table.Col("programme", must, func(i *indicatorRow, c cell) { i.Programme = c.Text }),
	table.Col("kind", must, func(i *indicatorRow, c cell) { i.Kind = table.OneOf(c, Input, Derived, Text) }),
	table.Col("name_vi", must, func(i *indicatorRow, c cell) { i.NameVI = c.Text }),
	table.Col("name_en", may, func(i *indicatorRow, c cell) { i.NameEN = c.Text }),
	table.Col("definition_vi", may, func(i *indicatorRow, c cell) { i.DefinitionVI = c.Text }),
	table.Col("measure", may, func(i *indicatorRow, c cell) { i.Measure = c.Text }),
	table.Col("type", must, func(i *indicatorRow, c cell) { i.Type = table.OneOf(c, Whole, Decimal, Percent, YesNo, Choice, Prose) }),
	table.Col("choices", may, func(i *indicatorRow, c cell) { i.Choices = c.List() }),
	table.Col("nature", may, func(i *indicatorRow, c cell) { i.Nature = table.OneOf(c, Flow, Stock, Cumulative) }),
	table.Col("across", may, func(i *indicatorRow, c cell) {
		i.Across = table.OneOf(c, AcrossSum, AcrossMin, AcrossMax, AcrossShare, AcrossNone)
	}),
	table.Col("reaches", may, func(i *indicatorRow, c cell) { i.Reaches = c.Number() }),
	table.Col("compute_at", may, func(i *indicatorRow, c cell) { i.ComputeAt = table.OneOf(c, AtAggregate, AtUnit) }),
	table.Col("formula", may, func(i *indicatorRow, c cell) { i.formula = c.Text }),
	table.Col("min", may, func(i *indicatorRow, c cell) { i.Min = bound(c) }),
	table.Col("max", may, func(i *indicatorRow, c cell) { i.Max = bound(c) }),
	table.Col("required", may, func(i *indicatorRow, c cell) { i.Required = c.Flag() }),
	table.Col("part_of", may, func(i *indicatorRow, c cell) { i.PartOf = c.Text }),
	table.Col("asked_of", may, func(i *indicatorRow, c cell) { i.AskedOf = c.List() }),
	table.Col("due", may, func(i *indicatorRow, c cell) { i.Due = due(c) }),
	table.Col("allow_na", may, func(i *indicatorRow, c cell) { i.AllowNA = c.Flag() }),
	table.Col("compare", may, func(i *indicatorRow, c cell) { i.Compare = c.Text }),
	table.Col("city_only", may, func(i *indicatorRow, c cell) { i.CityOnly = c.Flag() }),
	table.Col("decimals", may, func(i *indicatorRow, c cell) { i.Decimals = c.Whole(0, 6) }),
	table.Col("assumption_vi", may, func(i *indicatorRow, c cell) { i.AssumptionVI = c.Text }),
	table.Col("confirmed", may, func(i *indicatorRow, c cell) { i.Confirmed = c.Flag() }),
	table.Col("aliases", may, func(i *indicatorRow, c cell) { i.Aliases = c.List() }),
	table.Col("valid_from", may, func(i *indicatorRow, c cell) { i.ValidFrom = c.Date() }),
	table.Col("valid_to", may, func(i *indicatorRow, c cell) { i.ValidTo = c.Date() }),
}

var targetColumns = []column[Target]{
	table.Col("indicator", must, func(t *Target, c cell) { t.Indicator = c.Text }),
	table.Col("unit", may, func(t *Target, c cell) { t.Unit = c.Text }),
	table.Col("horizon", must, func(t *Target, c cell) { t.Horizon = table.OneOf(c, HorizonMonth, HorizonYear, HorizonPlan) }),
	table.Col("from", must, func(t *Target, c cell) { t.From = c.Month() }),
	table.Col("to", must, func(t *Target, c cell) { t.To = c.Month() }),
	table.Col("since", may, func(t *Target, c cell) { t.Since = c.Month() }),
	table.Col("comparator", must, func(t *Target, c cell) { t.Comparator = table.OneOf(c, AtLeast, AtMost, MoreThan, LessThan) }),
	table.Col("value", must, func(t *Target, c cell) { t.Value = c.Number() }),
	table.Col("pace", must, func(t *Target, c cell) { t.Pace = table.OneOf(c, PaceLinear, PaceLevel, PaceAtDue, PacePath) }),
	table.Col("path", may, func(t *Target, c cell) { t.Path = path(c) }),
	table.Col("headline", may, func(t *Target, c cell) { t.Headline = c.Flag() }),
	table.Col("act", may, func(t *Target, c cell) { t.Act = c.Text }),
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
	table.Col("id", must, func(r *ruleRow, c cell) { r.ID = c.Match(namePattern) }),
	table.Col("severity", must, func(r *ruleRow, c cell) { r.Severity = table.OneOf(c, severityError, severityWarning, severityNote) }),
	table.Col("scope", may, func(r *ruleRow, c cell) { r.Scope = table.OneOf(c, RuleOfUnit, RuleOfCity) }),
	table.Col("expression", must, func(r *ruleRow, c cell) { r.expression = c.Text }),
	table.Col("refuses", may, func(r *ruleRow, c cell) { r.Refuses = c.List() }),
	table.Col("message_vi", must, func(r *ruleRow, c cell) { r.MessageVI = c.Text }),
	table.Col("message_en", may, func(r *ruleRow, c cell) { r.MessageEN = c.Text }),
	table.Col("valid_from", may, func(r *ruleRow, c cell) { r.ValidFrom = c.Date() }),
	table.Col("valid_to", may, func(r *ruleRow, c cell) { r.ValidTo = c.Date() }),
}

// day is one row of the working calendar; its note is for people only.
type day struct {
	date period.Date
	kind period.DayKind
}

var dayKinds = map[string]period.DayKind{"nghỉ": period.Off, "làm bù": period.Makeup, "tết": period.Tet}

var calendarColumns = []column[day]{
	table.Col("date", must, func(d *day, c cell) { d.date = c.Date() }),
	table.Col("kind", must, func(d *day, c cell) { d.kind = dayKinds[table.OneOf(c, "nghỉ", "làm bù", "tết")] }),
	table.Col("note", may, func(*day, cell) {}),
}

var successionColumns = []column[Succession]{
	table.Col("from", must, func(s *Succession, c cell) { s.From = c.Text }),
	table.Col("to", must, func(s *Succession, c cell) { s.To = c.Text }),
	table.Col("date", must, func(s *Succession, c cell) { s.Date = c.Date() }),
	table.Col("kind", must, func(s *Succession, c cell) { s.Kind = table.OneOf(c, Renamed, Merged, Split, Part) }),
	table.Col("share", may, func(s *Succession, c cell) { s.Share = share(c) }),
	table.Col("act", may, func(s *Succession, c cell) { s.Act = c.Text }),
}

var openingColumns = []column[Opening]{
	table.Col("indicator", must, func(o *Opening, c cell) { o.Indicator = c.Text }),
	table.Col("unit", may, func(o *Opening, c cell) { o.Unit = c.Text }),
	table.Col("span", must, func(o *Opening, c cell) { o.Span = table.OneOf(c, OpeningYear, OpeningPlan) }),
	table.Col("through", must, func(o *Opening, c cell) { o.Through = c.Month() }),
	table.Col("value", must, func(o *Opening, c cell) { o.Value = c.Number() }),
	table.Col("source", must, func(o *Opening, c cell) { o.Source = c.Text }),
}

var formColumns = []column[Form]{
	table.Col("version", must, func(f *Form, c cell) { f.Version = c.Match(namePattern) }),
	table.Col("title_vi", must, func(f *Form, c cell) { f.TitleVI = c.Text }),
	table.Col("title_en", may, func(f *Form, c cell) { f.TitleEN = c.Text }),
	table.Col("valid_from", may, func(f *Form, c cell) { f.ValidFrom = c.Date() }),
	table.Col("valid_to", may, func(f *Form, c cell) { f.ValidTo = c.Date() }),
}
