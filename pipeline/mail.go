package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"tonghop/pipeline/dispatch"
	"tonghop/pipeline/ledger"
	"tonghop/pipeline/mailing"
	"tonghop/pipeline/notify"
)

// MailOutcome is what a pass over the mail that is owed did.
type MailOutcome struct {
	Sent []mailing.Letter
	// Deferred failed and are tried again; Refused failed for good, and Uncertain may
	// have been sent and are not sent again unless they are reports. Each failure is
	// told by the pass that saw it.
	Deferred, Refused, Uncertain []MailFailure
	// Interrupted were being sent when a program was stopped, and are not sent again;
	// Lapsed failed until it was too late; Unaddressed have no address. Each is told
	// once.
	Interrupted         []dispatch.Dispatch
	Lapsed, Unaddressed []mailing.Letter
	// Waiting failed before and are tried again, the first at Next. Left is how many
	// more the next pass sends.
	Waiting int
	Next    time.Time
	Left    int
	// Begun is how many kinds of mail and recipients are written to from now on.
	Begun int
	// Unreachable says why the server could not be spoken to; nothing is tried before
	// Until. Empty where all is well.
	Unreachable string
	Until       time.Time
	// Busy says that another program is sending: this one did nothing.
	Busy bool
}

// MailFailure is a letter that was not, or not surely, sent, and why.
type MailFailure struct {
	mailing.Letter
	Answer string
	Again  time.Time // zero where it is not tried again
}

// Mail sends what the office owes its units and readers at an instant, each thing
// once, and records it: before a message leaves, and what became of it. No lock is
// held while the server is spoken to. The error is what kept the pass from being
// worked out or recorded; what the server said is in the outcome.
func (p *Pipeline) Mail(ctx context.Context, office mailing.Settings, server notify.Server, now time.Time) (out MailOutcome, err error) {
	lock, err := ledger.Acquire(ctx, filepath.Join(p.State, "mail"), 0)
	var held *ledger.HeldError
	if errors.As(err, &held) {
		return MailOutcome{Busy: true}, nil
	}
	if err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	if err := p.renewLedger(ctx); err != nil {
		return out, fmt.Errorf("renew ledger: %w", err)
	}
	desk, plan, err := p.owedMail(ctx, office, now)
	if err != nil {
		return out, err
	}
	out = MailOutcome{
		Interrupted: plan.Unsure, Lapsed: plan.Lapsed, Unaddressed: plan.Unaddressed,
		Waiting: plan.Waiting, Next: plan.Next, Left: plan.Left, Begun: len(plan.Begun),
	}
	if err := p.note(ctx, beside(plan, now)...); err != nil {
		return MailOutcome{}, err
	}
	trouble := desk.book[serverKey(server)]
	if again := trouble.Again(now); trouble.State == dispatch.Deferred && again.After(now) {
		if len(plan.Letters) > 0 {
			out.Unreachable, out.Until, out.Left = trouble.Answer, again, out.Left+len(plan.Letters)
		}
		return out, nil
	}
	post := poster{Pipeline: p, desk: desk, server: server, sender: notify.NewSender(server), now: now, out: &out}
	defer post.sender.Close()
	for i, l := range plan.Letters {
		if err := ctx.Err(); err != nil {
			return out, err
		}
		reached, err := post.post(ctx, l)
		if err != nil {
			return out, err
		}
		if !reached {
			out.Left += len(plan.Letters) - i
			break
		}
	}
	return out, nil
}

// BeginMail records that reports are mailed from now on, for each recipient of whom
// that is not known yet. It sends nothing. Receipts begin with the first pass of
// Mail: what lies in the inputs by then is old.
func (p *Pipeline) BeginMail(ctx context.Context, office mailing.Settings, now time.Time) error {
	if err := p.renewLedger(ctx); err != nil {
		return fmt.Errorf("renew ledger: %w", err)
	}
	known, err := p.mailKnown(ctx)
	if err != nil {
		return err
	}
	office.Receipts = false
	plan := mailing.Owed(mailing.Input{Settings: office, Timetable: p.Timetable, Now: now, Book: known.book, Units: p.Catalogue.Unit})
	if len(plan.Begun) == 0 {
		return nil
	}
	return p.note(ctx, beside(mailing.Plan{Begun: plan.Begun}, now)...)
}

// beside is what a plan wants remembered beside its letters.
func beside(plan mailing.Plan, now time.Time) []dispatch.Dispatch {
	var all []dispatch.Dispatch
	add := func(k dispatch.Key, state dispatch.State) {
		all = append(all, dispatch.Dispatch{Key: k, State: state, At: now})
	}
	for _, k := range plan.Begun {
		add(k, dispatch.Since)
	}
	for _, d := range plan.Unsure {
		d.State, d.At = dispatch.Unsure, now
		all = append(all, d)
	}
	for _, l := range slices.Concat(plan.Lapsed, plan.Unaddressed) {
		add(l.Key, dispatch.Failed)
	}
	return all
}

// note records dispatches, in one writing step.
func (p *Pipeline) note(ctx context.Context, all ...dispatch.Dispatch) error {
	return p.noteWithin(ctx, p.LockWait, all...)
}

