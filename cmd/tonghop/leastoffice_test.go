package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tonghop/cmd/tonghop/settings"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/form"
	"tonghop/pipeline/period"
	"tonghop/pipeline/wording"
	"tonghop/templates"
)

// leastOffice is an office of two units that are asked two things.
func leastOffice(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for table, keep := range map[string][]string{
		"programmes": {"CT01,"}, "indicators": {"CT01_KN,", "CT01_CDEN,"}, "forms": {"HN-2025.1,"},
		"units": nil, "targets": nil, "rules": nil, "calendar": nil, "successions": nil, "openings": nil,
	} {
		data, err := os.ReadFile(filepath.Join(repository(), "templates", "hanoi", table+".csv"))
		if err != nil {
			t.Fatal(err)
		}
		var kept bytes.Buffer
		for i, line := range strings.SplitAfter(string(data), "\n") {
			for _, begin := range keep {
				if strings.HasPrefix(line, begin) {
					kept.WriteString(line)
				}
			}
			if i == 0 {
				kept.WriteString(line)
			}
		}
		if table == "units" {
			kept.WriteString("X-1,1,quận,Thử Một,,,,,,,,\nX-2,2,quận,Thử Hai,,,,,,,,\n")
		}
		drop(t, filepath.Join(dir, "definitions", table+".csv"), kept.Bytes())
	}
	drop(t, filepath.Join(dir, settings.DefaultFile), []byte("catalogue: definitions\nstate: state\nreport: {annexes: []}\nlog: {file: service.log, level: debug}\n"))
	if err := os.Mkdir(filepath.Join(dir, "inputs"), 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

// atWork is the program in an office's folder, by a clock.
func atWork(t *testing.T, office string, now func() time.Time) *app {
	t.Helper()
	sentences, err := wording.Load(templates.FS)
	if err != nil {
		t.Fatal(err)
	}
	return &app{
		out: io.Discard, err: io.Discard, now: now, configFile: filepath.Join(office, settings.DefaultFile),
		sentences: sentences, say: sentences.In(wording.Vietnamese),
	}
}

// handIn drops a unit's report of a month, which came at an instant.
func handIn(t *testing.T, a *app, month period.Month, unit string, came time.Time) {
	t.Helper()
	one := form.Answer{Content: form.Number(figure.Int(int64(month.Number)))}
	handInWith(t, a, month, unit, came, fmt.Sprintf("%s-%s.xlsx", month, unit), map[string]form.Answer{"CT01_KN": one, "CT01_CDEN": one})
}

// handInWith does so under a name, with other answers.
func handInWith(t *testing.T, a *app, month period.Month, unit string, came time.Time, name string, answers map[string]form.Answer) {
	t.Helper()
	o, err := a.open()
	if err != nil {
		t.Fatal(a.explain(err).details)
	}
	u, _ := o.Catalogue.Unit(unit)
	issued, _ := o.Catalogue.FormFor(month, o.Timetable.Scheme)
	data, err := form.Build(form.Input{
		Catalogue: o.Catalogue, Unit: u, Month: month, Scheme: o.Timetable.Scheme, Form: issued, Created: came,
		Filled: &form.Filled{Answers: answers},
	})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(o.Inputs, name)
	drop(t, path, data)
	if err := os.Chtimes(path, came, came); err != nil {
		t.Fatal(err)
	}
}
