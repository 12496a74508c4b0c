package main

import (
	"errors"
	"strconv"

	"github.com/spf13/cobra"

	"tonghop/pipeline"
	"tonghop/pipeline/report/export"
)

// signFlags are the columns of the table of decisions that signing needs.
var signFlags = []columnFlag{
	{"period", "period", "flag.signed_period"}, {"signer", "signer", "flag.signer"}, {"title", "title", "flag.title"},
	{"number", "number", "flag.number"}, {"dated", "dated", "flag.dated"}, {"authority", "authority", "flag.authority"},
	{"prepared-by", "prepared_by", "flag.prepared_by"}, {"checked-by", "checked_by", "flag.checked_by"},
	{"revision", "old_value", "flag.revision"}, {"by", "by", "flag.by"}, {"basis", "basis", "flag.basis"},
}

func (a *app) signOffCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "sign-off --period 2025-06 --signer … --title … --number … --dated … --by … --basis …",
		Short: a.say.Say("cli.sign_off"), Args: cobra.NoArgs,
	}
	given := map[string]*string{}
	for _, f := range signFlags {
		given[f.column] = cmd.Flags().String(f.flag, "", a.say.Say(f.phrase))
	}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		p, err := a.pipeline()
		if err != nil {
			return err
		}
		done, err := p.SignOff(cmd.Context(), cellsOf(given))
		if err != nil {
			return a.decisionFailure(err)
		}
		if a.json {
			return a.printJSON(struct {
				Decision export.Decision `json:"decision"`
				Revision int             `json:"revision"`
				Folder   string          `json:"folder"`
				Backup   string          `json:"backup,omitempty"`
			}{export.NewDecision(&done.Decision), done.Revision.Manifest.Revision, done.Revision.Dir, done.Backup})
		}
		a.signed(done)
		return nil
	}
	return cmd
}

func (a *app) reopenCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "reopen --period 2025-06 --by … --basis …", Short: a.say.Say("cli.reopen"), Args: cobra.NoArgs,
	}
	given := map[string]*string{}
	for _, f := range []columnFlag{
		{"period", "period", "flag.signed_period"}, {"by", "by", "flag.by"}, {"basis", "basis", "flag.basis"},
	} {
		given[f.column] = cmd.Flags().String(f.flag, "", a.say.Say(f.phrase))
	}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		p, err := a.pipeline()
		if err != nil {
			return err
		}
		d, err := p.Reopen(cmd.Context(), cellsOf(given))
		if err != nil {
			return a.decisionFailure(err)
		}
		if a.json {
			return a.printJSON(export.NewDecision(&d))
		}
		a.println("reopen.done", "period", d.Span, "name", d.Span.String(), "id", d.ID)
		return nil
	}
	return cmd
}

func cellsOf(given map[string]*string) map[string]string {
	cells := map[string]string{}
	for column, value := range given {
		cells[column] = *value
	}
	return cells
}

// decisionFailure tells what is wrong with a decision by the flags that were
// given; other errors stay as they are.
func (a *app) decisionFailure(err error) error {
	var wrong *pipeline.DecisionError
	if errors.As(err, &wrong) {
		return a.wrongDecision(wrong)
	}
	return err
}

// signed tells that a report was signed, or why it was not.
func (a *app) signed(s pipeline.SignedReport) {
	if s.Err != nil {
		why := a.explain(s.Err)
		a.println("sign.refused", "id", s.Decision.ID, "kind", a.say.Say("decision."+string(s.Decision.Kind)), "period", s.Decision.Span,
			"message", a.say.Say("error."+why.key, why.facts...), "hint", a.say.Say("hint."+why.hintKey(), why.facts...))
		return
	}
	a.println("sign.done", "period", s.Decision.Span, "number", s.Decision.Signature.Number, "signer", s.Decision.Signature.Signer,
		"revision", strconv.Itoa(s.Revision.Manifest.Revision), "folder", s.Revision.Dir)
	switch {
	case s.BackupErr != nil:
		a.println("sign.no_backup", "detail", s.BackupErr.Error())
	case s.Backup != "":
		a.println("sign.backup", "folder", s.Backup)
	}
}

// sealNote says that a period's report is signed and what has come since.
func (a *app) sealNote(s *pipeline.Seal) {
	a.println("run.sealed", "revision", strconv.Itoa(s.Revision), "number", s.Number, "dated", s.Dated)
	if s.Changed > 0 {
		a.println("run.sealed_changed", "n", s.Changed, "month", s.CountsFrom)
	}
}