func (p *Pipeline) noteWithin(ctx context.Context, wait time.Duration, all ...dispatch.Dispatch) (err error) {
	if len(all) == 0 {
		return nil
	}
	lock, err := ledger.Acquire(ctx, p.State, wait)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	book, err := ledger.Open(ctx, p.ledgerPath())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	for _, d := range all {
		if err := book.Note(ctx, d); err != nil {
			return err
		}
	}
	return nil
}

// resultWait is how long the result of what has left waits for a run that writes:
// what is not recorded as sent nobody can be sure of.
const resultWait = 5 * time.Minute

// noteResult records what became of something that has left, whatever is asked of
// the program meanwhile.
func (p *Pipeline) noteResult(ctx context.Context, all ...dispatch.Dispatch) error {
	return p.noteWithin(context.WithoutCancel(ctx), max(p.LockWait, resultWait), all...)
}

// poster sends letters one by one.
type poster struct {
	*Pipeline
	desk   *mailDesk
	server notify.Server
	sender *notify.Sender
	now    time.Time
	out    *MailOutcome
}

// post sends one letter and records it. Reached is false where the server cannot be
// spoken to, so that the others need not be tried.
func (p *poster) post(ctx context.Context, l mailing.Letter) (reached bool, err error) {
	d := p.desk.book[l.Key]
	d.Key, d.At, d.MessageID = l.Key, p.now, messageID(l.Key, p.server)
	if d.FirstAt.IsZero() {
		d.FirstAt = p.now
	}
	message, err := p.desk.compose(ctx, l, d.MessageID)
	if err != nil { // such as a revision that is damaged: the others need not wait for it
		return true, p.failed(ctx, l, d, &notify.Failure{Fate: notify.Deferred, Answer: err.Error(), Err: err})
	}
	d.State = dispatch.Sending
	if err := p.note(ctx, d); err != nil {
		return false, err
	}
	switch err := p.sender.Send(ctx, message); {
	case err == nil:
		d.State, d.Answer = dispatch.Sent, ""
		p.out.Sent = append(p.out.Sent, l)
		all := []dispatch.Dispatch{d}
		if trouble := p.desk.book[serverKey(p.server)]; trouble.State == dispatch.Deferred {
			well := dispatch.Dispatch{Key: trouble.Key, State: dispatch.Sent, At: p.now}
			p.desk.book[well.Key] = well
			all = append(all, well)
		}
		return true, p.noteResult(ctx, all...)
	case errors.Is(err, context.Canceled): // before anything left
		d.State = dispatch.Deferred
		return false, errors.Join(err, p.noteResult(ctx, d))
	default:
		var failure *notify.Failure
		if !errors.As(err, &failure) { // the message itself cannot be sent to anybody
			failure = &notify.Failure{Fate: notify.Refused, Answer: err.Error(), Err: err}
		}
		if failure.Fate == notify.Unreachable {
			return false, p.unreachable(ctx, d, failure)
		}
		// A server that does not answer any more would cost each of the others as long.
		hangs := errors.Is(failure.Err, os.ErrDeadlineExceeded)
		return !hangs, p.failed(ctx, l, d, failure)
	}
}

// failed records a letter that failed.
func (p *poster) failed(ctx context.Context, l mailing.Letter, d dispatch.Dispatch, failure *notify.Failure) error {
	told := MailFailure{Letter: l, Answer: failure.Answer}
	d.Answer, d.Attempts = failure.Answer, d.Attempts+1
	switch {
	case failure.Fate == notify.Uncertain && l.Kind.AtMostOnce():
		d.State = dispatch.Unsure
	case failure.Fate == notify.Refused || d.Exhausted(p.now):
		d.State = dispatch.Failed
	default:
		d.State = dispatch.Deferred
		told.Again = d.Again(p.now)
	}
	switch {
	case failure.Fate == notify.Uncertain:
		p.out.Uncertain = append(p.out.Uncertain, told)
	case d.State == dispatch.Failed:
		p.out.Refused = append(p.out.Refused, told)
	default:
		p.out.Deferred = append(p.out.Deferred, told)
	}
	return p.noteResult(ctx, d)
}

// unreachable records that the server could not be spoken to. That says nothing of
// the letter, which counts no attempt.
func (p *poster) unreachable(ctx context.Context, d dispatch.Dispatch, failure *notify.Failure) error {
	d.State = dispatch.Deferred
	key := serverKey(p.server)
	trouble := p.desk.book[key]
	if trouble.State != dispatch.Deferred {
		trouble = dispatch.Dispatch{Key: key, FirstAt: p.now}
	}
	trouble.State, trouble.At, trouble.Answer = dispatch.Deferred, p.now, failure.Answer
	trouble.Attempts++
	p.out.Unreachable, p.out.Until = failure.Answer, trouble.Again(p.now)
	return p.noteResult(ctx, d, trouble)
}

func serverKey(s notify.Server) dispatch.Key {
	return dispatch.Key{Kind: dispatch.Server, Recipient: s.Host}
}

// messageID is the same each time the same thing is sent, so that whoever gets it
// twice is shown it once.
func messageID(k dispatch.Key, s notify.Server) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{string(k.Kind), k.Period, k.Unit, k.Recipient, k.Thing}, "\x00")))
	_, host, _ := strings.Cut(s.From, "@")
	return "tonghop." + hex.EncodeToString(sum[:12]) + "@" + host
}
