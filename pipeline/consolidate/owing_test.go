package consolidate_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"tonghop/pipeline/consolidate"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/summary/summarytest"
)

// Every state of an answer, beside what is owed for it: what the coverage calls
// missing, and words that were asked for.
func TestOwingIsWhatCoverageMisses(t *testing.T) {
	s := parseStory(t, `
units: id,kind,valid_to
  U1,quận,
  U2,quận,2025-06-30
  U3,quận,
indicators: code,kind,type,nature,required,due,choices
  KB,,,,,,
  KC,,,,no,,
  TU,,,,no,,
  NO,,,,,12,
  CO,,,stock,,,
  LK,,,cumulative,,,
  VIEC,text,choice,,,,xong|chua
  LOI,text,text,,no,,
reports:
  2025-06 U1 KB= KC= TU=… NO= CO=! LK=- VIEC= LOI=
  2025-06 U2 KB=1 KC=2 TU=x NO= CO=3 LK=4 VIEC=xong LOI=
  2025-06 U3 KB=…
`)
	in := s.input(t)
	city := consolidate.City(in)
	deadline := time.Date(2025, time.June, 17, 17, 0, 0, 0, time.UTC)
	receipt := func(unit string, status submission.Status) summary.Receipt {
		u, _ := in.Catalogue.Unit(unit)
		r := summary.Receipt{Unit: u, Month: period.Month{Year: 2025, Number: time.June}, Status: status, Deadline: deadline}
		if status != submission.Missing {
			r.Used = in.History.Submission(unit, r.Month)
		}
		return r
	}
	changed := func(r summary.Receipt, change func(*summary.Receipt)) summary.Receipt {
		change(&r)
		return r
	}
	july := deadline.AddDate(0, 0, 14)
	for name, c := range map[string]struct {
		receipt summary.Receipt
		at      time.Time
		want    string
	}{
		"blank, refused and without data": {receipt("U1", submission.NeedsCorrection), july, "figures KB:blank@E10 TU:not_available@E12 CO:refused@E14 VIEC:blank@E16; due"},
		"all is there":                    {receipt("U2", submission.Accepted), deadline, "nothing"},
		"rows that the report lacks":      {receipt("U3", submission.NeedsCorrection), july, "figures KB:not_available@E10 CO:blank@ LK:blank@; due"},
		"nothing came":                    {receipt("U1", submission.Missing), july, "report; due"},
		"nothing that can be used":        {receipt("U3", submission.Unusable), july, "report; due"},
		"at the deadline it is on time":   {receipt("U1", submission.Missing), deadline, "report"},
		"extended":                        {changed(receipt("U1", submission.Missing), func(r *summary.Receipt) { r.Deadline = july.AddDate(0, 0, 1) }), july, "report"},
		"the gap is closed":               {changed(receipt("U1", submission.Missing), func(r *summary.Receipt) { r.Closed = true }), july, "nothing: closed; due"},
		"on its last day a unit owes":     {receipt("U2", submission.Missing), july.AddDate(0, 0, -1), "report; due"},
		"a unit that ended":               {receipt("U2", submission.Missing), july, "nothing: ended; due"},
		"a unit that ended, in order":     {receipt("U2", submission.Accepted), july, "nothing; due"},
		"imported":                        {receipt("U1", submission.Imported), july, "nothing: imported; due"},
		"before the adoption":             {changed(receipt("U1", submission.Missing), func(r *summary.Receipt) { r.Month = r.Month.Add(-1) }), july, "nothing: before; due"},
	} {
		for _, city := range []*summary.Summary{city, summarytest.Unkept(city)} {
			if got := told(city.Owing(c.at).Of(c.receipt)); got != c.want {
				t.Errorf("%s: %s, want %s", name, got, c.want)
			}
		}
	}
}

func told(o summary.Owed) string {
	text := "nothing"
	switch {
	case o.Report:
		text = "report"
	case len(o.Figures) > 0:
		text = "figures"
		for _, f := range o.Figures {
			text += fmt.Sprintf(" %s:%s@%s", f.Indicator.Code, f.State, f.Value.Cell)
		}
	}
	if o.Settled != "" {
		text += ": " + string(o.Settled)
	}
	if o.Anything() != (text != "nothing" && !strings.HasPrefix(text, "nothing:")) {
		text += "?"
	}
	if o.Due {
		text += "; due"
	}
	return text
}
