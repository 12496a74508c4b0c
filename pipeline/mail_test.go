package pipeline_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tonghop/pipeline"
	"tonghop/pipeline/dispatch"
	"tonghop/pipeline/form"
	"tonghop/pipeline/ledger"
	"tonghop/pipeline/mailing"
	"tonghop/pipeline/notify"
	"tonghop/pipeline/notify/smtptest"
)

// postOffice is an office with a mail server and a clock that is set by hand.
type postOffice struct {
	office
	server   *smtptest.Server
	to       notify.Server
	settings mailing.Settings
	now      time.Time
	seen     int
}

func newPostOffice(t *testing.T, addressed ...string) *postOffice {
	t.Helper()
	o := &postOffice{office: newOffice(t), server: smtptest.New(t)}
	o.to = notify.Server{
		Host: o.server.Host, Port: o.server.Port, Security: notify.StartTLS, Auth: notify.AuthAny, Username: smtptest.User,
		Password: smtptest.Password, From: "tonghop@x.vn", Timeout: 20 * time.Second, Trust: o.server.Trust,
	}
	o.settings = mailing.Settings{
		Before: 2, After: 1, Hour: 8, Receipts: true, ReportTo: []string{"lanh-dao@x.vn"}, DraftTo: []string{"bien-tap@x.vn"}, Most: 50,
	}
	for _, id := range addressed {
		u, ok := o.Catalogue.Unit(id)
		if !ok {
			t.Fatalf("no unit %s", id)
		}
		u.Email = strings.ToLower(id) + "@x.vn"
	}
	o.Now = func() time.Time { return o.now }
	return o
}

// at sets the clock, by that of Hà Nội.
func (o *postOffice) at(text string) *postOffice {
	o.t.Helper()
	now, err := time.ParseInLocation("2006-01-02 15:04", text, o.Timetable.Zone)
	if err != nil {
		o.t.Fatal(err)
	}
	o.now = now
	return o
}

func (o *postOffice) pass() pipeline.MailOutcome {
	o.t.Helper()
	out, err := o.Mail(context.Background(), o.settings, o.to, o.now)
	if err != nil {
		o.t.Fatal(err)
	}
	return out
}

// arrived are the messages that came since it was asked last.
func (o *postOffice) arrived() []smtptest.Received {
	all := o.server.Received()
	fresh := all[o.seen:]
	o.seen = len(all)
	return fresh
}

