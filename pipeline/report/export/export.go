// Package export owns the machine's view of a revision: figures.json, which is
// a contract, and the same figures and findings as CSV. Decimals are strings,
// for a reader in binary floating point would change them. Equal summaries
// give equal bytes.
package export

import (
	"time"

	"tonghop/pipeline/decision"
	"tonghop/pipeline/edition"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
)

// Input is what is exported. Findings come with their sentences, which depend
// on the language of the run.
type Input struct {
	Summary  *summary.Summary
	Revision int
	AsOf     time.Time
	Files    []submission.File
	Findings []Finding
	// Signed is what a signed revision carries; nil for a draft.
	Signed *decision.Signature
	// Adjustments reconcile cumulative figures with those signed for the month
	// Reconciled; none where nothing is to be adjusted.
	Reconciled  period.Month
	Adjustments []edition.Adjustment
}

// Finding is a finding in words.
type Finding struct {
	finding.Finding
	Message    string
	Suggestion string
}

// bufferSize is how much of a file waits in memory.
const bufferSize = 64 << 10

// Schema names the form of figures.json.
const Schema = "tonghop/figures/1"

// value prints a figure's number: exact to 6 decimals, and never on the other
// side of the target it is judged by.
func value(f *summary.Figure) string {
	n, ok := f.Value.Number()
	if !ok {
		return ""
	}
	if f.Judgment != nil {
		return n.RoundBeside(f.Judgment.Target.Value, 6).String()
	}
	return n.Published()
}
