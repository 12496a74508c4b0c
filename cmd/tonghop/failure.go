package main

import (
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"syscall"

	"tonghop/cmd/tonghop/machine"
	"tonghop/pipeline"
	"tonghop/pipeline/ledger"
	"tonghop/pipeline/publish"
	"tonghop/pipeline/wording"
)

// The exit codes are part of the interface: schedulers and scripts read them.
const (
	exitOK          = 0
	exitFailure     = 1
	exitUsage       = 2
	exitIncomplete  = 3 // run --strict: units missing or refused; check, import-history: errors found
	exitNothing     = 4
	exitDefinitions = 10
	exitLocked      = 11
)

// failure is an error with its sentence, its remedy and its exit code.
type failure struct {
	code     int
	key      string // of the sentence, "error." before it
	facts    []any
	hint     string // key, where it differs from key
	details  []string
	underlie error
}

func (f *failure) Error() string { return f.key }

func (f *failure) Unwrap() error { return f.underlie }

func usage(detail, command string) error {
	return &failure{code: exitUsage, key: "usage", facts: []any{"detail", detail, "command", command}}
}

// silent ends a command with a code after it has said all there is to say.
type silent int

func (s silent) Error() string { return fmt.Sprintf("exit code %d", int(s)) }

// report prints an error once, with what to do about it, and returns the exit
// code. It is the one place that maps errors to codes.
func (a *app) report(err error) int {
	var quiet silent
	if errors.As(err, &quiet) {
		return int(quiet)
	}
	f := a.explain(err)
	a.tell(f)
	return f.code
}

func (a *app) tell(f *failure) {
	for _, line := range f.details {
		a.complain(line)
	}
	a.complain(a.say.Say("error.prefix", "message", a.say.Say("error."+f.key, f.facts...)))
	a.complain(a.say.Say("error.hint", "hint", a.say.Say("hint."+f.hintKey(), f.facts...)))
}

func (f *failure) hintKey() string {
	if f.hint != "" {
		return f.hint
	}
	return f.key
}

func (a *app) wrongTemplates(all ...*wording.TemplateError) *failure {
	f := &failure{code: exitDefinitions, key: "paragraphs", facts: []any{"n", len(all)}}
	for _, one := range all {
		f.details = append(f.details, one.Tell(a.say))
	}
	return f
}

