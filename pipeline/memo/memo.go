// Package memo owns what has been worked out of texts. The same forms come from
// every unit: of thousands of files nearly all texts are the same few hundred, and
// asking what one of them says costs twenty times as much as remembering it.
package memo

import (
	"strings"
	"sync"
	"sync/atomic"
)

// What one unit alone writes is not worth the memory, and no file may fill it.
const (
	longest = 400 // bytes
	most    = 1 << 13
)

// Texts gives what a pure function of a text gives, and remembers it. It may be
// used by several goroutines at a time. Answers are shared: nobody may change one.
type Texts[V any] struct {
	work  func(text string) V
	known sync.Map // of V, by text
	count atomic.Int64
}

// New remembers a function. It may keep hold of its text, which is a copy.
func New[V any](work func(text string) V) *Texts[V] { return &Texts[V]{work: work} }

// Of is the function's answer for a text.
func (t *Texts[V]) Of(text string) V {
	if answer, ok := t.known.Load(text); ok {
		return answer.(V)
	}
	if len(text) > longest {
		return t.work(text)
	}
	own := strings.Clone(text) // else it would keep its whole file in memory
	answer := t.work(own)
	if t.count.Add(1) > most { // what comes often comes back
		t.count.Store(0)
		t.known.Clear()
	}
	t.known.Store(own, answer)
	return answer
}
