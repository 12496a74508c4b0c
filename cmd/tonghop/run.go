package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tonghop/pipeline"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/intake"
	"tonghop/pipeline/period"
	"tonghop/pipeline/report"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
)

func (a *app) runCommand() *cobra.Command {
	var per, asOf string
	var strict, stale, due bool
	cmd := &cobra.Command{Use: "run", Short: a.say.Say("cli.run"), Args: cobra.NoArgs}
	cmd.Flags().StringVar(&per, "period", "latest", a.say.Say("flag.period"))
	cmd.Flags().StringVar(&asOf, "as-of", "", a.say.Say("flag.as_of"))
	cmd.Flags().BoolVar(&stale, "stale", false, a.say.Say("flag.stale"))
	cmd.Flags().BoolVar(&due, "due", false, a.say.Say("flag.due"))
	cmd.Flags().BoolVar(&strict, "strict", false, a.say.Say("flag.strict"))
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if due {
			return a.runDueCommand(cmd, strict)
		}
		sel, err := a.selector(per)
		if err != nil {
			return err
		}
		p, err := a.pipeline()
		if err != nil {
			return err
		}
		at, err := a.instant(asOf, p.Timetable.Zone)
		if err != nil {
			return err
		}
		defer a.watch(p)()
		if stale {
			if cmd.Flags().Changed("period") {
				return &failure{code: exitUsage, key: "stale_period"}
			}
			return a.runStale(cmd.Context(), p, at, strict)
		}
		return a.runOnce(cmd.Context(), p, sel, at, strict)
	}
	return cmd
}

// runOnce runs and tells what came of it, unless the last run told it already.
func (a *app) runOnce(ctx context.Context, p *pipeline.Pipeline, sel period.Selector, at time.Time, strict bool) error {
	rerun := p.Rerun(sel, at, fmt.Sprintf("json %t, strict %t", a.json, strict))
	if told, ok := rerun.Told(ctx); ok {
		_, err := a.out.Write(told)
		return err
	}
	out, err := p.Run(ctx, sel, at)
	var unanswered *pipeline.UnansweredError
	if err != nil && !errors.As(err, &unanswered) {
		a.unusableFiles(out.Findings)
		return err
	}
	var told bytes.Buffer
	teller := *a
	teller.out = io.MultiWriter(a.out, &told)
	if telling := teller.outcome(out); telling != nil {
		return cmp.Or(telling, err)
	}
	if err == nil && strict && incomplete(out) {
		return silent(exitIncomplete)
	}
	if err == nil {
		rerun.Keep(ctx, out, told.Bytes())
	}
	return err
}

// outcome tells what a run did, to a person or a script.
func (a *app) outcome(out pipeline.Outcome) error {
	if a.json {
		return a.printJSON(newAccountJSON(out))
	}
	a.account(out)
	return nil
}

// unusableFiles tells what is wrong with the files when nothing could be
// published: "no report" would be no help to who has just copied one there.
func (a *app) unusableFiles(findings []report.Finding) {
	for _, f := range findings {
		if f.Severity == finding.Error {
			a.complain(f.File + ": " + f.Message + " " + f.Remedy)
		}
	}
}

// incomplete reports whether a unit is missing or a figure was refused.
func incomplete(out pipeline.Outcome) bool {
	for _, r := range out.Summary.Submissions {
		switch r.Status {
		case submission.Missing, submission.Unusable, submission.NeedsCorrection:
			return true
		}
	}
	return false
}

// account is what an officer reads on the screen after a run.
func (a *app) account(out pipeline.Outcome) {
	s := out.Summary
	a.println("run.period", "period", out.Period, "window", s.Window)
	key := "run.units"
	if s.Period.Kind != period.Monthly {
		key = "run.reports"
	}
	a.println(key, "expected", s.Counts.Expected, "received", s.Counts.Received, "usable", s.Counts.Usable, "on_time", s.Counts.OnTime)
	a.units("run.missing", s, submission.Missing)
	a.units("run.imported", s, submission.Imported)
	a.println("run.files", "n", len(out.Files), "dispositions", a.dispositions(out.Files))
	open := report.Outstanding(out.Findings, out.Files)
	a.println("run.findings", "errors", count(open, finding.Error), "warnings", count(open, finding.Warning), "notes", count(open, finding.Note))
	if verdicts := a.verdicts(s); verdicts != "" {
		a.println("run.verdicts", "verdicts", verdicts)
	}
	revision := fmt.Sprint(out.Revision.Manifest.Revision)
	switch {
	case out.Seal != nil:
		a.sealNote(out.Seal)
	case out.Unchanged:
		a.println("run.unchanged", "revision", revision)
	default:
		a.println("run.published", "revision", revision)
	}
	for _, path := range published(out) {
		a.printf("  %s\n", path)
	}
	if among := out.Feedback.Files - out.Feedback.Beside; among > 0 {
		if out.Period.Kind == period.Monthly {
			a.println("run.feedback", "folder", out.Feedback.Folder, "n", among)
		} else {
			a.println("run.feedback_months", "n", among)
		}
	}
	if beside := out.Feedback.Beside; beside > 0 {
		a.println("run.feedback_beside", "folder", intake.ReturnFolder, "n", beside)
	}
	a.listed(out.Feedback.Listed)
	for _, d := range out.Delayed {
		a.println("run.top_delayed", "file", d.Path, "revision", out.Revision.Dir)
	}
	for _, dir := range out.Adopted {
		a.println("run.adopted", "folder", dir)
	}
	for _, dir := range out.SetAside {
		a.println("run.set_aside", "folder", dir)
	}
	for _, s := range out.Signed {
		a.signed(s)
	}
	if stale := names(out.OutOfDate); len(stale) > 0 {
		a.println("run.out_of_date", "periods", strings.Join(stale, ", "))
	}
}

