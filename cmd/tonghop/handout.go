package main

import (
	"context"
	"time"

	"tonghop/cmd/tonghop/settings"
	"tonghop/pipeline"
	"tonghop/pipeline/mailing"
)

// handOutEvery is how often the service asks what is owed where nothing has
// happened: a report may have been signed by a command, a reminder's hour come.
const handOutEvery = 5 * time.Minute

// commandLimit is how long the command after a publication may take.
const commandLimit = 10 * time.Minute

// handingOn is what is done after a publication.
func handingOn(s settings.Settings) pipeline.HandingOn {
	return pipeline.HandingOn{CopyTo: s.CopyPublishedTo, Command: s.OnPublished, Limit: commandLimit}
}

// handing is when the service asks what is owed.
type handing struct {
	soon bool // something has happened
	last time.Time
}

// handOut sends the mail that is owed and hands revisions on.
func (s *attendant) handOut(ctx context.Context) {
	now := s.now()
	idle := now.Sub(s.handing.last)
	if !s.handing.soon && idle >= 0 && idle < handOutEvery {
		return
	}
	s.handing = handing{last: now}
	s.step(ctx, "after publication", s.afterPublication)
	s.step(ctx, "mail", s.mail)
}

func (s *attendant) afterPublication(ctx context.Context) error {
	out, err := s.AfterPublication(ctx, handingOn(s.settings), s.now())
	for _, path := range out.Copied {
		s.log.Info("report copied", "file", path)
	}
	for _, late := range out.Delayed {
		s.log.Warn("report not copied yet", "to", late.Path, "error", late.Err)
	}
	for _, ran := range out.Ran {
		facts := []any{"period", ran.Period, "revision", ran.Revision, "output", ran.Output}
		if ran.Err != nil {
			s.log.Error("command after publication failed, and is not run again", append(facts, "error", ran.Err)...)
			continue
		}
		s.log.Info("command after publication", facts...)
	}
	for _, k := range out.Interrupted {
		s.log.Error("command after publication was interrupted, and is not run again", "period", k.Period, "revision", k.Thing)
	}
	return err
}

func (s *attendant) mail(ctx context.Context) error {
	if !s.settings.Mail.On() {
		return nil
	}
	server, err := mailServer(s.settings)
	if err != nil {
		return err
	}
	out, err := s.Mail(ctx, wantedMail(s.settings.Mail), server, s.now())
	s.mailed(out)
	s.board.Mailed(len(out.Sent), len(out.Refused)+len(out.Uncertain)+len(out.Interrupted)+len(out.Lapsed))
	if err == nil && out.Unreachable != "" {
		err = &failure{code: exitFailure, key: "mail_unreachable", facts: []any{"server", server.Host, "detail", s.mailDetail(out.Unreachable)}}
	}
	if out.Left > 0 && out.Unreachable == "" {
		s.handing.soon = true
	}
	return err
}

// mailed writes down what a pass over the mail did.
func (s *attendant) mailed(out pipeline.MailOutcome) {
	about := func(l mailing.Letter) []any { return []any{"kind", l.Kind, "period", l.Period, "to", l.Recipient} }
	for _, l := range out.Sent {
		s.log.Info("mail sent", about(l)...)
	}
	for _, f := range out.Deferred {
		s.log.Warn("mail put off", append(about(f.Letter), "answer", f.Answer, "again", f.Again)...)
	}
	for _, f := range out.Refused {
		s.log.Error("mail refused, and not sent again", append(about(f.Letter), "answer", f.Answer)...)
	}
	for _, f := range out.Uncertain {
		s.log.Error("mail that may or may not have been sent", append(about(f.Letter), "answer", f.Answer, "again", f.Again)...)
	}
	for _, d := range out.Interrupted {
		s.log.Error("mail interrupted, and not sent again", "kind", d.Kind, "period", d.Period, "to", d.Recipient)
	}
	for _, l := range out.Lapsed {
		s.log.Error("mail not sent in time", about(l)...)
	}
	for _, l := range out.Unaddressed {
		s.log.Warn("no address", "kind", l.Kind, "period", l.Period, "unit", l.Key.Unit)
	}
}
