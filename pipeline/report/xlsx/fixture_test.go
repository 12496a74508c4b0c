package xlsx

import (
	"os"
	"strings"
	"testing"
	"time"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/catalogue/formula"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/wording"
)

func phrases(t testing.TB, l wording.Language) wording.Phrases {
	t.Helper()
	book, err := wording.Load(os.DirFS("../../../templates"))
	if err != nil {
		t.Fatal(err)
	}
	return book.In(l)
}

var (
	june  = period.Month{Year: 2025, Number: time.June}
	march = period.Month{Year: 2025, Number: time.March}
	hanoi = time.FixedZone("+07", 7*60*60)
	at    = time.Date(2025, time.June, 17, 10, 35, 0, 0, hanoi)
)

// builder writes a summary by hand: it adds nothing up, so that the workbook is
// compared with numbers that stand in this file.
type builder struct {
	t testing.TB
	s *summary.Summary
}

func (b *builder) indicator(i catalogue.Indicator, expression string) {
	i.NameEN = i.NameVI + " (en)"
	if i.Type == "" {
		i.Type = catalogue.Whole
	}
	if expression != "" {
		f, err := formula.Compile(expression)
		if err != nil {
			b.t.Fatal(err)
		}
		i.Kind, i.Formula = catalogue.Derived, f
	}
	if i.Kind == "" {
		i.Kind = catalogue.Input
	}
	b.s.Catalogue.Indicators = append(b.s.Catalogue.Indicators, &i)
}

func (b *builder) find(code string) *catalogue.Indicator {
	for _, i := range b.s.Catalogue.Indicators {
		if i.Code == code {
			return i
		}
	}
	b.t.Fatalf("no indicator %s", code)
	return nil
}

var tokens = map[string]struct {
	state  figure.State
	reason summary.Reason
}{
	"none":     {figure.None, ""},
	"…":        {figure.NotAvailable, summary.ReasonNotAvail},
	"x":        {figure.NotApplicable, summary.ReasonNotAppl},
	"(!)":      {figure.Refused, summary.ReasonRefused},
	"blank":    {figure.Blank, summary.ReasonBlank},
	"missing":  {figure.Blank, summary.ReasonNotReceived},
	"unasked":  {figure.NotApplicable, summary.ReasonNotExpected},
	"undue":    {figure.Blank, summary.ReasonNotDue},
	"nocases":  {figure.NotApplicable, summary.ReasonNoCases},
	"overzero": {figure.Refused, summary.ReasonImpossible},
}

// figures adds an indicator's figures of a span, the city's first, then the
// units' in order: a number or a token, and behind a blank its numerator and
// denominator, "5/7 5/7". A quotient is exact; "*" at the end is provisional.
func (b *builder) figures(span period.SpanKind, code string, texts ...string) *summary.Figure {
	first := len(b.s.Figures)
	for n, text := range texts {
		f := summary.Figure{Indicator: b.find(code), Span: span, Coverage: summary.Coverage{Reported: 3, Expected: 4, By: summary.ByUnit}}
		if n > 0 {
			f.Unit = b.s.Catalogue.Units[n-1].ID
		}
		text, f.Provisional = strings.CutSuffix(text, "*")
		value, terms, _ := strings.Cut(text, " ")
		if token, ok := tokens[value]; ok {
			f.Value, f.Reason = figure.Without(token.state), token.reason
		} else {
			f.Value = figure.Of(b.number(value))
		}
		if num, den, ok := strings.Cut(terms, "/"); ok {
			x, y := b.number(num), b.number(den)
			f.Numerator, f.Denominator = &x, &y
		}
		b.s.Figures = append(b.s.Figures, f)
	}
	return &b.s.Figures[first]
}

func (b *builder) number(text string) figure.Number {
	num, den, quotient := strings.Cut(text, "/")
	n, err := figure.Parse(num)
	if err == nil && quotient {
		n, err = n.Quo(figure.MustParse(den))
	}
	if err != nil {
		b.t.Fatalf("%q: %v", text, err)
	}
	return n
}

