package intake

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"
)

// workers is how many files are read at a time. Each holds one file in memory,
// and what a file says does not depend on its turn.
const workers = 2

// each does something with every index. It stops when the context ends. A panic
// comes back to the caller, who may be a service that must go on.
func each(ctx context.Context, indices []int, do func(int)) error {
	var (
		next atomic.Int64
		wait sync.WaitGroup
		once sync.Once
		what error
	)
	for range min(workers, len(indices)) {
		wait.Go(func() {
			defer func() {
				if fault := recover(); fault != nil {
					once.Do(func() { what = fmt.Errorf("%v\n%s", fault, debug.Stack()) })
				}
			}()
			for ctx.Err() == nil {
				n := next.Add(1) - 1
				if n >= int64(len(indices)) {
					return
				}
				do(indices[n])
			}
		})
	}
	wait.Wait()
	if what != nil {
		panic(what)
	}
	return ctx.Err()
}
