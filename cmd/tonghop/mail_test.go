package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"mime"
	"net/mail"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"tonghop/cmd/tonghop/settings"
	"tonghop/pipeline/notify/smtptest"
)

// mailServers are those of the scripts, by name.
type mailServers struct {
	t   *testing.T
	mu  sync.Mutex
	all map[string]*smtptest.Server
}

// start starts a mail server and adds it to settings: mailserver SETTINGS
func (m *mailServers) start(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: mailserver SETTINGS")
	}
	server := smtptest.New(m.t)
	m.mu.Lock()
	m.all[ts.Name()] = server
	m.mu.Unlock()
	ts.Check(useMailServer(ts.MkAbs(args[0]), server))
}

// box writes who got which subjects: mailbox FILE
func (m *mailServers) box(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: mailbox FILE")
	}
	m.mu.Lock()
	server := m.all[ts.Name()]
	m.mu.Unlock()
	lines, err := subjects(server)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Join(append(lines, ""), "\n")), 0o644))
}

func subjects(server *smtptest.Server) (lines []string, err error) {
	for _, r := range server.Received() {
		read, err := mail.ReadMessage(strings.NewReader(r.Data))
		if err != nil {
			return nil, err
		}
		subject, err := (&mime.WordDecoder{}).DecodeHeader(read.Header.Get("Subject"))
		if err != nil {
			return nil, err
		}
		lines = append(lines, r.To+" "+subject)
	}
	return lines, nil
}

// useMailServer adds a server to settings, with its authority and password in files
// beside them.
func useMailServer(settings string, server *smtptest.Server) error {
	dir := filepath.Dir(settings)
	if err := os.WriteFile(filepath.Join(dir, "ca.pem"), server.Certificate, 0o600); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "password.txt"), []byte(smtptest.Password+"\r\n"), 0o600); err != nil {
		return err
	}
	data, err := os.ReadFile(settings)
	if err != nil {
		return err
	}
	data = fmt.Appendf(data, "\nmail:\n  server: %s\n  port: %d\n  ca_file: ca.pem\n  username: %s\n  password_file: password.txt\n"+
		"  from: tonghop@x.vn\n  receipts: true\n  draft_to: [bien-tap@x.vn]\n", server.Host, server.Port, smtptest.User)
	return os.WriteFile(settings, data, 0o644)
}

// addresses gives units an address, hn-001@x.vn: addresses UNITS.CSV
func addresses(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: addresses UNITS.CSV")
	}
	ts.Check(giveAddresses(ts.MkAbs(args[0])))
}

func giveAddresses(units string) error {
	data, err := os.ReadFile(units)
	if err != nil {
		return err
	}
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		return err
	}
	column := slices.Index(rows[0], "email")
	for _, row := range rows[1:] {
		row[column] = strings.ToLower(row[0]) + "@x.vn"
	}
	var out bytes.Buffer
	if err := csv.NewWriter(&out).WriteAll(rows); err != nil {
		return err
	}
	return os.WriteFile(units, out.Bytes(), 0o644)
}

// The service reminds, answers a file by mail within a pass, and hands on what it
// publishes; started again it repeats nothing.
func TestServeWritesMailAndHandsOn(t *testing.T) {
	office := newOfficeFolder(t, "catalogue: hanoi\ncopy_published_to: copies\non_published: [tonghop, finding, number-not-whole]\n"+
		"schedule: {consolidate: {after_deadline_working_days: 1, at: \"09:00\"}}\n")
	if err := copyTree(filepath.Join(office, "hanoi"), filepath.Join(repository(), "templates", "hanoi")); err != nil {
		t.Fatal(err)
	}
	server := smtptest.New(t)
	for _, err := range []error{
		os.Mkdir(filepath.Join(office, "copies"), 0o755),
		giveAddresses(filepath.Join(office, "hanoi", "units.csv")),
		useMailServer(filepath.Join(office, settings.DefaultFile), server),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	zone := time.FixedZone("+07", 7*3600)
	s := serveIn(t, office, time.Date(2025, 6, 16, 8, 30, 0, 0, zone))
	s.says(`mail sent.*kind=reminder_before.*to=hn-282@x.vn`)
	if err := os.WriteFile(filepath.Join(office, "inputs", "ba-dinh.xlsx"), sample(t, "2025-06/ba-dinh.xlsx"), 0o644); err != nil {
		t.Fatal(err)
	}
	s.says(`mail sent.*kind=receipt.*to=hn-001@x.vn`)
	s.kill()

	s = serveIn(t, office, time.Date(2025, 6, 18, 8, 59, 55, 0, zone))
	s.says(`mail sent.*kind=reminder_after.*to=hn-282@x.vn`)
	s.says(`consolidated.*period=2025-06`)
	s.says(`report copied.*2025-06-report.pdf`)
	s.says(`command after publication.*period=2025-06.*revision=1.*number-not-whole`)
	s.says(`mail sent.*kind=draft.*to=bien-tap@x.vn`)
	if s.said(`kind=receipt|kind=reminder_before`) > 0 {
		t.Error("what was sent is sent again")
	}
	s.stop()
	sent, err := subjects(server)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, line := range sent {
		if seen[line] {
			t.Errorf("twice: %s", line)
		}
		seen[line] = true
	}
}
