package simulation_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"tonghop/pipeline/consolidate"
	"tonghop/pipeline/decision"
	"tonghop/pipeline/edition"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
	"tonghop/pipeline/report/export"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/validate"
)

var timetable = period.Timetable{
	Scheme: period.Scheme15to14, Zone: hanoi,
	Deadline: period.DeadlineRule{Day: 17, Hour: 17, IfNotWorking: period.MoveNone},
}

// office is the program at work: it knows what was received, decided and
// imported, and nothing of the story.
type office struct {
	city    *city
	adopted period.Month // zero where the reports tell
	held    held
	read    map[string]*submission.Submission // by sha256, nil of what is unreadable
}

// held is what an office holds, from its folder or from its ledger.
type held struct {
	files   []heldFile
	rulings []ruling
	tables  []heldTable
}

type heldFile struct {
	path, sha256 string
	data         []byte
	at, gone     time.Time
}

type heldTable struct {
	name, sha256 string
	data         []byte
	at, gone     time.Time
}

func holding(e events) held {
	var h held
	for _, f := range e.files {
		h.files = append(h.files, heldFile{f.path, f.sha256, f.data, f.at, f.gone})
	}
	for _, d := range e.rulings {
		h.rulings = append(h.rulings, *d)
	}
	for _, t := range e.tables {
		h.tables = append(h.tables, heldTable{t.name, t.sha256, t.data, t.at, t.gone})
	}
	return h
}

// view is what the office sees at an instant.
func (o office) view(t testing.TB, at time.Time) *validate.Checked {
	t.Helper()
	in := validate.Input{Catalogue: o.city.catalogue, Timetable: timetable, AsOf: at, ReceivableShare: 80, NewIndicatorGrace: 1}
	for _, f := range o.held.files {
		if !f.at.After(at) { // a folder does not hold what has not come
			in.Batch = append(in.Batch, o.received(t, f, at))
		}
	}
	for _, d := range o.held.rulings {
		in.Decisions = append(in.Decisions, decided(d))
	}
	in.Imported = o.imports(t, at)
	return validate.Batch(in)
}

// received is a file as it is at an instant.
func (o office) received(t testing.TB, f heldFile, at time.Time) submission.Received {
	t.Helper()
	s, known := o.read[f.sha256]
	if !known {
		s = o.open(t, f)
		o.read[f.sha256] = s
	}
	out := submission.Received{Submission: s, File: submission.File{
		Path: f.path, SHA256: f.sha256, Size: int64(len(f.data)), Disposition: submission.Counted,
		ReceivedAt: f.at, ReceivedFrom: submission.FromRegister,
	}}
	switch {
	case !f.gone.IsZero() && !f.gone.After(at):
		out.File.Disposition, out.Submission = submission.Gone, nil
	case s == nil:
		out.File.Disposition = submission.UnusableFile
		out.Findings = []finding.Finding{finding.New(finding.NotAWorkbook)}
	default:
		out.File.Unit, out.File.Period = s.Unit, s.Period
	}
	return out
}

// open makes a submission of an original's bytes, nil where they are no report.
func (o office) open(t testing.TB, f heldFile) *submission.Submission {
	t.Helper()
	var r report
	if err := json.Unmarshal(f.data, &r); err != nil {
		t.Fatal(err)
	}
	if !r.Readable {
		return nil
	}
	s := &submission.Submission{
		Unit: r.Unit, Period: r.Month, File: f.path, SHA256: f.sha256, Version: r.Version,
		ReceivedAt: f.at, ReceivedFrom: submission.FromRegister,
	}
	u, ok := o.city.catalogue.Unit(r.Unit)
	if !ok {
		t.Fatalf("no unit %s", r.Unit)
	}
	for i, ind := range o.city.catalogue.IndicatorsFor(u, r.Month, timetable.Scheme) {
		v := submission.Value{
			Indicator: ind.Code, Figure: typed(r.Answers[ind.Code]), Raw: r.Answers[ind.Code],
			Sheet: "F", Row: i + 2, Col: 5, Cell: fmt.Sprintf("E%d", i+2), NotDue: !ind.DueIn(r.Month),
		}
		if v.Figure.Is(figure.Refused) {
			one := finding.New(finding.NumberUnreadable)
			one.Unit, one.Period, one.File, one.Indicator, one.Cell = s.Unit, s.Period, s.File, ind.Code, v.Cell
			s.Findings = append(s.Findings, one)
		}
		s.Values = s.Values.With(v)
	}
	return s
}

