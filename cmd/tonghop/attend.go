package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"path/filepath"
	"runtime/debug"
	"slices"
	"time"

	"tonghop/cmd/tonghop/health"
	"tonghop/pipeline"
	"tonghop/pipeline/intake"
	"tonghop/pipeline/ledger"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/watch"
)

// attendant is the service at work: one pass after another, each step of it by
// itself, so that nothing overlaps. A step that fails is told, waits a while and
// is tried again; it never ends the service.
type attendant struct {
	*app
	desk
	log      *slog.Logger
	board    *health.Board
	troubles *troubles

	loaded    string    // how the files of settings and definitions looked when they were read
	replaced  string    // how they look now, where that is something else and may not be all of it
	since     time.Time // the first look at replaced
	begun     bool      // it is known from when on mail is sent and reports are handed on
	folder    *watch.Folder
	reception pipeline.Reception
	news      bool      // something lies in the inputs that was not taken in
	moving    []string  // what is still changing there, as of the last look
	deferred  []string  // what could not be taken in, as of the last time
	owed      error     // which answers could not be written
	held      time.Time // since when a run waits for what is still coming
	handing   handing   // what leaves the office
	noted     time.Time // when the time of the last look was written down
}

func newAttendant(a *app, o desk, board *health.Board, log *slog.Logger) *attendant {
	s := &attendant{app: a, log: log, board: board, troubles: newTroubles(log, board, a.now)}
	s.take(o, lastLook(o.State))
	s.loaded = s.looks()
	return s
}

// take begins to work with what was loaded. Everything is looked at anew, for
// other definitions may give other answers.
func (s *attendant) take(o desk, last time.Time) {
	o.Arrived = s.arrived
	o.Settled = func(name string, info fs.FileInfo) bool { return s.folder.Settled(name, info) }
	s.desk = o
	s.troubles.pause = o.settings.Watch.Interval()
	s.folder = watch.NewFolder(o.Inputs, o.settings.Watch.Settling(), intake.Passed, last)
	s.reception, s.news, s.begun = pipeline.Reception{}, true, false
}

// attend makes passes until it is told to stop.
func (s *attendant) attend(ctx context.Context) error {
	s.log.Info("service started", "version", version, "inputs", s.Inputs, "outputs", s.Outputs, "every", s.settings.Watch.Every)
	for _, line := range s.earlyDues(s.plan, s.now(), s.Timetable.Zone) {
		s.log.Warn("consolidation before the deadline", "message", line)
	}
	if next, ok := s.plan.Next(s.now()); ok {
		s.log.Info("next consolidation", "period", next.Period, "due", next.At)
	}
	for {
		s.pass(ctx)
		timer := time.NewTimer(s.wait())
		select {
		case <-timer.C:
			continue
		case <-ctx.Done():
			timer.Stop()
		}
		s.noted = time.Time{}
		err := s.noteLook()
		s.log.Info("service stopped")
		return err
	}
}

// wait is the time to the next pass: that of the settings, or less where a
// consolidation is due before.
func (s *attendant) wait() time.Duration {
	every := s.settings.Watch.Interval()
	if len(s.moving) > 0 || s.replaced != "" {
		every = min(every, s.settings.Watch.Settling())
	}
	if next, ok := s.plan.Next(s.now()); ok {
		if left := next.At.Sub(s.now()); left < every {
			return max(left, 0) + time.Millisecond // at the instant it is due
		}
	}
	return every
}

// pass does once all that a service does. Without settings, or without a sight of
// the folder, nothing can be taken in, let alone consolidated.
func (s *attendant) pass(ctx context.Context) {
	if !s.step(ctx, "settings", s.reload) || s.replaced != "" || !s.step(ctx, "inputs", s.look) {
		return
	}
	if !s.begun {
		s.begun = s.step(ctx, "after publication", s.begin)
	}
	s.step(ctx, "receive", s.receive)
	s.step(ctx, "answers", func(context.Context) error { return s.owed })
	s.step(ctx, "schedule", s.consolidate)
	s.handOut(ctx)
}

