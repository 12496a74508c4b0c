package layout

import (
	"slices"

	"tonghop/pipeline/memo"
	"tonghop/pipeline/naming"
	"tonghop/pipeline/period"
	"tonghop/pipeline/vietnamese"
	"tonghop/pipeline/workbook"
)

// Finder finds tables. It remembers what texts say, and may be used by several
// goroutines at a time.
type Finder struct {
	roles   *memo.Texts[heard]
	sayings *memo.Texts[saying]
}

// heard is what a text says as a heading.
type heard struct {
	Role
	naming.Said
}

// saying is what a text says wherever it stands.
type saying struct {
	anchor bool // the heading of names or codes, without which nothing is a header
	ends   bool // the mark that ends a table
	signs  bool // it stands alone where a report is signed
	opens  bool // a line that ends a table begins so
	closes bool // as Closes has it
}

// NewFinder makes a finder. scheme says which days a month named in a heading has.
func NewFinder(scheme period.Scheme) *Finder {
	return &Finder{
		roles: memo.New(func(text string) heard {
			role, said := role(text, scheme)
			return heard{role, said}
		}),
		sayings: memo.New(newSaying),
	}
}

func newSaying(text string) saying {
	const longest = 100 // bytes; long texts are neither headings nor marks
	s := saying{opens: opens(text), closes: Closes(text)}
	if len(text) > longest {
		return s
	}
	mark := vietnamese.Fold(text)
	outside, _ := Bracketed(text)
	role := headings[vietnamese.Fold(outside)]
	s.ends, s.signs, s.anchor = mark == endMark, slices.Contains(signatures, mark), role == Name || role == Code
	return s
}

// says is what a cell says; one without text says nothing.
func (f *Finder) says(c *workbook.Cell) saying {
	if c.Kind != workbook.Text {
		return saying{}
	}
	return f.sayings.Of(c.Raw)
}

func (f *Finder) role(text string) heard { return f.roles.Of(text) }
