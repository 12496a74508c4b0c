// Package parallel owns doing one thing to many, a few at a time.
package parallel

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"
)

// Each does something with every item, so many at a time, beginning with the
// first. It stops when the context ends. A panic comes back to the caller, who
// may be a service that must go on.
func Each[T any](ctx context.Context, items []T, atATime int, do func(T)) error {
	var (
		next atomic.Int64
		wait sync.WaitGroup
		once sync.Once
		what error
	)
	for range min(atATime, len(items)) {
		wait.Go(func() {
			defer func() {
				if fault := recover(); fault != nil {
					once.Do(func() { what = fmt.Errorf("%v\n%s", fault, debug.Stack()) })
				}
			}()
			for ctx.Err() == nil {
				n := next.Add(1) - 1
				if n >= int64(len(items)) {
					return
				}
				do(items[n])
			}
		})
	}
	wait.Wait()
	if what != nil {
		panic(what)
	}
	return ctx.Err()
}
