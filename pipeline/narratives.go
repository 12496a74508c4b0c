package pipeline

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/decision"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/form"
	"tonghop/pipeline/narrative"
	"tonghop/pipeline/period"
	"tonghop/pipeline/table"
	"tonghop/pipeline/vietnamese"
	"tonghop/pipeline/wording"
)

// narrativeFiles begin the names of the office's texts of a period, folded:
// loi-van.xlsx in the folder of the period.
const narrativeFiles = "loi van"

var narrativeTables = &tableKind{looks: narrative.Looks, headers: narrative.Headers, invalid: invalidNarrative}

func invalidNarrative(problem table.Problem) finding.Finding {
	f := finding.New(finding.NarrativeInvalid).With("why", both(problem.MessageVI, problem.MessageEN))
	if problem.Column != "" {
		f = f.With("column", both(narrative.Header(problem.Column), problem.Column))
	}
	f.Raw, f.Want = problem.Got, strings.ReplaceAll(problem.Want, " | ", "|")
	return f
}

// officeText is what the office wrote for one period.
type officeText struct {
	narrative.Text
	findings  []finding.Finding
	originals []*officeTable
}

// officeTexts are those of every period, by its name. Unlike decisions they are
// taken as they are now, whenever they were saved: a draft is printed from
// today's text, and one that was signed is not drawn again. Findings about files
// that lie in no period's folder are under "".
func (p *Pipeline) officeTexts(ctx context.Context) (map[string]*officeText, error) {
	root, err := os.OpenRoot(p.Inputs)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer root.Close()
	tables, err := listNarratives(root)
	if err != nil {
		return nil, err
	}
	if err := p.settleOffice(ctx, root, tables); err != nil {
		return nil, err
	}
	texts := map[string]*officeText{}
	for _, t := range tables {
		span, ok := spanOfFolder(t)
		if texts[span.String()] == nil {
			texts[span.String()] = &officeText{}
		}
		own := texts[span.String()]
		switch rival := rivalOf(t, tables); {
		case t.unread:
		case rival != nil:
			t.refuse(t.invalid(table.Problem{
				Got: path.Base(rival.path), MessageVI: "mỗi kỳ chỉ một bảng lời văn; trong thư mục còn bảng khác", MessageEN: "a period has one table of texts; another lies beside it",
			}))
		case !ok:
			t.refuse(t.invalid(table.Problem{
				Got: path.Dir(t.path), Want: OfficeFolder + "/2025-06 | " + OfficeFolder + "/2025-Q2",
				MessageVI: "bảng lời văn phải để trong thư mục mang tên kỳ", MessageEN: "the table of texts must lie in a folder called like its period",
			}))
		default:
			t.fetch(root)
		}
		if !t.unread {
			p.readNarrative(t, span, own)
		}
		own.findings = append(own.findings, t.findings...)
	}
	return texts, nil
}

// rivalOf is another table in the same folder: nobody knows which of them, a copy
// perhaps, is to be printed.
func rivalOf(t *officeTable, tables []*officeTable) *officeTable {
	for _, other := range tables {
		if other != t && path.Dir(other.path) == path.Dir(t.path) {
			return other
		}
	}
	return nil
}

// spanOfFolder is the period whose name the table's folder has.
func spanOfFolder(t *officeTable) (period.Span, bool) {
	selector, err := period.ParseSelector(path.Base(path.Dir(t.path)))
	if err != nil || selector.Kind != period.Fixed {
		return period.Span{}, false
	}
	return selector.Span, true
}

// listNarratives finds the texts of all periods, and those that lie beside
// their folders, ordered by path.
func listNarratives(root *os.Root) ([]*officeTable, error) {
	top, err := fs.ReadDir(root.FS(), ".")
	if err != nil {
		return nil, err
	}
	var tables []*officeTable
	list := func(folder string) ([]string, error) {
		files, err := fs.ReadDir(root.FS(), folder)
		if err != nil {
			return nil, err
		}
		var folders []string
		for _, f := range files {
			name := folder + "/" + f.Name()
			switch {
			case f.IsDir():
				folders = append(folders, name)
			case isNarrative(f.Name()):
				tables = append(tables, found(root, narrativeTables, name))
			}
		}
		return folders, nil
	}
	for _, folder := range top {
		if !folder.IsDir() || !strings.EqualFold(folder.Name(), OfficeFolder) {
			continue
		}
		periods, err := list(folder.Name())
		if err != nil {
			return nil, err
		}
		for _, one := range periods {
			if _, err := list(one); err != nil {
				return nil, err
			}
		}
	}
	slices.SortFunc(tables, func(a, b *officeTable) int { return strings.Compare(a.path, b.path) })
	return tables, nil
}

