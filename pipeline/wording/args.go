package wording

import (
	"slices"
	"strings"

	"tonghop/pipeline/finding"
)

// Kind says how an argument of a finding is written by who raises it and how
// it is printed.
type Kind uint8

// The kinds of argument.
const (
	Text      Kind = iota // printed as it is, on one line and shortened
	Number                // a plain decimal, "1234.5"
	Month                 // "2025-06"
	Date                  // "2025-06-15"
	Indicator             // a code, printed as the indicator's name
	Unit                  // an id, printed as the unit's title
	List                  // choices parted by "|", printed "a, b hoặc c"; plain decimals among them as numbers
	Items                 // facts parted by "|", printed "a; b; c"
	Figures               // Items that begin with an indicator, or a rule's reference such as prev(X), printed by its name
	FileKind              // what a file is by its content: a phrase filekind.*
	Limit                 // a reader's budget: a phrase limit.*
	Why                   // a reason: a phrase why.*
	Hidden                // row, column, sheet, cell, colour, format or zero: a phrase hidden.*
	Both                  // a clause in both languages, "vi|en"
	Title                 // a finding code, printed as its title
	Quote                 // Text that repeats what a unit or the office typed for an indicator
)

// String names the kind in the manual page.
func (k Kind) String() string {
	return [...]string{
		"text", "number", "month", "date", "indicator", "unit", "list", "items", "figures", "filekind", "limit", "why", "hidden",
		"both languages", "finding", "quote",
	}[k]
}

// Arg is a fact that findings of one code carry in finding.Finding.Args. All
// are optional: a sentence reads well without.
type Arg struct {
	Name    string
	Kind    Kind
	Example string
}

