package reading

import (
	"strings"
	"unicode"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/vietnamese"
)

// meaning is what a word or a mark without a number stands for.
type meaning uint8

const (
	unknownMeaning meaning = iota
	none
	notApplicable
	notAvailable
	// asked: offices write it in more than one of these senses, so that it is
	// asked about and never read.
	asked
)

// words are the words for a state, as vietnamese.Fold gives them: in whatever
// capitals, with or without diacritics. Only the whole text counts.
var words = map[string]meaning{
	"kps": none, "ps 0": none, "0 ps": none, "0 phat sinh": none, "0 co": none, "0 co phat sinh": none,
	"khong": none, "khong co": none, "khong phat sinh": none, "khong co phat sinh": none,
	"khong phat sinh so lieu": none, "khong phat sinh moi": none, "chua phat sinh": none,
	"ko": none, "ko co": none, "ko phat sinh": none, "k co": none, "k phat sinh": none, "khong ps": none, "ko ps": none,

	"kad": notApplicable, "khong ap dung": notApplicable, "ko ap dung": notApplicable, "k ap dung": notApplicable,
	"khong thuoc doi tuong": notApplicable, "khong thuoc doi tuong ap dung": notApplicable,

	"chua co so lieu": notAvailable, "chua du so lieu": notAvailable,
	"chua tong hop": notAvailable, "chua tong hop duoc": notAvailable, "chua tong hop xong": notAvailable, "dang tong hop": notAvailable,
	"chua thong ke": notAvailable, "chua thong ke duoc": notAvailable, "dang thong ke": notAvailable,
	"chua cap nhat": notAvailable, "dang cap nhat": notAvailable, "cap nhat sau": notAvailable,
	"bo sung sau": notAvailable, "bao cao sau": notAvailable, "se bao cao sau": notAvailable, "cho so lieu": notAvailable,
	"chua ro": notAvailable, "khong ro": notAvailable, "chua nam duoc": notAvailable, "khong nam duoc": notAvailable,

	// No figure, or a figure of nothing?
	// "co so" is both "có số" and "cơ sở".
	"chua": asked, "chua co": asked, "chua co so": asked, "khong co so lieu": asked, "khong so lieu": asked, "khong co so": asked,
	"khong bao cao": asked, "khong thuoc dien": asked,
	"chua thuc hien": asked, "khong thuc hien": asked, "chua trien khai": asked, "khong trien khai": asked, "chua lam": asked,
	"na": asked, "nil": asked, "none": asked, "null": asked, "no": asked, "nan": asked,
	// A cross is a tick, a gap or "not applicable"; a letter is an abbreviation.
	"x": asked, "v": asked, "k": asked, "co": asked, "da co": asked,
}

// marks are texts without a word, and abbreviations with marks in them, lower
// case. Runs of dashes and of points are in mark.
var marks = map[string]meaning{
	"n/a": asked, "n.a": asked, "n.a.": asked, "n-a": asked,
	"?": asked, "/": asked, `\`: asked, "*": asked, ".": asked, ",": asked, "+": asked, "=": asked, "%": asked, "#": asked,
	"✓": asked, "✔": asked, "√": asked, "×": asked, "✗": asked, "☐": asked, "☑": asked, "∅": asked, "ø": asked,
}

// mean tells what a text without a number stands for. Marks are looked at before
// the text is folded, which drops them.
func mean(text string) meaning {
	if m, ok := marks[strings.ToLower(text)]; ok {
		return m
	}
	if m := mark(text); m != unknownMeaning {
		return m
	}
	// "không?" and "không/có" are no answers. The first is asked about; the second
	// is a form's own text and no word for anything.
	if strings.ContainsRune(text, '?') && !hasDigit(text) {
		return asked
	}
	key, ok := spoken(text)
	if !ok {
		return unknownMeaning
	}
	return words[key]
}

const dashes = "-‐‑‒–—―−_"

// mark reads a run of dashes, with which a clerk strikes a cell out, and a run
// of points, with which one leaves it open. A line of underscores is a blank to
// be written on and was left so: asked about.
func mark(text string) meaning {
	run := strings.ReplaceAll(text, " ", "")
	switch {
	case run == "":
		return unknownMeaning
	case strings.Trim(run, "_") == "":
		return asked
	case strings.Trim(run, dashes) == "":
		return none
	case strings.Trim(run, ".…") == "" && (len(run) > 1): // "…" has three bytes
		return notAvailable
	}
	return unknownMeaning
}

// spoken folds a text of nothing but words. Around them a bullet, quotation
// marks, brackets and a full stop may stand; a mark between words may part two
// answers, and then nothing is read.
func spoken(text string) (string, bool) {
	text = strings.TrimLeft(text, dashes+"•+ ([\"“'‘")
	text = strings.TrimRight(text, " )]\"”'’.")
	// K.P.S. is KPS.
	if !strings.Contains(text, " ") {
		text = strings.ReplaceAll(text, ".", "")
	}
	between := func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && r != ' ' && r != '\n'
	}
	if text == "" || strings.ContainsFunc(text, between) {
		return "", false
	}
	return vietnamese.Fold(text), true
}

// inState answers a cell with words or a mark for an indicator.
func inState(cell Cell, m meaning, ind *catalogue.Indicator) Answer {
	switch {
	case m == asked:
		return refuse(cell, finding.New(finding.MarkAmbiguous))
	case m == none && ind.Nature == catalogue.Stock:
		return refuse(cell, finding.New(finding.NoneInStock))
	case m == notApplicable && !ind.AllowNA:
		f := finding.New(finding.NotApplicableRefused)
		f.Raw = cell.Raw
		// Missing until the office accepts it, but not unreadable.
		return Answer{Figure: figure.Without(figure.NotAvailable), Findings: []finding.Finding{f}}
	}
	return Answer{Figure: figure.Without(m.state())}
}

func (m meaning) state() figure.State {
	switch m {
	case none:
		return figure.None
	case notApplicable:
		return figure.NotApplicable
	case notAvailable:
		return figure.NotAvailable
	}
	return figure.Refused
}
