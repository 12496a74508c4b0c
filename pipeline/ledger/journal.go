package ledger

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"tonghop/pipeline/dispatch"
)

// The journal holds every change of the ledger, a JSON object a line, and is on
// the disk before the ledger's transaction commits: the ledger can be made again
// from it. Lines are only ever added. Each names the sha256 of the line before
// it, so that a line changed, lost or put in between is found.

// kind says what a line of the journal records.
type kind string

const (
	kindReceived        kind = "received"  // a file as it stands now: first sight, or its unit, time or way of receipt became known
	kindWithdrawn       kind = "withdrawn" // a file found gone
	kindDecided         kind = "decided"
	kindPublished       kind = "published"
	kindImported        kind = "imported"         // a table of past figures
	kindImportWithdrawn kind = "import-withdrawn" // such a table taken back
	kindDue             kind = "due"              // a run of the schedule as it stands now: owed, or what its newest attempt came to
	kindSent            kind = "sent"             // how far the sending of a thing came
	kindCut             kind = "cut"              // a line that a stopped program had not finished was cut off
)

// entry is a line of the journal. Exactly the part that its kind names is there.
type entry struct {
	Previous  string             `json:"previous"` // sha256 of the line before, hex; empty in the first
	Kind      kind               `json:"kind"`
	File      *Received          `json:"file,omitempty"` // received, withdrawn
	Decision  *Decided           `json:"decision,omitempty"`
	Revision  *Revision          `json:"revision,omitempty"`
	Import    *Imported          `json:"import,omitempty"` // imported, import-withdrawn
	Due       *Due               `json:"due,omitempty"`
	Sent      *dispatch.Dispatch `json:"sent,omitempty"`
	CutLength int                `json:"cut_length,omitempty"` // bytes
}

// JournalError says that the journal is damaged or was changed by hand.
type JournalError struct {
	Path string
	Line int // from 1
	Err  error
}

func (e *JournalError) Error() string {
	return fmt.Sprintf("the journal %s is damaged in line %d: %v", e.Path, e.Line, e.Err)
}

// Unwrap returns what is wrong with the line.
func (e *JournalError) Unwrap() error { return e.Err }

// Hint is the remedy.
func (e *JournalError) Hint() string {
	return "put the journal back from a backup; while the ledger is sound, moving the journal away lets the next run write it anew"
}

// BehindError says that the journal lacks what the ledger has entered: an older
// copy was put in its place, or its end was lost.
type BehindError struct {
	Path           string // of the journal
	Lines, Entered int    // lines in the journal, lines that the ledger has entered
}

func (e *BehindError) Error() string {
	return fmt.Sprintf("the journal %s does not continue what the ledger has entered (%d lines, %d entered)", e.Path, e.Lines, e.Entered)
}

// Hint is the remedy.
func (e *BehindError) Hint() string {
	return "put back journal and ledger of the same backup; while the ledger is sound, moving the journal away lets the next run write it anew"
}

// LostError says that the journal is there and the ledger made from it is not.
type LostError struct {
	Path string // of the ledger
}

func (e *LostError) Error() string {
	return fmt.Sprintf("the ledger %s is missing, its journal is there", e.Path)
}

// Hint is the remedy.
func (e *LostError) Hint() string { return "run `tonghop ledger rebuild`" }

// writtenLines is the journal as it stands on the disk.
type writtenLines struct {
	path  string
	there bool
	lines [][]byte // without their line feeds
	torn  int      // bytes behind the last line feed
}

// The files of a ledger in the folder of its state.
const (
	Name        = "ledger.db"
	JournalName = "journal.jsonl"
)

func journalPath(ledger string) string { return filepath.Join(filepath.Dir(ledger), JournalName) }

func readJournal(path string) (writtenLines, error) {
	w := writtenLines{path: path}
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return w, nil
	}
	if err != nil {
		return w, fmt.Errorf("read journal: %w", err)
	}
	w.there = true
	end := bytes.LastIndexByte(data, '\n') + 1
	w.torn = len(data) - end
	for line := range bytes.Lines(data[:end]) {
		w.lines = append(w.lines, line[:len(line)-1])
	}
	return w, nil
}

// size is the length of the whole lines, in bytes.
func (w writtenLines) size() int64 {
	var n int64
	for _, line := range w.lines {
		n += int64(len(line)) + 1
	}
	return n
}

// entries reads the lines after the first from, each held against the one before.
// On *JournalError they are those before the damaged line.
func (w writtenLines) entries(from int) ([]entry, error) {
	all := make([]entry, 0, len(w.lines)-from)
	for i := from; i < len(w.lines); i++ {
		previous := ""
		if i > 0 {
			previous = sum(w.lines[i-1])
		}
		e, err := parseEntry(w.path, w.lines[i], previous)
		if err != nil {
			return all, &JournalError{Path: w.path, Line: i + 1, Err: err}
		}
		all = append(all, e)
	}
	return all, nil
}

func parseEntry(path string, line []byte, previous string) (entry, error) {
	var e entry
	if err := json.Unmarshal(line, &e); err != nil {
		return e, err
	}
	if e.Previous != previous {
		return e, errors.New("it does not follow the line before it")
	}
	var there bool
	switch e.Kind {
	case kindReceived, kindWithdrawn:
		there = e.File != nil
	case kindDecided:
		there = e.Decision != nil
	case kindPublished:
		there = e.Revision != nil
	case kindImported, kindImportWithdrawn:
		there = e.Import != nil
	case kindDue:
		there = e.Due != nil
	case kindSent:
		there = e.Sent != nil
	case kindCut:
		there = true
	default: // a kind is added together with a migration
		return e, &NewerError{Path: path, Version: newest + 1, Known: newest}
	}
	if !there {
		return e, fmt.Errorf("it says %q and not of what", e.Kind)
	}
	return e, nil
}

// chain gives the lines that entries make after one with the hash previous, and
// the hash of the last of them.
func chain(entries []entry, previous string) (text []byte, last string, err error) {
	var out bytes.Buffer
	for _, e := range entries {
		e.Previous = previous
		line, err := json.Marshal(e)
		if err != nil {
			return nil, "", fmt.Errorf("write journal: %w", err)
		}
		out.Write(line)
		out.WriteByte('\n')
		previous = sum(line)
	}
	return out.Bytes(), previous, nil
}
