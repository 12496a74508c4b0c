package intake

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tonghop/pipeline/submission"
	"tonghop/pipeline/workbook"
)

// What a format shows of a number: "= " the number itself, or nothing else than it
// rounds away; "? " another; "(nothing)" none.
func TestShownAs(t *testing.T) {
	for line := range strings.Lines(strings.TrimSpace(`
		General               | 41     | =
		#,##0                 | 1234   | =
		0.0                   | 41.26  | =
		#,##0.00              | 0      | =
		000                   | 41     | =
		0%                    | 0.9    | =
		0.00E+00              | 41     | =
		# ?/?                 | 0.5    | =
		0" người"             | 41     | =
		0" m2"                | 41     | =
		0" (6 tháng)"         | 41     | =
		"tháng 6: "0          | 41     | =
		#"."##0               | 1234   | =
		#\ ##0                | 1234   | =
		[$₫-42A]#,##0         | 41     | =
		_(* #,##0_);_(* \(#,##0\);_(* "-"??_);_(@_) | 41 | =
		_(* #,##0_);_(* \(#,##0\);_(* "-"??_);_(@_) | -41 | =
		_(* #,##0_);_(* \(#,##0\);_(* "-"??_);_(@_) | 0 | =
		#,##0;[Red]#,##0      | -41    | =
		[>=1000]#"."##0;0     | 41     | =
		[>=1000]#"."##0;0     | 1234   | =
		[<5]0;[<9]0;0         | 41     | =
		0;-0;"không"          | 41     | =
		0;-0;"-"              | 0      | =
		#,##0,                | 41000  | ? 41
		#,##0,.0              | 1234   | ? 1.234
		0,,                   | 41     | ? 0.000041
		0"00"                 | 41     | ? 4100
		0\0                   | 41     | ? 410
		0" 000"               | 41     | ? 41 000
		0".000"               | 41     | ? 41.000
		"1"0                  | 41     | ? 141
		"tháng 6 1"0          | 41     | ? 6 141
		0*5                   | 41     | ? 415
		0-00                  | 41     | ? 41 (-)
		[$5-]0                | 41     | ? 541
		0;0                   | -41    | ? 41
		0;0                   | 41     | =
		[>40]"nhiều";0        | 41     | ? nhiều
		[>40]"nhiều";0        | 40     | =
		"41"                  | 40     | ? 41
		0;-0;"5"              | 0      | ? 5
		;;;                   | 41     | (nothing)
		0;-0;;@               | 0      | (nothing)
		0;-0;;@               | 41     | =
		#,###                 | 0      | (nothing)
		#,###                 | 41     | =
		#,###" người"         | 0      | (nothing)
		[White]0              | 41     | (nothing)
	`)) {
		parts := strings.SplitN(strings.TrimSpace(line), " | ", 2)
		format := strings.TrimSpace(parts[0])
		number, want, _ := strings.Cut(parts[1], "|")
		shown, differs := shownAs(workbook.Cell{Kind: workbook.Number, Raw: strings.TrimSpace(number), Format: format})
		got := "="
		switch shown = strings.TrimSpace(shown); {
		case differs && shown == "":
			got = "(nothing)"
		case differs:
			got = "? " + shown
		}
		if want = strings.TrimSpace(want); got != want {
			t.Errorf("%s of %s gives %q, want %q", format, number, got, want)
		}
	}
}

// altered is the filled report after a change by a program that knows fonts,
// formats and names.
func altered(t *testing.T, change func(f *excelize.File) error) submission.Received {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(sheetOf(t)))
	if err != nil {
		t.Fatal(err)
	}
	if err := change(f); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return Read(submission.File{Path: "a.xlsx"}, b.Bytes(), office(t), times, workbook.DefaultLimits())
}

