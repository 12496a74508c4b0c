// Package notify owns what leaves the office by itself: e-mail over SMTP, and
// the command that the admin lets run. It knows nothing of reports or units, and
// remembers nothing: what was sent the caller records.
package notify

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/textproto"
	"strconv"
	"strings"
	"time"

	mail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"
)

// Security is how the connection is protected.
type Security string

// The kinds of protection.
const (
	StartTLS Security = "starttls" // TLS is asked for and must be granted
	TLS      Security = "tls"      // TLS from the first byte on
	None     Security = "none"     // nothing, for a server on the same machine
)

// Securities lists them.
var Securities = []Security{StartTLS, TLS, None}

// Auth is how the office shows who it is.
type Auth string

// The ways. Without protection a password goes to a server on the same machine only.
const (
	AuthAny   Auth = "auto" // the best that the server offers
	AuthPlain Auth = "plain"
	AuthLogin Auth = "login"
	AuthCRAM  Auth = "cram-md5"
)

// Auths lists them.
var Auths = []Auth{AuthAny, AuthPlain, AuthLogin, AuthCRAM}

// Server is a mail server and how the office is known to it.
type Server struct {
	Host     string
	Port     int // 0 is 587, or 465 for TLS
	Security Security
	Auth     Auth
	Username string // empty where the server asks for none
	Password string

	From    string // address
	Name    string // of the sender, as read; may be empty
	ReplyTo string // address; may be empty

	// Timeout bounds connecting, and then each message.
	Timeout time.Duration
	// Trust are the authorities that may vouch for the server; nil are the system's.
	Trust *x509.CertPool
}

// Fate is what became of a message that was not sent.
type Fate int

// The fates.
const (
	// Unreachable: the server could not be spoken to, or does not accept the office
	// as a sender. It says nothing of the message.
	Unreachable Fate = iota + 1
	// Deferred: not now; the same message may go through later.
	Deferred
	// Refused: not this message to this address, whenever it is tried.
	Refused
	// Uncertain: the connection broke after the message was handed over and before
	// the server answered. It may have been sent.
	Uncertain
)

// Failure says why a message was not, or not surely, sent.
type Failure struct {
	Fate   Fate
	Answer string // of the server or the system, on one line
	Err    error
}

func (f *Failure) Error() string { return f.Answer }

// Unwrap returns what the server or the system said.
func (f *Failure) Unwrap() error { return f.Err }

// Sender sends messages over one connection, which it opens when the first is
// sent and again when it was lost. It is for one goroutine.
type Sender struct {
	server Server
	client *smtp.Client
}

// NewSender does not connect yet.
func NewSender(server Server) *Sender { return &Sender{server: server} }

// Close ends the connection, if there is one.
func (s *Sender) Close() {
	if s.client != nil {
		_ = s.client.Quit() // every message was answered before
		s.client = nil
	}
}

// Send sends one message to one address. The error is *Failure, or what is wrong
// with the message itself. Once begun a message is carried through within the
// timeout whatever becomes of ctx: breaking off would leave it uncertain.
func (s *Sender) Send(ctx context.Context, m Message) error {
	composed, err := s.server.compose(m)
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if s.client != nil && (s.client.UpdateDeadline(s.server.Timeout) != nil || s.client.Noop() != nil) {
		s.drop()
	}
	if s.client == nil {
		if s.client, err = s.server.connect(ctx); err != nil {
			s.client = nil
			return failed(Unreachable, err)
		}
	}
	if err := s.client.UpdateDeadline(s.server.Timeout); err != nil {
		return s.lost(Deferred, err)
	}
	if err := s.client.Mail("<" + s.server.From + ">"); err != nil {
		return s.answered(Unreachable, Unreachable, err)
	}
	if err := s.client.Rcpt("<" + m.To + ">"); err != nil {
		return s.answered(Deferred, Refused, err)
	}
	data, err := s.client.Data()
	if err != nil {
		return s.answered(Deferred, Refused, err)
	}
	if _, err := composed.WriteTo(data); err != nil {
		return s.lost(Deferred, err) // without its last line the server discards it
	}
	if err := data.Close(); err != nil {
		var said *textproto.Error
		if !errors.As(err, &said) {
			return s.lost(Uncertain, err)
		}
		return s.answered(Deferred, Refused, err)
	}
	return nil
}

