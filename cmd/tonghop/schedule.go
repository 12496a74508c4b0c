package main

import (
	"slices"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"tonghop/pipeline"
	"tonghop/pipeline/ledger"
	"tonghop/pipeline/period"
	"tonghop/pipeline/schedule"
)

// mostNext is how many runs `schedule next` tells at most: ten years of months.
const mostNext = 120

func (a *app) scheduleCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "schedule", Short: a.say.Say("cli.schedule"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	var n int
	next := &cobra.Command{Use: "next", Short: a.say.Say("cli.schedule.next"), Args: cobra.NoArgs}
	next.Flags().IntVar(&n, "n", 12, a.say.Say("flag.n"))
	next.RunE = func(cmd *cobra.Command, _ []string) error {
		if n < 1 || n > mostNext {
			return &failure{code: exitUsage, key: "schedule_n", facts: []any{"n", n, "most", mostNext}}
		}
		o, err := a.open()
		if err != nil {
			return err
		}
		now := a.now()
		agenda, err := o.Agenda(cmd.Context(), o.plan, now, n)
		if err != nil {
			return err
		}
		if a.json {
			return a.agendaJSON(agenda)
		}
		if len(agenda) == 0 {
			a.println("schedule.none")
			return nil
		}
		a.agenda(agenda, o.Timetable.Zone)
		for _, year := range uncovered(agenda, o.Timetable) {
			a.println("schedule.weekends", "year", yearName(year))
		}
		for _, line := range a.earlyDues(o.plan, now, o.Timetable.Zone) {
			a.printf("%s\n", line)
		}
		return nil
	}
	cmd.AddCommand(next)
	return cmd
}

// uncovered are the years of an agenda's deadlines whose days off are not known.
func uncovered(agenda []pipeline.Appointment, timetable period.Timetable) []int {
	var years []int
	for _, one := range agenda {
		year := one.Deadline.In(timetable.Zone).Year()
		if !timetable.Calendar.Covers(year) && !slices.Contains(years, year) {
			years = append(years, year)
		}
	}
	slices.Sort(years)
	return years
}

// jobNames are the phrases that name the jobs.
var jobNames = map[period.SpanKind]string{
	period.Monthly: "schedule.month", period.Quarterly: "schedule.quarter", period.HalfYear: "schedule.half",
	period.NineMonths: "schedule.nine_months", period.FullYear: "schedule.year",
}

func (a *app) agenda(agenda []pipeline.Appointment, zone *time.Location) {
	t := newTable()
	t.AppendHeader(table.Row{
		a.say.Say("column.when"), a.say.Say("column.period"), a.say.Say("column.job"), a.say.Say("column.deadline"), a.say.Say("column.status"),
	})
	const layout = "02/01/2006 15:04"
	for _, one := range agenda {
		t.AppendRow(table.Row{
			one.At.In(zone).Format(layout), one.Period, a.say.Say(jobNames[one.Period.Kind]), one.Deadline.In(zone).Format(layout), a.appointed(one, zone),
		})
	}
	a.printf("%s\n", t.Render())
}

// appointed says how a run of the schedule stands.
func (a *app) appointed(one pipeline.Appointment, zone *time.Location) string {
	var outcome ledger.DueOutcome
	if one.Record != nil {
		outcome = one.Record.Outcome
	}
	switch {
	case one.Owed && outcome == ledger.DueFailed:
		return a.say.Say("schedule.failed", "n", one.Record.Attempts, "at", one.Record.Tried.In(zone))
	case one.Owed:
		return a.say.Say("schedule.owed")
	}
	switch outcome {
	case ledger.DuePublished, ledger.DueUnchanged:
		return a.say.Say("schedule.done", "at", one.Record.Tried.In(zone))
	case ledger.DueSigned:
		return a.say.Say("schedule.signed")
	case ledger.DueNothing:
		return a.say.Say("schedule.nothing", "at", one.Record.Tried.In(zone))
	case ledger.DueEarlier:
		return a.say.Say("schedule.earlier")
	}
	return ""
}

// earlyDues are warnings about jobs that run before the reports are due.
func (a *app) earlyDues(plan *schedule.Plan, now time.Time, zone *time.Location) []string {
	var lines []string
	for _, e := range plan.EarlyDues(now) {
		lines = append(lines, a.say.Say("schedule.early", "job", a.say.Say(jobNames[e.Period.Kind]), "period", e.Period, "at", e.At.In(zone), "deadline", e.Deadline.In(zone)))
	}
	return lines
}

type appointmentJSON struct {
	At       string `json:"at"`
	Period   string `json:"period"`
	Each     string `json:"each"`
	Deadline string `json:"deadline"`
	// State is owed, failed, published, unchanged, signed, nothing, earlier, or
	// upcoming.
	State    string `json:"state"`
	Attempts int    `json:"attempts"`
	Early    bool   `json:"early"` // before the deadline
}

func (a *app) agendaJSON(agenda []pipeline.Appointment) error {
	out := make([]appointmentJSON, len(agenda))
	for i, one := range agenda {
		out[i] = appointmentJSON{
			At: one.At.Format(time.RFC3339), Period: one.Period.String(), Each: one.Period.Kind.String(),
			Deadline: one.Deadline.Format(time.RFC3339), State: "upcoming", Early: one.At.Before(one.Deadline),
		}
		if one.Owed {
			out[i].State = "owed"
		}
		if one.Record != nil && one.Record.Outcome != ledger.DueOwed {
			out[i].State, out[i].Attempts = string(one.Record.Outcome), one.Record.Attempts
		}
	}
	return a.printJSON(out)
}
