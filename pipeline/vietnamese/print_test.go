package vietnamese

import (
	"testing"
	"time"

	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
)

func TestNumber(t *testing.T) {
	for _, c := range []struct {
		number   string
		decimals int
		want     string
	}{
		{"0", 0, "0"}, {"7", 0, "7"}, {"999", 0, "999"}, {"1234", 0, "1.234"}, {"1234567", 0, "1.234.567"},
		{"1234.5", 1, "1.234,5"}, {"1234", 2, "1.234,00"}, {"-1234.5", 1, "-1.234,5"}, {"-999", 0, "-999"},
		{"2.5", 0, "3"}, {"-2.5", 0, "-3"}, {"0.125", 2, "0,13"}, {"-0.125", 2, "-0,13"}, {"0.124999", 2, "0,12"},
		{"999999.95", 1, "1.000.000,0"}, {"-0.04", 1, "0,0"}, {"0.5", 0, "1"},
		{"1234567890123456789012.5", 0, "1.234.567.890.123.456.789.013"},
	} {
		if got := Number(figure.MustParse(c.number), c.decimals); got != c.want {
			t.Errorf("Number(%s, %d) = %q, want %q", c.number, c.decimals, got, c.want)
		}
	}
	third, err := figure.Int(200).Quo(figure.Int(3))
	if err != nil {
		t.Fatal(err)
	}
	if got := Percent(third, 2); got != "66,67%" {
		t.Errorf("got %q", got)
	}
	if got := ExactNumber(third); got != "66,666667" {
		t.Errorf("got %q", got)
	}
	for number, want := range map[string]string{"1234.50": "1.234,5", "1234": "1.234", "-0.001": "-0,001", "0.0": "0"} {
		if got := ExactNumber(figure.MustParse(number)); got != want {
			t.Errorf("ExactNumber(%s) = %q, want %q", number, got, want)
		}
	}
}

func TestDatesAsPrinted(t *testing.T) {
	for _, c := range []struct {
		date        period.Date
		long, short string
	}{
		{period.Date{Year: 2021, Month: 5, Day: 7}, "ngày 07 tháng 5 năm 2021", "7/5/2021"},
		{period.Date{Year: 2025, Month: 1, Day: 15}, "ngày 15 tháng 01 năm 2025", "15/1/2025"},
		{period.Date{Year: 2025, Month: 2, Day: 9}, "ngày 09 tháng 02 năm 2025", "9/2/2025"},
		{period.Date{Year: 2025, Month: 3, Day: 10}, "ngày 10 tháng 3 năm 2025", "10/3/2025"},
		{period.Date{Year: 2025, Month: 12, Day: 31}, "ngày 31 tháng 12 năm 2025", "31/12/2025"},
		{period.Date{}, "", ""},
	} {
		if got := LongDate(c.date); got != c.long {
			t.Errorf("LongDate(%s) = %q, want %q", c.date, got, c.long)
		}
		if got := ShortDate(c.date); got != c.short {
			t.Errorf("ShortDate(%s) = %q, want %q", c.date, got, c.short)
		}
	}
	window := period.Scheme15to14.Window(period.Month{Year: 2025, Number: time.June})
	if got := Window(window); got != "từ 15/5/2025 đến 14/6/2025" {
		t.Errorf("got %q", got)
	}
	instant := time.Date(2025, 6, 17, 3, 5, 0, 0, time.UTC).In(time.FixedZone("+07", 7*60*60))
	if got := DateTime(instant); got != "10:05 ngày 17/6/2025" {
		t.Errorf("got %q", got)
	}
}
