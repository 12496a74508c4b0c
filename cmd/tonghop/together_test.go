package main

import (
	"bytes"
	"context"
	"io"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// Twenty started together, two of them as processes of their own: each makes June,
// finds it made, or is told who is at it. One revision comes of it.
func TestTwentyStartedTogether(t *testing.T) {
	t.Parallel()
	office := leastOffice(t)
	reports(t, office, "X-1")
	var all sync.WaitGroup
	var mu sync.Mutex
	codes := map[int]int{}
	begin := make(chan struct{})
	start := func(run func() (int, string)) {
		all.Go(func() {
			<-begin
			code, said := run()
			mu.Lock()
			defer mu.Unlock()
			codes[code]++
			if code != exitOK && code != exitLocked {
				t.Errorf("exit code %d:\n%s", code, said)
			}
		})
	}
	for n := range 20 {
		start(func() (int, string) {
			var said bytes.Buffer
			if n < 2 {
				cmd := process(juneRun(office))
				cmd.Stderr = &said
				_ = cmd.Run()
				return cmd.ProcessState.ExitCode(), said.String()
			}
			code := run(context.Background(), juneRun(office), io.Discard, &said, func() time.Time { return juneNow })
			return code, said.String()
		})
	}
	close(begin)
	all.Wait()
	if codes[exitOK] == 0 {
		t.Errorf("exit codes %v", codes)
	}
	if made, err := filepath.Glob(filepath.Join(office, "outputs", "2025-06", "revisions", "*")); err != nil || len(made) != 1 {
		t.Errorf("made %s, %v", made, err)
	}
	undisturbed := contents(t, filepath.Join(office, "outputs"))
	runs(t, office)
	if again := contents(t, filepath.Join(office, "outputs")); len(again) != len(undisturbed) {
		t.Error("the run after them changed something")
	}
	noLeftovers(t, office)
}
