package catalogue

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"tonghop/pipeline/catalogue/formula"
	"tonghop/pipeline/period"
)

// compileFormulas compiles every derived indicator and inlines the derived
// ones that formulas name, so that the terms of each are inputs.
func (c *Catalogue) compileFormulas(all rows) {
	written := make(map[string]*formula.Formula)
	at := make(map[string]entry[indicatorRow])
	for _, e := range all.indicators {
		if e.Value.Kind != Derived || e.Value.formula == "" {
			continue
		}
		compiled, err := formula.Compile(e.Value.formula)
		if err != nil {
			wrongExpression(e.Record, "formula", err)
			continue
		}
		for _, term := range compiled.Terms() {
			c.checkTerm(e, term)
		}
		written[e.Value.Code], at[e.Value.Code] = compiled, e
	}
	inlined := make(map[string]*formula.Formula)
	for _, e := range all.indicators {
		if written[e.Value.Code] != nil {
			e.Value.Formula = inline(e.Value.Code, written, inlined, at, nil)
		}
	}
}

func (c *Catalogue) checkTerm(e entry[indicatorRow], code string) {
	term, ok := c.referIndicator(e.Record, "formula", code)
	switch {
	case !ok:
	case term.Kind == Text:
		e.Wrong("formula", "", say("%s là lời, không tính được", "%s is words and cannot be computed with", code))
	case term.Kind == Derived && term.ComputeAt == AtUnit:
		e.Wrong("formula", "", say("%s được tính ở từng đơn vị nên không đứng trong công thức khác", "%s is computed at the unit and cannot stand in another formula", code))
	}
}

// inline resolves one formula after those it names. trail holds the codes on
// the way, so that a circle is reported once, where it closes, and left open.
func inline(code string, written, inlined map[string]*formula.Formula, at map[string]entry[indicatorRow], trail []string) *formula.Formula {
	if done, ok := inlined[code]; ok {
		return done
	}
	trail = append(trail, code)
	for _, term := range written[code].Terms() {
		switch {
		case written[term] == nil:
		case slices.Contains(trail, term):
			circle := strings.Join(append(slices.Clone(trail[slices.Index(trail, term):]), term), " → ")
			at[code].Wrong("formula", "", say("các công thức gọi nhau thành vòng: %s", "the formulas form a circle: %s", circle))
			inlined[code] = written[code]
			return inlined[code]
		default:
			inline(term, written, inlined, at, trail)
		}
	}
	whole, err := written[code].Inline(inlined)
	if err != nil {
		wrongExpression(at[code].Record, "formula", err)
		whole = written[code]
	}
	inlined[code] = whole
	return whole
}

// wrongExpression reports an error of package formula at its column.
func wrongExpression(r record, column string, err error) {
	var at *formula.Error
	if !errors.As(err, &at) {
		r.Wrong(column, "", words{VI: err.Error(), EN: err.Error()})
		return
	}
	r.Wrong(column, "", words{
		VI: fmt.Sprintf("ký tự thứ %d: %s", at.Column, at.MessageVI),
		EN: at.Error(),
	})
}

// checkFormulas checks the inlined formulas against their terms.
func (c *Catalogue) checkFormulas(all rows) {
	for _, e := range all.indicators {
		i := e.Value
		if i.Formula == nil {
			continue
		}
		if _, _, ratio := i.Formula.Ratio(); i.Compare == "rate" && !ratio {
			e.Wrong("compare", "none", say("rate cần công thức dạng tử số / mẫu số", "rate needs a formula of the form numerator / denominator"))
		}
		if months := c.DueMonths(&i.Indicator); months != nil && len(months) == 0 {
			e.Wrong("formula", "", say("các số hạng không bao giờ đến hạn cùng tháng", "its terms are never due in the same month"))
		}
		for _, code := range i.Formula.Terms() {
			term := c.indicators[code]
			switch {
			case term == nil || term.Kind != Input:
			case i.ComputeAt == AtAggregate && term.Across != AcrossSum:
				e.Wrong("formula", "", say("%s không cộng được giữa các đơn vị; dùng compute_at unit", "%s has no sum across units; use compute_at unit", code))
			case !within(i.ValidFrom, i.ValidTo, term.ValidFrom, term.ValidTo):
				e.Wrong("formula", "", say("%s không có hiệu lực trong suốt thời gian của chỉ tiêu này", "%s is not valid all the time this indicator is", code))
			}
		}
	}
}

// within reports whether the first validity lies inside the second.
func within(from, to, outerFrom, outerTo period.Date) bool {
	return (outerFrom.IsZero() || !from.IsZero() && !from.Before(outerFrom)) &&
		(outerTo.IsZero() || !to.IsZero() && !to.After(outerTo))
}

// compileRules compiles every rule, puts derived indicators in by their
// formulas, and fills in what an error rule refuses.
func (c *Catalogue) compileRules(all rows) {
	derived := make(map[string]*formula.Formula)
	for _, i := range c.Indicators {
		if i.Formula != nil {
			derived[i.Code] = i.Formula
		}
	}
	for _, e := range all.rules {
		r := e.Value
		inOrder(e.Record, r.ValidFrom, r.ValidTo)
		for _, code := range r.Refuses {
			if i, ok := c.referIndicator(e.Record, "refuses", code); ok && i.Kind != Input {
				e.Wrong("refuses", "", say("%s không phải chỉ tiêu nhập", "%s is not an input", code))
			}
		}
		if r.Severity != severityError {
			e.KeepEmpty(say("chỉ quy tắc mức error mới loại số liệu", "only an error rule refuses figures"), "refuses")
		}
		if r.expression != "" {
			c.compileRule(e, derived)
		}
	}
}

func (c *Catalogue) compileRule(e entry[ruleRow], derived map[string]*formula.Formula) {
	r := e.Value
	check, err := formula.CompileRule(r.expression)
	if err != nil {
		wrongExpression(e.Record, "expression", err)
		return
	}
	for _, ref := range check.Refs() {
		if i, ok := c.referIndicator(e.Record, "expression", ref.Code); ok && i.Kind == Text {
			e.Wrong("expression", "", say("%s là lời, không so sánh được", "%s is words and cannot be compared", ref.Code))
		}
	}
	if r.Check, err = check.Inline(derived); err != nil {
		wrongExpression(e.Record, "expression", err)
		return
	}
	if r.Scope == RuleOfCity && (r.Severity == severityError || len(r.Refuses) > 0) {
		e.Wrong("scope", string(RuleOfUnit), say("quy tắc toàn thành phố chỉ để lưu ý, không loại số liệu của đơn vị nào", "a rule of the city is for attention and refuses no unit's figures"))
	}
	if r.Severity != severityError || len(r.Refuses) > 0 {
		return
	}
	for _, ref := range r.Check.Refs() {
		if ref.When != formula.Prev && ref.When != formula.LastYear && !slices.Contains(r.Refuses, ref.Code) {
			r.Refuses = append(r.Refuses, ref.Code)
		}
	}
}