// wants holds what came since the last look against "address subject".
func (o *postOffice) wants(want ...string) []smtptest.Received {
	o.t.Helper()
	fresh := o.arrived()
	var got []string
	for _, m := range fresh {
		subject, err := (&mime.WordDecoder{}).DecodeHeader(readMail(o.t, m).Header.Get("Subject"))
		if err != nil {
			o.t.Fatal(err)
		}
		got = append(got, m.To+" "+subject)
	}
	if !slices.Equal(got, want) {
		o.t.Errorf("at %s came\n%s\nwant\n%s", o.now.Format("2006-01-02 15:04"), strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	return fresh
}

func readMail(t *testing.T, m smtptest.Received) *mail.Message {
	t.Helper()
	read, err := mail.ReadMessage(strings.NewReader(m.Data))
	if err != nil {
		t.Fatal(err)
	}
	return read
}

// parts are the text of a message and the names of its attachments.
func parts(t *testing.T, m smtptest.Received) (text string, names []string) {
	t.Helper()
	read := readMail(t, m)
	kind, parameters, err := mime.ParseMediaType(read.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(kind, "multipart/") {
		data, err := io.ReadAll(quotedprintable.NewReader(read.Body))
		if err != nil {
			t.Fatal(err)
		}
		return strings.ReplaceAll(string(data), "\r\n", "\n"), nil
	}
	all := multipart.NewReader(read.Body, parameters["boundary"])
	for {
		part, err := all.NextPart()
		if errors.Is(err, io.EOF) {
			return text, names
		}
		if err != nil {
			t.Fatal(err)
		}
		if name := part.FileName(); name != "" {
			names = append(names, name)
			continue
		}
		data, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		text += strings.ReplaceAll(string(data), "\r\n", "\n")
	}
}

func (o *postOffice) drop(name, unit string, number int64) {
	o.t.Helper()
	o.received(o.sendWith(name, unit, june, number, func(*form.Filled) {}), o.now.Add(-time.Minute))
}

func TestMailOverAMonth(t *testing.T) {
	o := newPostOffice(t, "HN-001", "HN-002", "HN-003")
	if out := o.at("2025-06-12 08:00").pass(); out.Begun != 3 {
		t.Errorf("%+v", out)
	}
	out := o.at("2025-06-13 08:00").pass()
	if len(out.Unaddressed) == 0 || len(out.Unaddressed) != len(o.at("2025-06-13 08:00").Catalogue.ExpectedUnits(june, o.Timetable.Scheme))-4 { // three have one, the office is not reminded
		t.Errorf("%d without an address", len(out.Unaddressed))
	}
	first := o.wants(
		"hn-001@x.vn Sắp đến hạn nộp báo cáo tháng 6/2025 – Quận Ba Đình",
		"hn-002@x.vn Sắp đến hạn nộp báo cáo tháng 6/2025 – Quận Hoàn Kiếm",
		"hn-003@x.vn Sắp đến hạn nộp báo cáo tháng 6/2025 – Quận Tây Hồ",
	)
	text, names := parts(t, first[0])
	if want := "Hạn nộp báo cáo tháng 6/2025 (từ 15/5/2025 đến 14/6/2025) là 17:00 ngày 17/6/2025."; !strings.Contains(text, want) || len(names) > 0 {
		t.Errorf("%s\n%v", text, names)
	}
	if out := o.at("2025-06-13 08:01").pass(); len(out.Unaddressed)+len(out.Sent) > 0 {
		t.Errorf("told twice: %+v", out)
	}

	o.at("2025-06-16 09:00").drop("ba-dinh.xlsx", "HN-001", 3)
	o.drop("hoan-kiem.xlsx", "HN-002", 3)
	o.retype(filepath.Join(o.Inputs, "hoan-kiem.xlsx"), "Báo cáo", o.cellOf("hoan-kiem.xlsx", "CT02_LD"), "mười hai")
	o.received(filepath.Join(o.Inputs, "hoan-kiem.xlsx"), o.now.Add(-time.Minute))
	o.at("2025-06-16 09:05").pass()
	receipts := o.wants(
		"hn-001@x.vn Biên nhận báo cáo tháng 6/2025 – Quận Ba Đình – ba-dinh.xlsx",
		"hn-002@x.vn Biên nhận báo cáo tháng 6/2025 – Quận Hoàn Kiếm – hoan-kiem.xlsx",
	)
	if text, names := parts(t, receipts[0]); !strings.Contains(text, "BIÊN NHẬN số 2025-06/HN-001/") || !strings.Contains(text, "đúng hạn") ||
		len(names) != 1 || !strings.HasPrefix(names[0], "phan-hoi-HN-001-") {
		t.Errorf("%s\n%v", text, names)
	}
	if text, _ := parts(t, receipts[1]); !strings.Contains(text, "điểm đề nghị sửa") || !strings.Contains(text, "“mười hai”") {
		t.Error(text)
	}
	o.mustRun(june)
	o.at("2025-06-17 12:00").pass()
	draft := o.wants("bien-tap@x.vn DỰ THẢO – Báo cáo tháng 6/2025, bản r1")
	if _, names := parts(t, draft[0]); !slices.Equal(names, []string{"bao-cao-2025-06-r1-du-thao.pdf"}) {
		t.Errorf("%v", names)
	}

	o.at("2025-06-18 08:00").pass()
	late := o.wants(
		"hn-002@x.vn Đề nghị sửa báo cáo tháng 6/2025 – Quận Hoàn Kiếm",
		"hn-003@x.vn Đề nghị gửi báo cáo tháng 6/2025 – Quận Tây Hồ",
	)
	if text, names := parts(t, late[0]); !strings.Contains(text, "Đã nhận một phần, đề nghị sửa") || !strings.Contains(text, "“mười hai”") || len(names) != 1 {
		t.Errorf("%s\n%v", text, names)
	}

	o.at("2025-06-18 14:30")
	if _, err := o.SignOff(context.Background(), map[string]string{
		"period": "2025-06", "signer": "Nguyễn Thị A", "authority": "TM. BAN THƯỜNG VỤ", "title": "CHỦ TỊCH", "number": "05/BC-BTV", "dated": "2025-06-18", "basis": "họp ngày 18/6",
	}); err != nil {
		t.Fatal(err)
	}
	o.at("2025-06-18 14:31").pass()
	signed := o.wants("lanh-dao@x.vn Báo cáo tháng 6/2025")
	if _, names := parts(t, signed[0]); !slices.Equal(names, []string{"bao-cao-2025-06-r2.pdf"}) {
		t.Errorf("%v", names)
	}
	if _, err := o.RebuildLedger(context.Background()); err != nil {
		t.Fatal(err)
	}
	for _, now := range []string{"2025-06-18 14:32", "2025-06-19 08:00", "2025-06-18 08:00", "2025-06-13 08:00"} {
		if out := o.at(now).pass(); len(out.Sent) > 0 {
			t.Errorf("at %s sent again: %+v", now, out.Sent)
		}
	}
}

// cellOf is the cell of an indicator in a workbook, by the finding of a run.
func (o *postOffice) cellOf(name, indicator string) string {
	o.t.Helper()
	batch, err := o.Collect(context.Background())
	if err != nil {
		o.t.Fatal(err)
	}
	for _, r := range batch {
		if r.File.Path == name && r.Submission != nil {
			if v, ok := r.Submission.Value(indicator); ok {
				return v.Cell
			}
		}
	}
	o.t.Fatalf("no %s in %s", indicator, name)
	return ""
}

func TestOneBadAddressKeepsNobodyElseFromTheirMail(t *testing.T) {
	o := newPostOffice(t, "HN-001", "HN-002", "HN-003", "HN-004", "HN-005")
	broken := true
	o.server.Answer(func(verb, argument string) string {
		switch {
		case !broken:
		case verb == "RCPT" && argument == "hn-001@x.vn":
			return "550 5.1.1 no such user"
		case verb == "RCPT" && argument == "hn-002@x.vn":
			return "450 4.2.0 greylisted"
		case verb == "." && argument == "hn-003@x.vn":
			return smtptest.HangUp
		case verb == "RCPT" && argument == "hn-004@x.vn":
			return "421 4.7.0 closing"
		}
		return ""
	})
	out := o.at("2025-06-18 08:00").pass()
	if len(out.Refused) != 1 || out.Refused[0].Recipient != "hn-001@x.vn" || !strings.Contains(out.Refused[0].Answer, "550 5.1.1 no such user") {
		t.Errorf("refused %+v", out.Refused)
	}
	if len(out.Deferred) != 2 || out.Deferred[0].Recipient != "hn-002@x.vn" || !out.Deferred[0].Again.Equal(o.now.Add(5*time.Minute)) {
		t.Errorf("deferred %+v", out.Deferred)
	}
	if len(out.Uncertain) != 1 || out.Uncertain[0].Recipient != "hn-003@x.vn" || len(out.Sent) != 1 || out.Sent[0].Recipient != "hn-005@x.vn" {
		t.Errorf("uncertain %+v, sent %+v", out.Uncertain, out.Sent)
	}
	if n := len(o.arrived()); n != 2 { // the uncertain one did arrive
		t.Errorf("%d arrived", n)
	}
	broken = false
	if out := o.at("2025-06-18 08:04").pass(); len(out.Sent)+len(out.Refused)+len(out.Uncertain) > 0 || out.Waiting != 2 {
		t.Errorf("too early: %+v", out)
	}
	if out := o.at("2025-06-18 08:05").pass(); len(out.Sent) != 2 {
		t.Errorf("%+v", out)
	}
	for _, now := range []string{"2025-06-18 09:00", "2025-06-20 09:00"} {
		if out := o.at(now).pass(); len(out.Sent)+len(out.Refused)+len(out.Uncertain) > 0 {
			t.Errorf("at %s: %+v", now, out)
		}
	}
	o.arrived()
	u, _ := o.Catalogue.Unit("HN-001") // the address is mended
	u.Email = "moi@x.vn"
	o.at("2025-06-20 10:00").pass()
	o.wants("moi@x.vn Đề nghị gửi báo cáo tháng 6/2025 – Quận Ba Đình")
}

func TestAMailServerThatIsDownIsTriedLessAndLess(t *testing.T) {
	o := newPostOffice(t, "HN-001", "HN-002")
	o.server.Answer(func(verb, _ string) string {
		if verb == "DIAL" {
			return "554 5.3.2 maintenance"
		}
		return ""
	})
	start := o.at("2025-06-18 08:00").now
	var tried []string
	for o.now = start; o.now.Before(start.Add(5 * time.Hour)); o.now = o.now.Add(time.Minute) {
		before := o.server.Dialled()
		out := o.pass() // each opens the ledger anew, as after a restart
		if out.Unreachable == "" || !strings.Contains(out.Unreachable, "maintenance") || out.Left != 2 {
			t.Fatalf("%+v", out)
		}
		if o.server.Dialled() > before {
			tried = append(tried, o.now.Sub(start).String())
		}
		o.now = o.now.Add(4 * time.Minute)
	}
	if got := fmt.Sprint(tried); got != "[0s 5m0s 20m0s 1h20m0s 4h20m0s]" {
		t.Errorf("tried after %s", got)
	}
	o.server.Answer(func(string, string) string { return "" })
	o.at("2025-06-18 18:20").pass()
	o.wants("hn-001@x.vn Đề nghị gửi báo cáo tháng 6/2025 – Quận Ba Đình", "hn-002@x.vn Đề nghị gửi báo cáo tháng 6/2025 – Quận Hoàn Kiếm")
	if out := o.at("2025-06-18 18:21").pass(); out.Unreachable != "" || len(out.Sent) > 0 {
		t.Errorf("%+v", out)
	}
}

// noted puts a dispatch into the ledger, as a stopped program left it.
func (o *postOffice) noted(d dispatch.Dispatch) {
	o.t.Helper()
	book, err := ledger.Open(context.Background(), filepath.Join(o.State, "ledger.db"))
	if err != nil {
		o.t.Fatal(err)
	}
	defer book.Close()
	if err := book.Note(context.Background(), d); err != nil {
		o.t.Fatal(err)
	}
}

func TestWhatWasInterrupted(t *testing.T) {
	o := newPostOffice(t, "HN-001")
	o.at("2025-06-16 09:00").drop("ba-dinh.xlsx", "HN-001", 3)
	o.at("2025-06-16 09:10").pass() // begins: what is there is not answered
	o.mustRun(june)
	reminder := dispatch.Key{Kind: dispatch.ReminderBefore, Period: "2025-06", Unit: "HN-001", Recipient: "hn-001@x.vn", Thing: "2025-06-17"}
	draft := dispatch.Key{Kind: dispatch.Draft, Period: "2025-06", Recipient: "bien-tap@x.vn", Thing: "r1"}
	for _, k := range []dispatch.Key{reminder, draft} {
		o.noted(dispatch.Dispatch{Key: k, State: dispatch.Sending, At: o.now, FirstAt: o.now})
	}
	out := o.at("2025-06-16 09:20").pass()
	if len(out.Interrupted) != 1 || out.Interrupted[0].Key != reminder || len(out.Sent) != 0 {
		t.Errorf("%+v", out)
	}
	if out := o.at("2025-06-16 09:21").pass(); len(out.Interrupted) > 0 {
		t.Errorf("told twice: %+v", out)
	}
	// The revision was published at 09:10, when mail began: the next one is sent.
	o.at("2025-06-17 09:00").drop("hoan-kiem.xlsx", "HN-002", 3)
	o.now = o.now.Add(time.Minute)
	if _, err := o.runAt(june, o.now); err != nil {
		t.Fatal(err)
	}
	hang := true
	o.server.Answer(func(verb, _ string) string {
		if verb == "." && hang {
			hang = false
			return smtptest.HangUp
		}
		return ""
	})
	if out := o.at("2025-06-17 09:05").pass(); len(out.Uncertain) != 1 || out.Uncertain[0].Again.IsZero() {
		t.Errorf("%+v", out)
	}
	o.at("2025-06-17 09:10").pass()
	twice := o.wants("bien-tap@x.vn DỰ THẢO – Báo cáo tháng 6/2025, bản r2", "bien-tap@x.vn DỰ THẢO – Báo cáo tháng 6/2025, bản r2")
	if len(twice) == 2 && (twice[0].Head("Message-ID") == "" || twice[0].Head("Message-ID") != twice[1].Head("Message-ID")) {
		t.Errorf("%q and %q", twice[0].Head("Message-ID"), twice[1].Head("Message-ID"))
	}
	o.noted(dispatch.Dispatch{
		Key: dispatch.Key{Kind: dispatch.Draft, Period: "2025-06", Recipient: "bien-tap@x.vn", Thing: "r2"}, State: dispatch.Sending, At: o.now, FirstAt: o.now,
	})
	o.at("2025-06-17 09:20").pass()
	o.wants("bien-tap@x.vn DỰ THẢO – Báo cáo tháng 6/2025, bản r2")
}

func TestMailWaitsForNobodyAndWritesNothingWhenPreviewed(t *testing.T) {
	o := newPostOffice(t, "HN-001")
	o.at("2025-06-18 08:00")
	preview, err := o.PreviewMail(context.Background(), o.settings, o.to, o.now)
	if err != nil || len(preview.Messages) != 1 || preview.Messages[0].To != "hn-001@x.vn" {
		t.Fatalf("%+v, %v", preview, err)
	}
	if _, err := os.Stat(o.State); !os.IsNotExist(err) {
		t.Errorf("a preview wrote: %v", err)
	}
	lock, err := ledger.Acquire(context.Background(), filepath.Join(o.State, "mail"), 0)
	if err != nil {
		t.Fatal(err)
	}
	if out := o.pass(); !out.Busy || len(out.Sent) > 0 {
		t.Errorf("beside another: %+v", out)
	}
	if err := lock.Release(); err != nil {
		t.Fatal(err)
	}
	// While a run writes, nothing is sent that could not be recorded.
	if lock, err = ledger.Acquire(context.Background(), o.State, 0); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Mail(context.Background(), o.settings, o.to, o.now); err == nil || len(o.server.Received()) > 0 {
		t.Errorf("%v, %d received", err, len(o.server.Received()))
	}
	if err := lock.Release(); err != nil {
		t.Fatal(err)
	}
	o.pass()
	o.wants("hn-001@x.vn Đề nghị gửi báo cáo tháng 6/2025 – Quận Ba Đình")
}
