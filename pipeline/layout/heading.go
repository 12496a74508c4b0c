package layout

import (
	"regexp"
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
	Value  // the figures of the report's own period, said in words
	Dated  // the figures of a month that the heading names
	Past   // figures of an earlier period
	Sum    // cumulative figures
	Aside  // plans, targets, shares, checks: for the eye
	Result // figures of which the heading does not say when, "Kết quả": the report's where no heading says more
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
	"ky nay": Value, "thang nay": Value, "trong ky": Value, "trong thang": Value,
	"trong ky bao cao": Value, "ky bao cao": Value, "thang bao cao": Value, "so lieu ky bao cao": Value,
	"thuc hien trong ky": Value, "thuc hien trong thang": Value, "thuc hien ky nay": Value, "thuc hien thang nay": Value,
	"ket qua trong ky": Value, "ket qua trong thang": Value, "ket qua ky nay": Value, "ket qua thang nay": Value,
	"ket qua thuc hien trong ky": Value, "ket qua thuc hien trong thang": Value, "phat sinh trong ky": Value, "phat sinh trong thang": Value,
	"ket qua": Result, "thuc hien": Result, "ket qua thuc hien": Result, "th": Result, "so luong": Result,
	"kiem tra": Aside,
}

// parts are words that make a heading what it is wherever they stand in it; the
// first that is found counts.
var parts = []struct {
	text string
	role Role
}{
	{"luy ke", Sum}, {"lk", Sum}, {"cong don", Sum}, {"tu dau", Sum}, {"tinh den", Sum}, {"den", Sum},
	{"so voi", Aside}, {"ty le", Aside}, {"ti le", Aside}, {"tang", Aside}, {"giam", Aside}, {"so sanh", Aside}, {"phan tram", Aside},
	{"ke hoach", Aside}, {"kh", Aside}, {"muc tieu", Aside}, {"chi tieu", Aside}, {"uoc", Aside}, {"du kien", Aside}, {"danh gia", Aside},
	{"dang ky", Aside}, {"phuong huong", Aside}, {"nhiem vu", Aside}, {"du toan", Aside},
	{"ky truoc", Past}, {"thang truoc", Past}, {"quy truoc", Past}, {"nam truoc", Past}, {"cung ky", Past},
}

// periodWords are how a heading names its month, on plain text; with them gone
// the rest says of what the figures are.
var periodWords = []*regexp.Regexp{
	regexp.MustCompile(`(?:\btu\s*)?(?:ngay\s*)?\d{1,2}\s*(?:[/.-]|thang)\s*\d{1,2}(?:\s*(?:[/.-]|nam)\s*\d{4})?\s*(?:-|–|den het|den|toi)\s*(?:ngay\s*)?\d{1,2}\s*(?:[/.-]|thang)\s*\d{1,2}(?:\s*(?:[/.-]|nam)\s*\d{4})?`),
	regexp.MustCompile(`\b\d{4}\s*[/-]\s*\d{1,2}\b`),
	regexp.MustCompile(`\b(?:thang\s*:?|t\.?)?\s*\d{1,2}\s*(?:[/.,-]\s*(?:nam\s*:?)?|nam\s*:?)\s*\d{4}\b`),
	regexp.MustCompile(`\b(?:thang\s*:?|t\.?)\s*\d{1,2}(?:\s+\d{4})?\b`),
	regexp.MustCompile(`\bnam\s*:?\s*\d{4}\b`),
}

// plainly matches the rest of a heading, folded, that claims no more than to be
// the figures of the month it names. Any other word ("nữ", "kinh phí") may make
// them figures of something else.
var plainly = regexp.MustCompile(`^(?:(?:ket qua|thuc hien|th|so lieu|so luong|trong|cua|phat sinh|thang|ky|nay|bao cao)(?: |$))*$`)

// measuring matches what stands in brackets, folded, and is a measure.
var measuring = regexp.MustCompile(`^(?:(?:don vi tinh|dvt|don vi|tinh bang|nghin|ngan|trieu|trd|tr|ty|ti|1000|1000000|1|000|dong|vnd|d|luot|nguoi|ho|hoi vien|phu nu|can bo|co so|hoi|vu|viec|cuoc|lop|buoi|mo hinh|y kien|hoat dong|van ban|doanh nghiep|hop tac xa|htx|to|nhom|chi hoi|don vi|diem|tin|bai|cong trinh|nha|suat|don|truong hop|y tuong|tuyen pho|guong|tuyen|xa|phuong|so|lan)(?: |$))+$`)

// classify tells the role of a heading by its texts from the top: the lowest
// says what the column holds, those above of what.
func (f *Finder) classify(texts []string) heard {
	leaf := f.role(texts[len(texts)-1])
	if len(texts) == 1 {
		return leaf
	}
	above := f.role(strings.Join(texts[:len(texts)-1], " "))
	switch leaf.Role {
	case Value, Dated, Result:
		switch above.Role {
		case Past, Sum, Aside:
			return above
		case Dated:
			return heard{Dated, above.Merge(leaf.Said)}
		case Value:
			if leaf.Role == Result {
				return heard{Value, leaf.Said}
			}
		case Unknown:
			if leaf.Role != Value {
				return heard{} // "Kinh phí" over "Tháng 6"
			}
		}
		return leaf
	case Unknown:
		if whole := f.role(strings.Join(texts, " ")); whole.Role != Unknown {
			return whole
		}
		if above.Role == Value || above.Role == Dated || above.Role == Result {
			return heard{} // "Nữ" under "Tháng 6"
		}
		return above
	}
	return leaf
}

// role tells what one text of a heading says.
func role(text string, scheme period.Scheme) (Role, naming.Said) {
	outside, bracket := Bracketed(text)
	folded := vietnamese.Fold(outside)
	if folded == "" && !strings.Contains(outside, "%") {
		outside, bracket = text, ""
		folded = vietnamese.Fold(text)
	}
	said := naming.Periods(text, scheme)
	dated := !said.Longer && len(said.Months)+len(said.Bare) > 0
	known, isKnown := headings[folded]
	if isKnown && known != Value && known != Result {
		return known, naming.Said{}
	}
	rest, inside := undated(outside), undated(bracket)
	for _, part := range parts {
		if !isKnown && hasWords(rest, part.text) || hasWords(inside, part.text) {
			return part.role, naming.Said{}
		}
	}
	switch clear := plainly.MatchString(inside) || measuring.MatchString(inside); {
	case said.Longer:
		return Aside, naming.Said{}
	case !clear:
		return Unknown, naming.Said{}
	case dated && (isKnown || plainly.MatchString(rest)):
		return Dated, said // "Kỳ này (tháng 6/2025)" says which
	case isKnown && said.Nothing():
		return known, naming.Said{}
	}
	return Unknown, naming.Said{}
}

// undated folds what a text says beside the period.
func undated(text string) string {
	plain := vietnamese.Plain(strings.ReplaceAll(text, "%", " phần trăm "))
	for _, words := range periodWords {
		plain = words.ReplaceAllString(plain, " ")
	}
	return vietnamese.Fold(plain)
}

// IsMeasure reports whether a folded text is made of words of measures, or is
// empty.
func IsMeasure(folded string) bool { return folded == "" || measuring.MatchString(folded) }

// hasWords reports whether words stand in a folded text.
func hasWords(folded, words string) bool { return strings.Contains(" "+folded+" ", " "+words+" ") }

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
