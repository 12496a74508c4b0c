package intake

import (
	"regexp"
	"strings"

	"tonghop/pipeline/figure"
	"tonghop/pipeline/reading"
	"tonghop/pipeline/workbook"
)

// shownAs tells what a number format shows in place of the number a cell holds; it
// differs where a person would read another number there, or sees none. What a
// format rounds away, and percent, is not told here.
func shownAs(cell workbook.Cell) (shown string, differs bool) {
	if cell.Kind != workbook.Number || showsAll[cell.Format] || cell.IsDate() {
		return "", false
	}
	n, ok := reading.StoredNumber(cell.Raw)
	if !ok {
		return "", false // it is refused for what it is
	}
	s, unsigned := sectionFor(sections(cell.Format), n)
	switch {
	case s.white, n.IsZero() && s.number && !s.zero && !strings.ContainsAny(s.before+s.after, "-−–—"):
		return "", true
	case !s.number: // a zero may show as a dash
		return s.before, !n.IsZero() || strings.TrimSpace(s.before) == "" || strings.ContainsAny(s.before, "0123456789")
	}
	reads := n
	if unsigned && n.Sign() < 0 && !s.coloured && !strings.ContainsAny(s.before+s.after, "-−(") {
		reads = n.Neg()
	}
	for range s.thousandths {
		if part, err := reads.Quo(figure.Int(1000)); err == nil {
			reads = part
		}
	}
	before, after := digitsBeside.FindString(s.before), digitsBefore.FindString(s.after)
	text := before + s.between(reads) + after
	return text, before+after != "" || !reads.Equal(n) || s.split
}

// showsAll are the formats of nearly all cells, which need no look.
var showsAll = map[string]bool{"": true, workbook.General: true, "0": true, "#,##0": true, "0.00": true, "#,##0.00": true, "0%": true, "0.00%": true, "@": true}

// digitsBeside and digitsBefore are digits that a format writes itself so close to
// the number's own that they read as one; those of "m2" and "(6 tháng)" do not.
var (
	digitsBeside = regexp.MustCompile(`(?:^|[^\pL\d])\d[\d., ]*$`)
	digitsBefore = regexp.MustCompile(`^[., ]*\d[\d., ]*`)
)

// section is what a part of a number format says: formats have up to four, parted
// by semicolons, for numbers above, below and equal to zero and for text.
type section struct {
	before, after string // what the format writes itself on both sides of the digits
	inside        string // and among them
	number        bool   // whether the number shows at all
	zero          bool   // whether a zero does
	white         bool   // the letters are
	split         bool   // whether what stands among the digits parts them
	thousandths   int    // commas behind the last digit, each a division by 1000
	coloured      bool
	holds         func(figure.Number) bool // its condition; nil without one
}

// between is the number as the digits of the section show it.
func (s section) between(n figure.Number) string {
	if s.split {
		return n.String() + " (" + s.inside + ")"
	}
	return n.String()
}

// sectionFor chooses the section that a number is shown by. unsigned reports that
// it is one for negative numbers alone, which must write the sign itself.
func sectionFor(all []section, n figure.Number) (s section, unsigned bool) {
	all = all[:min(len(all), 3)]
	conditional := false
	for i, s := range all {
		conditional = conditional || s.holds != nil
		if s.holds != nil && s.holds(n) || s.holds == nil && conditional && i == len(all)-1 {
			return s, false
		}
	}
	switch {
	case conditional && len(all) > 1 && n.Sign() >= 0:
		return all[len(all)-1], false
	case len(all) > 1 && n.Sign() < 0:
		return all[1], !conditional
	case len(all) > 2 && n.IsZero():
		return all[2], false
	}
	return all[0], false
}

var condition = regexp.MustCompile(`^(<=|>=|<>|<|>|=)\s*(-?[0-9.]+)$`)

// sections takes a number format apart.
func sections(format string) []section {
	var all []section
	var s section
	commas := 0 // seen since the last digit
	write := func(text string) {
		if s.number {
			s.after += text
		} else {
			s.before += text
		}
	}
	digit := func() {
		// What stood behind the digits so far stands among them. A point or a comma
		// that the format writes itself groups thousands, a space as well.
		if strings.Trim(s.after, "., \u00a0") != "" {
			s.inside, s.split = s.inside+s.after, true
		}
		s.after, s.number, commas = "", true, 0
	}
	end := func() {
		s.thousandths += commas
		all, s, commas = append(all, s), section{}, 0
	}
	runes := []rune(format)
	// quoted gives what stands up to the next mark and goes past it.
	quoted := func(i int, mark rune) (string, int) {
		for j := i + 1; j < len(runes); j++ {
			if runes[j] == mark {
				return string(runes[i+1 : j]), j
			}
		}
		return string(runes[i+1:]), len(runes)
	}
	for i := 0; i < len(runes); i++ {
		switch c := runes[i]; c {
		case '"':
			var text string
			text, i = quoted(i, '"')
			write(text)
		case '\\', '*': // the next is written, or repeated
			if i++; i < len(runes) {
				write(string(runes[i]))
			}
		case '_':
			i++
			write(" ")
		case '[':
			var text string
			text, i = quoted(i, ']')
			s.bracket(text, write)
		case ';':
			end()
		case '0', '#', '?', '@':
			digit()
			s.zero = s.zero || c == '0' || c == '@'
		case ',':
			if s.number {
				commas++
			}
		case '.':
			if s.number && strings.TrimSpace(s.after) == "" { // decimals begin
				s.thousandths += commas
				commas = 0
			}
		case 'G', 'g':
			if strings.EqualFold(string(runes[i:min(i+len(workbook.General), len(runes))]), workbook.General) {
				i += len(workbook.General) - 1
				digit()
				s.zero = true
			} else {
				write(string(c))
			}
		case 'E', 'e':
			if i++; i < len(runes) && runes[i] != '+' && runes[i] != '-' {
				i--
			}
		case '/', '%': // a fraction, which rounds; percent is the number grammar's
		default:
			write(string(c))
		}
	}
	end()
	return all
}

// bracket takes in what stands in square brackets: a condition, a currency's sign
// with its locale, a colour.
func (s *section) bracket(text string, write func(string)) {
	if parts := condition.FindStringSubmatch(text); parts != nil {
		if limit, err := figure.Parse(parts[2]); err == nil {
			s.holds = func(n figure.Number) bool {
				switch order := n.Cmp(limit); parts[1] {
				case "<":
					return order < 0
				case "<=":
					return order <= 0
				case ">":
					return order > 0
				case ">=":
					return order >= 0
				case "<>":
					return order != 0
				}
				return n.Equal(limit)
			}
		}
		return
	}
	if sign, ok := strings.CutPrefix(text, "$"); ok {
		sign, _, _ = strings.Cut(sign, "-")
		write(sign)
		return
	}
	s.coloured, s.white = true, strings.EqualFold(text, "white")
}