// sample is a small month: two programmes, four units, every state, a rate
// with a unit that lacks a term, an opening, a share, a formula without a
// division, a unit that ended, an answer in words.
func sample(t testing.TB) Input {
	cat := &catalogue.Catalogue{
		ID: "test",
		Units: []*catalogue.Unit{
			{ID: "HN-001", Code: "001", Kind: catalogue.UrbanDistrict, Name: "Ba Đình", Group: "Cụm 1"},
			{ID: "HN-002", Code: "002", Kind: catalogue.UrbanDistrict, Name: "Hoàn Kiếm", Group: "Cụm 1"},
			{ID: "HN-276", Code: "276", Kind: catalogue.RuralDistrict, Name: "Sóc Sơn", Group: "Cụm 2"},
			{ID: "HN-269", Code: "269", Kind: catalogue.Town, Name: "Sơn Tây", Group: "Cụm 2"},
			{ID: "HN-000", Code: "000", Kind: catalogue.CityOffice, Name: "Cơ quan Thành Hội"},
		},
		Programmes: []*catalogue.Programme{
			{Code: "CT01", Number: "01-CTr/TU", NameVI: "Tăng cường công tác xây dựng Đảng", NameEN: "Party building"},
			{Code: "CT02", Number: "02-CTr/TU", NameVI: "Đổi mới mô hình tăng trưởng", NameEN: "Growth"},
			{Code: "CT04", Number: "04-CTr/TU", NameVI: "Chương trình chưa có chỉ tiêu", NameEN: "Empty"},
		},
	}
	b := &builder{t: t, s: &summary.Summary{
		Catalogue: cat, Period: period.SpanOf(period.Monthly, june, period.Month{}),
		Window: period.Scheme15to14.Window(june),
		Spans: []period.Span{
			period.SpanOf(period.Monthly, june, period.Month{}),
			period.SpanOf(period.YearToDate, june, period.Month{}),
		},
		Counts: summary.Counts{Expected: 4, Received: 3, Usable: 3, OnTime: 2},
	}}
	person := catalogue.Indicator{Programme: "CT01", Measure: "hội viên", Across: catalogue.AcrossSum}
	with := func(code, name string, change func(*catalogue.Indicator)) catalogue.Indicator {
		i := person
		i.Code, i.NameVI = code, name
		if change != nil {
			change(&i)
		}
		return i
	}
	percent := func(i *catalogue.Indicator) {
		i.Measure, i.Type, i.Decimals, i.ComputeAt = "%", catalogue.Percent, 2, catalogue.AtAggregate
	}
	b.indicator(with("CT01_KN", "Số hội viên kết nạp mới trong kỳ", nil), "")
	b.indicator(with("CT01_GIAM", "Số hội viên giảm", nil), "")
	b.indicator(with("CT01_TANG", "Số hội viên tăng thêm trên toàn thành phố", func(i *catalogue.Indicator) {
		i.ComputeAt = catalogue.AtAggregate
	}), "CT01_KN - CT01_GIAM")
	b.indicator(with("CT01_06", "Tỷ lệ quận, huyện, thị xã Hội kịp thời đề xuất xử lý các vụ xâm hại phụ nữ, trẻ em", func(i *catalogue.Indicator) {
		percent(i)
		i.ComputeAt, i.Across, i.Reaches = catalogue.AtUnit, catalogue.AcrossShare, figure.Int(100)
		i.AssumptionVI = "Kịp thời là trong 3 ngày làm việc."
	}), "100 * CT01_VU_KT / CT01_VU")
	b.indicator(with("CT01_LON", "Số hội viên của cơ sở lớn nhất", func(i *catalogue.Indicator) { i.Across = catalogue.AcrossMax }), "")
	b.indicator(with("CT01_NAM", "Số cơ sở xếp loại tốt", func(i *catalogue.Indicator) { i.Due = []catalogue.Due{{Month: 12}} }), "")
	b.indicator(with("CT02_LD", "Số lao động được dạy nghề", func(i *catalogue.Indicator) { i.Programme = "CT02" }), "")
	b.indicator(with("CT02_LD_NU", "Trong đó: lao động nữ", func(i *catalogue.Indicator) { i.Programme = "CT02" }), "")
	b.indicator(with("CT02_TL", "Tỷ lệ lao động nữ", func(i *catalogue.Indicator) { percent(i); i.Programme = "CT02" }), "100 * CT02_LD_NU / CT02_LD")
	b.indicator(with("CT02_TT", "Tình trạng thực hiện", func(i *catalogue.Indicator) {
		i.Programme, i.Kind, i.Type, i.Choices = "CT02", catalogue.Text, catalogue.Choice, []string{"đang làm", "xong?"}
	}), "")

	m, y := period.Monthly, period.YearToDate
	b.figures(m, "CT01_KN", "51*", "41", "none", "10", "missing", "unasked")
	b.figures(m, "CT01_GIAM", "9*", "9", "(!)", "none", "missing", "unasked")
	b.figures(m, "CT01_TANG", "42*", "32", "(!)", "10", "missing", "unasked")
	b.figures(m, "CT01_06", "50 1/2*", "100 3/3", "nocases 0/0", "66.666666666666 2/3", "missing", "unasked")
	b.figures(m, "CT01_LON", "1234.5*", "1234.5", "x", "7", "missing", "unasked")
	b.figures(m, "CT01_NAM", "undue", "undue", "undue", "undue", "undue", "unasked")
	b.figures(m, "CT02_LD", "41*", "41", "none", "…", "missing", "unasked")
	b.figures(m, "CT02_LD_NU", "35*", "30", "none", "5", "missing", "unasked")
	b.figures(m, "CT02_TL", "3000/41 30/41*", "3000/41 30/41", "nocases 0/0", "…", "missing", "unasked")

	// Year to date: a unit that ended reported 4 admissions; CT02 has an opening
	// of 1,000 of whom 700 women; one unit lacks a term in one month, so that its
	// rate is over fewer months than its counts.
	b.figures(y, "CT01_KN", "304*", "200", "none", "100", "blank", "unasked")
	b.figures(y, "CT01_GIAM", "30", "20", "none", "10", "none", "unasked")
	b.figures(y, "CT01_TANG", "270*", "180", "none", "90", "blank", "unasked")
	b.figures(y, "CT01_06", "nocases", "nocases 0/0", "nocases 0/0", "nocases 0/0", "blank", "unasked")
	b.figures(y, "CT01_LON", "blank", "blank", "blank", "blank", "blank", "unasked")
	ld := b.figures(y, "CT02_LD", "2999*", "1000", "500", "499", "blank", "unasked")
	nu := b.figures(y, "CT02_LD_NU", "2100*", "700", "350", "350", "none", "unasked")
	tl := b.figures(y, "CT02_TL", "199900/2850 1999/2850*", "70 700/1000", "70 350/500", "24900/350 249/350", "blank", "unasked")
	for _, f := range []*summary.Figure{ld, nu, tl} {
		f.Opening = march
	}
	cat.Openings = []catalogue.Opening{
		{Indicator: "CT02_LD", Span: catalogue.OpeningYear, Through: march, Value: figure.Int(1000), Source: "BC 12/BC-BTV"},
		{Indicator: "CT02_LD_NU", Span: catalogue.OpeningYear, Through: march, Value: figure.Int(700), Source: "BC 12/BC-BTV"},
		{Indicator: "CT02_LD", Span: catalogue.OpeningPlan, Through: march, Value: figure.Int(9), Source: "không vào kỳ này"},
	}
	judge(ld, catalogue.AtLeast, "3000", "1500", "299900/3000", "1", summary.Behind)
	judge(tl, catalogue.AtLeast, "70", "70", "19990000/199500", "", summary.OnTrack)

	in := Input{Summary: b.s, Words: phrases(t, wording.Vietnamese), Created: at,
		Draft: "DỰ THẢO – bản r1", Sample: "SỐ LIỆU MẪU"}
	in.Submissions = b.submissions()
	b.s.Tallies = []summary.Tally{{Indicator: b.find("CT02_TT"), Reported: 2, Expected: 4, Choices: []summary.ChoiceCount{
		{Choice: "đang làm", Units: 1}, {Choice: "xong?", Units: 1}}}}
	in.Files = []submission.File{
		{Path: "2025-06/ba-dinh.xlsx", SHA256: strings.Repeat("ab", 32), Size: 18432, Disposition: submission.Counted, Unit: "HN-001", Period: june, ReceivedAt: at},
		{Path: "2025-06/~$ba-dinh.xlsx", Disposition: submission.Ignored, ReceivedAt: at},
	}
	in.Findings = []Row{{
		Severity: "đề nghị sửa", Code: "number-not-whole", UnitTitle: "Quận Hoàn Kiếm", Indicator: "CT01_GIAM", File: "2025-06/hoan-kiem.xlsx",
		Sheet: "Báo cáo", Cell: "E14", Raw: "12,5", Message: "Ô E14 ghi 12,5; chỉ tiêu này cần số nguyên.", Suggestion: "Ghi lại số nguyên.",
	}}
	return in
}