func (a *app) explain(err error) *failure {
	var (
		known     *failure
		nothing   *pipeline.NothingError
		held      *ledger.HeldError
		newer     *ledger.NewerError
		older     *ledger.OlderError
		corrupt   *ledger.CorruptError
		lost      *ledger.LostError
		disk      *ledger.DiskError
		behind    *ledger.BehindError
		journal   *ledger.JournalError
		noLedger  *pipeline.NoLedgerError
		stateless *publish.StatelessError
		counts    *pipeline.CountsError
		noForm    *pipeline.NoFormError
		published *pipeline.PublishedError
		unasked   *pipeline.NotExpectedError
		changed   *pipeline.ChangedError
		open      *pipeline.OpenError
		unknown   *pipeline.UnknownError
		inputs    *pipeline.InputsError
		sealed    *pipeline.SealedError
		unsealed  *pipeline.NotSealedError
		outdated  *pipeline.OutdatedError
		notNewest *pipeline.NotNewestError
		unseen    *pipeline.UnseenError
		early     *pipeline.DatedEarlyError
		damaged   *publish.DamagedError
		templates wording.TemplateErrors
		template  *wording.TemplateError
		caught    *pipeline.PanicError
		emptied   *pipeline.EmptiedError
		system    syscall.Errno
		path      *fs.PathError
		unwritten *pipeline.UnansweredError
		hinted    interface{ Hint() string }
	)
	switch {
	case errors.As(err, &known):
		return known
	case errors.As(err, &templates):
		return a.wrongTemplates(templates...)
	case errors.As(err, &template):
		return a.wrongTemplates(template)
	case errors.As(err, &caught):
		return &failure{code: exitFailure, key: "panic", hint: "other", facts: []any{"detail", fmt.Sprint(caught.Value)},
			details: strings.Split(strings.TrimSpace(string(caught.Stack)), "\n")}
	case errors.As(err, &nothing):
		return &failure{code: exitNothing, key: "nothing_to_publish", facts: []any{"period", nothing.Period, "folder", nothing.Inputs}}
	case errors.As(err, &held):
		return &failure{code: exitLocked, key: "locked", facts: []any{"holder", a.holder(held.Holder)}}
	case errors.As(err, &newer):
		return &failure{code: exitFailure, key: "ledger_newer"}
	case errors.As(err, &older):
		return &failure{code: exitFailure, key: "ledger_older"}
	case errors.As(err, &corrupt):
		return &failure{code: exitFailure, key: "ledger_damaged", facts: []any{"file", corrupt.Path, "detail", corrupt.Err.Error()}}
	case errors.As(err, &lost):
		return &failure{code: exitFailure, key: "ledger_lost", facts: []any{"file", lost.Path}}
	case errors.As(err, &disk):
		return &failure{code: exitFailure, key: "ledger_disk", facts: []any{"file", disk.Path, "detail", disk.Err.Error()}}
	case errors.As(err, &behind):
		return &failure{code: exitFailure, key: "journal_behind", hint: "journal", facts: []any{"file", behind.Path, "lines", behind.Lines, "entered", behind.Entered}}
	case errors.As(err, &journal):
		return &failure{code: exitFailure, key: "journal", facts: []any{"file", journal.Path, "line", journal.Line, "detail", journal.Err.Error()}}
	case errors.Is(err, ledger.ErrNoJournal):
		return &failure{code: exitFailure, key: "no_journal"}
	case errors.As(err, &noLedger):
		return &failure{code: exitFailure, key: "no_ledger", facts: []any{"state", noLedger.State}}
	case errors.As(err, &stateless):
		return &failure{code: exitFailure, key: "state_missing", facts: []any{"folder", stateless.Dir, "state", a.state}}
	case errors.As(err, &counts):
		return &failure{code: exitFailure, key: "counts", facts: []any{"seen", counts.Seen, "accounted", counts.Accounted}}
	case errors.As(err, &inputs):
		f := &failure{code: exitFailure, key: "no_inputs", facts: []any{"folder", inputs.Folder, "detail", inputs.Err.Error()}}
		if errors.Is(err, fs.ErrNotExist) {
			f.code = exitNothing
		}
		return f
	case errors.As(err, &emptied):
		return &failure{code: exitFailure, key: "emptied", facts: []any{"folder", emptied.Folder, "n", emptied.Files}}
	case errors.As(err, &damaged):
		return &failure{code: exitFailure, key: "damaged", facts: []any{"folder", damaged.Dir, "detail", damaged.Err.Error()}}
	case errors.As(err, &unknown):
		return &failure{code: exitUsage, key: unknown.What, facts: []any{unknown.What, unknown.Name, "suggestion", unknown.Near}}
	case errors.As(err, &open):
		return &failure{code: exitUsage, key: "period_open", facts: []any{"period", open.Period, "ends", open.Ends}}
	case errors.As(err, &sealed):
		return &failure{code: exitFailure, key: "sealed", facts: []any{"period", sealed.Period, "revision", strconv.Itoa(sealed.Revision)}}
	case errors.As(err, &unsealed):
		return &failure{code: exitFailure, key: "not_sealed", facts: []any{"period", unsealed.Period}}
	case errors.As(err, &outdated):
		return &failure{code: exitFailure, key: "outdated", facts: []any{"period", outdated.Period, "revision", strconv.Itoa(outdated.Revision)}}
	case errors.As(err, &unseen):
		return &failure{code: exitFailure, key: "unseen", facts: []any{"period", unseen.Period, "newest", strconv.Itoa(unseen.Newest)}}
	case errors.As(err, &notNewest):
		return &failure{code: exitUsage, key: "not_newest", facts: []any{
			"period", notNewest.Period, "asked", strconv.Itoa(notNewest.Asked), "newest", strconv.Itoa(notNewest.Newest)}}
	case errors.As(err, &early):
		return &failure{code: exitUsage, key: "dated_early", facts: []any{"period", early.Period, "dated", early.Dated, "ends", early.Ends}}
	case errors.As(err, &changed):
		return &failure{code: exitFailure, key: "changed", facts: []any{"file", changed.Path}}
	case errors.As(err, &unasked):
		return &failure{code: exitUsage, key: "unit_not_expected", facts: []any{"unit", unasked.Unit.Title(), "period", unasked.Period, "name", unasked.Period.String()}}
	case errors.As(err, &published):
		return &failure{code: exitUsage, key: "published_folder", facts: []any{"folder", published.Folder}}
	case errors.As(err, &noForm):
		return &failure{code: exitUsage, key: "no_form", facts: []any{"period", noForm.Month}}
	case errors.As(err, &unwritten):
		f := &failure{code: exitFailure, key: "unanswered", facts: []any{"n", len(unwritten.Failed)}}
		for _, one := range unwritten.Failed[:min(len(unwritten.Failed), mostListed)] {
			f.details = append(f.details, one.File+": "+strings.ReplaceAll(one.Err.Error(), "\n", "; "))
		}
		return f
	case errors.As(err, &hinted):
		return &failure{code: exitFailure, key: "hinted", facts: []any{"detail", err.Error(), "hint", hinted.Hint()}}
	case machine.Full(err) || machine.ReadOnly(err):
		return &failure{code: exitFailure, key: systemKey(err), hint: "file_system", facts: []any{"detail", err.Error()}}
	case errors.As(err, &path):
		return &failure{code: exitFailure, key: "file_system", facts: []any{"path", path.Path, "detail", err.Error()}}
	case errors.As(err, &system):
		return &failure{code: exitFailure, key: systemKey(err), hint: "file_system", facts: []any{"detail", err.Error()}}
	}
	return &failure{code: exitFailure, key: "other", facts: []any{"detail", err.Error()}}
}

// holder is who holds a lock, in words and by the office's clocks.
func (a *app) holder(h ledger.Holder) string {
	if h.PID == 0 {
		return a.say.Say("holder.unknown")
	}
	since := h.Since
	if a.zone != nil {
		since = since.In(a.zone)
	}
	return a.say.Say("holder", "pid", strconv.Itoa(h.PID), "host", plain(h.Host), "since", since)
}

// systemKey is what to call a failure that the system gave a reason for, in words
// that need no English.
func systemKey(err error) string {
	switch {
	case machine.Full(err):
		return "disk_full"
	case machine.ReadOnly(err):
		return "disk_read_only"
	case errors.Is(err, fs.ErrPermission):
		return "no_right"
	}
	return "system"
}
