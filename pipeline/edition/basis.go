package edition

import (
	"slices"
	"strings"

	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
)

// Basis is a submission that counted for a unit and month, as figures.json lists
// it under "rests_on".
type Basis struct {
	Period period.Month `json:"period"`
	Unit   string       `json:"unit"`
	File   string       `json:"file,omitempty"` // empty for a report on paper
	// SHA256 is that of the file; of figures imported from several tables theirs,
	// joined by +.
	SHA256 string `json:"sha256,omitempty"`
	// Errors is the number of its points to correct. It changes where the
	// definitions, or an earlier month that a rule looks back to, refuse another
	// of its figures.
	Errors int `json:"errors,omitempty"`
	// Decisions are those by which figures of the submission stand.
	Decisions []Applied `json:"decisions,omitempty"`
}

// Applied is a decision that stands for a figure.
type Applied struct {
	ID        string `json:"id"`
	Indicator string `json:"indicator"`
}

// BasisOf is what an edition lists of a submission that counts.
func BasisOf(s *submission.Submission) Basis {
	b := Basis{Period: s.Period, Unit: s.Unit, File: s.File, SHA256: strings.Join(s.Originals(), "+"), Errors: s.Errors()}
	for _, v := range s.Values.All() {
		if b.File == "" && v.Import != nil {
			b.File = v.Import.File
		}
		if v.Decision != "" {
			b.Decisions = append(b.Decisions, Applied{v.Decision, v.Indicator})
		}
	}
	return b
}

// RestsOn reports whether the edition was made of exactly these submissions, each
// with the same decisions and as many points to correct. A file that has only
// another name is the same.
func (e *Edition) RestsOn(all []*submission.Submission) bool {
	return e.Basis != nil && slices.EqualFunc(e.Basis, all, func(was Basis, s *submission.Submission) bool {
		now := BasisOf(s)
		return was.Period == now.Period && was.Unit == now.Unit && was.SHA256 == now.SHA256 &&
			was.Errors == now.Errors && slices.Equal(was.Decisions, now.Decisions)
	})
}
