package validate_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"tonghop/pipeline/finding"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/validate"
)

// other is a file without a submission.
func other(path string, d submission.Disposition, unit, m string, codes ...finding.Code) submission.Received {
	r := submission.Received{File: submission.File{Path: path, SHA256: path, Disposition: d, Unit: unit}}
	if m != "" {
		r.File.Period = month(m)
	}
	for _, code := range codes {
		f := finding.New(code)
		f.File, f.Unit, f.Period = path, unit, r.File.Period
		r.Findings = append(r.Findings, f)
	}
	return r
}

func receipts(c *validate.Checked, m string) []string {
	var lines []string
	for _, r := range c.Receipts(month(m)) {
		line := fmt.Sprint(r.Unit.ID, " ", r.Status)
		if r.Used != nil {
			line += " " + r.Used.File
		}
		if !r.FirstReceived.IsZero() {
			line += r.FirstReceived.In(hanoi).Format(" 02 15:04")
		}
		if r.OnTime {
			line += " on time"
		}
		lines = append(lines, line)
	}
	return lines
}

func dispositions(c *validate.Checked, m string) []string {
	var lines []string
	for _, f := range c.Files(span(m)) {
		lines = append(lines, f.Path+" "+string(f.Disposition))
	}
	return lines
}

func TestReceipts(t *testing.T) {
	c := rules(t, "r,warning,K <= 5,")
	b := batch(t, c,
		"a U-1 2025-06 v1 2025-06-16 09:00", "b U-2 2025-06 v1 2025-06-16 09:00 K=6", "c U-3 2025-06 v1 2025-06-16 09:00 A=(!) Z=1")
	b = append(b, other("d", submission.UnusableFile, "U-4", "2025-06", finding.TableNotFound))
	got := validate.Batch(input(c, b, march))
	expect(t, receipts(got, "2025-06"),
		"U-1 accepted a 16 09:00 on time", "U-2 accepted_with_warnings b 16 09:00 on time",
		"U-3 needs_correction c 16 09:00 on time", "U-4 unusable")
	// U-4 begins in April.
	expect(t, receipts(got, "2025-03"), "U-1 missing", "U-2 missing", "U-3 missing")

	// A file that is held for its month came, and cannot be used; with a usable
	// one beside it the unit has reported.
	b = submission.Batch{other("a", submission.Held, "U-1", "2025-06", finding.UnitContradicted), other("b", submission.Held, "U-2", "2025-06", finding.UnitContradicted)}
	got = validate.Batch(input(c, append(b, batch(t, c, "c U-2 2025-06 v1 2025-06-16 09:00")...), march))
	expect(t, receipts(got, "2025-06"), "U-1 unusable", "U-2 accepted c 16 09:00 on time", "U-3 missing", "U-4 missing")
}