// args is the one list of arguments. Who raises a finding passes these and no
// others; who words it may name these and no others.
var args = map[finding.Code][]Arg{
	finding.NotAWorkbook:     {{"kind", FileKind, "pdf"}},
	finding.WorkbookDamaged:  {{"part", Text, "xl/worksheets/sheet1.xml"}, {"detail", Text, "checksum does not match"}},
	finding.WorkbookTooLarge: {{"limit", Limit, "cells"}, {"part", Text, "xl/worksheets/sheet1.xml"}, {"detail", Text, "more than 1000000 cells"}},
	finding.NotARegularFile:  {{"kind", FileKind, "symlink"}},
	finding.FileUnreadable:   {{"detail", Text, "permission denied"}},
	finding.DecisionInvalid: {
		{"decision", Text, "QD-7"}, {"line", Text, "7"}, {"column", Both, "Đơn vị|unit"},
		{"why", Both, "không có đơn vị này trong danh mục|there is no such unit"}, {"because", Title, "number-ambiguous"},
	},
	finding.DecisionChanged: {{"decision", Text, "QD-7"}, {"recorded", Date, "2025-06-17"}, {"content", Quote, "QD-7,2025-06-17,…"}},
	finding.DecisionRemoved: {{"decision", Text, "QD-7"}, {"recorded", Date, "2025-06-17"}, {"content", Quote, "QD-7,2025-06-17,…"}},
	finding.ImportInvalid: {
		{"line", Text, "7"}, {"column", Both, "Đơn vị|unit"}, {"why", Both, "không có đơn vị này trong danh mục|there is no such unit"},
	},
	finding.NarrativeInvalid: {
		{"line", Text, "7"}, {"column", Both, "Chỉ tiêu|about"}, {"why", Both, "không có chỉ tiêu hoặc chương trình này trong danh mục|there is no such indicator or programme"},
	},
	finding.RegisterUnreadable: {{"line", Text, "7"}, {"detail", Text, "received_at: 31/6/2025"}},
	finding.Attachment:         {{"beside", Text, "2025-06/ba-dinh.xlsx"}},
	finding.AlreadyReceived:    {{"first_file", Text, "2025-06/ba-dinh.xlsx"}},

	finding.TableNotFound:   {{"header", Items, "TT|Nội dung|Ghi chú"}},
	finding.TableAmbiguous:  {{"tables", Items, "Tháng 5!A8|Tháng 6!A8"}},
	finding.ColumnAmbiguous: {{"columns", Items, "E8 “Kỳ này”|G8 “Tháng 6/2025”"}},

	finding.UnitMissing:        {{"suggestion", List, "Quận Ba Đình"}},
	finding.UnitUnknown:        {{"suggestion", List, "Ba Đình|Ba Vì"}},
	finding.UnitAmbiguous:      {{"candidates", List, "Quận Thanh Xuân|Huyện Thạch Thất"}},
	finding.UnitContradicted:   {{"inside", Unit, "HN-001"}, {"title", Unit, "HN-002"}, {"folder", Unit, "HN-002"}, {"name", Unit, "HN-002"}},
	finding.UnitNotExpected:    {{"ended", Date, "2025-06-30"}},
	finding.PeriodMissing:      {{"suggestion", Month, "2025-06"}},
	finding.PeriodAmbiguous:    {{"candidates", List, "5/2025|6/2025"}},
	finding.PeriodMismatch:     {{"inside", Month, "2025-05"}, {"folder", Month, "2025-06"}, {"name", Month, "2025-06"}},
	finding.PeriodInFuture:     {{"begins", Date, "2025-06-15"}, {"register", Date, "2025-01-01"}},
	finding.IndicatorRepeated:  {{"other_cell", Text, "E22"}},
	finding.IndicatorUnknown:   {{"suggestion", List, "CT02_LD"}},
	finding.IndicatorAmbiguous: {{"candidates", List, "CT02_LD_NU|CT01_CB_NU"}},
	finding.CodeNameMismatch:   {{"code", Text, "CT02_LD"}, {"named", List, "CT01_CS"}},
	finding.TotalDisagrees:     {{"sum", Number, "72"}},
	finding.CellsOutside:       {{"cells", Items, "K12 (5)|E40 (12345)"}, {"count", Number, "2"}},
	finding.StaleResults:       {{"cells", Items, "E12|E13"}},
	finding.FormOutdated:       {{"used", Text, "HN-2024.2"}, {"current", Text, "HN-2025.1"}},
	finding.HiddenData:         {{"what", Hidden, "row"}},

	finding.ValueMissing:    {{"choices", List, "chưa triển khai|đang triển khai|hoàn thành"}},
	finding.NilContradicted: {{"box", Text, "C8"}},
	finding.NumberAmbiguous: {{"one", Number, "1200"}, {"other", Number, "1.2"}},
	finding.ShownOtherwise:  {{"shown", Quote, "1234.5"}},
	finding.ValueOutOfRange: {{"min", Number, "0"}, {"max", Number, "100000"}},
	finding.ChoiceUnknown:   {{"choices", List, "chưa triển khai|đang triển khai|hoàn thành"}},
	finding.FormulaError:    {{"error", Quote, "#REF!"}},
	finding.MeasureMismatch: {{"found", Quote, "hộ"}},
	finding.NumberDoubtful:  {{"other", Number, "15"}},
	finding.TextNumber:      {{"remark", Quote, "có 3 nữ"}},
	finding.ValueNotDue:     {{"due", List, "6|12"}, {"why", Why, "not-asked"}},
	finding.ValueScaled:     {{"measure", Text, "triệu đồng"}},
	finding.LegacyEncoding:  {{"encoding", Text, "TCVN3"}},

	finding.PartExceedsWhole: {
		{"whole", Indicator, "CT02_LD"}, {"whole_cell", Text, "E13"}, {"whole_value", Number, "41"},
		{"corrected", Number, "45"}, {"decision", Text, "QD-7"}, {"whole_decision", Text, "QD-8"},
	},
	finding.RuleBroken:      {{"rule", Text, "CT01_R1"}, {"rule_message", Text, "Tổng các mức xếp loại phải bằng tổng số cơ sở Hội."}, {"values", Figures, "CT01_CS = 21|prev(CT01_CS) = 20"}},
	finding.RuleNotChecked:  {{"rule", Text, "CT01_R1"}, {"rule_message", Text, "Tổng các mức xếp loại phải bằng tổng số cơ sở Hội."}, {"lacking", Figures, "CT01_CS|ytd(CT01_VU)"}},
	finding.ZeroDenominator: {{"numerator", Indicator, "CT01_CB_BD"}, {"numerator_value", Number, "12"}, {"denominator", Indicator, "CT01_CB"}, {"denominator_cell", Text, "E20"}},

	finding.FarFromHistory:          {{"usual_from", Number, "30"}, {"usual_to", Number, "55"}, {"last_year", Number, "48"}},
	finding.CopiedSubmission:        {{"other_unit", Unit, "HN-002"}, {"other_period", Month, "2025-05"}},
	finding.CumulativeDiscontinuous: {{"previous", Number, "120"}, {"previous_period", Month, "2025-05"}},
	finding.CumulativeInMonthColumn: {{"previous_total", Number, "160"}, {"known_total", Number, "85"}, {"first", Month, "2025-04"}},

	finding.ResubmissionNotUsed: {
		{"used_version", Text, "1"}, {"used_file", Text, "2025-06/ba-dinh.xlsx"}, {"new_version", Text, "2"},
		{"errors", Number, "3"}, {"differences", Figures, "CT02_LD: 41 → 43|CT03_HO: 5 → 6"},
	},
	finding.ValueWithdrawn:      {{"previous", Number, "41"}, {"used_version", Text, "1"}},
	finding.OpeningOverlaps:     {{"through", Month, "2025-04"}, {"first", Month, "2025-04"}, {"value", Number, "3560"}},
	finding.BeforeAdoption:      {{"first", Month, "2025-04"}},
	finding.VersionOrderUnknown: {{"other_file", Text, "2025-06/ba-dinh (1).xlsx"}, {"differences", Figures, "CT02_LD: 41 → 43"}},

	finding.CorrectionContradicted: {
		{"decision", Text, "QD-7"}, {"corrected", Quote, "45"}, {"basis", Text, "điện thoại 9h10"}, {"still", Quote, "10"}, {"now", Quote, "60"},
	},
	finding.CorrectionOldDiffers: {
		{"decision", Text, "QD-7"}, {"old", Quote, "99999"}, {"held", Quote, "5"}, {"report", Text, "2025-06/ba-dinh.xlsx"}, {"report_cell", Text, "E13"},
	},
	finding.PaperNotUsed:       {{"decision", Text, "QD-7"}, {"used_file", Text, "2025-06/ba-dinh.xlsx"}},
	finding.ImportNotUsed:      {{"used_file", Text, "2025-06/ba-dinh.xlsx"}, {"differences", Figures, "CT02_LD: 41 → 43"}},
	finding.DecisionNotApplied: {{"decision", Text, "QD-7"}, {"wanted", Text, "2025-06/ba-dinh.xlsx"}},
	finding.FileDiscarded:      {{"decision", Text, "QD-7"}, {"basis", Text, "gửi nhầm"}},
	finding.NarrativeUnused:    {{"part", Text, "Nguyên nhân"}, {"line", Text, "7"}, {"why", Why, "not-behind"}},
	finding.NarrativeWithheld:  {{"line", Text, "7"}, {"why", Why, "personal-number"}},
}

