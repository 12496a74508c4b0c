package table

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"tonghop/pipeline/vietnamese"
)

// Problem is one thing wrong with a table: where, what is there, why it cannot
// be, and what would be right.
type Problem struct {
	// Where is "indicators.csv:12" or "indicators!F12", or the name of the table
	// or file where the problem is not in a row.
	Where  string
	Column string // the column's name; empty where it is not about one
	Got    string // what the cell holds
	Want   string // what would be right; empty where nothing can be named
	// MessageVI and MessageEN say why, in a clause without a full stop.
	MessageVI, MessageEN string

	// Row and Col are its place in Table.Rows, from 0; a problem of a whole table
	// or file has none of its own and stands at 0, 0.
	Row, Col int

	table int // place of the table in the layout: the order of problems
}

// Error returns the problem as one English line.
func (p Problem) Error() string { return p.line(p.MessageEN, "is", "want") }

// Vietnamese returns the problem as one Vietnamese line.
func (p Problem) Vietnamese() string { return p.line(p.MessageVI, "đang là", "nên là") }

func (p Problem) line(message, is, want string) string {
	var line strings.Builder
	line.WriteString(p.Where + ": ")
	if p.Column != "" {
		line.WriteString(p.Column + ": ")
	}
	line.WriteString(message)
	if p.Got != "" {
		fmt.Fprintf(&line, "; %s %q", is, p.Got)
	}
	if p.Want != "" {
		fmt.Fprintf(&line, "; %s: %s", want, p.Want)
	}
	return line.String()
}

func sortProblems(problems []Problem) {
	slices.SortStableFunc(problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.table, b.table), cmp.Compare(a.Row, b.Row), cmp.Compare(a.Col, b.Col))
	})
}

// Words are one message in both languages.
type Words struct{ VI, EN string }

// Because formats both languages with the same arguments.
func Because(vi, en string, args ...any) Words {
	return Words{VI: fmt.Sprintf(vi, args...), EN: fmt.Sprintf(en, args...)}
}

// Meant returns the name that got was probably meant to be, or "".
func Meant(got string, among []string) string {
	folded := vietnamese.Fold(got)
	best, least := "", 1+max(1, len(folded)/3)
	for _, name := range among {
		if d := distance(folded, vietnamese.Fold(name)); d < least {
			best, least = name, d
		}
	}
	return best
}

// longestGuess bounds the work of distance: nobody mistypes a longer name.
const longestGuess = 64

// distance counts the letters to insert, delete, change or swap with their
// neighbour to turn a into b.
func distance(a, b string) int {
	if len(a) > longestGuess || len(b) > longestGuess {
		return longestGuess
	}
	s, t := []rune(a), []rune(b)
	rows := make([][]int, len(s)+1)
	for i := range rows {
		rows[i] = make([]int, len(t)+1)
		rows[i][0] = i
	}
	for j := range t {
		rows[0][j+1] = j + 1
	}
	for i := range s {
		for j := range t {
			change := rows[i][j]
			if s[i] != t[j] {
				change++
			}
			rows[i+1][j+1] = min(change, rows[i][j+1]+1, rows[i+1][j]+1)
			if i > 0 && j > 0 && s[i] == t[j-1] && s[i-1] == t[j] {
				rows[i+1][j+1] = min(rows[i+1][j+1], rows[i-1][j-1]+1)
			}
		}
	}
	return rows[len(s)][len(t)]
}
