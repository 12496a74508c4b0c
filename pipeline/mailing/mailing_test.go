package mailing

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/dispatch"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/wording"
	"tonghop/templates"
)

var hanoi = time.FixedZone("+07", 7*3600)

func date(t *testing.T, s string) period.Date {
	t.Helper()
	d, err := period.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func month(t *testing.T, s string) period.Month {
	t.Helper()
	m, err := period.ParseMonth(s)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func at(t *testing.T, s string) time.Time {
	t.Helper()
	instant, err := time.ParseInLocation("2006-01-02 15:04", s, hanoi)
	if err != nil {
		t.Fatal(err)
	}
	return instant
}

// timetable has Tết of 2026, 16 to 20 February, and the day off of 1 January.
func timetable(t *testing.T) period.Timetable {
	days := map[period.Date]period.DayKind{date(t, "2026-01-01"): period.Off}
	for d := date(t, "2026-02-14"); !d.After(date(t, "2026-02-22")); d = d.AddDays(1) {
		days[d] = period.Tet
	}
	return period.Timetable{Deadline: period.DeadlineRule{Day: 17, Hour: 17}, Calendar: period.NewCalendar(days), Zone: hanoi}
}

func units(t *testing.T) []*catalogue.Unit {
	return []*catalogue.Unit{
		{ID: "HN-001", Kind: catalogue.UrbanDistrict, Name: "Ba Đình", Email: "ba-dinh@x.vn"},
		{ID: "HN-002", Kind: catalogue.UrbanDistrict, Name: "Hoàn Kiếm", Email: "hoan-kiem@x.vn"},
		{ID: "HN-003", Kind: catalogue.UrbanDistrict, Name: "Tây Hồ", Email: "tay-ho@x.vn", ValidTo: date(t, "2026-02-20")},
		{ID: "HN-004", Kind: catalogue.UrbanDistrict, Name: "Cầu Giấy"},
	}
}

// world is an office whose clock runs.
type world struct {
	t    *testing.T
	in   Input
	all  []*catalogue.Unit
	is   map[string]submission.Status // by month and unit, "2025-06 HN-001"; missing where not said
	sent []string
}

func newWorld(t *testing.T) *world {
	w := &world{t: t, all: units(t), is: map[string]submission.Status{}}
	w.in = Input{
		Settings:  Settings{Before: 2, After: 1, Hour: 8, Most: 50},
		Timetable: timetable(t), Book: dispatch.Book{},
		Units: func(id string) (*catalogue.Unit, bool) {
			i := slices.IndexFunc(w.all, func(u *catalogue.Unit) bool { return u.ID == id })
			return w.all[max(i, 0)], i >= 0
		},
	}
	return w
}

// receipts are those of three months, as they are at now.
func (w *world) receipts(now time.Time) []summary.Receipt {
	var all []summary.Receipt
	last := w.in.Timetable.Scheme.MonthOf(period.DateIn(now, hanoi))
	for m := last.Add(-2); !m.After(last); m = m.Add(1) {
		for _, u := range w.all {
			if !u.ValidDuring(w.in.Timetable.Window(m)) {
				continue
			}
			r := summary.Receipt{Unit: u, Month: m, Status: submission.Missing, Deadline: w.in.Timetable.Due(m)}
			if s, ok := w.is[m.String()+" "+u.ID]; ok {
				r.Status = s
			}
			all = append(all, r)
		}
	}
	return all
}

// pass does what a pass does, and every message goes through.
func (w *world) pass(now time.Time) Plan {
	w.in.Now, w.in.Receipts = now, w.receipts(now)
	plan := Owed(w.in)
	for _, k := range plan.Begun {
		w.in.Book[k] = dispatch.Dispatch{Key: k, State: dispatch.Since, FirstAt: now, At: now}
	}
	for _, l := range plan.Letters {
		w.in.Book[l.Key] = dispatch.Dispatch{Key: l.Key, State: dispatch.Sent, FirstAt: now, At: now}
		w.sent = append(w.sent, fmt.Sprintf("%s %s %s %s", now.Format("2006-01-02 15:04"), l.Kind, l.Period, l.Recipient))
	}
	for _, l := range plan.Unaddressed {
		w.in.Book[l.Key] = dispatch.Dispatch{Key: l.Key, State: dispatch.Failed, FirstAt: now, At: now}
		w.sent = append(w.sent, fmt.Sprintf("%s %s %s nobody, %s", now.Format("2006-01-02 15:04"), l.Kind, l.Period, l.Unit.ID))
	}
	return plan
}

func (w *world) run(from, to string, step time.Duration) {
	w.t.Helper()
	for now := at(w.t, from); now.Before(at(w.t, to)); now = now.Add(step) {
		w.pass(now)
	}
}

func (w *world) want(lines ...string) {
	w.t.Helper()
	if !slices.Equal(w.sent, lines) {
		w.t.Errorf("sent\n%s\nwant\n%s", strings.Join(w.sent, "\n"), strings.Join(lines, "\n"))
	}
}

func TestRemindersOverMonthsAndTet(t *testing.T) {
	w := newWorld(t)
	for _, m := range []string{"2026-01", "2026-02", "2026-03"} {
		w.is[m+" HN-002"] = submission.NeedsCorrection // sent something, with errors
	}
	w.is["2026-01 HN-004"] = submission.AcceptedWithWarnings
	w.is["2026-02 HN-004"] = submission.Accepted
	w.is["2026-03 HN-001"] = submission.Imported
	w.run("2025-12-28 00:00", "2026-03-31 00:00", 30*time.Minute)
	w.want(
		// 17/1/2026 is a Saturday: the deadline is Monday the 19th.
		"2026-01-15 08:00 reminder_before 2026-01 ba-dinh@x.vn",
		"2026-01-15 08:00 reminder_before 2026-01 tay-ho@x.vn",
		"2026-01-20 08:00 reminder_after 2026-01 ba-dinh@x.vn",
		"2026-01-20 08:00 reminder_after 2026-01 hoan-kiem@x.vn",
		"2026-01-20 08:00 reminder_after 2026-01 tay-ho@x.vn",
		// In Tết: due Monday the 23rd, two working days before is the 12th; the unit that
		// ended on the 20th is not written to after that.
		"2026-02-12 08:00 reminder_before 2026-02 ba-dinh@x.vn",
		"2026-02-12 08:00 reminder_before 2026-02 tay-ho@x.vn",
		"2026-02-24 08:00 reminder_after 2026-02 ba-dinh@x.vn",
		"2026-02-24 08:00 reminder_after 2026-02 hoan-kiem@x.vn",
		"2026-03-13 08:00 reminder_before 2026-03 nobody, HN-004",
		"2026-03-18 08:00 reminder_after 2026-03 hoan-kiem@x.vn",
		"2026-03-18 08:00 reminder_after 2026-03 nobody, HN-004",
	)
}

// Neither a unit that is yet to be named nor the office itself is reminded.
func TestNobodyIsReminded(t *testing.T) {
	w := newWorld(t)
	w.all = []*catalogue.Unit{
		{ID: "HN-TT1", Kind: catalogue.Affiliated, Name: "ĐƠN VỊ TRỰC THUỘC SỐ 1 (CHƯA GHI TÊN)"},
		{ID: "HN-CT", Kind: catalogue.CityOffice, Name: "Hà Nội", Email: "vp@x.vn"},
	}
	w.run("2026-01-01 00:00", "2026-03-31 00:00", 6*time.Hour)
	w.want()
}

func TestAServiceThatWasOff(t *testing.T) {
	for back, want := range map[string]string{
		"2025-06-20 23:00": "reminder_after",  // the 18th is two working days back
		"2025-06-23 23:00": "reminder_after",  // and three
		"2025-06-24 00:10": "",                // and four
		"2025-06-17 16:59": "reminder_before", // late, and still of use
		"2025-06-17 17:00": "reminder_before", // what comes at that instant is on time
		"2025-06-17 17:01": "",
		"2025-06-13 07:59": "",
		"2025-06-13 08:00": "reminder_before",
		"2025-06-18 07:59": "",
		"2025-06-18 08:00": "reminder_after",
		"2025-09-10 12:00": "",
	} {
		w := newWorld(t)
		w.all = w.all[:1]
		var got []string
		for _, l := range w.pass(at(t, back)).Letters {
			got = append(got, string(l.Kind))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("back at %s: %v, want %q", back, got, want)
		}
	}
}

func TestAClockThatIsSetBackSendsNothingTwice(t *testing.T) {
	w := newWorld(t)
	w.all = w.all[:1]
	w.run("2025-06-01 00:00", "2025-06-25 00:00", time.Hour)
	w.run("2025-06-01 00:00", "2025-06-25 00:00", time.Hour)
	w.want("2025-06-13 08:00 reminder_before 2025-06 ba-dinh@x.vn", "2025-06-18 08:00 reminder_after 2025-06 ba-dinh@x.vn")
}

func TestAnExtendedDeadlineHasRemindersOfItsOwn(t *testing.T) {
	w := newWorld(t)
	w.all = w.all[:1]
	w.run("2025-06-10 00:00", "2025-06-19 00:00", time.Hour)
	r := w.receipts(at(t, "2025-06-19 00:00"))
	w.sent = nil
	for now := at(t, "2025-06-19 00:00"); now.Before(at(t, "2025-07-05 00:00")); now = now.Add(time.Hour) {
		w.in.Now = now
		for i := range r {
			if r[i].Month == month(t, "2025-06") {
				r[i].Deadline, r[i].Extended = at(t, "2025-06-25 17:00"), true
				w.in.Receipts = r[i : i+1]
			}
		}
		for _, l := range Owed(w.in).Letters {
			w.in.Book[l.Key] = dispatch.Dispatch{Key: l.Key, State: dispatch.Sent, At: now}
			w.sent = append(w.sent, now.Format("2006-01-02 15:04 ")+string(l.Kind))
		}
	}
	w.want("2025-06-23 08:00 reminder_before", "2025-06-26 08:00 reminder_after")
	w.in.Receipts[0].Closed = true
	w.in.Book, w.in.Now = dispatch.Book{}, at(t, "2025-06-26 08:00")
	if plan := Owed(w.in); len(plan.Letters) > 0 {
		t.Errorf("a gap that the office closed: %+v", plan.Letters)
	}
}

func TestANewAddressGetsOnlyWhatTheOldOneDidNot(t *testing.T) {
	for state, want := range map[dispatch.State]int{
		dispatch.Sent: 0, dispatch.Sending: 0, dispatch.Unsure: 0, dispatch.Failed: 1, dispatch.Deferred: 1,
	} {
		w := newWorld(t)
		w.all = w.all[:1]
		now := at(t, "2025-06-18 09:00")
		old := dispatch.Key{Kind: dispatch.ReminderAfter, Period: "2025-06", Unit: "HN-001", Recipient: "cu@x.vn", Thing: "2025-06-17"}
		w.in.Book[old] = dispatch.Dispatch{Key: old, State: state, At: now.Add(-time.Hour), FirstAt: now.Add(-time.Hour)}
		if plan := w.pass(now); len(plan.Letters) != want {
			t.Errorf("%s at the old address: %d letters", state, len(plan.Letters))
		}
	}
	w := newWorld(t) // none before, one now
	w.all = w.all[3:]
	now := at(t, "2025-06-18 09:00")
	if plan := w.pass(now); len(plan.Unaddressed) != 1 || len(w.pass(now).Unaddressed) != 0 {
		t.Errorf("%+v", plan)
	}
	w.all[0].Email = "cau-giay@x.vn"
	if plan := w.pass(now); len(plan.Letters) != 1 || plan.Letters[0].Recipient != "cau-giay@x.vn" {
		t.Errorf("%+v", plan)
	}
}

func TestReportsGoToThoseWhoGetTheirKind(t *testing.T) {
	w := newWorld(t)
	w.all = nil
	w.in.Settings.ReportTo, w.in.Settings.DraftTo = []string{"lanh-dao@x.vn"}, []string{"bien-tap@x.vn"}
	june := period.SpanOf(period.Monthly, month(t, "2025-06"), period.Month{})
	may := period.SpanOf(period.Monthly, month(t, "2025-05"), period.Month{})
	w.in.Revisions = []Revision{
		{Period: may, Number: 2, PublishedAt: at(t, "2025-05-20 10:00"), Signed: true}, {Period: june, Number: 1, PublishedAt: at(t, "2025-06-18 07:00")},
	}
	if plan := w.pass(at(t, "2025-06-18 07:00")); len(plan.Letters) > 0 || len(plan.Begun) != 2 {
		t.Fatalf("what stood before is sent: %+v", plan)
	}
	w.in.Revisions[1] = Revision{Period: june, Number: 2, PublishedAt: at(t, "2025-06-18 11:00")}
	w.pass(at(t, "2025-06-18 11:01"))
	w.in.Revisions[1] = Revision{Period: june, Number: 4, PublishedAt: at(t, "2025-06-20 09:00"), Signed: true}
	w.run("2025-07-20 09:00", "2025-07-22 09:00", time.Hour) // a month later: a report is never too old
	w.want("2025-06-18 11:01 draft 2025-06 bien-tap@x.vn", "2025-07-20 09:00 report 2025-06 lanh-dao@x.vn")

	w.sent, w.in.Settings.ReportTo = nil, []string{"lanh-dao@x.vn", "moi@x.vn"}
	w.run("2025-07-22 09:00", "2025-07-23 09:00", time.Hour)
	w.in.Revisions[0] = Revision{Period: may, Number: 3, PublishedAt: at(t, "2025-07-23 09:30"), Signed: true}
	w.run("2025-07-23 10:00", "2025-07-24 09:00", time.Hour)
	w.want("2025-07-23 10:00 report 2025-05 lanh-dao@x.vn", "2025-07-23 10:00 report 2025-05 moi@x.vn")
}

// Whatever a file is called, the subject of its receipt is one that can be sent.
func TestSubjectsHoldNoCharacterOfControl(t *testing.T) {
	book, err := wording.Load(templates.FS)
	if err != nil {
		t.Fatal(err)
	}
	l := Letter{
		Key: dispatch.Key{Kind: dispatch.Receipt, Period: "2025-06"}, Unit: units(t)[0],
		File: submission.File{Path: "x/báo\r\ncáo\x1b[2J\u2028.xlsx", Period: month(t, "2025-06")},
	}
	subject, _ := Compose(l, Facts{Phrases: book.In("vi"), Zone: hanoi})
	if strings.ContainsAny(subject, "\r\n\x1b\u2028") || !strings.Contains(subject, "báo  cáo [2J .xlsx") {
		t.Errorf("%q", subject)
	}
}

func TestReceiptsAnswerWhatCameSince(t *testing.T) {
	w := newWorld(t)
	w.in.Settings = Settings{Receipts: true, Most: 50}
	file := func(sha, unit, seen string) File {
		f := File{File: submission.File{Path: sha + ".xlsx", SHA256: sha, Unit: unit, Period: month(t, "2025-06")}}
		if seen != "" {
			f.FirstSeen = at(t, seen)
		}
		return f
	}
	w.in.Files = []File{file("old", "HN-001", "2025-06-16 09:00"), file("here", "HN-001", ""), file("nobody", "", "")}
	w.pass(at(t, "2025-06-16 10:00"))
	w.in.Files = append(w.in.Files, file("new", "HN-002", ""), file("unaddressed", "HN-004", ""))
	w.pass(at(t, "2025-06-16 10:05"))
	for i := range w.in.Files[1:] {
		w.in.Files[i+1].FirstSeen = at(t, "2025-06-16 10:06") // a run has recorded them
	}
	w.run("2025-06-16 10:10", "2025-06-30 10:00", time.Hour)
	w.want("2025-06-16 10:05 receipt 2025-06 hoan-kiem@x.vn", "2025-06-16 10:05 receipt 2025-06 nobody, HN-004")
	w.sent, w.in.Files = nil, []File{file("stale", "HN-001", "2025-06-20 17:00"), file("fresh", "HN-001", "2025-06-25 17:00")}
	w.pass(at(t, "2025-06-30 10:00"))
	w.want("2025-06-30 10:00 receipt 2025-06 ba-dinh@x.vn")
}

func TestFailuresWaitLapseAndAreToldOnce(t *testing.T) {
	w := newWorld(t)
	w.all = w.all[:2]
	now := at(t, "2025-06-18 08:00")
	first := w.pass(now).Letters[0].Key
	failed := func(state dispatch.State, attempts int, at time.Time) {
		w.in.Book[first] = dispatch.Dispatch{Key: first, State: state, Attempts: attempts, FirstAt: now, At: at}
	}
	failed(dispatch.Deferred, 1, now)
	if plan := w.pass(now.Add(4 * time.Minute)); len(plan.Letters) > 0 || plan.Waiting != 1 || !plan.Next.Equal(now.Add(5*time.Minute)) {
		t.Errorf("%+v", plan)
	}
	if plan := w.pass(now.Add(5 * time.Minute)); len(plan.Letters) != 1 {
		t.Errorf("%+v", plan)
	}
	failed(dispatch.Deferred, 9, at(t, "2025-06-23 20:00"))
	if plan := w.pass(at(t, "2025-06-24 09:00")); len(plan.Letters) > 0 || len(plan.Lapsed) != 1 {
		t.Errorf("%+v", plan)
	}
	failed(dispatch.Sending, 0, now)
	if plan := w.pass(now.Add(time.Minute)); len(plan.Letters) > 0 || len(plan.Unsure) != 1 || plan.Unsure[0].Key != first {
		t.Errorf("%+v", plan)
	}
	failed(dispatch.Unsure, 0, now)
	if plan := w.pass(now.Add(time.Minute)); len(plan.Letters)+len(plan.Unsure) > 0 {
		t.Errorf("%+v", plan)
	}
	// A report that was being sent is sent again.
	k := dispatch.Key{Kind: dispatch.Report, Period: "2025-06", Recipient: "l@x.vn", Thing: "r1"}
	w.in.Book = dispatch.Book{k: {Key: k, State: dispatch.Sending, At: now, FirstAt: now}}
	mark := dispatch.Key{Kind: dispatch.Report, Recipient: "l@x.vn"}
	w.in.Book[mark] = dispatch.Dispatch{Key: mark, State: dispatch.Since, At: now.Add(-time.Hour)}
	w.in.Settings = Settings{ReportTo: []string{"l@x.vn"}, Most: 1}
	w.in.Revisions = []Revision{{Period: period.SpanOf(period.Monthly, month(t, "2025-06"), period.Month{}), Number: 1, PublishedAt: now, Signed: true}}
	if plan := w.pass(now); len(plan.Letters) != 1 || plan.Letters[0].Key != k || len(plan.Unsure) > 0 {
		t.Errorf("%+v", plan)
	}
}

func TestAPassIsBoundedAndOrdered(t *testing.T) {
	w := newWorld(t)
	w.in.Settings.Most = 2
	w.in.Settings.Receipts = true
	w.pass(at(t, "2025-06-10 08:00"))
	w.in.Files = []File{{File: submission.File{Path: "a.xlsx", SHA256: "a", Unit: "HN-002"}}}
	plan := w.pass(at(t, "2025-06-18 08:00"))
	if len(plan.Letters) != 2 || plan.Left != 2 || plan.Letters[0].Kind != dispatch.Receipt || plan.Letters[1].Kind != dispatch.ReminderAfter {
		t.Errorf("%+v", plan)
	}
	w.pass(at(t, "2025-06-18 08:01"))
	recipients := map[string]int{}
	for k, d := range w.in.Book {
		if d.State == dispatch.Sent {
			recipients[k.Recipient]++
		}
	}
	if want := map[string]int{"hoan-kiem@x.vn": 2, "ba-dinh@x.vn": 1, "tay-ho@x.vn": 1}; !maps.Equal(recipients, want) {
		t.Errorf("%v", recipients)
	}
}
