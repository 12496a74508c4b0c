package pipeline

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"

	"tonghop/pipeline/atomicfile"
	"tonghop/pipeline/feedback"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/validate"
)

// Feedback is where the answers to the units lie.
type Feedback struct {
	Folder string
	Files  int
}

// feedback answers every file of the period, and every file whose period is
// unknown: units want to know that all is well, too.
func (p *Pipeline) feedback(out *Outcome, checked *validate.Checked) (Feedback, error) {
	done := Feedback{Folder: filepath.Join(p.Outputs, out.Period.String(), "feedback")}
	if err := atomicfile.MakeFolder(done.Folder); err != nil {
		return done, err
	}
	for _, f := range out.Files {
		if !answered(f) {
			continue
		}
		data, err := feedback.List(p.answer(out, checked, f))
		if err != nil {
			return done, fmt.Errorf("feedback for %s: %w", f.Path, err)
		}
		path := filepath.Join(done.Folder, feedbackName(f))
		if old, err := os.ReadFile(path); err != nil || !bytes.Equal(old, data) {
			if err := atomicfile.Write(path, data, 0o644); err != nil && !atomicfile.Busy(err) {
				return done, err
			}
		}
		done.Files++
	}
	return done, nil
}

func answered(f submission.File) bool {
	switch f.Disposition {
	case submission.Counted, submission.Superseded, submission.Held, submission.UnusableFile:
		return f.SHA256 != ""
	}
	return false
}

// feedbackName never takes anything from the file's own name, which is the
// sender's to choose.
func feedbackName(f submission.File) string {
	unit := f.Unit
	if unit == "" {
		unit = "khong-ro"
	}
	return unit + "-" + f.SHA256[:8] + ".xlsx"
}

func (p *Pipeline) answer(out *Outcome, checked *validate.Checked, f submission.File) feedback.Input {
	in := feedback.Input{
		File: f.Path, Unit: p.unitTitle(f.Unit), Phrases: p.Phrases,
		Status: p.Phrases.Disposition(f.Disposition),
	}
	if !f.ReceivedAt.IsZero() {
		in.ReceivedAt = f.ReceivedAt.In(p.Timetable.Zone)
	}
	if !f.Period.IsZero() {
		in.Period = p.Phrases.Period(period.Span{Kind: period.Monthly, From: f.Period, To: f.Period})
		in.OnTime = !f.ReceivedAt.After(p.Timetable.Due(f.Period))
	}
	for _, r := range checked.Receipts(out.Period.To) {
		if r.Used != nil && r.Used.SHA256 == f.SHA256 {
			in.Status, in.Sample = p.Phrases.Status(r.Status), r.Used.Sample
		}
	}
	for _, one := range out.Findings {
		if one.File == f.Path {
			in.Findings = append(in.Findings, one)
		}
	}
	return in
}
