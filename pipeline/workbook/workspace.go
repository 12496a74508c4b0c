package workbook

import "sync"

// workspace is memory that reading needs and a Book does not keep. Workbooks
// come by the dozen and each would otherwise make all of it anew.
type workspace struct {
	inflater inflater
	buffer   []byte // the part being read
	scanner  scanner
	strings  []string
	cells    []Cell // of the sheet being read; empty between sheets
}

var workspaces = sync.Pool{New: func() any { return new(workspace) }}

// What one unusual workbook needed is not kept for the next.
const (
	keptBuffer  = 4 << 20
	keptStrings = 1 << 14
	keptCells   = 1 << 12
)

// giveBack makes the workspace free for the next workbook. Nothing in it leads
// to this one any more.
func (w *workspace) giveBack() {
	w.scanner.forget()
	if cap(w.strings) > keptStrings {
		w.strings = nil
	}
	clear(w.strings[:cap(w.strings)])
	w.strings = w.strings[:0]
	if cap(w.buffer) > keptBuffer {
		w.buffer = nil
	}
	workspaces.Put(w)
}
