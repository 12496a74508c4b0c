// Package smtptest is a mail server for tests: a real one on loopback, with TLS
// under a certificate of its own, that can be told to refuse, to put off and to
// hang up.
package smtptest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/md5" //nolint:gosec // CRAM-MD5 is what old servers speak
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"math/big"
	"net"
	"net/textproto"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// The account that the server knows.
const (
	User     = "tonghop"
	Password = "mật khẩu 1"
)

// HangUp in place of an answer breaks the connection off.
const HangUp = "hang up"

// Server is a running server. Its fields are changed by New alone.
type Server struct {
	Host        string
	Port        int
	Certificate []byte // PEM
	Trust       *x509.CertPool

	// Implicit: TLS from the first byte on. NoTLS: none is offered.
	Implicit, NoTLS bool
	// Auths are offered, such as "PLAIN LOGIN"; empty offers none and asks for none.
	Auths string

	listener net.Listener
	config   *tls.Config

	mu       sync.Mutex
	answer   func(verb, argument string) string
	received []Received
	dialled  int
}

// Received is a message that the server took.
type Received struct {
	From, To string
	Data     string // as sent, with LF
	TLS      bool
	User     string
}

// New starts a server, with its fields changed before anybody can call it, that is
// stopped when the test ends.
func New(t testing.TB, change ...func(*Server)) *Server {
	t.Helper()
	certificate, pemBytes := certify(t)
	trust := x509.NewCertPool()
	trust.AppendCertsFromPEM(pemBytes)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{
		Host: "127.0.0.1", Port: listener.Addr().(*net.TCPAddr).Port, Certificate: pemBytes, Trust: trust,
		Auths: "PLAIN LOGIN CRAM-MD5", listener: listener, config: &tls.Config{Certificates: []tls.Certificate{certificate}},
		answer: func(string, string) string { return "" },
	}
	for _, c := range change {
		c(s)
	}
	var open sync.WaitGroup
	open.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			open.Go(func() { s.serve(conn) })
		}
	})
	t.Cleanup(func() {
		_ = listener.Close()
		open.Wait()
	})
	return s
}

// Answer lets rule answer in the server's place: it is asked with each command
// and what stands behind it, with "." when a message has come whole, and with
// "DIAL" for the greeting; "" leaves the answer to the server.
func (s *Server) Answer(rule func(verb, argument string) string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answer = rule
}

// Received are the messages taken so far.
func (s *Server) Received() []Received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.received)
}

// Dialled counts the connections so far.
func (s *Server) Dialled() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.dialled
}

// Stop lets nobody in any more.
func (s *Server) Stop() { _ = s.listener.Close() }

func (s *Server) ruled(verb, argument string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if verb == "DIAL" {
		s.dialled++
	}
	return s.answer(verb, argument)
}

// session is one connection.
type session struct {
	*Server
	conn net.Conn
	text *textproto.Conn
	tls  bool
	user string
	mail Received
}

func (s *Server) serve(conn net.Conn) {
	c := &session{Server: s, conn: conn}
	defer func() { _ = c.conn.Close() }()
	_ = conn.SetDeadline(time.Now().Add(time.Minute))
	if s.Implicit {
		c.conn, c.tls = tls.Server(conn, s.config), true
	}
	c.text = textproto.NewConn(c.conn)
	if !c.say("DIAL", "", "220 smtptest") {
		return
	}
	for {
		line, err := c.text.ReadLine()
		if err != nil {
			return
		}
		verb, argument, _ := strings.Cut(line, " ")
		if !c.command(strings.ToUpper(verb), argument) {
			return
		}
	}
}

// say gives the rule's answer, or else the server's own; false ends the session.
func (c *session) say(verb, argument, own string) bool {
	answer := own
	if ruled := c.ruled(verb, argument); ruled != "" {
		answer = ruled
	}
	if answer == HangUp {
		return false
	}
	err := c.text.PrintfLine("%s", answer)
	return err == nil && !strings.HasPrefix(answer, "421") && !strings.HasPrefix(answer, "221")
}

