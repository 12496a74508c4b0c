package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"tonghop/cmd/tonghop/settings"
	"tonghop/pipeline"
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/period"
	"tonghop/pipeline/report/pdf"
	"tonghop/pipeline/schedule"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/wording"
	"tonghop/templates"
)

const (
	// recheckAfter is when a younger file is looked at once more.
	recheckAfter = 2 * time.Second
	// lockWait is how long a run waits for another to finish its writing.
	lockWait = 10 * time.Second
	// officeFolder holds the office's own tables among the inputs.
	officeFolder = pipeline.OfficeFolder
	// openingsFile, in that folder, holds its openings.
	openingsFile = "openings.csv"
	// shippedCatalogue is the catalogue within the program.
	shippedCatalogue = "hanoi"
)

// pipeline wires the conductor from the settings.
func (a *app) pipeline() (*pipeline.Pipeline, error) {
	o, err := a.open()
	return o.Pipeline, err
}

// desk is an office as the service finds it: all that settings and definitions say.
type desk struct {
	*pipeline.Pipeline
	settings settings.Settings
	plan     *schedule.Plan // of when it runs by itself
}

// loadSettings reads the settings. Beside an error stands what could be read, for
// doctor to look at; where nothing could, it is zero.
func (a *app) loadSettings() (settings.Settings, period.Timetable, error) {
	s, timetable, err := settings.Load(a.configFile)
	var missing *settings.MissingError
	var invalid *settings.InvalidError
	switch {
	case errors.As(err, &missing):
		err = &failure{code: exitDefinitions, key: "config_missing", facts: []any{"file", missing.File}}
	case errors.As(err, &invalid):
		told := invalid.Tell(a.say)
		err = &failure{code: exitDefinitions, key: "config", facts: []any{"file", invalid.File, "n", len(told)}, details: told}
	}
	return s, timetable, err
}

func (a *app) open() (desk, error) {
	s, timetable, err := a.loadSettings()
	if err != nil {
		return desk{}, err
	}
	a.state, a.zone = s.State, timetable.Zone
	p, err := a.wire(s, timetable)
	if err != nil {
		return desk{}, err
	}
	plan, _ := s.Plan(p.Timetable) // checked when the settings were read
	return desk{p, s, plan}, nil
}

func (a *app) wire(s settings.Settings, timetable period.Timetable) (*pipeline.Pipeline, error) {
	cat, from, err := a.definitions(s)
	if err != nil {
		return nil, err
	}
	phrases, err := a.phrases(s.Wording)
	if err != nil {
		return nil, err
	}
	cat = cat.Bridged(catalogue.Bridge(s.Bridge))
	timetable.Calendar = cat.Calendar
	return &pipeline.Pipeline{
		Inputs: s.Inputs, Outputs: s.Outputs, State: s.State, Backup: s.Backup,
		Catalogue: cat, CatalogueSource: from, Timetable: timetable, ReceivableShare: s.ReceivableShare,
		Trends: summary.Trends(s.Trends), Adopted: s.AdoptedMonth(), CarryStockMonths: s.CarryStockMonths,
		NewIndicatorGrace: s.NewIndicatorGrace, Projections: s.Projections, Beside: s.Feedback == settings.FeedbackBeside,
		Limits: s.Limits.Workbook(), Settle: s.Watch.Settling(), Recheck: recheckAfter, LockWait: lockWait,
		Phrases: phrases, Office: s.Office.Report(), Editions: s.Report.Editions(), Annexes: s.Report.Annexes, Page: page(s.Report),
		Correspondence: s.Letters.Correspondence(), ReplyWorkingDays: s.Letters.ReplyWorkingDays,
		Program: version, Build: build(), Now: a.now,
	}, nil
}

// page is how the report is laid out.
func page(r settings.Report) pdf.Options {
	return pdf.Options{Paper: r.Paper, Margins: pdf.Margins(r.Margins), BodySize: r.BodySize}
}

