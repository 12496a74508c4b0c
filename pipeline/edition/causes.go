package edition

import (
	"cmp"
	"maps"
	"slices"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/catalogue/formula"
	"tonghop/pipeline/period"
)

// Why says what made a figure change.
type Why string

// The causes.
const (
	Late        Why = "late"        // the unit's report came after the older edition
	Resubmitted Why = "resubmitted" // another version of the report counts
	Removed     Why = "removed"     // the report counts no more
	Decided     Why = "decided"     // by a decision of the office, made or taken back
	Definition  Why = "definition"  // the definitions changed
	Program     Why = "program"     // by another version of tonghop, or settings
	Unlisted    Why = "unlisted"    // an edition does not list what it rests on
)

// Cause is one reason of a change. Unit and Month are those of the report that
// came or changed; all else is empty for Definition, Program and Unlisted.
type Cause struct {
	Why   Why
	Unit  string
	Month period.Month
	// File is the report that counts now, or of Removed the one that did; empty
	// for a report on paper.
	File     string
	Decision string // id, of Decided
}

// witness knows what happened between two editions.
type witness struct {
	older, newer *Edition
	cat          *catalogue.Catalogue
	units        []string           // with events or changes: in catalogue order, then those it has no more
	events       map[string][]event // by unit, in order of months
	changed      map[Key]bool
}

func newWitness(older, newer *Edition, cat *catalogue.Catalogue, changes []Change) *witness {
	w := &witness{older: older, newer: newer, cat: cat, changed: map[Key]bool{}}
	if w.listed() {
		w.events = events(older, newer)
	}
	concerned := map[string]bool{}
	for unit := range w.events {
		concerned[unit] = true
	}
	for _, c := range changes {
		w.changed[c.Key] = true
		concerned[c.Unit] = true
	}
	delete(concerned, "") // the city and the groups
	for _, u := range cat.Units {
		if concerned[u.ID] {
			w.units = append(w.units, u.ID)
			delete(concerned, u.ID)
		}
	}
	w.units = append(w.units, slices.Sorted(maps.Keys(concerned))...)
	return w
}

// listed reports whether both editions say what they rest on.
func (w *witness) listed() bool { return w.older.Basis != nil && w.newer.Basis != nil }

// causes are those of a changed figure. One of the city or of a group has them
// from the units of which it, or what it is made of, changed: a rate may stay
// the same in a unit whose numbers both doubled.
func (w *witness) causes(k Key) []Cause {
	if !w.listed() {
		return []Cause{{Why: Unlisted}}
	}
	if k.Unit != "" {
		return w.ofUnit(k)
	}
	var all []Cause
	for _, unit := range w.units {
		if u, known := w.cat.Unit(unit); k.Group != "" && (!known || u.Group != k.Group) {
			continue
		}
		own := Key{Indicator: k.Indicator, Unit: unit, Span: k.Span}
		var its []Cause
		switch {
		case w.moved(own):
			its = w.ofUnit(own)
		case w.newer.Find(own) == nil && w.older.Find(own) == nil:
			// It ended before the period: its reports count in what is
			// cumulative, and it has no figure that would show which changed.
			its = w.within(own)
		}
		for _, one := range its {
			if !slices.Contains(all, one) {
				all = append(all, one)
			}
		}
	}
	if len(all) == 0 {
		return w.otherwise()
	}
	return all
}

// moved reports whether a unit's figure, or one of those it is made of, changed.
func (w *witness) moved(own Key) bool {
	if w.changed[own] {
		return true
	}
	return slices.ContainsFunc(w.terms(own.Indicator), func(term string) bool {
		return w.changed[Key{Indicator: term, Unit: own.Unit, Span: own.Span}]
	})
}

// ofUnit are the causes of a unit's own figure: what happened to the reports that
// it adds up; else the definitions; else an earlier month, for a rule that looks
// back to it may have refused the figure or refuses it no more.
func (w *witness) ofUnit(own Key) []Cause {
	if all := w.within(own); len(all) > 0 {
		return all
	}
	if w.older.Catalogue == w.newer.Catalogue {
		if all := w.causesOf(own, func(period.Month) bool { return true }); len(all) > 0 {
			return all
		}
		if all := w.elsewhere(own.Unit); len(all) > 0 {
			return all
		}
	}
	return w.otherwise()
}

// elsewhere are the causes of a figure of which all reports are as they were:
// other units' reports and imports of the months that it has reports for. A report
// of a month in which hardly anybody reported yet counts from when others are
// known; from the month of adoption on it counts whatever others do.
func (w *witness) elsewhere(unit string) []Cause {
	adopted := w.older.Adopted
	if !adopted.IsZero() && (w.newer.Adopted.IsZero() || adopted.Before(w.newer.Adopted)) {
		adopted = w.newer.Adopted
	}
	reported := map[period.Month]bool{}
	for _, b := range w.newer.Basis {
		if b.Unit == unit && (adopted.IsZero() || b.Period.Before(adopted)) {
			reported[b.Period] = true
		}
	}
	var all []Cause
	for _, other := range w.units {
		for _, e := range w.events[other] {
			if other != unit && reported[e.Month] && (e.Why == Late || e.Why == Removed) {
				all = append(all, e.Cause)
			}
		}
	}
	return all
}

