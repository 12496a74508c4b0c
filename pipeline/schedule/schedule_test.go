package schedule

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // the tests name zones

	"tonghop/pipeline/period"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// hanoi keeps the time of the shipped office, with Tết of 2026 in its calendar.
func hanoi(t *testing.T) period.Timetable {
	t.Helper()
	days := map[period.Date]period.DayKind{
		{Year: 2025, Month: time.September, Day: 1}: period.Off, {Year: 2025, Month: time.September, Day: 2}: period.Off,
		{Year: 2026, Month: time.February, Day: 28}: period.Makeup,
	}
	for day := 14; day <= 22; day++ {
		days[period.Date{Year: 2026, Month: time.February, Day: day}] = period.Tet
	}
	return period.Timetable{
		Deadline: period.DeadlineRule{Day: 17, Hour: 17}, Calendar: period.NewCalendar(days), Zone: zone(t, "Asia/Ho_Chi_Minh"),
	}
}

func plan(t *testing.T, tt period.Timetable, jobs ...Job) *Plan {
	t.Helper()
	p, err := New(tt, jobs...)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func afterDays(t *testing.T, each period.SpanKind, days int, at string) Job {
	t.Helper()
	hour, minute, err := period.ParseClock(at)
	if err != nil {
		t.Fatal(err)
	}
	j, err := AfterDeadline(each, days, hour, minute)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func byCron(t *testing.T, each period.SpanKind, line string, scheme period.Scheme) Job {
	t.Helper()
	j, err := Cron(each, line, scheme)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func instant(t *testing.T, text string, z *time.Location) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", text, z)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// told are dues as "2025-06 2025-06-18 07:00".
func told(dues []Due) string {
	var lines []string
	for _, d := range dues {
		lines = append(lines, d.Period.String()+" "+d.At.Format("2006-01-02 15:04"))
	}
	return strings.Join(lines, "\n")
}

func TestUpcoming(t *testing.T) {
	tt := hanoi(t)
	calendar := tt
	calendar.Scheme, calendar.Deadline.Day = period.SchemeCalendar, 5
	for name, c := range map[string]struct {
		plan  *Plan
		after string
		want  []string
	}{
		"a working day after the deadline": {
			plan(t, tt, afterDays(t, period.Monthly, 1, "07:00")), "2025-06-18 07:00",
			[]string{
				"2025-07 2025-07-18 07:00", "2025-08 2025-08-19 07:00", // 17/8 is a Sunday
				"2025-09 2025-09-18 07:00", "2025-10 2025-10-20 07:00", // 17/10 is a Friday
			},
		},
		"over Tết": {
			plan(t, tt, afterDays(t, period.Monthly, 1, "07:00")), "2026-01-31 00:00",
			[]string{"2026-02 2026-02-24 07:00", "2026-03 2026-03-18 07:00"},
		},
		"to a Saturday worked in exchange": {
			plan(t, tt, afterDays(t, period.Monthly, 5, "07:00")), "2026-01-31 00:00",
			[]string{"2026-02 2026-02-28 07:00"},
		},
		"calendar months": {
			plan(t, calendar, afterDays(t, period.Monthly, 1, "07:00")), "2025-06-18 00:00",
			[]string{"2025-06 2025-07-08 07:00", "2025-07 2025-08-06 07:00"}, // 5/7 is a Saturday
		},
		"a cron line names the newest month that is over": {
			plan(t, tt, byCron(t, period.Monthly, "30 6 20 * *", tt.Scheme)), "2025-06-18 00:00",
			[]string{"2025-06 2025-06-20 06:30", "2025-07 2025-07-20 06:30"},
		},
		"on the 10th that is the month before": {
			plan(t, tt, byCron(t, period.Monthly, "30 6 10 * *", tt.Scheme)), "2025-06-18 00:00",
			[]string{"2025-06 2025-07-10 06:30"},
		},
		"weekly, each month once": {
			plan(t, tt, byCron(t, period.Monthly, "0 7 * * MON", tt.Scheme)), "2025-06-15 00:00",
			[]string{"2025-06 2025-06-16 07:00", "2025-07 2025-07-21 07:00", "2025-08 2025-08-18 07:00"},
		},
		"several kinds, a month before its quarter": {
			plan(t, tt, afterDays(t, period.FullYear, 1, "07:00"), afterDays(t, period.Quarterly, 1, "07:00"), afterDays(t, period.Monthly, 1, "07:00"),
				afterDays(t, period.HalfYear, 2, "08:00"), byCron(t, period.NineMonths, "0 7 20 9 *", tt.Scheme)), "2025-08-31 00:00",
			[]string{
				"2025-09 2025-09-18 07:00", "2025-Q3 2025-09-18 07:00", "2025-9M 2025-09-20 07:00", "2025-10 2025-10-20 07:00",
				"2025-11 2025-11-18 07:00", "2025-12 2025-12-18 07:00", "2025-Q4 2025-12-18 07:00", "2025 2025-12-18 07:00", "2025-H2 2025-12-19 08:00",
			},
		},
	} {
		after := instant(t, c.after, tt.Zone)
		if got, want := told(c.plan.Upcoming(after, len(c.want))), strings.Join(c.want, "\n"); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
		}
		if next, ok := c.plan.Next(after); !ok || told([]Due{next}) != c.want[0] {
			t.Errorf("%s: next is %+v", name, next)
		}
	}
	if next, ok := plan(t, tt).Next(time.Unix(0, 0)); ok {
		t.Errorf("a plan without jobs has %+v", next)
	}
}

// A time that the clock skips is the moment of skipping, and one that it shows
// twice the first: a cron library would leave out the one and repeat the other.
func TestClocksThatAreMoved(t *testing.T) {
	for _, c := range []struct {
		zone        string
		each        period.SpanKind
		line, after string
		want        string
	}{
		{"Europe/Berlin", period.Quarterly, "30 2 30 3,6,9,12 *", "2025-03-01 00:00", "2025-03-30T01:00:00Z"}, // there is no 02:30
		{"Europe/Berlin", period.Monthly, "30 2 26 * *", "2025-10-20 00:00", "2025-10-26T00:30:00Z"},          // and here are two
		{"America/Santiago", period.Monthly, "0 0 7 * *", "2025-09-01 00:00", "2025-09-07T04:00:00Z"},         // there is no midnight
	} {
		tt := hanoi(t)
		tt.Zone = zone(t, c.zone)
		next, _ := plan(t, tt, byCron(t, c.each, c.line, tt.Scheme)).Next(instant(t, c.after, tt.Zone))
		if got := next.At.UTC().Format(time.RFC3339); got != c.want {
			t.Errorf("%s in %s: %s, want %s", c.line, c.zone, got, c.want)
		}
	}
}

func TestOwed(t *testing.T) {
	tt := hanoi(t)
	p := plan(t, tt, afterDays(t, period.Monthly, 1, "07:00"))
	at := func(text string) time.Time { return instant(t, text, tt.Zone) }
	record := func(name, due string, settled bool) Record {
		sel, err := period.ParseSelector(name)
		if err != nil {
			t.Fatal(err)
		}
		return Record{Due{sel.Span, at(due)}, settled}
	}
	for name, c := range map[string]struct {
		known []Record
		now   string
		want  []string
	}{
		"at the very beginning the newest": {nil, "2025-06-18 07:00", []string{"2025-06 2025-06-18 07:00"}},
		"a minute before, the one before":  {nil, "2025-06-18 06:59", []string{"2025-05 2025-05-20 07:00"}},
		"nothing new":                      {[]Record{record("2025-06", "2025-06-18 07:00", true)}, "2025-07-18 06:59", nil},
		"the next":                         {[]Record{record("2025-06", "2025-06-18 07:00", true)}, "2025-07-18 07:00", []string{"2025-07 2025-07-18 07:00"}},
		"off for months": {
			[]Record{record("2025-06", "2025-06-18 07:00", true)}, "2025-09-18 06:00",
			[]string{"2025-07 2025-07-18 07:00", "2025-08 2025-08-19 07:00"},
		},
		"one failed and one was made since": {
			[]Record{record("2025-05", "2025-05-20 07:00", true), record("2025-06", "2025-06-18 07:00", false), record("2025-07", "2025-07-18 07:00", true)},
			"2025-08-01 00:00", []string{"2025-06 2025-06-18 07:00"},
		},
		"by the record's own instant, whatever the plan says now": {
			[]Record{record("2025-05", "2025-05-19 12:00", false), record("2025-06", "2025-06-17 12:00", false)}, "2025-06-17 13:00",
			[]string{"2025-05 2025-05-19 12:00", "2025-06 2025-06-17 12:00"},
		},
		"the clock moved back":            {[]Record{record("2025-06", "2025-06-18 07:00", true)}, "2024-01-01 00:00", nil},
		"recorded by a clock that ran on": {[]Record{record("2025-06", "2025-06-18 07:00", true), record("2030-01", "2030-01-18 07:00", false)}, "2025-07-01 00:00", nil},
		"the clock was ahead at the beginning": {
			[]Record{record("2025-08", "2025-08-19 07:00", false)}, "2025-06-18 07:00", []string{"2025-06 2025-06-18 07:00"},
		},
		"and goes on from there": {
			[]Record{record("2025-06", "2025-06-18 07:00", true), record("2025-08", "2025-08-19 07:00", false)}, "2025-08-19 07:00",
			[]string{"2025-07 2025-07-18 07:00", "2025-08 2025-08-19 07:00"},
		},
		"other kinds are no beginning": {[]Record{record("2025-Q1", "2025-03-18 07:00", true)}, "2025-06-20 00:00", []string{"2025-06 2025-06-18 07:00"}},
	} {
		if got, want := told(inZone(p.Owed(c.known, at(c.now)), tt.Zone)), strings.Join(c.want, "\n"); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
		}
	}
}

func inZone(dues []Due, z *time.Location) []Due {
	for i := range dues {
		dues[i].At = dues[i].At.In(z)
	}
	return dues
}

func TestEarlyDues(t *testing.T) {
	tt := hanoi(t)
	after := instant(t, "2025-06-01 00:00", tt.Zone)
	for name, c := range map[string]struct {
		job  Job
		want string // 2025-06 at …, before …
	}{
		"the default":                       {afterDays(t, period.Monthly, 1, "07:00"), ""},
		"in the morning of the deadline":    {afterDays(t, period.Monthly, 0, "07:00"), "2025-06 2025-06-17 07:00 2025-06-17 17:00"},
		"in its evening":                    {afterDays(t, period.Monthly, 0, "18:00"), ""},
		"before it":                         {byCron(t, period.Monthly, "0 7 15 * *", tt.Scheme), "2025-06 2025-06-15 07:00 2025-06-17 17:00"},
		"where the deadline moves":          {byCron(t, period.Monthly, "0 20 17 * *", tt.Scheme), "2025-08 2025-08-17 20:00 2025-08-18 17:00"},
		"where Tết moves it":                {byCron(t, period.Monthly, "0 7 20 * *", tt.Scheme), "2026-02 2026-02-20 07:00 2026-02-23 17:00"},
		"of a quarter, in its last month's": {byCron(t, period.Quarterly, "0 7 16 * *", tt.Scheme), "2025-Q2 2025-06-16 07:00 2025-06-17 17:00"},
	} {
		got := ""
		for _, e := range plan(t, tt, c.job).EarlyDues(after) {
			got += told([]Due{e.Due}) + " " + e.Deadline.Format("2006-01-02 15:04")
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestJobsRefused(t *testing.T) {
	tt := hanoi(t)
	if _, err := New(tt, afterDays(t, period.Monthly, 1, "07:00"), byCron(t, period.Monthly, "@weekly", tt.Scheme)); err == nil || !strings.Contains(err.Error(), "two jobs for each month") {
		t.Errorf("two jobs: %v", err)
	}
	for _, days := range []int{-1, 21} {
		if _, err := AfterDeadline(period.Monthly, days, 7, 0); err == nil {
			t.Errorf("%d working days were taken", days)
		}
	}
	if _, err := AfterDeadline(period.PlanToDate, 1, 7, 0); err == nil {
		t.Error("a job for the plan to date was taken")
	}
}

// Ten years of an office whose machine is off for months, whose clock is moved
// both ways, and whose runs fail or are stopped: each period is made exactly once,
// named by the instant that the plan gives it, in order of time, and never before.
func TestTenYears(t *testing.T) {
	for seed := range uint64(60) {
		rng := rand.New(rand.NewPCG(seed, 1))
		tt := hanoi(t)
		tt.Zone = zone(t, []string{"Asia/Ho_Chi_Minh", "Europe/Berlin", "America/Santiago"}[seed%3])
		tt.Calendar = holidays(rng)
		if rng.IntN(3) == 0 {
			tt.Scheme, tt.Deadline.Day = period.SchemeCalendar, 1+rng.IntN(28)
		}
		tt.Deadline.IfNotWorking = []string{period.MoveNext, period.MovePrevious, period.MoveNone}[rng.IntN(3)]
		p := plan(t, tt, jobs(t, rng, tt.Scheme)...)
		t.Run(fmt.Sprint(seed), func(t *testing.T) { tenYears(t, rng, p, tt) })
	}
}

func holidays(rng *rand.Rand) period.Calendar {
	days := map[period.Date]period.DayKind{}
	for year := 2024; year <= 2036; year++ {
		tet := period.Date{Year: year, Month: time.January, Day: 21}.AddDays(rng.IntN(30))
		for k := range 9 {
			days[tet.AddDays(k)] = period.Tet
		}
		days[tet.AddDays(-3)] = period.Makeup
		for range 6 {
			days[period.Date{Year: year, Month: time.January, Day: 1}.AddDays(rng.IntN(365))] = period.Off
		}
	}
	return period.NewCalendar(days)
}

func jobs(t *testing.T, rng *rand.Rand, scheme period.Scheme) []Job {
	t.Helper()
	lines := []string{"30 2 * * SUN", "0 0 * * *", "@monthly", "*/10 1-3 * * 6,0", "59 23 27 * *", "0 7 20 * *"}
	var all []Job
	for _, each := range Kinds {
		switch rng.IntN(3) {
		case 0:
			all = append(all, byCron(t, each, lines[rng.IntN(len(lines))], scheme))
		case 1:
			all = append(all, afterDays(t, each, rng.IntN(MostWorkingDays+1), fmt.Sprintf("%02d:%02d", rng.IntN(24), rng.IntN(60))))
		}
	}
	if len(all) == 0 {
		all = append(all, afterDays(t, period.Monthly, 1, "02:30"))
	}
	return all
}

func tenYears(t *testing.T, rng *rand.Rand, p *Plan, tt period.Timetable) {
	begin := period.Date{Year: 2025, Month: time.January, Day: 1}.AddDays(rng.IntN(365)).At(rng.IntN(24), rng.IntN(60), tt.Zone)
	end := begin.AddDate(10, 0, 0)
	known := map[period.Span]Record{}
	var made []Due
	look := func(now time.Time) {
		for _, due := range p.Owed(slices.Collect(values(known)), now) {
			if due.At.After(now) {
				t.Fatalf("%s: %s is owed, due %s", now, due.Period, due.At)
			}
			if r, there := known[due.Period]; !there {
				known[due.Period] = Record{due, false} // recorded first, then made
			} else if r.Settled {
				t.Fatalf("%s is owed again at %s", due.Period, now)
			}
			if rng.IntN(5) == 0 { // it fails, or the machine is stopped
				continue
			}
			known[due.Period] = Record{known[due.Period].Due, true}
			made = append(made, due)
		}
	}
	look(begin)
	first := map[period.SpanKind]Due{}
	for span, r := range known {
		first[span.Kind] = r.Due
	}
	for now := begin; now.Before(end); {
		switch rng.IntN(40) {
		case 0: // off for months
			now = now.AddDate(0, rng.IntN(7), rng.IntN(31))
		case 1: // by a clock that is behind
			look(now.Add(-time.Duration(rng.IntN(24*400)) * time.Hour))
		case 2: // by one that runs ahead
			look(now.Add(time.Duration(rng.IntN(24*100)) * time.Hour))
		default: // from a minute to two weeks
			now = now.Add(time.Minute << rng.IntN(15))
		}
		look(now)
	}
	for range 60 { // what has failed so far
		look(end)
	}
	seen := map[period.Span]bool{}
	for _, due := range made {
		if seen[due.Period] {
			t.Errorf("%s was made twice", due.Period)
		}
		seen[due.Period] = true
		if closed := tt.Scheme.NewestClosed(period.DateIn(due.At, tt.Zone)); closed.Before(due.Period.To) {
			t.Errorf("%s is named at %s, when its window is not over", due.Period, due.At)
		}
	}
	for _, j := range p.Jobs() {
		from := first[j.Each]
		n := 0
		for due := from; !due.At.After(end); due = p.due(j, following(due.Period)) {
			n++
			i := slices.IndexFunc(made, func(d Due) bool { return d.Period == due.Period })
			if i < 0 || !made[i].At.Equal(due.At) {
				t.Errorf("%s, due %s, was not made, or by another name", due.Period, due.At)
			}
		}
		if want := 120 / step(j.Each); n < want-1 || n > want+2 {
			t.Errorf("each %s: %d dues in ten years", j.Each, n)
		}
	}
}

func values(known map[period.Span]Record) func(func(Record) bool) {
	return func(yield func(Record) bool) {
		for _, r := range known {
			if !yield(r) {
				return
			}
		}
	}
}
