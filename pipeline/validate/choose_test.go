package validate_test

import (
	"slices"
	"strings"
	"testing"

	"tonghop/pipeline/submission"
	"tonghop/pipeline/validate"
)

// used names the file that counts for a unit.
func used(c *validate.Checked, unit, m string) string {
	if s := c.History.Submission(unit, month(m)); s != nil {
		return s.File
	}
	return ""
}

func contested(c *validate.Checked, unit, m string) string {
	var codes []string
	for code := range c.History.Submission(unit, month(m)).Contested {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	return strings.Join(codes, " ")
}

func TestWhichVersionCounts(t *testing.T) {
	c := rules(t)
	for name, test := range map[string]struct {
		lines []string
		used  string
	}{
		"newest without error":         {[]string{"a U-1 2025-06 v1 2025-06-16 09:00", "b U-1 2025-06 v2 2025-06-16 10:00"}, "b"},
		"older without error":          {[]string{"a U-1 2025-06 v1 2025-06-16 09:00", "b U-1 2025-06 v2 2025-06-16 10:00 A=(!)"}, "a"},
		"fewest errors":                {[]string{"a U-1 2025-06 v1 2025-06-16 09:00 A=(!)", "b U-1 2025-06 v2 2025-06-16 10:00 A=(!) H=(!)"}, "a"},
		"fewest errors, then newest":   {[]string{"a U-1 2025-06 v1 2025-06-16 09:00 A=(!)", "b U-1 2025-06 v2 2025-06-16 10:00 H=(!)", "c U-1 2025-06 v3 2025-06-16 11:00 A=(!) H="}, "b"},
		"a broken rule is an error":    {[]string{"a U-1 2025-06 v1 2025-06-16 09:00", "b U-1 2025-06 v2 2025-06-16 10:00 B=11"}, "a"},
		"version before time":          {[]string{"a U-1 2025-06 v2 2025-06-16 09:00", "b U-1 2025-06 v1 2025-06-16 10:00"}, "a"},
		"time before modified":         {[]string{"a U-1 2025-06 v1 2025-06-16 10:00 modified=2025-06-01", "b U-1 2025-06 v1 2025-06-16 09:00 modified=2025-06-02"}, "a"},
		"modified before hash":         {[]string{"a U-1 2025-06 v1 2025-06-16 09:00 modified=2025-06-02", "b U-1 2025-06 v1 2025-06-16 09:00 modified=2025-06-01"}, "a"},
		"hash":                         {[]string{"a U-1 2025-06 v1 2025-06-16 09:00", "b U-1 2025-06 v1 2025-06-16 09:00"}, "b"},
		"another unit's is not looked": {[]string{"a U-1 2025-06 v1 2025-06-16 09:00", "b U-2 2025-06 v2 2025-06-16 09:00"}, "a"},
	} {
		t.Run(name, func(t *testing.T) {
			for range 2 {
				if got := used(check(t, c, test.lines...), "U-1", "2025-06"); got != test.used {
					t.Errorf("used %s, want %s", got, test.used)
				}
				slices.Reverse(test.lines)
			}
		})
	}
}

func TestResubmissionNotUsed(t *testing.T) {
	got := check(t, rules(t),
		"a U-1 2025-06 v1 2025-06-16 09:00 T=chưa C=1",
		"b U-1 2025-06 v2 2025-06-16 10:00 A=(!) H=120 T=xong C=none K=2",
		"c U-1 2025-06 v3 2025-06-16 11:00 K=")
	expect(t, told(got.Findings(span("2025-06")), "used_version", "new_version", "used_file", "errors", "differences"),
		"b warning resubmission-not-used used_version=1 new_version=2 used_file=a errors=1 differences=A: 10 → (!)|C: 1 → -|H: 100 → 120|T: “chưa” → “xong”",
		"b E2 error number-unreadable A",
		"c warning resubmission-not-used used_version=1 new_version=3 used_file=a errors=1 differences=C: 1 → …|K: 2 → …|T: “chưa” → …",
		"c E6 error value-missing K")
	if got := contested(got, "U-1", "2025-06"); got != "A C H K T" {
		t.Errorf("contested %q", got)
	}
	r := got.Receipts(month("2025-06"))[0]
	if r.Used.File != "a" || r.Status != submission.AcceptedWithWarnings {
		t.Errorf("used %s, status %s", r.Used.File, r.Status)
	}
}

// Two versions of the same number are told apart by their files.
func TestResubmissionOfTheSameNumber(t *testing.T) {
	got := check(t, rules(t), "a U-1 2025-06 v1 2025-06-16 09:00", "b U-1 2025-06 v1 2025-06-16 10:00 A=(!)")
	expect(t, told(got.Findings(span("2025-06")), "used_version", "new_version", "used_file"),
		"b warning resubmission-not-used used_file=a", "b E2 error number-unreadable A")
}

// A superseded version contests nothing.
func TestOlderVersionContestsNothing(t *testing.T) {
	got := check(t, rules(t), "a U-1 2025-06 v1 2025-06-16 09:00 A=(!)", "b U-1 2025-06 v2 2025-06-16 10:00 H=120")
	expect(t, told(got.Findings(span("2025-06"))), "a E2 error number-unreadable A")
	if got := contested(got, "U-1", "2025-06"); got != "" {
		t.Errorf("contested %q", got)
	}
}

func TestValueWithdrawn(t *testing.T) {
	first := "a U-1 2025-06 v1 2025-06-16 09:00 C=3"
	for name, test := range map[string]struct {
		lines []string
		found []string
	}{
		"blank again":           {[]string{first, "b U-1 2025-06 v2 2025-06-16 10:00"}, []string{"b E4 warning value-withdrawn C previous=3 used_version=1"}},
		"blank twice":           {[]string{first, "b U-1 2025-06 v2 2025-06-16 10:00", "c U-1 2025-06 v3 2025-06-16 11:00"}, []string{"c E4 warning value-withdrawn C previous=3 used_version=1"}},
		"none was said":         {[]string{"a U-1 2025-06 v1 2025-06-16 09:00 C=none", "b U-1 2025-06 v2 2025-06-16 10:00"}, []string{"b E4 warning value-withdrawn C previous=0 used_version=1"}},
		"taken back in between": {[]string{first, "b U-1 2025-06 v2 2025-06-16 10:00 C=…", "c U-1 2025-06 v3 2025-06-16 11:00"}, nil},
		"changed":               {[]string{first, "b U-1 2025-06 v2 2025-06-16 10:00 C=2"}, nil},
		"still there":           {[]string{first, "b U-1 2025-06 v2 2025-06-16 10:00 C=3"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			expect(t, told(check(t, rules(t), test.lines...).Findings(span("2025-06")), "previous", "used_version"), test.found...)
		})
	}
}

func TestVersionOrderUnknown(t *testing.T) {
	same := " U-1 2025-06 v1 2025-06-16 09:00 "
	for name, test := range map[string]struct {
		lines     []string
		found     []string
		contested string
	}{
		"equal figures":     {[]string{"a" + same, "b" + same}, nil, ""},
		"figures differ":    {[]string{"a" + same + "A=9", "b" + same}, []string{"b warning version-order-unknown other_file=a differences=A: 10 → 9"}, "A"},
		"third differs":     {[]string{"a" + same + "A=9", "b" + same, "c" + same}, []string{"c warning version-order-unknown other_file=a differences=A: 10 → 9"}, "A"},
		"saved later":       {[]string{"a" + same + "A=9 modified=2025-06-15", "b" + same + "modified=2025-06-16"}, nil, ""},
		"hash was not why":  {[]string{"b" + same + "A=(!)", "a" + same}, []string{"a warning version-order-unknown other_file=b differences=A: 10 → (!)", "b E2 error number-unreadable A"}, "A"},
		"nor the other way": {[]string{"a" + same + "A=(!)", "b" + same}, []string{"a E2 error number-unreadable A", "b warning version-order-unknown other_file=a differences=A: 10 → (!)"}, "A"},
	} {
		t.Run(name, func(t *testing.T) {
			got := check(t, rules(t), test.lines...)
			expect(t, told(got.Findings(span("2025-06")), "other_file", "differences"), test.found...)
			if got := contested(got, "U-1", "2025-06"); got != test.contested {
				t.Errorf("contested %q, want %q", got, test.contested)
			}
		})
	}
}
