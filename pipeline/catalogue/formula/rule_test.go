package formula_test

import (
	"errors"
	"strings"
	"testing"

	"tonghop/pipeline/catalogue/formula"
	"tonghop/pipeline/figure"
)

func compileRule(t testing.TB, text string) *formula.Rule {
	t.Helper()
	r, err := formula.CompileRule(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return r
}

func TestWhatARuleMayHold(t *testing.T) {
	for _, c := range []struct {
		text   string
		column int
		says   string
	}{
		{"A + B", 1, "must be a condition"},
		{"A", 1, "must be a condition"},
		{"1 < 2", 1, "no indicator"},
		{"A < (B == C)", 3, "takes numbers"},
		{"(A < B) == (B < C)", 9, "takes numbers"},
		{"A and B < C", 3, "takes conditions"},
		{"not A == B", 1, "parentheses"},
		{"-(A < B) == 1", 1, "takes numbers"},
		{"next(A) > 1", 1, "no function \"next\""},
		{"abs(A) > 1", 1, "no function \"abs\""},
		{"sum(A) > 1", 1, "no function \"sum\""},
		{"prev(A, B) > 1", 1, "exactly one"},
		{"prev(A + B) > 1", 1, "exactly one"},
		{"prev(prev(A)) > 1", 1, "exactly one"},
		{"A = B", 3, "cannot be read"},
		{"A > B // C", 7, "comment"},
		{"A in B", 3, "cannot be used"},
		{"A == \"x\"", 6, "cannot be used"},
		{"A > B ? A : B", 7, "cannot be used"},
	} {
		_, err := formula.CompileRule(c.text)
		var at *formula.Error
		if !errors.As(err, &at) {
			t.Errorf("%q: error %v, want a formula error", c.text, err)
			continue
		}
		if at.Column != c.column || !strings.Contains(at.Message, c.says) {
			t.Errorf("%q: %v; want column %d: …%s…", c.text, at, c.column, c.says)
		}
	}
}

// Not checked is not passed: each row of this table is one pair of what is
// known and the outcome.
func TestRulesHaveThreeOutcomes(t *testing.T) {
	figures := map[string]string{
		"ONE": "1", "TENTH": "0.1", "FIFTH": "0.2", "SUM": "0.3", "NIL": "none", "prev(ONE)": "5", "ytd(ONE)": "6", "last_year(ONE)": "blank",
		"BLANK": "blank", "REFUSED": "refused", "UNAVAILABLE": "not_available", "NA": "not_applicable",
	}
	for _, c := range []struct {
		text string
		want formula.Outcome
	}{
		{"TENTH + FIFTH == SUM", formula.Holds},
		{"ONE / 3 * 3 == ONE", formula.Holds},
		{"ONE != 1", formula.Broken},
		{"NIL == 0", formula.Holds},
		{"ONE < ONE", formula.Broken},
		{"ONE <= ONE", formula.Holds},
		{"prev(ONE) + ONE == ytd(ONE)", formula.Holds},
		{"prev(ONE) > ytd(ONE)", formula.Broken},
		{"0 < ONE < 2", formula.Holds},
		{"0 < ONE < 1", formula.Broken},
		{"ONE <= last_year(ONE)", formula.NotChecked},
		{"BLANK == 0", formula.NotChecked},
		{"BLANK == BLANK", formula.NotChecked},
		{"REFUSED >= 0", formula.NotChecked},
		{"UNAVAILABLE >= 0", formula.NotChecked},
		{"NA >= 0", formula.NotChecked},
		{"ONE / NIL > 0", formula.NotChecked},
		{"not (BLANK == 0)", formula.NotChecked},
		{"not (ONE == 1)", formula.Broken},
		{"not (ONE == 2)", formula.Holds},
		{"NIL == 0 or BLANK <= ONE", formula.Holds},
		{"BLANK <= ONE or NIL == 0", formula.Holds},
		{"ONE == 0 or BLANK <= ONE", formula.NotChecked},
		{"ONE == 0 or ONE == 2", formula.Broken},
		{"ONE == 0 and BLANK <= ONE", formula.Broken},
		{"BLANK <= ONE and ONE == 0", formula.Broken},
		{"ONE == 1 && BLANK <= ONE", formula.NotChecked},
		{"ONE == 1 || BLANK <= ONE", formula.Holds},
	} {
		got := compileRule(t, c.text).Eval(func(r formula.Ref) figure.Figure { return look(t, figures)(r.String()) })
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.text, got, c.want)
		}
	}
}

func TestRuleInlineKeepsTheTime(t *testing.T) {
	net := compile(t, "IN - OUT")
	r, err := compileRule(t, "ALL == prev(ALL) + NET and prev(NET) >= 0").Inline(map[string]*formula.Formula{"NET": net})
	if err != nil {
		t.Fatal(err)
	}
	var refs []string
	for _, ref := range r.Refs() {
		refs = append(refs, ref.String())
	}
	if got, want := strings.Join(refs, " "), "ALL prev(ALL) IN OUT prev(IN) prev(OUT)"; got != want {
		t.Errorf("refs %s, want %s", got, want)
	}
	cell := func(r formula.Ref) string { return strings.ToUpper(r.When.String()) + "." + r.Code }
	if got, want := r.Excel(cell), "AND(NOW.ALL = PREV.ALL + (NOW.IN - NOW.OUT),PREV.IN - PREV.OUT >= 0)"; got != want {
		t.Errorf("workbook formula %s, want %s", got, want)
	}
	if got := compileRule(t, "not (A != 1) or A < 2").Excel(cell); got != "OR(NOT(NOW.A <> 1),NOW.A < 2)" {
		t.Errorf("workbook formula %s", got)
	}
}
