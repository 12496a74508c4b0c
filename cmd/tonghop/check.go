package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/text/unicode/norm"

	"tonghop/pipeline"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
	"tonghop/pipeline/report"
)

func (a *app) checkCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "check FILE…", Short: a.say.Say("cli.check"), Args: cobra.ArbitraryArgs}
	cmd.RunE = func(cmd *cobra.Command, files []string) error {
		if len(files) == 0 {
			return usage(a.say.Say("check.no_file"), " check")
		}
		p, err := a.pipeline()
		if err != nil {
			return err
		}
		var named []pipeline.Named
		for _, file := range files {
			if lockFile(file) { // a shell's * takes them in
				a.println("check.lock_file", "file", file)
				continue
			}
			n, err := a.named(p, file)
			if err != nil {
				return err
			}
			named = append(named, n)
		}
		checked, err := p.Check(cmd.Context(), named, a.now())
		if err != nil {
			return err
		}
		if a.json {
			if err := a.checkJSON(checked); err != nil {
				return err
			}
		} else {
			for _, c := range checked {
				a.told(c)
			}
			a.println("check.not_recorded")
		}
		for _, c := range checked {
			if count(c.Findings, finding.Error) > 0 {
				return silent(exitIncomplete)
			}
		}
		return nil
	}
	return cmd
}

// lockFile reports the file that Excel or LibreOffice leaves beside an open
// workbook.
func lockFile(path string) bool {
	base := filepath.Base(path)
	return strings.HasPrefix(base, "~$") || strings.HasPrefix(base, ".~lock.")
}

// named reads a file to check. Under the inputs it keeps its path there, for
// its folders are held against what it says.
func (a *app) named(p *pipeline.Pipeline, file string) (pipeline.Named, error) {
	info, err := os.Stat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return pipeline.Named{}, &failure{code: exitUsage, key: "no_file", facts: []any{"file", file}}
	case err != nil:
		return pipeline.Named{}, err
	case !info.Mode().IsRegular():
		return pipeline.Named{}, &failure{code: exitUsage, key: "no_file", facts: []any{"file", file}}
	case info.Size() > p.Limits.File:
		return pipeline.Named{}, &failure{code: exitUsage, key: "file_too_large", facts: []any{"file", file}}
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return pipeline.Named{}, err
	}
	hash := sha256.Sum256(data)
	return pipeline.Named{Path: withinInputs(p.Inputs, file), SHA256: hex.EncodeToString(hash[:]), Data: data}, nil
}

func withinInputs(inputs, file string) string {
	full, err1 := filepath.Abs(file)
	root, err2 := filepath.Abs(inputs)
	if err1 == nil && err2 == nil {
		if rel, err := filepath.Rel(root, full); err == nil && filepath.IsLocal(rel) {
			return norm.NFC.String(filepath.ToSlash(rel))
		}
	}
	return norm.NFC.String(filepath.Base(file))
}

// told prints what was found in one file: findings of one code under one
// title, most serious first.
func (a *app) told(c pipeline.CheckedFile) {
	if c.Unit != "" && !c.Period.IsZero() && c.Version > 0 {
		a.println("check.read_as", "file", c.Path, "unit", c.Unit, "period", period.Span{Kind: period.Monthly, From: c.Period, To: c.Period}, "version", c.Version)
	}
	errors, warnings := count(c.Findings, finding.Error), count(c.Findings, finding.Warning)
	if errors+warnings == 0 {
		a.println("check.clean", "file", c.Path)
	} else {
		a.println("check.found", "file", c.Path, "errors", errors, "warnings", warnings)
	}
	for _, severity := range []finding.Severity{finding.Error, finding.Warning, finding.Note} {
		for _, group := range groups(c.Findings, severity) {
			a.printf("\n[%s] %s (%s)\n", a.say.Severity(severity), group[0].Title, group[0].Code)
			if cells := cells(group); cells != "" {
				a.println("check.cells", "cells", cells)
			}
			for _, f := range group {
				a.printf("  - %s\n", strings.TrimSpace(f.Message))
				if f.Remedy != "" {
					a.printf("    → %s\n", f.Remedy)
				}
			}
		}
	}
	a.printf("\n")
}

// groups puts findings of one code together, in the order of their first.
func groups(all []report.Finding, severity finding.Severity) [][]report.Finding {
	var out [][]report.Finding
	at := map[finding.Code]int{}
	for _, f := range all {
		if f.Severity != severity {
			continue
		}
		i, ok := at[f.Code]
		if !ok {
			i = len(out)
			at[f.Code] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], f)
	}
	return out
}

func cells(group []report.Finding) string {
	var all []string
	for _, f := range group {
		if f.Cell != "" {
			all = append(all, f.Cell)
		}
	}
	return strings.Join(all, ", ")
}

func (a *app) checkJSON(checked []pipeline.CheckedFile) error {
	type place struct {
		Code       string `json:"code"`
		Severity   string `json:"severity"`
		Indicator  string `json:"indicator,omitempty"`
		Sheet      string `json:"sheet,omitempty"`
		Cell       string `json:"cell,omitempty"`
		Raw        string `json:"raw,omitempty"`
		Read       string `json:"read,omitempty"`
		Message    string `json:"message"`
		Suggestion string `json:"suggestion,omitempty"`
	}
	type file struct {
		File     string  `json:"file"`
		SHA256   string  `json:"sha256"`
		Unit     string  `json:"unit"`
		Period   string  `json:"period"`
		Findings []place `json:"findings"`
	}
	out := make([]file, len(checked))
	for i, c := range checked {
		out[i] = file{File: c.Path, SHA256: c.SHA256, Unit: c.UnitID, Period: c.Period.String(), Findings: []place{}}
		for _, f := range c.Findings {
			out[i].Findings = append(out[i].Findings, place{
				string(f.Code), fmt.Sprint(f.Severity), f.Indicator, f.Sheet, f.Cell, f.Raw, f.Read, f.Message, f.Remedy,
			})
		}
	}
	return a.printJSON(out)
}
