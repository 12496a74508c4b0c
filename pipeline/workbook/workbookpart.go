package workbook

import (
	"strings"
	"time"
)

// readWorkbook reads the workbook part: its settings, its list of sheets and
// its names.
func (r *bookReader) readWorkbook() error {
	s, err := r.load(r.part, "workbook", r.limits.Workbook)
	if err != nil {
		return err
	}
	if err := s.root(spaceMain, "workbook"); err != nil {
		return err
	}
	seen := make(map[string]bool)
	err = s.children(func() error {
		if s.space != spaceMain {
			return s.skip()
		}
		name := string(s.local)
		switch name {
		case "workbookPr", "sheets", "definedNames", "calcPr":
			if seen[name] {
				return damaged(s.part, int64(s.pos), "%q stands twice", name)
			}
			seen[name] = true
		}
		var err error
		switch name {
		case "workbookPr":
			r.book.Date1904, err = s.flag("date1904")
		case "calcPr":
			if r.book.FullCalcOnLoad, err = s.flag("fullCalcOnLoad"); err == nil {
				// A calculation that was cut off leaves results from before.
				complete, given := s.attr("calcCompleted")
				r.book.FullCalcOnLoad = r.book.FullCalcOnLoad || given && (string(complete) == "0" || string(complete) == "false")
			}
		case "sheets":
			return s.children(func() error { return r.listSheet(s) })
		case "definedNames":
			return s.children(func() error { return r.addName(s) })
		}
		if err != nil {
			return err
		}
		return s.skip()
	})
	if err != nil {
		return err
	}
	for _, name := range r.names {
		if name.Sheet >= len(r.listed) {
			return damaged(s.part, -1, "the name %q belongs to sheet %d of %d", name.Name, name.Sheet, len(r.listed))
		}
	}
	return s.finish()
}

func (r *bookReader) listSheet(s *scanner) error {
	sheet := listedSheet{name: s.attrText("name")}
	if s.space != spaceMain || string(s.local) != "sheet" || sheet.name == "" {
		return damaged(s.part, int64(s.pos), "an element %q among the sheets, or a sheet without a name", s.local)
	}
	switch state := s.attrText("state"); state {
	case "", "visible":
	case "hidden", "veryHidden":
		sheet.hidden = true
	default:
		return damaged(s.part, int64(s.pos), "the sheet state %q", state)
	}
	id, _ := s.attrIn(spaceRelations, "id")
	sheet.relation = string(id)
	for _, other := range r.listed {
		if strings.EqualFold(other.name, sheet.name) {
			return damaged(s.part, int64(s.pos), "two sheets with the name %q", sheet.name)
		}
	}
	if len(r.listed) == r.limits.Parts {
		return tooLarge("parts", s.part, "more than %d sheets", r.limits.Parts)
	}
	r.listed = append(r.listed, sheet)
	return s.skip()
}

func (r *bookReader) addName(s *scanner) error {
	if s.space != spaceMain || string(s.local) != "definedName" {
		return damaged(s.part, int64(s.pos), "an element %q among the names", s.local)
	}
	name := DefinedName{Name: s.attrText("name")}
	var err error
	if name.Hidden, err = s.flag("hidden"); err != nil {
		return err
	}
	if name.Sheet, err = s.number("localSheetId", -1); err != nil {
		return err
	}
	ref, err := s.content()
	if err != nil {
		return err
	}
	name.Ref = string(unescape(ref))
	if len(r.names) == r.limits.Names {
		return tooLarge("names", s.part, "more than %d names", r.limits.Names)
	}
	r.names = append(r.names, name)
	return nil
}

// readProperties takes the time of the last change from the core properties. A
// time that cannot be read is left out: it only helps to order versions.
func (r *bookReader) readProperties(roots map[string]relation) error {
	relation, found, err := only(roots, "_rels/.rels", "metadata/core-properties")
	if err != nil || !found || r.archive.part(relation.target) == nil {
		return err
	}
	s, err := r.load(relation.target, "workbook", r.limits.Workbook)
	if err != nil {
		return err
	}
	for t := s.next(); t != endOfPart; t = s.next() {
		switch {
		case t == failed:
			return s.err
		case t == startTag && s.space == spaceCoreTerms && string(s.local) == "modified":
			text, err := s.content()
			if err != nil {
				return err
			}
			if at, err := time.Parse(time.RFC3339, strings.TrimSpace(string(text))); err == nil {
				r.book.Modified = at.UTC()
			}
		}
	}
	return nil
}
