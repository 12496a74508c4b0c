package intake

import (
	"slices"
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/naming"
)

// readUnit reads whose report it is: by the id, which the form carries, or the
// official code; where that is missing by the name, in its field or alone in the
// letterhead, among the units there are in the period, for names and codes come
// back (Đông Anh was a district and is a commune). Nothing is guessed: initials and a name near to
// another are questions.
func (r *reader) readUnit() {
	id, title := r.field(fieldUnitID), r.field(fieldUnit)
	among := r.in(r.month).units
	letterhead, letterheadCell := r.titleUnits(among)
	named := among.Find(title.text)
	switch {
	case id.text != "":
		switch found := r.identified(id.text); len(found) {
		case 0:
			r.refuse(withSome(id.finding(finding.UnitUnknown), "suggestion", titles(slices.Concat(named.Units, named.Near))))
			return
		case 1:
			r.unit = found[0]
		default:
			r.refuse(id.finding(finding.UnitAmbiguous).With("candidates", titles(found)))
			return
		}
		if len(named.Units) > 0 && !isCalled(r.unit, title.text) {
			r.hold(title.finding(finding.UnitContradicted).With("inside", r.unit.ID).With("title", named.Units[0].ID))
			return
		}
	case title.text != "":
		if !r.takeNamed(title, named) {
			return
		}
	case len(letterhead) > 0:
		r.letterhead = letterheadCell
		if !r.takeNamed(letterheadCell, naming.Answer{Units: letterhead}) {
			return
		}
	default:
		at := id
		if title.sheet != "" {
			at = title
		}
		r.refuse(withSome(at.finding(finding.UnitMissing), "suggestion", titles(r.hintedUnits(among))))
		return
	}
	if r.shownOtherwise(among) {
		return
	}
	if len(letterhead) > 0 && !slices.Contains(letterhead, r.unit) && !isCalled(r.unit, letterheadCell.text) {
		r.hold(letterheadCell.finding(finding.UnitContradicted).With("inside", r.unit.ID).With("title", letterhead[0].ID))
		return
	}
	r.checkUnitHints(among)
}

// shownOtherwise holds a workbook whose names lead to one unit and whose labels
// show another, as where a sheet of another unit's form was copied into it.
func (r *reader) shownOtherwise(among naming.Units) bool {
	for _, shown := range []struct {
		field
		units []*catalogue.Unit
	}{
		{r.shown(fieldUnitID), r.identified(r.shown(fieldUnitID).text)},
		{r.shown(fieldUnit), among.Find(r.shown(fieldUnit).text).Units},
	} {
		if shown.text != "" && len(shown.units) > 0 && !slices.Contains(shown.units, r.unit) && !isCalled(r.unit, shown.text) {
			r.hold(shown.finding(finding.UnitContradicted).With("inside", r.unit.ID).With("title", shown.units[0].ID))
			return true
		}
	}
	return false
}

// takeNamed takes the one unit that a field names, or asks.
func (r *reader) takeNamed(f field, named naming.Answer) bool {
	switch {
	case len(named.Units) == 1:
		r.unit = named.Units[0]
		return true
	case len(named.Units) > 1:
		r.unusable = true
		if !r.month.IsZero() { // else the period is what is missing: names resolve by it
			r.add(f.finding(finding.UnitAmbiguous).With("candidates", titles(named.Units)))
		}
	case named.Initials && len(named.Near) > 1:
		r.refuse(f.finding(finding.UnitAmbiguous).With("candidates", titles(named.Near)))
	default:
		r.refuse(withSome(f.finding(finding.UnitUnknown), "suggestion", titles(named.Near)))
	}
	return false
}

// checkUnitHints holds a file that lies in another unit's folder, or whose name
// mentions others only: somebody may have filled another unit's form.
func (r *reader) checkUnitHints(among naming.Units) {
	h := r.hints()
	contradicted := func() finding.Finding {
		return r.unitField().finding(finding.UnitContradicted).With("inside", r.unit.ID)
	}
	for _, folder := range h.folders {
		if bound := among.Named(folder); len(bound) > 0 && !isCalled(r.unit, folder) {
			r.hold(contradicted().With("folder", bound[0].ID))
			return
		}
	}
	mentioned := among.Mentioned(h.name)
	if len(mentioned) > 0 && !slices.Contains(mentioned, r.unit) && len(only(r.unit).Mentioned(h.name)) == 0 {
		r.hold(contradicted().With("name", mentioned[0].ID))
	}
}

// checkExpected holds a report that the unit does not owe, of which no cell is
// asked.
func (r *reader) checkExpected() bool {
	if r.in(r.month).expected[r.unit] {
		return true
	}
	f := r.unitField().finding(finding.UnitNotExpected)
	if end := r.unit.ValidTo; !end.IsZero() && end.Before(r.window.To) {
		f = f.With("ended", end.String())
	}
	r.hold(f)
	return false
}

// unitField is the cell that decided whose report it is.
func (r *reader) unitField() field {
	if id := r.field(fieldUnitID); id.text != "" {
		return id
	}
	if title := r.field(fieldUnit); title.text != "" {
		return title
	}
	return r.letterhead
}

// identified are the units with this id, in which case is not told apart, else
// those with this code: those there are in the period, else those there ever
// were, of which it is then told that they do not report.
func (r *reader) identified(id string) []*catalogue.Unit {
	if u, ok := r.cat.Unit(id); ok {
		return []*catalogue.Unit{u}
	}
	var then, ever []*catalogue.Unit
	for _, u := range r.cat.Units {
		switch {
		case strings.EqualFold(u.ID, id):
			return []*catalogue.Unit{u}
		case u.Code == "" || u.Code != id:
		case r.month.IsZero() || u.ValidDuring(r.window):
			then = append(then, u)
		default:
			ever = append(ever, u)
		}
	}
	if len(then) > 0 {
		return then
	}
	return ever
}

// isCalled reports whether a text names a unit, whether or not there is such a
// unit in the period.
func isCalled(u *catalogue.Unit, text string) bool { return len(only(u).Named(text)) > 0 }

func only(u *catalogue.Unit) naming.Units { return naming.Among([]*catalogue.Unit{u}) }

// titles lists units as wording prints choices.
func titles(units []*catalogue.Unit) string {
	var all []string
	for _, u := range units {
		if !slices.Contains(all, u.Title()) {
			all = append(all, u.Title())
		}
	}
	return strings.Join(all, "|")
}
