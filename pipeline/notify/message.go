package notify

import (
	"bytes"
	"fmt"
	stdmail "net/mail"
	"strings"
	"time"
	"unicode"

	mail "github.com/wneessen/go-mail"
	"golang.org/x/text/unicode/norm"

	"tonghop/pipeline/mailaddress"
)

// Message is a plain text to one address.
type Message struct {
	To      string // address
	Subject string
	Body    string
	// ID tells the same message sent twice from two messages: receivers drop the
	// second. Without the brackets, such as abc@coquan.vn.
	ID          string
	Date        time.Time
	Attachments []Attachment
}

// Attachment is a file sent along.
type Attachment struct {
	Name string // ASCII, so that every mail program shows it
	Data []byte
}

// HeaderError says that a line of a message's head would end where it must not:
// what stands behind it would become a line of its own.
type HeaderError struct{ Field, Value string }

func (e *HeaderError) Error() string {
	return fmt.Sprintf("the %s of a message holds a line break or another control character: %q", e.Field, e.Value)
}

// AddressError says that there is no such address.
type AddressError struct{ Field, Value string }

func (e *AddressError) Error() string {
	return fmt.Sprintf("%s %q %v", e.Field, e.Value, mailaddress.ErrInvalid)
}

// compose makes the message as it goes over the wire. Equal messages give equal
// bytes but for the boundary between text and attachments.
func (s Server) compose(m Message) (*mail.Msg, error) {
	heads := []struct{ field, value string }{{"subject", m.Subject}, {"sender", s.Name}, {"message id", m.ID}}
	for _, a := range m.Attachments {
		heads = append(heads, struct{ field, value string }{"attachment", a.Name})
	}
	for _, h := range heads {
		if strings.ContainsFunc(h.value, unicode.IsControl) {
			return nil, &HeaderError{Field: h.field, Value: h.value}
		}
	}
	addresses := []struct{ field, value string }{{"to", m.To}, {"from", s.From}}
	if s.ReplyTo != "" {
		addresses = append(addresses, struct{ field, value string }{"reply_to", s.ReplyTo})
	}
	for _, a := range addresses {
		if mailaddress.Check(a.value) != nil {
			return nil, &AddressError{Field: a.field, Value: a.value}
		}
	}
	msg := mail.NewMsg(mail.WithNoDefaultUserAgent())
	msg.FromMailAddress(&stdmail.Address{Name: norm.NFC.String(s.Name), Address: s.From})
	msg.ToMailAddress(&stdmail.Address{Address: m.To})
	if s.ReplyTo != "" {
		msg.ReplyToMailAddress(&stdmail.Address{Address: s.ReplyTo})
	}
	msg.Subject(norm.NFC.String(m.Subject))
	msg.SetMessageIDWithValue(m.ID)
	msg.SetDateWithValue(m.Date)
	// RFC 3834: no out-of-office reply to what a program sends.
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetBodyString(mail.TypeTextPlain, norm.NFC.String(m.Body))
	for _, a := range m.Attachments {
		msg.AttachReadSeeker(a.Name, bytes.NewReader(a.Data))
	}
	return msg, nil
}

// oneLine keeps what a server answers on one line.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