func typed(answer string) figure.Figure {
	states := map[string]figure.State{
		"": figure.Blank, "-": figure.None, "…": figure.NotAvailable, "x": figure.NotApplicable, "!": figure.Refused,
	}
	if s, ok := states[answer]; ok {
		return figure.Without(s)
	}
	return figure.Of(figure.MustParse(answer))
}

func decided(d ruling) decision.Decision {
	kinds := map[string]decision.Kind{
		"correction": decision.Correction, "paper": decision.Paper, "choose": decision.Choose, "discard": decision.Discard, "withdraw": decision.Withdraw,
	}
	out := decision.Decision{
		ID: d.ID, Date: period.DateIn(d.At, hanoi), By: "VP", Kind: kinds[d.Kind], Period: d.Month, Unit: d.Unit, Indicator: d.Code,
		File: d.File, Basis: "BC", Received: d.At, Seen: d.At, Withdraws: d.Withdraws,
	}
	if d.New != "" {
		out.New = decision.Amount{Raw: d.New, Figure: typed(d.New)}
	}
	return out
}

// imports are what stands of the tables at an instant: of two about the same
// figure the first holds.
func (o office) imports(t testing.TB, at time.Time) []*submission.Submission {
	t.Helper()
	made := map[string]*submission.Submission{}
	var all []*submission.Submission
	for _, one := range o.held.tables {
		if one.at.After(at) || !one.gone.IsZero() && !one.gone.After(at) {
			continue
		}
		var content struct{ Rows []pastRow }
		if err := json.Unmarshal(one.data, &content); err != nil {
			t.Fatal(err)
		}
		for i, row := range content.Rows {
			k := row.Unit + row.Month.String()
			s := made[k]
			if s == nil {
				s = &submission.Submission{
					Unit: row.Unit, Period: row.Month, File: one.name, SHA256: one.sha256, Version: 1,
					ReceivedAt: one.at, ReceivedFrom: submission.FromImport,
				}
				made[k] = s
				all = append(all, s)
			}
			if _, there := s.Value(row.Code); !there {
				s.Values = s.Values.With(submission.Value{
					Indicator: row.Code, Figure: typed(row.Value), Raw: row.Value, Cell: fmt.Sprintf("D%d", i+2),
					Import: &submission.Import{File: one.name, SHA256: one.sha256, Source: "BC"},
				})
			}
		}
	}
	slices.SortFunc(all, func(a, b *submission.Submission) int {
		return strings.Compare(a.Period.String()+a.Unit, b.Period.String()+b.Unit)
	})
	return all
}

// month consolidates a month as a view shows it.
func (o office) month(checked *validate.Checked, m period.Month) *summary.Summary {
	per := period.SpanOf(period.Monthly, m, period.Month{})
	return consolidate.City(consolidate.Input{
		Catalogue: o.city.catalogue, Timetable: timetable, History: checked.History, Period: per,
		Receipts: checked.ReceiptsIn(per), Decisions: checked.Decisions(per), Adopted: o.adopted,
	})
}

// figures is a month's figures.json.
func figures(t testing.TB, s *summary.Summary, checked *validate.Checked, at time.Time) []byte {
	t.Helper()
	var data bytes.Buffer
	if err := export.JSON(&data, export.Input{Summary: s, Revision: 1, AsOf: at, Files: checked.Files(s.Period)}); err != nil {
		t.Fatal(err)
	}
	return data.Bytes()
}

// shuffled takes files and decisions in another order, which changes nothing.
func (o office) shuffled(t testing.TB, r *rand.Rand, m period.Month, at time.Time, want []byte) {
	t.Helper()
	o.held.files, o.held.rulings = slices.Clone(o.held.files), slices.Clone(o.held.rulings)
	r.Shuffle(len(o.held.files), func(i, j int) { o.held.files[i], o.held.files[j] = o.held.files[j], o.held.files[i] })
	r.Shuffle(len(o.held.rulings), func(i, j int) { o.held.rulings[i], o.held.rulings[j] = o.held.rulings[j], o.held.rulings[i] })
	checked := o.view(t, at)
	if !bytes.Equal(figures(t, o.month(checked, m), checked, at), want) {
		t.Errorf("%s: files and decisions in another order give other figures", m)
	}
}

func editionOf(t testing.TB, data []byte) *edition.Edition {
	t.Helper()
	e, err := edition.Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	return e
}
