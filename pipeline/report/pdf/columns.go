package pdf

import (
	"slices"
	"strings"
	"unicode"

	"tonghop/pipeline/report"
)

const (
	defaultTableSize = 10.0
	leastTableSize   = 7.0 // points: smaller is not read in a meeting
	defaultLeast     = 12.0
	// widestWord is the share of the text width up to which a column is widened
	// for its longest word; beyond it the word is broken.
	widestWord = 0.3
	// widestName is the share up to which a kept column is widened for its longest
	// cell.
	widestName = 0.2
	// roomiest is how many times its least width a column is given at most where a
	// table that may be split has few columns: a number in a column over half a page
	// is not read with its name.
	roomiest = 3.0
)

// part is some of a table's columns, as drawn side by side.
type part struct {
	columns []int     // of the table, ascending
	edges   []float64 // mm: column i of the part lies between edges i and i+1
}

// columns decides the columns' widths: one part, or, where the table may be
// split and is too wide, several with the kept columns first. A table that may
// not be split is set in smaller type if its words need it; only where even
// then its numbers do not fit beside each other is it split all the same, with
// its first column kept. More is how many parts beyond the fewest are wanted.
func (c composer) columns(t report.Table, size float64, more int) (float64, []part) {
	weights := make([]float64, len(t.Columns))
	all := make([]int, len(t.Columns))
	for i, column := range t.Columns {
		all[i], weights[i] = i, column.Weight
		if weights[i] <= 0 {
			weights[i] = 1
		}
	}
	asked, least := size, c.leastWidths(t, size, wholeWords)
	if t.Keep > 0 && t.Keep < len(t.Columns) {
		c.wholeCells(t, size, least[:t.Keep])
		return size, c.sideBySide(t, weights, least, more)
	}
	for sum(least) > c.width && size > leastTableSize {
		size = max(size-0.5, leastTableSize)
		least = c.leastWidths(t, size, wholeWords)
	}
	if sum(least) <= c.width {
		return size, []part{newPart(all, share(c.width, weights, least))}
	}
	// Words have to be broken. Numbers never are: one read over two lines is
	// another number.
	if numbers := c.leastWidths(t, size, wholeNumbers); sum(numbers) <= c.width || len(all) == 1 {
		return size, []part{newPart(all, share(c.width, least, numbers))}
	}
	t.Keep = 1
	return asked, c.sideBySide(t, weights, c.leastWidths(t, asked, wholeWords), more)
}

// wholeCells makes the kept columns as wide as their longest cell, up to a limit: a
// name over two lines makes a row twice as high.
func (c composer) wholeCells(t report.Table, size float64, kept []float64) {
	for i := range kept {
		for _, row := range t.Rows {
			if i < len(row.Cells) && row.Cells[i].Span <= 1 {
				cell := row.Cells[i]
				w := c.ruler.width(clean(cell.Text), cellFont(cell, row.Kind, false, size)) + 2*cellPad(size)
				kept[i] = max(kept[i], min(w, widestName*c.width))
			}
		}
	}
}

// sideBySide splits the columns after the kept ones into as few parts as hold
// them, and some more, of equal numbers of columns.
func (c composer) sideBySide(t report.Table, weights, least []float64, more int) []part {
	floor := t.MinWidth
	if floor <= 0 {
		floor = defaultLeast
	}
	moving := least[t.Keep:]
	for i := range moving {
		moving[i] = max(moving[i], floor)
	}
	// The kept columns are as wide as their weights make them beside columns
	// of the least width, but leave more than half to these.
	unit := sum(moving) / sum(weights[t.Keep:])
	kept := make([]float64, t.Keep)
	for i := range kept {
		kept[i] = max(least[i], weights[i]*unit)
	}
	if limit := 0.45 * c.width; sum(kept) > limit {
		kept = share(limit, weights[:t.Keep], least[:t.Keep])
	}
	room := c.width - sum(kept)

	for n := 1; ; n++ {
		groups := evenly(len(moving), n)
		fits := !slices.ContainsFunc(groups, func(g []int) bool {
			return sum(pick(moving, g)) > room+slack
		})
		if !fits && n < len(moving) {
			continue
		}
		if more > 0 {
			groups = evenly(len(moving), min(n+more, len(moving)))
		}
		parts := make([]part, len(groups))
		for i, g := range groups {
			columns := make([]int, 0, t.Keep+len(g))
			for k := range t.Keep {
				columns = append(columns, k)
			}
			for _, m := range g {
				columns = append(columns, t.Keep+m)
			}
			least := pick(moving, g)
			widths := share(min(room, roomiest*sum(least)), pick(weights[t.Keep:], g), least)
			parts[i] = newPart(columns, append(slices.Clone(kept), widths...))
		}
		return parts
	}
}

