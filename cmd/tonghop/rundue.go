package main

import (
	"slices"
	"time"

	"github.com/spf13/cobra"

	"tonghop/pipeline"
	"tonghop/pipeline/ledger"
	"tonghop/pipeline/schedule"
)

// runDueCommand is `run --due`: what the service would do now, once.
func (a *app) runDueCommand(cmd *cobra.Command, strict bool) error {
	for _, flag := range []string{"period", "stale", "as-of"} {
		if cmd.Flags().Changed(flag) {
			return &failure{code: exitUsage, key: "due_alone", facts: []any{"flag", "--" + flag}}
		}
	}
	o, err := a.open()
	if err != nil {
		return err
	}
	now := a.now()
	done, err := o.RunDue(cmd.Context(), o.plan, now)
	if a.json {
		if failed := a.printJSON(dueOut(done)); err == nil {
			err = failed
		}
	} else {
		a.toldDue(done, o.Timetable.Zone)
	}
	if err != nil {
		return err
	}
	if len(done) == 0 && !a.json {
		a.noneDue(o.plan, now, o.Timetable.Zone)
	}
	return a.verdictOnDue(done, strict)
}

// toldDue accounts for each run that was due.
func (a *app) toldDue(done []pipeline.DueOutcome, zone *time.Location) {
	for _, d := range done {
		a.println("run.due", "period", d.Period, "at", d.At.In(zone))
		switch d.Result {
		case ledger.DueFailed:
			a.tell(a.explain(d.Err))
		case ledger.DueNothing:
			a.unusableFiles(d.Outcome.Findings)
			a.println("run.due_nothing", "period", d.Period)
		default:
			a.account(d.Outcome)
			if d.Err != nil {
				a.tell(a.explain(d.Err))
			}
		}
	}
}

func (a *app) noneDue(plan *schedule.Plan, now time.Time, zone *time.Location) {
	if next, ok := plan.Next(now); ok {
		a.println("run.none_due", "period", next.Period, "at", next.At.In(zone))
		return
	}
	a.println("schedule.none")
}

// verdictOnDue is the exit code: that of the first run that failed; else that
// there was nothing to publish, where no period had anything.
func (a *app) verdictOnDue(done []pipeline.DueOutcome, strict bool) error {
	missing := false
	for _, d := range done {
		if d.Result == ledger.DueFailed || d.Unanswered() {
			return silent(a.explain(d.Err).code)
		}
		missing = missing || d.Result != ledger.DueNothing && incomplete(d.Outcome)
	}
	empty := func(d pipeline.DueOutcome) bool { return d.Result != ledger.DueNothing }
	switch {
	case len(done) > 0 && !slices.ContainsFunc(done, empty):
		return silent(exitNothing)
	case strict && missing:
		return silent(exitIncomplete)
	}
	return nil
}

type dueJSON struct {
	Period  string       `json:"period"`
	DueAt   string       `json:"due_at"`
	Outcome string       `json:"outcome"`
	Error   string       `json:"error,omitempty"`
	Run     *accountJSON `json:"run,omitempty"`
}

func dueOut(done []pipeline.DueOutcome) []dueJSON {
	out := make([]dueJSON, len(done))
	for i, d := range done {
		out[i] = dueJSON{Period: d.Period.String(), DueAt: d.At.Format(time.RFC3339), Outcome: string(d.Result)}
		switch d.Result {
		case ledger.DueFailed:
			out[i].Error = d.Err.Error()
		case ledger.DueNothing:
		default:
			account := newAccountJSON(d.Outcome)
			out[i].Run = &account
			if d.Err != nil {
				out[i].Error = d.Err.Error()
			}
		}
	}
	return out
}
