// Package health owns how the service is seen from outside: what it tells of
// itself, whether that is well, and the endpoint on this machine's own address
// where a monitor asks for it. It knows nothing of how reports are made; the service
// says what happened, and it counts.
package health

import (
	"maps"
	"slices"
	"sync"
	"time"

	"tonghop/pipeline/finding"
)

// Outcome is how a run ended.
type Outcome string

// The outcomes of runs.
const (
	Published Outcome = "published"
	Unchanged Outcome = "unchanged" // nothing that reaches the page had changed
	Nothing   Outcome = "nothing"   // there was nothing to publish
	Failed    Outcome = "failed"
)

var outcomes = []Outcome{Published, Unchanged, Nothing, Failed}

// The reasons that the board finds by itself, beside those that Fail gives it.
const (
	RunFailed = "run-failed" // the last run failed
	Stalled   = "stalled"    // the folder was not looked through for too long
)

// Board is what the service tells of itself. Its methods may be called from
// several goroutines. What it knows is lost when the service stops.
type Board struct {
	version string
	now     func() time.Time
	patient time.Duration
	started time.Time

	mu       sync.Mutex
	look     Look
	looked   time.Time
	glanced  time.Time
	run      Run
	ran      time.Time
	success  time.Time
	due      Run // the last run that a schedule owed
	runs     map[Outcome]int
	receipts int
	sent     int
	unsent   int
	failing  map[string]failing
}

type failing struct {
	detail string
	since  time.Time
}

// Look is one look through the inputs.
type Look struct {
	Took                     time.Duration
	Seen, Deferred, Unusable int // files
	Findings                 map[finding.Severity]int
}

// Run is one run.
type Run struct {
	// Due is the instant by which the schedule names it; zero for one that nobody
	// had scheduled.
	Due     time.Time
	Took    time.Duration
	Outcome Outcome
	// Detail says why it failed.
	Detail string
}

// NewBoard begins with a service that is well. It is stalled where no look ends
// for longer than patient; zero never is.
func NewBoard(version string, patient time.Duration, now func() time.Time) *Board {
	return &Board{
		version: version, now: now, patient: patient, started: now(),
		runs: map[Outcome]int{}, failing: map[string]failing{},
	}
}

// Looked records a look that has just ended.
func (b *Board) Looked(l Look) {
	b.mu.Lock()
	defer b.mu.Unlock()
	l.Findings = maps.Clone(l.Findings)
	b.look, b.looked = l, b.now()
}

// Glanced records a look at the folder's names, which mostly finds nothing new: the
// service is at work, and the files are those of the last Look.
func (b *Board) Glanced() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.glanced = b.now()
}

// Ran records a run that has just ended. One that failed is a reason not to be
// well until another has succeeded.
func (b *Board) Ran(r Run) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.run, b.ran = r, b.now()
	b.runs[r.Outcome]++
	if !r.Due.IsZero() {
		b.due = r
	}
	if r.Outcome == Failed {
		b.fail(RunFailed, r.Detail)
		return
	}
	b.success = b.ran
	delete(b.failing, RunFailed)
}

// Answered counts receipts that were written.
func (b *Board) Answered(n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.receipts += n
}

// Mailed counts messages that were sent, and those that could not be.
func (b *Board) Mailed(sent, failed int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.sent, b.unsent = b.sent+sent, b.unsent+failed
}

// Fail gives a reason not to be well, such as "inputs-unreadable", until Recover
// takes it back. Given again it keeps the time since when it holds.
func (b *Board) Fail(reason, detail string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.fail(reason, detail)
}

func (b *Board) fail(reason, detail string) {
	since := b.now()
	if before, ok := b.failing[reason]; ok {
		since = before.since
	}
	b.failing[reason] = failing{detail, since}
}

// Recover takes a reason back. One that was not given is no error.
func (b *Board) Recover(reason string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.failing, reason)
}

// Reason is why the service is not well.
type Reason struct {
	Reason string    `json:"reason"`
	Detail string    `json:"detail,omitempty"`
	Since  time.Time `json:"since"`
}

// reasons lists why the service is not well, by name. The lock is held.
func (b *Board) reasons() []Reason {
	all := make([]Reason, 0, len(b.failing)+1)
	for _, name := range slices.Sorted(maps.Keys(b.failing)) {
		all = append(all, Reason{name, b.failing[name].detail, b.failing[name].since})
	}
	last := b.started
	for _, at := range []time.Time{b.looked, b.glanced} {
		if at.After(last) {
			last = at
		}
	}
	if b.patient > 0 && b.now().Sub(last) > b.patient {
		all = append(all, Reason{Stalled, "nobody has looked at the inputs since", last})
	}
	return all
}
