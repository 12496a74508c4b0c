package pipeline

import (
	"fmt"
	"io"
	"time"

	"tonghop/pipeline/atomicfile"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/publish"
	"tonghop/pipeline/report"
	"tonghop/pipeline/report/export"
	"tonghop/pipeline/report/pdf"
	"tonghop/pipeline/report/xlsx"
)

// draw makes the report and the workbook, and says how the files of figures are
// made when they are written.
func (p *Pipeline) draw(out *Outcome, v view, as issue, since changes) ([]publish.File, error) {
	in := report.Input{
		Summary: out.Summary, Findings: out.Findings, Files: out.Files, Phrases: p.Phrases,
		Revision: as.number, AsOf: v.asOf.In(p.Timetable.Zone), Office: p.Office, Sample: sample(out), Program: p.Program,
		Text: out.Text, Before: since.before, Changes: since.all, Signed: as.signed,
		Reconciled: out.Reconciliation.Signed, Adjustments: out.Reconciliation.Adjustments,
	}
	if err := report.TextError(in); err != nil {
		return nil, err
	}
	files, err := p.pages(in)
	if err != nil {
		return nil, fmt.Errorf("pdf: %w", err)
	}
	book, err := xlsx.Draw(p.workbook(out, in))
	if err != nil {
		return nil, fmt.Errorf("xlsx: %w", err)
	}
	exported := p.exported(out, as.number, in.AsOf)
	exported.Signed = as.signed
	of := func(write func(io.Writer, export.Input) error) atomicfile.Content {
		return func(to io.Writer) error { return write(to, exported) }
	}
	return append(files,
		publish.File{Name: "summary.xlsx", Content: atomicfile.Bytes(book)},
		publish.File{Name: figuresName, Content: of(export.JSON)},
		publish.File{Name: "figures.csv", Content: of(export.FiguresCSV)},
		publish.File{Name: "findings.csv", Content: of(export.FindingsCSV)},
	), nil
}

// pages draws the report in each edition that is published: the first is
// report.pdf, another is named after its edition.
func (p *Pipeline) pages(in report.Input) ([]publish.File, error) {
	editions := p.Editions
	if len(editions) == 0 {
		editions = []report.Edition{report.Internal}
	}
	how := p.Page
	how.Created = in.AsOf
	in.Annexes = p.Annexes
	var files []publish.File
	for i, edition := range editions {
		in.Edition = edition
		page, err := pdf.Draw(report.Compose(in), how)
		if err != nil {
			return nil, err
		}
		name := "report.pdf"
		if i > 0 {
			name = "report-" + string(edition) + ".pdf"
		}
		files = append(files, publish.File{Name: name, Content: atomicfile.Bytes(page)})
	}
	return files, nil
}

func (p *Pipeline) workbook(out *Outcome, in report.Input) xlsx.Input {
	x := xlsx.Input{
		Summary: out.Summary, Submissions: out.submissions, Files: out.Files,
		Words: p.Phrases, Projections: p.Projections, Draft: report.DraftMark(in), Created: in.AsOf, Before: in.Before, Changes: in.Changes,
		Reconciled: in.Reconciled, Adjustments: in.Adjustments, Paragraphs: p.paragraphs(in),
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
	if r := out.Reconciliation; len(r.Adjustments) > 0 {
		in.Reconciled, in.Adjustments = r.Signed, r.Adjustments
	}
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
