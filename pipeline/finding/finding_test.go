package finding_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
)

// random draws a finding from few values, so that equal parts are common.
func random(r *rand.Rand) finding.Finding {
	pick := func(texts ...string) string { return texts[r.IntN(len(texts))] }
	f := finding.Finding{
		Code:     finding.Definitions[r.IntN(3)].Code,
		Severity: finding.Severity(1 + r.IntN(3)),
		Unit:     pick("", "HN-001", "HN-002"), Indicator: pick("", "A"), File: pick("a.xlsx", "b.xlsx"),
		Sheet: pick("", "Báo cáo"), Row: r.IntN(3), Col: r.IntN(2), Cell: pick("", "E1"),
		Raw: pick("", "1", "2"), Read: pick("", "1"), Want: pick("", "1"),
	}
	if r.IntN(2) == 0 {
		f.Period = period.Month{Year: 2025, Number: 6}
	}
	for range r.IntN(3) {
		f = f.With(pick("a", "b", "a=b"), pick("c", "b=c", ""))
	}
	return f
}

func TestCompareIsATotalOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 20000 {
		a, b, c := random(r), random(r), random(r)
		if finding.Compare(a, b) != -finding.Compare(b, a) {
			t.Fatalf("not antisymmetric:\n%+v\n%+v", a, b)
		}
		if finding.Compare(a, b) <= 0 && finding.Compare(b, c) <= 0 && finding.Compare(a, c) > 0 {
			t.Fatalf("not transitive:\n%+v\n%+v\n%+v", a, b, c)
		}
		if finding.Compare(a, b) == 0 && fmt.Sprintf("%+v", a) != fmt.Sprintf("%+v", b) {
			t.Fatalf("different findings are equal:\n%+v\n%+v", a, b)
		}
	}
}

func TestCompareTellsArgumentsApart(t *testing.T) {
	f := finding.New(finding.RuleBroken)
	if finding.Compare(f.With("a", "b=c"), f.With("a=b", "c")) == 0 {
		t.Error("two arguments are taken for one")
	}
}

func TestSortDoesNotDependOnTheOrderBefore(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	all := make([]finding.Finding, 60)
	for i := range all {
		all[i] = random(r)
	}
	want := slices.Clone(all)
	finding.Sort(want)
	for range 50 {
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		got := slices.Clone(all)
		finding.Sort(got)
		if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
			t.Fatal("the order depends on the order before")
		}
	}
}

func TestSortGoesByPlace(t *testing.T) {
	at := func(file, sheet string, row, col int, code finding.Code) finding.Finding {
		f := finding.New(code)
		f.File, f.Sheet, f.Row, f.Col = file, sheet, row, col
		return f
	}
	want := []finding.Finding{
		at("a", "", 0, 0, finding.OpenElsewhere), at("a", "S", 2, 1, finding.ValueMissing), at("a", "S", 2, 9, finding.Estimate),
		at("a", "S", 10, 1, finding.Estimate), at("a", "T", 1, 1, finding.Estimate), at("b", "S", 1, 1, finding.Estimate), at("b", "S", 1, 1, finding.TextNumber),
	}
	got := slices.Clone(want)
	slices.Reverse(got)
	finding.Sort(got)
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v", got)
	}
}

// The office looks codes up and other programs read them: none of these may go
// or change its severity unnoticed.
func TestTableOfCodes(t *testing.T) {
	promised := map[finding.Severity]string{
		finding.Error: `not-a-workbook password-protected old-xls-format workbook-damaged workbook-too-large not-a-regular-file
			still-being-written table-not-found unit-missing unit-unknown unit-ambiguous unit-contradicted period-missing period-mismatch
			period-in-future indicator-repeated value-missing number-unreadable number-ambiguous number-not-whole value-out-of-range
			letters-in-number date-instead-of-number formula-error formula-without-value part-exceeds-whole rule-broken`,
		finding.Warning: `indicator-missing indicator-unknown percent-scale estimate hidden-data form-outdated far-from-history
			copied-submission cumulative-discontinuous cumulative-in-month-column resubmission-not-used value-withdrawn
			version-order-unknown nil-return`,
		finding.Note: `text-number already-received legacy-encoding rule-not-checked open-elsewhere withdrawn macros-ignored`,
	}
	for severity, codes := range promised {
		for _, code := range strings.Fields(codes) {
			if c := finding.Code(code); !c.Known() {
				t.Errorf("%s is not in the table", code)
			} else if got := c.Definition().Severity; got != severity {
				t.Errorf("%s is %s, want %s", code, got, severity)
			}
		}
	}
	stage := finding.StageFile
	for _, d := range finding.Definitions {
		if d.Severity.String() == "?" || d.Stage.String() == "?" || d.Stage.String() == "" {
			t.Errorf("%s: severity %v, stage %v", d.Code, d.Severity, d.Stage)
		}
		if d.Stage < stage {
			t.Errorf("%s stands behind a later stage", d.Code)
		}
		stage = d.Stage
		if strings.Trim(string(d.Code), "abcdefghijklmnopqrstuvwxyz-") != "" {
			t.Errorf("%s is not kebab case", d.Code)
		}
		if f := finding.New(d.Code); f.Severity != d.Severity {
			t.Errorf("New(%s) is %s", d.Code, f.Severity)
		}
	}
}

func TestWithLeavesTheFirstAlone(t *testing.T) {
	a := finding.New(finding.RuleBroken).With("rule", "r")
	b, c := a.With("values", "1"), a.With("rule", "s")
	if fmt.Sprint(a.Args, b.Args, c.Args) != "map[rule:r] map[rule:r values:1] map[rule:s]" {
		t.Error(a.Args, b.Args, c.Args)
	}
}

func TestCount(t *testing.T) {
	all := []finding.Finding{finding.New(finding.ValueMissing), finding.New(finding.Estimate), finding.New(finding.ValueMissing)}
	if e, w, n := finding.Count(all, finding.Error), finding.Count(all, finding.Warning), finding.Count(all, finding.Note); e != 2 || w != 1 || n != 0 {
		t.Error(e, w, n)
	}
}