// On time is judged by the first version that can be called handed in: of the
// five required answers of U-1 in June at least four. What comes at the very
// deadline is on time.
func TestOnTime(t *testing.T) {
	c := rules(t)
	for name, test := range map[string]struct {
		lines []string
		want  string
	}{
		"at the deadline":      {[]string{"a U-1 2025-06 v1 2025-06-17 17:00"}, "U-1 accepted a 17 17:00 on time"},
		"a minute later":       {[]string{"a U-1 2025-06 v1 2025-06-17 17:01"}, "U-1 accepted a 17 17:01"},
		"corrected later":      {[]string{"a U-1 2025-06 v1 2025-06-17 09:00 A=(!)", "b U-1 2025-06 v2 2025-06-20 09:00"}, "U-1 accepted b 17 09:00 on time"},
		"four of five is 80 %": {[]string{"a U-1 2025-06 v1 2025-06-17 09:00 A=", "b U-1 2025-06 v2 2025-06-20 09:00"}, "U-1 accepted b 17 09:00 on time"},
		"three of five":        {[]string{"a U-1 2025-06 v1 2025-06-17 09:00 A= H=", "b U-1 2025-06 v2 2025-06-20 09:00"}, "U-1 accepted b 20 09:00"},
		"never receivable":     {[]string{"a U-1 2025-06 v1 2025-06-17 09:00 A= H="}, "U-1 needs_correction a"},
		"unused but first":     {[]string{"b U-1 2025-06 v1 2025-06-18 09:00", "a U-1 2025-06 v2 2025-06-17 09:00 B=11"}, "U-1 accepted_with_warnings b 17 09:00 on time"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := receipts(check(t, c, test.lines...), "2025-06")[0]; got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

// As-of hides what came after it, and changes nothing about what came before.
func TestAsOf(t *testing.T) {
	c := rules(t)
	b := batch(t, c, "a U-1 2025-06 v1 2025-06-16 09:00", "b U-1 2025-06 v2 2025-06-18 09:00 A=20", "c U-1 2025-05 v1 2025-05-16 09:00")
	for _, test := range []struct {
		asOf, used, latest string
		hidden             int
	}{
		{"2025-05-16 08:59", "", "", 3},
		{"2025-05-16 09:00", "", "2025-05", 2},
		{"2025-06-18 08:59", "a", "2025-06", 1},
		{"2025-06-18 09:00", "b", "2025-06", 0},
	} {
		got := validate.Batch(input(c, b, at(test.asOf)))
		m, _ := got.Latest()
		if u := used(got, "U-1", "2025-06"); u != test.used || got.Hidden() != test.hidden || m.String() != test.latest {
			t.Errorf("%s: used %q, hidden %d, latest %s", test.asOf, u, got.Hidden(), m)
		}
		if n := len(got.Files(span("2025-06"))) + got.Hidden(); n != len(b) {
			t.Errorf("%s: %d files accounted for", test.asOf, n)
		}
	}
	soon, late := validate.Batch(input(c, b, at("2025-06-18 09:00"))), validate.Batch(input(c, b, march))
	if a, b := dump(soon), dump(late); a != b {
		t.Errorf("as-of changed what it saw:\n%s\n%s", a, b)
	}
}

func TestLatest(t *testing.T) {
	c := rules(t)
	b := batch(t, c, "a U-1 2025-05 v1 2025-05-16 09:00", "b U-1 2025-06 v1 2025-06-14 09:00")
	b = append(b, other("c", submission.UnusableFile, "U-1", "2025-07", finding.TableNotFound))
	for asOf, want := range map[string]string{
		"2025-06-14 23:59": "2025-05", // the window of June is still open
		"2025-06-15 00:00": "2025-06",
		"2026-01-01 00:00": "2025-06", // July has nothing usable
		"2025-05-14 12:00": "",
	} {
		m, ok := validate.Batch(input(c, b, at(asOf))).Latest()
		if m.String() != want || ok != (want != "") {
			t.Errorf("at %s latest is %v %v, want %q", asOf, m, ok, want)
		}
	}
}

// A report for a window not yet begun is held for good, and told to whoever
// reads the month that was being collected.
func TestPeriodInFuture(t *testing.T) {
	c := rules(t)
	lines := []string{"a U-1 2025-07 v1 2025-06-14 23:59 A=(!)", "b U-2 2025-07 v1 2025-06-15 00:00", "c U-3 2025-06 v1 2025-06-16 09:00 Z=1"}
	for _, asOf := range []string{"2025-06-17 09:00", "2025-09-01 09:00"} {
		got := validate.Batch(input(c, batch(t, c, lines...), at(asOf)))
		expect(t, dispositions(got, "2025-05"), "a held", "b other_period", "c other_period")
		expect(t, dispositions(got, "2025-07"), "a held", "b counted", "c other_period")
		expect(t, told(got.Findings(span("2025-05")), "begins"), "a error period-in-future begins=2025-06-15", "a E2 error number-unreadable A")
		expect(t, receipts(got, "2025-07")[:2], "U-1 unusable", "U-2 accepted b 15 00:00 on time")
	}
	// A file's own time may be that of an archive: it does not hold a report
	// whose window has begun.
	line := "a U-1 2025-07 v1 1980-01-01 00:00 by=mtime"
	for asOf, want := range map[string]string{"2025-06-14 23:59": "a held", "2025-06-15 00:00": "a counted"} {
		got := validate.Batch(input(c, batch(t, c, line), at(asOf)))
		expect(t, dispositions(got, "2025-07"), want)
	}
}

// Every file has one disposition, and an error is told for each month whose
// reader could miss the file.
func TestDispositions(t *testing.T) {
	c := rules(t)
	b := batch(t, c,
		"a U-1 2025-06 v1 2025-06-16 09:00", "b U-1 2025-06 v2 2025-06-17 09:00", "c U-1 2025-05 v1 2025-05-16 09:00",
		"d U-2 2025-05 v1 2025-05-16 09:00 A=(!)")
	b = append(b,
		other("e", submission.UnusableFile, "", "", finding.NotAWorkbook),
		other("f", submission.UnusableFile, "U-3", "2025-05", finding.TableNotFound),
		other("g", submission.Duplicate, "U-1", "2025-06", finding.AlreadyReceived),
		other("h", submission.Deferred, "", "", finding.StillBeingWritten),
		other("i", submission.Ignored, "", ""),
		other("j", submission.Gone, "U-1", "2025-06", finding.Withdrawn),
	)
	misplaced := other("k", submission.Held, "U-3", "2025-05", finding.PeriodMismatch)
	misplaced.Findings[0] = misplaced.Findings[0].With("inside", "2025-05").With("folder", "2025-06")
	b = append(b, misplaced)
	got := validate.Batch(input(c, b, march))
	expect(t, dispositions(got, "2025-06"),
		"a superseded", "b counted", "c other_period", "d other_period", "e unusable", "f other_period",
		"g duplicate", "h deferred", "i ignored", "j withdrawn", "k held")
	expect(t, told(got.Findings(span("2025-06"))),
		"e error not-a-workbook", "g note already-received", "h error still-being-written", "j note withdrawn", "k error period-mismatch")
	expect(t, dispositions(got, "2025-05"),
		"a other_period", "b other_period", "c counted", "d counted", "e unusable", "f unusable",
		"g duplicate", "h deferred", "i ignored", "j withdrawn", "k held")
	expect(t, told(got.Findings(span("2025-05"))),
		"d E2 error number-unreadable A", "e error not-a-workbook", "f error table-not-found", "h error still-being-written", "k error period-mismatch")
}

// A file of which the month is in doubt is told in every month that it may be
// about, and asks none of them for a report that has come.
func TestMonthInDoubtIsToldInEachCandidate(t *testing.T) {
	c := rules(t)
	for name, test := range map[string]struct {
		path, month string
		code        finding.Code
		args        string
		want        []string
	}{
		"folder":           {"2025-06/a", "2025-05", finding.PeriodMismatch, "inside=2025-05 folder=2025-06", []string{"2025-05", "2025-06"}},
		"file name":        {"a thang 4-2025.xlsx", "2025-05", finding.PeriodMismatch, "inside=2025-05 name=2025-04", []string{"2025-04", "2025-05"}},
		"title":            {"2025-06/a", "2025-05", finding.PeriodAmbiguous, "candidates=5/2025|6/2025", []string{"2025-05", "2025-06"}},
		"all of them":      {"2025-06/bao cao thang 3-2025.xlsx", "2025-05", finding.PeriodAmbiguous, "candidates=5/2025|4/2025", []string{"2025-03", "2025-04", "2025-05", "2025-06"}},
		"without its year": {"2025-06/a", "2025-05", finding.PeriodAmbiguous, "candidates=5/2025|4", []string{"2025-04", "2025-05", "2025-06"}},
		"no month at all":  {"2025-06/a", "", finding.PeriodMissing, "", []string{"2025-06"}},
		"suggested":        {"a", "", finding.PeriodMissing, "suggestion=2025-04", []string{"2025-04"}},
		"another doubt":    {"2025-06/a", "2025-05", finding.UnitContradicted, "", []string{"2025-05", "2025-06"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := other(test.path, submission.Held, "U-1", test.month, test.code)
			for _, arg := range strings.Fields(test.args) {
				key, value, _ := strings.Cut(arg, "=")
				r.Findings[0] = r.Findings[0].With(key, value)
			}
			got := validate.Batch(input(c, submission.Batch{r}, march))
			for _, m := range []string{"2025-02", "2025-03", "2025-04", "2025-05", "2025-06", "2025-07"} {
				in := slices.Contains(test.want, m)
				if n := len(got.Findings(span(m))); n != 0 != in {
					t.Errorf("%s: %d findings", m, n)
				}
				if status := got.Receipts(month(m))[0].Status; (status == submission.Unusable) != in || (status == submission.Missing) == in {
					t.Errorf("%s: %s", m, status)
				}
			}
		})
	}
}

// A time in the register before the period began may itself be the slip.
func TestFutureByTheRegister(t *testing.T) {
	c := rules(t)
	for by, want := range map[string]string{"": " register=2025-01-01", " by=mtime": ""} {
		b := batch(t, c, "a U-1 2025-06 v1 2025-01-01 00:00"+by)
		got := validate.Batch(input(c, b, at("2025-05-01 09:00")))
		expect(t, told(got.Findings(span("2025-06")), "register"), "a error period-in-future"+want)
	}
}

// dump writes all that checking says, as of June.
func dump(c *validate.Checked) string {
	var b strings.Builder
	for _, m := range c.Months() {
		fmt.Fprintln(&b, m, receipts(c, m.String()), dispositions(c, m.String()))
		for _, f := range c.Findings(span(m.String())) {
			fmt.Fprintf(&b, "%+v\n", f)
		}
		for _, s := range c.Used(span(m.String())) {
			fmt.Fprintf(&b, "%+v\n", *s)
		}
		for _, unit := range []string{"U-1", "U-2", "U-3", "U-4"} {
			for _, s := range c.Versions(unit, m) {
				fmt.Fprintln(&b, unit, s.File, s.Errors(), s.Warnings())
			}
		}
	}
	return b.String()
}

// many is a batch in which most things happen.
func many(t testing.TB) (validate.Input, submission.Batch) {
	c := rules(t, "r,error,K <= A,", "s,warning,H == prev(H) + K,", "u,error,ytd(A) < 40,A")
	b := batch(t, c,
		"a1 U-1 2025-05 v1 2025-05-16 09:00", "a2 U-1 2025-06 v1 2025-06-16 09:00 K=11", "a3 U-1 2025-06 v2 2025-06-17 09:00 A= C=1",
		"a4 U-1 2025-06 v2 2025-06-17 09:00 A=", "b1 U-2 2025-05 v1 2025-05-16 09:00 B=11", "b2 U-2 2025-06 v1 2025-06-16 09:00 H=90",
		"b3 U-2 2025-06 v1 2025-06-16 09:00 H=91", "b4 U-2 2025-06 v1 2025-06-16 09:00 H=90 C=2", "c1 U-3 2025-07 v1 2025-06-14 09:00 Z=1",
		"c2 U-3 2025-06 v1 2025-06-20 09:00 Z=x T=xong", "d1 U-4 2025-05 v1 2025-05-16 09:00 N=gone",
	)
	b = append(b, other("e1", submission.UnusableFile, "", "", finding.NotAWorkbook), other("e2", submission.Duplicate, "U-1", "2025-06", finding.AlreadyReceived))
	return input(c, b, march), b
}

func TestOrderOfTheBatchChangesNothing(t *testing.T) {
	in, b := many(t)
	want := dump(validate.Batch(in))
	if strings.Count(want, "\n") < 30 {
		t.Fatalf("the fixture says little:\n%s", want)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 60 {
		in.Batch = slices.Clone(b)
		random.Shuffle(len(in.Batch), func(i, j int) { in.Batch[i], in.Batch[j] = in.Batch[j], in.Batch[i] })
		if got := dump(validate.Batch(in)); got != want {
			t.Fatalf("another order says\n%s\nnot\n%s", got, want)
		}
	}
}

func TestInputsAreNotChanged(t *testing.T) {
	in, b := many(t)
	for i := range b {
		if s := b[i].Submission; s != nil {
			s.Contested = map[string]bool{"X": true}
			s.Findings = slices.Grow(s.Findings, 8) // an append would write here
		}
	}
	_, want := many(t)
	for i := range want {
		if s := want[i].Submission; s != nil {
			s.Contested = map[string]bool{"X": true}
		}
	}
	in.Decisions = decided(t, in.Catalogue, "QD-1,2025-06-20,đính chính,2025-06,U-3,A,,1,7,đã có")
	if got := value(validate.Batch(in), "U-3", "A", inJune); !strings.Contains(got, "QD-1") {
		t.Fatalf("nothing was corrected: %s", got)
	}
	for i := range b {
		if s := b[i].Submission; s != nil && len(s.Findings) < cap(s.Findings) {
			if extra := s.Findings[:len(s.Findings)+1]; extra[len(extra)-1].Code != "" {
				t.Errorf("%s: a finding was written behind the input's", s.File)
			}
		}
		if !reflect.DeepEqual(b[i].File, want[i].File) || !reflect.DeepEqual(b[i].Findings, want[i].Findings) {
			t.Errorf("%s: the file was changed", b[i].File.Path)
		}
		if got, want := b[i].Submission, want[i].Submission; got != nil && fmt.Sprintf("%+v", *got) != fmt.Sprintf("%+v", *want) {
			t.Errorf("the submission was changed:\n%+v\n%+v", *got, *want)
		}
	}
}
