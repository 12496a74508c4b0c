package pdf

import "fmt"

// check refuses pages with a text wider than its place, such as a letter in a
// column narrower than it, or with anything beyond the text area or, for what
// belongs in the margins, beyond the paper's printable edge.
func check(pages []*page) error {
	for i, p := range pages {
		sheet := box{edge, edge, p.paper.w - 2*edge, p.paper.h - 2*edge}
		if err := p.margin.within(sheet); err != nil {
			return fmt.Errorf("page %d: margin: %w", i+1, err)
		}
		if err := p.body.within(p.text); err != nil {
			return fmt.Errorf("page %d: %w", i+1, err)
		}
	}
	return nil
}

func (m marks) within(area box) error {
	for _, t := range m.texts {
		if t.w > t.room+slack {
			return fmt.Errorf("%q is wider than its place of %.1f mm", string(t.line), t.room)
		}
		if !t.within(area) {
			return fmt.Errorf("text %q outside its area", string(t.line))
		}
	}
	for _, r := range m.rules {
		if !r.within(area) {
			return fmt.Errorf("rule at %.1f, %.1f mm outside its area", r.x, r.y)
		}
	}
	for _, s := range m.shapes {
		if !s.within(area) {
			return fmt.Errorf("shape at %.1f, %.1f mm outside its area", s.x, s.y)
		}
	}
	for _, s := range m.shades {
		if !s.within(area) {
			return fmt.Errorf("shade at %.1f, %.1f mm outside its area", s.x, s.y)
		}
	}
	return nil
}

// within allows for the rounding of sums, far below what a printer resolves.
func (b box) within(area box) bool {
	const tolerance = 0.001
	return b.x >= area.x-tolerance && b.y >= area.y-tolerance &&
		b.right() <= area.right()+tolerance && b.bottom() <= area.bottom()+tolerance
}