// Where a person who looks at the cell reads another number than is stored, none
// is used; where a person sees none, it is told.
func TestWhatIsShownOtherwise(t *testing.T) {
	style := func(s excelize.Style) func(f *excelize.File) error {
		return func(f *excelize.File) error {
			id, err := f.NewStyle(&s)
			if err != nil {
				return err
			}
			return f.SetCellStyle("Báo cáo", "E10", "E10", id)
		}
	}
	format := func(code string) func(f *excelize.File) error { return style(excelize.Style{CustomNumFmt: &code}) }
	rich := func(runs ...excelize.RichTextRun) func(f *excelize.File) error {
		return func(f *excelize.File) error { return f.SetCellRichText("Báo cáo", "E10", runs) }
	}
	crossed, raised, bold := &excelize.Font{Strike: true}, &excelize.Font{VertAlign: "superscript"}, &excelize.Font{Bold: true}
	for _, c := range []struct {
		name   string
		change func(f *excelize.File) error
		said   []string
		ld     string
	}{
		{"a thousandth", format("#,##0,"), []string{"shown-otherwise E10 LD 41 shown=0.041"}, "refused"},
		{"more digits", format(`0"00"`), []string{"shown-otherwise E10 LD 41 shown=4100"}, "refused"},
		{"nothing", format(";;;"), []string{"hidden-data E10 LD 41 what=format"}, "41"},
		{"a zero on a sheet without zeros", func(f *excelize.File) error {
			no := false
			if err := f.SetSheetView("Báo cáo", 0, &excelize.ViewOptions{ShowZeros: &no}); err != nil {
				return err
			}
			return f.SetCellValue("Báo cáo", "E10", 0)
		}, []string{"hidden-data E10 LD 0 what=zero"}, "none"},
		{"white on white", style(excelize.Style{Font: &excelize.Font{Color: "FFFFFF"}}), []string{"hidden-data E10 LD 41 what=colour"}, "41"},
		{"white on blue", style(excelize.Style{Font: &excelize.Font{Color: "FFFFFF"}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"0000FF"}}}), nil, "41"},
		{"blue on blue", style(excelize.Style{Font: &excelize.Font{Color: "0000FF"}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"0000FF"}}}), []string{"hidden-data E10 LD 41 what=colour"}, "41"},
		{"crossed out", style(excelize.Style{Font: crossed}), []string{"digits-struck E10 LD 41"}, "refused"},
		{"raised as a whole", style(excelize.Style{Font: raised}), nil, "41"},
		{"a footnote", rich(excelize.RichTextRun{Text: "12"}, excelize.RichTextRun{Text: "1", Font: raised}), []string{"digits-struck E10 LD 121"}, "refused"},
		{"crossed out and written anew", rich(excelize.RichTextRun{Text: "12", Font: crossed}, excelize.RichTextRun{Text: "15"}), []string{"digits-struck E10 LD 1215"}, "refused"},
		{"bold in part", rich(excelize.RichTextRun{Text: "1", Font: bold}, excelize.RichTextRun{Text: "5"}), []string{"text-number E10 LD 15"}, "15"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := altered(t, c.change)
			if got := said(r); !slices.Equal(got, c.said) {
				t.Errorf("said %q, want %q", got, c.said)
			}
			if got := figures(r.Submission); !strings.HasPrefix(got, "LD="+c.ld+" ") {
				t.Errorf("read %s", got)
			}
		})
	}
}

// A sheet of another form that is copied into a workbook brings its names along,
// or leaves them where they led: the labels then show one unit or month and the
// names another.
func TestNamesThatLeadElsewhere(t *testing.T) {
	lead := func(name, cell, text string) func(f *excelize.File) error {
		return func(f *excelize.File) error {
			if _, err := f.NewSheet("Cũ"); err != nil {
				return err
			}
			if err := f.SetCellStr("Cũ", cell, text); err != nil {
				return err
			}
			if err := f.DeleteDefinedName(&excelize.DefinedName{Name: name}); err != nil {
				return err
			}
			return f.SetDefinedName(&excelize.DefinedName{Name: name, RefersTo: "'Cũ'!$" + cell[:1] + "$" + cell[1:]})
		}
	}
	for _, c := range []struct {
		name, text string
		as         submission.Disposition
		said       []string
	}{
		{"TH_KY", "2025-06", submission.Held, []string{"period-ambiguous C3 2025-05 candidates=6/2025|5/2025"}},
		{"TH_KY", "tháng 5/2025", submission.Counted, nil},
		{"TH_MA_DON_VI", "HN-002", submission.Held, []string{"unit-contradicted C1 Quận Ba Đình inside=HN-002 title=HN-001"}},
		{"TH_MA_DON_VI", "hn-001", submission.Counted, nil},
		{"TH_DON_VI", "Quận Tây Hồ", submission.Held, []string{"unit-contradicted A1 Quận Tây Hồ inside=HN-001 title=HN-002"}},
		{"TH_DON_VI", "Ba Đình", submission.Counted, nil},
	} {
		r := altered(t, lead(c.name, "A1", c.text))
		if got := said(r); r.File.Disposition != c.as || !slices.Equal(got, c.said) {
			t.Errorf("%s %s: %s %q, want %s %q", c.name, c.text, r.File.Disposition, got, c.as, c.said)
		}
	}
	both := altered(t, func(f *excelize.File) error {
		if err := lead("TH_MA_DON_VI", "A1", "HN-002")(f); err != nil {
			return err
		}
		return lead("TH_DON_VI", "A2", "Quận Tây Hồ")(f)
	})
	want := []string{"unit-contradicted C2 HN-001 inside=HN-002 title=HN-001"}
	if got := said(both); both.File.Disposition != submission.Held || !slices.Equal(got, want) {
		t.Errorf("the names lead to one unit, the labels show another: %s %q, want %q", both.File.Disposition, got, want)
	}
}
