package edition_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"tonghop/pipeline/edition"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
	"tonghop/pipeline/report/export"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/summary/summarytest"
)

// oddities are values that binary floating point, or a careless reader, would
// change.
var oddities = []figure.Figure{
	figure.Of(figure.MustParse("-12")), figure.Of(figure.MustParse("0")), figure.Without(figure.None), figure.Without(figure.Refused),
	figure.Of(figure.MustParse("0.1")), figure.Of(quotient(1, 3)), figure.Of(quotient(-2, 3)),
	figure.Of(figure.MustParse("123456789012345678901234567890.123456")), figure.Of(figure.MustParse("0.000001")),
}

func quotient(a, b int64) figure.Number {
	n, err := figure.Int(a).Quo(figure.Int(b))
	if err != nil {
		panic(err)
	}
	return n
}

// published is the small summary with the odd values, and what it rests on.
func published(t *testing.T) export.Input {
	t.Helper()
	s := summarytest.Summary(t)
	for i, value := range oddities {
		odd := *s.Find("HO", period.Monthly, "", "")
		odd.Unit, odd.Value = "odd-"+string(rune('a'+i)), value
		s.Figures = append(s.Figures, odd)
	}
	for _, r := range s.Submissions {
		if r.Used != nil {
			s.Basis = append(s.Basis, r.Used)
		}
	}
	s.Basis[0].Values = submission.ValuesOf(submission.Value{Indicator: "LD", Decision: "QD-1"}, submission.Value{Indicator: "HO"}, submission.Value{Indicator: "LD_NU", Decision: "L-2"})
	s.Basis[1].Findings = []finding.Finding{finding.New(finding.NumberUnreadable), finding.New(finding.TextNumber)}
	s.Basis[2].File, s.Basis[2].SHA256 = "", "" // on paper
	return export.Input{Summary: s, Revision: 3, AsOf: summarytest.AsOf, Files: summarytest.Files()}
}

func written(t *testing.T, in export.Input) []byte {
	t.Helper()
	var data bytes.Buffer
	if err := export.JSON(&data, in); err != nil {
		t.Fatal(err)
	}
	return data.Bytes()
}

