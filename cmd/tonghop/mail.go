package main

import (
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tonghop/pipeline"
	"tonghop/pipeline/dispatch"
	"tonghop/pipeline/mailaddress"
	"tonghop/pipeline/mailing"
	"tonghop/pipeline/notify"
)

func (a *app) mailCommand() *cobra.Command {
	var dryRun bool
	var test string
	cmd := &cobra.Command{Use: "mail", Short: a.say.Say("cli.mail"), Args: cobra.NoArgs}
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, a.say.Say("flag.mail_dry_run"))
	cmd.Flags().StringVar(&test, "test", "", a.say.Say("flag.mail_test"))
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		s, _, err := a.loadSettings()
		if err != nil {
			return err
		}
		if !s.Mail.On() {
			return &failure{code: exitDefinitions, key: "mail_off"}
		}
		if test != "" && mailaddress.Check(test) != nil {
			return &failure{code: exitUsage, key: "mail_address", facts: []any{"address", test}}
		}
		p, err := a.pipeline()
		if err != nil {
			return err
		}
		if dryRun && test == "" {
			preview, err := p.PreviewMail(cmd.Context(), wantedMail(s.Mail), notify.Server{From: s.Mail.From}, a.now())
			if err != nil {
				return err
			}
			return a.mailPreview(preview, p.Timetable.Zone)
		}
		server, err := mailServer(s)
		if err != nil {
			return err
		}
		if test != "" {
			return a.testMail(cmd, p, server, test)
		}
		out, err := p.Mail(cmd.Context(), wantedMail(s.Mail), server, a.now())
		if err != nil {
			return err
		}
		return a.mailed(out, p.Timetable.Zone)
	}
	return cmd
}

// testMail sends one message that says where it comes from.
func (a *app) testMail(cmd *cobra.Command, p *pipeline.Pipeline, server notify.Server, to string) error {
	now := a.now().In(p.Timetable.Zone)
	sender := notify.NewSender(server)
	defer sender.Close()
	err := sender.Send(cmd.Context(), notify.Message{
		To: to, Subject: a.say.Say("mail.test_subject"), Body: a.say.Say("mail.test", "server", server.Host, "time", now) + "\n",
		ID: "tonghop.test." + now.Format("20060102150405.000000000") + "@" + server.Host, Date: now,
	})
	if err != nil {
		return &failure{code: exitFailure, key: "mail_test", facts: []any{"server", server.Host, "detail", a.mailDetail(err.Error())}, underlie: err}
	}
	a.println("mailed.test", "to", to)
	return nil
}

// mailJSON is one message as a script reads it.
type mailJSON struct {
	Kind    string `json:"kind"`
	Period  string `json:"period,omitempty"`
	Unit    string `json:"unit,omitempty"`
	To      string `json:"to,omitempty"`
	Thing   string `json:"thing"`
	Due     string `json:"due"`
	Subject string `json:"subject,omitempty"`
	Answer  string `json:"answer,omitempty"`
	Again   string `json:"again,omitempty"`
}

func newMailJSON(l mailing.Letter) mailJSON {
	return mailJSON{Kind: string(l.Kind), Period: l.Period, Unit: l.Key.Unit, To: l.Recipient, Thing: l.Thing, Due: l.Due.Format(time.RFC3339)}
}

func mailsJSON(all []mailing.Letter) []mailJSON {
	out := make([]mailJSON, len(all))
	for i, l := range all {
		out[i] = newMailJSON(l)
	}
	return out
}

func failuresJSON(all []pipeline.MailFailure) []mailJSON {
	out := make([]mailJSON, len(all))
	for i, f := range all {
		out[i] = newMailJSON(f.Letter)
		out[i].Answer = f.Answer
		if !f.Again.IsZero() {
			out[i].Again = f.Again.Format(time.RFC3339)
		}
	}
	return out
}

// mailPreview lists what would be sent, and why.
func (a *app) mailPreview(preview pipeline.MailPreview, zone *time.Location) error {
	if a.json {
		out := struct {
			Owed        []mailJSON `json:"owed"`
			Unaddressed []mailJSON `json:"unaddressed"`
			Waiting     int        `json:"waiting"`
			Left        int        `json:"left"`
			Begun       int        `json:"begun"`
		}{mailsJSON(preview.Letters), mailsJSON(preview.Unaddressed), preview.Waiting, preview.Left, len(preview.Begun)}
		for i, m := range preview.Messages {
			out.Owed[i].Subject = m.Subject
		}
		return a.printJSON(out)
	}
	for i, l := range preview.Letters {
		a.println("mailed.owed", "kind", a.mailKind(l.Kind), "to", l.Recipient, "subject", preview.Messages[i].Subject, "due", l.Due.In(zone))
	}
	a.mailAside(preview.Unaddressed, preview.Waiting, preview.Next.In(zone), preview.Left, len(preview.Begun))
	if len(preview.Letters) == 0 {
		a.println("mailed.none_owed")
	}
	return nil
}

