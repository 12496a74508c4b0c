package consolidate

import (
	"iter"
	"slices"
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
)

// unnamed tells which figures of a crowded city no page names: all but those of the
// city and its groups, of units that are in none, those that have a target of their
// own, and those that units are ranked by.
func (c *consolidation) unnamed(spans []period.Span) func(summary.Figure) bool {
	ranked := map[string]bool{}
	for _, ind := range c.Catalogue.Indicators {
		if ind.Compare == "" || ind.Compare == "none" {
			continue
		}
		ranked[ind.Code] = true
		if per, ok := strings.CutPrefix(ind.Compare, "per:"); ok {
			ranked[per] = true
		}
	}
	rankedIn := spans[0].Kind
	if slices.ContainsFunc(spans, func(s period.Span) bool { return s.Kind == period.YearToDate }) {
		rankedIn = period.YearToDate
	}
	ungrouped := map[string]bool{"": true} // the city and the groups are no units
	for _, u := range c.Catalogue.Units {
		if u.Group == "" {
			ungrouped[u.ID] = true
		}
	}
	return func(f summary.Figure) bool {
		return !ungrouped[f.Unit] && f.Judgment == nil && (f.Span != rankedIn || !ranked[f.Indicator.Code])
	}
}

// remaker makes the units' figures of an indicator over a span as consolidate made
// them. Each time it looks into the submissions anew: what it would have to keep is
// larger than they are.
func (c *consolidation) remaker(spans []period.Span) func(*catalogue.Indicator, period.SpanKind) iter.Seq[*summary.Figure] {
	blank := c.afresh()
	return func(ind *catalogue.Indicator, kind period.SpanKind) iter.Seq[*summary.Figure] {
		return func(yield func(*summary.Figure) bool) {
			at := slices.IndexFunc(spans, func(s period.Span) bool { return s.Kind == kind })
			if at < 0 {
				return
			}
			units := slices.DeleteFunc(blank.scopes(spans[at]), func(s scope) bool { return s.unit == "" })
			figures := blank.afresh().figures(make([]summary.Figure, 0, len(units)), ind, spans[at], units)
			for i := range figures {
				if !yield(&figures[i]) {
					return
				}
			}
		}
	}
}

// afresh is the same consolidation that has not looked into any submission: what it
// finds is its own.
func (c *consolidation) afresh() *consolidation {
	own := *c
	own.rows, own.frames = map[rowKey]*row{}, map[frameKey]*frame{}
	return &own
}
