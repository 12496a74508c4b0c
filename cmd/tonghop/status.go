package main

import (
	"fmt"
	"strconv"
	"time"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/spf13/cobra"

	"tonghop/pipeline"
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
)

func (a *app) statusCommand() *cobra.Command {
	var per string
	cmd := &cobra.Command{Use: "status", Short: a.say.Say("cli.status"), Args: cobra.NoArgs}
	cmd.Flags().StringVar(&per, "period", "latest", a.say.Say("flag.period"))
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		sel, err := a.selector(per)
		if err != nil {
			return err
		}
		p, err := a.pipeline()
		if err != nil {
			return err
		}
		s, err := p.Status(cmd.Context(), sel, a.now())
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
		"column.unit", "column.status", "column.received_at", "column.on_time", "column.errors", "column.warnings", "column.file",
	} {
		header = append(header, a.say.Say(key))
	}
	spans := s.Period.Kind != period.Monthly
	if spans {
		header = append(header, a.say.Say("column.period"))
	}
	t.AppendHeader(header)
	for _, r := range s.Receipts {
		row := table.Row{r.Unit.Title(), a.say.Status(r.Status), "", "", "", "", ""}
		if !r.FirstReceived.IsZero() {
			row[2] = r.FirstReceived.In(zone).Format("02/01/2006 15:04")
			row[3] = a.onTime(r)
		}
		if r.Extended {
			row[1] = a.say.Say("status.extended", "status", row[1], "at", r.Deadline.In(zone))
		}
		if r.Closed {
			row[1] = a.say.Say("status.closed", "status", row[1])
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

func (a *app) statusJSON(s pipeline.Status, cat *catalogue.Catalogue) error {
	type row struct {
		Unit       string `json:"unit"`
		Period     string `json:"period"`
		Name       string `json:"name"`
		Status     string `json:"status"`
		OnTime     bool   `json:"on_time"`
		ReceivedAt string `json:"received_at,omitempty"`
		Deadline   string `json:"deadline"`
		Extended   bool   `json:"extended,omitempty"`
		Closed     bool   `json:"closed,omitempty"`
		Errors     int    `json:"errors"`
		Warnings   int    `json:"warnings"`
		File       string `json:"file,omitempty"`
	}
	out := struct {
		Period    string          `json:"period"`
		Revision  int             `json:"revision"`
		Signed    bool            `json:"signed"`
		Units     []row           `json:"units"`
		OutOfDate []outOfDateJSON `json:"out_of_date"`
	}{s.Period.String(), s.Revision, s.Signed, nil, a.newOutOfDateJSON(s.OutOfDate, cat)}
	for _, r := range s.Receipts {
		one := row{Unit: r.Unit.ID, Period: r.Month.String(), Name: r.Unit.Title(), Status: string(r.Status), OnTime: r.OnTime,
			Deadline: r.Deadline.Format(time.RFC3339), Extended: r.Extended, Closed: r.Closed}
		if !r.FirstReceived.IsZero() {
			one.ReceivedAt = r.FirstReceived.Format(time.RFC3339)
		}
		if r.Used != nil {
			one.Errors, one.Warnings, one.File = r.Used.Errors(), r.Used.Warnings(), r.Used.File
		}
		out.Units = append(out.Units, one)
	}
	return a.printJSON(out)
}
