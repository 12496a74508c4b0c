package wording

import (
	"strconv"
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
)

// Status says what a unit is told about its report: "Đã nhận".
func (p Phrases) Status(s submission.Status) string { return p.Say("status." + string(s)) }

// Disposition says what became of a file.
func (p Phrases) Disposition(d submission.Disposition) string {
	return p.Say("disposition." + string(d))
}

// ReceivedFrom says how a time of receipt is known: "theo thời gian tệp".
func (p Phrases) ReceivedFrom(r submission.ReceivedFrom) string {
	return p.Say("received." + string(r))
}

// Remark names a kind of free text: "Khó khăn, vướng mắc".
func (p Phrases) Remark(k submission.RemarkKind) string { return p.Say("remark." + string(k)) }

// State names the state of a figure: "không phát sinh".
func (p Phrases) State(s figure.State) string { return p.Say("state." + s.String()) }

// Mark is what a table prints in place of a number, such as "…"; "" for a known
// figure.
func (p Phrases) Mark(s figure.State) string {
	if s == figure.Known {
		return ""
	}
	return p.Say("mark." + s.String())
}

// Reason says why a figure has no number; "" where it has one.
func (p Phrases) Reason(r summary.Reason) string {
	if r == summary.ReasonNone {
		return ""
	}
	return p.Say("reason." + string(r))
}

// Severity names a finding's severity as people are told it, and Stage the step
// of checking at which it arises.
func (p Phrases) Severity(s finding.Severity) string { return p.Say("severity." + s.String()) }

// Stage names a step of checking.
func (p Phrases) Stage(s finding.Stage) string { return p.Say("stage." + s.String()) }

// UnitKind names a kind of unit: "quận".
func (p Phrases) UnitKind(k catalogue.UnitKind) string { return p.Say("unitkind." + unitKinds[k]) }

// unitKinds gives the keys: the kinds themselves are Vietnamese words.
var unitKinds = map[catalogue.UnitKind]string{
	catalogue.UrbanDistrict: "urban_district", catalogue.RuralDistrict: "rural_district", catalogue.Town: "town",
	catalogue.Ward: "ward", catalogue.Commune: "commune", catalogue.Affiliated: "affiliated", catalogue.CityOffice: "city_office",
}

// Nature says how an indicator is to be reported: "phát sinh trong kỳ".
func (p Phrases) Nature(n catalogue.Nature) string { return p.Say("nature." + string(n)) }

// Comparator prints a target's comparator: "≥".
func (p Phrases) Comparator(c catalogue.Comparator) string {
	return map[catalogue.Comparator]string{
		catalogue.AtLeast: "≥", catalogue.AtMost: "≤", catalogue.MoreThan: ">", catalogue.LessThan: "<",
	}[c]
}

// Verdict names a verdict without its circumstances: "đúng tiến độ".
func (p Phrases) Verdict(v summary.Verdict) string { return p.Say("verdict." + string(v)) }

// Judgment words a verdict with its circumstances: a floor reached while units
// are missing is "Đạt (chưa tính 2 đơn vị)", a ceiling not breached "chưa ghi
// nhận ở 28/30 đơn vị", any other judgment on incomplete figures "tạm tính",
// and a level held before its horizon ends "hiện đạt mức".
func (p Phrases) Judgment(j *summary.Judgment) string {
	if j == nil {
		return p.Verdict(summary.NoTarget)
	}
	good := j.Verdict == summary.Met || j.Verdict == summary.OnTrack
	switch {
	case j.Provisional && j.Missing > 0 && ceiling(j.Target) && (good || j.Verdict == summary.NoData && j.Held):
		key := "verdict.none_recorded"
		if !j.Target.Value.IsZero() {
			key = "verdict.not_exceeded"
		}
		if n := j.Counted; n.Expected > 0 {
			return p.Say(key+"_months", "reporting", n.Reported, "expected", n.Expected)
		}
		return p.Say(key, "reporting", j.Reporting, "expected", j.Reporting+j.Missing)
	case j.Provisional && j.Missing > 0 && j.Verdict == summary.Met:
		return p.Say("verdict.met_without", "missing", j.Missing)
	case j.Verdict == summary.NotMet && j.Target != nil && ceiling(j.Target):
		// A breached ceiling stays breached whoever is still missing.
		return p.Verdict(j.Verdict)
	case j.Provisional && (good || j.Verdict == summary.Behind || j.Verdict == summary.NotMet):
		return p.Say("verdict.provisional", "verdict", p.Level(j))
	}
	return p.Level(j)
}

// Level is a verdict in a word, without its circumstances: it tells a level that
// is held, and may yet be lost, from a count on its way, and a ceiling that is
// not breached from both.
func (p Phrases) Level(j *summary.Judgment) string {
	if j.Provisional && j.Verdict == summary.OnTrack && ceiling(j.Target) {
		return p.Say("verdict.not_breached")
	}
	if j.Verdict == summary.OnTrack && j.Target != nil && j.Target.Pace == catalogue.PaceLevel {
		return p.Say("verdict.level_held")
	}
	return p.Verdict(j.Verdict)
}

func ceiling(t *catalogue.Target) bool {
	return t != nil && (t.Comparator == catalogue.AtMost || t.Comparator == catalogue.LessThan)
}

