package pdf

import (
	"fmt"
	"strconv"
)

// page is a page as it will be printed, with its marks in mm from the paper's
// top left corner.
type page struct {
	frame
	annex   string // the appendix that the page belongs to; empty in the main text
	number  int    // in the main text or in its appendix
	margin  marks  // draft line, page number, provenance
	body    marks
	entries []entry
}

// label is the page's number in plain digits.
func (p *page) label() printable { return printable(strconv.Itoa(p.number)) }

// binder places strips on pages. It is the only one to decide where a page
// ends.
type binder struct {
	pages []*page
	annex string  // of the pages to come
	apart bool    // the next page is the first of a section that is numbered on its own
	y     float64 // where the next strip may begin
	after float64 // space the last strip asks for under it
}

// bind places the strips from the top of a new page in the given frame. Nothing
// to place makes no page.
func (b *binder) bind(f frame, strips []strip) error {
	for i := range strips {
		if h := alone(strips[i : i+1]); h > f.height()+slack {
			return fmt.Errorf("%.0f mm to set in one piece on a page with room for %.0f mm", h, f.height())
		}
	}
	for first := true; len(strips) > 0; first = false {
		run := together(strips, f.height())
		if first || b.y+b.needs(run) > f.text.bottom()+slack {
			b.turn(f)
			if head := run[0].head; head != nil {
				b.place(*head)
			}
		}
		for _, s := range run {
			b.place(s)
		}
		strips = strips[len(run):]
	}
	return nil
}

// together is the leading strips that must stand on one page, or as many of
// them as a page holds.
func together(strips []strip, room float64) []strip {
	n := 1
	for n < len(strips) && strips[n-1].keep && alone(strips[:n+1]) <= room+slack {
		n++
	}
	return strips[:n-owed(strips, n, room)]
}

// fewestRows are the rows of a table that end it on a page of their own: one alone
// is easily overlooked.
const fewestRows = 3

// owed is how many of the n rows that a page holds go over to the next, where the
// rest of the rows tied to them is fewer than stand on a page of their own.
func owed(strips []strip, n int, room float64) int {
	if n == len(strips) || !strips[n-1].keep || strips[n-1].head == nil {
		return 0
	}
	rest, end := 0, n
	for ; end == n || end < len(strips) && strips[end-1].keep; end++ {
		if strips[end].head != nil {
			rest++
		}
	}
	lack := fewestRows - rest
	if lack <= 0 || n-lack < fewestRows || alone(strips[n-lack:end]) > room+slack {
		return 0
	}
	return lack
}

// alone is the height of strips at the head of a page, with the head that is
// repeated above them.
func alone(run []strip) float64 {
	var fresh binder
	if head := run[0].head; head != nil {
		return head.height + fresh.needs(run)
	}
	return fresh.needs(run) - run[0].before
}

// needs is the height of a run and the space above it.
func (b *binder) needs(run []strip) float64 {
	sum, after := 0.0, b.after
	for _, s := range run {
		sum += max(after, s.before) + s.height
		after = s.after
	}
	return sum
}

func (b *binder) turn(f frame) {
	p := &page{frame: f, annex: b.annex, number: 1}
	if n := len(b.pages); n > 0 && !b.apart && b.pages[n-1].annex == b.annex {
		p.number = b.pages[n-1].number + 1
	}
	b.pages, b.apart = append(b.pages, p), false
	b.y, b.after = f.text.y, 0
}

func (b *binder) place(s strip) {
	p := b.pages[len(b.pages)-1]
	if b.y > p.text.y {
		b.y += max(b.after, s.before)
	}
	p.body.add(s.marks, p.text.x, b.y)
	if s.entry != nil {
		e := *s.entry
		e.y = b.y
		p.entries = append(p.entries, e)
	}
	b.y += s.height
	b.after = s.after
}
