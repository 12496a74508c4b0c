package catalogue

import (
	"strings"

	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
)

// Bound limits the values of an input. It may change over time: a value is held
// against the bound of its own month, so that what was accepted under an
// earlier one stays accepted. Nil bounds nothing.
type Bound []Step

// Step is a bound's value from a month on; a zero month is from the beginning.
type Step struct {
	From  period.Month
	Value figure.Number
}

// Always is a bound that never changes.
func Always(n figure.Number) Bound { return Bound{{Value: n}} }

// In returns the bound in month m; nil where there is none then.
func (b Bound) In(m period.Month) *figure.Number {
	var value *figure.Number
	for i := range b {
		if !b[i].From.After(m) {
			value = &b[i].Value
		}
	}
	return value
}

// NeverBelow reports whether the bound stands at all times and is never less
// than n.
func (b Bound) NeverBelow(n figure.Number) bool {
	for _, step := range b {
		if step.Value.Cmp(n) < 0 {
			return false
		}
	}
	return len(b) > 0 && b[0].From.IsZero()
}

// Admits reports whether a value lies within the bounds of month m.
func (i *Indicator) Admits(n figure.Number, m period.Month) bool {
	least, most := i.Min.In(m), i.Max.In(m)
	return (least == nil || n.Cmp(*least) >= 0) && (most == nil || n.Cmp(*most) <= 0)
}

// bound reads "500", or "500|2025-07:800": 500 until June 2025, 800 from July.
func bound(c cell) Bound {
	var all Bound
	for _, text := range strings.Split(c.Text, "|") {
		var step Step
		month, value, dated := strings.Cut(text, ":")
		if !dated {
			month, value = "", text
		}
		if dated {
			step.From = c.Part(strings.TrimSpace(month)).Month()
		}
		n := c.Part(strings.TrimSpace(value)).Bound()
		if n == nil || dated && step.From.IsZero() {
			return nil // an unreadable bound bounds nothing, and is told
		}
		step.Value = *n
		if len(all) > 0 && !all[len(all)-1].From.Before(step.From) {
			c.Wrong("500|2025-07:800", say("các mức phải theo thứ tự thời gian, mỗi mức sau mức đầu có tháng bắt đầu", "the steps must be in order of time, each after the first with its month"))
		}
		all = append(all, step)
	}
	return all
}
