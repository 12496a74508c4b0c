package validate

import (
	"slices"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/catalogue/formula"
	"tonghop/pipeline/decision"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/submission"
)

// explain makes notes of the warnings that the unit, by the note beside its
// figure, or the office has explained. An explanation holds for the value that
// it was given for: it does not reach one that is sent later.
func (o *rulings) explain(d *dossier) {
	for _, v := range d.versions {
		for _, value := range v.Values.All() {
			if value.Note != "" {
				o.settle(v.Submission, value.Note, func(f finding.Finding) bool {
					return asksWhy(f.Code) && o.concerns(f, value.Indicator)
				})
			}
		}
		for _, one := range o.about(decision.Explanation, v.Unit, v.Period) {
			o.met[one.ID] = true
			if !o.holdsFor(one, v, d) {
				continue
			}
			o.settle(v.Submission, one.Reason(), func(f finding.Finding) bool {
				return (one.Code == "" || string(f.Code) == one.Code) && (one.Indicator == "" || o.concerns(f, one.Indicator))
			})
		}
	}
}

// asksWhy reports whether a finding asks the unit for the reason of a figure
// that was read without doubt: only that is answered by a note beside it. What
// was typed so that it can be read in two ways stays in doubt, whatever the note
// says, for a note may be about anything.
func asksWhy(code finding.Code) bool {
	switch code {
	case finding.FarFromHistory, finding.CumulativeDiscontinuous, finding.CumulativeInMonthColumn, finding.RuleBroken:
		return true
	}
	return false
}

// settle makes notes of a report's warnings. What asks for a decision between
// versions is not settled by words.
func (o *rulings) settle(s *submission.Submission, why string, concerned func(finding.Finding) bool) {
	for i, f := range s.Findings {
		switch f.Code {
		case finding.CorrectionContradicted, finding.ResubmissionNotUsed, finding.VersionOrderUnknown:
			continue
		}
		if f.Severity == finding.Warning && concerned(f) {
			s.Findings[i] = settled(f, why)
		}
	}
	finding.Sort(s.Findings)
}

// concerns reports whether a finding is about an indicator: at its cell, or by
// a rule that names it.
func (o *rulings) concerns(f finding.Finding, indicator string) bool {
	if f.Indicator == indicator {
		return true
	}
	names := func(ref formula.Ref) bool { return ref.Code == indicator }
	return slices.ContainsFunc(o.input.Catalogue.Rules, func(r *catalogue.Rule) bool {
		return f.Code == finding.RuleBroken && r.ID == f.Args["rule"] && slices.ContainsFunc(r.Check.Refs(), names)
	})
}

// holdsFor reports whether an explanation was given for what a version says:
// for the value named in it, else for what the unit had sent by then.
func (o *rulings) holdsFor(d decision.Decision, v *version, all *dossier) bool {
	value, _ := v.Value(d.Indicator)
	if d.Old.Given() {
		return says(value, d.Old)
	}
	if !o.later(v.Submission, d) {
		return true
	}
	return d.Indicator != "" && slices.ContainsFunc(all.versions, func(other *version) bool {
		before, _ := other.Value(d.Indicator)
		return !o.later(other.Submission, d) && before.Figure.Equal(value.Figure) && before.Text == value.Text
	})
}
