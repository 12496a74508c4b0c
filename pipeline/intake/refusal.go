package intake

import (
	"errors"

	"tonghop/pipeline/finding"
	"tonghop/pipeline/workbook"
)

// kinds gives the finding for what a file is by its content, where it says more
// than that it is no workbook: what to do differs.
var kinds = map[string]finding.Code{
	"xls": finding.OldXlsFormat, "xlsb": finding.XlsbFormat, "ods": finding.OdsFormat, "csv": finding.CsvFile, "html": finding.HTMLFile,
	"empty": finding.FileEmpty, "truncated": finding.FileTruncated, "pdf": finding.ScanOnly, "image": finding.ScanOnly,
}

// papers are kinds of file that offices put beside the workbook: the signed
// scan, the report in words.
var papers = map[string]bool{"pdf": true, "image": true, "docx": true, "doc": true, "odt": true, "rtf": true}

// refusal words why the strict reader refused the file, and says what the file
// is by its content; "" where that is not known.
func refusal(err error) (f finding.Finding, kind string) {
	var why *workbook.Refusal
	if !errors.As(err, &why) {
		return finding.New(finding.WorkbookDamaged).With("detail", err.Error()), ""
	}
	if code, ok := kinds[why.Kind]; ok {
		return finding.New(code), why.Kind
	}
	f = finding.New(finding.Code(why.Code))
	f.Sheet, f.Cell = why.Sheet, why.Cell
	if at, err := workbook.ParseRef(why.Cell); err == nil {
		f.Row, f.Col = at.Row, at.Col
	}
	args := map[string]string{"part": why.Part, "detail": why.Detail, "limit": why.Limit, "kind": why.Kind}
	if why.Kind == "xlsx" {
		delete(args, "kind")
	}
	for name, value := range args {
		f = withSome(f, name, value)
	}
	return f, why.Kind
}

func withSome(f finding.Finding, name, value string) finding.Finding {
	if value == "" {
		return f
	}
	return f.With(name, value)
}
