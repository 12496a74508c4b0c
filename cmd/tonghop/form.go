package main

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"tonghop/pipeline"
	"tonghop/pipeline/atomicfile"
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/naming"
	"tonghop/pipeline/period"
	"tonghop/pipeline/vietnamese"
)

func (a *app) formCommand() *cobra.Command {
	var per, unit, out string
	cmd := &cobra.Command{Use: "form --period 2025-07 [--unit …] [--closing] [--out …]", Short: a.say.Say("cli.form"), Args: cobra.NoArgs}
	cmd.Flags().StringVar(&per, "period", "", a.say.Say("flag.period"))
	cmd.Flags().StringVar(&unit, "unit", "", a.say.Say("flag.unit"))
	cmd.Flags().StringVar(&out, "out", "", a.say.Say("flag.out"))
	closing := cmd.Flags().Bool("closing", false, a.say.Say("flag.closing"))
	office := cmd.Flags().Bool("office", false, a.say.Say("flag.office"))
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if *office {
			return a.officeForm(cmd.Context(), per, out)
		}
		sel, err := a.selector(per)
		if err != nil || sel.Kind != period.Fixed || sel.Span.Kind != period.Monthly {
			return &failure{code: exitUsage, key: "form_period", facts: []any{"period", per}}
		}
		p, err := a.pipeline()
		if err != nil {
			return err
		}
		month := sel.Span.To
		units, err := unitsNamed(p, unit, month, *closing)
		if err != nil {
			return err
		}
		if out == "" {
			out = filepath.Join(p.Outputs, "bieu-mau", month.String())
		} else if err := p.MayWrite(out); err != nil {
			return err
		}
		forms, err := p.Forms(cmd.Context(), month, units, a.now())
		if err != nil {
			return err
		}
		if err := atomicfile.MakeFolder(out); err != nil {
			return err
		}
		made := 0
		for _, f := range forms {
			path := filepath.Join(out, f.Name)
			err := atomicfile.WriteNew(path, f.Data, 0o644)
			switch {
			case errors.Is(err, fs.ErrExist): // somebody may be filling it in
				a.println("init.kept", "file", path)
			case err != nil:
				return err
			default:
				made++
			}
		}
		if made == 0 {
			a.println("form.none_made", "folder", out)
			return nil
		}
		a.println("form.made", "n", made, "folder", out)
		return nil
	}
	return cmd
}

// unitsNamed are the units expected in a month, or those of them that owe a
// closing report, or the one among them that --unit names by id, code or name.
func unitsNamed(p *pipeline.Pipeline, name string, month period.Month, closing bool) ([]*catalogue.Unit, error) {
	units, none := p.Catalogue.ExpectedUnits(month, p.Timetable.Scheme), "no_units"
	if closing {
		units, none = p.Catalogue.Closing(month, p.Timetable.Scheme), "no_closing"
	}
	if len(units) == 0 {
		return nil, &failure{code: exitUsage, key: none, facts: []any{"period", month, "bridge", string(p.Catalogue.Bridge)}}
	}
	if name == "" {
		return units, nil
	}
	one, err := unitNamed(units, name)
	if err != nil {
		return nil, err
	}
	return []*catalogue.Unit{one}, nil
}

// unitNamed finds a unit by id, else by code or as its own reports may name it.
func unitNamed(units []*catalogue.Unit, name string) (*catalogue.Unit, error) {
	for _, u := range units {
		if strings.EqualFold(u.ID, name) {
			return u, nil
		}
	}
	answer := naming.Among(units).Find(name)
	if len(answer.Units) == 1 {
		return answer.Units[0], nil
	}
	var near []string
	for _, u := range append(answer.Units, answer.Near...) {
		near = append(near, u.Title())
	}
	if folded := vietnamese.Fold(name); len(near) == 0 && folded != "" {
		for _, u := range units {
			if strings.Contains(vietnamese.Fold(u.Title()), folded) {
				near = append(near, u.Title())
			}
		}
	}
	return nil, &failure{code: exitUsage, key: "unit", facts: []any{"unit", name, "suggestion", strings.Join(near, ", ")}}
}