func (c *session) command(verb, argument string) bool {
	switch verb {
	case "EHLO":
		lines := []string{"smtptest", "8BITMIME"}
		if !c.tls && !c.NoTLS {
			lines = append(lines, "STARTTLS")
		}
		if c.Auths != "" {
			lines = append(lines, "AUTH "+c.Auths)
		}
		for i, l := range lines {
			lines[i] = "250-" + l
			if i == len(lines)-1 {
				lines[i] = "250 " + l
			}
		}
		return c.say(verb, argument, strings.Join(lines, "\r\n"))
	case "STARTTLS":
		if !c.say(verb, argument, "220 go ahead") {
			return false
		}
		c.conn, c.tls = tls.Server(c.conn, c.config), true
		c.text = textproto.NewConn(c.conn)
		return true
	case "AUTH":
		return c.say(verb, argument, c.auth(argument))
	case "MAIL":
		if c.Auths != "" && c.user == "" {
			return c.say(verb, argument, "530 5.7.0 Authentication required")
		}
		c.mail = Received{From: address(argument), TLS: c.tls, User: c.user}
		return c.say(verb, argument, "250 ok")
	case "RCPT":
		c.mail.To = address(argument)
		return c.say(verb, c.mail.To, "250 ok")
	case "DATA":
		if refused := c.ruled(verb, c.mail.To); refused != "" {
			return refused != HangUp && c.text.PrintfLine("%s", refused) == nil
		}
		if c.text.PrintfLine("354 go on") != nil {
			return false
		}
		data, err := c.text.ReadDotBytes()
		if err != nil {
			return false
		}
		c.mail.Data = string(data)
		taken := c.ruled(".", c.mail.To)
		if taken == "" || taken == HangUp { // hanging up it has the message, and nobody knows
			c.mu.Lock()
			c.received = append(c.received, c.mail)
			c.mu.Unlock()
		}
		switch taken {
		case HangUp:
			return false
		case "":
			taken = "250 2.0.0 queued"
		}
		return c.text.PrintfLine("%s", taken) == nil
	case "QUIT":
		return c.say(verb, argument, "221 bye")
	case "RSET", "NOOP":
		return c.say(verb, argument, "250 ok")
	}
	return c.say(verb, argument, "502 what?")
}

func address(argument string) string {
	_, rest, _ := strings.Cut(argument, "<")
	address, _, _ := strings.Cut(rest, ">")
	return address
}

// auth asks for name and password and gives the answer to them.
func (c *session) auth(argument string) string {
	way, first, _ := strings.Cut(argument, " ")
	var name, word string
	switch strings.ToUpper(way) {
	case "PLAIN":
		parts := strings.Split(decode(first), "\x00")
		if len(parts) == 3 {
			name, word = parts[1], parts[2]
		}
	case "LOGIN":
		name, word = c.ask("Username:"), c.ask("Password:")
	case "CRAM-MD5":
		const challenge = "<1.2@smtptest>"
		var sum string
		name, sum, _ = strings.Cut(c.ask(challenge), " ")
		mac := hmac.New(md5.New, []byte(Password))
		mac.Write([]byte(challenge))
		if hex.EncodeToString(mac.Sum(nil)) == sum {
			word = Password
		}
	}
	if name != User || word != Password {
		return "535 5.7.8 Authentication credentials invalid"
	}
	c.user = name
	return "235 2.7.0 welcome"
}

func (c *session) ask(what string) string {
	_ = c.text.PrintfLine("334 %s", base64.StdEncoding.EncodeToString([]byte(what)))
	line, _ := c.text.ReadLine()
	return decode(line)
}

func decode(text string) string {
	data, _ := base64.StdEncoding.DecodeString(text)
	return string(data)
}

// certify makes a certificate of the server's own.
func certify(t testing.TB) (tls.Certificate, []byte) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	about := x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "smtptest"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour), IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, &about, &about, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key},
		pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
}

// Head gives a header of a message, as it stands on its line.
func (r Received) Head(name string) string {
	for line := range strings.SplitSeq(r.Data, "\n") {
		if line == "" {
			break
		}
		if value, ok := strings.CutPrefix(line, name+": "); ok {
			return value
		}
	}
	return ""
}
