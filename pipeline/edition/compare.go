package edition

import (
	"cmp"
	"slices"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/period"
)

// Change is a figure that two editions of a period give differently: another
// number, state or verdict, or one that only one of them has.
type Change struct {
	Key
	Old, New *Figure // nil where the edition has no such figure
	Causes   []Cause
}

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
)

// Cause is one reason of a change. Unit and Month are those of the report that
// came or changed; both are empty for Definition and Program.
type Cause struct {
	Why   Why
	Unit  string
	Month period.Month
	// File is the report that counts now, or of Removed the one that did; empty
	// for a report on paper.
	File     string
	Decision string // id, of Decided
}

// event is something that happened to a unit's month between two editions.
type event struct {
	Cause
	indicator string // of Decided: the one decided; else empty, the whole report
}

// Compare lists what newer gives otherwise than older, in the order of newer's
// figures, with the causes that the editions show. A figure of the city or of a
// group has the causes of those of its units that changed.
func Compare(older, newer *Edition, cat *catalogue.Catalogue) []Change {
	c := comparison{older: older, newer: newer, cat: cat, events: events(older, newer), changed: map[unitless][]string{}}
	all := c.differing()
	for _, change := range all {
		if change.Unit != "" {
			k := unitless{change.Indicator, change.Span}
			c.changed[k] = append(c.changed[k], change.Unit)
		}
	}
	for i := range all {
		all[i].Causes = c.causes(all[i])
	}
	return all
}

type comparison struct {
	older, newer *Edition
	cat          *catalogue.Catalogue
	events       map[string][]event    // by unit
	changed      map[unitless][]string // units whose own figure changed
}

type unitless struct {
	indicator string
	span      period.SpanKind
}

func (c *comparison) differing() []Change {
	var all []Change
	for i := range c.newer.Figures {
		now := &c.newer.Figures[i]
		if before := c.older.Find(now.Key); !same(before, now) {
			all = append(all, Change{Key: now.Key, Old: before, New: now})
		}
	}
	for i := range c.older.Figures {
		if before := &c.older.Figures[i]; c.newer.Find(before.Key) == nil {
			all = append(all, Change{Key: before.Key, Old: before})
		}
	}
	return all
}

func same(a, b *Figure) bool {
	if a == nil || b == nil {
		return a == b
	}
	x, known := a.Number()
	y, alsoKnown := b.Number()
	return known == alsoKnown && x.Equal(y) && a.State == b.State && a.Verdict == b.Verdict
}

// events holds what each edition rests on against the other.
func events(older, newer *Edition) map[string][]event {
	type key struct {
		unit  string
		month period.Month
	}
	before := map[key]Basis{}
	for _, b := range older.Basis {
		before[key{b.Unit, b.Period}] = b
	}
	all := map[string][]event{}
	add := func(why Why, b Basis) {
		all[b.Unit] = append(all[b.Unit], event{Cause: Cause{Why: why, Unit: b.Unit, Month: b.Period, File: b.File}})
	}
	for _, now := range newer.Basis {
		k := key{now.Unit, now.Period}
		was, there := before[k]
		delete(before, k)
		switch {
		case !there:
			add(Late, now)
		case was.SHA256 != now.SHA256:
			add(Resubmitted, now)
		}
		for _, d := range differingDecisions(was.Decisions, now.Decisions) {
			one := Cause{Why: Decided, Unit: now.Unit, Month: now.Period, File: now.File, Decision: d.ID}
			all[now.Unit] = append(all[now.Unit], event{Cause: one, indicator: d.Indicator})
		}
	}
	for _, b := range before {
		add(Removed, b)
	}
	for unit := range all {
		slices.SortStableFunc(all[unit], func(a, b event) int {
			return cmp.Or(a.Month.Compare(b.Month), cmp.Compare(a.Why, b.Why))
		})
	}
	return all
}

// differingDecisions are those that only one of the two lists holds.
func differingDecisions(was, now []Applied) []Applied {
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

func (c *comparison) causes(change Change) []Cause {
	var all []Cause
	if change.Unit != "" {
		all = c.ofUnit(change, change.Unit)
	} else {
		for _, unit := range c.changed[unitless{change.Indicator, change.Span}] {
			if u, ok := c.cat.Unit(unit); change.Group == "" || ok && u.Group == change.Group {
				all = append(all, c.ofUnit(change, unit)...)
			}
		}
		if len(all) == 0 {
			all = c.ofEndedUnits(change)
		}
	}
	if len(all) > 0 {
		return all
	}
	if c.older.Catalogue != c.newer.Catalogue {
		return []Cause{{Why: Definition}}
	}
	return []Cause{{Why: Program}}
}

// ofUnit are the events of a unit that can have changed a figure: a decision on
// one of its terms, else what became of the report.
func (c *comparison) ofUnit(change Change, unit string) []Cause {
	var decided, reports []Cause
	for _, e := range c.events[unit] {
		switch {
		case !c.months(change.Span).Contains(e.Month):
		case e.Why != Decided:
			reports = append(reports, e.Cause)
		case slices.Contains(c.terms(change.Indicator), e.indicator):
			decided = append(decided, e.Cause)
		}
	}
	return append(decided, reports...)
}

// ofEndedUnits are the events of units that have no figure of their own in
// these editions, for they had ended before the period began.
func (c *comparison) ofEndedUnits(change Change) []Cause {
	var all []Cause
	for _, u := range c.cat.Units {
		k := Key{Indicator: change.Indicator, Unit: u.ID, Span: change.Span}
		if c.newer.Find(k) == nil && c.older.Find(k) == nil && (change.Group == "" || u.Group == change.Group) {
			all = append(all, c.ofUnit(change, u.ID)...)
		}
	}
	return all
}

// months are those that a span of the editions' period adds up. Where the plan
// began no edition says; before it there is no basis.
func (c *comparison) months(kind period.SpanKind) period.Span {
	of := c.newer.Period.Span
	if kind == of.Kind {
		return of
	}
	return period.SpanOf(kind, of.To, period.Month{Year: 1, Number: 1})
}

func (c *comparison) terms(indicator string) []string {
	i, ok := c.cat.Indicator(indicator)
	if !ok || i.Kind != catalogue.Derived {
		return []string{indicator}
	}
	return i.Formula.Terms()
}
