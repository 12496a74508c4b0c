package finding

import "fmt"

// Code names a kind of finding. Codes are stable: offices look them up and
// other programs read them.
type Code string

// Stage is the step of checking at which a code arises. A later stage is not
// checked where an earlier one refused the whole file.
type Stage uint8

// The stages, in order.
const (
	StageFile Stage = iota + 1
	StageForm
	StageValue
	StageRule
	StageHistory
	StageAcross
)

// String returns file, form, value, rule, history or across.
func (s Stage) String() string {
	names := [...]string{"", "file", "form", "value", "rule", "history", "across"}
	if int(s) < len(names) {
		return names[s]
	}
	return "?"
}

// The codes.
const (
	NotAWorkbook       Code = "not-a-workbook"
	PasswordProtected  Code = "password-protected"
	OldXlsFormat       Code = "old-xls-format"
	WorkbookDamaged    Code = "workbook-damaged"
	WorkbookTooLarge   Code = "workbook-too-large"
	XlsbFormat         Code = "xlsb-format"
	OdsFormat          Code = "ods-format"
	CsvFile            Code = "csv-file"
	HTMLFile           Code = "html-file"
	FileEmpty          Code = "file-empty"
	FileTruncated      Code = "file-truncated"
	ScanOnly           Code = "scan-only"
	Attachment         Code = "attachment"
	NotARegularFile    Code = "not-a-regular-file"
	FileUnreadable     Code = "file-unreadable"
	StillBeingWritten  Code = "still-being-written"
	AlreadyReceived    Code = "already-received"
	OpenElsewhere      Code = "open-elsewhere"
	Withdrawn          Code = "withdrawn"
	MacrosIgnored      Code = "macros-ignored"
	RegisterUnreadable Code = "register-unreadable"
	DecisionInvalid    Code = "decision-invalid"
	DecisionChanged    Code = "decision-changed"
	DecisionRemoved    Code = "decision-removed"
	ImportInvalid      Code = "import-invalid"
	NarrativeInvalid   Code = "narrative-invalid"

	TableNotFound      Code = "table-not-found"
	TableAmbiguous     Code = "table-ambiguous"
	ColumnAmbiguous    Code = "column-ambiguous"
	UnitMissing        Code = "unit-missing"
	UnitUnknown        Code = "unit-unknown"
	UnitAmbiguous      Code = "unit-ambiguous"
	UnitContradicted   Code = "unit-contradicted"
	UnitNotExpected    Code = "unit-not-expected"
	PeriodMissing      Code = "period-missing"
	PeriodNotMonth     Code = "period-not-month"
	PeriodAmbiguous    Code = "period-ambiguous"
	PeriodMismatch     Code = "period-mismatch"
	PeriodInFuture     Code = "period-in-future"
	IndicatorRepeated  Code = "indicator-repeated"
	IndicatorMissing   Code = "indicator-missing"
	IndicatorUnknown   Code = "indicator-unknown"
	IndicatorAmbiguous Code = "indicator-ambiguous"
	CodeNameMismatch   Code = "code-name-mismatch"
	TotalDisagrees     Code = "total-disagrees"
	CellsOutside       Code = "cells-outside"
	StaleResults       Code = "stale-results"
	FormOutdated       Code = "form-outdated"
	HiddenData         Code = "hidden-data"
	NilReturn          Code = "nil-return"
	NilContradicted    Code = "nil-contradicted"

	ValueMissing         Code = "value-missing"
	ValueNotDue          Code = "value-not-due"
	NumberUnreadable     Code = "number-unreadable"
	NumberAmbiguous      Code = "number-ambiguous"
	NumberNotWhole       Code = "number-not-whole"
	ValueOutOfRange      Code = "value-out-of-range"
	ChoiceUnknown        Code = "choice-unknown"
	NotApplicableRefused Code = "not-applicable-refused"
	NoneInStock          Code = "none-in-stock"
	FormulaError         Code = "formula-error"
	FormulaWithoutValue  Code = "formula-without-value"
	DateInsteadOfNumber  Code = "date-instead-of-number"
	LettersInNumber      Code = "letters-in-number"
	MeasureMismatch      Code = "measure-mismatch"
	MarkAmbiguous        Code = "mark-ambiguous"
	DigitsStruck         Code = "digits-struck"
	ShownOtherwise       Code = "shown-otherwise"
	NumberDoubtful       Code = "number-doubtful"
	PercentScale         Code = "percent-scale"
	Estimate             Code = "estimate"
	TextNumber           Code = "text-number"
	ValueScaled          Code = "value-scaled"
	LegacyEncoding       Code = "legacy-encoding"

	PartExceedsWhole Code = "part-exceeds-whole"
	RuleBroken       Code = "rule-broken"
	RuleNotChecked   Code = "rule-not-checked"
	ZeroDenominator  Code = "zero-denominator"

	FarFromHistory          Code = "far-from-history"
	CopiedSubmission        Code = "copied-submission"
	CumulativeDiscontinuous Code = "cumulative-discontinuous"
	CumulativeInMonthColumn Code = "cumulative-in-month-column"

	ResubmissionNotUsed Code = "resubmission-not-used"
	ValueWithdrawn      Code = "value-withdrawn"
	VersionOrderUnknown Code = "version-order-unknown"
	OpeningOverlaps     Code = "opening-overlaps"
	BeforeAdoption      Code = "before-adoption"

	CorrectionContradicted Code = "correction-contradicted"
	CorrectionOldDiffers   Code = "correction-old-differs"
	PaperNotUsed           Code = "paper-not-used"
	ImportNotUsed          Code = "import-not-used"
	DecisionNotApplied     Code = "decision-not-applied"
	FileDiscarded          Code = "file-discarded"
	NarrativeUnused        Code = "narrative-unused"
	NarrativeWithheld      Code = "narrative-withheld"
)

