package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"tonghop/pipeline/ledger"
	"tonghop/pipeline/publish"
)

// slack is how far two clocks may differ without anybody noticing.
const slack = 5 * time.Minute

// checkClock holds the machine's clock against what it cannot be before: the last
// thing that was recorded, and the program itself.
func (d *doctor) checkClock(ctx context.Context) result {
	if !d.known() || d.timetable.Zone == nil {
		return skipped
	}
	now := d.now().In(d.timetable.Zone)
	newest, err := d.newest(ctx)
	if err != nil && !errors.Is(err, errNotRead) {
		return broken(err)
	}
	if now.Before(newest.Add(-slack)) {
		return found(standsFailed, "clock_behind", "now", now, "newest", newest.In(d.timetable.Zone))
	}
	// A copy keeps the time of the original or takes that of its making.
	if path, err := os.Executable(); err == nil {
		if info, err := os.Stat(path); err == nil && now.Before(info.ModTime().Add(-24*time.Hour)) {
			return found(standsWarning, "clock_before_program", "now", now, "program", info.ModTime().In(d.timetable.Zone))
		}
	}
	return found(standsOK, "clock", "now", now, "zone", d.settings.Zone)
}

// errNotRead says that the ledger cannot be read, which is told by its own check.
var errNotRead = errors.New("ledger not read")

// newest is the last instant that the ledger recorded by this machine's clock; zero
// where there is none.
func (d *doctor) newest(ctx context.Context) (last time.Time, err error) {
	if !d.recorded() {
		return last, nil
	}
	book, err := ledger.OpenReading(ctx, filepath.Join(d.settings.State, ledger.Name))
	if err != nil {
		return last, errors.Join(errNotRead, err)
	}
	defer book.Close()
	later := func(t time.Time) {
		if t.After(last) {
			last = t
		}
	}
	files, err := book.Files(ctx)
	if err != nil {
		return last, errors.Join(errNotRead, err)
	}
	for _, f := range files {
		later(f.FirstSeen)
	}
	periods, err := book.Periods(ctx)
	if err != nil {
		return last, errors.Join(errNotRead, err)
	}
	for _, p := range periods {
		revisions, err := book.Revisions(ctx, p)
		if err != nil {
			return last, errors.Join(errNotRead, err)
		}
		for _, r := range revisions {
			later(r.PublishedAt)
		}
	}
	return last, nil
}

func (d *doctor) checkLock(context.Context) result {
	if !d.known() {
		return skipped
	}
	holder, held, err := ledger.Held(d.settings.State)
	switch {
	case err != nil:
		return broken(err)
	case held:
		return found(standsOK, "lock_held", "holder", d.holder(holder))
	case holder.PID != 0:
		return found(standsOK, "lock_stale", "holder", d.holder(holder))
	}
	return found(standsOK, "lock_free")
}

// checkService tells whether a service watches for this state. None is no fault:
// cron and Task Scheduler do without.
func (d *doctor) checkService(context.Context) result {
	if !d.known() {
		return skipped
	}
	holder, runs, err := ledger.ServiceHeld(d.settings.State)
	switch {
	case err != nil:
		return broken(err)
	case runs:
		return found(standsOK, "service_runs", "holder", d.holder(holder))
	}
	return found(standsOK, "service_none")
}

// checkLedger looks through all that is kept, as ledger check does.
func (d *doctor) checkLedger(ctx context.Context) result {
	if !d.known() {
		return skipped
	}
	x, err := d.keeping(d.settings, d.timetable).CheckLedger(ctx)
	var older *ledger.OlderError
	switch {
	case errors.As(err, &older):
		return found(standsWarning, "ledger_older", "file", older.Path)
	case err != nil && !d.recorded():
		if lost := (publish.Outputs{Dir: d.settings.Outputs}).RefuseAny(); lost != nil {
			return broken(lost)
		}
		var lost *ledger.LostError
		if errors.As(err, &lost) {
			return broken(err)
		}
		return found(standsOK, "ledger_none")
	case err != nil:
		return broken(err)
	case len(x.Problems) > 0:
		r := found(standsFailed, "ledger_damaged", "n", len(x.Problems))
		for _, problem := range x.Problems {
			r.details = append(r.details, d.say.Say("ledger.fault."+string(problem.Fault), "name", problem.Name, "detail", problem.Detail))
		}
		return r
	}
	// While somebody writes, both are as they should be.
	wal, err := os.Stat(filepath.Join(d.settings.State, "ledger.db-wal"))
	_, held, _ := ledger.Held(d.settings.State) // told by its own check
	if open := err == nil && wal.Size() > 0 || x.Pending > 0 || x.Torn > 0; open && !held {
		return found(standsWarning, "ledger_unclean")
	}
	return found(standsOK, "ledger", "received", x.Received, "revisions", x.Publications)
}

// oldBackup is the age from which a copy is told of: one is made at each
// signature, so that of a month that was signed is younger.
const oldBackup = 40 * 24 * time.Hour

// checkBackup looks for the newest copy, whose name has its time.
func (d *doctor) checkBackup(ctx context.Context) result {
	switch {
	case !d.known() || d.timetable.Zone == nil:
		return skipped
	case d.settings.Backup == "":
		return found(standsWarning, "backup_unset")
	}
	if r := takesFiles(d.settings.Backup, "backup_missing", standsWarning); r.standing != standsOK {
		return r
	}
	copies, err := filepath.Glob(filepath.Join(d.settings.Backup, "tonghop-*"))
	if err != nil {
		return broken(err)
	}
	var newest time.Time
	for _, path := range copies {
		const layout = "tonghop-2006-01-02-150405"
		name := filepath.Base(path)
		at, err := time.ParseInLocation(layout, name[:min(len(name), len(layout))], d.timetable.Zone)
		if err == nil && at.After(newest) {
			newest = at
		}
	}
	last, _ := d.newest(ctx) // a ledger that cannot be read is told by its own check
	switch now := d.now(); {
	case newest.IsZero() && !d.recorded():
		return found(standsOK, "backup_empty", "folder", d.settings.Backup)
	case newest.IsZero():
		return found(standsWarning, "backup_none", "folder", d.settings.Backup)
	case now.Sub(newest) > oldBackup && last.After(newest):
		return found(standsWarning, "backup_old", "folder", d.settings.Backup, "at", newest)
	}
	return found(standsOK, "backup", "folder", d.settings.Backup, "at", newest)
}
