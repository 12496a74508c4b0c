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
// be used, and figures that the others lack.
func (s *unitSheets) owes(u *catalogue.Unit) []Block {
	var items []string
	ended := false
	lacking := map[*catalogue.Indicator][]period.Month{}
	for _, r := range s.receipts[u] {
		owed := s.owing.Of(r)
		ended = ended || owed.Settled == summary.SettledEnded
		if owed.Report {
			items = append(items, s.say("unitsheet.owes_report", "month", r.Month, "status", s.Phrases.Status(r.Status), "deadline", s.deadlineOf(r)))
		}
		for _, f := range owed.Figures {
			lacking[f.Indicator] = append(lacking[f.Indicator], r.Month)
		}
	}
	for _, g := range s.gaps(lacking) {
		items = append(items, s.say("unitsheet.owes_figures", "months", s.months(g.months), "n", len(g.indicators), "indicators", s.names(g.indicators)))
	}
	switch {
	case ended:
		return []Block{Paragraph{Text: s.say("unitsheet.owes_ended", "date", u.ValidTo)}}
	case len(items) == 0:
		return []Block{Paragraph{Text: s.say("unitsheet.owes_nothing")}}
	}
	return []Block{Bullets{Items: items}}
}

// gap is some months and the indicators that lack exactly those.
type gap struct {
	months     []period.Month
	indicators []*catalogue.Indicator
}

// gaps are in catalogue order of the first indicator of each.
func (s *unitSheets) gaps(lacking map[*catalogue.Indicator][]period.Month) []gap {
	var all []gap
	for _, ind := range s.Summary.Catalogue.Indicators {
		months := lacking[ind]
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
