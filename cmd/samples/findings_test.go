package main

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"tonghop/pipeline/finding"
	"tonghop/pipeline/intake"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/validate"
	"tonghop/pipeline/workbook"
)

// What the program finds in the samples is what was put there, and no more.
func TestFindings(t *testing.T) {
	files := made(t)
	cat := shipped(t, find(t, files, "_van-phong/openings.csv"))
	tt := timetable(cat)
	later := time.Date(2100, time.January, 1, 0, 0, 0, 0, zone) // every file is old by then
	folder := intake.Folder{Root: inputs, Catalogue: cat, Timetable: tt, Limits: workbook.DefaultLimits(), Now: func() time.Time { return later }}
	batch, err := folder.Collect(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range batch {
		if s := r.Submission; s != nil && (!s.Sample || s.ReceivedFrom != submission.FromRegister) {
			t.Errorf("%s: labelled as a sample: %v, received by %s", s.File, s.Sample, s.ReceivedFrom)
		}
	}
	checked := validate.Batch(validate.Input{Catalogue: cat, Timetable: tt, Batch: batch, AsOf: later, ReceivableShare: 80, NewIndicatorGrace: 1})
	var b strings.Builder
	for _, f := range checked.All() {
		if f.Severity != finding.Note {
			fmt.Fprintf(&b, "%s %s %s %s %s %s\n", f.Severity, f.Code, f.File, f.Cell, f.Indicator, f.Raw)
		}
	}
	for m := range months {
		month := firstMonth.Add(m)
		span := period.SpanOf(period.Monthly, month, period.Month{})
		for _, f := range checked.Files(span) {
			switch f.Disposition {
			case submission.Counted, submission.OtherPeriod:
			default:
				fmt.Fprintf(&b, "%s %s %s\n", month, f.Disposition, f.Path)
			}
		}
		for _, r := range checked.Receipts(month) {
			if r.Used == nil || !r.OnTime {
				fmt.Fprintf(&b, "%s %s %s, on time %v\n", month, r.Unit.Title(), r.Status, r.OnTime)
			}
		}
	}
	golden(t, "findings.txt", b.String())
}
