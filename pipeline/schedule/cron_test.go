package schedule

import (
	"strings"
	"testing"

	"tonghop/pipeline/period"
)

func TestCronLinesRefused(t *testing.T) {
	for _, c := range []struct {
		each   period.SpanKind
		scheme period.Scheme
		line   string
		want   string
	}{
		{period.Monthly, period.Scheme15to14, "0 6 31 * *", "skips 2025-02: no such time comes from 2025-02-15 to 2025-03-14"},
		{period.Monthly, period.SchemeCalendar, "0 6 31 * *", "skips 2025-01: no such time comes from 2025-02-01 to 2025-02-28"},
		{period.Monthly, period.Scheme15to14, "0 6 30 * *", "skips 2025-02"},
		{period.Monthly, period.Scheme15to14, "0 6 29 * *", "skips 2025-02"},
		{period.Monthly, period.Scheme15to14, "0 6 30 2 *", "never"},
		{period.Monthly, period.Scheme15to14, "0 6 20 1-11 *", "skips 2025-12"},
		{period.Monthly, period.Scheme15to14, "@yearly", "skips 2025-01"},
		{period.Quarterly, period.Scheme15to14, "0 6 20 3,6,9 *", "skips 2025-Q4"},
		{period.NineMonths, period.Scheme15to14, "0 6 29 2 *", "skips 2025-9M"}, // 29/2/2026 is none
		{period.FullYear, period.Scheme15to14, "0 6 29 2 *", "skips 2025"},
		{period.Monthly, period.Scheme15to14, "TZ=0", ": zone"},
		{period.Monthly, period.Scheme15to14, "CRON_TZ=Asia/Ho_Chi_Minh 0 6 20 * *", ": zone"},
		{period.Monthly, period.Scheme15to14, "0 0 6 20 * *", "fields: 6"},
		{period.Monthly, period.Scheme15to14, "6 20 * *", "fields: 4"},
		{period.Monthly, period.Scheme15to14, "", "empty"},
		{period.Monthly, period.Scheme15to14, "@fortnightly", "unrecognized descriptor"},
		{period.Monthly, period.Scheme15to14, "@reboot", "unrecognized descriptor"},
		{period.Monthly, period.Scheme15to14, "@every 720h", "every"},
		{period.Monthly, period.Scheme15to14, "0 25 20 * *", "above maximum"},
		{period.Monthly, period.Scheme15to14, "0 6 L * *", "failed to parse"},
		{period.YearToDate, period.Scheme15to14, "0 6 20 * *", "want month, quarter, half, nine_months or year"},
	} {
		if _, err := Cron(c.each, c.line, c.scheme); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("each %s at %q: %v, want mention of %q", c.each, c.line, err, c.want)
		}
	}
}

func TestCronLinesTaken(t *testing.T) {
	for _, c := range []struct {
		each period.SpanKind
		line string
	}{
		{period.Monthly, "0 7 20 * *"}, {period.Monthly, "0 7 28 * *"}, {period.Monthly, "0 7 * * MON"}, {period.Monthly, "*/5 * * * *"},
		{period.Monthly, "@monthly"}, {period.Monthly, "@weekly"}, {period.Monthly, "@daily"}, {period.Monthly, "0 6 31 * 1"}, // or a Monday
		{period.Quarterly, "0 7 20 3,6,9,12 *"}, {period.Quarterly, "0 7 20 * *"}, {period.HalfYear, "0 7 31 7,1 *"},
		{period.NineMonths, "0 7 20 9 *"}, {period.FullYear, "@yearly"},
	} {
		if _, err := Cron(c.each, c.line, period.Scheme15to14); err != nil {
			t.Errorf("each %s at %q: %v", c.each, c.line, err)
		}
	}
}

// Whatever the text, a line is read or refused.
func FuzzCron(f *testing.F) {
	for _, line := range []string{"0 6 31 * *", "TZ=0", "CRON_TZ=", "@every 1h", "0 7 ? * 1-5/2", "*/0 * * * *", "60-1 0 1 1 1"} {
		f.Add(line)
	}
	f.Fuzz(func(_ *testing.T, line string) {
		_, _ = Cron(period.Monthly, line, period.Scheme15to14)
	})
}
