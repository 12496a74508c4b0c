package pdf

import (
	"slices"

	"tonghop/pipeline/report"
)

const (
	// shortReport is the number of pages up to which one leafs rather than looks
	// things up.
	shortReport    = 6
	contentsNumber = 12.0 // mm for the page number
	contentsIndent = 6.0  // mm of the second level
	contentsLevels = 2
)

// listing is a heading in the list of contents.
type listing struct {
	level int
	text  printable
	page  printable // its number as printed on it
}

// listed is a page's number in the list of contents. The first page of an
// appendix has none: "1" would be taken for the report's, and the appendix is
// found by its name.
func (p *page) listed() printable {
	if p.annex != "" && p.number == 1 {
		return ""
	}
	return p.label()
}

// listings are the headings of the pages, in order.
func listings(pages []*page) []listing {
	var list []listing
	for _, p := range pages {
		for _, e := range p.entries {
			if e.listed {
				list = append(list, listing{e.level, e.text, p.listed()})
			}
		}
	}
	return list
}

// contents sets a line, or more, a heading. The place of the number is as wide
// for every number, so that numbers move nothing.
func (c composer) contents(title string, list []listing) []strip {
	f := font{bold, titleSize}
	strips := lineStrips(c.ruler.wrap(title, f, c.width, 0), f, func(m *marks, l line) {
		m.set([]line{l}, f, box{w: c.width}, report.Center)
	})
	for i := range strips {
		strips[i].keep = true
	}
	if len(strips) > 0 {
		strips[0].entry = &entry{text: oneLine(title)}
		strips[len(strips)-1].after = 3
	}
	for i, l := range list {
		strips = append(strips, c.contentsLine(l, i))
	}
	// A list that a page has room for, with something else, is not torn apart.
	height := 0.0
	for _, s := range strips {
		height += s.height + s.before + s.after
	}
	if height < 0.8*c.height {
		for i := range len(strips) - 1 {
			strips[i].keep = true
		}
	}
	return spaced(strips, 6, 6)
}

func (c composer) contentsLine(l listing, target int) strip {
	f := font{regular, c.manner.body}
	if l.level == 0 {
		f.face = bold
	}
	x := float64(l.level) * contentsIndent
	lines := c.ruler.wrap(string(l.text), f, c.width-x-contentsNumber, 0)
	s := strip{before: 1, after: 1}
	s.height = s.set(lines, f, box{x: x, w: c.width - x - contentsNumber}, report.Left)
	number := font{regular, c.manner.body}
	last := box{y: s.height - number.line(), x: c.width - contentsNumber, w: contentsNumber}
	s.set(c.ruler.wrap(string(l.page), number, contentsNumber, 0), number, last, report.Right)
	// A line of dots leads to the number.
	if n := len(lines); n > 0 && l.page != "" {
		from := x + lines[n-1].width + 2
		if to := c.width - contentsNumber + 2; to > from {
			dots := box{from, s.height - (leading-rise)*number.em(), to - from, 0}
			s.rules = append(s.rules, rule{box: dots, thickness: 0.2, dashed: true})
		}
	}
	s.links = []link{{box{0, 0, c.width, s.height}, target}}
	return s
}

// withContents puts the list of contents in its place, or nothing there.
func withContents(strips []strip, list []listing) []strip {
	var all []strip
	for _, s := range strips {
		switch {
		case s.contents == nil:
			all = append(all, s)
		case len(list) > 0:
			all = append(all, s.contents(list)...)
		}
	}
	return all
}

// hasContents tells whether the list of contents has a place among the strips.
func hasContents(strips []strip) bool {
	return slices.ContainsFunc(strips, func(s strip) bool { return s.contents != nil })
}