func (w *witness) otherwise() []Cause {
	if w.older.Catalogue != w.newer.Catalogue {
		return []Cause{{Why: Definition}}
	}
	return []Cause{{Why: Program}}
}

// within are the causes in the months that a figure adds up.
func (w *witness) within(own Key) []Cause {
	return w.causesOf(own, w.months(own.Span).Contains)
}

// causesOf are the events of a unit that can have changed a figure: decisions on
// what it is made of, then what became of its reports; where there are neither,
// decisions on what is checked together with it.
func (w *witness) causesOf(own Key, in func(period.Month) bool) []Cause {
	terms := w.terms(own.Indicator)
	var decided, reports, beside []Cause
	for _, e := range w.events[own.Unit] {
		switch {
		case !in(e.Month):
		case e.Why != Decided:
			reports = append(reports, e.Cause)
		case slices.Contains(terms, e.indicator):
			decided = append(decided, e.Cause)
		case w.together(e.indicator, terms):
			beside = append(beside, e.Cause)
		}
	}
	if all := append(decided, reports...); len(all) > 0 {
		return all
	}
	return beside
}

// together reports whether a decision on one indicator can make others count, or
// count no more: a part that was corrected exceeds its whole no longer, and the
// whole is not refused.
func (w *witness) together(decided string, others []string) bool {
	partOf := func(part, whole string) bool {
		i, ok := w.cat.Indicator(part)
		return ok && i.PartOf == whole
	}
	return slices.ContainsFunc(others, func(code string) bool {
		return partOf(decided, code) || partOf(code, decided) || slices.ContainsFunc(w.cat.Rules, func(r *catalogue.Rule) bool {
			return slices.Contains(r.Refuses, code) &&
				slices.ContainsFunc(r.Check.Refs(), func(ref formula.Ref) bool { return ref.Code == decided })
		})
	})
}

// months are those that a span of the editions' period adds up. Where the plan
// began no edition says; before it there is no basis.
func (w *witness) months(kind period.SpanKind) period.Span {
	of := w.newer.Period.Span
	if kind == of.Kind {
		return of
	}
	return period.SpanOf(kind, of.To, period.Month{Year: 1, Number: 1})
}

func (w *witness) terms(indicator string) []string {
	i, ok := w.cat.Indicator(indicator)
	if !ok || i.Kind != catalogue.Derived {
		return []string{indicator}
	}
	return i.Formula.Terms()
}

// event is something that happened to a unit's month between two editions.
type event struct {
	Cause
	indicator string // of Decided: the one decided; else empty, the whole report
}

// events holds what each edition rests on against the other, by unit. A month
// that only one of them looks at, for its plan began earlier, tells nothing.
func events(older, newer *Edition) map[string][]event {
	type key struct {
		unit  string
		month period.Month
	}
	first := older.first()
	if f := newer.first(); f.After(first) {
		first = f
	}
	before := map[key]Basis{}
	for _, b := range older.Basis {
		before[key{b.Unit, b.Period}] = b
	}
	all := map[string][]event{}
	add := func(e event) {
		if !e.Month.Before(first) {
			all[e.Unit] = append(all[e.Unit], e)
		}
	}
	report := func(why Why, b Basis) {
		add(event{Cause: Cause{Why: why, Unit: b.Unit, Month: b.Period, File: b.File}})
	}
	for _, now := range newer.Basis {
		k := key{now.Unit, now.Period}
		was, there := before[k]
		delete(before, k)
		switch {
		case !there:
			report(Late, now)
		case was.SHA256 != now.SHA256:
			report(Resubmitted, now)
		}
		for _, d := range onlyOneHas(was.Decisions, now.Decisions) {
			add(event{Cause{Why: Decided, Unit: now.Unit, Month: now.Period, File: now.File, Decision: d.ID}, d.Indicator})
		}
	}
	for _, b := range before {
		report(Removed, b)
		for _, d := range b.Decisions {
			add(event{Cause{Why: Decided, Unit: b.Unit, Month: b.Period, File: b.File, Decision: d.ID}, d.Indicator})
		}
	}
	for unit := range all {
		slices.SortFunc(all[unit], func(a, b event) int {
			return cmp.Or(a.Month.Compare(b.Month), cmp.Compare(a.Why, b.Why), cmp.Compare(a.Decision, b.Decision), cmp.Compare(a.indicator, b.indicator))
		})
	}
	return all
}

func onlyOneHas(was, now []Applied) []Applied {
	var all []Applied
	for _, d := range now {
		if !slices.Contains(was, d) {
			all = append(all, d)
		}
	}
	for _, d := range was {
		if !slices.Contains(now, d) {
			all = append(all, d)
		}
	}
	return all
}

// first is the first month that an edition's figures can add up: zero where it
// has figures of the plan, for where that began no edition says.
func (e *Edition) first() period.Month {
	of := e.Period.Span
	if of.Kind != period.Monthly {
		return of.From
	}
	for _, f := range e.Figures {
		if f.Span == period.PlanToDate {
			return period.Month{}
		}
	}
	return period.SpanOf(period.YearToDate, of.To, period.Month{}).From
}
