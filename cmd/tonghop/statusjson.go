package main

import (
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/summary"
)

// statusRowJSON is one unit's report for one month.
type statusRowJSON struct {
	Unit       string   `json:"unit"`
	Period     string   `json:"period"`
	Name       string   `json:"name"`
	Status     string   `json:"status"`
	OnTime     bool     `json:"on_time"`
	ReceivedAt string   `json:"received_at,omitempty"`
	Deadline   string   `json:"deadline"`
	Extended   bool     `json:"extended,omitempty"`
	Closed     bool     `json:"closed,omitempty"`
	Errors     int      `json:"errors"`
	Warnings   int      `json:"warnings"`
	File       string   `json:"file,omitempty"`
	Owes       owesJSON `json:"owes"`
}

// owesJSON is what a unit owes, in full.
type owesJSON struct {
	// Report says that the whole report is owed, Due that the unit's deadline has
	// passed.
	Report  bool             `json:"report"`
	Due     bool             `json:"due"`
	Figures []owedFigureJSON `json:"figures,omitempty"`
	// Settled is ended, closed, imported or before where something is missing and
	// not asked for.
	Settled string `json:"settled,omitempty"`
}

type owedFigureJSON struct {
	Indicator string `json:"indicator"`
	State     string `json:"state"` // blank, refused or not_available
	Sheet     string `json:"sheet,omitempty"`
	Cell      string `json:"cell,omitempty"`
}

func newOwesJSON(o summary.Owed) owesJSON {
	out := owesJSON{Report: o.Report, Due: o.Due, Settled: string(o.Settled)}
	for _, f := range o.Figures {
		out.Figures = append(out.Figures, owedFigureJSON{f.Indicator.Code, f.State.String(), f.Value.Sheet, f.Value.Cell})
	}
	return out
}

func (a *app) statusJSON(s pipeline.Status, cat *catalogue.Catalogue) error {
	out := struct {
		Period    string          `json:"period"`
		Revision  int             `json:"revision"`
		Signed    bool            `json:"signed"`
		Units     []statusRowJSON `json:"units"`
		OutOfDate []outOfDateJSON `json:"out_of_date"`
	}{s.Period.String(), s.Revision, s.Signed, nil, a.newOutOfDateJSON(s.OutOfDate, cat)}
	for _, r := range s.Owed {
		one := statusRowJSON{
			Unit: r.Unit.ID, Period: r.Month.String(), Name: r.Unit.Title(), Status: string(r.Status), OnTime: r.OnTime,
			Deadline: r.Deadline.Format(time.RFC3339), Extended: r.Extended, Closed: r.Closed, Owes: newOwesJSON(r),
		}
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