// begin records from when on what leaves the office leaves it, before anything is
// published: what is published first belongs to it.
func (s *attendant) begin(ctx context.Context) error {
	if err := s.afterPublication(ctx); err != nil {
		return err
	}
	return s.BeginMail(ctx, wantedMail(s.settings.Mail), s.now())
}

// step does one thing, and reports whether it was done.
func (s *attendant) step(ctx context.Context, name string, do func(context.Context) error) bool {
	if ctx.Err() != nil || !s.troubles.mayTry(name) {
		return false
	}
	err := safely(func() error { return do(ctx) })
	if err != nil && ctx.Err() != nil {
		return false // it was told to stop: what was not done is done next time
	}
	if err == nil {
		s.troubles.over(name)
		return true
	}
	said := s.explain(err)
	s.troubles.met(name, trouble{
		message: s.say.Say("error."+said.key, said.facts...), hint: s.say.Say("hint."+said.hintKey(), said.facts...),
		details: said.details, err: err,
	})
	return false
}

// safely lets a panic be an error.
func safely(do func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = &pipeline.PanicError{Value: r, Stack: debug.Stack()}
		}
	}()
	return do()
}

// reload reads settings and definitions again where their files have changed.
// While they do not load nothing is done: what the office has just replaced must
// not be worked by, and what it put in its place cannot.
func (s *attendant) reload(context.Context) error {
	looks := s.looks()
	if looks == s.loaded && !s.troubles.has("settings") {
		s.replaced = ""
		return nil
	}
	if looks != s.loaded && looks != s.replaced { // a table may be half saved
		s.replaced, s.since = looks, s.now()
	}
	if since := s.now().Sub(s.since); s.replaced != "" && since >= 0 && since < s.settings.Watch.Settling() {
		return nil
	}
	s.replaced = ""
	o, err := s.open()
	if err != nil {
		return err
	}
	if o.State != s.State || o.settings.Listen != s.settings.Listen || o.settings.Log != s.settings.Log {
		return &failure{code: exitDefinitions, key: "restart"}
	}
	last := s.folder.Last()
	if o.Inputs != s.Inputs {
		last = time.Time{}
	}
	s.take(o, last)
	s.loaded = looks
	s.log.Info("settings and definitions loaded", "catalogue", s.CatalogueSource)
	return nil
}

// look asks the folder what is new.
func (s *attendant) look(context.Context) error {
	changes, err := s.folder.Look(s.now())
	if err != nil {
		return &pipeline.InputsError{Folder: s.Inputs, Err: err}
	}
	s.moving = changes.Moving
	for _, name := range changes.Moving {
		s.log.Debug("still changing", "file", filepath.ToSlash(name))
	}
	s.news = s.news || len(changes.Settled) > 0
	s.board.Glanced()
	return s.noteLook()
}

// receive takes in what has come and answers it, answers anew where the office has
// decided something by a command, and tries again the answers that could not be
// written: those keep nothing else waiting.
func (s *attendant) receive(ctx context.Context) error {
	decided, err := s.reception.Decided(ctx, s.Pipeline)
	if err != nil {
		return err
	}
	if !s.news && !decided && (s.owed == nil || !s.troubles.mayTry("answers")) {
		return nil
	}
	begun := s.now()
	got, err := s.reception.Receive(ctx, s.Pipeline)
	if err != nil {
		return err
	}
	s.news, s.handing.soon, s.owed = false, true, got.Unanswered()
	s.folder.Again(s.now(), got.Deferred...)
	for _, f := range got.New {
		s.log.Info("received", "file", f.Path, "unit", f.Unit, "period", f.Period, "status", f.Status, "sha256", f.SHA256[:8])
	}
	for _, f := range got.Withdrawn {
		s.log.Info("withdrawn", "file", f.Path, "unit", f.Unit, "period", f.Period, "sha256", f.SHA256[:8])
	}
	for _, name := range got.Deferred {
		if !slices.Contains(s.deferred, name) {
			s.log.Info("deferred", "file", filepath.ToSlash(name))
		}
	}
	s.deferred = got.Deferred
	for _, answers := range got.Answers {
		for _, l := range answers.Listed {
			s.log.Warn("answered by a list", "file", l.File, "reason", l.Reason)
		}
	}
	s.board.Looked(health.Look{Took: s.now().Sub(begun), Seen: got.Files, Deferred: len(got.Deferred), Unusable: got.Unusable, Findings: got.Findings})
	s.board.Answered(len(got.New))
	return nil
}

