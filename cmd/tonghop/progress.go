package main

import (
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"tonghop/pipeline"
)

// barAfter is how long a stage may take before a bar appears: most are over by then.
const barAfter = 500 * time.Millisecond

// lineEvery is the pause between two lines where there is no terminal: a log wants
// to know that something goes on, not how it looks. Scripts, which compare all that
// is said, let it be longer than the slowest machine takes.
var lineEvery = 5 * time.Second

// watch lets a pipeline show how far it has come, on standard error: a bar on a
// terminal, else a line now and then. end takes the bar away.
func (a *app) watch(p *pipeline.Pipeline) (end func()) {
	file, ok := a.err.(*os.File)
	w := &progress{app: a, out: a.err, terminal: ok && term.IsTerminal(int(file.Fd()))}
	p.Progress = w.show
	return w.end
}

// progress shows one stage at a time.
type progress struct {
	*app
	out      io.Writer
	terminal bool

	stage pipeline.Stage
	said  time.Time // when the stage began, or was last told of
	told  bool
	bar   *progressbar.ProgressBar
}

func (w *progress) show(stage pipeline.Stage, done, total int) {
	now := w.now()
	if stage != w.stage || done <= 1 {
		w.end()
		w.stage, w.said, w.told = stage, now, false
	}
	if w.terminal {
		w.drawBar(now, done, total)
		return
	}
	// What was told of is told to its end.
	if now.Sub(w.said) >= lineEvery || w.told && done == total {
		w.complain(w.say.Say("progress.line", "stage", w.words(), "done", done, "total", total))
		w.said, w.told = now, true
	}
}

func (w *progress) words() string { return w.say.Say("progress." + string(w.stage)) }

func (w *progress) drawBar(now time.Time, done, total int) {
	if w.bar == nil {
		if done == total || now.Sub(w.said) < barAfter {
			return
		}
		w.bar = progressbar.NewOptions(total,
			progressbar.OptionSetWriter(w.out), progressbar.OptionSetDescription(w.words()), progressbar.OptionSetWidth(30),
			progressbar.OptionShowCount(), progressbar.OptionSetElapsedTime(false), progressbar.OptionSetPredictTime(false),
			progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish())
	}
	_ = w.bar.Set(done) // that a terminal has gone away is no reason to fail
	if done == total {
		w.end()
	}
}

// end takes away a bar that stands, so that what comes next begins its own line.
func (w *progress) end() {
	if w.bar != nil {
		_ = w.bar.Finish()
		w.bar = nil
	}
}
