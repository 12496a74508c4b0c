package intake

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/naming"
	"tonghop/pipeline/vietnamese"
	"tonghop/pipeline/workbook"
)

// head are the texts above the first table that stand in no field: letterhead,
// title, the line with the period.
func (r *reader) head() []field {
	const mostRows, mostTexts = 40, 200
	var sheet *workbook.Sheet
	end := mostRows
	switch {
	case len(r.found) > 0:
		sheet, end = r.found[0].Sheet, r.found[0].Top
	case len(r.sheets) > 0:
		sheet = r.sheets[0]
	default:
		return nil
	}
	var all []field
	for _, c := range sheet.Cells {
		if c.Ref.Row >= end || len(all) == mostTexts {
			break
		}
		if c.Kind == workbook.Text && !r.taken[spot{sheet.Name, c.Ref}] {
			all = append(all, field{sheet: sheet.Name, at: c.Ref, text: tidy(c.Raw), kind: c.Kind, cell: c})
		}
	}
	return all
}

// ahead are words, on plain text, after which a title speaks of another period
// than its own: "kết quả tháng 6, nhiệm vụ trọng tâm tháng 7/2025".
var ahead = []string{"nhiem vu", "phuong huong", "ke hoach", "so voi", "han nop", "nop truoc"}

// titlePeriods is what the title says about the period, and the first cell that
// says it.
func (r *reader) titlePeriods() (naming.Said, field) {
	var all naming.Said
	var first field
	for _, f := range r.head() {
		plain := vietnamese.Plain(f.text)
		for _, word := range ahead {
			plain, _, _ = strings.Cut(plain, word)
		}
		said := r.periods.Of(plain)
		if said.Nothing() || said.Longer && len(said.Months)+len(said.Spans) == 0 {
			continue // "năm 2025" in a programme's name is no period of the report
		}
		if first.sheet == "" {
			first = f
		}
		all = all.Merge(said)
	}
	return all, first
}

// severalMonths is a quarter or a number of months, on plain text. A year alone
// may belong to a programme's name.
var severalMonths = regexp.MustCompile(`\bquy\s*(?:i{1,3}|iv|[1-4])\b|\b(?:3|6|9|12|ba|sau|chin)\s+thang\b`)

// longerTitle is the line of the title that names a quarter or more without
// saying of which year. It is looked at where nothing names a month.
func (r *reader) longerTitle() (field, bool) {
	for _, f := range r.head() {
		if r.periods.Of(f.text).Longer && severalMonths.MatchString(vietnamese.Plain(f.text)) {
			return f, true
		}
	}
	return field{}, false
}

// titleUnits are the units whose names stand alone in a line of the letterhead,
// and the first cell that has one. The city's own name stands above every
// unit's and is no answer.
func (r *reader) titleUnits(among naming.Units) ([]*catalogue.Unit, field) {
	var all []*catalogue.Unit
	var first field
	for _, f := range r.head() {
		for line := range strings.SplitSeq(f.text, "\n") {
			for _, u := range among.Named(line) {
				if u.Kind == catalogue.CityOffice || slices.Contains(all, u) {
					continue
				}
				if first.sheet == "" {
					first = f
				}
				all = append(all, u)
			}
		}
	}
	return all, first
}

// hints are what the file's folders and its name say. They decide nothing: they
// are held against what the workbook says, and suggested where it says nothing.
type hints struct {
	folders []string // nearest first
	name    string   // without folder and extension
}

func (r *reader) hints() hints {
	h := hints{name: strings.TrimSuffix(path.Base(r.file.Path), path.Ext(r.file.Path))}
	if dir := path.Dir(r.file.Path); dir != "." && dir != "/" {
		h.folders = strings.Split(strings.Trim(dir, "/"), "/")
		slices.Reverse(h.folders)
	}
	return h
}

// hintedPeriods is what folders and name say about the period together.
func (r *reader) hintedPeriods() naming.Said {
	h := r.hints()
	said := r.periods.Of(h.name)
	for _, folder := range h.folders {
		said = said.Merge(r.periods.Of(folder))
	}
	return said
}

// hintedUnits are those that the folders, the name or the title mention.
func (r *reader) hintedUnits(among naming.Units) []*catalogue.Unit {
	h := r.hints()
	var all []*catalogue.Unit
	texts := append(h.folders, h.name)
	for _, f := range r.head() {
		texts = append(texts, f.text)
	}
	for _, text := range texts {
		for _, u := range among.Mentioned(text) {
			if u.Kind != catalogue.CityOffice && !slices.Contains(all, u) {
				all = append(all, u)
			}
		}
	}
	return all
}