// answered tells what the server's answer makes of a message, by the kind of its
// code, and keeps the connection where it can be kept.
func (s *Sender) answered(temporary, permanent Fate, err error) error {
	var said *textproto.Error
	if !errors.As(err, &said) || said.Code == 421 { // gone, or about to go
		return s.lost(temporary, err)
	}
	if s.client.Reset() != nil {
		s.drop()
	}
	if said.Code >= 500 {
		return failed(permanent, err)
	}
	return failed(temporary, err)
}

func (s *Sender) lost(fate Fate, err error) error {
	s.drop()
	return failed(fate, err)
}

// drop breaks the connection off without a word.
func (s *Sender) drop() {
	_ = s.client.Close()
	s.client = nil
}

func failed(fate Fate, err error) error {
	answer := err.Error()
	if said, ok := errors.AsType[*textproto.Error](err); ok { // as the server put it, without quotes
		answer = strings.Replace(answer, said.Error(), strconv.Itoa(said.Code)+" "+said.Msg, 1)
	}
	return &Failure{Fate: fate, Answer: oneLine(answer), Err: err}
}

// Address is where the server is called, with the port that is used.
func (s Server) Address() string { return net.JoinHostPort(s.Host, strconv.Itoa(s.port())) }

func (s Server) port() int {
	switch {
	case s.Port != 0:
		return s.Port
	case s.Security == TLS:
		return mail.DefaultPortSSL
	}
	return mail.DefaultPortTLS
}

// connect greets the server, protects the connection and shows who the office is.
func (s Server) connect(ctx context.Context) (*smtp.Client, error) {
	protection := &tls.Config{ServerName: s.Host, MinVersion: tls.VersionTLS12, RootCAs: s.Trust}
	policy := mail.NoTLS
	if s.Security == StartTLS {
		policy = mail.TLSMandatory
	}
	var conn net.Conn // the library leaves it open where greeting fails
	dial := func(ctx context.Context, network, _ string) (net.Conn, error) {
		var err error
		address := s.Address()
		if s.Security == TLS {
			conn, err = (&tls.Dialer{Config: protection}).DialContext(ctx, network, address)
		} else {
			conn, err = (&net.Dialer{}).DialContext(ctx, network, address)
		}
		return conn, err
	}
	options := []mail.Option{
		mail.WithPort(s.port()), mail.WithTimeout(s.Timeout), mail.WithTLSPolicy(policy), mail.WithTLSConfig(protection),
		mail.WithDialContextFunc(dial), mail.WithoutSMTPUTF8(),
	}
	if s.Username != "" {
		options = append(options, mail.WithUsername(s.Username), mail.WithPassword(s.Password), s.Auth.option())
	}
	client, err := mail.NewClient(s.Host, options...)
	if err != nil {
		return nil, err
	}
	greeted, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil && conn != nil {
		_ = conn.Close()
	}
	return greeted, err
}

func (a Auth) option() mail.Option {
	switch a {
	case AuthPlain:
		return mail.WithSMTPAuth(mail.SMTPAuthPlain)
	case AuthLogin:
		return mail.WithSMTPAuth(mail.SMTPAuthLogin)
	case AuthCRAM:
		return mail.WithSMTPAuth(mail.SMTPAuthCramMD5)
	}
	return mail.WithOpportunisticSMTPAuth(mail.SMTPAuthSCRAMSHA256, mail.SMTPAuthPlain, mail.SMTPAuthLogin, mail.SMTPAuthCramMD5)
}

// Loopback reports whether a host is this machine. A name other than localhost
// is not looked up: what it leads to may change.
func Loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
