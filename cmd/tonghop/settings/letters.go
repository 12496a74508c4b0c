package settings

import (
	"go.yaml.in/yaml/v3"

	"tonghop/pipeline/report"
)

// mostReplyDays is a month of working days: a longer time to answer is the next
// report's.
const mostReplyDays = 20

// Letters are about reminders that are printed: what stands in their head, and by
// when a unit is asked to answer.
type Letters struct {
	Symbol           string `yaml:"symbol"`
	Addressee        string `yaml:"addressee"`
	ReplyWorkingDays int    `yaml:"reply_working_days"`
}

// Correspondence is what stands in the head of a letter.
func (l Letters) Correspondence() report.Correspondence {
	return report.Correspondence{Symbol: l.Symbol, Addressee: l.Addressee}
}

// problems checks what the settings say of reminders.
func (l Letters) problems(doc *yaml.Node) []problem {
	var problems []problem
	wrongAt(doc, &problems)(between("setting.working_days", l.ReplyWorkingDays, 1, mostReplyDays), "letters", "reply_working_days")
	return problems
}
