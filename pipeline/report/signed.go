package report

import (
	"strings"

	"tonghop/pipeline/vietnamese"
	"tonghop/pipeline/wording"
)

// documentNumber is the line under the issuing body: dotted until signed.
func (c *composer) documentNumber() string {
	if c.Signed == nil {
		return c.say("report.number", "symbol", c.Office.Symbol)
	}
	return c.say("report.number_signed", "number", c.Signed.Number)
}

// placeAndDate is the line under the motto: dotted until signed.
func (c *composer) placeAndDate() string {
	switch {
	case c.Signed == nil:
		return c.say("report.place_date", "place", c.Office.Place)
	case c.Phrases.Language() == wording.Vietnamese:
		return c.Office.Place + ", " + vietnamese.LongDate(c.Signed.Dated)
	}
	return c.Office.Place + ", " + c.Phrases.Date(c.Signed.Dated)
}

// signatures close the main text: who drew the figures up and checked them, the
// recipients, and the place of the signature, which is dotted until it is given.
func (c *composer) signatures() []Block {
	var blocks []Block
	last := Signatures{
		Recipients: []string{c.say("report.recipients"), c.say("report.recipients_file")},
		Block:      []string{c.say("report.on_behalf", "issuer", c.Office.Issuer), dotted},
		Name:       dotted,
	}
	if s := c.Signed; s != nil {
		last.Name = s.Signer
		last.Block = []string{c.authority(s.Authority), strings.ToUpper(s.Title)}
		if last.Block[0] == "" {
			last.Block = last.Block[1:]
		}
		if s.PreparedBy != "" || s.CheckedBy != "" {
			blocks = append(blocks, Paragraph{Style: Small, Text: c.say("report.prepared", "prepared", s.PreparedBy, "checked", s.CheckedBy)})
		}
	}
	return append(blocks, last)
}

// dotted leaves room for a pen.
const dotted = "………………"

// authority is the line above the title. Who signs for a body signs for the one
// that issues the report, where no other is named; who signs in the place of the
// head must name the head.
func (c *composer) authority(text string) string {
	switch text {
	case "TM.", "TL.":
		return text + " " + c.Office.Issuer
	}
	return strings.ToUpper(text)
}
