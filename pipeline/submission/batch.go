package submission

import (
	"time"

	"tonghop/pipeline/finding"
)

// Received is one file of the inputs and what reading it gave.
type Received struct {
	File File
	// Submission is nil where the file is no readable report of a known unit
	// and period; Findings then say why.
	Submission *Submission
	// Findings about the file as a whole. Those about what it says are the
	// submission's.
	Findings []finding.Finding
}

// Receive notes when a file came, by the clocks of a zone.
func (r *Received) Receive(came Receipt, zone *time.Location) {
	r.File.ReceivedAt, r.File.ReceivedFrom, r.File.Channel = came.At.In(zone), came.From, came.Channel
	if s := r.Submission; s != nil {
		s.ReceivedAt, s.ReceivedFrom, s.Channel = r.File.ReceivedAt, came.From, came.Channel
	}
}

// Batch is all that was taken in, ordered by path.
type Batch []Received
