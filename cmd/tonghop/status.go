package main

import (
	"fmt"
	"strconv"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/spf13/cobra"

	"tonghop/pipeline"
	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
)

func (a *app) statusCommand() *cobra.Command {
	var per, asOf string
	cmd := &cobra.Command{Use: "status", Short: a.say.Say("cli.status"), Args: cobra.NoArgs}
	cmd.Flags().StringVar(&per, "period", "latest", a.say.Say("flag.period"))
	cmd.Flags().StringVar(&asOf, "as-of", "", a.say.Say("flag.as_of"))
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		sel, err := a.selector(per)
		if err != nil {
			return err
		}
		p, err := a.pipeline()
		if err != nil {
			return err
		}
		at, err := a.instant(asOf, p.Timetable.Zone)
		if err != nil {
			return err
		}
		s, err := p.Status(cmd.Context(), sel, at)
		if err != nil {
			return err
		}
		if a.json {
			return a.statusJSON(s, p.Catalogue)
		}
		a.status(s, p.Timetable.Zone)
		a.outOfDate(s.OutOfDate, p.Catalogue)
		return nil
	}
	return cmd
}

func (a *app) status(s pipeline.Status, zone *time.Location) {
	a.println("status.title", "period", s.Period)
	t := newTable()
	header := table.Row{}
	for _, key := range []string{
		"column.unit", "column.received_at", "column.on_time", "column.status", "column.errors", "column.warnings", "column.file", "column.owes",
	} {
		header = append(header, a.say.Say(key))
	}
	spans := s.Period.Kind != period.Monthly
	if spans {
		header = append(header, a.say.Say("column.period"))
	}
	t.AppendHeader(header)
	for _, r := range s.Owed {
		row := table.Row{r.Unit.Title(), "", "", a.statusOf(r.Receipt, zone), "", "", "", a.say.Owed(r, owedCodes)}
		if !r.FirstReceived.IsZero() {
			row[1], row[2] = r.FirstReceived.In(zone).Format("02/01/2006 15:04"), a.onTime(r.Receipt)
		}
		if r.Used != nil {
			row[4], row[5], row[6] = strconv.Itoa(r.Used.Errors()), strconv.Itoa(r.Used.Warnings()), r.Used.File
		}
		if spans {
			row = append(row, r.Month)
		}
		t.AppendRow(row)
	}
	a.printf("%s\n", t.Render())
	for _, f := range s.Unused {
		a.printf("- %s\n", f.Message)
	}
	switch {
	case s.Revision == 0:
		a.println("status.never")
	case s.Signed:
		a.println("status.signed", "revision", fmt.Sprint(s.Revision), "time", s.PublishedAt.In(zone))
	default:
		a.println("status.revision", "revision", fmt.Sprint(s.Revision), "time", s.PublishedAt.In(zone))
	}
}

// owedCodes is how many codes of owed figures a line of the terminal names.
const owedCodes = 2

// statusOf is what became of a report, with what the office has decided about it.
func (a *app) statusOf(r summary.Receipt, zone *time.Location) string {
	status := a.say.Status(r.Status)
	if r.Extended {
		status = a.say.Say("status.extended", "status", status, "at", r.Deadline.In(zone))
	}
	if r.Closed {
		status = a.say.Say("status.closed", "status", status)
	}
	return status
}

// newTable is a table for the terminal.
func newTable() table.Writer {
	t := table.NewWriter()
	t.SetStyle(table.StyleLight)
	t.Style().Format.Header = text.FormatDefault // capitals would hide the words' accents
	return t
}

func (a *app) onTime(r summary.Receipt) string {
	if r.OnTime {
		return a.say.Say("feedback.on_time")
	}
	return a.say.Say("feedback.late")
}