// mostUnits is how many units one line names.
const mostUnits = 15

// units names those whose reports have a status, the first of them where there are
// many.
func (a *app) units(key string, s *summary.Summary, status submission.Status) {
	all := s.ReportsOf(status)
	more := len(all.Units) - mostUnits
	all.Units = all.Units[:min(len(all.Units), mostUnits)]
	_, names := a.say.Reports(all, s.Period)
	switch {
	case names == "":
		return
	case more > 0:
		names = a.say.Say("run.and_more", "units", names, "n", more)
	}
	a.println(key, "units", names)
}

// mostListed is how many files one line names.
const mostListed = 5

// listed tells which files could not be annotated, in one line for all that
// failed alike: one program may have saved the workbooks of a whole city.
func (a *app) listed(all []pipeline.Listed) {
	var reasons []string
	files := map[string][]string{}
	for _, l := range all {
		reason := l.Reason.Error()
		if len(files[reason]) == 0 {
			reasons = append(reasons, reason)
		}
		files[reason] = append(files[reason], l.File)
	}
	for _, reason := range reasons {
		named := files[reason]
		more := len(named) - mostListed
		if more > 0 {
			named = named[:mostListed]
		}
		facts := []any{"n", len(files[reason]), "files", strings.Join(named, ", "), "detail", reason}
		if more > 0 {
			facts = append(facts, "more", more)
		}
		a.println("run.listed", facts...)
	}
}

// published are the files at the top of the period's folder.
func published(out pipeline.Outcome) []string {
	top := filepath.Dir(filepath.Dir(out.Revision.Dir))
	var paths []string
	for _, f := range out.Revision.Manifest.Files {
		paths = append(paths, filepath.Join(top, f.Name))
	}
	return append(paths, filepath.Join(top, "manifest.json"))
}

func (a *app) dispositions(files []submission.File) string {
	var parts []string
	for _, d := range submission.Dispositions {
		n := 0
		for _, f := range files {
			if f.Disposition == d {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, a.say.Say("run.file_count", "n", n, "disposition", a.say.Disposition(d)))
		}
	}
	return strings.Join(parts, "; ")
}

func (a *app) verdicts(s *summary.Summary) string {
	tally := map[summary.Verdict]int{}
	for i := range s.Figures {
		if f := &s.Figures[i]; f.IsCity() && f.Judgment != nil && f.Judgment.Target.Headline {
			tally[f.Judgment.Verdict]++
		}
	}
	var parts []string
	for _, v := range summary.Verdicts {
		if tally[v] > 0 {
			parts = append(parts, a.say.Say("run.verdict_count", "n", tally[v], "verdict", a.say.Verdict(v)))
		}
	}
	return strings.Join(parts, "; ")
}

func count(all []report.Finding, severity finding.Severity) int {
	n := 0
	for _, f := range all {
		if f.Severity == severity {
			n++
		}
	}
	return n
}

// accountJSON is the same account for a script; the figures themselves are in
// figures.json.
type accountJSON struct {
	Period    string       `json:"period"`
	Revision  int          `json:"revision"`
	Unchanged bool         `json:"unchanged"`
	AsOf      string       `json:"as_of"`
	Expected  int          `json:"expected"`
	Received  int          `json:"received"`
	Usable    int          `json:"usable"`
	OnTime    int          `json:"on_time"`
	Errors    int          `json:"errors"`
	Warnings  int          `json:"warnings"`
	Files     []string     `json:"files"`
	Feedback  string       `json:"feedback"`
	Listed    []listedJSON `json:"listed"`
	// Unanswered are the files whose answers could not be written.
	Unanswered []listedJSON `json:"unanswered"`
	Delayed    int          `json:"delayed"`
	Signed     bool         `json:"signed"`
	OutOfDate  []string     `json:"out_of_date"`
}

// listedJSON is a file whose unit gets the list alone or nothing, and why in the
// program's own words.
type listedJSON struct {
	File   string `json:"file"`
	Detail string `json:"detail"`
}

func newAccountJSON(out pipeline.Outcome) accountJSON {
	listed := make([]listedJSON, len(out.Feedback.Listed))
	for i, l := range out.Feedback.Listed {
		listed[i] = listedJSON{l.File, l.Reason.Error()}
	}
	unanswered := make([]listedJSON, len(out.Feedback.Failed))
	for i, f := range out.Feedback.Failed {
		unanswered[i] = listedJSON{f.File, f.Err.Error()}
	}
	c, open := out.Summary.Counts, report.Outstanding(out.Findings, out.Files)
	return accountJSON{
		out.Period.String(), out.Revision.Manifest.Revision, out.Unchanged,
		out.Revision.Manifest.AsOf.Format(time.RFC3339),
		c.Expected, c.Received, c.Usable, c.OnTime,
		count(open, finding.Error), count(open, finding.Warning),
		published(out), out.Feedback.Folder, listed, unanswered, len(out.Delayed), out.Seal != nil, names(out.OutOfDate),
	}
}

func (a *app) printJSON(v any) error {
	e := json.NewEncoder(a.out)
	e.SetIndent("", " ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
