package feedback

import "strings"

// receipt are the facts of a receipt, in words; empty where they are not known.
type receipt struct {
	number, period, window string
	time, from, onTime     string // received
	deadline               string
	used                   string
	cells                  int    // to correct
	before, passed         string // when, where there is anything to correct
}

func (c composer) facts() receipt {
	number := []string{c.SHA256[:min(8, len(c.SHA256))]}
	if c.UnitID != "" {
		number = append([]string{c.UnitID}, number...)
	}
	r := receipt{used: c.used(), cells: c.cellsToCorrect()}
	if !c.Period.IsZero() {
		number = append([]string{c.Period.String()}, number...)
		r.period, r.window = c.Phrases.Month(c.Period), c.Phrases.Window(c.Window)
	}
	r.number = strings.Join(number, "/")
	if !c.ReceivedAt.IsZero() {
		r.time = c.Phrases.DateTime(c.ReceivedAt)
		if c.ReceivedFrom != "" {
			r.from = c.Phrases.ReceivedFrom(c.ReceivedFrom)
		}
	}
	if c.Deadline.IsZero() || c.ReceivedAt.IsZero() {
		return r
	}
	key, due := "feedback.late", &r.passed
	if c.OnTime {
		key, due = "feedback.on_time", &r.before
	}
	r.onTime, r.deadline = c.say(key), c.Phrases.DateTime(c.Deadline)
	if r.cells > 0 {
		*due = r.deadline
	}
	return r
}

// receipt is the sentence that a unit may hold on to.
func (c composer) receipt() string {
	r := c.facts()
	return c.say("feedback.receipt", "number", r.number, "unit", c.Unit,
		"period", r.period, "window", r.window, "time", r.time, "from", r.from, "on_time", r.onTime,
		"used", r.used, "cells", r.cells, "deadline", r.before, "passed", r.passed, "contact", c.Contact)
}
