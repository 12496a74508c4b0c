package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"time"

	"tonghop/cmd/tonghop/health"
	"tonghop/cmd/tonghop/settings"
	"tonghop/pipeline/report"
	"tonghop/pipeline/report/pdf"
)

func (d *doctor) checkSettings(context.Context) result {
	if d.settingsErr != nil {
		return broken(d.settingsErr)
	}
	return found(standsOK, "settings", "file", settings.FileName(d.configFile))
}

func (d *doctor) checkCatalogue(context.Context) result {
	switch {
	case !d.known():
		return skipped
	case d.defsErr != nil:
		return broken(d.defsErr)
	}
	c := d.catalogue
	return found(standsOK, "catalogue", "id", c.ID, "units", len(c.Units), "indicators", len(c.Indicators))
}

// nextYearFrom is when next year's days off should be known: they are announced in
// autumn, and December's deadline is the first that they can move.
const nextYearFrom = time.November

func (d *doctor) checkCalendar(context.Context) result {
	if d.catalogue == nil || d.timetable.Zone == nil {
		return found(standsUnchecked, "no_catalogue")
	}
	now := d.now().In(d.timetable.Zone)
	year := now.Year()
	if d.catalogue.Calendar.Covers(year) && (now.Month() < nextYearFrom || d.catalogue.Calendar.Covers(year+1)) {
		return found(standsOK, "calendar", "year", yearName(year))
	}
	if d.catalogue.Calendar.Covers(year) {
		year++
	}
	return found(standsWarning, "calendar_missing", "year", yearName(year))
}

// yearName keeps a year from being grouped like a count.
func yearName(year int) string { return time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC).Format("2006") }

func (d *doctor) checkWording(context.Context) result {
	if !d.known() {
		return skipped
	}
	if _, err := d.phrases(d.settings.Wording); err != nil {
		return broken(err)
	}
	if d.settings.Wording == "" {
		return found(standsOK, "wording_shipped")
	}
	return found(standsOK, "wording", "folder", d.settings.Wording)
}

// checkSchedule tells what the settings' schedule would do too early, and what it
// did: reports that came once it had found nothing are not made by it.
func (d *doctor) checkSchedule(ctx context.Context) result {
	if d.catalogue == nil || d.timetable.Zone == nil {
		return found(standsUnchecked, "no_catalogue")
	}
	timetable := d.timetable
	timetable.Calendar = d.catalogue.Calendar
	plan, whole := d.settings.Plan(timetable)
	if !whole {
		return skipped // told with the settings
	}
	if early := d.earlyDues(plan, d.now(), timetable.Zone); len(early) > 0 {
		r := found(standsWarning, "schedule_early", "n", len(early))
		r.details = early
		return r
	}
	passed, err := d.passedOver(ctx)
	if err != nil && !errors.Is(err, errNotRead) { // a ledger that cannot be read is told by its own check
		return broken(err)
	}
	if len(passed) > 0 {
		r := found(standsWarning, "schedule_passed_over", "n", len(passed))
		r.details = passed
		return r
	}
	next, ok := plan.Next(d.now())
	if !ok {
		return found(standsOK, "schedule_none")
	}
	return found(standsOK, "schedule", "period", next.Period, "at", next.At.In(timetable.Zone))
}

// vietnameseLetters are those of the Vietnamese alphabet with every mark.
const vietnameseLetters = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ" +
	"AÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬEÈÉẺẼẸÊỀẾỂỄỆIÌÍỈĨỊOÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢUÙÚỦŨỤƯỪỨỬỮỰYỲÝỶỸỴĐ"

// checkFont draws a page with every letter.
func (d *doctor) checkFont(context.Context) result {
	if lacking := pdf.Lacking(vietnameseLetters); lacking != "" {
		return found(standsFailed, "font_lacks", "letters", lacking)
	}
	page := report.Section{Blocks: []report.Block{report.Paragraph{Text: vietnameseLetters}}}
	if _, err := pdf.Draw(report.Document{Title: vietnameseLetters, Sections: []report.Section{page}}, pdf.Options{Created: d.now()}); err != nil {
		return broken(err)
	}
	return found(standsOK, "font")
}

// listenWait is how long the endpoint for monitors may take to answer.
const listenWait = 3 * time.Second

// checkListen asks the service, where it is to be asked; one that does not run is
// no fault, but another program at its address is.
func (d *doctor) checkListen(ctx context.Context) result {
	address := d.settings.Listen
	switch {
	case !d.known() || d.settings.ListenError() != nil:
		return skipped
	case address == "":
		return found(standsOK, "listen_off")
	}
	if free, err := net.Listen("tcp", address); err == nil {
		if err := free.Close(); err != nil {
			return broken(err)
		}
		return found(standsOK, "listen_free", "address", address)
	}
	ctx, cancel := context.WithTimeout(ctx, listenWait)
	defer cancel()
	var told health.Report
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+"/health", nil)
	if err != nil {
		return broken(err)
	}
	answer, err := http.DefaultTransport.RoundTrip(request)
	if err == nil {
		defer answer.Body.Close()
		err = json.NewDecoder(io.LimitReader(answer.Body, 1<<20)).Decode(&told)
	}
	switch {
	case err != nil || told.Version == "":
		return found(standsFailed, "listen_taken", "address", address)
	case len(told.Reasons) > 0:
		r := found(standsWarning, "listen_failing", "address", address)
		for _, reason := range told.Reasons {
			r.details = append(r.details, plain(reason.Reason+": "+reason.Detail))
		}
		return r
	}
	return found(standsOK, "listen", "address", address, "version", told.Version)
}
