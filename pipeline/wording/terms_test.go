package wording

import (
	"strings"
	"testing"
	"time"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
)

func TestEveryTermHasItsWord(t *testing.T) {
	for _, l := range Languages {
		p := shipped(t).In(l)
		said := []string{
			p.Status(submission.Accepted), p.Status(submission.AcceptedWithWarnings), p.Status(submission.NeedsCorrection),
			p.Status(submission.Unusable), p.Status(submission.Missing),
			p.Disposition(submission.Counted), p.Disposition(submission.Superseded), p.Disposition(submission.Duplicate),
			p.Disposition(submission.OtherPeriod), p.Disposition(submission.Held), p.Disposition(submission.UnusableFile),
			p.Disposition(submission.Deferred), p.Disposition(submission.Ignored), p.Disposition(submission.Gone),
			p.ReceivedFrom(submission.FromRegister), p.ReceivedFrom(submission.FromService), p.ReceivedFrom(submission.FromFileTimes),
			p.Remark(submission.Difficulties), p.Remark(submission.Proposals), p.Remark(submission.Evidence),
			p.Severity(finding.Error), p.Severity(finding.Warning), p.Severity(finding.Note),
			p.Nature(catalogue.Flow), p.Nature(catalogue.Stock), p.Nature(catalogue.Cumulative),
			p.Comparator(catalogue.AtLeast), p.Comparator(catalogue.AtMost), p.Comparator(catalogue.MoreThan), p.Comparator(catalogue.LessThan),
		}
		for s := figure.Blank; s <= figure.Refused; s++ {
			said = append(said, p.State(s))
			if (p.Mark(s) == "") != (s == figure.Known) {
				t.Errorf("mark of %v is %q", s, p.Mark(s))
			}
		}
		for s := finding.StageFile; s <= finding.StageAcross; s++ {
			said = append(said, p.Stage(s))
		}
		for _, r := range []summary.Reason{
			summary.ReasonBlank, summary.ReasonNotReceived, summary.ReasonNotExpected, summary.ReasonNotDue, summary.ReasonRefused,
			summary.ReasonNotAvail, summary.ReasonNotAppl, summary.ReasonNoCases, summary.ReasonNoTerms, summary.ReasonImpossible, summary.ReasonText,
		} {
			said = append(said, p.Reason(r))
		}
		for _, v := range []summary.Verdict{
			summary.Met, summary.OnTrack, summary.Behind, summary.NotMet, summary.NotDue, summary.NotApplicable, summary.NoData, summary.NoTarget,
		} {
			said = append(said, p.Verdict(v))
		}
		for k := range unitKinds {
			said = append(said, p.UnitKind(k))
		}
		june := period.Month{Year: 2025, Number: time.June}
		for k := period.Monthly; k <= period.PlanToDate; k++ {
			span := period.SpanOf(k, june, period.Month{Year: 2021, Number: time.January})
			said = append(said, p.Span(span), p.Period(span))
		}
		for _, text := range said {
			if text == "" || strings.Contains(text, "⟦") {
				t.Errorf("%s: %q", l, text)
			}
		}
	}
}

