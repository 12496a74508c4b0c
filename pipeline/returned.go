package pipeline

import (
	"tonghop/pipeline/finding"
	"tonghop/pipeline/submission"
)

// returned recognises annotated copies that were sent back as they were: they
// are the report already received, and must neither count twice nor make it
// late. One with corrected values is a new report.
func returned(past memory, batch submission.Batch) {
	byHash := make(map[string]int, len(batch)) // of the first that is a report
	for i, r := range batch {
		if _, twice := byHash[r.File.SHA256]; !twice && r.Submission != nil {
			byHash[r.File.SHA256] = i
		}
	}
	for i := range batch {
		copied := &batch[i]
		if copied.Submission == nil || copied.File.Answers == "" {
			continue
		}
		original, here := byHash[copied.File.Answers]
		if !here || batch[original].Submission == nil {
			// The original has left the folder; the copy stands for it.
			if first, ok := past.known(copied.File.Answers); ok {
				copied.Receive(first, copied.File.ReceivedAt.Location())
			}
			continue
		}
		first := batch[original]
		if !submission.SameAnswers(first.Submission, copied.Submission) {
			continue
		}
		note := finding.New(finding.AlreadyReceived).With("first_file", first.File.Path)
		note.File, note.Unit, note.Period = copied.File.Path, first.File.Unit, first.File.Period
		copied.File.Disposition, copied.Submission = submission.Duplicate, nil
		copied.Findings = []finding.Finding{note}
	}
}
