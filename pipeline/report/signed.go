package report

import (
	"cmp"
	"strings"

	"tonghop/pipeline/period"
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
	if c.Signed == nil {
		return c.say("report.place_date", "place", c.Office.Place)
	}
	return c.Office.Place + ", " + c.date(c.Signed.Dated)
}

// date is a date as official papers write it.
func (c *composer) date(d period.Date) string {
	if c.Phrases.Language() == wording.Vietnamese {
		return vietnamese.LongDate(d)
	}
	return c.Phrases.Date(d)
}

// Head is the head of a paper of the office that is not numbered, such as a
// receipt.
func Head(office Office, phrases wording.Phrases) Letterhead {
	c := composer{Input: Input{Office: office, Phrases: phrases}, say: phrases.Say}
	head := c.letterhead()
	head.Number, head.PlaceDate = "", ""
	return head
}

// letterhead is the head of page 1: the issuing body at the left, and at the
// right the state with its motto, or the Party.
func (c *composer) letterhead() Letterhead {
	right := []string{c.say("report.letterhead.nation_1"), c.say("report.letterhead.nation_2")}
	if c.Office.Party {
		right = []string{c.say("report.letterhead.party")}
	}
	return Letterhead{
		Left:   []string{c.Office.Superior, c.Office.Issuer},
		Right:  right,
		Number: c.documentNumber(), PlaceDate: c.placeAndDate(),
	}
}

// signatures close the main text: who drew the figures up and checked them, the
// recipients, and the place of the signature, which is dotted until it is given.
func (c *composer) signatures() []Block {
	var blocks []Block
	last := Signatures{Recipients: c.recipients(), Name: dotted}
	authority, title := c.Office.Authority, cmp.Or(c.Office.Title, dotted)
	if s := c.Signed; s != nil {
		last.Name = s.Signer
		authority, title = s.Authority, s.Title
		if s.PreparedBy != "" || s.CheckedBy != "" {
			blocks = append(blocks, Paragraph{Style: Small, Text: c.say("report.prepared", "prepared", s.PreparedBy, "checked", s.CheckedBy)})
		}
	}
	if line := c.authority(authority); line != "" {
		last.Block = append(last.Block, line)
	}
	last.Block = append(last.Block, strings.ToUpper(title))
	return append(blocks, last)
}

// recipients are listed as official papers list them: a dash before each, a
// semicolon behind it, the archives last.
func (c *composer) recipients() []string {
	lines := []string{c.say("report.recipients")}
	for _, r := range c.Office.Recipients {
		lines = append(lines, c.say("report.recipient", "name", strings.TrimRight(strings.TrimLeft(r, "- "), ";. ")))
	}
	return append(lines, c.say("report.recipients_file"))
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