func isNarrative(name string) bool {
	if strings.HasPrefix(name, "~$") || strings.HasPrefix(name, ".") { // lock files and hidden ones
		return false
	}
	ext := strings.ToLower(path.Ext(name))
	return (ext == ".csv" || ext == ".xlsx") && strings.HasPrefix(vietnamese.Fold(name), narrativeFiles)
}

// readNarrative reads a table; what is wrong with a row is a finding at its cell.
func (p *Pipeline) readNarrative(t *officeTable, span period.Span, into *officeText) {
	text, ok := t.text(p)
	if !ok {
		return
	}
	rows := narrative.Decode(text, p.Catalogue, p.unitsIn(span))
	for _, problem := range rows.Problems {
		t.findings = append(t.findings, t.invalid(problem))
	}
	for _, w := range rows.Rows {
		place := t.place(w.Place.Row, -1)
		w.Place = narrative.Place{File: place.File, Sheet: place.Sheet, Row: place.Row}
		into.Rows = append(into.Rows, w)
	}
	into.originals = append(into.originals, t)
}

// unitsIn are the units there were in any month of a span.
func (p *Pipeline) unitsIn(span period.Span) []*catalogue.Unit {
	return slices.DeleteFunc(slices.Clone(p.Catalogue.Units), func(u *catalogue.Unit) bool {
		return !slices.ContainsFunc(span.Months(), func(m period.Month) bool { return u.ValidDuring(p.Timetable.Window(m)) })
	})
}

// discretion keeps out of a period's report what may not be printed.
func (p *Pipeline) discretion(text narrative.Text, per period.Span) *narrative.Discretion {
	return &narrative.Discretion{
		Catalogue: p.Catalogue, Text: text, Span: per, Withheld: p.Phrases.Say("report.narrative_withheld"),
	}
}

// edit puts the office's text of the period into an outcome, and takes out of it
// what may not be printed. The units' own findings keep their words.
func (p *Pipeline) edit(out *Outcome, v view, told []finding.Finding) {
	own, stray := v.texts[out.Period.String()], v.texts[period.Span{}.String()]
	var text narrative.Text
	if own != nil {
		text, out.written = own.Text, own.originals
		told = append(told, own.findings...)
	}
	if stray != nil {
		told = append(told, stray.findings...)
	}
	told = append(told, text.Unused(out.Summary)...)
	d := p.discretion(text, out.Period)
	out.Text = d.Office()
	d.Summary(out.Summary)
	for _, s := range v.checked.Used(p.rested(out)) {
		out.submissions = append(out.submissions, d.Submission(s))
	}
	told = append(told, d.Notes()...)
	out.toUnits = p.inWords(slices.Clone(told))
	for i, f := range told {
		told[i] = d.Finding(f, func(argument string) narrative.Writing { return v.office.writing(f, argument) })
	}
	out.Findings = p.inWords(told)
}

// writing tells whose words an argument of a finding holds. The reason that the
// office itself gave by a decision is told where its decisions are.
func (o decided) writing(f finding.Finding, argument string) narrative.Writing {
	switch {
	case argument == finding.Explained && slices.ContainsFunc(o.decisions, func(d decision.Decision) bool {
		return f.Args[argument] == d.Reason()
	}):
		return narrative.Theirs
	case wording.Quotes(f.Code, argument):
		return narrative.Quoted
	case wording.Figured(f.Code, argument):
		return narrative.Answers
	case wording.FreeText(f.Code, argument):
		return narrative.Theirs
	}
	return narrative.Ours
}

// NarrativeForm makes the workbook in which the office writes the text of a
// period's report, prepared with what waits there: the headline indicators, and
// the units' texts that are printed only with its consent.
func (p *Pipeline) NarrativeForm(ctx context.Context, per period.Span, now time.Time) ([]byte, error) {
	v, err := p.present(ctx, func() time.Time { return now })
	if err != nil && !errors.Is(err, fs.ErrNotExist) { // it may be made before anything was received
		return nil, err
	}
	var waiting []narrative.Written
	if v.checked != nil {
		d := p.discretion(narrative.Text{}, per)
		for _, s := range v.checked.Used(per) {
			d.Submission(s)
		}
		waiting = d.Waiting()
	}
	return form.Narrative(form.NarrativeInput{
		Catalogue: p.Catalogue, Period: per, Title: p.Phrases.Period(per), Units: p.unitsIn(per), Waiting: waiting,
		Created: p.Timetable.Window(per.To).From.At(0, 0, p.Timetable.Zone),
	})
}

// rested are the months whose submissions an outcome's figures rest on: those of
// its widest span, and those that stocks may have been carried from.
func (p *Pipeline) rested(out *Outcome) period.Span {
	rested := out.Summary.Spans[len(out.Summary.Spans)-1]
	if carried := out.Period.To.Add(-p.CarryStockMonths); carried.Before(rested.From) {
		rested.From = carried
	}
	return rested
}
