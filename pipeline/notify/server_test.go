package notify

import (
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"

	"tonghop/pipeline/notify/smtptest"
)

func known(s *smtptest.Server) Server {
	return Server{
		Host: s.Host, Port: s.Port, Security: StartTLS, Auth: AuthAny, Username: smtptest.User, Password: smtptest.Password,
		From: "tonghop@coquan.vn", Name: "Hội LHPN Hà Nội", ReplyTo: "vanphong@coquan.vn", Timeout: 10 * time.Second, Trust: s.Trust,
	}
}

func letter(to string) Message {
	return Message{
		To: to, Subject: "Nhắc nộp báo cáo tháng 6/2025", Body: "Kính gửi: Hội LHPN quận Ba Đình\n.\nĐề nghị gửi báo cáo.\n",
		ID: "1@coquan.vn", Date: time.Date(2025, 6, 13, 8, 0, 0, 0, time.FixedZone("", 7*3600)),
	}
}

func fateOf(t *testing.T, err error) Fate {
	t.Helper()
	if err == nil {
		return 0
	}
	var failed *Failure
	if !errors.As(err, &failed) {
		t.Fatalf("%v is no failure", err)
	}
	return failed.Fate
}

func TestSendOverEveryKindOfConnection(t *testing.T) {
	for name, c := range map[string]struct {
		server func(*smtptest.Server)
		known  func(*Server)
		tls    bool
		user   string
	}{
		"STARTTLS":       {tls: true, user: smtptest.User},
		"TLS":            {server: func(s *smtptest.Server) { s.Implicit = true }, known: func(s *Server) { s.Security = TLS }, tls: true, user: smtptest.User},
		"none, loopback": {server: func(s *smtptest.Server) { s.NoTLS = true }, known: func(s *Server) { s.Security, s.Auth = None, AuthPlain }, user: smtptest.User},
		"no account":     {server: func(s *smtptest.Server) { s.Auths = "" }, known: func(s *Server) { s.Username = "" }, tls: true},
		"plain":          {known: func(s *Server) { s.Auth = AuthPlain }, tls: true, user: smtptest.User},
		"login":          {known: func(s *Server) { s.Auth = AuthLogin }, tls: true, user: smtptest.User},
		"cram":           {known: func(s *Server) { s.Auth = AuthCRAM }, tls: true, user: smtptest.User},
		"only login":     {server: func(s *smtptest.Server) { s.Auths = "LOGIN" }, tls: true, user: smtptest.User},
		"only cram":      {server: func(s *smtptest.Server) { s.Auths = "CRAM-MD5" }, tls: true, user: smtptest.User},
	} {
		t.Run(name, func(t *testing.T) {
			if c.server == nil {
				c.server = func(*smtptest.Server) {}
			}
			server := smtptest.New(t, c.server)
			to := known(server)
			if c.known != nil {
				c.known(&to)
			}
			sender := NewSender(to)
			defer sender.Close()
			for _, address := range []string{"a@x.vn", "b@x.vn"} {
				if err := sender.Send(t.Context(), letter(address)); err != nil {
					t.Fatal(err)
				}
			}
			got := server.Received()
			if len(got) != 2 || got[0].To != "a@x.vn" || got[1].To != "b@x.vn" || server.Dialled() != 1 {
				t.Fatalf("%+v over %d connections", got, server.Dialled())
			}
			if got[0].TLS != c.tls || got[0].User != c.user || got[0].From != "tonghop@coquan.vn" {
				t.Errorf("TLS %v, user %q, from %q", got[0].TLS, got[0].User, got[0].From)
			}
		})
	}
}

func TestAPasswordIsNotGivenAway(t *testing.T) {
	for name, change := range map[string]func(*smtptest.Server, *Server){
		"no STARTTLS":           func(s *smtptest.Server, _ *Server) { s.NoTLS = true },
		"an unknown authority":  func(_ *smtptest.Server, k *Server) { k.Trust = nil },
		"a certificate's name":  func(_ *smtptest.Server, k *Server) { k.Host = "localhost" },
		"a wrong password":      func(_ *smtptest.Server, k *Server) { k.Password = "x" },
		"nothing is known here": func(s *smtptest.Server, _ *Server) { s.Auths = "" },
	} {
		t.Run(name, func(t *testing.T) {
			server := smtptest.New(t)
			to := known(server)
			change(server, &to)
			sender := NewSender(to)
			defer sender.Close()
			if err := sender.Send(t.Context(), letter("a@x.vn")); fateOf(t, err) != Unreachable || len(server.Received()) > 0 {
				t.Errorf("%v, %d received", err, len(server.Received()))
			}
		})
	}
}

