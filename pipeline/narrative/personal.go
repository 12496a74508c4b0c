package narrative

import (
	"slices"
	"strings"
	"unicode"

	"tonghop/pipeline/vietnamese"
)

// Personal reports whether a text holds a telephone number or the number of an
// identity card, however its digits are grouped: 0912 345 678, 09.12.345.678,
// +84 (0)912-345-678, 001 085 012345. It would rather ask about a harmless
// number than print a person's.
//
// What it takes for a number:
//
//   - a telephone: 0 and a digit other than 0, then 8 or 9 more; or +84, 0084 or
//     84 before them in place of the 0;
//   - an identity card: 12 digits that begin with 0, or 12 others in one piece or
//     in groups of three and more;
//   - any number of 7 digits and more behind “ĐT”, “Zalo”, “CCCD” and the like.
//
// Dates and counts with their thousands parted by points are neither: 14.6.2025,
// 1.234.567. A point-parted number behind other digits may be the rest of a
// telephone number, and is.
func Personal(text string) bool {
	if !enoughDigits(text) {
		return false
	}
	for _, run := range runs(text) {
		if run.labelled && run.digits() >= fewest {
			return true
		}
		for i := range run.groups {
			number := ""
			for j, g := range run.groups[i:] {
				number += g.digits
				if len(number) > longest {
					break
				}
				if telephone(number, run.groups[i].plus) || identity(number, run.groups[i:i+j+1], i == 0 && i+j+1 == len(run.groups)) {
					return true
				}
			}
		}
	}
	return false
}

const (
	longest = len("0084 (0) 24 3834 5678")
	fewest  = len("8345678") // a number within the city, behind “ĐT”
)

// enoughDigits spares most texts a closer look.
func enoughDigits(text string) bool {
	n := 0
	for _, r := range text {
		if _, ok := digit(r); ok {
			if n++; n == fewest {
				return true
			}
		}
	}
	return false
}

// telephone reports whether digits are those of a whole telephone number.
func telephone(number string, plus bool) bool {
	national := number
	switch {
	case strings.HasPrefix(number, "0084"):
		national = abroad(number[4:])
	case plus && strings.HasPrefix(number, "84"):
		national = abroad(number[2:])
	case strings.HasPrefix(number, "84") && len(number) > 2 && strings.ContainsRune("235789", rune(number[2])):
		national = abroad(number[2:])
	}
	return len(national) >= 10 && len(national) <= 11 && national[0] == '0' && national[1] != '0'
}

// abroad gives the number as dialled at home: +84 912… and +84 (0)912… alike.
func abroad(rest string) string { return "0" + strings.TrimPrefix(rest, "0") }

// identity reports whether digits are those of an identity card. Cards of
// people registered abroad do not begin with 0; of their numbers only those are
// taken that stand alone, for two counts side by side have as many digits.
func identity(number string, groups []group, alone bool) bool {
	const digits = 12
	if len(number) != digits {
		return false
	}
	return number[0] == '0' || alone && !slices.ContainsFunc(groups, func(g group) bool { return len(g.digits) < 3 })
}

// run is a stretch of text with nothing but digits and what parts them.
type run struct {
	groups   []group
	labelled bool // it stands behind a word such as “điện thoại”
}

// group is digits without anything between them.
type group struct {
	digits string
	gap    string // what parts it from the group before
	plus   bool   // a plus stands before it
}

func (r run) digits() int {
	n := 0
	for _, g := range r.groups {
		n += len(g.digits)
	}
	return n
}

// runs cuts a text into runs. Dates and counts end a run and are in none.
func runs(text string) []run {
	var all []run
	var now run
	var before, gap strings.Builder // the text before the run; what follows its last group
	plus := false
	end := func() {
		all = append(all, now.split()...)
		now = run{}
	}
	var digits strings.Builder
	close := func() {
		if digits.Len() == 0 {
			return
		}
		if len(now.groups) > 0 && !joins(gap.String()) {
			end()
		}
		if len(now.groups) == 0 {
			now.labelled = labels(before.String())
		}
		now.groups = append(now.groups, group{digits.String(), gap.String(), plus})
		digits.Reset()
		gap.Reset()
		before.Reset()
		plus = false
	}
	for _, r := range text {
		switch d, ok := digit(r); {
		case ok:
			digits.WriteByte(d)
		case unicode.Is(unicode.Cf, r): // zero-width: nobody sees it
		default:
			close()
			plus = r == '+' || plus && (unicode.IsSpace(r) || r == '(')
			gap.WriteRune(r)
			before.WriteRune(r)
		}
	}
	close()
	end()
	return all
}

