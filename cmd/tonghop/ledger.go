package main

import (
	"errors"
	"io/fs"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"tonghop/cmd/tonghop/settings"
	"tonghop/pipeline"
	"tonghop/pipeline/ledger"
	"tonghop/pipeline/period"
)

func (a *app) ledgerCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "ledger", Short: a.say.Say("cli.ledger"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	check := &cobra.Command{Use: "check", Short: a.say.Say("cli.ledger.check"), Args: cobra.NoArgs}
	check.RunE = func(cmd *cobra.Command, _ []string) error {
		p, err := a.keeper()
		if err != nil {
			return err
		}
		found, err := p.CheckLedger(cmd.Context())
		if err != nil {
			return err
		}
		if a.json {
			if err := a.printJSON(examinationOut(found, "")); err != nil {
				return err
			}
			return verdictOn(found)
		}
		return a.examined(found)
	}
	rebuild := &cobra.Command{Use: "rebuild", Short: a.say.Say("cli.ledger.rebuild"), Args: cobra.NoArgs}
	rebuild.RunE = func(cmd *cobra.Command, _ []string) error {
		p, err := a.keeper()
		if err != nil {
			return err
		}
		out, err := p.RebuildLedger(cmd.Context())
		if err != nil {
			return err
		}
		if a.json {
			if err := a.printJSON(examinationOut(out.Found, out.SetAside)); err != nil {
				return err
			}
			return verdictOn(out.Found)
		}
		a.println("ledger.rebuilt", "lines", out.Found.Lines)
		if out.SetAside != "" {
			a.println("ledger.set_aside", "file", out.SetAside)
		}
		if out.Adopted > 0 {
			a.println("ledger.adopted", "n", out.Adopted)
		}
		return a.examined(out.Found)
	}
	export := &cobra.Command{Use: "export DIR", Short: a.say.Say("cli.ledger.export"), Args: cobra.ExactArgs(1)}
	export.RunE = func(cmd *cobra.Command, args []string) error {
		p, err := a.keeper()
		if err != nil {
			return err
		}
		written, err := p.ExportLedger(cmd.Context(), args[0])
		if errors.Is(err, fs.ErrExist) {
			return &failure{code: exitUsage, key: "folder_used", facts: []any{"folder", args[0]}, underlie: err}
		}
		if err != nil {
			return err
		}
		if a.json {
			return a.printJSON(written)
		}
		a.println("ledger.exported")
		for _, path := range written {
			a.printf("  %s\n", path)
		}
		return nil
	}
	backup := &cobra.Command{Use: "backup DIR", Short: a.say.Say("cli.ledger.backup"), Args: cobra.ExactArgs(1)}
	backup.RunE = func(cmd *cobra.Command, args []string) error {
		p, err := a.keeper()
		if err != nil {
			return err
		}
		folder, found, err := p.BackUpLedger(cmd.Context(), args[0])
		if err != nil {
			return err
		}
		if a.json {
			if err := a.printJSON(examinationOut(found, folder)); err != nil {
				return err
			}
			return verdictOn(found)
		}
		a.println("ledger.backed_up", "folder", folder)
		return a.examined(found)
	}
	cmd.AddCommand(check, rebuild, export, backup)
	return cmd
}

// keeper wires what looking after the state needs. The definitions are not among
// it: a state can be saved while they are being mended.
func (a *app) keeper() (*pipeline.Pipeline, error) {
	s, timetable, err := a.loadSettings()
	if err != nil {
		return nil, err
	}
	a.state, a.zone = s.State, timetable.Zone
	return a.keeping(s, timetable), nil
}

func (a *app) keeping(s settings.Settings, timetable period.Timetable) *pipeline.Pipeline {
	return &pipeline.Pipeline{
		Outputs: s.Outputs, State: s.State, Timetable: timetable, LockWait: lockWait,
		Phrases: a.say, Program: version, Now: a.now,
	}
}

// examined prints the counts, then each fault with its remedy.
func (a *app) examined(x *ledger.Examination) error {
	t := newTable()
	t.AppendHeader(table.Row{a.say.Say("column.part"), a.say.Say("column.number"), a.say.Say("column.result")})
	for _, part := range []struct {
		key    string
		n      int
		faults []ledger.Fault
	}{
		{"ledger.part.database", x.Received + x.Decisions + x.Imports + x.Dues + x.Publications, []ledger.Fault{ledger.DatabaseDamaged}},
		{"ledger.part.journal", x.Lines, []ledger.Fault{ledger.JournalMissing, ledger.JournalBroken, ledger.JournalBehind, ledger.JournalDiffers}},
		{"ledger.part.received", x.Received, nil},
		{"ledger.part.originals", x.Originals, []ledger.Fault{ledger.OriginalMissing, ledger.OriginalDamaged}},
		{"ledger.part.decisions", x.Decisions, nil},
		{"ledger.part.imports", x.Imports, nil},
		{"ledger.part.dues", x.Dues, nil},
		{"ledger.part.publications", x.Publications, []ledger.Fault{ledger.RevisionMissing, ledger.RevisionDamaged, ledger.RevisionReplaced}},
	} {
		t.AppendRow(table.Row{a.say.Say(part.key), part.n, a.result(x, part.faults)})
	}
	a.printf("%s\n", t.Render())
	if x.Pending > 0 || x.Torn > 0 {
		a.println("ledger.pending")
	}
	for _, p := range x.Problems {
		a.println("ledger.fault."+string(p.Fault), "name", p.Name, "detail", p.Detail)
	}
	told := map[ledger.Fault]bool{}
	for _, p := range x.Problems {
		if !told[p.Fault] {
			told[p.Fault] = true
			a.println("ledger.remedy." + string(p.Fault))
		}
	}
	return verdictOn(x)
}

// result says how a part stands; a part that a damaged database hides was not
// looked at.
func (a *app) result(x *ledger.Examination, faults []ledger.Fault) string {
	n, hidden := 0, false
	for _, p := range x.Problems {
		hidden = hidden || p.Fault == ledger.DatabaseDamaged
		for _, f := range faults {
			if p.Fault == f {
				n++
			}
		}
	}
	switch {
	case n > 0:
		return a.say.Say("ledger.faults", "n", n)
	case hidden:
		return a.say.Say("ledger.not_checked")
	}
	return a.say.Say("ledger.sound")
}

func verdictOn(x *ledger.Examination) error {
	if len(x.Problems) > 0 {
		return silent(exitFailure)
	}
	return nil
}

type examinationJSON struct {
	Folder       string        `json:"folder,omitempty"` // of a backup, or the ledger set aside
	Received     int           `json:"received"`
	Withdrawn    int           `json:"withdrawn"`
	Decisions    int           `json:"decisions"`
	Imports      int           `json:"imports"`
	Dues         int           `json:"dues"`
	Publications int           `json:"publications"`
	Originals    int           `json:"originals"`
	JournalLines int           `json:"journal_lines"`
	Pending      int           `json:"pending"`
	Problems     []problemJSON `json:"problems"`
}

type problemJSON struct {
	Fault  string `json:"fault"`
	Name   string `json:"name"`
	Detail string `json:"detail,omitempty"`
}

func examinationOut(x *ledger.Examination, folder string) examinationJSON {
	out := examinationJSON{
		folder, x.Received, x.Withdrawn, x.Decisions, x.Imports, x.Dues, x.Publications, x.Originals, x.Lines, x.Pending, []problemJSON{},
	}
	for _, p := range x.Problems {
		out.Problems = append(out.Problems, problemJSON{string(p.Fault), p.Name, p.Detail})
	}
	return out
}
