package main

import (
	"errors"
	"log/slog"
	"time"

	"tonghop/cmd/tonghop/health"
	"tonghop/pipeline"
)

// troubles are the steps of a service that do not work for now. Each is told when
// it begins, when it says something else, once a day and when it is over: a log in
// which one fault fills a thousand lines is read by nobody.
type troubles struct {
	log   *slog.Logger
	board *health.Board
	now   func() time.Time
	// pause is the first wait after a failure.
	pause time.Duration
	all   map[string]*lasting
}

// trouble is what went wrong, as it is told.
type trouble struct {
	message, hint string
	details       []string
	err           error
}

// lasting is a trouble that has not passed.
type lasting struct {
	trouble
	since, told, next time.Time
	pause             time.Duration
}

// A step that failed is tried again after a pause that doubles: a full disk or a
// server that is down does not recover sooner for being asked all the time.
const (
	mostPause = 15 * time.Minute
	retell    = 24 * time.Hour
)

func newTroubles(log *slog.Logger, board *health.Board, now func() time.Time) *troubles {
	return &troubles{log: log, board: board, now: now, all: map[string]*lasting{}}
}

// mayTry reports whether a step may be tried now. A clock that was moved back
// keeps none waiting longer than the longest pause.
func (t *troubles) mayTry(step string) bool {
	l := t.all[step]
	return l == nil || !t.now().Before(l.next) || l.next.Sub(t.now()) > mostPause
}

func (t *troubles) has(step string) bool { return t.all[step] != nil }

// met notes that a step failed.
func (t *troubles) met(step string, what trouble) {
	now := t.now()
	l := t.all[step]
	if l == nil {
		l = &lasting{since: now, pause: t.pause}
		t.all[step] = l
	} else {
		l.pause = min(2*l.pause, mostPause)
	}
	changed := l.message != what.message
	l.trouble, l.next = what, now.Add(l.pause)
	t.board.Fail(step, what.message)
	if !changed && now.Sub(l.told) < retell {
		return
	}
	l.told = now
	facts := []any{"step", step, "message", what.message, "hint", what.hint, "error", what.err, "since", l.since}
	var caught *pipeline.PanicError
	if errors.As(what.err, &caught) {
		facts = append(facts, "stack", string(caught.Stack))
	}
	t.log.Error("does not work", facts...)
	for _, line := range what.details {
		t.log.Error("does not work", "step", step, "detail", line)
	}
}

// over notes that a step works.
func (t *troubles) over(step string) {
	l := t.all[step]
	if l == nil {
		return
	}
	delete(t.all, step)
	t.board.Recover(step)
	t.log.Info("works again", "step", step, "since", l.since)
}