func judge(f *summary.Figure, c catalogue.Comparator, target, expected, attained, gap string, v summary.Verdict) {
	b := &builder{}
	e, a := b.number(expected), b.number(attained)
	f.Judgment = &summary.Judgment{
		Target:   &catalogue.Target{Indicator: f.Indicator.Code, Horizon: catalogue.HorizonYear, Comparator: c, Value: b.number(target)},
		Expected: &e, Attained: &a, Verdict: v, Provisional: true, Missing: 1, JudgedIn: june,
	}
	if gap != "" {
		g := b.number(gap)
		f.Judgment.Gap = &g
	}
}

func (b *builder) submissions() []*submission.Submission {
	values := func(list ...submission.Value) submission.Values {
		for i := range list {
			list[i].Sheet = "Báo cáo"
		}
		return submission.ValuesOf(list...)
	}
	one := &submission.Submission{
		Unit: "HN-001", Period: june, File: "2025-06/ba-dinh.xlsx", Version: 2, PreparedBy: "Nguyễn Thị Hằng", ReceivedAt: at,
		Values: values(
			submission.Value{Indicator: "CT01_KN", Figure: figure.Of(figure.Int(41)), Cell: "E10", Raw: "41"},
			submission.Value{Indicator: "CT01_NAM", NotDue: true},
			submission.Value{Indicator: "CT02_TT", Text: "đang làm", Cell: "E20", Raw: "đang làm"},
		),
	}
	two := &submission.Submission{
		Unit: "HN-002", Period: june, File: "2025-06/hoan-kiem.xlsx", Version: 1, ReceivedAt: at,
		Values: values(
			submission.Value{Indicator: "CT01_KN", Figure: figure.Without(figure.None), Cell: "E10", Raw: "KPS"},
			submission.Value{Indicator: "CT01_GIAM", Figure: figure.Without(figure.Refused), Cell: "E14", Raw: "12,5", Note: "gọi chị Hoa"},
			submission.Value{Indicator: "CT02_TT", Text: "xong?", Cell: "E20", Raw: "xong?"},
		),
		Remarks: []submission.Remark{
			{Programme: "CT02", Kind: submission.Difficulties, Text: "=thiếu cán bộ\nchuyên trách", Sheet: "Thuyết minh", Cell: "C4"},
		},
		Findings: []finding.Finding{finding.New(finding.NumberNotWhole)},
	}
	units := b.s.Catalogue.Units
	deadline := time.Date(2025, time.June, 17, 17, 0, 0, 0, hanoi)
	b.s.Expected = units[:4]
	b.s.Submissions = []summary.Receipt{
		{Unit: units[0], Month: june, Status: submission.Accepted, OnTime: true, Deadline: deadline, Used: one, FirstReceived: at.UTC(), ReceivedFrom: submission.FromRegister},
		{Unit: units[1], Month: june, Status: submission.NeedsCorrection, Deadline: deadline, Used: two, FirstReceived: at.Add(30 * time.Hour), ReceivedFrom: submission.FromFileTimes},
		{Unit: units[2], Month: june, Status: submission.AcceptedWithWarnings, OnTime: true, Extended: true, Deadline: deadline, FirstReceived: at},
		{Unit: units[3], Month: june, Status: submission.Missing, Deadline: deadline},
	}
	return []*submission.Submission{one, two}
}
