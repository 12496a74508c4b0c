package pipeline

import (
	"strings"

	"tonghop/pipeline/decision"
	"tonghop/pipeline/report"
)

// signature is a signature as the document carries it: a bare number gets the
// office's symbol, and who was not said to sign by another authority signs by that
// of the settings, as the draft had it.
func signature(s decision.Signature, office report.Office) decision.Signature {
	if office.Symbol != "" && strings.Trim(s.Number, "0123456789") == "" {
		s.Number += "/" + office.Symbol
	}
	switch s.Authority {
	case "":
		s.Authority = office.Authority
		// The head does not sign in place of the head.
		if head, deputy := strings.CutPrefix(s.Authority, "KT."); deputy && strings.EqualFold(strings.TrimSpace(head), strings.TrimSpace(s.Title)) {
			s.Authority = ""
		}
	case decision.OwnRight:
		s.Authority = ""
	}
	return s
}