func decoded(t *testing.T, in export.Input) *edition.Edition {
	t.Helper()
	e, err := textOf(written(t, in)).Decode()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// What is exported is read back: every figure, with the number to its published
// decimals, its state and what it is judged by.
func TestDecodeReadsWhatExportWrites(t *testing.T) {
	in := published(t)
	s, e := in.Summary, decoded(t, in)
	if e.Period.Span != s.Period || e.Revision != 3 || !e.AsOf.Equal(summarytest.AsOf) ||
		period.Window(e.Window) != s.Window || e.Catalogue.ID != s.Catalogue.ID || e.Catalogue.SHA256 != s.Catalogue.SHA256 {
		t.Errorf("the head is %+v", e)
	}
	if len(e.Figures) != len(s.Figures) {
		t.Fatalf("%d figures, want %d", len(e.Figures), len(s.Figures))
	}
	for i := range s.Figures {
		want := &s.Figures[i]
		k := edition.Key{Indicator: want.Indicator.Code, Unit: want.Unit, Group: want.Group, Span: want.Span}
		got := e.Find(k)
		if got == nil || got.Key != e.Figures[i].Key {
			t.Errorf("%v is not at its place", k)
			continue
		}
		checkFigure(t, got, want)
	}
	if e.Find(edition.Key{Indicator: "LD", Span: period.FullYear}) != nil {
		t.Error("a figure is found that is not there")
	}
}

func checkFigure(t *testing.T, got *edition.Figure, want *summary.Figure) {
	t.Helper()
	number, known := want.Value.Number()
	if want.Judgment != nil {
		number = number.RoundBeside(want.Judgment.Target.Value, figure.PublishedDecimals)
	} else {
		number = number.Round(figure.PublishedDecimals)
	}
	if n, ok := got.Number(); ok != known || !n.Equal(number) {
		t.Errorf("%v is %v %v, want %v %v", got.Key, n, ok, number, known)
	}
	if got.State != want.Value.State().String() || got.Reason != string(want.Reason) || got.Provisional != want.Provisional {
		t.Errorf("%v is %q %q %v, want %v %q %v", got.Key, got.State, got.Reason, got.Provisional, want.Value.State(), want.Reason, want.Provisional)
	}
	if (got.Verdict != "") != (want.Judgment != nil) || (got.Target != nil) != (want.Judgment != nil) {
		t.Errorf("%v is judged %q by %v", got.Key, got.Verdict, got.Target)
	} else if j := want.Judgment; j != nil {
		if got.Verdict != string(j.Verdict) || !got.Target.Equal(j.Target.Value) || got.Comparator != string(j.Target.Comparator) {
			t.Errorf("%v is judged %q by %s %v, want %q by %s %v", got.Key, got.Verdict, got.Comparator, got.Target, j.Verdict, j.Target.Comparator, j.Target.Value)
		}
	}
	if want.Unit != "" && want.Source.Kind == summary.SourceCell && want.Value.State() != figure.Blank {
		if got.Source.File != want.Source.File || got.Source.Cell != want.Source.Cell {
			t.Errorf("%v comes from %+v, want %+v", got.Key, got.Source, want.Source)
		}
	}
}

func TestRestsOn(t *testing.T) {
	in := published(t)
	e := decoded(t, in)
	// The basis as the summary has it, with one thing changed.
	with := func(change func(all []*submission.Submission) []*submission.Submission) []*submission.Submission {
		var all []*submission.Submission
		for _, s := range in.Summary.Basis {
			own := *s
			all = append(all, &own)
		}
		return change(all)
	}
	type list = []*submission.Submission
	first := func(change func(*submission.Value)) func(list) list {
		return func(all list) list { all[0].Values = all[0].Values.Changed(0, change); return all }
	}
	for name, c := range map[string]struct {
		change func(all list) list
		same   bool
	}{
		"as it was":                  {func(all list) list { return all }, true},
		"renamed file":               {func(all list) list { all[0].File = "x.xlsx"; return all }, true},
		"another version":            {func(all list) list { all[0].SHA256 = "00"; return all }, false},
		"one more":                   {func(all list) list { return append(all, &submission.Submission{Unit: "U-4", Period: summarytest.June}) }, false},
		"one less":                   {func(all list) list { return all[1:] }, false},
		"another month":              {func(all list) list { all[0].Period = all[0].Period.Add(-1); return all }, false},
		"decision withdrawn":         {first(func(v *submission.Value) { v.Decision = "" }), false},
		"decision of another figure": {first(func(v *submission.Value) { v.Indicator = "HO" }), false},
		"refused by a rule": {func(all list) list {
			all[0].Findings = append(all[0].Findings, finding.New(finding.RuleBroken))
			all[0].Findings[0].Severity = finding.Error
			return all
		}, false},
		"one note more": {func(all list) list {
			all[0].Findings = append(all[0].Findings, finding.New(finding.TextNumber))
			return all
		}, true},
	} {
		t.Run(name, func(t *testing.T) {
			if e.RestsOn(with(c.change)) != c.same {
				t.Errorf("the same: %v, want %v", !c.same, c.same)
			}
		})
	}
}

// Units that ended stand in no table, and in what is compared.
func TestEndedUnitsAreFigures(t *testing.T) {
	e, err := edition.Decode([]byte(`{"schema":"tonghop/figures/1","period":"2025-08","figures":[],"ended":[
		{"indicator":"LD","unit":"U-9","group":null,"span":"year_to_date","value":"7","state":"known"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	if n, ok := e.Find(edition.Key{Indicator: "LD", Unit: "U-9", Span: period.YearToDate}).Number(); !ok || n.String() != "7" {
		t.Errorf("found %s %v", n, ok)
	}
}

// The head says all but the figures and files, in whatever layout.
func TestTheHeadIsWhatTheWholeSays(t *testing.T) {
	data := written(t, published(t))
	var loose bytes.Buffer
	if err := json.Indent(&loose, data, "", "  "); err != nil {
		t.Fatal(err)
	}
	whole := decoded(t, published(t))
	for _, c := range []struct {
		data    []byte
		figures int
	}{{data, 0}, {loose.Bytes(), len(whole.Figures)}, {bytes.ReplaceAll(data, []byte("\n "), []byte(" ")), len(whole.Figures)}} {
		head, err := textOf(c.data).Head()
		if err != nil {
			t.Fatal(err)
		}
		if len(head.Figures) != c.figures {
			t.Errorf("%d figures, want %d", len(head.Figures), c.figures)
		}
		if head.Period != whole.Period || head.Window != whole.Window || head.Revision != whole.Revision || !head.AsOf.Equal(whole.AsOf) ||
			head.Catalogue != whole.Catalogue || len(whole.Basis) == 0 || !reflect.DeepEqual(head.Basis, whole.Basis) {
			t.Errorf("the head is %+v", head)
		}
	}
	if _, err := textOf(data[:len(data)/2]).Head(); err == nil {
		t.Error("half a file is read")
	}
}

func TestDecodeRefuses(t *testing.T) {
	good := written(t, published(t))
	for name, c := range map[string]struct{ old, new, says string }{
		"no JSON":           {"{\n", "{,", "figures.json"},
		"another schema":    {`tonghop/figures/1`, `tonghop/figures/2`, "tonghop/figures/2"},
		"no period":         {`"period": "2025-06"`, `"period": "latest"`, "latest"},
		"a number in words": {`"value":"130"`, `"value":"năm"`, "năm"},
		"an exponent":       {`"value":"130"`, `"value":"1e3"`, "1e3"},
		"an unknown span":   {`"span":"month"`, `"span":"week"`, "week"},
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(string(good), c.old, c.new, 1)
			if text == string(good) {
				t.Fatalf("%q is not there", c.old)
			}
			if _, err := edition.Decode([]byte(text)); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("error is %v, want one with %q", err, c.says)
			}
		})
	}
	bare := strings.ReplaceAll(string(good), `"rests_on"`, `"rested_on"`)
	if e, err := edition.Decode([]byte(bare)); err != nil || e.Basis != nil || e.RestsOn(nil) {
		t.Errorf("without a list of what it rests on: %+v, %v", e, err)
	}
}

func TestPeriodsAreRead(t *testing.T) {
	for _, name := range []string{"2025-06", "2025-Q2", "2025-H1", "2025-9M", "2025"} {
		e, err := edition.Decode([]byte(`{"schema":"tonghop/figures/1","period":"` + name + `"}`))
		if err != nil || e.Period.String() != name {
			t.Errorf("%s is read as %v, %v", name, e, err)
		}
	}
}
