package pipeline

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/decision"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/ledger"
	"tonghop/pipeline/period"
	"tonghop/pipeline/reading"
	"tonghop/pipeline/table"
)

// decided is what the office has decided, by its tables and by command, and what
// it imported of the past. A row
// that was taken in once is in force as it was taken in, whatever its table
// says now.
type decided struct {
	decisions []decision.Decision
	findings  []finding.Finding
	recorded  int              // how many were recorded
	fresh     []ledger.Decided // rows not yet recorded
	originals []*officeTable   // the files they stand in
	past      []*pastTable     // every import, in order
}

// decided reads the office's decisions. It writes nothing and takes no lock.
func (p *Pipeline) decided(ctx context.Context) (decided, error) {
	recorded, err := p.recordedDecisions(ctx)
	if err != nil {
		return decided{}, fmt.Errorf("read ledger: %w", err)
	}
	tables, err := p.officeTables(ctx)
	if err != nil {
		return decided{}, fmt.Errorf("read %s: %w", OfficeFolder, err)
	}
	out := p.gather(recorded, tables)
	out.recorded = len(recorded)
	if out.past, err = p.pastTables(ctx); err != nil {
		return decided{}, fmt.Errorf("read ledger: %w", err)
	}
	return out, nil
}

func (p *Pipeline) recordedDecisions(ctx context.Context) ([]ledger.Decided, error) {
	book, err := p.reading(ctx)
	if err != nil {
		return nil, err
	}
	if book == nil {
		return nil, nil
	}
	defer book.Close()
	return book.Decisions(ctx)
}

// gather holds the tables against what was taken in before.
func (p *Pipeline) gather(recorded []ledger.Decided, tables []*officeTable) decided {
	var out decided
	excuseRecorded(recorded, tables)
	typed := map[string][]row{} // every row by its id
	for _, t := range tables {
		out.findings = append(out.findings, t.findings...)
		for _, d := range t.rows.Decisions {
			typed[d.ID] = append(typed[d.ID], row{d, t})
		}
	}
	known := map[string]bool{}
	for _, r := range recorded {
		known[r.ID] = true
		d, problems := decision.Parse(r.Content, p.Catalogue)
		if len(problems) == 0 {
			if f := p.read(&d); f != nil {
				f.File = r.Path
				out.findings = append(out.findings, *f)
				continue
			}
		}
		for _, problem := range problems {
			f := invalidDecision(problem).With("decision", r.ID)
			f.File = r.Path
			out.findings = append(out.findings, f)
		}
		if len(problems) > 0 {
			continue
		}
		d.Received, d.Seen, d.Place = r.ReceivedAt, r.FirstSeen, decision.Place{File: r.Path}
		out.findings = append(out.findings, p.kept(r, &d, typed[r.ID], tables)...)
		out.decisions = append(out.decisions, d)
	}
	now := p.Now()
	for _, t := range tables {
		for _, d := range t.rows.Decisions {
			if known[d.ID] {
				continue
			}
			if same := typed[d.ID]; len(same) > 1 {
				out.findings = append(out.findings, twice(row{d, t}, same))
				continue
			}
			if f := p.read(&d); f != nil {
				out.findings = append(out.findings, atRow(*f, row{d, t}))
				continue
			}
			d.Received, d.Seen = earlier(t.modified, now), now
			out.decisions = append(out.decisions, d)
			out.fresh = append(out.fresh, ledger.Decided{
				ID: d.ID, Content: d.Canonical, FirstSeen: now, ReceivedAt: d.Received, Path: t.path, SHA256: t.sha256,
			})
			if !slices.Contains(out.originals, t) {
				out.originals = append(out.originals, t)
			}
		}
	}
	return out
}

// excuseRecorded lets the row that was taken in before stand where others repeat its id:
// it is in force, and only they are at fault.
func excuseRecorded(recorded []ledger.Decided, tables []*officeTable) {
	for _, r := range recorded {
		for _, t := range tables {
			n := slices.IndexFunc(t.rows.Repeated, func(d decision.Decision) bool {
				return d.ID == r.ID && d.Canonical == decision.Trimmed(r.Content)
			})
			if n < 0 {
				continue
			}
			d := t.rows.Repeated[n]
			t.rows.Decisions = append(t.rows.Decisions, d)
			t.findings = slices.DeleteFunc(t.findings, func(f finding.Finding) bool {
				return f.Code == finding.DecisionInvalid && f.Row == d.Place.Row && f.Args["decision"] == d.ID
			})
			break
		}
	}
}

