package report

import (
	"slices"
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/vietnamese"
)

// reported is the table of a unit's reports, a row a month: what became of each,
// when it came, and which version counts.
func (s *unitSheets) reported(u *catalogue.Unit) []Block {
	t := Table{
		Columns: []Column{{Weight: 26}, {Weight: 42}, {Weight: 36}, {Weight: 32}, {Weight: 44}},
		Head:    [][]Cell{s.head("column.period", "column.status", "column.received_at", "column.deadline", "unitsheet.counts")},
	}
	for _, r := range s.receipts[u] {
		if s.Summary.Period.Contains(r.Month) {
			t.Rows = append(t.Rows, Row{Cells: []Cell{
				{Text: s.Phrases.Month(r.Month)}, {Text: s.statusOf(r)}, {Text: s.receivedAt(r)}, {Text: s.deadlineOf(r)}, {Text: s.counts(r)},
			}})
		}
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return []Block{t}
}

func (s *unitSheets) statusOf(r summary.Receipt) string {
	if r.Closed {
		return s.say("status.closed", "status", s.Phrases.Status(r.Status))
	}
	return s.Phrases.Status(r.Status)
}

func (s *unitSheets) receivedAt(r summary.Receipt) string {
	if r.FirstReceived.IsZero() {
		return ""
	}
	zone := s.AsOf.Location()
	at := vietnamese.ShortDate(period.DateIn(r.FirstReceived, zone)) + r.FirstReceived.In(zone).Format(" 15:04")
	punctual := s.say("feedback.late")
	if r.OnTime {
		punctual = s.say("feedback.on_time")
	}
	how := ""
	if r.ReceivedFrom != submission.FromRegister && r.ReceivedFrom != "" {
		how = s.Phrases.ReceivedFrom(r.ReceivedFrom)
	}
	return s.say("unitsheet.received", "at", at, "punctual", punctual, "how", how)
}

func (s *unitSheets) deadlineOf(r summary.Receipt) string {
	zone := s.AsOf.Location()
	at := vietnamese.ShortDate(period.DateIn(r.Deadline, zone)) + r.Deadline.In(zone).Format(" 15:04")
	if r.Extended {
		return s.say("unitsheet.extended", "at", at)
	}
	return at
}

// counts names the version that counts.
func (s *unitSheets) counts(r summary.Receipt) string {
	switch {
	case r.Status == submission.Missing:
		return ""
	case r.Used == nil:
		return s.say("feedback.used_none")
	case r.Used.File == "": // on paper, or of an import: no file of the unit
		return s.Phrases.ReceivedFrom(r.Used.ReceivedFrom)
	}
	return s.say("feedback.used_other", "file", r.Used.File, "version", r.Used.Version)
}

// owes lists what the office still waits for: reports that did not come or cannot
// be used, and figures that the others lack. What was before the adoption, or was
// closed by the office, is not asked for.
func (s *unitSheets) owes(u *catalogue.Unit) []Block {
	var items []string
	settled := map[period.Month]bool{} // months of which nothing more is told
	for _, r := range s.receipts[u] {
		owed := r.Status == submission.Missing || r.Status == submission.Unusable
		switch {
		case r.Closed, owed && r.Month.Before(s.Summary.Began):
			settled[r.Month] = true
		case owed:
			settled[r.Month] = true
			items = append(items, s.say("unitsheet.owes_report", "month", r.Month, "status", s.Phrases.Status(r.Status), "deadline", s.deadlineOf(r)))
		}
	}
	for _, g := range s.gaps(u, settled) {
		items = append(items, s.say("unitsheet.owes_figures", "months", s.months(g.months), "n", len(g.indicators), "indicators", s.names(g.indicators)))
	}
	if len(items) == 0 {
		return []Block{Paragraph{Text: s.say("unitsheet.owes_nothing")}}
	}
	return []Block{Bullets{Items: items}}
}

// gap is some months and the indicators that lack exactly those.
type gap struct {
	months     []period.Month
	indicators []*catalogue.Indicator
}

// gaps are what a unit lacks of what it was asked of the year so far, or of the
// longer span, but for settled months: in catalogue order of the first indicator
// of each.
func (s *unitSheets) gaps(u *catalogue.Unit, settled map[period.Month]bool) []gap {
	var all []gap
	for _, ind := range s.Summary.Catalogue.Indicators {
		if ind.Kind != catalogue.Input {
			continue
		}
		months := s.missing(u, ind, settled)
		if len(months) == 0 {
			continue
		}
		at := slices.IndexFunc(all, func(g gap) bool { return slices.Equal(g.months, months) })
		if at < 0 {
			at = len(all)
			all = append(all, gap{months: months})
		}
		all[at].indicators = append(all[at].indicators, ind)
	}
	return all
}

// missing are the months whose figure a unit owes, in order.
func (s *unitSheets) missing(u *catalogue.Unit, ind *catalogue.Indicator, settled map[period.Month]bool) []period.Month {
	var months []period.Month
	for _, span := range []period.SpanKind{s.inYear(), s.own()} {
		f := s.of(u, ind, span)
		if f == nil {
			continue
		}
		for _, one := range f.Coverage.Missing {
			months = append(months, one.Periods...)
		}
	}
	slices.SortFunc(months, period.Month.Compare)
	return slices.DeleteFunc(slices.Compact(months), func(m period.Month) bool { return settled[m] })
}

func (s *unitSheets) months(all []period.Month) string {
	names := make([]string, len(all))
	for i, m := range all {
		names[i] = s.Phrases.Month(m)
	}
	return strings.Join(names, ", ")
}

// openPoints is the table of what to mend and where, and of what to look at
// again.
func (s *unitSheets) openPoints(u *catalogue.Unit) []Block {
	if len(s.open[u.ID]) == 0 {
		return []Block{Paragraph{Text: s.say("unitsheet.nothing_open")}}
	}
	t := Table{
		Columns: []Column{{Weight: 22}, {Weight: 36}, {Weight: 22}, {Weight: 90}},
		Head:    [][]Cell{s.head("column.severity", "column.place", "column.raw", "column.finding")},
	}
	for _, f := range s.open[u.ID] {
		raw, what := s.point(f)
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			{Text: s.Phrases.Severity(f.Severity), Strong: f.Severity == finding.Error}, {Text: place(f.Finding)}, {Text: raw}, {Text: what},
		}})
	}
	return []Block{t}
}
