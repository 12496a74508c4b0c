package summary

import (
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
)

// UnitMonths is a unit and those of its months that have something in common.
type UnitMonths struct {
	Unit   *catalogue.Unit
	Months []period.Month
}

// Reports lists the units of whose reports is says so, in catalogue order, each
// with the months in order of time.
func (s *Summary) Reports(is func(Receipt) bool) []UnitMonths {
	months := map[*catalogue.Unit][]period.Month{}
	for _, r := range s.Submissions {
		if is(r) {
			months[r.Unit] = append(months[r.Unit], r.Month)
		}
	}
	var all []UnitMonths
	for _, u := range s.Expected {
		if months[u] != nil {
			all = append(all, UnitMonths{u, months[u]})
		}
	}
	return all
}

// ReportsOf lists the units with reports of one status.
func (s *Summary) ReportsOf(status submission.Status) []UnitMonths {
	return s.Reports(func(r Receipt) bool { return r.Status == status })
}

// IsLate reports whether a report came after its deadline.
func (r Receipt) IsLate() bool { return !r.FirstReceived.IsZero() && !r.OnTime }
