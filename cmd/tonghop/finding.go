package main

import (
	"github.com/spf13/cobra"

	"tonghop/pipeline/finding"
	"tonghop/pipeline/wording"
)

func (a *app) findingCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "finding [CODE]", Short: a.say.Say("cli.finding"), Args: cobra.MaximumNArgs(1)}
	cmd.RunE = func(_ *cobra.Command, args []string) error {
		if len(args) == 0 {
			for _, d := range finding.Definitions {
				e, _ := a.say.Explain(d.Code)
				a.printf("%-28s %-10s %s\n", d.Code, a.say.Severity(d.Severity), e.Title)
			}
			return nil
		}
		e, ok := a.say.Explain(finding.Code(args[0]))
		if !ok {
			return &failure{code: exitUsage, key: "finding_code", facts: []any{"code", args[0], "suggestion", ""}}
		}
		if a.json {
			return a.printJSON(struct {
				Code     string `json:"code"`
				Severity string `json:"severity"`
				Stage    string `json:"stage"`
				Title    string `json:"title"`
				Text     string `json:"text"`
			}{string(e.Code), e.Severity.String(), e.Stage.String(), e.Title, e.Text})
		}
		a.println("finding.title", "code", string(e.Code), "title", e.Title)
		a.println("finding.default", "severity", a.say.Severity(e.Severity), "stage", a.say.Stage(e.Stage))
		a.printf("\n%s\n", e.Text)
		if told := a.say.Finding(finding.New(e.Code), wording.Facts{}); told.Remedy != "" {
			a.printf("\n%s\n", told.Remedy)
		}
		return nil
	}
	return cmd
}