// Args lists the arguments that findings of a code may carry.
func Args(code finding.Code) []Arg { return slices.Clone(args[code]) }

// FreeText reports whether an argument may hold what somebody wrote.
func FreeText(code finding.Code, name string) bool {
	for _, a := range args[code] {
		if a.Name == name {
			return a.Kind == Text || a.Kind == Quote || a.Kind == List || a.Kind == Items || a.Kind == Figures || a.Kind == Both
		}
	}
	return true
}

// Quotes reports whether an argument repeats what was typed for the finding's
// indicator, or why.
func Quotes(code finding.Code, name string) bool {
	return name == finding.Explained || slices.ContainsFunc(args[code], func(a Arg) bool { return a.Name == name && a.Kind == Quote })
}

// Figured reports whether an argument is a list of indicators with what was
// answered to each.
func Figured(code finding.Code, name string) bool {
	return slices.ContainsFunc(args[code], func(a Arg) bool { return a.Name == name && a.Kind == Figures })
}

// findingFields are the fields of findings.csv beside the arguments.
var findingFields = []string{
	"raw", "read", "want", "cell", "sheet", "file", "unit", "period", "indicator", "indicator_name", "measure",
}

func knownField(code finding.Code, field string) bool {
	name, isArg := strings.CutPrefix(field, "arg:")
	if !isArg {
		return slices.Contains(findingFields, field)
	}
	if name == finding.Explained { // of any code, and in a phrase of its own
		return true
	}
	return slices.ContainsFunc(args[code], func(a Arg) bool { return a.Name == name })
}