// definitions loads the catalogue of the settings and says where it came from.
func (a *app) definitions(s settings.Settings) (*catalogue.Catalogue, string, error) {
	source, from, err := catalogueSource(s.Catalogue)
	if err != nil {
		return nil, "", err
	}
	source, err = withOfficeOpenings(source, filepath.Join(s.Inputs, officeFolder))
	if err != nil {
		return nil, "", err
	}
	cat, err := a.load(source, from)
	return cat, from, err
}

// phrases are the sentences of the language, with the office's own templates of
// paragraphs where the settings name their folder.
func (a *app) phrases(folder string) (wording.Phrases, error) {
	if folder == "" {
		return a.say, nil
	}
	own, err := a.sentences.WithParagraphs(os.DirFS(folder), filepath.ToSlash(folder))
	if err != nil {
		return wording.Phrases{}, err
	}
	return own.In(a.say.Language()), nil
}

// load checks the definitions; every problem is told with its cell.
func (a *app) load(source catalogue.Source, from string) (*catalogue.Catalogue, error) {
	cat, problems := catalogue.Load(source)
	if len(problems) == 0 {
		return cat, nil
	}
	f := &failure{code: exitDefinitions, key: "definitions", facts: []any{"id", from, "n", len(problems)}}
	for _, p := range problems {
		if a.language == "en" {
			f.details = append(f.details, p.Error())
		} else {
			f.details = append(f.details, p.Vietnamese())
		}
	}
	return nil, f
}

// catalogueSource finds the definitions: those named in the settings, else
// templates/hanoi in the working folder, else the ones within the program. It
// also says which they are.
func catalogueSource(path string) (catalogue.Source, string, error) {
	if path == "" {
		local := filepath.Join("templates", shippedCatalogue)
		if info, err := os.Stat(local); err == nil && info.IsDir() {
			return catalogue.FromFolder(os.DirFS(local), shippedCatalogue), filepath.ToSlash(local), nil
		}
		embedded, err := fs.Sub(templates.FS, shippedCatalogue)
		if err != nil {
			return catalogue.Source{}, "", err
		}
		return catalogue.FromFolder(embedded, shippedCatalogue), "embedded", nil
	}
	info, err := os.Stat(path)
	missing := &failure{code: exitDefinitions, key: "no_definitions", facts: []any{"folder", path}}
	switch {
	case err != nil:
		missing.underlie = err
		return catalogue.Source{}, "", missing
	case info.IsDir():
		return catalogue.FromFolder(os.DirFS(path), filepath.Base(path)), filepath.ToSlash(path), nil
	}
	tables, err := workbookTables(path)
	if err != nil {
		return catalogue.Source{}, "", err
	}
	id := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	return catalogue.FromTables(tables, id), filepath.ToSlash(path), nil
}

// withOfficeOpenings adds the openings that the office keeps among the inputs
// to those of the catalogue: they are facts of one office, not definitions.
func withOfficeOpenings(source catalogue.Source, folder string) (catalogue.Source, error) {
	const name = "openings"
	if _, err := os.Stat(filepath.Join(folder, openingsFile)); errors.Is(err, fs.ErrNotExist) {
		return source, nil
	}
	return source.Join(catalogue.FromFolder(os.DirFS(folder), officeFolder), name), nil
}

// selector reads --period.
func (a *app) selector(text string) (period.Selector, error) {
	sel, err := period.ParseSelector(text)
	if err != nil {
		return sel, &failure{code: exitUsage, key: "period", facts: []any{"period", text}, underlie: err}
	}
	return sel, nil
}

// instant reads --as-of; a date alone is the end of that day, and zero, which
// nothing stands for, is now.
func (a *app) instant(text string, zone *time.Location) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	if d, err := period.ParseDate(text); err == nil {
		return d.AddDays(1).At(0, 0, zone).Add(-time.Second), nil
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04"} {
		if t, err := time.ParseInLocation(layout, text, zone); err == nil {
			return t, nil
		}
	}
	return time.Time{}, &failure{code: exitUsage, key: "as_of", facts: []any{"time", text}}
}

// build tells this executable from others of the same version.
func build() string {
	path, err := os.Executable()
	if err != nil {
		return ""
	}
	info, err := os.Stat(path)
	if err != nil {
		return ""
	}
	return fmt.Sprintf("%d %d", info.Size(), info.ModTime().UnixNano())
}
