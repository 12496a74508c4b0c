package main

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"tonghop/pipeline"
	"tonghop/pipeline/atomicfile"
	"tonghop/pipeline/form"
	"tonghop/pipeline/imported"
	"tonghop/pipeline/period"
)

func (a *app) importCommand() *cobra.Command {
	var by, withdraw, template string
	var list bool
	cmd := &cobra.Command{Use: "import-history FILE", Short: a.say.Say("cli.import"), Args: cobra.ArbitraryArgs}
	cmd.Flags().StringVar(&by, "by", "", a.say.Say("flag.import_by"))
	cmd.Flags().BoolVar(&list, "list", false, a.say.Say("flag.import_list"))
	cmd.Flags().StringVar(&withdraw, "withdraw", "", a.say.Say("flag.import_withdraw"))
	cmd.Flags().StringVar(&template, "template", "", a.say.Say("flag.import_template"))
	cmd.RunE = func(cmd *cobra.Command, files []string) error {
		wanted := len(files)
		for _, given := range []bool{list, withdraw != "", template != ""} {
			if given {
				wanted++
			}
		}
		if wanted != 1 {
			return usage(a.say.Say("import.one_thing"), " import-history")
		}
		p, err := a.pipeline()
		if err != nil {
			return err
		}
		switch {
		case list:
			return a.listImports(cmd, p)
		case withdraw != "":
			return a.withdrawImport(cmd, p, withdraw, by)
		case template != "":
			return a.importTemplate(p, template)
		}
		return a.importHistory(cmd, p, files[0], by)
	}
	return cmd
}

func (a *app) importHistory(cmd *cobra.Command, p *pipeline.Pipeline, file, by string) error {
	named, err := a.named(p, file)
	if err != nil {
		return err
	}
	named.Path = filepath.Base(named.Path)
	done, err := p.ImportHistory(cmd.Context(), named, by)
	if err != nil {
		return err
	}
	if a.json {
		err = a.importJSON(done)
	} else {
		a.importTold(p, done)
	}
	if err == nil && done.Errors() > 0 {
		return silent(exitIncomplete)
	}
	return err
}

// importTold says what became of the table: every point, then the figures.
func (a *app) importTold(p *pipeline.Pipeline, done pipeline.Import) {
	if !done.Since.IsZero() {
		a.println("import.already", "file", done.Name, "hash", imported.ShortHash(done.SHA256), "at", done.Since.In(p.Timetable.Zone))
		return
	}
	if len(done.Findings) > 0 {
		a.told(pipeline.CheckedFile{Named: pipeline.Named{Path: done.Name}, Findings: done.Findings})
	}
	if len(done.Sheets) > 0 {
		a.println("import.sheets", "read", strings.Join(done.Sheets, ", "), "skipped", strings.Join(done.Skipped, ", "))
	}
	if !done.Recorded {
		a.println("import.refused", "file", done.Name)
		return
	}
	a.println("import.done", "file", done.Name, "hash", imported.ShortHash(done.SHA256), "n", done.Figures,
		"units", done.Units, "from", done.From, "to", done.To)
	if done.NotUsed > 0 {
		a.println("import.not_used", "n", done.NotUsed)
	}
	a.println("import.next", "hash", imported.ShortHash(done.SHA256))
}

func (a *app) importJSON(done pipeline.Import) error {
	type point struct {
		Code      string `json:"code"`
		Severity  string `json:"severity"`
		Unit      string `json:"unit,omitempty"`
		Period    string `json:"period,omitempty"`
		Indicator string `json:"indicator,omitempty"`
		Sheet     string `json:"sheet,omitempty"`
		Cell      string `json:"cell,omitempty"`
		Raw       string `json:"raw,omitempty"`
		Message   string `json:"message"`
		Remedy    string `json:"suggestion,omitempty"`
	}
	out := struct {
		File     string  `json:"file"`
		SHA256   string  `json:"sha256"`
		Recorded bool    `json:"recorded"`
		Already  bool    `json:"already"`
		Figures  int     `json:"figures"`
		Units    int     `json:"units"`
		From     string  `json:"from,omitempty"`
		To       string  `json:"to,omitempty"`
		NotUsed  int     `json:"not_used"`
		Findings []point `json:"findings"`
	}{
		done.Name, done.SHA256, done.Recorded, !done.Since.IsZero(), done.Figures, done.Units,
		done.From.String(), done.To.String(), done.NotUsed, []point{},
	}
	for _, f := range done.Findings {
		out.Findings = append(out.Findings, point{
			string(f.Code), f.Severity.String(), f.Unit, f.Period.String(), f.Indicator, f.Sheet, f.Cell, f.Raw, f.Message, f.Remedy,
		})
	}
	return a.printJSON(out)
}

func (a *app) listImports(cmd *cobra.Command, p *pipeline.Pipeline) error {
	all, err := p.Imports(cmd.Context())
	if err != nil {
		return err
	}
	if a.json {
		return a.printJSON(all)
	}
	if len(all) == 0 {
		a.println("import.none")
		return nil
	}
	t := newTable()
	t.AppendHeader(table.Row{a.say.Say("column.file"), a.say.Say("column.sha256"), a.say.Say("column.imported"), a.say.Say("column.status")})
	for _, one := range all {
		state := a.say.Say("import.stands")
		if !one.Withdrawn.IsZero() {
			state = a.say.Say("import.withdrawn", "at", one.Withdrawn.In(p.Timetable.Zone), "by", one.WithdrawnBy)
		}
		when := a.say.Say("import.when", "at", one.At.In(p.Timetable.Zone), "by", one.By)
		t.AppendRow(table.Row{one.Name, imported.ShortHash(one.SHA256), when, state})
	}
	a.printf("%s\n", t.Render())
	return nil
}

func (a *app) withdrawImport(cmd *cobra.Command, p *pipeline.Pipeline, hash, by string) error {
	taken, err := p.WithdrawImport(cmd.Context(), hash, by)
	if err != nil {
		return err
	}
	if a.json {
		return a.printJSON(taken)
	}
	a.println("import.taken_back", "file", taken.Name, "hash", imported.ShortHash(taken.SHA256))
	return nil
}

// importTemplate makes an empty table to fill in. A file that is there already
// may hold work and is left alone.
func (a *app) importTemplate(p *pipeline.Pipeline, path string) error {
	month := p.Timetable.Scheme.NewestClosed(period.DateIn(a.now(), p.Timetable.Zone))
	data, err := form.PastFigures(form.PastFiguresInput{
		Catalogue: p.Catalogue, Created: p.Timetable.Window(month).From.At(0, 0, p.Timetable.Zone),
	})
	if err != nil {
		return err
	}
	if !strings.EqualFold(filepath.Ext(path), ".xlsx") {
		path += ".xlsx"
	}
	err = atomicfile.WriteNew(path, data, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return &failure{code: exitUsage, key: "template_exists", facts: []any{"file", path}, underlie: err}
	}
	if err != nil {
		return err
	}
	a.println("import.template_made", "file", path)
	return nil
}
