package main

import (
	"bytes"
	"crypto/x509"
	"errors"
	"os"
	"time"

	"tonghop/cmd/tonghop/settings"
	"tonghop/pipeline/mailing"
	"tonghop/pipeline/notify"
	"tonghop/pipeline/period"
)

const (
	// mailTimeout bounds connecting to the mail server, and each message.
	mailTimeout = time.Minute
	// mostMessages is how many messages one pass sends: servers turn away who sends
	// many at once.
	mostMessages = 50
)

// wantedMail is what the office wants sent.
func wantedMail(m settings.Mail) mailing.Settings {
	hour, minute, _ := period.ParseClock(m.At) // checked when the settings were read
	return mailing.Settings{
		Before: m.Reminders.Before, After: m.Reminders.After, Hour: hour, Minute: minute,
		Receipts: m.Receipts, ReportTo: m.ReportTo, DraftTo: m.DraftTo, Most: mostMessages,
	}
}

// mailServer is the server with its password, which is read each time: an admin
// changes it without a restart.
func mailServer(s settings.Settings) (notify.Server, error) {
	m := s.Mail
	server := notify.Server{
		Host: m.Server, Port: m.Port, Security: m.TLS, Auth: m.Auth, Username: m.Username,
		From: m.From, Name: m.FromName, ReplyTo: m.ReplyTo, Timeout: mailTimeout,
	}
	if server.Name == "" {
		server.Name = s.Office.Superior
	}
	unreadable := func(file string, err error) error {
		return &failure{code: exitDefinitions, key: "mail_file", facts: []any{"file", file, "detail", err.Error()}, underlie: err}
	}
	if m.CAFile != "" {
		data, err := os.ReadFile(m.CAFile)
		if err != nil {
			return server, unreadable(m.CAFile, err)
		}
		server.Trust = x509.NewCertPool()
		if !server.Trust.AppendCertsFromPEM(data) {
			return server, unreadable(m.CAFile, errors.New("it holds no certificate in PEM"))
		}
	}
	switch {
	case m.PasswordFile != "":
		data, err := os.ReadFile(m.PasswordFile)
		if err != nil {
			return server, unreadable(m.PasswordFile, err)
		}
		server.Password = string(bytes.TrimRight(bytes.TrimPrefix(data, []byte("\ufeff")), "\r\n"))
	case m.PasswordEnv != "":
		server.Password = os.Getenv(m.PasswordEnv)
	}
	if m.Username != "" && server.Password == "" {
		return server, &failure{code: exitDefinitions, key: "mail_password", facts: []any{"source", m.PasswordFile + m.PasswordEnv}}
	}
	return server, nil
}