func newPart(columns []int, widths []float64) part {
	edges := make([]float64, len(widths)+1)
	for i, w := range widths {
		edges[i+1] = edges[i] + w
	}
	return part{columns, edges}
}

// whole says what a column is wide enough for.
type whole bool

const (
	wholeWords   whole = true
	wholeNumbers whole = false
)

// leastWidths is for each column the width of its longest word or number, or of
// its longest number, with the space around it. Cells over several columns do
// not count.
func (c composer) leastWidths(t report.Table, size float64, what whole) []float64 {
	limit := c.width * widestWord
	least := make([]float64, len(t.Columns))
	measure := func(cells []report.Cell, kind report.RowKind, head bool) {
		at := 0
		for _, cell := range cells {
			span := max(cell.Span, 1)
			if span == 1 && at < len(least) && !(kind == report.Group && len(cells) == 1) {
				f := cellFont(cell, kind, head, size)
				for _, word := range words(unbroken(string(clean(cell.Text)))) {
					if what == wholeNumbers && strings.ContainsFunc(string(word), unicode.IsLetter) {
						continue
					}
					w := c.ruler.width(word, f) + 2*cellPad(size) + float64(cell.Indent)*indentStep
					if cell.Mark != report.NoMark {
						w += markRoom(f)
					}
					least[at] = max(least[at], min(w, limit))
				}
			}
			at += span
		}
	}
	for _, row := range t.Head {
		measure(row, report.Data, true)
	}
	for _, row := range t.Rows {
		measure(row.Cells, row.Kind, false)
	}
	for i := range least {
		least[i] = max(least[i], 2*cellPad(size)+font{size: size}.em())
	}
	return least
}

// unbroken puts a space at every line break and after every joint of a word of
// letters; a number or a date stays whole.
func unbroken(s string) string {
	var b strings.Builder
	lettered := false
	for _, c := range s {
		switch {
		case c == '\n' || c == ' ':
			lettered = false
			c = ' '
		case unicode.IsLetter(c):
			lettered = true
		}
		b.WriteRune(c)
		if lettered && isJoint(c) {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// share divides a width in the proportion of the weights, but gives no column
// less than its least, or, where these do not fit together, all in their
// proportion.
func share(width float64, weights, least []float64) []float64 {
	if total := sum(least); total > width {
		return scaled(least, width/total)
	}
	widths := make([]float64, len(weights))
	fixed := make([]bool, len(weights))
	for {
		room, free := width, 0.0
		for i := range weights {
			if fixed[i] {
				room -= widths[i]
			} else {
				free += weights[i]
			}
		}
		settled := true
		for i := range weights {
			if fixed[i] {
				continue
			}
			widths[i] = room * weights[i] / free
			if widths[i] < least[i] {
				widths[i], fixed[i], settled = least[i], true, false
			}
		}
		if settled {
			return widths
		}
	}
}

// evenly divides the numbers below n into groups in order, whose lengths differ
// by one at most.
func evenly(n, groups int) [][]int {
	list := make([][]int, groups)
	next := 0
	for g := range list {
		for range (n - next) / (groups - g) {
			list[g] = append(list[g], next)
			next++
		}
	}
	return list
}

func pick(values []float64, at []int) []float64 {
	picked := make([]float64, len(at))
	for i, k := range at {
		picked[i] = values[k]
	}
	return picked
}

func scaled(values []float64, by float64) []float64 {
	s := slices.Clone(values)
	for i := range s {
		s[i] *= by
	}
	return s
}

func sum(values []float64) float64 {
	total := 0.0
	for _, v := range values {
		total += v
	}
	return total
}
