package intake

import (
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
	"tonghop/pipeline/vietnamese"
)

// readPeriod reads which month the workbook is about. The folder does not
// decide it, but must not contradict it: an old file put into this month's
// folder would be last month's figures under a new name.
func (r *reader) readPeriod() {
	typed := r.field(fieldPeriod)
	m, ok := monthIn(typed.text)
	if !ok {
		r.refuse(typed.finding(finding.PeriodMissing))
		return
	}
	r.month, r.window = m, r.timetable.Window(m)
	for _, folder := range r.folders() {
		named, err := period.ParseMonth(folder)
		if err == nil && named != m {
			r.hold(typed.finding(finding.PeriodMismatch).With("inside", m.String()).With("folder", named.String()))
			return
		}
	}
}

// folders are the names above the file, nearest first.
func (r *reader) folders() []string {
	dir := path.Dir(r.file.Path)
	if dir == "." || dir == "/" {
		return nil
	}
	names := strings.Split(strings.Trim(dir, "/"), "/")
	slices.Reverse(names)
	return names
}

var monthOfYear = regexp.MustCompile(`^(?i:tháng\s*)?([0-9]{1,2})\s*/\s*([0-9]{4})$`)

// monthIn reads "2025-06", "Tháng 6/2025", "6/2025" or "06/2025".
func monthIn(text string) (period.Month, bool) {
	if m, err := period.ParseMonth(text); err == nil {
		return m, true
	}
	parts := monthOfYear.FindStringSubmatch(text)
	if parts == nil {
		return period.Month{}, false
	}
	number, _ := strconv.Atoi(parts[1])
	year, _ := strconv.Atoi(parts[2])
	if number < 1 || number > 12 || year == 0 {
		return period.Month{}, false
	}
	return period.Month{Year: year, Number: time.Month(number)}, true
}

// readUnit reads whose report it is: by the id, which the form carries; where
// that is missing by the name, among the units there are in the period, for
// names come back (Đông Anh was a district and is a commune). Nothing is
// guessed: a name near to another is a question.
func (r *reader) readUnit() {
	id, title := r.field(fieldUnitID), r.field(fieldUnit)
	units := r.unitsThen()
	named := called(units, title.text)
	switch {
	case id.text != "":
		r.unit = r.unitByID(id.text)
		if r.unit == nil {
			r.refuse(withSome(id.finding(finding.UnitUnknown), "suggestion", suggestUnits(units, title.text)))
			return
		}
		if len(named) > 0 && !isCalled(r.unit, title.text) {
			r.hold(title.finding(finding.UnitContradicted).With("inside", r.unit.ID).With("title", named[0].ID))
		}
	case title.text == "" && title.sheet != "":
		r.refuse(title.finding(finding.UnitMissing))
		return
	case title.text == "":
		r.refuse(id.finding(finding.UnitMissing))
		return
	case len(named) == 0:
		r.refuse(withSome(title.finding(finding.UnitUnknown), "suggestion", suggestUnits(units, title.text)))
		return
	case len(named) > 1:
		r.unusable = true
		if !r.month.IsZero() { // else the period is what is missing: names resolve by it
			r.add(title.finding(finding.UnitAmbiguous).With("candidates", titles(named)))
		}
		return
	default:
		r.unit = named[0]
	}
	for _, folder := range r.folders() {
		bound := called(units, folder)
		if len(bound) == 0 || isCalled(r.unit, folder) {
			continue
		}
		r.hold(r.unitField().finding(finding.UnitContradicted).With("inside", r.unit.ID).With("folder", bound[0].ID))
		return
	}
}

// checkExpected holds a report that the unit does not owe, of which no cell is
// asked.
func (r *reader) checkExpected() bool {
	if slices.Contains(r.cat.ExpectedUnits(r.month, r.timetable.Scheme), r.unit) {
		return true
	}
	r.hold(r.unitField().finding(finding.UnitNotExpected))
	return false
}

// unitField is the cell that decided whose report it is.
func (r *reader) unitField() field {
	if id := r.field(fieldUnitID); id.text != "" {
		return id
	}
	return r.field(fieldUnit)
}

// unitsThen are the units there are on any day of the period, or all where the
// period is not known.
func (r *reader) unitsThen() []*catalogue.Unit {
	if r.month.IsZero() {
		return r.cat.Units
	}
	var units []*catalogue.Unit
	for _, u := range r.cat.Units {
		if u.ValidDuring(r.window) {
			units = append(units, u)
		}
	}
	return units
}

// unitByID finds a unit by its id, in which case is not told apart.
func (r *reader) unitByID(id string) *catalogue.Unit {
	for _, u := range r.cat.Units {
		if strings.EqualFold(u.ID, id) {
			return u
		}
	}
	return nil
}

// called are the units that a text names.
func called(units []*catalogue.Unit, text string) []*catalogue.Unit {
	var named []*catalogue.Unit
	folded := vietnamese.Fold(text)
	for _, u := range units {
		if isCalled(u, folded) {
			named = append(named, u)
		}
	}
	return named
}

// isCalled reports whether a text, folded or not, is one of a unit's names: the
// name alone or with its kind, an alias, or the id.
func isCalled(u *catalogue.Unit, text string) bool {
	folded := vietnamese.Fold(text)
	if folded == "" {
		return false
	}
	return slices.ContainsFunc(namesOf(u), func(name string) bool { return vietnamese.Fold(name) == folded })
}

func namesOf(u *catalogue.Unit) []string {
	return append([]string{u.Name, u.Title(), string(u.Kind) + " " + u.Name, u.ID}, u.Aliases...)
}

// suggestUnits lists the units whose names are one or two letters away.
func suggestUnits(units []*catalogue.Unit, text string) string {
	if exact := called(units, text); len(exact) > 0 {
		return titles(exact)
	}
	best, near := 3, []*catalogue.Unit(nil)
	folded := vietnamese.Fold(text)
	for _, u := range units {
		for _, name := range namesOf(u) {
			d := distance(vietnamese.Fold(name), folded)
			if d < best {
				best, near = d, nil
			}
			if d == best && best < 3 && !slices.Contains(near, u) {
				near = append(near, u)
			}
		}
	}
	return titles(near)
}

// titles lists units as wording prints choices.
func titles(units []*catalogue.Unit) string {
	var all []string
	for _, u := range units {
		all = append(all, u.Title())
	}
	return strings.Join(all, "|")
}