// row is a decision and the table it stands in.
type row struct {
	decision.Decision
	table *officeTable
}

// atRow puts a finding at a row of a table.
func atRow(f finding.Finding, r row) finding.Finding {
	f.File, f.Sheet, f.Row, f.Col = r.Place.File, r.Place.Sheet, r.Place.Row, r.Place.Col
	if r.Place.Sheet == "" && r.Place.Row > 0 && f.Code == finding.DecisionInvalid {
		f = f.With("line", fmt.Sprint(r.Place.Row))
	}
	return f
}

// twice says that an id stands in two tables: nobody knows which is meant.
func twice(r row, same []row) finding.Finding {
	other := same[0]
	if other.table == r.table {
		other = same[1]
	}
	f := atRow(invalidDecision(table.Problem{
		Column: "id", Got: r.ID,
		MessageVI: "số này còn ở " + other.table.path, MessageEN: "this id is also in " + other.table.path,
	}), r)
	return f.With("decision", r.ID)
}

// kept compares a recorded decision with the row as it stands now, and takes
// over its place.
func (p *Pipeline) kept(r ledger.Decided, d *decision.Decision, typed []row, tables []*officeTable) []finding.Finding {
	tell := func(code finding.Code) finding.Finding {
		f := finding.New(code).With("decision", r.ID).With("content", r.Content).
			With("recorded", period.DateIn(r.FirstSeen, p.Timetable.Zone).String())
		f.Unit, f.Period, f.Indicator, f.File = d.Unit, d.Period, d.Indicator, r.Path
		return f
	}
	var changed []finding.Finding
	for _, one := range typed {
		if one.Canonical == decision.Trimmed(r.Content) {
			d.Place = one.Place
			continue
		}
		changed = append(changed, atRow(tell(finding.DecisionChanged), one))
	}
	if len(typed) > 0 || r.Path == "" {
		return changed
	}
	// A row that stands there and cannot be read now is told as such.
	for _, t := range tables {
		if t.path == r.Path && t.unread {
			return nil
		}
		for _, id := range t.rows.IDs {
			if id == r.ID {
				return nil
			}
		}
	}
	return []finding.Finding{tell(finding.DecisionRemoved)}
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// read gives a decision's values their meaning, by the same grammar as a cell
// of a report. The old value is a quotation: it may be what could not be read.
func (p *Pipeline) read(d *decision.Decision) *finding.Finding {
	ind, ok := p.Catalogue.Indicator(d.Indicator)
	if !ok {
		return nil
	}
	d.Old, _ = amount(d.Old, ind, d.Period)
	switch d.Kind {
	case decision.Correction, decision.Paper:
	default:
		return nil
	}
	answer, doubt := amount(d.New, ind, d.Period)
	switch doubt {
	case "":
		d.New = answer
		return nil
	case finding.NotApplicableRefused: // it waits for the office's word, which this is
		d.New = answer
		d.New.Figure = figure.Without(figure.NotApplicable)
		return nil
	}
	f := finding.New(finding.DecisionInvalid).With("decision", d.ID).With("because", string(doubt)).
		With("column", both(decision.Header("new_value"), "new_value"))
	f.Unit, f.Period, f.Indicator, f.Raw = d.Unit, d.Period, d.Indicator, d.New.Raw
	return &f
}

// amount reads what was typed; the code says what is wrong with it, or why it
// is in doubt. The office decides figures, it does not estimate them.
func amount(a decision.Amount, ind *catalogue.Indicator, m period.Month) (decision.Amount, finding.Code) {
	if !a.Given() {
		return a, ""
	}
	answer := reading.Read(reading.Cell{Kind: reading.Text, Raw: a.Raw}, ind, m)
	a.Figure, a.Words = answer.Figure, answer.Text
	for _, f := range answer.Findings {
		if f.Severity >= finding.Warning {
			return a, f.Code
		}
	}
	return a, ""
}

// recordDecisions keeps the office's tables and takes their new rows in for
// good.
func (p *Pipeline) recordDecisions(ctx context.Context, book *ledger.Ledger, office decided) error {
	for _, t := range office.originals {
		if err := book.Keep(t.sha256, t.data); err != nil {
			return err
		}
	}
	return book.Decide(ctx, office.fresh)
}

// InForce lists the decisions that stand at an instant, in order: all of them,
// or those about one month.
func (p *Pipeline) InForce(ctx context.Context, m period.Month, now time.Time) ([]decision.Decision, error) {
	office, err := p.decided(ctx)
	if err != nil {
		return nil, err
	}
	today := period.DateIn(now, p.Timetable.Zone)
	seen := slices.DeleteFunc(office.decisions, func(d decision.Decision) bool { return d.Date.After(today) })
	standing, _ := decision.InForce(seen)
	return slices.DeleteFunc(standing, func(d decision.Decision) bool { return !m.IsZero() && d.Period != m }), nil
}

// DecisionError says what is wrong with a decision given by command.
type DecisionError struct {
	Problems []table.Problem
}

func (e *DecisionError) Error() string {
	lines := make([]string, len(e.Problems))
	for i, one := range e.Problems {
		lines[i] = one.Error()
	}
	return strings.Join(lines, "; ")
}

// Decide takes in a decision given by command; cells are by the table's English
// column names, and the id is given here. The inputs are not written to.
func (p *Pipeline) Decide(ctx context.Context, cells map[string]string) (d decision.Decision, err error) {
	err = p.writing(ctx, func(w *writer) error {
		if d, err = p.prepare(ctx, w.book, cells); err != nil {
			return err
		}
		if d.Kind.AboutReports() {
			return &DecisionError{Problems: []table.Problem{{
				Where: d.ID, Column: "kind", Got: d.Kind.Vietnamese(),
				MessageVI: "dùng lệnh “tonghop sign-off” hoặc “tonghop reopen”", MessageEN: "is for the commands “tonghop sign-off” and “tonghop reopen”",
			}}}
		}
		return p.take(ctx, w.book, d)
	})
	return d, err
}

// prepare reads a decision given by command and gives it its id. It records
// nothing.
func (p *Pipeline) prepare(ctx context.Context, book *ledger.Ledger, cells map[string]string) (d decision.Decision, err error) {
	office, err := p.decided(ctx)
	if err != nil {
		return d, err
	}
	if cells["id"], err = book.NextDecision(ctx); err != nil {
		return d, err
	}
	now := p.Now()
	if cells["date"] == "" {
		cells["date"] = period.DateIn(now, p.Timetable.Zone).String()
	}
	d, problems := decision.Parse(decision.Canonical(cells), p.Catalogue)
	if len(problems) > 0 {
		return d, &DecisionError{Problems: problems}
	}
	if f := p.read(&d); f != nil {
		e, _ := p.Phrases.Explain(finding.Code(f.Args["because"]))
		return d, &DecisionError{Problems: []table.Problem{{
			Where: d.ID, Column: "new_value", Got: d.New.Raw, MessageVI: e.Title, MessageEN: e.Title,
		}}}
	}
	if d.Kind == decision.Withdraw && !slices.ContainsFunc(office.decisions, func(o decision.Decision) bool { return o.ID == d.Withdraws }) {
		return d, &DecisionError{Problems: []table.Problem{{
			Where: d.ID, Column: "old_value", Got: d.Withdraws, MessageVI: "không có quyết định số này", MessageEN: "there is no decision of this id",
		}}}
	}
	d.Received, d.Seen = now, now
	return d, nil
}

// take records a decision given by command.
func (p *Pipeline) take(ctx context.Context, book *ledger.Ledger, d decision.Decision) error {
	return book.Decide(ctx, []ledger.Decided{{ID: d.ID, Content: d.Canonical, FirstSeen: d.Received, ReceivedAt: d.Received}})
}