// mostWait is how long a run waits for files that are still being written, or that
// could not be taken in. One that takes longer is told in the report as what is
// missing.
const mostWait = 5 * time.Minute

// consolidate makes the runs that are owed, once all that has come is taken in.
func (s *attendant) consolidate(ctx context.Context) error {
	begun := s.now()
	if s.news || len(s.moving) > 0 {
		owed, err := s.OwedDues(ctx, s.plan, begun)
		if err != nil || len(owed) == 0 {
			return err
		}
		if s.held.IsZero() {
			s.held = begun
			if s.troubles.has("receive") {
				s.log.Warn("consolidation waits because what came could not be taken in", "period", owed[0].Period)
			} else {
				s.log.Info("consolidation waits for files that are still coming", "period", owed[0].Period)
			}
		}
		if begun.Sub(s.held) < mostWait {
			return nil
		}
	}
	s.held = time.Time{}
	done, err := s.RunDue(ctx, s.plan, begun)
	s.handing.soon = s.handing.soon || len(done) > 0
	for _, d := range done {
		s.told(d, s.now().Sub(begun))
		if d.Result == ledger.DueFailed || d.Unanswered() {
			err = errors.Join(err, fmt.Errorf("consolidate %s: %w", d.Period, d.Err))
		}
		begun = s.now()
	}
	return err
}

// told writes down what became of a run.
func (s *attendant) told(d pipeline.DueOutcome, took time.Duration) {
	run := health.Run{Due: d.At, Took: took, Outcome: health.Failed}
	switch d.Result {
	case ledger.DuePublished:
		run.Outcome = health.Published
	case ledger.DueUnchanged, ledger.DueSigned:
		run.Outcome = health.Unchanged
	case ledger.DueNothing:
		run.Outcome = health.Nothing
	default:
		run.Detail = d.Err.Error()
	}
	s.board.Ran(run)
	if run.Outcome == health.Failed {
		return // told with its step
	}
	s.log.Info("consolidated", "period", d.Period, "due", d.At, "outcome", d.Result, "revision", d.Outcome.Revision.Manifest.Revision)
	for _, late := range d.Outcome.Delayed {
		s.log.Warn("open elsewhere, left as it was", "file", late.Path)
	}
	if next, ok := s.plan.Next(s.now()); ok {
		s.log.Info("next consolidation", "period", next.Period, "due", next.At)
	}
}

// arrived tells when a file came that is not known yet. Where it lies between two
// looks it is read in the unit's favour: as early as it can have been.
func (s *attendant) arrived(name string, modified time.Time) (submission.Receipt, bool) {
	after, by := s.folder.Arrived(name, s.now())
	if after.IsZero() {
		return submission.Receipt{}, false
	}
	came := submission.Receipt{At: after, From: submission.FromService}
	if modified.After(after) && !modified.After(by) {
		came.At = modified
	}
	if came.At.After(by) {
		came.At = by // the clock was moved back
	}
	if by.Sub(after) > max(5*time.Minute, 2*s.settings.Watch.Interval()) {
		came.From = submission.FromGap
	}
	return came, true
}
