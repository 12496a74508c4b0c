package pipeline

// Stage is a part of the work that takes long enough to be watched.
type Stage string

// The stages.
const (
	Reading   Stage = "reading"   // files of the inputs
	Answering Stage = "answering" // files that units get back
	Drawing   Stage = "drawing"   // sheets of units
)

// watched tells of one stage.
func (p *Pipeline) watched(stage Stage) func(done, total int) {
	return func(done, total int) {
		if p.Progress != nil {
			p.Progress(stage, done, total)
		}
	}
}
