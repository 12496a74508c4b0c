package consolidate

import (
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
)

// areaMonths is how far City looks back by predecessor, its own month included.
const areaMonths = 12

// ByPredecessor groups what the units said for some months by the units there
// were before them. Only counts that add up over units and months, or stand at a
// month's end, are grouped: a count of each once since January is not the sum of
// its parts. What is printed for the city alone is left out.
func ByPredecessor(in Input, months []period.Month) *summary.Areas {
	g := grouping{
		consolidation: newConsolidation(in),
		roots:         map[*catalogue.Unit]bool{},
		known:         map[attribution]weights{},
	}
	out := &summary.Areas{Months: months}
	if len(months) == 0 {
		return out
	}
	days := period.Window{From: in.Timetable.Window(months[0]).From, To: in.Timetable.Window(months[len(months)-1]).To}
	for _, u := range in.Catalogue.Units {
		if u.ValidDuring(days) {
			g.findRoots(u, days.To)
		}
	}
	at := map[*catalogue.Unit]int{}
	for _, u := range in.Catalogue.Units {
		if g.roots[u] {
			at[u] = len(out.Units)
			out.Units = append(out.Units, u)
		}
	}
	for _, ind := range in.Catalogue.Indicators {
		if !numeric(ind) || ind.Kind != catalogue.Input || ind.Across != catalogue.AcrossSum || ind.Nature == catalogue.Cumulative || ind.CityOnly {
			continue
		}
		if s, any := g.series(ind, months, at); any {
			out.Series = append(out.Series, s)
		}
	}
	return out
}

// weights say how much of a unit's figure belongs to each old unit; they add up
// to 1. Nil is not known.
type weights map[*catalogue.Unit]figure.Number

// attribution is what weights are found for. They differ by indicator, for the
// old units' own figures decide how shares of them compare.
type attribution struct {
	unit      *catalogue.Unit
	indicator *catalogue.Indicator
	day       period.Date
}

type grouping struct {
	*consolidation
	roots map[*catalogue.Unit]bool
	known map[attribution]weights
}

// series groups one indicator; false where nobody gave a figure.
func (g *grouping) series(ind *catalogue.Indicator, months []period.Month, at map[*catalogue.Unit]int) (summary.AreaSeries, bool) {
	s := summary.AreaSeries{
		Indicator: ind, City: make([]summary.AreaFigure, len(months)),
		Areas: make([][]summary.AreaFigure, len(at)), Remainder: make([]summary.AreaFigure, len(months)),
	}
	for n := range s.Areas {
		s.Areas[n] = make([]summary.AreaFigure, len(months))
	}
	one, any := figure.Int(1), false
	for i, m := range months {
		last := g.Timetable.Window(m).To
		for _, u := range g.Catalogue.Units {
			p := g.part(g.row(ind, m), g.at[u])
			if !p.expected && !p.counts() {
				continue
			}
			any = any || p.counts()
			give(&s.City[i], p, one)
			shares := g.attribute(u, ind, last)
			if shares == nil {
				give(&s.Remainder[i], p, one)
				for root := range g.rootsOf(u, last) {
					s.Areas[at[root]][i].Partial = true
				}
				continue
			}
			for root, share := range shares {
				give(&s.Areas[at[root]][i], p, share)
			}
		}
	}
	return s, any
}

// give adds a share of a unit's figure to that of an area.
func give(f *summary.AreaFigure, p *part, share figure.Number) {
	f.Expected++
	n, ok := p.figure.Number()
	if !ok || !p.counts() {
		return
	}
	f.Reported++
	sum, _ := f.Value.Number()
	f.Value = figure.Of(sum.Add(n.Mul(share)))
}

// origin is a unit from which another came, and how much of it.
type origin struct {
	unit  *catalogue.Unit
	share *figure.Number // nil is not known
}

// origins are those of a unit as it was on a day: of the newest change until
// then, which was on the day since. A unit that was there before the change is
// an origin of itself.
func (g *grouping) origins(u *catalogue.Unit, day period.Date) (all []origin, since period.Date) {
	for _, s := range g.Catalogue.Predecessors(u) {
		if !s.Date.After(day) && s.Date.After(since) {
			since = s.Date
		}
	}
	for _, s := range g.Catalogue.Predecessors(u) {
		if old, ok := g.Catalogue.Unit(s.From); ok && s.Date == since {
			all = append(all, origin{old, s.Share})
		}
	}
	if len(all) > 0 && u.ValidOn(since.AddDays(-1)) {
		whole := figure.Int(1)
		all = append(all, origin{u, &whole})
	}
	return all, since
}

// rootsOf are the old units from which a unit came, in whatever part.
func (g *grouping) rootsOf(u *catalogue.Unit, day period.Date) map[*catalogue.Unit]bool {
	all, since := g.origins(u, day)
	if len(all) == 0 {
		return map[*catalogue.Unit]bool{u: true}
	}
	roots := map[*catalogue.Unit]bool{}
	for _, o := range all {
		for root := range g.rootsOf(o.unit, since.AddDays(-1)) {
			roots[root] = true
		}
	}
	return roots
}

func (g *grouping) findRoots(u *catalogue.Unit, day period.Date) {
	for root := range g.rootsOf(u, day) {
		g.roots[root] = true
	}
}

// attribute finds the weights of a unit's figure on a day. One origin has all of
// it. Several have it in proportion to what each brought: its share of its own
// last figures.
func (g *grouping) attribute(u *catalogue.Unit, ind *catalogue.Indicator, day period.Date) weights {
	key := attribution{u, ind, day}
	if w, ok := g.known[key]; ok {
		return w
	}
	w := g.weigh(u, ind, day)
	g.known[key] = w
	return w
}

func (g *grouping) weigh(u *catalogue.Unit, ind *catalogue.Indicator, day period.Date) weights {
	all, since := g.origins(u, day)
	switch len(all) {
	case 0:
		return weights{u: figure.Int(1)}
	case 1:
		return g.attribute(all[0].unit, ind, since.AddDays(-1))
	}
	brought := make([]figure.Number, len(all))
	var total figure.Number
	for i, o := range all {
		base, ok := g.lastFigures(o.unit, ind, since)
		if o.share == nil || !ok {
			return nil
		}
		brought[i] = o.share.Mul(base)
		total = total.Add(brought[i])
	}
	mixed := weights{}
	for i, o := range all {
		part, err := brought[i].Quo(total)
		before := g.attribute(o.unit, ind, since.AddDays(-1))
		if err != nil || before == nil { // nothing to go by, or that is not known either
			return nil
		}
		for root, share := range before {
			mixed[root] = mixed[root].Add(share.Mul(part))
		}
	}
	return mixed
}

// lastFigures are what a unit last said before a change: a stock as it stood, a
// flow over the year before.
func (g *grouping) lastFigures(u *catalogue.Unit, ind *catalogue.Indicator, change period.Date) (figure.Number, bool) {
	const year = 12
	var sum figure.Number
	any := false
	for back := 1; back <= year; back++ {
		said := g.said(u, ind, g.Timetable.Scheme.MonthOf(change).Add(-back))
		n, ok := said.number()
		if !ok {
			continue
		}
		sum, any = sum.Add(n), true
		if ind.Nature == catalogue.Stock {
			break
		}
	}
	return sum, any
}

func (p *part) number() (figure.Number, bool) {
	if !p.counts() {
		return figure.Number{}, false
	}
	return p.figure.Number()
}
