package main

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"tonghop/pipeline/wording"
	"tonghop/templates"
)

// Any file of settings gives settings that can be worked by, or errors, each with
// its line.
func FuzzSettings(f *testing.F) {
	shipped, err := os.ReadFile("default.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(shipped))
	scripts, err := filepath.Glob(filepath.Join("testdata", "script", "*.txtar"))
	if err != nil {
		f.Fatal(err)
	}
	file := regexp.MustCompile(`(?ms)^-- \S+\.yaml --\n(.*?)(\n-- |\z)`)
	for _, script := range scripts {
		data, err := os.ReadFile(script)
		if err != nil {
			f.Fatal(err)
		}
		for _, found := range file.FindAllStringSubmatch(string(data), -1) {
			f.Add(found[1])
		}
	}
	f.Add("a: &a [*a, *a]\n")
	f.Add("report: &a {edition: *a, annexes: &b [*b]}\n")
	f.Add("office: &a\n  <<: *a\n")
	f.Add("inputs: !!binary aGk=\n---\nzone: Local\n")
	f.Add("schedule: {consolidate: [{each: month, cron: '0 7 31 2 *'}]}\n")
	sentences, err := wording.Load(templates.FS)
	if err != nil {
		f.Fatal(err)
	}
	say := sentences.In(wording.Vietnamese)
	f.Fuzz(func(t *testing.T, text string) {
		s, timetable, err := parseSettings([]byte(text), "a.yaml", "office")
		var invalid *invalidSettings
		switch {
		case err == nil:
			if timetable.Zone == nil || s.Inputs == "" || s.Watch.every() < leastWatch || s.Limits.Cells < 1 {
				t.Fatalf("accepted: %+v", s)
			}
			plan, problems := s.plan(timetable)
			if len(problems) > 0 || plan == nil {
				t.Fatalf("accepted with %v", problems)
			}
			plan.Next(time.Date(2025, 6, 18, 7, 0, 0, 0, time.UTC))
		case !errors.As(err, &invalid):
			t.Fatalf("%v", err)
		default:
			told := invalid.Tell(say)
			if len(told) == 0 {
				t.Fatal("refused without a reason")
			}
			place := regexp.MustCompile(`(?s)^a\.yaml:\d+: .`)
			if i := slices.IndexFunc(told, func(d string) bool { return !place.MatchString(d) }); i >= 0 {
				t.Fatalf("no line in %q", strings.ReplaceAll(told[i], "\n", "⏎"))
			}
		}
	})
}
