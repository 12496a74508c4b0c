package history_test

import (
	"testing"
	"time"

	"tonghop/pipeline/figure"
	"tonghop/pipeline/history"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
)

func month(n time.Month) period.Month { return period.Month{Year: 2025, Number: n} }

func said(unit string, m time.Month, a int64) *submission.Submission {
	return &submission.Submission{Unit: unit, Period: month(m), Values: submission.ValuesOf(
		submission.Value{Indicator: "A", Cell: "E2", Figure: figure.Of(figure.Int(a))},
		submission.Value{Indicator: "B", Cell: "E3", Figure: figure.Without(figure.None)},
	)}
}

func TestHistory(t *testing.T) {
	h := history.New()
	if h.Submission("U-1", month(5)) != nil || !h.First().IsZero() || !h.Since("U-1").IsZero() {
		t.Error("an empty history knows something")
	}
	if f := h.Figure("U-1", "A", month(5)); !f.Is(figure.Blank) {
		t.Errorf("what nobody said is %s, not blank", f)
	}
	h.Accept(said("U-1", 5, 7))
	h.Accept(said("U-1", 6, 8))
	h.Accept(said("U-2", 4, 9))
	for _, c := range []struct {
		unit, code string
		month      time.Month
		want       string
	}{
		{"U-1", "A", 5, "7"}, {"U-1", "A", 6, "8"}, {"U-2", "A", 4, "9"}, {"U-1", "B", 5, "none"},
		{"U-1", "A", 4, "blank"}, {"U-1", "C", 5, "blank"}, {"U-3", "A", 5, "blank"},
	} {
		if got := h.Figure(c.unit, c.code, month(c.month)).String(); got != c.want {
			t.Errorf("%s %s %s: %s, want %s", c.unit, c.code, c.month, got, c.want)
		}
	}
	if v, ok := h.Value("U-1", "A", month(6)); !ok || v.Cell != "E2" {
		t.Errorf("value %+v %v", v, ok)
	}
	if h.First() != month(4) || h.Since("U-1") != month(5) || h.Since("U-2") != month(4) {
		t.Error(h.First(), h.Since("U-1"), h.Since("U-2"))
	}
	h.Accept(said("U-1", 5, 1))
	if got := h.Figure("U-1", "A", month(5)).String(); got != "1" {
		t.Errorf("the later acceptance does not count: %s", got)
	}
}

// An import is history and no adoption: of what it does not give, nothing is
// known before the first report that a unit sent.
func TestImportsCoverWhatTheyGive(t *testing.T) {
	h := history.New()
	if !h.Covers(month(3), "A") {
		t.Error("nobody can be missing from an empty history")
	}
	past := said("U-1", 2, 5)
	past.ReceivedFrom, past.Values = submission.FromImport, submission.ValuesOf(past.Values.At(0))
	h.Accept(past)
	if !h.First().IsZero() || h.Since("U-1") != month(2) || !h.Figure("U-1", "A", month(2)).Equal(figure.Of(figure.Int(5))) {
		t.Errorf("adopted %s, known since %s", h.First(), h.Since("U-1"))
	}
	h.Accept(said("U-2", 4, 9))
	for _, c := range []struct {
		month time.Month
		codes []string
		want  bool
	}{
		{1, []string{"A"}, false}, {2, []string{"A"}, true}, {2, []string{"B"}, false}, {2, []string{"A", "B"}, false},
		{3, []string{"A"}, false}, {4, []string{"A", "B", "C"}, true}, {5, []string{"A"}, true},
	} {
		if got := h.Covers(month(c.month), c.codes...); got != c.want {
			t.Errorf("%d %v: %v", c.month, c.codes, got)
		}
	}
	if h.First() != month(4) || !h.Imported("A", month(2)) || h.Imported("B", month(2)) || h.Imported("A", month(4)) {
		t.Error("what was imported")
	}
}
