package main

import (
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tonghop/pipeline"
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/summary"
)

func (a *app) lettersCommand() *cobra.Command {
	var per, asOf, unit, out string
	var text bool
	cmd := &cobra.Command{Use: "letters [--period …] [--unit …] [--out …] [--text]", Short: a.say.Say("cli.letters"), Args: cobra.NoArgs}
	cmd.Flags().StringVar(&per, "period", "latest", a.say.Say("flag.period"))
	cmd.Flags().StringVar(&asOf, "as-of", "", a.say.Say("flag.as_of"))
	cmd.Flags().StringVar(&unit, "unit", "", a.say.Say("flag.unit"))
	cmd.Flags().StringVar(&out, "out", "", a.say.Say("flag.out"))
	cmd.Flags().BoolVar(&text, "text", false, a.say.Say("flag.text"))
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if text && out != "" {
			return usage(a.say.Say("letters.text_or_out"), " letters")
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
		var only *catalogue.Unit
		if unit != "" {
			if only, err = unitEver(p, sel, unit); err != nil {
				return err
			}
		}
		r, err := p.Reminders(cmd.Context(), only, sel, at)
		if err != nil {
			return err
		}
		var done pipeline.Letters
		if !text {
			if done, err = p.WriteLetters(r, out); err != nil {
				return err
			}
		}
		switch {
		case a.json:
			return a.printJSON(newLettersJSON(r, done))
		case text:
			a.messages(r)
		}
		a.letters(r, done, only)
		return nil
	}
	return cmd
}

// messages prints a text a unit to paste, under whom to send it to.
func (a *app) messages(r pipeline.Reminders) {
	for _, one := range r.Units {
		a.printf("[%s]\n%s\n\n", strings.Join(reached(one.Unit), " – "), one.Text)
	}
}

// reached is a unit with how it is reached, as far as the catalogue says.
func reached(u *catalogue.Unit) []string {
	all := []string{u.ID, u.Title()}
	for _, way := range []string{u.Contact, u.Phone, u.Email} {
		if way != "" {
			all = append(all, way)
		}
	}
	return all
}

// letters says what was written, and about whom nothing was, and why.
func (a *app) letters(r pipeline.Reminders, done pipeline.Letters, only *catalogue.Unit) {
	switch {
	case len(done.Files) > 0:
		a.println("letters.made", "n", len(r.Units), "period", r.Period, "reply", r.Reply)
		a.printf("  %s\n", done.Files[len(done.Files)-1])
		if r.WeekendsOnly {
			a.println("letters.weekends", "year", r.Reply.Format("2006"))
		}
	case len(r.Units) > 0: // told as messages
	case only != nil:
		a.println("letters.none_to", "unit", only.Title(), "period", r.Period)
	default:
		a.println("letters.none", "period", r.Period)
	}
	if r.Signed && len(r.Units) > 0 {
		a.println("letters.signed", "period", r.Period)
	}
	for _, why := range []struct {
		key string
		is  func(summary.Owed) bool
	}{
		{"letters.left.not_due", func(o summary.Owed) bool { return o.Settled == "" && o.Unit.Reminded() }},
		{"letters.left.unnamed", func(o summary.Owed) bool { return o.Settled == "" && !o.Unit.Named() }},
		{"letters.left.office", func(o summary.Owed) bool { return o.Settled == "" && o.Unit.Kind == catalogue.CityOffice }},
		{"letters.left.closed", func(o summary.Owed) bool { return o.Settled == summary.SettledClosed }},
		{"letters.left.ended", func(o summary.Owed) bool { return o.Settled == summary.SettledEnded }},
	} {
		var names []string
		for _, o := range r.LeftOut {
			if name := o.Unit.Title(); why.is(o) && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		if len(names) > 0 {
			a.println(why.key, "n", len(names), "units", strings.Join(names, ", "))
		}
	}
	if n := len(done.Removed); n > 0 {
		a.println("letters.removed", "n", n)
	}
}

type lettersJSON struct {
	Period  string       `json:"period"`
	Signed  bool         `json:"signed"`
	Reply   string       `json:"reply"`
	Letters []letterJSON `json:"letters"`
	Files   []string     `json:"files"`
	Removed []string     `json:"removed"`
}

type letterJSON struct {
	Unit    string     `json:"unit"`
	Name    string     `json:"name"`
	Contact string     `json:"contact,omitempty"`
	Phone   string     `json:"phone,omitempty"`
	Email   string     `json:"email,omitempty"`
	Owes    []owesJSON `json:"owes"`
	Text    string     `json:"text"`
}

func newLettersJSON(r pipeline.Reminders, done pipeline.Letters) lettersJSON {
	out := lettersJSON{
		Period: r.Period.String(), Signed: r.Signed, Reply: r.Reply.Format(time.RFC3339), Letters: []letterJSON{},
		Files: append([]string{}, done.Files...), Removed: append([]string{}, done.Removed...),
	}
	for _, one := range r.Units {
		u := one.Unit
		l := letterJSON{Unit: u.ID, Name: u.Title(), Contact: u.Contact, Phone: u.Phone, Email: u.Email, Text: one.Text}
		for _, o := range one.Owed {
			l.Owes = append(l.Owes, newOwesJSON(o))
		}
		out.Letters = append(out.Letters, l)
	}
	return out
}
