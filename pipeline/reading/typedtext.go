package reading

import (
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
	"tonghop/pipeline/vietnamese"
)

// longestText is the longest text, in bytes, that is looked through for a number.
// More is a paragraph.
const longestText = 300

// typedText reads the text in a number's cell.
func typedText(cell Cell, ind *catalogue.Indicator, m period.Month) Answer {
	visible := tidy(cell.Raw)
	text := unquote(visible)
	switch {
	case visible == "":
		return Answer{}
	case text == "" || len(text) > longestText:
		return refuse(cell, unreadable(""))
	}
	if m := mean(text); m != unknownMeaning {
		return inState(cell, m, ind)
	}
	if isFault(text) {
		return refuse(cell, finding.New(finding.FormulaError).With("error", text))
	}
	if problem := dateOrFraction(text, ind.Type); problem != nil {
		return refuse(cell, *problem)
	}
	p, ok := takeApart(text)
	if !ok {
		return withoutNumber(cell, text, ind)
	}
	r, problem := p.read(cell, ind)
	if problem != nil {
		if problem.Code == finding.NumberUnreadable {
			if letters := lettersAmong(text, ind); letters != nil {
				problem = letters
			}
		}
		a := refuse(cell, *problem)
		a.Remark = p.remark
		return a
	}
	return r.answer(cell, ind, m)
}

// withoutNumber reads a text without a digit outside brackets: a word with a
// remark, "không phát sinh (do nghỉ Tết)", or what is no answer.
func withoutNumber(cell Cell, text string, ind *catalogue.Indicator) Answer {
	said, remark, _ := cutRemark(text)
	if m := mean(said); m != unknownMeaning && remark != "" {
		// "không có (0)" says it twice; any other number speaks against the word.
		if !hasDigit(remark) || m == none && remark == "0" {
			a := inState(cell, m, ind)
			a.Remark = remark
			return a
		}
	}
	if letters := lettersAmong(text, ind); letters != nil {
		return refuse(cell, *letters)
	}
	return refuse(cell, unreadable(""))
}

// faults are the names of formula errors, which stand as text where values were
// pasted.
var faults = map[string]bool{
	"#NULL!": true, "#DIV/0!": true, "#VALUE!": true, "#REF!": true, "#NAME?": true, "#NUM!": true, "#N/A": true,
	"#GETTING_DATA": true, "#SPILL!": true, "#CALC!": true, "#FIELD!": true, "#BLOCKED!": true, "#CONNECT!": true,
	"#BUSY!": true, "#UNKNOWN!": true, "#PYTHON!": true,
}

func isFault(text string) bool {
	code, libre := strings.CutPrefix(text, "Err:")
	return faults[strings.ToUpper(text)] || libre && allDigits(code)
}

// read reads a text taken apart. A problem says why it gives no number, and
// carries the number probably meant where one can be named.
func (p phrase) read(cell Cell, ind *catalogue.Indicator) (read, *finding.Finding) {
	problem := func(f finding.Finding) (read, *finding.Finding) { return read{}, &f }
	d, undecided := decide(p.core, ind.Type)
	estimated, understood := isEstimate(p.before)
	behind := unitOf(p.after, ind)
	switch {
	case p.bracketed && (behind != noUnit || p.before != ""), !understood, behind == unknownUnit:
		return problem(unreadable(p.meant(d, undecided, ind)))
	case behind == otherUnit:
		return problem(finding.New(finding.MeasureMismatch).With("found", p.after))
	case undecided != nil:
		return read{}, undecided
	case (p.bracketed || p.sign == dash) && !d.number.IsZero():
		return problem(ambiguous(d.number, d.number.Neg()))
	}
	if f := p.judgeRemark(d.number, ind); f != nil {
		return read{}, f
	}
	r := read{number: d.number, percent: ind.Type == catalogue.Percent && behind == ownUnit, remark: p.remark}
	if p.sign == minus {
		r.number = r.number.Neg()
	}
	if estimated || provisional[vietnamese.Fold(p.remark)] {
		r.say(cell, finding.New(finding.Estimate))
	}
	if d.doubt {
		f := finding.New(finding.NumberDoubtful)
		if d.other != nil {
			f = f.With("other", d.other.String())
		}
		r.say(cell, f)
	}
	return r, nil
}

// meant names the number probably meant by a text that is not understood as a
// whole: the only number in it, or one with a word that multiplies it.
func (p phrase) meant(d decision, undecided *finding.Finding, ind *catalogue.Indicator) string {
	// ".5" is not 5, and "3–12" neither 3 nor 12.
	if p.before != "" && !hasLetter(p.before) {
		return ""
	}
	if undecided != nil || d.doubt || hasDigit(p.before) || hasDigit(p.after) || p.sign != unsigned || p.remark != "" {
		return ""
	}
	n := d.number
	if product, ok := scaled(n, p.after, ind); ok {
		if all := readings(p.core); len(all) > 1 {
			return ""
		}
		n = product
	}
	if ind.Type == catalogue.Whole && !n.IsWhole() {
		return ""
	}
	return n.String()
}

// judgeRemark asks where the brackets behind a number do more than remark: "12
// (13)", "12 (sửa thành 13)", "12 (-3)".
func (p phrase) judgeRemark(n figure.Number, ind *catalogue.Indicator) *finding.Finding {
	m := mean(p.remark)
	switch {
	case p.remark == "", m == none && n.IsZero():
		return nil
	case m != unknownMeaning: // "12 (không phát sinh)"
	case hasLetter(p.remark) && !corrects(p.remark), strings.HasSuffix(p.remark, "%"):
		return nil
	}
	f := unreadable("")
	if other, problem := decide(p.remark, ind.Type); problem == nil {
		f = ambiguous(n, other.number)
	}
	return &f
}
