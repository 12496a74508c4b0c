// Package pdf draws a report.Document as a PDF of A4 pages.
//
// Drawing is three steps, each with its own noun. Every block is composed into
// strips, bands of text, rules, shapes and shades that are never divided (a file per
// kind of block). The strips are bound into pages: the one place that decides
// where a page ends. A list of contents is bound with the numbers that the pages
// then have. The pages are checked and then printed by the PDF engine,
// which is known to press.go alone.
//
// A reader can rely on this: nothing is drawn outside the margins, no text is
// cut or drawn over another, words are never altered but for runes that cannot
// be printed, each of which leaves a □ or, where it has no shape, nothing; and
// equal inputs give equal bytes.
// Where that cannot be done there is an error and no PDF.
package pdf

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"tonghop/pipeline/report"
)

// Options are the settings of a drawing. All but Created may be left zero.
type Options struct {
	// Created becomes both the creation and the modification date, by its own
	// clock and zone.
	Created time.Time
	// Paper of the landscape sections: "A4", which is the default, or "A3".
	// Portrait sections are always A4.
	Paper string
	// Margins of the portrait pages, in mm. The zero value is 20 above and
	// below, 30 at the left and 15 at the right. Landscape pages have 20 above
	// and below and 15 at the sides.
	Margins Margins
	// BodySize of running text in points, 13 to 15. The zero value is 13 or, in
	// the Party's manner, 14.
	BodySize float64
	// Progress is told how many sections have been composed, after each. Nil is
	// silent. It is no part of what a page says.
	Progress func(done, total int) `json:"-"`
}

// Margins of a page, in mm.
type Margins struct {
	Top, Bottom, Left, Right float64
}

// Draw returns the document as a PDF. It fails when Created is zero, an option
// is out of range, the document has no content or main text after an appendix, a
// table row has more cells than its table has columns, or something cannot be set within the margins.
func Draw(doc report.Document, o Options) ([]byte, error) {
	if o.Created.IsZero() {
		return nil, errors.New("pdf without a creation date")
	}
	press := newPress()
	pages, err := layOut(doc, o, &ruler{press: press})
	if err != nil {
		return nil, fmt.Errorf("lay out pages: %w", err)
	}
	about := imprint{
		title:    clean(doc.Title),
		subject:  clean(doc.Subject),
		author:   clean(doc.Author),
		keywords: clean(strings.Join(doc.Keywords, keywordGap)),
		created:  o.Created,
	}
	content, err := press.print(pages, about)
	if err != nil {
		return nil, fmt.Errorf("print pages: %w", err)
	}
	return content, nil
}

// composed is a section in strips, with the frame of its pages.
type composed struct {
	frame  frame
	annex  string
	apart  bool
	strips []strip
}

// layOut returns the finished pages, checked, before anything is printed.
func layOut(doc report.Document, o Options, r *ruler) ([]*page, error) {
	manner, err := mannerOf(doc, o)
	if err != nil {
		return nil, err
	}
	lastLine := doc.Provenance
	listed := false
	sections := make([]composed, len(doc.Sections))
	for i, section := range doc.Sections {
		f, err := newFrame(o, section, doc.Draft, r)
		if err != nil {
			return nil, err
		}
		c := composer{ruler: r, width: f.width(), height: f.height(), manner: manner, density: densities[0]}
		strips, err := c.section(section)
		if err != nil {
			return nil, fmt.Errorf("section %d: %w", i+1, err)
		}
		if i == len(doc.Sections)-1 && !f.holds(lastLine, r) {
			strips = append(strips, c.paragraph(report.Paragraph{Style: report.Small, Text: lastLine})...)
			lastLine = ""
		}
		listed = listed || hasContents(strips)
		if i > 0 && section.Annex == "" && doc.Sections[i-1].Annex != "" {
			return nil, fmt.Errorf("section %d: main text after an appendix, whose pages are numbered apart", i+1)
		}
		sections[i] = composed{f, section.Annex, section.Apart, strips}
		if o.Progress != nil {
			o.Progress(i+1, len(doc.Sections))
		}
	}
	pages, err := bound(sections, nil)
	if err != nil {
		return nil, err
	}
	if listed && len(pages) > shortReport {
		// Bound with the list of contents in its place the pages have their numbers;
		// bound once more the list has them, too. They stay what they are: a number
		// takes the same room whatever it is.
		for range 2 {
			if pages, err = bound(sections, listings(pages)); err != nil {
				return nil, err
			}
		}
	}
	if len(pages) == 0 {
		return nil, errors.New("document without content")
	}
	furnish(pages, doc, lastLine, r)
	return pages, check(pages)
}

// bound binds the sections into pages, with a list of contents where there is
// anything to list.
func bound(sections []composed, list []listing) ([]*page, error) {
	var b binder
	for i, s := range sections {
		b.annex, b.apart = s.annex, s.apart
		if err := b.bind(s.frame, withContents(s.strips, list)); err != nil {
			return nil, fmt.Errorf("section %d: %w", i+1, err)
		}
	}
	return b.pages, nil
}
