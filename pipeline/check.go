package pipeline

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"time"

	"tonghop/pipeline/finding"
	"tonghop/pipeline/intake"
	"tonghop/pipeline/period"
	"tonghop/pipeline/report"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/validate"
)

// Named is a file to check.
type Named struct {
	Path   string // relative to the inputs where it lies there, else its name
	SHA256 string
	Data   []byte
}

// CheckedFile is what was found in one file.
type CheckedFile struct {
	Named
	Unit     string // title; empty where it is not known
	UnitID   string
	Period   period.Month
	Version  int
	Findings []report.Finding
}

// Check tells what a run would find in the files, against the months already
// in the inputs. It records nothing.
func (p *Pipeline) Check(ctx context.Context, files []Named, now time.Time) ([]CheckedFile, error) {
	batch, err := p.Collect(ctx)
	if err != nil && !errors.Is(err, fs.ErrNotExist) { // a file can be checked before there are inputs
		return nil, err
	}
	batch = slices.DeleteFunc(batch, func(r submission.Received) bool {
		return slices.ContainsFunc(files, func(n Named) bool { return n.Path == r.File.Path || n.SHA256 == r.File.SHA256 })
	})
	for _, n := range files {
		file := submission.File{Path: n.Path, SHA256: n.SHA256, Size: int64(len(n.Data)), ReceivedAt: now}
		batch = append(batch, intake.Read(file, n.Data, p.Catalogue, p.Timetable, p.Limits))
	}
	office, err := p.decided(ctx)
	if err != nil {
		return nil, err
	}
	checked := validate.Batch(p.rules(batch, office, now, ever))
	out := make([]CheckedFile, len(files))
	for i, n := range files {
		out[i] = CheckedFile{Named: n, Findings: p.inWords(findingsOf(checked, n.Path))}
		for _, f := range checked.Files(period.Span{}) {
			if f.Path == n.Path {
				out[i].UnitID, out[i].Unit, out[i].Period = f.Unit, p.unitTitle(f.Unit), f.Period
			}
		}
		for _, s := range checked.Versions(out[i].UnitID, out[i].Period) {
			if s.File == n.Path {
				out[i].Version = s.Version
			}
		}
	}
	return out, nil
}

func findingsOf(checked *validate.Checked, path string) []finding.Finding {
	var own []finding.Finding
	for _, f := range checked.All() {
		if f.File == path {
			own = append(own, f)
		}
	}
	return own
}
