package pdf

import (
	"strconv"

	"tonghop/pipeline/figure"
	"tonghop/pipeline/report"
)

// point is a place in mm.
type point struct{ x, y float64 }

// shape is a figure that fills its box: a polygon or a line through points
// measured from the box's corner, or, without points, an ellipse.
type shape struct {
	box
	points  []point
	line    bool // not closed
	dashed  bool
	filled  bool
	grey    uint8   // of the filling: 0 is black
	outline float64 // mm, 0 is none
}

const (
	thin      = 0.15 // mm: hatching, ticks
	outlined  = 0.25 // mm: the edge of what is hollow or hatched
	hatchStep = 0.9  // mm between hatching lines
	barGrey   = 130  // dark enough for a copy, light enough for a black line over it
)

// segment is a straight line between two points.
func segment(a, b point, thickness float64) shape {
	corner := point{min(a.x, b.x), min(a.y, b.y)}
	return shape{
		box:    box{corner.x, corner.y, max(a.x, b.x) - corner.x, max(a.y, b.y) - corner.y},
		points: []point{{a.x - corner.x, a.y - corner.y}, {b.x - corner.x, b.y - corner.y}},
		line:   true, outline: thickness,
	}
}

// block is a filled rectangle or, where it stands for what is provisional, one
// that is hatched: print in black and white tells them apart.
func block(b box, provisional bool) []shape {
	if !provisional {
		return []shape{{box: b, points: corners(b), filled: true, grey: barGrey}}
	}
	shapes := []shape{{box: b, points: corners(b), outline: outlined}}
	return append(shapes, hatching(b)...)
}

func corners(b box) []point { return []point{{0, 0}, {b.w, 0}, {b.w, b.h}, {0, b.h}} }

// hatching is lines rising at 45 degrees, cut at the box's edges.
func hatching(b box) []shape {
	var lines []shape
	for d := hatchStep; d < b.w+b.h; d += hatchStep {
		// The line x + y = d, from the left or lower edge to the upper or right.
		from := point{b.x + max(0, d-b.h), b.y + min(d, b.h)}
		to := point{b.x + min(d, b.w), b.y + max(0, d-b.w)}
		lines = append(lines, segment(from, to, thin))
	}
	return lines
}

// dot is a disc or, hollow, a ring, around a point.
func dot(at point, radius float64, hollow bool) shape {
	s := shape{box: box{at.x - radius, at.y - radius, 2 * radius, 2 * radius}, filled: true}
	if hollow {
		s.grey, s.outline = 255, outlined
	}
	return s
}

// triangle fills a box with its point at the top or at the bottom.
func triangle(b box, down bool) shape {
	points := []point{{0, b.h}, {b.w, b.h}, {b.w / 2, 0}}
	if down {
		points = []point{{0, 0}, {b.w, 0}, {b.w / 2, b.h}}
	}
	return shape{box: b, points: points, filled: true}
}

// cross is two thick bars from corner to corner.
func cross(b box) shape {
	const arm = 0.22
	s := shape{box: b, filled: true}
	for _, p := range []point{
		{arm, 0}, {0.5, 0.5 - arm}, {1 - arm, 0}, {1, arm}, {0.5 + arm, 0.5}, {1, 1 - arm},
		{1 - arm, 1}, {0.5, 0.5 + arm}, {arm, 1}, {0, 1 - arm}, {0.5 - arm, 0.5}, {0, arm},
	} {
		s.points = append(s.points, point{p.x * b.w, p.y * b.h})
	}
	return s
}

// markSize and markRoom are the height of a verdict's mark and the width that
// it takes before its word.
func markSize(f font) float64 { return 0.72 * f.em() }
func markRoom(f font) float64 { return markSize(f) + 0.4*f.em() }

// verdict draws a mark to the left of a line of text that begins at x and whose
// top is y.
func (m *marks) verdict(mark report.Mark, f font, x, y float64) {
	size := markSize(f)
	b := box{x - markRoom(f), y + rise*f.em() - size, size, size}
	switch mark {
	case report.MarkMet:
		m.shapes = append(m.shapes, shape{box: b, filled: true})
	case report.MarkOnTrack:
		m.shapes = append(m.shapes, triangle(b, false))
	case report.MarkBehind:
		m.shapes = append(m.shapes, triangle(b, true))
	case report.MarkNotMet:
		m.shapes = append(m.shapes, cross(b))
	case report.MarkOpen:
		const pen = 0.35
		m.shapes = append(m.shapes, shape{box: box{b.x + pen/2, b.y + pen/2, size - pen, size - pen}, outline: pen})
	}
}

// position is a figure as a place on a scale; false where it has no number. It
// is the one way from an exact number to a length, and none leads back.
func position(f figure.Figure) (float64, bool) {
	n, ok := f.Number()
	if !ok {
		return 0, false
	}
	const far = 1e15 // beyond it only the printed figure tells
	v, err := strconv.ParseFloat(n.Fixed(6), 64)
	if err != nil { // out of range is the only reason
		v = float64(n.Sign()) * far
	}
	return min(max(v, -far), far), true
}
