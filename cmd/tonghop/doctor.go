package main

import (
	"context"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/spf13/cobra"

	"tonghop/cmd/tonghop/settings"
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/period"
)

// checks are what doctor looks at, in this order. Each gives one result; what it
// needs and could not be read is told by the check that it belongs to.
var checks = []struct {
	name string
	look func(*doctor, context.Context) result
	// definitions says that what fails here is for the office to mend.
	definitions bool
}{
	{name: "settings", look: (*doctor).checkSettings, definitions: true},
	{name: "inputs", look: (*doctor).checkInputs},
	{name: "outputs", look: (*doctor).checkOutputs},
	{name: "state", look: (*doctor).checkState},
	{name: "disk", look: (*doctor).checkDisk},
	{name: "backup", look: (*doctor).checkBackup},
	{name: "space", look: (*doctor).checkSpace},
	{name: "log", look: (*doctor).checkLog},
	{name: "clock", look: (*doctor).checkClock},
	{name: "lock", look: (*doctor).checkLock},
	{name: "service", look: (*doctor).checkService},
	{name: "ledger", look: (*doctor).checkLedger},
	{name: "catalogue", look: (*doctor).checkCatalogue, definitions: true},
	{name: "calendar", look: (*doctor).checkCalendar},
	{name: "schedule", look: (*doctor).checkSchedule},
	{name: "wording", look: (*doctor).checkWording, definitions: true},
	{name: "font", look: (*doctor).checkFont},
	{name: "listen", look: (*doctor).checkListen},
	{name: "mail", look: (*doctor).checkMail},
	{name: "copies", look: (*doctor).checkCopies},
	{name: "command", look: (*doctor).checkCommand},
}

// standing is how a check ended.
type standing string

// The standings.
const (
	standsOK        standing = "ok"
	standsWarning   standing = "warning"
	standsFailed    standing = "failed"
	standsUnchecked standing = "not_checked"
)

// result is what a check found: the key of its sentence, "doctor." before it, and
// that of its remedy, "doctor.remedy.".
type result struct {
	standing standing
	key      string
	facts    []any
	details  []string
	cause    error // worded as elsewhere, in the place of a key
}

func found(s standing, key string, facts ...any) result {
	return result{standing: s, key: key, facts: facts}
}

// broken is a check that an error ended.
func broken(err error) result { return result{standing: standsFailed, cause: err} }

// skipped is a check whose settings are not known.
var skipped = found(standsUnchecked, "no_settings")

// doctor is what the checks look at.
type doctor struct {
	*app
	settings    settings.Settings // zero where they cannot be read at all
	timetable   period.Timetable
	settingsErr error
	catalogue   *catalogue.Catalogue
	defsErr     error
}

func (a *app) doctorCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "doctor", Short: a.say.Say("cli.doctor"), Args: cobra.NoArgs}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return a.doctor(cmd.Context()) }
	return cmd
}

// doctor runs every check. It changes nothing but for a file in each of its own
// folders that it removes again.
func (a *app) doctor(ctx context.Context) error {
	d := &doctor{app: a}
	d.settings, d.timetable, d.settingsErr = a.loadSettings()
	a.state, a.zone = d.settings.State, d.timetable.Zone
	if d.known() {
		d.catalogue, _, d.defsErr = a.definitions(d.settings)
	}
	all, code := make([]diagnosis, len(checks)), exitOK
	for i, c := range checks {
		r := c.look(d, ctx)
		all[i] = a.diagnosis(c.name, r)
		switch {
		case r.standing != standsFailed:
		case c.definitions:
			code = exitDefinitions
		case code == exitOK:
			code = exitFailure
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if a.json {
		if err := a.printJSON(map[string]any{"checks": all}); err != nil {
			return err
		}
	} else {
		a.diagnoses(all)
	}
	if code != exitOK {
		return silent(code)
	}
	return nil
}

// known reports whether the settings can be gone by.
func (d *doctor) known() bool { return d.settings.Inputs != "" }

// diagnosis is a result in words.
type diagnosis struct {
	Check    string   `json:"check"`
	Standing standing `json:"standing"`
	Message  string   `json:"message"`
	Remedy   string   `json:"remedy,omitempty"`
	Details  []string `json:"details,omitempty"`
}

func (a *app) diagnosis(name string, r result) diagnosis {
	d := diagnosis{Check: name, Standing: r.standing, Details: r.details}
	if r.cause != nil {
		f := a.explain(r.cause)
		d.Message, d.Details = a.say.Say("error."+f.key, f.facts...), f.details
		d.Remedy = a.say.Say("hint."+f.hintKey(), f.facts...)
		return d
	}
	d.Message = a.say.Say("doctor."+r.key, r.facts...)
	if remedy := "doctor.remedy." + r.key; a.say.Has(remedy) {
		d.Remedy = a.say.Say(remedy, r.facts...)
	}
	return d
}

// widest is where a sentence of the table is wrapped.
const widest = 78

func (a *app) diagnoses(all []diagnosis) {
	t := newTable()
	t.AppendHeader(table.Row{a.say.Say("column.check"), a.say.Say("column.result"), a.say.Say("column.found")})
	tally := map[standing]int{}
	for _, d := range all {
		tally[d.Standing]++
		lines := append([]string{d.Message}, d.Details...)
		if d.Remedy != "" {
			lines = append(lines, a.say.Say("doctor.to_do", "remedy", d.Remedy))
		}
		for i := range lines {
			lines[i] = text.WrapSoft(plain(lines[i]), widest)
		}
		t.AppendRow(table.Row{a.say.Say("doctor.check." + d.Check), a.say.Say("doctor.standing." + string(d.Standing)), strings.Join(lines, "\n")})
	}
	a.printf("%s\n", t.Render())
	a.println("doctor.tally", "ok", tally[standsOK], "warnings", tally[standsWarning], "failed", tally[standsFailed])
}
