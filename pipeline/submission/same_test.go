package submission

import (
	"testing"

	"tonghop/pipeline/figure"
)

func TestSameAnswersLooksAtWhatIsSaid(t *testing.T) {
	base := func() *Submission {
		return &Submission{
			Unit: "HN-001", Version: 1, File: "a.xlsx", SHA256: "1",
			Values:  ValuesOf(Value{Indicator: "A", Figure: figure.Of(figure.Int(5)), Raw: "5", Cell: "E12"}),
			Remarks: []Remark{{Programme: "CT01", Kind: Proposals, Text: "x", Cell: "D4"}},
		}
	}
	same := base()
	same.File, same.SHA256 = "b.xlsx", "2"
	same.Values = same.Values.Changed(0, func(v *Value) { v.Raw, v.Cell = "5.0", "F12" })
	same.Remarks[0].Cell = "D5"
	if !SameAnswers(base(), same) {
		t.Error("another place makes it another report")
	}
	first := func(change func(*Value)) func(*Submission) {
		return func(s *Submission) { s.Values = s.Values.Changed(0, change) }
	}
	for name, change := range map[string]func(*Submission){
		"figure":  first(func(v *Value) { v.Figure = figure.Of(figure.Int(6)) }),
		"state":   first(func(v *Value) { v.Figure = figure.Without(figure.None) }),
		"text":    first(func(v *Value) { v.Text = "có" }),
		"note":    first(func(v *Value) { v.Note = "đã rà soát" }),
		"remark":  func(s *Submission) { s.Remarks[0].Text = "y" },
		"version": func(s *Submission) { s.Version = 2 },
		"nil box": func(s *Submission) { s.NilReturn = true },
		"row":     func(s *Submission) { s.Values = Values{} },
	} {
		other := base()
		change(other)
		if SameAnswers(base(), other) {
			t.Errorf("another %s goes unseen", name)
		}
	}
}
