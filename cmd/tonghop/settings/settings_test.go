package settings

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
	f.Add(string(Commented))
	scripts, err := filepath.Glob(filepath.Join("..", "testdata", "script", "*.txtar"))
	if err != nil || len(scripts) == 0 {
		f.Fatalf("%d scripts, %v", len(scripts), err)
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
		s, timetable, err := parse([]byte(text), "a.yaml", "office")
		var invalid *InvalidError
		switch {
		case err == nil:
			if timetable.Zone == nil || s.Inputs == "" || s.Watch.Interval() < leastWatch || s.Limits.Cells < 1 {
				t.Fatalf("accepted: %+v", s)
			}
			plan, whole := s.Plan(timetable)
			if !whole {
				t.Fatalf("accepted, but not its schedule: %+v", s.Schedule)
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
