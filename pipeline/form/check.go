package form

import (
	"fmt"
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/catalogue/formula"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/workbook/write"
)

// fault is one thing the live check looks for, as the formula that a
// spreadsheet evaluates and as the function that gives the result stored with
// it. The two must agree; a test lets LibreOffice recalculate.
type fault struct {
	formula string
	found   func() bool
	message string
}

// liveCheck gives the formula of column "Kiểm tra" for a row, and its result
// for what the form is filled with.
func (f *filling) liveCheck(r *row) (string, string) {
	cell, content := r.value(), f.fill.Answers[r.Code].Content
	blankFormula, blank := f.whenBlank(r)
	steps := []fault{{fmt.Sprintf(`TRIM(%s)=""`, cell), content.blank, blank}}
	if r.Kind == catalogue.Text || r.Type == catalogue.Prose || r.Type == catalogue.Choice || r.Type == catalogue.YesNo {
		steps = append(steps, textFaults(r, content)...)
	} else {
		steps = append(steps, f.numberFaults(r, content)...)
	}
	var built strings.Builder
	for i, s := range steps {
		message := literal(s.message)
		if i == 0 {
			message = blankFormula
		}
		fmt.Fprintf(&built, "IF(%s,%s,", s.formula, message)
	}
	built.WriteString(literal(checkGood) + strings.Repeat(")", len(steps)))
	for _, s := range steps {
		if s.found() {
			return built.String(), s.message
		}
	}
	return built.String(), checkGood
}

// whenBlank says what a blank cell is told: the nil box answers for flows, and
// what is not required may stay blank.
func (f *filling) whenBlank(r *row) (formula, result string) {
	switch {
	case !r.Required:
		return `""`, ""
	case r.Nature != catalogue.Flow || r.Kind == catalogue.Text:
		return literal(checkEmpty), checkEmpty
	}
	result = checkEmpty
	if f.fill.Nil {
		result = checkNil
	}
	return fmt.Sprintf(`IF(TRIM(%s)="",%s,%s)`, NameNil, literal(checkEmpty), literal(checkNil)), result
}

func textFaults(r *row, content Content) []fault {
	choices := r.Choices
	if r.Type == catalogue.YesNo {
		choices = yesNoWords
	}
	if len(choices) == 0 {
		return nil
	}
	tests := make([]string, 0, len(choices)+1)
	for _, c := range choices {
		tests = append(tests, fmt.Sprintf("TRIM(%s)=%s", r.value(), literal(c)))
	}
	tests = append(tests, amongst(r.value(), wordsWithoutNone))
	return []fault{{
		"NOT(OR(" + strings.Join(tests, ",") + "))",
		func() bool {
			return !content.amongst(choices) && !content.amongst(unavailableWords) && !content.amongst(notApplicableWords)
		},
		checkLook + ": chọn trong danh sách",
	}}
}

// numberFaults are looked for in this order; the first one found is told.
func (f *filling) numberFaults(r *row, content Content) []fault {
	cell := r.value()
	isNumber := content.kind == number
	notApplicable := fault{amongst(cell, wordsNotApplicable), func() bool { return content.amongst(notApplicableWords) }, checkNotApplicable}
	if !r.AllowNA {
		notApplicable.message = checkLook + ": chỉ tiêu này phải có số liệu"
	}
	faults := []fault{
		{amongst(cell, wordsUnavailable), func() bool { return content.amongst(unavailableWords) }, checkUnavailable},
		notApplicable,
		{
			fmt.Sprintf("NOT(%s)", counts(cell)),
			func() bool { return !isNumber && !content.amongst(noneWords) },
			checkLook + ": ô này không phải là số",
		},
	}
	if r.Nature == catalogue.Flow {
		faults = append(faults, fault{
			fmt.Sprintf(`AND(TRIM(%s)<>"",N(%s)<>0)`, NameNil, cell), func() bool { return f.fill.Nil && isNumber && !content.number.IsZero() },
			checkWrong + ": đã đánh dấu không phát sinh",
		})
	}
	if r.Nature == catalogue.Stock {
		faults = append(faults, fault{
			fmt.Sprintf("ISTEXT(%s)", cell), func() bool { return !isNumber }, checkWrong + ": chỉ tiêu thời điểm phải ghi số",
		})
	}
	if r.Type == catalogue.Whole {
		faults = append(faults, fault{
			fmt.Sprintf("N(%[1]s)<>INT(N(%[1]s))", cell), func() bool { return isNumber && !content.number.IsWhole() },
			checkWrong + ": phải là số nguyên",
		})
	}
	if r.least != nil {
		faults = append(faults, fault{
			fmt.Sprintf("AND(ISNUMBER(%[1]s),N(%[1]s)<%[2]s)", cell, r.least),
			func() bool { return isNumber && content.number.Cmp(*r.least) < 0 },
			checkWrong + ": nhỏ nhất là " + printed(*r.least),
		})
	}
	if r.most != nil {
		faults = append(faults, fault{
			fmt.Sprintf("AND(ISNUMBER(%[1]s),N(%[1]s)>%[2]s)", cell, r.most),
			func() bool { return isNumber && content.number.Cmp(*r.most) > 0 },
			checkWrong + ": lớn nhất là " + printed(*r.most),
		})
	}
	if whole := f.byCode(r.PartOf); r.PartOf != "" && whole != nil {
		faults = append(faults, f.partFault(r, whole))
	}
	return append(faults, f.ruleFaults(r)...)
}

func (f *filling) partFault(part, whole *row) fault {
	return fault{
		fmt.Sprintf("AND(%s,N(%s)>N(%s))", counts(whole.value()), part.value(), whole.value()),
		func() bool {
			of, known := f.typed(formula.Ref{Code: whole.Code}).Number()
			n, _ := f.typed(formula.Ref{Code: part.Code}).Number()
			return known && n.Cmp(of) > 0
		},
		fmt.Sprintf("%s: phần lớn hơn tổng (dòng %d)", checkWrong, whole.number),
	}
}

// counts is the formula that says whether a cell holds what enters a sum.
func counts(cell write.Ref) string {
	return fmt.Sprintf("OR(ISNUMBER(%s),%s)", cell, amongst(cell, wordsNone))
}

// typed gives the form's figures to rules.
func (f *filling) typed(ref formula.Ref) figure.Figure {
	return f.fill.Answers[ref.Code].Content.figure()
}

// ruleFaults are the rules that this form alone can check, told at the row of
// their last code: there the unit has typed everything they are about.
func (f *filling) ruleFaults(r *row) []fault {
	var faults []fault
	for _, rule := range f.liveRules() {
		if rule.last != r {
			continue
		}
		word := checkLook
		if rule.Severity == "error" {
			word = checkWrong
		}
		faults = append(faults, fault{
			rule.broken, func() bool { return rule.Check.Eval(f.typed) == formula.Broken },
			fmt.Sprintf("%s: %s ở sheet %s", word, rule.name, SheetGuide),
		})
	}
	return faults
}
