package summarytest

import (
	"strings"

	"tonghop/pipeline/finding"
	"tonghop/pipeline/submission"
)

// Nasty is a text that only a hand at the keyboard can think of: a formula, a
// tab, letters beyond the first plane, one that turns the line around, markup.
const Nasty = "=HYPERLINK(\"x\")\t😀\u202e<b>&amp;</b>"

// Findings are those of the small summary, in order: of a file that is no
// workbook, of a version whose place a newer one took, of the cell that is
// wrong in the report of U-2, of a newer version of U-1 that is not used.
func Findings() []finding.Finding {
	about := func(code finding.Code, file, unit string) finding.Finding {
		f := finding.New(code)
		f.File, f.Unit = file, unit
		if unit != "" {
			f.Period = June
		}
		return f
	}
	cell := func(f finding.Finding, indicator, cell string, row int, raw string) finding.Finding {
		f.Indicator, f.Sheet, f.Cell, f.Row, f.Col, f.Raw = indicator, "Báo cáo", cell, row, 5, raw
		return f
	}
	all := []finding.Finding{
		about(finding.NotAWorkbook, "2025-06/@ghi chú.xlsx", "").With("kind", "pdf"),
		cell(about(finding.NumberUnreadable, "2025-06/u-2 (1).xlsx", "U-2"), "LD", "E5", 5, "năm mươi"),
		cell(about(finding.NumberUnreadable, "2025-06/u-2.xlsx", "U-2"), "LD_NU", "E6", 6, Nasty),
		cell(about(finding.ValueOutOfRange, "2025-06/u-2.xlsx", "U-2"), "HO", "E7", 7, "-5").With("min", "0"),
		cell(about(finding.ValueMissing, "2025-06/u-1 (2).xlsx", "U-1"), "LD", "E5", 5, ""),
		about(finding.ResubmissionNotUsed, "2025-06/u-1 (2).xlsx", "U-1").With("used_version", "1").With("new_version", "2"),
		about(finding.TableNotFound, "2025-06/u-4.xlsx", "U-4"),
	}
	finding.Sort(all)
	return all
}

// Files are all files seen: one for each disposition but withdrawn.
func Files() []submission.File {
	file := func(path string, d submission.Disposition, unit string) submission.File {
		f := submission.File{Path: "2025-06/" + path, SHA256: strings.Repeat("ab", 32), Disposition: d, Unit: unit}
		if unit != "" {
			f.Period = June
		}
		return f
	}
	april := file("may.xlsx", submission.OtherPeriod, "U-1")
	april.Period = June.Add(-1)
	deferred := file("u-3.xlsx", submission.Deferred, "")
	deferred.SHA256 = ""
	return []submission.File{
		file("@ghi chú.xlsx", submission.UnusableFile, ""), file("city.xlsx", submission.Counted, "CITY"), april,
		file("u-1 (2).xlsx", submission.Superseded, "U-1"), file("u-1.xlsx", submission.Counted, "U-1"), file("u-1b.xlsx", submission.Duplicate, "U-1"),
		file("u-2 (1).xlsx", submission.Superseded, "U-2"), file("u-2.xlsx", submission.Counted, "U-2"), deferred,
		file("u-4.xlsx", submission.UnusableFile, "U-4"), file("x.xlsx", submission.Held, "U-3"), file("~$u-1.xlsx", submission.Ignored, ""),
	}
}