// Gap says what is lacking to a target, "thiếu 1 hộ", or by how much a ceiling
// is exceeded, with the indicator's measure and decimals; "" where there is no
// gap. A gap too small for the decimals is printed exactly: a shortfall is never
// printed as 0.
func (p Phrases) Gap(j *summary.Judgment, i *catalogue.Indicator) string {
	if j == nil || j.Gap == nil || j.Gap.IsZero() {
		return ""
	}
	amount := p.Number(*j.Gap, i.Decimals)
	if j.Gap.Round(i.Decimals).IsZero() {
		amount = p.Exact(*j.Gap)
	}
	measure := i.Measure
	if measure == "%" {
		measure = p.Say("measure.points")
	}
	key := "gap.lacking"
	if ceiling(j.Target) {
		key = "gap.exceeding"
	}
	return p.Say(key, "amount", amount, "measure", measure, "cases", p.cases(j))
}

// cases is the gap of a rate in what its numerator counts: "12 người"; "" where
// that is nothing whole.
func (p Phrases) cases(j *summary.Judgment) string {
	switch {
	case j.Cases == nil:
		return ""
	case j.CasesOf == "": // of a share
		return p.Say("gap.units", "n", *j.Cases)
	}
	return p.Number(*j.Cases, 0) + " " + j.CasesOf
}

// Adjusted says that a target has replaced another within its horizon: "điều
// chỉnh từ 15.000 theo …"; "" where it has not.
func (p Phrases) Adjusted(j *summary.Judgment, i *catalogue.Indicator) string {
	if j == nil || j.Before == nil {
		return ""
	}
	before := p.Exact(j.Before.Value)
	if i.Type == catalogue.Percent {
		before += "%"
	}
	if j.Before.Comparator != j.Target.Comparator {
		before = p.Comparator(j.Before.Comparator) + " " + before
	}
	return p.Say("target.adjusted", "before", before, "act", j.Target.Act, "since", j.Target.Start())
}

// Reports names units with a word in common about their reports, "Quận Ba Đình
// (tháng 4, 5)", and counts them: units in a month's run, reports in a longer
// one. Both are "" where there are none.
func (p Phrases) Reports(all summary.Reports, of period.Span) (count, names string) {
	if all.N == 0 {
		return "", ""
	}
	var list []string
	if of.Kind == period.Monthly {
		for _, one := range all.Units {
			list = append(list, one.Unit.Title())
		}
		return p.Say("report.units", "n", all.N), strings.Join(list, ", ")
	}
	if len(all.Every) > 0 {
		list = append(list, p.Say("report.every_unit", "months", p.Months(all.Every)))
	}
	for _, one := range all.Units {
		list = append(list, p.Say("report.unit_months", "unit", one.Unit.Title(), "months", p.Months(one.Months)))
	}
	return p.Say("report.reports", "n", all.N), strings.Join(list, "; ")
}

// Months lists months of one year: "tháng 4, 5".
func (p Phrases) Months(all []period.Month) string {
	names := make([]string, len(all))
	for i, m := range all {
		names[i] = strconv.Itoa(int(m.Number))
		if p.language == English {
			names[i] = m.Number.String()
		}
	}
	return p.Say("report.months", "months", strings.Join(names, ", "))
}

// Coverage prints how complete a figure is: "28/30 đơn vị".
func (p Phrases) Coverage(c summary.Coverage) string {
	key := "coverage.unit"
	if c.By == summary.ByUnitMonth {
		key = "coverage.unit_month"
	}
	return p.Say(key, "reported", c.Reported, "expected", c.Expected)
}

// Span heads a column: "Trong kỳ", "Lũy kế năm", "Lũy kế từ 2021".
func (p Phrases) Span(s period.Span) string {
	return p.Say("span."+s.Kind.String(), "year", year(s.From))
}

// Period names a span: "tháng 6/2025", "quý II/2025", "6 tháng đầu năm 2025".
// The "to date" kinds are named by their ends.
func (p Phrases) Period(s period.Span) string {
	if s.IsZero() {
		return ""
	}
	switch s.Kind {
	case period.Monthly:
		return p.Month(s.To)
	case period.Quarterly:
		return p.Say("period.quarter", "quarter", p.quarter(s.To.Quarter()), "year", year(s.To))
	case period.HalfYear:
		if s.To.Number <= 6 {
			return p.Say("period.first_half", "year", year(s.To))
		}
		return p.Say("period.second_half", "year", year(s.To))
	case period.NineMonths:
		return p.Say("period.nine_months", "year", year(s.To))
	case period.FullYear:
		return p.Say("period.year", "year", year(s.To))
	}
	return p.Say("period.range", "from", s.From, "to", s.To)
}

// Unreported says for which days of units that ended nobody is asked.
func (p Phrases) Unreported(u summary.Unreported) string {
	return p.Say("report.unreported", "window", u.Days, "month", u.Month, "n", len(u.Units))
}

// Uncovered says which months of a figure's span nothing covers: from which
// month on it is complete where they are the first ones, else their names; ""
// where there are none.
func (p Phrases) Uncovered(f *summary.Figure, span period.Span) string {
	months := f.Coverage.Uncovered
	if len(months) == 0 {
		return ""
	}
	if last := months[len(months)-1]; f.Opening.IsZero() && last.Sub(span.From)+1 == len(months) {
		return p.Say("coverage.uncovered", "from", last.Add(1))
	}
	names := make([]string, len(months))
	for i, m := range months {
		names[i] = p.Month(m)
	}
	return p.Say("coverage.gap", "months", strings.Join(names, ", "))
}
