package catalogue

import (
	"time"

	"tonghop/pipeline/period"
)

// Start is the first month in which the target's value holds.
func (t *Target) Start() period.Month {
	if t.Since.IsZero() {
		return t.From
	}
	return t.Since
}

// HoldsIn reports whether the target, unless adjusted, holds in month m.
func (t *Target) HoldsIn(m period.Month) bool { return !m.Before(t.Start()) && !m.After(t.To) }

// rivals reports whether two targets are about the same figure.
func (t *Target) rivals(o *Target) bool {
	return t.Indicator == o.Indicator && t.Unit == o.Unit && t.Horizon == o.Horizon
}

// TargetFor returns the target of an indicator for a unit, or for the city
// where unit is empty, that holds in month m over a horizon; nil where there
// is none. Of an adjusted target it is the value last set by then: a report of
// an earlier month is judged by the earlier value, whenever it is made again.
func (c *Catalogue) TargetFor(indicator, unit string, horizon Horizon, m period.Month) *Target {
	wanted := &Target{Indicator: indicator, Unit: unit, Horizon: horizon}
	var latest *Target
	for _, t := range c.Targets {
		if t.rivals(wanted) && t.HoldsIn(m) && (latest == nil || t.Start().After(latest.Start())) {
			latest = t
		}
	}
	return latest
}

// Adjusted returns the target that t, as it holds in month m, has replaced
// within the same horizon: the plan's earlier value, or the year's; nil where t
// is what the horizon began with. Another value for another year, or for another
// month, is no adjustment.
func (c *Catalogue) Adjusted(t *Target, m period.Month) *Target {
	before := t
	for before != nil && before.Value.Equal(t.Value) && before.Comparator == t.Comparator {
		start := before.Start()
		switch {
		case t.Horizon == HorizonPlan && start.After(before.From):
		case t.Horizon == HorizonYear && start.Year == m.Year && start.Number > time.January:
		default:
			return nil
		}
		before = c.TargetFor(t.Indicator, t.Unit, t.Horizon, start.Add(-1))
	}
	return before
}
