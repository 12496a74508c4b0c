package wording

import (
	"strings"

	"tonghop/pipeline/summary"
)

// Owed says in a few words what a unit owes, with the codes of the first figures,
// or of all where most is 0: "báo cáo", "3 chỉ tiêu: CT01_HV, …". It is "" where
// nothing is owed, and says why where something is missing all the same.
func (p Phrases) Owed(o summary.Owed, most int) string {
	what := ""
	switch {
	case o.Settled == summary.SettledEnded || o.Settled == summary.SettledClosed:
		return p.Say("owes." + string(o.Settled))
	case o.Report && o.IsReceived():
		what = p.Say("owes.report_again")
	case o.Report:
		what = p.Say("owes.report")
	case len(o.Figures) > 0:
		what = p.Say("owes.figures", "n", len(o.Figures), "codes", codes(o.Figures, most))
	case o.Errors > 0:
		what = p.Say("owes.errors", "n", o.Errors)
	default:
		return ""
	}
	if !o.Due {
		return p.Say("owes.not_due", "what", what)
	}
	return what
}

func codes(figures []summary.OwedFigure, most int) string {
	var list []string
	for i, f := range figures {
		if most > 0 && i == most {
			list = append(list, "…")
			break
		}
		list = append(list, f.Indicator.Code)
	}
	return strings.Join(list, ", ")
}
