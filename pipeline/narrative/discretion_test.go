package narrative

import (
	"slices"
	"testing"

	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/summary/summarytest"
)

const withheld = "(withheld)"

var june = period.Month{Year: 2025, Number: 6}

func discretion(t testing.TB, rows ...Written) *Discretion {
	return &Discretion{
		Catalogue: shipped(t), Text: Text{Rows: rows}, Withheld: withheld, Span: period.SpanOf(period.Monthly, june, period.Month{}),
	}
}

func TestDiscretionOfSubmissions(t *testing.T) {
	known := figure.Of(figure.Int(5))
	for name, c := range map[string]struct {
		value            submission.Value
		text, raw, note  string
		why              string // told; empty for nothing
		approved, differ bool   // the office has agreed to the note, or to another
	}{
		"a telephone":              {value: submission.Value{Indicator: "CT07_GP1_ND", Text: "gọi 0912 345 678", Raw: "gọi 0912 345 678 "}, text: withheld, raw: withheld, why: holdsNumber},
		"nothing personal":         {value: submission.Value{Indicator: "CT07_GP1_ND", Text: "mở lớp", Raw: "mở lớp"}, text: "mở lớp", raw: "mở lớp"},
		"a note":                   {value: submission.Value{Indicator: "CT02_LD", Figure: known, Raw: "5", Note: "0912345678"}, raw: "5", note: withheld, why: holdsNumber},
		"a note agreed to":         {value: submission.Value{Indicator: "CT02_LD", Figure: known, Raw: "5", Note: "ĐT 0912345678"}, raw: "5", note: "ĐT 0912345678", approved: true},
		"another agreed to":        {value: submission.Value{Indicator: "CT02_LD", Figure: known, Raw: "5", Note: "ĐT 0912345678"}, raw: "5", note: withheld, why: holdsNumber, differ: true},
		"a number that is printed": {value: submission.Value{Indicator: "CT02_LD", Figure: known, Raw: "102085012345"}, raw: "102085012345"},
		"one that is not":          {value: submission.Value{Indicator: "CT02_LD", Figure: figure.Without(figure.Refused), Raw: "0912345678"}, raw: withheld, why: holdsNumber},
		"abuse: a note":            {value: submission.Value{Indicator: "CT01_VU", Figure: known, Raw: "5", Note: "cháu A"}, raw: "5", note: withheld, why: aboutAbuse},
		"abuse: a note agreed to":  {value: submission.Value{Indicator: "CT01_VU", Figure: known, Raw: "5", Note: "đã hòa giải"}, raw: "5", note: "đã hòa giải", approved: true},
		"abuse: a measure":         {value: submission.Value{Indicator: "CT01_VU", Figure: known, Raw: "5 vụ"}, raw: withheld},
		"abuse: words unread":      {value: submission.Value{Indicator: "CT01_VU", Figure: figure.Without(figure.Refused), Raw: "cháu A, 9 tuổi"}, raw: withheld, why: aboutAbuse},
		"a choice":                 {value: submission.Value{Indicator: "CT07_GP1_TRT", Text: "hoàn thành", Raw: "hoàn thành"}, text: "hoàn thành", raw: "hoàn thành"},
	} {
		var rows []Written
		if c.approved || c.differ {
			agreed := c.value.Note
			if c.differ {
				agreed += "9"
			}
			rows = []Written{{Part: Approve, About: c.value.Indicator, Unit: "HN-001", Paragraphs: []string{agreed}, Consent: true}}
		}
		d := discretion(t, rows...)
		c.value.Sheet, c.value.Cell, c.value.Row = "Báo cáo", "E14", 14
		s := &submission.Submission{Unit: "HN-001", Period: june, File: "a.xlsx", Values: submission.ValuesOf(c.value)}
		got := d.Submission(s)
		if v := got.Values.At(0); v.Text != c.text || v.Raw != c.raw || v.Note != c.note {
			t.Errorf("%s: %q, %q, %q", name, v.Text, v.Raw, v.Note)
		}
		if s.Values.At(0) != c.value {
			t.Errorf("%s: the submission itself was changed", name)
		}
		notes := d.Notes()
		switch {
		case c.why == "" && len(notes) > 0, c.why != "" && len(notes) != 1:
			t.Errorf("%s: told %+v", name, notes)
		case c.why != "" && (notes[0].Args["why"] != c.why || notes[0].Cell != "E14" || notes[0].File != "a.xlsx" || notes[0].Raw != ""):
			t.Errorf("%s: told %+v", name, notes[0])
		}
		if d.Submission(s) != got {
			t.Errorf("%s: asked again it is another", name)
		}
	}
}

// What other months of a span hold is withheld and not told again.
func TestDiscretionTellsItsOwnMonths(t *testing.T) {
	d := discretion(t)
	s := &submission.Submission{Unit: "HN-001", Period: june.Add(-1), Remarks: []submission.Remark{{Programme: "CT02", Text: "0912345678"}}}
	if got := d.Submission(s).Remarks[0].Text; got != withheld || len(d.Notes())+len(d.Waiting()) > 0 {
		t.Errorf("%q, told %v", got, d.Notes())
	}
}

