// Package dispatch owns what is remembered of each thing that leaves the office,
// a message, a copy, a command run, so that nothing leaves twice, and when one
// that failed is tried again.
package dispatch

import (
	"cmp"
	"time"
)

// Kind says what leaves.
type Kind string

// The kinds.
const (
	ReminderBefore Kind = "reminder_before" // the deadline comes near
	ReminderAfter  Kind = "reminder_after"  // it has passed
	Receipt        Kind = "receipt"         // a file was received
	Report         Kind = "report"          // a signed revision
	Draft          Kind = "draft"           // one that is not signed
	// Server is the mail server itself: how often in a row it could not be reached.
	Server  Kind = "server"
	Copy    Kind = "copy"    // a revision copied to a folder
	Command Kind = "command" // the admin's command after a publication
)

// Placeholders are what the command after a publication may name of its revision;
// they are filled in before it is run.
var Placeholders = []string{"{period}", "{revision}", "{folder}", "{pdf}", "{xlsx}", "{signed}"}

// AtMostOnce tells what is not sent again where nobody knows whether it was sent:
// a reminder twice is a nuisance, and a command may do harm twice. Of others, a
// report never sent is worse than one sent twice.
func (k Kind) AtMostOnce() bool {
	switch k {
	case ReminderBefore, ReminderAfter, Receipt, Command:
		return true
	}
	return false
}

// State is how far a dispatch came.
type State string

// The states.
const (
	// Sending is noted before anything leaves. A record that stays so was interrupted:
	// whether the thing left nobody knows.
	Sending  State = "sending"
	Sent     State = "sent"
	Deferred State = "deferred" // it failed and is tried again
	Failed   State = "failed"   // it failed and is not tried again
	// Unsure: it may have left and is not tried again.
	Unsure State = "unsure"
	// Since says, without a thing, that things of the kind go to the recipient from
	// then on; with one, that the thing was there before that.
	Since State = "since"
)

// Key tells dispatches apart.
type Key struct {
	Kind      Kind   `json:"kind"`
	Period    string `json:"period,omitempty"` // 2025-06, 2025-Q2, …
	Unit      string `json:"unit,omitempty"`   // id
	Recipient string `json:"recipient,omitempty"`
	// Thing tells apart what leaves of one kind, period and unit: the day of a
	// deadline, the sha256 of a file, a revision such as r3.
	Thing string `json:"thing,omitempty"`
}

// Dispatch is what is remembered of one key.
type Dispatch struct {
	Key
	State    State     `json:"state"`
	Attempts int       `json:"attempts"` // that failed
	FirstAt  time.Time `json:"first_at"` // when it was first noted
	At       time.Time `json:"at"`       // when it was last noted
	// MessageID is that of the message; Answer what the recipient's side said.
	MessageID string `json:"message_id,omitempty"`
	Answer    string `json:"answer,omitempty"`
}

// pauses are those after the first, second, … failure; the last one stays.
var pauses = []time.Duration{
	5 * time.Minute, 15 * time.Minute, time.Hour, 3 * time.Hour, 6 * time.Hour,
}

// patience is how long a thing is tried (RFC 5321, 4.5.4.1: four to five days).
const patience = 5 * 24 * time.Hour

// Again is when a dispatch that failed may be tried again. For a clock that was
// set back it is at once: what was noted then lies in the future.
func (d Dispatch) Again(now time.Time) time.Time {
	if d.Attempts == 0 || d.At.After(now) {
		return now
	}
	return d.At.Add(pauses[min(d.Attempts, len(pauses))-1])
}

// Exhausted reports whether it was tried for so long that it is given up.
func (d Dispatch) Exhausted(now time.Time) bool { return now.Sub(d.FirstAt) > patience }

// Book is all that is remembered.
type Book map[Key]Dispatch

// NewBook orders what is remembered by key.
func NewBook(all []Dispatch) Book {
	b := make(Book, len(all))
	for _, d := range all {
		b[d.Key] = d
	}
	return b
}

// Since is when the sending of a kind to a recipient began; false where it has
// not, or where the clock was wrong then: at an instant still to come.
func (b Book) Since(kind Kind, recipient string, now time.Time) (time.Time, bool) {
	d, ok := b[Key{Kind: kind, Recipient: recipient}]
	return d.At, ok && !d.At.After(now)
}

// Settled reports whether a thing needs nothing more: it left, may have left
// and must not leave twice, was there before, or was given up.
func (b Book) Settled(k Key) bool {
	switch d := b[k]; d.State {
	case Sent, Failed, Unsure, Since:
		return true
	case Sending:
		return k.Kind.AtMostOnce()
	}
	return false
}

// Compare orders keys by kind, period, unit, recipient and thing.
func (k Key) Compare(o Key) int {
	return cmp.Or(cmp.Compare(k.Kind, o.Kind), cmp.Compare(k.Period, o.Period), cmp.Compare(k.Unit, o.Unit),
		cmp.Compare(k.Recipient, o.Recipient), cmp.Compare(k.Thing, o.Thing))
}
