package main

import (
	"strconv"

	"github.com/spf13/cobra"

	"tonghop/pipeline"
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/period"
)

func (a *app) reportCommand() *cobra.Command {
	var per, asOf, unit, out string
	var all bool
	cmd := &cobra.Command{Use: "report --unit …|--all-units [--period …] [--out …]", Short: a.say.Say("cli.report"), Args: cobra.NoArgs}
	cmd.Flags().StringVar(&unit, "unit", "", a.say.Say("flag.unit_named"))
	cmd.Flags().BoolVar(&all, "all-units", false, a.say.Say("flag.all_units"))
	cmd.Flags().StringVar(&per, "period", "latest", a.say.Say("flag.period"))
	cmd.Flags().StringVar(&asOf, "as-of", "", a.say.Say("flag.as_of"))
	cmd.Flags().StringVar(&out, "out", "", a.say.Say("flag.out"))
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if all == (unit != "") {
			return usage(a.say.Say("report.which_units"), " report")
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
		var one *catalogue.Unit
		if !all {
			if one, err = unitEver(p, sel, unit); err != nil {
				return err
			}
		}
		defer a.watch(p)()
		sheets, err := p.UnitSheets(cmd.Context(), one, sel, at, out)
		if err != nil {
			return err
		}
		if a.json {
			return a.printJSON(newSheetsJSON(sheets))
		}
		st := sheets.Standing
		key := "unitsheet.made_unpublished"
		if st.Same {
			key = "unitsheet.made"
		}
		a.println(key, "n", len(sheets.Units), "period", sheets.Period, "revision", strconv.Itoa(st.Revision))
		a.printf("  %s\n", sheets.Path)
		return nil
	}
	return cmd
}

// unitEver finds a unit among those of a period or, where none there is called so,
// among all there ever were: that it does not report is told by its name.
func unitEver(p *pipeline.Pipeline, sel period.Selector, name string) (*catalogue.Unit, error) {
	one, err := unitNamed(unitsIn(p, sel), name)
	if err == nil {
		return one, nil
	}
	if other, none := unitNamed(p.Catalogue.Units, name); none == nil {
		return other, nil
	}
	return nil, err
}

// sheetsJSON is the same for a script.
type sheetsJSON struct {
	Period string   `json:"period"`
	Units  []string `json:"units"`
	// Revision is the one whose figures the sheets have; 0 where they are not
	// published.
	Revision int    `json:"revision"`
	Signed   bool   `json:"signed"`
	File     string `json:"file"`
}

func newSheetsJSON(s pipeline.UnitSheets) sheetsJSON {
	out := sheetsJSON{Period: s.Period.String(), File: s.Path}
	if s.Standing.Same {
		out.Revision, out.Signed = s.Standing.Revision, s.Standing.Signed
	}
	for _, u := range s.Units {
		out.Units = append(out.Units, u.ID)
	}
	return out
}
