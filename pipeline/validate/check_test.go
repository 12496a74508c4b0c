package validate_test

import (
	"strings"
	"testing"

	"tonghop/pipeline/finding"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/validate"
)

const june = " 2025-06 v1 2025-06-16 09:00 "

func TestBlankRequiredIsMissing(t *testing.T) {
	c := rules(t)
	got := check(t, c, "a U-1"+june+"A= B= C= T=")
	expect(t, told(got.Findings(span("2025-06"))), "a E2 error value-missing A", "a E3 error value-missing B")
	// An answer without a number is an answer.
	got = check(t, c, "a U-1"+june+"A=… B=none C=x")
	expect(t, told(got.Findings(span("2025-06"))))
	// What is not due in May is not missing.
	got = check(t, c, "a U-1 2025-05 v1 2025-05-16 09:00 Q=")
	expect(t, told(got.Findings(span("2025-05"))))
}

func TestRowOfANewIndicatorMayLack(t *testing.T) {
	c := rules(t)
	first := "a U-4 2025-05 v1 2025-05-16 09:00 "
	expect(t, told(check(t, c, first+"N=gone").Findings(span("2025-05"))), "a note value-missing N")
	expect(t, told(check(t, c, first+"N=").Findings(span("2025-05"))), "a E9 error value-missing N")
	expect(t, told(check(t, c, "a U-4"+june+"N=gone").Findings(span("2025-06"))), "a error value-missing N")
}

func TestGraceOfANewIndicator(t *testing.T) {
	c := rules(t)
	for _, w := range []struct {
		grace       int
		may, inJune string
	}{
		{0, "a error value-missing N", "a error value-missing N"},
		{1, "a note value-missing N", "a error value-missing N"},
		{2, "a note value-missing N", "a note value-missing N"},
	} {
		for month, want := range map[string]string{"2025-05": w.may, "2025-06": w.inJune} {
			in := input(c, batch(t, c, "a U-4 "+month+" v1 "+month+"-16 09:00 N=gone"), march)
			in.NewIndicatorGrace = w.grace
			expect(t, told(validate.Batch(in).Findings(span(month))), want)
		}
	}
}

// A row that is gone is told once: as a value that is missing where one is
// required, else as a row.
func TestMissingRowIsToldOnce(t *testing.T) {
	c := rules(t)
	for code, want := range map[string]string{"A": "a error value-missing A", "C": "a warning indicator-missing C"} {
		b := batch(t, c, "a U-1"+june+"B=0 "+code+"=gone")
		f := finding.New(finding.IndicatorMissing)
		f.File, f.Unit, f.Period, f.Indicator = "a", "U-1", month("2025-06"), code
		b[0].Submission.Findings = append(b[0].Submission.Findings, f)
		expect(t, told(validate.Batch(input(c, b, march)).Findings(span("2025-06"))), want)
	}
}

func TestMissingChoiceNamesTheChoices(t *testing.T) {
	c := definitionsWith(t, map[string]string{
		"indicators": "code,programme,kind,name_vi,type,choices,required\nT,P,text,Tình trạng,choice,chưa|đang|xong,yes\n",
	})
	expect(t, told(check(t, c, "a U-1"+june+"T=").Findings(span("2025-06")), "choices"), "a E2 error value-missing T choices=chưa|đang|xong")
}

// What the office corrected is not what the cell holds, and the sentence says so.
func TestCorrectedPartLargerThanItsWhole(t *testing.T) {
	c := rules(t)
	got := decide(t, c, march, "a U-1"+june+"A=10 B=4", "--", "Q-1,2025-06-17,đính chính,2025-06,U-1,B,,4,45,chờ")
	expect(t, told(got.Findings(span("2025-06")), "corrected", "decision", "whole_value", "whole_decision"),
		"a E3 error part-exceeds-whole B corrected=45 decision=Q-1 whole_value=10")
	if s := state(got, "U-1", "A", "2025-06"); s != "refused" {
		t.Errorf("the whole is %s", s)
	}
}

