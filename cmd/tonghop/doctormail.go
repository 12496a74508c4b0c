package main

import (
	"context"
	"net"
	"time"

	"tonghop/pipeline/period"
)

// mailDial is how long doctor waits for the mail server.
const mailDial = 5 * time.Second

// checkMail looks whether mail can be sent: what the settings name is there, the
// server takes connections, and the units that are written to have addresses. It logs in
// nowhere and sends nothing: `mail --test` does.
func (d *doctor) checkMail(ctx context.Context) result {
	switch {
	case !d.known() || d.settingsErr != nil:
		return skipped
	case !d.settings.Mail.On():
		return found(standsOK, "mail_off")
	}
	server, err := mailServer(d.settings)
	if err != nil {
		return broken(err)
	}
	dialer := net.Dialer{Timeout: mailDial}
	address := server.Address()
	line, err := dialer.DialContext(ctx, "tcp", address)
	if err != nil {
		return found(standsWarning, "mail_unreachable", "server", address, "detail", d.mailDetail(err.Error()))
	}
	_ = line.Close() // nothing was said
	if d.catalogue == nil {
		return found(standsOK, "no_catalogue")
	}
	today := period.DateIn(d.now(), d.timetable.Zone)
	units, silent := 0, 0
	for _, u := range d.catalogue.Units {
		if !u.ValidOn(today) || !u.Reminded() {
			continue // nothing is sent to it
		}
		units++
		if u.Email == "" {
			silent++
		}
	}
	if silent > 0 {
		return found(standsWarning, "mail_unaddressed", "server", address, "n", silent, "units", units)
	}
	return found(standsOK, "mail", "server", address, "units", units)
}
