package memo_test

import (
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"tonghop/pipeline/memo"
)

// Whatever is asked, how often and by how many, the answer is the function's.
func TestOf(t *testing.T) {
	lengths := memo.New(func(text string) int { return len(text) })
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for i := range 30_000 { // more than are remembered
				for _, text := range []string{strconv.Itoa(i), strings.Repeat("a", i%1000), "Số hội viên"} {
					if got := lengths.Of(text); got != len(text) {
						t.Errorf("%q: %d", text, got)
						return
					}
				}
			}
		})
	}
	all.Wait()
}

func TestRemembers(t *testing.T) {
	var asked atomic.Int64
	same := memo.New(func(text string) string { asked.Add(1); return text })
	long := strings.Repeat("dài ", 200)
	for range 3 {
		for _, text := range []string{"Chỉ tiêu", "", long} {
			if got := same.Of(text); got != text {
				t.Errorf("%q: %q", text, got)
			}
		}
	}
	if got := asked.Load(); got != 2+3 {
		t.Errorf("asked %d times; short texts are asked about once, the long one each time", got)
	}
	if got := testing.AllocsPerRun(100, func() { same.Of("Chỉ tiêu") }); got > 0 {
		t.Errorf("%v allocations for what is remembered", got)
	}
}
