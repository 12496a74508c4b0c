package reading

import (
	"strings"
	"unicode"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/vietnamese"
)

// measures lists, for each measure, the words with which it is written behind a
// number, folded. Words of one line mean the same; a word of another line says
// that the number is of something else. "lượt người" is not "người": one person
// may come twice. "nữ" is no word for people: it says which of them.
var measures = [][]string{
	people: {"nguoi", "ng", "dong chi", "d c", "dc", "chi", "chi em", "hoi vien", "hv", "can bo", "cb", "lao dong", "ld", "hoc vien"},
	{"luot nguoi", "luot", "lan nguoi"},
	{"ho", "ho gia dinh", "gia dinh", "ho dan"},
	{"co so", "cs", "co so hoi"},
	{"chi hoi"},
	{"vu", "vu viec"},
	{"vu an"},
	{"don vi", "dv"},
	{"van ban", "vb"},
	{"cuoc"},
	{"buoi"},
	{"mo hinh", "mh"},
	{"lop", "lop hoc"},
	{"trang", "fanpage", "trang fanpage"},
	{"y tuong"}, {"de tai"}, {"thoa thuan"},
	{"guong", "guong dien hinh"},
	{"tuyen pho", "tuyen"},
	{"cong trinh"},
	{"cai", "chiec"},
	{"ban", "ban cam ket"},
	{"%", "phan tram"},
	{"dong", "d", "vnd"},
	{"nghin dong", "ngan dong", "nghin d", "ngan d"},
	{"trieu dong", "trieu", "trieu d", "trd", "tr d", "tr dong", "tr"},
	{"ty dong", "ti dong", "ty d", "ti d", "ty", "ti"},
}

// people is the line of measures that count persons.
const people = 0

// roles are the words for people that say which people, with their full form.
// They are understood where the indicator counts these, by its measure or by its
// name; elsewhere they tell of a wrong row.
var roles = map[string]string{
	"hoi vien": "hoi vien", "hv": "hoi vien", "can bo": "can bo", "cb": "can bo",
	"lao dong": "lao dong", "ld": "lao dong", "hoc vien": "hoc vien",
}

// measureOf gives the line of measures in which a word stands.
var measureOf = func() map[string]int {
	lines := make(map[string]int)
	for line, words := range measures {
		for _, word := range words {
			lines[word] = line
		}
	}
	return lines
}()

// scales are words that multiply the number before them. They are understood in
// order to ask: "2 nghìn" is seldom exactly 2000.
var scales = map[string]figure.Number{
	"chuc": figure.Int(10), "tram": hundred, "nghin": thousand, "ngan": thousand, "k": thousand,
	"van": figure.Int(10_000), "trieu": figure.Int(1_000_000), "tr": figure.Int(1_000_000),
	"ty": figure.Int(1_000_000_000), "ti": figure.Int(1_000_000_000),
}

// unit is what the words behind a number say.
type unit uint8

const (
	noUnit      unit = iota // there are none
	ownUnit                 // the indicator's own measure, or another word for it
	otherUnit               // another measure
	unknownUnit             // words of another kind
)

// unitOf judges the words behind a number by the indicator's measure.
func unitOf(words string, ind *catalogue.Indicator) unit {
	if words == "" {
		return noUnit
	}
	key, ok := unitKey(words)
	if !ok {
		return unknownUnit
	}
	own, _ := unitKey(ind.Measure)
	if ind.Type == catalogue.Percent {
		own = "%" // whatever the table calls it
	}
	if key == own {
		return ownUnit
	}
	line, known := measureOf[key]
	ownLine, ownKnown := measureOf[own]
	switch {
	case !known || own == "":
		return unknownUnit
	case !ownKnown || line != ownLine:
		return otherUnit
	case line == people && !counts(ind, own, roles[key]):
		return otherUnit
	}
	return ownUnit
}

// counts reports whether an indicator of people counts those of a role; every one
// counts people without a role.
func counts(ind *catalogue.Indicator, own, role string) bool {
	return role == "" || roles[own] == role || hasWords(vietnamese.Fold(ind.NameVI), role)
}

// hasWords reports whether whole words stand in a folded text.
func hasWords(folded, words string) bool { return strings.Contains(" "+folded+" ", " "+words+" ") }

// signs writes out the signs that folding would drop or tell apart.
var signs = strings.NewReplacer("₫", "đ", "²", "2", "³", "3")

// unitKey folds words of measure; ok is false where there are other marks among
// them than a stroke, as in "đ/c", or a full stop behind.
func unitKey(words string) (string, bool) {
	if words == "%" {
		return "%", true
	}
	words = strings.TrimRight(signs.Replace(words), " .")
	other := func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsNumber(r) && !strings.ContainsRune(" \n/.", r)
	}
	key := vietnamese.Fold(words)
	return key, key != "" && !strings.ContainsFunc(words, other)
}

// scaled gives the number that "2 nghìn" or "2 nghìn người" stands for.
func scaled(n figure.Number, words string, ind *catalogue.Indicator) (figure.Number, bool) {
	key, ok := unitKey(words)
	if !ok {
		return figure.Number{}, false
	}
	first, rest, _ := strings.Cut(key, " ")
	scale, ok := scales[first]
	if !ok || unitOf(rest, ind) > ownUnit {
		return figure.Number{}, false
	}
	return n.Mul(scale), true
}