// digit is an Arabic digit, full-width ones too.
func digit(r rune) (byte, bool) {
	switch {
	case r >= '0' && r <= '9':
		return byte(r), true
	case r >= '０' && r <= '９':
		return byte('0' + r - '０'), true
	}
	return 0, false
}

// joins reports whether what stands between digits may stand within a number:
// spaces with brackets, points, dashes and the like. A comma before a space ends
// what it follows.
func joins(gap string) bool {
	const most = 5
	if strings.HasSuffix(gap, ", ") || len([]rune(gap)) > most {
		return false
	}
	return !strings.ContainsFunc(gap, func(r rune) bool {
		return !unicode.IsSpace(r) && !unicode.Is(unicode.Pd, r) && !strings.ContainsRune(".,·•_/()+−", r)
	})
}

// split takes dates and counts out of a run.
func (r run) split() []run {
	var all []run
	left := r.groups
	labelled := r.labelled
	flush := func(n int) {
		if n > 0 {
			all = append(all, run{left[:n], labelled})
		}
	}
	for i := 0; i < len(left); {
		n := ordinary(left, i)
		if n == 0 {
			i++
			continue
		}
		if n == len(r.groups) && labelled { // “ĐT 912.345.678” is no count
			break
		}
		flush(i)
		left, i, labelled = left[i+n:], 0, false
	}
	flush(len(left))
	return all
}

// ordinary is how many groups from i on are a date or a count; 0 where it is
// neither. Neighbours with the same sign between are part of the same number.
func ordinary(groups []group, i int) int {
	if n := date(groups[i:]); n > 0 {
		sign := groups[i+1].gap
		apart := (i == 0 || groups[i].gap != sign) && (i+n == len(groups) || groups[i+n].gap != sign)
		if apart || sign == "/" {
			return n
		}
	}
	if i > 0 || groups[0].plus || groups[0].digits[0] == '0' || len(groups[0].digits) > 3 {
		return 0
	}
	n := 1
	for n < len(groups) && groups[n].gap == "." && len(groups[n].digits) == 3 {
		n++
	}
	if n == 1 || n < len(groups) && groups[n].gap == "." {
		return 0
	}
	return n
}

// date is 3 where three groups are day, month and year, in that order or the
// other, parted by one sign.
func date(groups []group) int {
	const parts = 3
	if len(groups) < parts || groups[1].gap != groups[2].gap || !slices.Contains([]string{"/", ".", "-"}, groups[1].gap) {
		return 0
	}
	first, month, last := groups[0].digits, groups[1].digits, groups[2].digits
	if len(first) == 4 {
		first, last = last, first
	}
	if within(first, 31) && within(month, 12) && len(last) == 4 && (strings.HasPrefix(last, "19") || strings.HasPrefix(last, "20")) {
		return parts
	}
	return 0
}

// within reports whether one or two digits are a number from 1 to most.
func within(digits string, most int) bool {
	n := 0
	for _, d := range digits {
		n = n*10 + int(d-'0')
	}
	return len(digits) <= 2 && n >= 1 && n <= most
}

// labelWords end what stands before a person's number, folded.
var labelWords = []string{
	"dt", "sdt", "dtdd", "dien thoai", "so dien thoai", "di dong", "tel", "phone", "mobile", "hotline", "zalo", "cccd", "cmnd", "cmt", "can cuoc", "cong dan", "dinh danh",
}

// labels reports whether a text ends in a word that announces such a number.
func labels(before string) bool {
	const near = 40 // letters
	letters := []rune(before)
	folded := vietnamese.Fold(string(letters[max(0, len(letters)-near):]))
	folded = strings.TrimSuffix(folded, " so")
	return slices.ContainsFunc(labelWords, func(word string) bool {
		return folded == word || strings.HasSuffix(folded, " "+word)
	})
}
