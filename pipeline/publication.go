package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"tonghop/pipeline/finding"
	"tonghop/pipeline/ledger"
	"tonghop/pipeline/publish"
	"tonghop/pipeline/report"
	"tonghop/pipeline/report/export"
	"tonghop/pipeline/report/pdf"
	"tonghop/pipeline/report/xlsx"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/validate"
)

// publish records what was received and, if anything that reaches the page has
// changed, publishes a new revision. It holds the lock throughout.
func (p *Pipeline) publish(ctx context.Context, out *Outcome, checked *validate.Checked, office decided, asOf time.Time) (err error) {
	lock, err := ledger.Acquire(ctx, p.State, p.LockWait)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	book, err := ledger.Open(ctx, p.ledgerPath())
	if err != nil {
		return err
	}
	defer book.Close()

	outputs := publish.Outputs{Dir: p.Outputs}
	lost, err := p.recover(ctx, book, outputs, out)
	if err != nil {
		return fmt.Errorf("recover outputs: %w", err)
	}
	if err := p.record(ctx, book, checked); err != nil {
		return fmt.Errorf("record files: %w", err)
	}
	if err := p.recordDecisions(ctx, book, office); err != nil {
		return fmt.Errorf("record decisions: %w", err)
	}
	name := out.Period.String()
	last, exists, err := book.Latest(ctx, name)
	if err != nil {
		return err
	}
	fingerprint := p.fingerprint(out)
	if exists && last.Fingerprint == fingerprint && !lost[name] {
		out.Unchanged = true
		out.Delayed, err = outputs.Refresh(name)
		if err != nil {
			return err
		}
		out.Revision, _, err = outputs.Current(name)
	} else {
		err = p.newRevision(ctx, out, book, outputs, checked, asOf, last.Number+1, fingerprint)
	}
	if err != nil {
		return err
	}
	out.Feedback, err = p.feedback(out, checked)
	return err
}

// recover adopts revisions that an interrupted run put in place without
// recording them, and tells which periods have lost their newest revision.
func (p *Pipeline) recover(ctx context.Context, book *ledger.Ledger, outputs publish.Outputs, out *Outcome) (lost map[string]bool, err error) {
	fresh, err := book.Fresh(ctx)
	if err != nil {
		return nil, err
	}
	numbers, err := book.Numbers(ctx)
	if err != nil {
		return nil, err
	}
	found, err := outputs.Recover(numbers, fresh)
	if err != nil {
		return nil, err
	}
	for _, a := range found.Adopted {
		if err := book.Publish(ctx, revision(a.Published, a.WrittenAt)); err != nil {
			return nil, fmt.Errorf("adopt %s: %w", a.Dir, err)
		}
		if _, err := outputs.Refresh(a.Manifest.Period); err != nil {
			return nil, err
		}
	}
	out.SetAside = found.SetAside
	lost = map[string]bool{}
	for _, l := range found.Lost {
		if all := numbers[l.Period]; l.Number == all[len(all)-1] {
			lost[l.Period] = true
		}
	}
	return lost, nil
}

// record keeps the bytes of every file that was read and notes when it was
// first seen.
func (p *Pipeline) record(ctx context.Context, book *ledger.Ledger, checked *validate.Checked) error {
	now := p.Now()
	var received []ledger.Received
	var gone []ledger.Key
	for _, r := range checked.Batch() {
		f := r.File
		switch {
		case f.Disposition == submission.Gone:
			gone = append(gone, ledger.Key{SHA256: f.SHA256, Path: f.Path})
			continue
		case f.SHA256 == "":
			continue
		}
		if err := p.keep(book, f); err != nil {
			return err
		}
		one := ledger.Received{
			SHA256: f.SHA256, Path: f.Path, Size: f.Size, FirstSeen: now,
			ReceivedAt: f.ReceivedAt, ReceivedFrom: string(f.ReceivedFrom), Channel: f.Channel,
			Unit: f.Unit, Period: f.Period.String(),
		}
		received = append(received, one)
	}
	if err := book.Receive(ctx, received); err != nil {
		return err
	}
	return book.Gone(ctx, now, gone...)
}

// keep stores a file's bytes, if they are still those that were read.
func (p *Pipeline) keep(book *ledger.Ledger, f submission.File) error {
	if _, err := book.Original(f.SHA256); err == nil {
		return nil
	}
	data, err := os.ReadFile(filepath.Join(p.Inputs, filepath.FromSlash(f.Name())))
	if err != nil {
		return err
	}
	if hash := sha256.Sum256(data); hex.EncodeToString(hash[:]) != f.SHA256 {
		return &ChangedError{Path: f.Path}
	}
	return book.Keep(f.SHA256, data)
}

// ChangedError says that a file was replaced while the run was under way:
// its figures would have no original.
type ChangedError struct{ Path string }

func (e *ChangedError) Error() string { return e.Path + " changed during the run" }

// fingerprint covers everything that reaches the page but the moment of
// printing: two runs with equal fingerprints would print the same report.
func (p *Pipeline) fingerprint(out *Outcome) string {
	shown := p.exported(out, 0, time.Time{})
	shown.Files = slices.DeleteFunc(slices.Clone(shown.Files), func(f submission.File) bool { return passing(f.Disposition) })
	shown.Findings = slices.DeleteFunc(slices.Clone(shown.Findings), func(f export.Finding) bool {
		return f.Severity == finding.Note && f.Code.Definition().Stage == finding.StageFile || f.Code == finding.StillBeingWritten
	})
	figures, err := export.JSON(shown)
	if err != nil {
		panic(err) // strings and numbers always encode
	}
	settings, err := json.Marshal(struct {
		Office      report.Office
		Language    string
		Sample      bool
		Projections bool
	}{p.Office, string(p.Phrases.Language()), sample(out), p.Projections})
	if err != nil {
		panic(err)
	}
	return publish.Fingerprint(
		publish.Part{Name: "figures", Data: figures},
		publish.Part{Name: "settings", Data: settings},
		publish.Part{Name: "program", Data: []byte(p.Program)},
	)
}