func (a *app) mailKind(k dispatch.Kind) string { return a.say.Say("mailkind." + string(k)) }

// mailed tells what a pass did. What was not sent is an error for who started it:
// a scheduler shows it.
func (a *app) mailed(out pipeline.MailOutcome, zone *time.Location) error {
	bad := out.Unreachable != "" || len(out.Refused)+len(out.Uncertain)+len(out.Interrupted)+len(out.Lapsed) > 0
	if a.json {
		err := a.printJSON(struct {
			Sent        []mailJSON `json:"sent"`
			Deferred    []mailJSON `json:"deferred"`
			Refused     []mailJSON `json:"refused"`
			Uncertain   []mailJSON `json:"uncertain"`
			Lapsed      []mailJSON `json:"lapsed"`
			Unaddressed []mailJSON `json:"unaddressed"`
			Interrupted int        `json:"interrupted"`
			Waiting     int        `json:"waiting"`
			Left        int        `json:"left"`
			Begun       int        `json:"begun"`
			Unreachable string     `json:"unreachable,omitempty"`
			Busy        bool       `json:"busy"`
		}{
			mailsJSON(out.Sent), failuresJSON(out.Deferred), failuresJSON(out.Refused), failuresJSON(out.Uncertain), mailsJSON(out.Lapsed),
			mailsJSON(out.Unaddressed), len(out.Interrupted), out.Waiting, out.Left, out.Begun, out.Unreachable, out.Busy,
		})
		if err == nil && bad {
			return silent(exitFailure)
		}
		return err
	}
	if out.Busy {
		a.println("mailed.busy")
		return nil
	}
	for _, l := range out.Sent {
		a.println("mailed.sent", "kind", a.mailKind(l.Kind), "period", l.Period, "unit", titleOf(l), "to", l.Recipient)
	}
	for _, f := range out.Deferred {
		a.println("mailed.deferred", "kind", a.mailKind(f.Kind), "period", f.Period, "to", f.Recipient, "detail", a.mailDetail(f.Answer), "again", f.Again.In(zone))
	}
	for _, f := range out.Refused {
		a.println("mailed.refused", "kind", a.mailKind(f.Kind), "period", f.Period, "to", f.Recipient, "detail", a.mailDetail(f.Answer))
	}
	for _, f := range out.Uncertain {
		a.println("mailed.uncertain", "kind", a.mailKind(f.Kind), "period", f.Period, "to", f.Recipient, "detail", a.mailDetail(f.Answer))
	}
	for _, d := range out.Interrupted {
		a.println("mailed.interrupted", "kind", a.mailKind(d.Kind), "period", d.Period, "to", d.Recipient)
	}
	for _, l := range out.Lapsed {
		a.println("mailed.lapsed", "kind", a.mailKind(l.Kind), "period", l.Period, "to", l.Recipient)
	}
	if out.Unreachable != "" {
		a.println("mailed.unreachable", "detail", a.mailDetail(out.Unreachable), "until", out.Until.In(zone))
	}
	a.mailAside(out.Unaddressed, out.Waiting, out.Next.In(zone), out.Left, out.Begun)
	if len(out.Sent) == 0 && !bad {
		a.println("mailed.none_sent")
	}
	if bad {
		return silent(exitFailure)
	}
	return nil
}

// unconnected are what systems say of a server that cannot be spoken to, or that
// ended the connection; what servers say themselves begins with a code.
var unconnected = []string{
	"connection refused", "actively refused", "connection reset", "forcibly closed", "broken pipe", "EOF", "no such host", "i/o timeout",
	"deadline exceeded", "no route to host", "network is unreachable", "server misbehaving",
}

// mailDetail says why mail did not go through, as it was recorded.
func (a *app) mailDetail(answer string) string {
	if slices.ContainsFunc(unconnected, func(said string) bool { return strings.Contains(answer, said) }) {
		return a.say.Say("mailed.unconnected", "detail", answer)
	}
	return answer
}

func titleOf(l mailing.Letter) string {
	if l.Unit == nil {
		return ""
	}
	return l.Unit.Title()
}

// mailAside tells what is no message of this pass.
func (a *app) mailAside(unaddressed []mailing.Letter, waiting int, next time.Time, left, begun int) {
	for _, l := range unaddressed {
		a.println("mailed.unaddressed", "kind", a.mailKind(l.Kind), "period", l.Period, "unit", titleOf(l))
	}
	if begun > 0 {
		a.println("mailed.begun")
	}
	if waiting > 0 {
		a.println("mailed.waiting", "n", waiting, "next", next)
	}
	if left > 0 {
		a.println("mailed.left", "n", left)
	}
}
