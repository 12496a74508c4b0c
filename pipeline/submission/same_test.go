package submission

import (
	"testing"

	"tonghop/pipeline/figure"
)

func TestSameAnswersLooksAtWhatIsSaid(t *testing.T) {
	base := func() *Submission {
		return &Submission{
			Unit: "HN-001", Version: 1, File: "a.xlsx", SHA256: "1",
			Values:  []Value{{Indicator: "A", Figure: figure.Of(figure.Int(5)), Raw: "5", Cell: "E12"}},
			Remarks: []Remark{{Programme: "CT01", Kind: Proposals, Text: "x", Cell: "D4"}},
		}
	}
	same := base()
	same.File, same.SHA256 = "b.xlsx", "2"
	same.Values[0].Raw, same.Values[0].Cell, same.Remarks[0].Cell = "5.0", "F12", "D5"
	if !SameAnswers(base(), same) {
		t.Error("another place makes it another report")
	}
	for name, change := range map[string]func(*Submission){
		"figure":  func(s *Submission) { s.Values[0].Figure = figure.Of(figure.Int(6)) },
		"state":   func(s *Submission) { s.Values[0].Figure = figure.Without(figure.None) },
		"text":    func(s *Submission) { s.Values[0].Text = "có" },
		"note":    func(s *Submission) { s.Values[0].Note = "đã rà soát" },
		"remark":  func(s *Submission) { s.Remarks[0].Text = "y" },
		"version": func(s *Submission) { s.Version = 2 },
		"nil box": func(s *Submission) { s.NilReturn = true },
		"row":     func(s *Submission) { s.Values = nil },
	} {
		other := base()
		change(other)
		if SameAnswers(base(), other) {
			t.Errorf("another %s goes unseen", name)
		}
	}
}
