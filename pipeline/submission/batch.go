package submission

import "tonghop/pipeline/finding"

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

// Batch is all that was taken in, ordered by path.
type Batch []Received