// passing are dispositions that say nothing about the period's report: what is
// still being written, lock files, other periods.
func passing(d submission.Disposition) bool {
	switch d {
	case submission.Deferred, submission.Ignored, submission.OtherPeriod, submission.Duplicate, submission.Gone:
		return true
	}
	return false
}

func (p *Pipeline) newRevision(ctx context.Context, out *Outcome, book *ledger.Ledger, outputs publish.Outputs, checked *validate.Checked, asOf time.Time, number int, fingerprint string) error {
	files, err := p.draw(out, checked, number, asOf)
	if err != nil {
		return fmt.Errorf("draw: %w", err)
	}
	var used []string
	for _, s := range checked.Used(out.Period) {
		if s.SHA256 != "" { // a report on paper has no file
			used = append(used, s.SHA256)
		}
	}
	draft := publish.Draft{
		Period: out.Period.String(), Number: number, Fingerprint: fingerprint,
		About: publish.About{
			AsOf: asOf, Program: p.Program,
			Catalogue: publish.Catalogue{ID: p.Catalogue.ID, SHA256: p.Catalogue.SHA256, Source: p.CatalogueSource},
		},
		Submissions: used, Files: files,
	}
	published, delayed, err := outputs.Revision(ctx, draft, func(ctx context.Context, done publish.Published) error {
		return book.Publish(ctx, revision(done, p.Now()))
	})
	if err != nil {
		return err
	}
	out.Revision, out.Delayed = published, delayed
	return nil
}

func revision(p publish.Published, at time.Time) ledger.Revision {
	m := p.Manifest
	r := ledger.Revision{
		Period: m.Period, Number: m.Revision, Fingerprint: m.Fingerprint, AsOf: m.AsOf,
		PublishedAt: at, ManifestSHA256: p.ManifestSHA256, Program: m.Program, Submissions: m.Submissions,
	}
	for _, f := range m.Files {
		r.Files = append(r.Files, ledger.PublishedFile{Name: f.Name, SHA256: f.SHA256, Size: f.Size})
	}
	return r
}

// draw makes every file of a revision in memory: the report is right or absent.
func (p *Pipeline) draw(out *Outcome, checked *validate.Checked, number int, asOf time.Time) ([]publish.File, error) {
	in := report.Input{
		Summary: out.Summary, Findings: out.Findings, Files: out.Files, Phrases: p.Phrases,
		Revision: number, AsOf: asOf.In(p.Timetable.Zone), Office: p.Office, Sample: sample(out), Program: p.Program,
	}
	doc := report.Compose(in)
	page, err := pdf.Draw(doc, pdf.Options{Created: in.AsOf})
	if err != nil {
		return nil, fmt.Errorf("pdf: %w", err)
	}
	book, err := xlsx.Draw(p.workbook(out, checked, doc, in))
	if err != nil {
		return nil, fmt.Errorf("xlsx: %w", err)
	}
	exported := p.exported(out, number, in.AsOf)
	figures, err := export.JSON(exported)
	if err != nil {
		return nil, err
	}
	return []publish.File{
		{Name: "report.pdf", Data: page},
		{Name: "summary.xlsx", Data: book},
		{Name: "figures.json", Data: figures},
		{Name: "figures.csv", Data: export.FiguresCSV(exported)},
		{Name: "findings.csv", Data: export.FindingsCSV(exported)},
	}, nil
}

func (p *Pipeline) workbook(out *Outcome, checked *validate.Checked, doc report.Document, in report.Input) xlsx.Input {
	x := xlsx.Input{
		Summary: out.Summary, Submissions: checked.Used(out.Summary.Spans[len(out.Summary.Spans)-1]), Files: out.Files,
		Words: p.Phrases, Projections: p.Projections, Draft: doc.Draft, Created: in.AsOf,
	}
	if in.Sample {
		x.Sample = p.Phrases.Say("sample")
	}
	for _, f := range out.Findings {
		x.Findings = append(x.Findings, xlsx.Row{
			Severity: p.Phrases.Severity(f.Severity), Code: string(f.Code), UnitTitle: p.unitTitle(f.Unit),
			Indicator: f.Indicator, File: f.File, Sheet: f.Sheet, Cell: f.Cell, Raw: f.Raw,
			Message: f.Message, Suggestion: f.Remedy,
		})
	}
	return x
}

func (p *Pipeline) unitTitle(id string) string {
	if u, ok := p.Catalogue.Unit(id); ok {
		return u.Title()
	}
	return ""
}

func (p *Pipeline) exported(out *Outcome, number int, asOf time.Time) export.Input {
	in := export.Input{Summary: out.Summary, Revision: number, AsOf: asOf, Files: out.Files}
	for _, f := range out.Findings {
		in.Findings = append(in.Findings, export.Finding{Finding: f.Finding, Message: f.Message, Suggestion: f.Remedy})
	}
	return in
}

// inWords tells findings in the language of the run.
func (p *Pipeline) inWords(all []finding.Finding) []report.Finding {
	finding.Sort(all)
	told := make([]report.Finding, len(all))
	for i, f := range all {
		told[i] = report.Finding{Finding: f, Sentence: p.Phrases.Finding(f, p.Phrases.FactsFrom(p.Catalogue, f))}
	}
	return told
}

// sample reports whether any figure that counts is fictional.
func sample(out *Outcome) bool {
	for _, r := range out.Summary.Submissions {
		if r.Used != nil && r.Used.Sample {
			return true
		}
	}
	return false
}
