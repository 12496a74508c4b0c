package intake

import (
	"fmt"
	"strings"
	"time"

	"tonghop/pipeline/finding"
	"tonghop/pipeline/naming"
	"tonghop/pipeline/period"
	"tonghop/pipeline/workbook"
)

// readPeriod reads which month the workbook is about: from its field, else from
// its title. Folder and file name do not decide it, but must not contradict it:
// an old file put into this month's folder would be last month's figures under
// a new name.
func (r *reader) readPeriod() {
	typed := r.field(fieldPeriod)
	title, titleCell := r.titlePeriods()
	said, from := r.periodIn(typed), typed
	if typed.text == "" && titleCell.sheet != "" {
		said, from = title, titleCell
	}
	if d, isDate := dateIn(from.cell, r.book.Date1904); isDate && from.cell.IsDate() {
		from.text = fmt.Sprintf("%d/%d/%d", d.Day, int(d.Month), d.Year) // as the clerk sees it
	}
	m, ok := said.Month()
	if !ok {
		if m, ok = said.MonthInPart(r.timetable.Scheme); ok {
			r.days = oddDays{cell: from, said: said, decide: true}
		}
	}
	switch {
	case ok:
	case said.Longer:
		r.refuse(from.finding(finding.PeriodNotMonth))
		return
	case len(said.Months) > 0 || said.Odd || len(said.Bare) > 1:
		r.refuse(withSome(from.finding(finding.PeriodAmbiguous), "candidates", candidates(said)))
		return
	default:
		if longer, found := r.longerTitle(); found && from.text == "" {
			r.refuse(longer.finding(finding.PeriodNotMonth))
			return
		}
		f := from.finding(finding.PeriodMissing)
		if hint := r.hintedPeriods(); len(hint.Months) == 1 && !said.Contradicts(hint.Months[0]) {
			f = f.With("suggestion", hint.Months[0].String())
		}
		r.refuse(f)
		return
	}
	r.month, r.window = m, r.timetable.Window(m)
	if from.at == typed.at && from.sheet == typed.sheet {
		shown := r.shown(fieldPeriod)
		switch beside := r.periodIn(shown); {
		case beside.Contradicts(m):
			f := shown.finding(finding.PeriodAmbiguous)
			r.hold(f.With("candidates", candidates(naming.Said{Months: []period.Month{m}}.Merge(beside))))
			return
		case title.Contradicts(m):
			f := titleCell.finding(finding.PeriodAmbiguous)
			r.hold(f.With("candidates", candidates(naming.Said{Months: []period.Month{m}}.Merge(title))))
			return
		case title.Odd && !r.days.decide:
			r.days = oddDays{cell: titleCell, said: title}
		}
	}
	r.checkPeriodHints(from)
}

// oddDays are days that a text names and that are no period's.
type oddDays struct {
	cell   field
	said   naming.Said
	decide bool // the text is what the month is known by
}

// checkDays asks about days that are no period's, unless they are those of which
// the unit reports: one that began or ended in the month.
func (r *reader) checkDays() {
	odd := r.days
	if !odd.said.Odd {
		return
	}
	if r.unit != nil && len(odd.said.Days) == 1 && r.cat.Part(r.unit, r.month, r.timetable.Scheme) == odd.said.Days[0] {
		return
	}
	f := odd.cell.finding(finding.PeriodAmbiguous)
	if odd.decide {
		r.refuse(withSome(f, "candidates", candidates(odd.said)))
		return
	}
	f.Severity = finding.Warning // the month is clear; which days it was taken to have is not
	r.add(f)
}

// checkPeriodHints holds a file whose folder or name says another period.
func (r *reader) checkPeriodHints(from field) {
	h := r.hints()
	mismatch := func(arg, text string) bool {
		said := r.periods.Of(text)
		if !said.Contradicts(r.month) {
			return false
		}
		f := from.finding(finding.PeriodMismatch).With("inside", r.month.String())
		switch {
		case len(said.Months) > 0:
			f = f.With(arg, said.Months[0].String())
		case len(said.Bare) > 0: // of the nearest year
			f = f.With(arg, r.month.Nearest(said.Bare[0]).String())
		default:
			f = f.With(arg, said.Spans[0].To.String())
		}
		r.hold(f)
		return true
	}
	for _, folder := range h.folders {
		if mismatch("folder", folder) {
			return
		}
	}
	mismatch("name", h.name)
}

// candidates lists the months that were named: "5/2025|6/2025".
func candidates(said naming.Said) string {
	var all []string
	for _, m := range said.Months {
		all = append(all, fmt.Sprintf("%d/%d", int(m.Number), m.Year))
	}
	for _, n := range said.Bare {
		all = append(all, fmt.Sprint(int(n)))
	}
	return strings.Join(all, "|")
}

// periodIn is what a field says. Excel turns "6/2025" into the first of June: a
// date that shows no day, or whose day begins or ends the month however one
// counts, names that month; any other date is a day and no period.
func (r *reader) periodIn(f field) naming.Said {
	if !f.cell.IsDate() {
		return r.periods.Of(f.text)
	}
	d, ok := dateIn(f.cell, r.book.Date1904)
	if !ok {
		return naming.Said{}
	}
	m := d.CalendarMonth()
	if d.Day == 1 || r.timetable.Scheme.MonthOf(d) == m && r.timetable.Window(m).To == d || !strings.ContainsAny(f.cell.Format, "dD") {
		return naming.Said{Months: []period.Month{m}}
	}
	return naming.Said{}
}

// dateIn gives the date of a cell that shows one.
func dateIn(cell workbook.Cell, from1904 bool) (period.Date, bool) {
	if cell.Kind == workbook.Date {
		d, err := period.ParseDate(cell.Raw[:min(len(cell.Raw), len("2025-06-15"))])
		return d, err == nil
	}
	var serial int
	whole, _, _ := strings.Cut(cell.Raw, ".")
	if _, err := fmt.Sscan(whole, &serial); err != nil || strings.ContainsAny(whole, "eE-") {
		return period.Date{}, false
	}
	const first, last = 61, 2_958_465 // from 1900-03-01, since when Excel counts right, to 9999
	zero := period.Date{Year: 1899, Month: time.December, Day: 30}
	if from1904 {
		zero = period.Date{Year: 1904, Month: time.January, Day: 1}
	}
	if serial < first || serial > last {
		return period.Date{}, false
	}
	d := zero.AddDays(serial)
	return d, d.Valid()
}