// What a cell says is withheld from figures that are kept, and from those that are
// made when they are asked for.
func TestDiscretionOfFigures(t *testing.T) {
	d := discretion(t)
	ind, _ := d.Catalogue.Indicator("CT02_LD")
	told := summary.Figure{
		Indicator: ind, Unit: "HN-001", Span: period.Monthly, Value: figure.Without(figure.Refused),
		Source: summary.Source{Kind: summary.SourceCell, Raw: "0912345678"},
	}
	city := summary.Figure{Indicator: ind, Span: period.Monthly}
	kept := &summary.Summary{Figures: []summary.Figure{city, told}}
	unkept := summarytest.Unkept(kept)
	for name, s := range map[string]*summary.Summary{"kept": kept, "made": unkept} {
		d.Summary(s)
		n := 0
		for f := range s.All() {
			if f.Unit == "" {
				continue
			}
			if n++; f.Source.Raw != withheld {
				t.Errorf("%s: %q is told", name, f.Source.Raw)
			}
		}
		if n != 1 {
			t.Errorf("%s: %d figures of units", name, n)
		}
	}
}

// What waits is given as the row that would agree to it.
func TestDiscretionWaiting(t *testing.T) {
	said := "gọi chị Hoa\n0912 345 678"
	s := &submission.Submission{Unit: "HN-001", Period: june, Remarks: []submission.Remark{{Programme: "CT02", Kind: submission.Proposals, Text: said, Cell: "D5"}}}
	d := discretion(t)
	d.Submission(s)
	waiting := d.Waiting()
	if len(waiting) != 1 {
		t.Fatalf("%+v", waiting)
	}
	waiting[0].Consent = true
	if got := discretion(t, waiting...).Submission(s).Remarks[0].Text; got != said {
		t.Errorf("agreed to, it is %q", got)
	}
}

func TestDiscretionOfTheOfficesText(t *testing.T) {
	d := discretion(t,
		Written{Part: Direction, Paragraphs: []string{"đường dây 024", "3834 5678, gọi 0912345678"}, Place: Place{File: "x", Row: 7}},
		Written{Part: Direction, Paragraphs: []string{"gọi 0912345678"}, Consent: true})
	got := d.Office()
	if !slices.Equal(got.Rows[0].Paragraphs, []string{withheld}) || got.Rows[1].Paragraphs[0] != "gọi 0912345678" {
		t.Errorf("%+v", got.Rows)
	}
	if notes := d.Notes(); len(notes) != 1 || notes[0].Row != 7 || notes[0].File != "x" {
		t.Errorf("told %+v", notes)
	}
}

func TestDiscretionOfFindings(t *testing.T) {
	d := discretion(t)
	f := finding.New(finding.NumberUnreadable).With("previous", "001085012345").With("detail", "gọi 0912345678")
	f.Raw, f.Indicator, f.Unit = "hỏi 0912 345 678", "CT02_LD", "HN-001"
	got := d.Finding(f, writings{"detail": Theirs}.kind)
	if got.Raw != withheld || got.Args["detail"] != withheld || got.Args["previous"] != "001085012345" {
		t.Errorf("%+v", got)
	}
	if f.Args["detail"] == withheld {
		t.Error("the finding itself was changed")
	}
}

// What is quoted of a cell, and the reason given for it, is the answer as well.
func TestDiscretionOfWhatFindingsQuote(t *testing.T) {
	writing := writings{"remark": Quoted, finding.Explained: Quoted, "file": Theirs, "differences": Answers}.kind
	agreed := Written{Part: Approve, About: "CT01_VU", Unit: "HN-001", Paragraphs: []string{"đã hòa giải"}, Consent: true}
	for name, c := range map[string]struct {
		indicator, rule string
		arg, text, want string // want is empty where it stays
	}{
		"a remark":                    {indicator: "CT01_VU", arg: "remark", text: "bé D, 9 tuổi", want: withheld},
		"of another indicator":        {indicator: "CT02_LD", arg: "remark", text: "có 3 nữ"},
		"a file's name":               {indicator: "CT01_VU", arg: "file", text: "2025-06/ba-dinh.xlsx"},
		"a note":                      {indicator: "CT01_VU", arg: finding.Explained, text: "vụ của chị X", want: withheld},
		"a note agreed to":            {indicator: "CT01_VU", arg: finding.Explained, text: "đã hòa giải"},
		"a note of a rule":            {rule: "co-so-co-vu", arg: finding.Explained, text: "vụ của chị X", want: withheld},
		"agreed to under one of them": {rule: "co-so-co-vu", arg: finding.Explained, text: "đã hòa giải"},
		"answers":                     {arg: "differences", text: "CT01_VU: 2 → 3|CT07_GP1_ND: “a” → “b”"},
		"answers on abuse":            {arg: "differences", text: "CT01_VU: 2 → “bé D”|CT02_LD: 1 → 2", want: "CT01_VU: " + withheld + "|CT02_LD: 1 → 2"},
	} {
		d := discretion(t, agreed)
		f := finding.New(finding.TextNumber)
		if c.rule != "" {
			f = finding.New(finding.RuleBroken).With("rule", c.rule)
		}
		f.Indicator, f.Unit = c.indicator, "HN-001"
		f = f.With(c.arg, c.text)
		want := c.want
		if want == "" {
			want = c.text
		}
		if got := d.Finding(f, writing).Args[c.arg]; got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// writings tells whose words some arguments are.
type writings map[string]Writing

func (w writings) kind(argument string) Writing { return w[argument] }
