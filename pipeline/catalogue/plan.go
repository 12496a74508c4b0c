package catalogue

import "tonghop/pipeline/period"

// PlanStart returns the first month of the plan that m lies in; false where it
// lies in none.
func (c *Catalogue) PlanStart(m period.Month) (from period.Month, ok bool) {
	for _, t := range c.Targets {
		if t.Horizon != HorizonPlan || m.Before(t.From) || m.After(t.To) {
			continue
		}
		if from.IsZero() || t.From.Before(from) {
			from = t.From
		}
	}
	return from, !from.IsZero()
}