func TestPartLargerThanItsWhole(t *testing.T) {
	c := rules(t)
	for _, test := range []struct {
		answers string
		a, b, k string
		found   []string
	}{
		{"A=10 B=10 C=3", "10", "10", "3", nil},
		{"A=10 B=11 C=3", "refused", "refused", "3", []string{"a E3 error part-exceeds-whole B whole=A whole_cell=E2 whole_value=10"}},
		// Both pairs are judged by what was typed: C is refused for B, though B is
		// refused for A already.
		{"A=10 B=11 C=12", "refused", "refused", "refused", []string{
			"a E3 error part-exceeds-whole B whole=A whole_cell=E2 whole_value=10",
			"a E4 error part-exceeds-whole C whole=B whole_cell=E3 whole_value=11",
		}},
		{"A=10 B=4 C=5", "10", "refused", "refused", []string{"a E4 error part-exceeds-whole C whole=B whole_cell=E3 whole_value=4"}},
		{"A=none B=1 C=1", "refused", "refused", "1", []string{"a E3 error part-exceeds-whole B whole=A whole_cell=E2 whole_value=0"}},
		{"A=… B=1 C=1", "not_available", "1", "1", nil},
		{"A=10 B=(!) C=12", "10", "refused", "12", []string{"a E3 error number-unreadable B"}},
	} {
		got := check(t, c, "a U-1"+june+test.answers)
		for code, want := range map[string]string{"A": test.a, "B": test.b, "C": test.k} {
			if s := state(got, "U-1", code, "2025-06"); s != want {
				t.Errorf("%s: %s is %s, want %s", test.answers, code, s, want)
			}
		}
		expect(t, told(got.Findings(span("2025-06")), "whole", "whole_cell", "whole_value"), test.found...)
	}
}

func TestRules(t *testing.T) {
	for name, test := range map[string]struct {
		rule, answers string
		refused       string // codes
		found         []string
	}{
		"holds":                {"r,error,K <= A,", "K=10", "", nil},
		"error refuses all":    {"r,error,K <= A,", "K=11", "AK", []string{"a E6 error rule-broken K values=K = 11|A = 10"}},
		"refuses what it says": {"r,error,K <= A,K", "K=11", "K", []string{"a E6 error rule-broken K values=K = 11|A = 10"}},
		"warning refuses none": {"r,warning,K <= A,", "K=11", "", []string{"a E6 warning rule-broken K values=K = 11|A = 10"}},
		"note refuses none":    {"r,note,K <= A,", "K=11", "", []string{"a E6 note rule-broken K values=K = 11|A = 10"}},
		"none is 0":            {"r,error,K <= A,", "A=none B=none K=1", "AK", []string{"a E6 error rule-broken K values=K = 1|A = -"}},
		"not checked":          {"r,error,K <= A,", "K=…", "", []string{"a E6 note rule-not-checked K lacking=K"}},
		"explained elsewhere":  {"r,error,K <= A,", "K=(!)", "K", []string{"a E6 error number-unreadable K"}},
		"decided without it":   {"r,error,A == 10 or K > 5,", "K=…", "", nil},
		"broken without it":    {"r,warning,A == 11 and K > 5,", "K=…", "", []string{"a E2 warning rule-broken A values=A = 10|K = …"}},
		"division by zero":     {"r,error,A / K > 1,", "K=0", "", []string{"a E2 note rule-not-checked A lacking="}},
		"not asked":            {"r,error,Z > A,", "", "", nil},
		"ytd is the month":     {"r,error,ytd(H) > 100,", "", "H", []string{"a E5 error rule-broken H values=ytd(H) = 100"}},
		"two rules, no order":  {"r,error,K < 2,;s,error,K < A and K < 2,K", "", "K", []string{"a E6 error rule-broken K values=K = 2", "a E6 error rule-broken K values=K = 2|A = 10"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := check(t, rules(t, strings.Split(test.rule, ";")...), "a U-1"+june+test.answers)
			expect(t, told(got.Findings(span("2025-06")), "lacking", "values"), test.found...)
			refused := ""
			for _, v := range got.History.Submission("U-1", month("2025-06")).Values.All() {
				if v.Figure.String() == "refused" {
					refused += v.Indicator
				}
			}
			if refused != test.refused {
				t.Errorf("refused %q, want %q", refused, test.refused)
			}
		})
	}
}

