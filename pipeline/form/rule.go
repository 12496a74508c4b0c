package form

import (
	"fmt"
	"regexp"
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/catalogue/formula"
)

// liveRule is a rule that a spreadsheet can check with this form's cells.
type liveRule struct {
	*catalogue.Rule
	name   string // as the guide lists it: "điều kiện 1"
	broken string // the formula that is true where the rule is broken
	last   *row   // of the rows it reads, the lowest
}

// liveRules lists the rules in force whose every code is typed in this form.
func (f *filling) liveRules() []liveRule {
	var live []liveRule
	for _, rule := range f.Catalogue.Rules {
		if rule.Scope == catalogue.RuleOfCity {
			continue // one unit's transfers in need not equal its transfers out
		}
		if !f.Scheme.Window(f.Month).Overlaps(rule.ValidFrom, rule.ValidTo) {
			continue
		}
		if l, ok := f.live(rule); ok {
			l.name = fmt.Sprintf("điều kiện %d", len(live)+1)
			live = append(live, l)
		}
	}
	return live
}

func (f *filling) live(rule *catalogue.Rule) (liveRule, bool) {
	l := liveRule{Rule: rule}
	var known []string
	for _, ref := range rule.Check.Refs() {
		r := f.byCode(ref.Code)
		if r == nil || ref.When != formula.Now || r.Kind != catalogue.Input {
			return l, false
		}
		known = append(known, counts(r.value()))
		if l.last == nil || r.at > l.last.at {
			l.last = r
		}
	}
	condition, ok := f.condition(rule.Check.String())
	if !ok || l.last == nil {
		return l, false
	}
	// A division by zero is no verdict here either.
	l.broken = "IFERROR(AND(" + strings.Join(known, ",") + ",NOT(" + condition + ")),FALSE)"
	return l, true
}

var (
	ruleToken  = regexp.MustCompile(`[A-Z][A-Z0-9_]*|==|!=`)
	notPlain   = regexp.MustCompile(`\b(and|or|not)\b|&&|\|\||!([^=]|$)`)
	spreadsign = map[string]string{"==": "=", "!=": "<>"}
)

// condition writes a rule as a spreadsheet's condition. It knows one
// comparison: a rule joined of several needs three-valued logic to say when it
// was not checked, and is left to those who receive the form, as is one that
// names a derived indicator.
func (f *filling) condition(text string) (string, bool) {
	if notPlain.MatchString(text) {
		return "", false
	}
	plain := true
	condition := ruleToken.ReplaceAllStringFunc(text, func(token string) string {
		if sign, ok := spreadsign[token]; ok {
			return sign
		}
		r := f.byCode(token)
		if r == nil {
			plain = false
			return token
		}
		return "N(" + r.value().String() + ")"
	})
	return condition, plain
}