func TestTheServersAnswerDecidesAMessagesFate(t *testing.T) {
	for _, c := range []struct {
		verb, answer string
		want         Fate
		received     int // of the message whose fate it is
	}{
		{"RCPT", "550 5.1.1 no such user", Refused, 0},
		{"RCPT", "450 4.2.1 try later", Deferred, 0},
		{"RCPT", "421 4.3.2 closing", Deferred, 0},
		{"RCPT", smtptest.HangUp, Deferred, 0},
		{"DATA", "451 4.7.1 greylisted", Deferred, 0},
		{"DATA", smtptest.HangUp, Deferred, 0},
		{".", "452 4.3.1 disk full", Deferred, 0},
		{".", "552 5.3.4 too large", Refused, 0},
		{".", smtptest.HangUp, Uncertain, 1},
		{"MAIL", "553 5.7.1 not your address", Unreachable, 0},
		{"MAIL", "451 4.3.0 not now", Unreachable, 0},
		{"DIAL", "554 5.3.2 no service", Unreachable, 0},
		{"DIAL", "421 4.3.2 too many", Unreachable, 0},
		{"EHLO", smtptest.HangUp, Unreachable, 0},
	} {
		t.Run(c.verb+" "+c.answer, func(t *testing.T) {
			server := smtptest.New(t)
			var wrong atomic.Bool
			wrong.Store(true)
			server.Answer(func(verb, argument string) string {
				if verb == c.verb && wrong.Load() {
					return c.answer
				}
				return ""
			})
			sender := NewSender(known(server))
			defer sender.Close()
			err := sender.Send(t.Context(), letter("a@x.vn"))
			if got := fateOf(t, err); got != c.want || len(server.Received()) != c.received {
				t.Fatalf("fate %d, want %d; %d received: %v", got, c.want, len(server.Received()), err)
			}
			wrong.Store(false) // whatever became of one, the next goes through
			if err := sender.Send(t.Context(), letter("b@x.vn")); err != nil || len(server.Received()) != c.received+1 {
				t.Errorf("the next: %v, %d received", err, len(server.Received()))
			}
		})
	}
	server := smtptest.New(t)
	server.Stop()
	if err := NewSender(known(server)).Send(t.Context(), letter("a@x.vn")); fateOf(t, err) != Unreachable || strings.Contains(err.Error(), "\n") {
		t.Errorf("%v", err)
	}
}