// Definition says what a code is by default.
type Definition struct {
	Code     Code
	Severity Severity
	Stage    Stage
}

// Definitions is the one table of codes, in the order in which they are
// checked. The manual page and `tonghop finding` are made from it.
var Definitions = []Definition{
	{NotAWorkbook, Error, StageFile},
	{PasswordProtected, Error, StageFile},
	{OldXlsFormat, Error, StageFile},
	{WorkbookDamaged, Error, StageFile},
	{WorkbookTooLarge, Error, StageFile},
	{XlsbFormat, Error, StageFile},
	{OdsFormat, Error, StageFile},
	{CsvFile, Error, StageFile},
	{HTMLFile, Error, StageFile},
	{FileEmpty, Error, StageFile},
	{FileTruncated, Error, StageFile},
	{ScanOnly, Error, StageFile},
	{Attachment, Note, StageFile},
	{NotARegularFile, Error, StageFile},
	{FileUnreadable, Error, StageFile},
	{StillBeingWritten, Error, StageFile},
	{RegisterUnreadable, Warning, StageFile},
	{DecisionInvalid, Error, StageFile},
	{DecisionChanged, Warning, StageFile},
	{DecisionRemoved, Warning, StageFile},
	{ImportInvalid, Error, StageFile},
	{NarrativeInvalid, Error, StageFile},
	{AlreadyReceived, Note, StageFile},
	{OpenElsewhere, Note, StageFile},
	{Withdrawn, Note, StageFile},
	{MacrosIgnored, Note, StageFile},

	{TableNotFound, Error, StageForm},
	{TableAmbiguous, Error, StageForm},
	{ColumnAmbiguous, Error, StageForm},
	{UnitMissing, Error, StageForm},
	{UnitUnknown, Error, StageForm},
	{UnitAmbiguous, Error, StageForm},
	{UnitContradicted, Error, StageForm},
	{UnitNotExpected, Error, StageForm},
	{PeriodMissing, Error, StageForm},
	{PeriodNotMonth, Error, StageForm},
	{PeriodAmbiguous, Error, StageForm},
	{PeriodMismatch, Error, StageForm},
	{PeriodInFuture, Error, StageForm},
	{IndicatorRepeated, Error, StageForm},
	{IndicatorMissing, Warning, StageForm},
	{IndicatorUnknown, Warning, StageForm},
	{IndicatorAmbiguous, Error, StageForm},
	{CodeNameMismatch, Error, StageForm},
	{TotalDisagrees, Warning, StageForm},
	{CellsOutside, Warning, StageForm},
	{StaleResults, Warning, StageForm},
	{FormOutdated, Warning, StageForm},
	{HiddenData, Warning, StageForm},
	{NilReturn, Warning, StageForm},
	{NilContradicted, Error, StageForm},

	{ValueMissing, Error, StageValue},
	{NumberUnreadable, Error, StageValue},
	{NumberAmbiguous, Error, StageValue},
	{NumberNotWhole, Error, StageValue},
	{ValueOutOfRange, Error, StageValue},
	{ChoiceUnknown, Error, StageValue},
	{NoneInStock, Error, StageValue},
	{FormulaError, Error, StageValue},
	{FormulaWithoutValue, Error, StageValue},
	{DateInsteadOfNumber, Error, StageValue},
	{LettersInNumber, Error, StageValue},
	{MeasureMismatch, Error, StageValue},
	{MarkAmbiguous, Error, StageValue},
	{DigitsStruck, Error, StageValue},
	{ShownOtherwise, Error, StageValue},
	{NotApplicableRefused, Warning, StageValue},
	{ValueNotDue, Warning, StageValue},
	{PercentScale, Warning, StageValue},
	{NumberDoubtful, Warning, StageValue},
	{Estimate, Warning, StageValue},
	{TextNumber, Note, StageValue},
	{ValueScaled, Note, StageValue},
	{LegacyEncoding, Note, StageValue},

	{PartExceedsWhole, Error, StageRule},
	{RuleBroken, Error, StageRule},
	{ZeroDenominator, Error, StageRule},
	{RuleNotChecked, Note, StageRule},

	{FarFromHistory, Warning, StageHistory},
	{CopiedSubmission, Warning, StageHistory},
	{CumulativeDiscontinuous, Warning, StageHistory},
	{CumulativeInMonthColumn, Warning, StageHistory},

	{ResubmissionNotUsed, Warning, StageAcross},
	{ValueWithdrawn, Warning, StageAcross},
	{VersionOrderUnknown, Warning, StageAcross},
	{OpeningOverlaps, Warning, StageAcross},
	{BeforeAdoption, Warning, StageAcross},
	{CorrectionContradicted, Warning, StageAcross},
	{CorrectionOldDiffers, Warning, StageAcross},
	{PaperNotUsed, Warning, StageAcross},
	{ImportNotUsed, Warning, StageAcross},
	{DecisionNotApplied, Warning, StageAcross},
	{FileDiscarded, Note, StageAcross},
	{NarrativeUnused, Warning, StageAcross},
	{NarrativeWithheld, Note, StageAcross},
}

var byCode = func() map[Code]Definition {
	m := make(map[Code]Definition, len(Definitions))
	for _, d := range Definitions {
		if _, twice := m[d.Code]; twice {
			panic(fmt.Sprintf("finding: code %s defined twice", d.Code))
		}
		m[d.Code] = d
	}
	return m
}()

// Definition returns the row of the code's table. It panics for a code that is
// not in it: codes are constants of this package.
func (c Code) Definition() Definition {
	d, ok := byCode[c]
	if !ok {
		panic(fmt.Sprintf("finding: code %q is not defined", string(c)))
	}
	return d
}

// Known reports whether c is in the table.
func (c Code) Known() bool { _, ok := byCode[c]; return ok }

// OfOffice reports whether a code is about what the office itself wrote: its
// decisions, imports, texts and register. No unit can mend that.
func (c Code) OfOffice() bool {
	switch c {
	case RegisterUnreadable, DecisionInvalid, DecisionChanged, DecisionRemoved, DecisionNotApplied, ImportInvalid, NarrativeInvalid, NarrativeUnused:
		return true
	}
	return false
}