// A rule that looks back is off in a unit's first period, and not checked
// where a later period lacks the one before.
func TestRulesThatLookBack(t *testing.T) {
	may, later := "m U-1 2025-05 v1 2025-05-16 09:00 ", "a U-1"+june
	continuity := "r,error,H == prev(H) + K,"
	for name, test := range map[string]struct {
		rule  string
		lines []string
		found []string
	}{
		"first period":      {continuity, []string{later}, nil},
		"holds":             {continuity, []string{may + "H=98", later}, nil},
		"broken":            {continuity, []string{may + "H=97", later}, []string{"a E5 error rule-broken H values=H = 100|prev(H) = 97|K = 2"}},
		"prev blank":        {continuity, []string{may + "H=", later}, []string{"a E5 note rule-not-checked H lacking=prev(H)"}},
		"month between":     {continuity, []string{"m U-1 2025-04 v1 2025-04-16 09:00", later}, []string{"a E5 note rule-not-checked H lacking=prev(H)"}},
		"another unit":      {continuity, []string{"m U-2 2025-05 v1 2025-05-16 09:00 H=1", later}, nil},
		"ytd adds":          {"r,error,ytd(A) <= 20,", []string{"j U-1 2025-01 v1 2025-01-16 09:00", "f U-1 2025-02 v1 2025-02-16 09:00", "a U-1 2025-03 v1 2025-03-16 09:00 A=11"}, []string{"a E2 error rule-broken A values=ytd(A) = 31"}},
		"ytd lacks a month": {"r,error,ytd(A) <= 20,", []string{"m U-1 2025-05 v1 2025-05-16 09:00", later}, []string{"a E2 note rule-not-checked A lacking=ytd(A)"}},
		"ytd where due":     {"r,error,ytd(Q) > 1,", []string{later}, []string{"a E7 error rule-broken Q values=ytd(Q) = 1"}},
		"last year":         {"r,error,H >= last_year(H),", []string{"m U-1 2024-06 v1 2024-06-16 09:00 H=101", later}, []string{"a E5 error rule-broken H values=H = 100|last_year(H) = 101"}},
		"no last year":      {"r,error,H >= last_year(H),", []string{may, later}, nil},
		"only the past":     {"r,warning,prev(H) > 100,", []string{may, later}, []string{"a E5 warning rule-broken H values=prev(H) = 100"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := check(t, rules(t, test.rule), test.lines...)
			last := test.lines[len(test.lines)-1][len("a U-1 "):]
			expect(t, told(got.Findings(span(last[:7])), "lacking", "values"), test.found...)
		})
	}
}

// In the year in which a unit begins, its year to date begins with it; a rule
// that looks back is off across a succession.
func TestRulesAndUnitsThatChange(t *testing.T) {
	c := rules(t, "r,error,ytd(A) < 20,")
	got := check(t, c, "m U-4 2025-05 v1 2025-05-16 09:00", "l U-4 2025-04 v1 2025-04-16 09:00 A=4", "a U-4"+june+"A=6")
	expect(t, told(got.Findings(span("2025-06")), "values"), "a E2 error rule-broken A values=ytd(A) = 20")

	opened := map[string]string{
		"rules":    "id,severity,expression,refuses,message_vi\nr,error,ytd(A) < 20,,lời\n",
		"openings": "indicator,unit,span,through,value,source\nA,U-1,year,2025-04,5,BC\nA,U-2,year,2025-04,9,BC\nA,U-1,year,2024-12,90,BC\n",
	}
	got = check(t, definitionsWith(t, opened), "m U-1 2025-05 v1 2025-05-16 09:00 A=6", "a U-1"+june+"A=9")
	expect(t, told(got.Findings(span("2025-06")), "values"), "a E2 error rule-broken A values=ytd(A) = 20")

	merged := map[string]string{
		"rules":       "id,severity,expression,refuses,message_vi\nr,error,H == prev(H) + K,,lời\n",
		"successions": "from,to,date,kind\nU-2,U-1,2025-06-01,part\n",
	}
	c = definitionsWith(t, merged)
	lines := []string{"m U-1 2025-05 v1 2025-05-16 09:00", "a U-1" + june, "j U-1 2025-07 v1 2025-07-16 09:00"}
	got = check(t, c, lines...)
	expect(t, told(got.Findings(span("2025-06"))))
	expect(t, told(got.Findings(span("2025-07"))), "j E5 error rule-broken H")
}

// What is refused in one month is not known to the next.
func TestRefusedIsNotLookedBackOn(t *testing.T) {
	got := check(t, rules(t, "r,error,K < 5,", "s,warning,A > prev(K),"), "m U-1 2025-05 v1 2025-05-16 09:00 K=7", "a U-1"+june)
	expect(t, told(got.Findings(span("2025-06")), "lacking"), "a E2 note rule-not-checked A lacking=prev(K)")
	if s := got.Receipts(month("2025-05"))[0]; s.Status != submission.NeedsCorrection {
		t.Errorf("status %s", s.Status)
	}
}