func TestAMessageSaysWhatItIsGiven(t *testing.T) {
	server := smtptest.New(t)
	sender := NewSender(known(server))
	defer sender.Close()
	m := letter("a@x.vn")
	m.Subject, m.Body = norm.NFD.String(m.Subject), norm.NFD.String(m.Body)
	pdf := []byte("%PDF-1.7\x00\xff\r\n.\r\nend")
	m.Attachments = []Attachment{{Name: "bao-cao-2025-06-r1.pdf", Data: pdf}}
	if err := sender.Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	read, err := mail.ReadMessage(strings.NewReader(server.Received()[0].Data))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := (&mime.WordDecoder{}).DecodeHeader(read.Header.Get("Subject"))
	if err != nil || subject != "Nhắc nộp báo cáo tháng 6/2025" {
		t.Errorf("subject %q, %v", subject, err)
	}
	from, err := read.Header.AddressList("From")
	if err != nil || from[0].Name != "Hội LHPN Hà Nội" || from[0].Address != "tonghop@coquan.vn" {
		t.Errorf("from %v, %v", from, err)
	}
	for name, want := range map[string]string{
		"To": "<a@x.vn>", "Reply-To": "<vanphong@coquan.vn>", "Message-Id": "<1@coquan.vn>", "Auto-Submitted": "auto-generated",
		"Date": "Fri, 13 Jun 2025 08:00:00 +0700", "User-Agent": "", "X-Mailer": "",
	} {
		if got := read.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	_, parameters, err := mime.ParseMediaType(read.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	parts := multipart.NewReader(read.Body, parameters["boundary"])
	text, err := parts.NextPart()
	if err != nil {
		t.Fatal(err)
	}
	if body, err := io.ReadAll(text); err != nil || strings.ReplaceAll(string(body), "\r\n", "\n") != letter("").Body ||
		!strings.Contains(text.Header.Get("Content-Type"), "UTF-8") {
		t.Errorf("body %q, %s, %v", body, text.Header.Get("Content-Type"), err)
	}
	file, err := parts.NextRawPart()
	if err != nil || file.FileName() != "bao-cao-2025-06-r1.pdf" || file.Header.Get("Content-Transfer-Encoding") != "base64" {
		t.Fatalf("attachment %v, %v", file.Header, err)
	}
	encoded, err := io.ReadAll(file)
	if err != nil || !slices.Equal(unbase64(t, encoded), pdf) {
		t.Errorf("attachment %q, %v", encoded, err)
	}
}

func TestNothingCanAddALineToAHead(t *testing.T) {
	server := smtptest.New(t)
	for name, change := range map[string]func(*Server, *Message){
		"subject":    func(_ *Server, m *Message) { m.Subject = "a\r\nBcc: b@x.vn" },
		"sender":     func(s *Server, _ *Message) { s.Name = "a\nBcc: b@x.vn" },
		"to":         func(_ *Server, m *Message) { m.To = "a@x.vn>\r\nRCPT TO:<b@x.vn" },
		"from":       func(s *Server, _ *Message) { s.From = "a@x.vn\r\n" },
		"reply_to":   func(s *Server, _ *Message) { s.ReplyTo = "a@x.vn, b@x.vn" },
		"attachment": func(_ *Server, m *Message) { m.Attachments = []Attachment{{Name: "a\r\nb.pdf"}} },
	} {
		to, m := known(server), letter("a@x.vn")
		change(&to, &m)
		sender := NewSender(to)
		var head *HeaderError
		var address *AddressError
		if err := sender.Send(t.Context(), m); !errors.As(err, &head) && !errors.As(err, &address) {
			t.Errorf("%s: %v", name, err)
		}
		sender.Close()
	}
	if n := len(server.Received()); n > 0 {
		t.Errorf("%d received", n)
	}
	if !Loopback("127.0.0.1") || !Loopback("localhost") || !Loopback("::1") || Loopback("mail.x.vn") || Loopback("10.0.0.1") || Loopback("") {
		t.Error("loopback")
	}
}

func unbase64(t *testing.T, text []byte) []byte {
	t.Helper()
	data, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(string(text)), ""))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestAServerThatHangsCostsOneTimeout(t *testing.T) {
	server := smtptest.New(t)
	release := make(chan struct{})
	t.Cleanup(func() { close(release) })
	server.Answer(func(verb, _ string) string {
		if verb == "RCPT" {
			<-release
		}
		return ""
	})
	to := known(server)
	sender := NewSender(to)
	if err := sender.connectNow(t); err != nil {
		t.Fatal(err)
	}
	sender.server.Timeout = 100 * time.Millisecond
	if err := sender.Send(t.Context(), letter("a@x.vn")); fateOf(t, err) != Deferred || !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("%v", err)
	}
}

// connectNow connects before the timeout is made short.
func (s *Sender) connectNow(t *testing.T) (err error) {
	s.client, err = s.server.connect(t.Context())
	return err
}

func TestAddress(t *testing.T) {
	for want, s := range map[string]Server{
		"mail.example:587":  {Host: "mail.example", Security: StartTLS},
		"mail.example:465":  {Host: "mail.example", Security: TLS},
		"mail.example:2525": {Host: "mail.example", Security: TLS, Port: 2525},
		"[::1]:25":          {Host: "::1", Security: None, Port: 25},
	} {
		if got := s.Address(); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
