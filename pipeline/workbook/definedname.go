package workbook

import "strings"

// DefinedName is a name the workbook gives to a place or a formula.
type DefinedName struct {
	Name   string
	Sheet  int    // index in Book.Sheets, -1 where the name holds for the whole workbook
	Ref    string // as stored, such as 'Báo cáo'!$C$5
	Hidden bool
}

// NameTarget resolves a name that points at one cell or at one merged range,
// and gives the sheet and the (upper left) cell. Case is not told apart. A name
// of the whole workbook goes before one of a sheet; of names of sheets there
// must be just one. ok is false for every other name, also for one whose sheet
// is gone.
func (b *Book) NameTarget(name string) (sheet string, at Ref, ok bool) {
	var found *DefinedName
	count := 0
	for i := range b.Names {
		candidate := &b.Names[i]
		if !strings.EqualFold(candidate.Name, name) {
			continue
		}
		if candidate.Sheet < 0 {
			found, count = candidate, 1
			break
		}
		found = candidate
		count++
	}
	if count != 1 {
		return "", Ref{}, false
	}
	sheetName, text, ok := splitReference(found.Ref)
	if !ok {
		return "", Ref{}, false
	}
	target := b.Sheet(sheetName)
	place, err := ParseRange(strings.ReplaceAll(text, "$", ""))
	if target == nil || err != nil {
		return "", Ref{}, false
	}
	if place.From != place.To {
		if merged, ok := target.Merged(place.From); !ok || merged != place {
			return "", Ref{}, false
		}
	}
	return target.Name, place.From, true
}

// splitReference takes 'It”s'!$A$1 apart. The sheet may be quoted; a quote in
// its name is doubled.
func splitReference(ref string) (sheet, cells string, ok bool) {
	ref = strings.TrimPrefix(strings.TrimSpace(ref), "=")
	if !strings.HasPrefix(ref, "'") {
		sheet, cells, ok = strings.Cut(ref, "!")
		return sheet, cells, ok && sheet != ""
	}
	at := strings.LastIndex(ref, "'!")
	if at < 1 {
		return "", "", false
	}
	quoted := ref[1:at]
	if strings.Contains(strings.ReplaceAll(quoted, "''", ""), "'") {
		return "", "", false
	}
	return strings.ReplaceAll(quoted, "''", "'"), ref[at+2:], true
}
