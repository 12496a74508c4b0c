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

// Reports are reports with something in common.
type Reports struct {
	N int
	// Every are months of a longer span in which all units have it in common;
	// Units has the others, in catalogue order, each with its months in order.
	Every []period.Month
	Units []UnitMonths
}

// Reports gathers the reports of which is says so.
func (s *Summary) Reports(is func(Receipt) bool) Reports {
	var all Reports
	owed, having := map[period.Month]int{}, map[period.Month]int{}
	for _, r := range s.Submissions {
		owed[r.Month]++
		if is(r) {
			having[r.Month]++
			all.N++
		}
	}
	every := func(m period.Month) bool {
		return s.Period.Kind != period.Monthly && having[m] == owed[m] && owed[m] > 1
	}
	for _, m := range s.Period.Months() {
		if every(m) {
			all.Every = append(all.Every, m)
		}
	}
	months := map[*catalogue.Unit][]period.Month{}
	for _, r := range s.Submissions {
		if is(r) && !every(r.Month) {
			months[r.Unit] = append(months[r.Unit], r.Month)
		}
	}
	for _, u := range s.Expected {
		if months[u] != nil {
			all.Units = append(all.Units, UnitMonths{u, months[u]})
		}
	}
	return all
}

// Months are those of the period in which any report was owed.
func (s *Summary) Months() []period.Month {
	var months []period.Month
	for _, r := range s.Submissions {
		if n := len(months); n == 0 || months[n-1] != r.Month {
			months = append(months, r.Month)
		}
	}
	return months
}

// ReportsOf gathers the reports of one status.
func (s *Summary) ReportsOf(status submission.Status) Reports {
	return s.Reports(func(r Receipt) bool { return r.Status == status })
}

// IsReceived reports whether the unit sent anything. Figures that the office
// imported were sent by nobody.
func (r Receipt) IsReceived() bool {
	return r.Status != submission.Missing && r.Status != submission.Imported
}

// IsUsable reports whether figures of what the unit sent count.
func (r Receipt) IsUsable() bool { return r.IsReceived() && r.Status != submission.Unusable }

// IsLate reports whether a report came after its deadline.
func (r Receipt) IsLate() bool { return !r.FirstReceived.IsZero() && !r.OnTime }
