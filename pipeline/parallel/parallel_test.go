package parallel_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"tonghop/pipeline/parallel"
)

func TestEachDoesAllOnceAndFewAtATime(t *testing.T) {
	for _, count := range []int{0, 1, 2, 100} {
		done, numbers := make([]int, count), make([]int, count)
		for n := range numbers {
			numbers[n] = n
		}
		var now, most atomic.Int64
		err := parallel.Each(t.Context(), numbers, 3, func(n int) {
			if at := now.Add(1); at > most.Load() {
				most.Store(at)
			}
			done[n]++
			now.Add(-1)
		})
		if err != nil || most.Load() > 3 {
			t.Errorf("%d: %d at a time, %v", count, most.Load(), err)
		}
		for n, times := range done {
			if times != 1 {
				t.Errorf("%d of %d was done %d times", n, count, times)
			}
		}
	}
}

func TestEachStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	done := 0
	err := parallel.Each(ctx, []string{"a", "b", "c", "d"}, 1, func(s string) {
		if done++; s == "c" {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) || done != 3 {
		t.Errorf("%d done, %v", done, err)
	}
}

func TestAPanicComesBack(t *testing.T) {
	defer func() {
		if said := fmt.Sprint(recover()); !strings.Contains(said, "broken") || !strings.Contains(said, "TestAPanicComesBack") {
			t.Errorf("came back: %s", said)
		}
	}()
	_ = parallel.Each(t.Context(), []int{1, 2, 3}, 2, func(int) { panic("broken") })
	t.Error("nothing came back")
}
