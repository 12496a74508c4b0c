package layout

import (
	"strings"

	"tonghop/pipeline/naming"
	"tonghop/pipeline/period"
	"tonghop/pipeline/vietnamese"
)

// Role is what a column holds by its heading.
type Role uint8

// The roles.
const (
	Unknown Role = iota // a heading that says nothing known
	Number              // the number of the row
	Code                // the indicator's code
	Name                // its name
	Measure             // the unit in which it is counted
	Note
	Value // the figures of the report's own period, said in words
	Dated // the figures of a month that the heading names
	Past  // figures of an earlier period
	Sum   // cumulative figures
	Aside // plans, targets, shares, checks: for the eye
)

// headings are texts, folded, that are a whole heading.
var headings = map[string]Role{
	"tt": Number, "stt": Number, "so tt": Number, "so thu tu": Number,
	"ma": Code, "ma so": Code, "ma chi tieu": Code, "ma ct": Code, "ma so chi tieu": Code,
	"chi tieu": Name, "ten chi tieu": Name, "cac chi tieu": Name, "noi dung": Name, "noi dung chi tieu": Name,
	"chi tieu bao cao": Name, "noi dung bao cao": Name, "danh muc chi tieu": Name,
	"don vi tinh": Measure, "dvt": Measure, "don vi": Measure, "d vi tinh": Measure,
	"ghi chu": Note, "giai trinh": Note, "ghi chu giai trinh": Note,
	"so lieu ky nay": Value, "so lieu thang nay": Value, "so lieu trong ky": Value, "so lieu trong thang": Value, "so lieu": Value,
	"ky nay": Value, "thang nay": Value, "trong ky": Value, "trong thang": Value, "so luong": Value,
	"trong ky bao cao": Value, "ky bao cao": Value, "thang bao cao": Value, "so lieu ky bao cao": Value,
	"thuc hien trong ky": Value, "thuc hien trong thang": Value, "thuc hien ky nay": Value, "thuc hien thang nay": Value,
	"ket qua trong ky": Value, "ket qua trong thang": Value, "ket qua ky nay": Value, "ket qua thang nay": Value,
	"ket qua thuc hien trong ky": Value, "ket qua thuc hien trong thang": Value, "phat sinh trong ky": Value, "phat sinh trong thang": Value,
	"kiem tra": Aside,
}

// parts are words that make a heading what it is wherever they stand in it; the
// first that is found counts.
var parts = []struct {
	text string
	role Role
}{
	{"luy ke", Sum}, {"cong don", Sum}, {"tu dau nam", Sum}, {"tu dau nhiem ky", Sum},
	{"so voi", Aside}, {"ty le", Aside}, {"ti le", Aside}, {"tang giam", Aside}, {"so sanh", Aside}, {"phan tram", Aside},
	{"ke hoach", Aside}, {"muc tieu", Aside}, {"chi tieu giao", Aside}, {"chi tieu nam", Aside}, {"uoc", Aside}, {"du kien", Aside}, {"danh gia", Aside},
	{"ky truoc", Past}, {"thang truoc", Past}, {"quy truoc", Past}, {"nam truoc", Past}, {"cung ky", Past},
}

// classify tells the role of a heading by its texts from the top: the lowest
// says what the column holds, those above of what.
func classify(texts []string, scheme period.Scheme) (Role, naming.Said) {
	leaf, said := role(texts[len(texts)-1], scheme)
	if len(texts) == 1 {
		return leaf, said
	}
	above, saidAbove := role(strings.Join(texts[:len(texts)-1], " "), scheme)
	switch leaf {
	case Value, Dated:
		switch above {
		case Past, Sum, Aside:
			return above, saidAbove
		case Dated:
			return Dated, saidAbove.Merge(said)
		}
		return leaf, said
	case Unknown:
		if whole, saidWhole := role(strings.Join(texts, " "), scheme); whole != Unknown {
			return whole, saidWhole
		}
		return above, saidAbove
	}
	return leaf, said
}

// role tells what one text of a heading says.
func role(text string, scheme period.Scheme) (Role, naming.Said) {
	outside, bracket := Bracketed(text)
	folded := vietnamese.Fold(outside)
	if folded == "" {
		folded = vietnamese.Fold(text)
	}
	said := naming.Periods(text, scheme)
	dated := !said.Longer && len(said.Months)+len(said.Bare) > 0
	if r, ok := headings[folded]; ok {
		if r == Value && bracket != "" && dated {
			return Dated, said // "Kỳ này (tháng 6/2025)" says which
		}
		return r, naming.Said{}
	}
	for _, part := range parts {
		if strings.Contains(" "+folded+" ", " "+part.text+" ") {
			return part.role, naming.Said{}
		}
	}
	switch {
	case dated:
		return Dated, said
	case said.Longer:
		return Aside, naming.Said{}
	}
	return Unknown, naming.Said{}
}

// Bracketed parts "Kinh phí (triệu đồng)" into what stands outside the last
// pair of brackets at its end and what inside.
func Bracketed(text string) (outside, inside string) {
	text = strings.TrimSpace(text)
	open := strings.LastIndex(text, "(")
	if open <= 0 || !strings.HasSuffix(text, ")") {
		return text, ""
	}
	return strings.TrimSpace(text[:open]), strings.TrimSpace(text[open+1 : len(text)-1])
}
