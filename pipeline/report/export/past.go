package export

import (
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
)

type carriedJSON struct {
	Unit string       `json:"unit"`
	From period.Month `json:"from"`
}

// comparisonJSON sets a figure beside that of the same months a year earlier.
type comparisonJSON struct {
	From  period.Month `json:"from"`
	To    period.Month `json:"to"`
	Basis string       `json:"basis"`
	// Units is the number of units both sides are made over, of same_units.
	Units   int     `json:"units,omitempty"`
	Value   *string `json:"value"`
	Base    *string `json:"base"`
	Change  *string `json:"change"`
	Percent *string `json:"change_percent,omitempty"`
	Reason  string  `json:"reason,omitempty"`
}

func newComparison(c *summary.Comparison) *comparisonJSON {
	if c == nil {
		return nil
	}
	out := &comparisonJSON{
		From: c.Span.From, To: c.Span.To, Basis: string(c.Basis), Units: c.Units,
		Value: number(c.Value), Base: number(c.Base), Reason: string(c.Reason),
	}
	if change, ok := c.Change(); ok {
		out.Change = number(&change)
	}
	if percent, ok := c.Percent(); ok {
		out.Percent = number(&percent)
	}
	return out
}

// trendJSON is an indicator month by month; values and states are as long as
// there are months from From to the period's last.
type trendJSON struct {
	Indicator string       `json:"indicator"`
	Unit      *string      `json:"unit"`
	Group     *string      `json:"group"`
	From      period.Month `json:"from"`
	Values    []*string    `json:"values"`
	States    []string     `json:"states"`
	// Reasons say why a month's value is null.
	Reasons     map[string]string `json:"reasons,omitempty"`
	Provisional []period.Month    `json:"provisional,omitempty"`
}

func newTrend(t *summary.Trend) trendJSON {
	out := trendJSON{Indicator: t.Indicator.Code, Unit: name(t.Unit), Group: name(t.Group), From: t.Points[0].Month}
	for _, p := range t.Points {
		var value *figure.Number
		if n, ok := p.Value.Number(); ok {
			value = &n
		} else {
			if out.Reasons == nil {
				out.Reasons = map[string]string{}
			}
			out.Reasons[p.Month.String()] = string(p.Reason)
		}
		out.Values = append(out.Values, number(value))
		out.States = append(out.States, p.Value.State().String())
		if p.Provisional {
			out.Provisional = append(out.Provisional, p.Month)
		}
	}
	return out
}