func TestPeriods(t *testing.T) {
	book := shipped(t)
	at := func(kind period.SpanKind, month time.Month) period.Span {
		return period.SpanOf(kind, period.Month{Year: 2025, Number: month}, period.Month{Year: 2021, Number: time.January})
	}
	for _, c := range []struct{ got, want string }{
		{book.In(Vietnamese).Period(at(period.Monthly, time.June)), "tháng 6/2025"},
		{book.In(Vietnamese).Period(at(period.Quarterly, time.June)), "quý II/2025"},
		{book.In(English).Period(at(period.Quarterly, time.December)), "Q4 2025"},
		{book.In(Vietnamese).Period(at(period.HalfYear, time.March)), "6 tháng đầu năm 2025"},
		{book.In(Vietnamese).Period(at(period.HalfYear, time.December)), "6 tháng cuối năm 2025"},
		{book.In(Vietnamese).Period(at(period.FullYear, time.March)), "năm 2025"},
		{book.In(Vietnamese).Span(at(period.Monthly, time.June)), "Trong kỳ"},
		{book.In(Vietnamese).Span(at(period.YearToDate, time.June)), "Lũy kế năm"},
		{book.In(Vietnamese).Span(at(period.PlanToDate, time.June)), "Lũy kế từ 2021"},
		{book.In(Vietnamese).Period(period.Span{}), ""},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestJudgment(t *testing.T) {
	floor := &catalogue.Target{Comparator: catalogue.AtLeast, Value: figure.Int(1200), Pace: catalogue.PaceLinear}
	level := &catalogue.Target{Comparator: catalogue.AtLeast, Value: figure.Int(90), Pace: catalogue.PaceLevel}
	zero := &catalogue.Target{Comparator: catalogue.AtMost, Value: figure.Int(0), Pace: catalogue.PaceLevel}
	some := &catalogue.Target{Comparator: catalogue.AtMost, Value: figure.Int(5), Pace: catalogue.PaceLevel}
	judged := func(v summary.Verdict, t *catalogue.Target, missing int) *summary.Judgment {
		return &summary.Judgment{Target: t, Verdict: v, Provisional: missing > 0, Missing: missing, Reporting: 30 - missing}
	}
	p := shipped(t).In(Vietnamese)
	for _, c := range []struct {
		judgment *summary.Judgment
		want     string
	}{
		{nil, "không có chỉ tiêu giao"},
		{judged(summary.Met, floor, 0), "đạt"},
		{judged(summary.OnTrack, floor, 0), "đúng tiến độ"},
		{judged(summary.OnTrack, level, 0), "hiện đạt mức"},
		{judged(summary.Met, floor, 2), "đạt (chưa tính 2 đơn vị)"},
		{judged(summary.Behind, floor, 2), "chậm, tạm tính"},
		{judged(summary.OnTrack, floor, 2), "đúng tiến độ, tạm tính"},
		{judged(summary.OnTrack, level, 2), "hiện đạt mức, tạm tính"},
		{judged(summary.NotMet, level, 2), "không đạt, tạm tính"},
		{judged(summary.OnTrack, zero, 2), "chưa ghi nhận ở 28/30 đơn vị"},
		{judged(summary.Met, zero, 2), "chưa ghi nhận ở 28/30 đơn vị"},
		{judged(summary.OnTrack, some, 2), "chưa vượt mức ở 28/30 đơn vị"},
		{judged(summary.NotMet, zero, 2), "không đạt"},
		{&summary.Judgment{Target: zero, Verdict: summary.NoData, Held: true, Provisional: true, Missing: 2, Reporting: 28}, "chưa ghi nhận ở 28/30 đơn vị"},
		{&summary.Judgment{Target: zero, Verdict: summary.NoData, Held: true, Provisional: true, Missing: 3, Counted: summary.Coverage{Reported: 14, Expected: 18}}, "chưa ghi nhận ở 14/18 lượt báo cáo"},
		{&summary.Judgment{Target: some, Verdict: summary.NoData, Provisional: true, Missing: 2, Reporting: 28}, "chưa đủ số liệu"},
		{&summary.Judgment{Target: floor, Verdict: summary.Met, Provisional: true, Reporting: 30}, "đạt, tạm tính"}, // a newer file says otherwise
		{judged(summary.NoData, level, 2), "chưa đủ số liệu"},
		{judged(summary.NotDue, level, 2), "chưa đến kỳ đánh giá"},
		{judged(summary.NotApplicable, zero, 2), "không phát sinh, không đánh giá"},
	} {
		if got := p.Judgment(c.judgment); got != c.want {
			t.Errorf("%+v: got %q, want %q", c.judgment, got, c.want)
		}
	}
}

func TestAdjusted(t *testing.T) {
	before := &catalogue.Target{Comparator: catalogue.AtLeast, Value: figure.Int(15000)}
	after := &catalogue.Target{Comparator: catalogue.AtLeast, Value: figure.Int(16000), Act: "KH 12/KH-BTV", Since: period.Month{Year: 2025, Number: time.July}}
	count, rate := &catalogue.Indicator{Type: catalogue.Whole}, &catalogue.Indicator{Type: catalogue.Percent}
	p := shipped(t).In(Vietnamese)
	ceiling := *before
	ceiling.Comparator = catalogue.AtMost
	for _, c := range []struct{ got, want string }{
		{p.Adjusted(&summary.Judgment{Target: after, Before: before}, count), "điều chỉnh từ 15.000 theo KH 12/KH-BTV, áp dụng từ tháng 7/2025"},
		{p.Adjusted(&summary.Judgment{Target: after, Before: before}, rate), "điều chỉnh từ 15.000% theo KH 12/KH-BTV, áp dụng từ tháng 7/2025"},
		{p.Adjusted(&summary.Judgment{Target: after, Before: &ceiling}, count), "điều chỉnh từ ≤ 15.000 theo KH 12/KH-BTV, áp dụng từ tháng 7/2025"},
		{p.Adjusted(&summary.Judgment{Target: before}, count), ""},
		{p.Adjusted(nil, count), ""},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestGap(t *testing.T) {
	p := shipped(t).In(Vietnamese)
	gap := func(comparator catalogue.Comparator, amount, measure string, decimals int) string {
		n := figure.MustParse(amount)
		return p.Gap(&summary.Judgment{Target: &catalogue.Target{Comparator: comparator}, Gap: &n},
			&catalogue.Indicator{Measure: measure, Decimals: decimals})
	}
	inCases := func(cases, of string) string {
		points, n := figure.MustParse("2.4"), figure.MustParse(cases)
		j := &summary.Judgment{Target: &catalogue.Target{Comparator: catalogue.AtLeast}, Gap: &points, Cases: &n, CasesOf: of}
		return p.Gap(j, &catalogue.Indicator{Measure: "%", Decimals: 2})
	}
	for _, c := range []struct{ got, want string }{
		{gap(catalogue.AtLeast, "1", "hộ", 0), "thiếu 1 hộ"},
		{gap(catalogue.AtMost, "3", "cơ sở", 0), "vượt 3 cơ sở"},
		{gap(catalogue.AtLeast, "2.345", "%", 1), "thiếu 2,3 điểm phần trăm"},
		{gap(catalogue.AtLeast, "0.004", "%", 1), "thiếu 0,004 điểm phần trăm"}, // never "thiếu 0,0"
		{gap(catalogue.AtLeast, "0", "hộ", 0), ""},
		{p.Gap(nil, &catalogue.Indicator{}), ""},
		{inCases("12", "người"), "thiếu 2,40 điểm phần trăm, tức 12 người"},
		{inCases("1234", "người"), "thiếu 2,40 điểm phần trăm, tức 1.234 người"},
		{inCases("3", ""), "thiếu 2,40 điểm phần trăm, tức 3 đơn vị"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

// A weight is never printed as 0,0%: next to nothing is said so, and at least
// nothing says nothing.
func TestWeight(t *testing.T) {
	p := shipped(t).In(Vietnamese)
	weight := func(percent string, known int) *summary.Weight {
		return &summary.Weight{Percent: figure.MustParse(percent), Known: known, Missing: 2}
	}
	for _, c := range []struct{ got, want string }{
		{p.Weight(nil), ""},
		{p.Weight(weight("7.06", 2)), "các đơn vị còn thiếu chiếm khoảng 7,1% kết quả kỳ trước"},
		{p.Weight(weight("0.04", 2)), "các đơn vị còn thiếu chiếm dưới 0,1% kết quả kỳ trước"},
		{p.Weight(weight("0", 1)), ""},
		{p.ShortWeight(weight("0.05", 1)), "(≥0,1%)"},
		{p.ShortWeight(weight("0.04", 1)), ""},
		{p.ShortWeight(weight("0", 2)), "(<0,1%)"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

// A table has little room; a sentence says it in full.
func TestChangeOfARate(t *testing.T) {
	p := shipped(t).In(Vietnamese)
	value, base := figure.MustParse("71.3"), figure.MustParse("73.75")
	c := &summary.Comparison{Basis: summary.OverAll, Value: &value, Base: &base, Points: true}
	rate := &catalogue.Indicator{Type: catalogue.Percent, Decimals: 2}
	if short, full := p.Change(c, rate), p.ChangeInFull(c, rate); short != "-2,45 điểm %" || full != "-2,45 điểm phần trăm" {
		t.Errorf("got %q and %q", short, full)
	}
}
