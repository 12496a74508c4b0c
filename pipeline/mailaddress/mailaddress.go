// Package mailaddress owns what an e-mail address looks like, so that settings,
// catalogue and sender agree on it.
package mailaddress

import (
	"errors"
	"net/mail"
	"strings"
)

// ErrInvalid says that a text is no address that can be written to.
var ErrInvalid = errors.New("is not an e-mail address such as ten@coquan.vn")

// Check refuses what is no single plain address: a name before it, several at
// once, a line break, or letters beyond ASCII, which the mail servers of offices
// do not take.
func Check(address string) error {
	for _, r := range address {
		if r <= ' ' || r > '~' {
			return ErrInvalid
		}
	}
	parsed, err := mail.ParseAddress(address)
	if err != nil || parsed.Address != address || parsed.Name != "" {
		return ErrInvalid
	}
	_, host, _ := strings.Cut(address, "@")
	if strings.Trim(host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-") != "" ||
		strings.HasPrefix(host, "-") || strings.HasSuffix(host, ".") {
		return ErrInvalid
	}
	return nil
}
