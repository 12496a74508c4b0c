package main

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"

	"tonghop/pipeline/form"
	"tonghop/pipeline/workbook"
)

// The columns of the report that a person fills in.
const (
	colCode  = 2
	colValue = 5
	colNote  = 6
)

// typedBy tells which cells a dump holds.
type typedBy bool

const (
	everyCell typedBy = false
	byUnit    typedBy = true // those that a unit fills in, and what names them
)

// dump lists a workbook's cells, a line each.
func dump(t *testing.T, data []byte, which typedBy) string {
	t.Helper()
	book, err := workbook.Open(data, workbook.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if which == byUnit {
		for _, name := range book.Names {
			if sheet, at, ok := book.NameTarget(name.Name); ok && !strings.HasPrefix(name.Name, "TH_TU_") {
				c, _ := book.Sheet(sheet).Cell(at)
				fmt.Fprintf(&b, "%s %s %s\n", name.Name, c.Kind, c.Raw)
			}
		}
	}
	for _, s := range book.Sheets {
		code := ""
		for _, c := range s.Cells {
			if c.Raw == "" {
				continue
			}
			switch {
			case which == everyCell:
				fmt.Fprintf(&b, "%s!%s %s %s\n", s.Name, c.Ref, c.Kind, c.Raw)
			case s.Name == form.SheetReport && c.Ref.Col == colCode:
				code = c.Raw
			case s.Name == form.SheetReport && strings.Contains(code, "_") && c.Ref.Col == colValue:
				fmt.Fprintf(&b, "%s %s %s %s\n", c.Ref, code, c.Kind, c.Raw)
			case s.Name == form.SheetReport && strings.Contains(code, "_") && c.Ref.Col == colNote:
				fmt.Fprintf(&b, "%s %s note %s\n", c.Ref, code, c.Raw)
			case s.Name == form.SheetRemarks && c.Ref.Row > 3 && c.Ref.Col > 2:
				fmt.Fprintf(&b, "%s!%s %s\n", s.Name, c.Ref, c.Raw)
			}
			if c.Raw == form.TableEnd {
				code = ""
			}
		}
	}
	return b.String()
}

// A few workbooks to read: a plain month, the city office, a clerk who types
// into cells of text, and June's troubles.
func TestDumps(t *testing.T) {
	files := made(t)
	for _, path := range []string{
		"2025-04/ba-dinh.xlsx", "2025-05/thanh-pho.xlsx", "2025-06/soc-son.xlsx", "2025-06/dong-anh.xlsx",
		"2025-06/hoang-mai.xlsx", "2025-06/hoang-mai-lan-2.xlsx",
	} {
		name := strings.NewReplacer("/", "-", ".xlsx", ".txt").Replace(path)
		golden(t, name, dump(t, find(t, files, path), byUnit))
	}
}

// Every other workbook by the hash of what its unit filled in.
func TestDigests(t *testing.T) {
	files := made(t)
	var b strings.Builder
	for _, f := range files {
		text := string(f.data)
		if isReport(f) {
			text = dump(t, f.data, byUnit)
		}
		fmt.Fprintf(&b, "%s %d lines %x\n", f.path, strings.Count(text, "\n"), sha256.Sum256([]byte(text)))
	}
	golden(t, "digests.txt", b.String())
}
