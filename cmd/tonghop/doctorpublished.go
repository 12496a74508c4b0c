package main

import (
	"context"
	"errors"
	"os/exec"
	"path/filepath"

	"tonghop/pipeline/ledger"
	"tonghop/pipeline/period"
)

// checkCopies looks at the folder that gets each report.
func (d *doctor) checkCopies(context.Context) result {
	switch dir := d.settings.CopyPublishedTo; {
	case !d.known():
		return skipped
	case dir == "":
		return found(standsOK, "copies_off")
	default:
		return takesFiles(dir, "copies_missing", standsFailed)
	}
}

// checkCommand looks for the program that is run after each publication, as the
// system would, and does not run it.
func (d *doctor) checkCommand(context.Context) result {
	switch command := d.settings.OnPublished; {
	case !d.known():
		return skipped
	case len(command) == 0:
		return found(standsOK, "command_off")
	default:
		path, err := exec.LookPath(command[0])
		if err != nil {
			return found(standsFailed, "command_missing", "program", command[0])
		}
		return found(standsOK, "command", "program", path)
	}
}

// passedOver are the periods that the schedule found nothing for and will not make
// again, although files of theirs have come, and nothing was published since.
func (d *doctor) passedOver(ctx context.Context) ([]string, error) {
	if !d.recorded() {
		return nil, nil
	}
	book, err := ledger.OpenReading(ctx, filepath.Join(d.settings.State, ledger.Name))
	if err != nil {
		return nil, errors.Join(errNotRead, err)
	}
	defer book.Close()
	dues, err := book.Dues(ctx)
	if err != nil {
		return nil, errors.Join(errNotRead, err)
	}
	files, err := book.Files(ctx)
	if err != nil {
		return nil, errors.Join(errNotRead, err)
	}
	published, err := book.Numbers(ctx)
	if err != nil {
		return nil, errors.Join(errNotRead, err)
	}
	var lines []string
	for _, due := range dues {
		if due.Outcome != ledger.DueNothing || len(published[due.Period]) > 0 {
			continue
		}
		sel, err := period.ParseSelector(due.Period)
		if err != nil {
			continue // told by the check of the ledger
		}
		n := 0
		for _, f := range files {
			if month, err := period.ParseMonth(f.Period); err == nil && f.Withdrawn.IsZero() && sel.Span.Contains(month) {
				n++
			}
		}
		if n > 0 {
			lines = append(lines, d.say.Say("doctor.passed_over", "period", sel.Span, "name", due.Period, "n", n, "at", due.Tried.In(d.timetable.Zone)))
		}
	}
	return lines, nil
}
