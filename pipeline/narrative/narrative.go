// Package narrative owns what a report says in words: what the office writes for
// a period (its sections, and why an indicator is behind and what is done about
// it), which of the units' narratives it has printed, and the rule that a text
// with a person's telephone or identity number, or about a case of abuse, is
// printed only after the office has agreed to exactly that text.
//
// The office writes it as a table, loi-van.xlsx or .csv, one row a paragraph. It
// may be changed at any time, as a draft is; each revision is printed from the
// table as it was then.
package narrative

import (
	"slices"

	"tonghop/pipeline/table"
	"tonghop/pipeline/vietnamese"
)

// Part is what a row is for.
type Part string

// The parts. The first four are sections of a report; figures stand between
// Direction and Assessment.
const (
	Direction  Part = "direction"  // I. Công tác chỉ đạo
	Assessment Part = "assessment" // III. Đánh giá
	Outlook    Part = "outlook"    // IV. Phương hướng, nhiệm vụ
	Proposals  Part = "proposals"  // V. Đề xuất, kiến nghị
	Cause      Part = "cause"      // Nguyên nhân, of an indicator that is behind
	Remedy     Part = "remedy"     // Giải pháp, of the same
	Print      Part = "print"      // In nội dung của đơn vị
	Approve    Part = "approve"    // Duyệt in
)

// Parts lists them in the order of the table.
var Parts = []Part{Direction, Assessment, Outlook, Proposals, Cause, Remedy, Print, Approve}

var partWords = map[Part]string{
	Direction: "I. Công tác chỉ đạo", Assessment: "III. Đánh giá", Outlook: "IV. Phương hướng, nhiệm vụ", Proposals: "V. Đề xuất, kiến nghị",
	Cause: "Nguyên nhân", Remedy: "Giải pháp", Print: "In nội dung của đơn vị", Approve: "Duyệt in",
}

// Vietnamese is the word that the office types.
func (p Part) Vietnamese() string { return partWords[p] }

// Written is a row of the table.
type Written struct {
	Part Part
	// About is the code of an indicator or, of Approve, of a programme, whose
	// remarks are meant.
	About string
	// Unit is the id of the unit whose words are meant; EveryUnit for all.
	Unit string
	// Paragraphs are the text as it was written, cut at its line breaks.
	Paragraphs []string
	// Consent says that the text may be printed whatever numbers it holds.
	Consent bool
	Place   Place
}

// EveryUnit is the Unit of a row that prints what every unit wrote.
const EveryUnit = "*"

// Place is where a row was typed.
type Place struct {
	File  string // relative to inputs, slash-separated, NFC
	Sheet string // empty for a CSV
	Row   int    // line of the CSV or row of the sheet, from 1
}

// Text is what the office wrote for one period, in its order. The zero value
// is nothing.
type Text struct {
	Rows []Written
}

// Printed is what of the text reaches a page: neither where it stands nor what
// only agrees to print something, whose effect shows elsewhere.
func (t Text) Printed() []Written {
	var all []Written
	for _, w := range t.Rows {
		if w.Part != Approve {
			w.Place, w.Consent = Place{}, false
			all = append(all, w)
		}
	}
	return all
}

// Of are the rows of a part.
func (t Text) Of(part Part) []Written {
	return slices.DeleteFunc(slices.Clone(t.Rows), func(w Written) bool { return w.Part != part })
}

// About are the rows of a part on one indicator.
func (t Text) About(part Part, indicator string) []Written {
	return slices.DeleteFunc(t.Of(part), func(w Written) bool { return w.About != indicator })
}

// Prints reports whether the office has a unit's narrative printed.
func (t Text) Prints(indicator, unit string) bool {
	return slices.ContainsFunc(t.About(Print, indicator), func(w Written) bool { return w.Unit == EveryUnit || w.Unit == unit })
}

// approved reports whether the office has agreed to print exactly this text of a
// unit: one that the unit has changed since is a new text.
func (t Text) approved(about, unit, text string) bool {
	return slices.ContainsFunc(t.Rows, func(w Written) bool {
		return w.Part == Approve && w.About == about && w.Unit == unit && same(w.Paragraphs, text)
	})
}

// same compares texts by their words alone: copied by hand, a text may gain or
// lose a space or a line break.
func same(paragraphs []string, text string) bool {
	var whole string
	for _, p := range paragraphs {
		whole += p + "\n"
	}
	return vietnamese.Fold(whole) == vietnamese.Fold(text)
}

// column is a column's name in both languages.
type column struct{ en, vi string }

var columnNames = []column{
	{"part", "Phần"}, {"about", "Chỉ tiêu"}, {"unit", "Đơn vị"}, {"text", "Nội dung"}, {"consent", "Đồng ý in"},
}

// Name is what the table is called.
const Name = "narrative"

// Headers are the columns as the office reads them, in the order of the table.
var Headers = func() []string {
	all := make([]string, len(columnNames))
	for i, c := range columnNames {
		all[i] = c.vi
	}
	return all
}()

// Header is what the office calls a column.
func Header(name string) string {
	for _, c := range columnNames {
		if c.en == name {
			return c.vi
		}
	}
	return name
}

// form is the table with its Vietnamese names beside the English ones.
var form = func() table.Form {
	f := table.FormOf(Name, columns(reader{}))
	f.Aliases = map[string]string{"chi tieu hoac chuong trinh": "about"}
	for _, c := range columnNames {
		f.Aliases[vietnamese.Fold(c.vi)] = c.en
	}
	return f
}()
