package workbook

import (
	"fmt"
	"strings"
)

// The codes a Refusal carries. They are stable.
const (
	NotAWorkbook      = "not-a-workbook"
	PasswordProtected = "password-protected"
	OldXLSFormat      = "old-xls-format"
	WorkbookDamaged   = "workbook-damaged"
	WorkbookTooLarge  = "workbook-too-large"
)

// Refusal says why bytes are not a workbook that can be read.
type Refusal struct {
	Code string // one of the codes above
	// Kind is what the bytes are by their content: "xlsx" for a workbook with a
	// fault, else "xls", "xlsb", "ods", "csv", "text", "html", "xml", "rtf",
	// "pdf", "image", "docx", "doc", "pptx", "ppt", "odt", "numbers", "zip",
	// "archive", "ole", "empty", "truncated" or "unknown".
	Kind   string
	Part   string // part of the package, as named in the archive; empty for the file itself
	Sheet  string // sheet name, where known
	Cell   string // cell, such as "B7", where known
	Detail string // one technical sentence in English
	Limit  string // the budget exceeded, for WorkbookTooLarge
	Offset int64  // byte in Part (inflated), or in the file if Part is empty; -1 where it says nothing
}

func (r *Refusal) Error() string {
	var b strings.Builder
	b.WriteString(r.Code)
	if r.Kind != "" && r.Kind != "xlsx" {
		fmt.Fprintf(&b, " (%s)", r.Kind)
	}
	b.WriteString(": ")
	if r.Part != "" {
		fmt.Fprintf(&b, "%q: ", r.Part)
	}
	if r.Sheet != "" || r.Cell != "" {
		fmt.Fprintf(&b, "%q!%s: ", r.Sheet, r.Cell)
	}
	b.WriteString(r.Detail)
	if r.Offset >= 0 {
		fmt.Fprintf(&b, " (byte %d)", r.Offset)
	}
	return b.String()
}

func damaged(part string, offset int64, format string, args ...any) *Refusal {
	return &Refusal{Code: WorkbookDamaged, Kind: "xlsx", Part: part, Offset: offset, Detail: fmt.Sprintf(format, args...)}
}

func tooLarge(limit, part, format string, args ...any) *Refusal {
	return &Refusal{Code: WorkbookTooLarge, Kind: "xlsx", Part: part, Offset: -1, Limit: limit, Detail: fmt.Sprintf(format, args...)}
}
