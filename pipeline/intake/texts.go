package intake

import (
	"strings"
	"sync"
	"sync/atomic"

	"tonghop/pipeline/vietnamese"
)

// textFacts is what a text says of how it was written, whichever cell of
// whichever file it stands in.
type textFacts struct {
	words    vietnamese.Words
	repaired string // what it was before it was read as another set
	broken   bool   // that it was
}

func newTextFacts(text string) textFacts {
	f := textFacts{words: vietnamese.CountWords(text)}
	f.repaired, f.broken = vietnamese.RepairCP1252(text)
	return f
}

// texts remembers the facts of texts: the same forms come from every unit. It may
// be used by several readers at a time.
type texts struct {
	known sync.Map // of textFacts, by text
	count atomic.Int64
}

func (t *texts) facts(text string) textFacts {
	// What one unit alone writes is not worth the memory.
	const longest, most = 400, 1 << 13
	if known, ok := t.known.Load(text); ok {
		return known.(textFacts)
	}
	f := newTextFacts(text)
	if len(text) <= longest && t.count.Load() < most {
		t.count.Add(1)
		if !f.broken {
			f.repaired = "" // it is the text, and would keep its file in memory
		}
		t.known.Store(strings.Clone(text), f)
	}
	return f
}
