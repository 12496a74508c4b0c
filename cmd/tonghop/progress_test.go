package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/wording"
	"tonghop/templates"
)

// watched plays a stage of n steps, each of which takes a while, and gives what
// was shown.
func watched(t *testing.T, terminal bool, n int, each time.Duration) string {
	t.Helper()
	book, err := wording.Load(templates.FS)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	now := seen
	a := &app{err: &out, say: book.In(wording.Vietnamese), now: func() time.Time { return now }}
	w := &progress{app: a, out: &out, terminal: terminal}
	for _, stage := range []pipeline.Stage{pipeline.Reading, pipeline.Answering, pipeline.Answering} {
		for i := range n {
			w.show(stage, i+1, n)
			now = now.Add(each)
		}
	}
	w.end()
	return out.String()
}

func TestShortWorkIsSilent(t *testing.T) {
	for _, terminal := range []bool{true, false} {
		if got := watched(t, terminal, 30, time.Millisecond); got != "" {
			t.Errorf("terminal %v: %q", terminal, got)
		}
	}
}

func TestLinesWhereThereIsNoTerminal(t *testing.T) {
	got := watched(t, false, 1200, 10*time.Millisecond)
	const want = `Đang đọc báo cáo: 501/1.200
Đang đọc báo cáo: 1.001/1.200
Đang đọc báo cáo: 1.200/1.200
`
	if !strings.HasPrefix(got, want) || strings.Count(got, "\n") != 9 || strings.Contains(got, "\r") {
		t.Errorf("%s", got)
	}
}

func TestABarOnATerminal(t *testing.T) {
	got := watched(t, true, 1200, 10*time.Millisecond)
	if !strings.Contains(got, "Đang đọc báo cáo") || !strings.Contains(got, "Đang soạn phản hồi") || !strings.Contains(got, "1200") {
		t.Errorf("%q", got)
	}
	if strings.Contains(got, "\n") || !strings.HasSuffix(got, "\r") {
		t.Errorf("something stays: %q", got[max(0, len(got)-200):])
	}
}
