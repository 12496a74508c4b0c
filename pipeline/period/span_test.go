package period

import (
	"strings"
	"testing"
)

func TestSpanOf(t *testing.T) {
	plan := "2021-01"
	for _, c := range []struct {
		kind           SpanKind
		end, from, to  string
		months         int
		printed, named string
	}{
		{Monthly, "2025-06", "2025-06", "2025-06", 1, "2025-06", "month"},
		{Quarterly, "2025-05", "2025-04", "2025-06", 3, "2025-Q2", "quarter"},
		{Quarterly, "2025-12", "2025-10", "2025-12", 3, "2025-Q4", "quarter"},
		{HalfYear, "2025-06", "2025-01", "2025-06", 6, "2025-H1", "half"},
		{HalfYear, "2025-07", "2025-07", "2025-12", 6, "2025-H2", "half"},
		{NineMonths, "2025-09", "2025-01", "2025-09", 9, "2025-9M", "nine_months"},
		{FullYear, "2025-12", "2025-01", "2025-12", 12, "2025", "year"},
		{QuarterToDate, "2025-05", "2025-04", "2025-05", 2, "2025-04..2025-05", "quarter_to_date"},
		{QuarterToDate, "2025-01", "2025-01", "2025-01", 1, "2025-01..2025-01", "quarter_to_date"},
		{YearToDate, "2025-06", "2025-01", "2025-06", 6, "2025-01..2025-06", "year_to_date"},
		{PlanToDate, "2025-06", "2021-01", "2025-06", 54, "2021-01..2025-06", "plan_to_date"},
	} {
		span := SpanOf(c.kind, month(t, c.end), month(t, plan))
		if span.From != month(t, c.from) || span.To != month(t, c.to) {
			t.Errorf("%s at %s = %s..%s, want %s..%s", c.kind, c.end, span.From, span.To, c.from, c.to)
		}
		if span.String() != c.printed || span.Kind.String() != c.named {
			t.Errorf("%s at %s prints %q, %q", c.kind, c.end, span, span.Kind)
		}
		months := span.Months()
		if len(months) != c.months || span.NumMonths() != c.months {
			t.Errorf("%s has %d months, NumMonths %d, want %d", span, len(months), span.NumMonths(), c.months)
		}
		if months[0] != span.From || months[len(months)-1] != span.To {
			t.Errorf("%s lists %v", span, months)
		}
		if span.Contains(span.From.Add(-1)) || !span.Contains(span.From) || !span.Contains(span.To) || span.Contains(span.To.Add(1)) {
			t.Errorf("%s holds the wrong months", span)
		}
	}
}

func TestSpanWithoutMonths(t *testing.T) {
	end := month(t, "2025-06")
	for _, span := range []Span{
		{}, SpanOf(PlanToDate, end, Month{}), SpanOf(PlanToDate, end, month(t, "2025-07")), SpanOf(YearToDate, Month{}, Month{}),
	} {
		if !span.IsZero() || span.NumMonths() != 0 || len(span.Months()) != 0 || span.Contains(end) || span.String() != "" {
			t.Errorf("%#v is not empty", span)
		}
	}
}

func TestSpanKindRoundTrip(t *testing.T) {
	for kind := Monthly; kind <= PlanToDate; kind++ {
		if got, err := ParseSpanKind(kind.String()); err != nil || got != kind {
			t.Errorf("%s read back as %v, %v", kind, got, err)
		}
	}
	for _, s := range []string{"", "months", "Month"} {
		if _, err := ParseSpanKind(s); err == nil {
			t.Errorf("%q was read", s)
		}
	}
}

func TestSelectorRoundTrip(t *testing.T) {
	selectors := []string{"latest", "previous"}
	first := month(t, "2020-01")
	for i := range 48 {
		m := first.Add(i)
		for _, kind := range []SpanKind{Monthly, Quarterly, HalfYear, NineMonths, FullYear} {
			selectors = append(selectors, SpanOf(kind, m, Month{}).String())
		}
	}
	for _, s := range selectors {
		for _, written := range []string{s, strings.ToLower(s), strings.ToUpper(s)} {
			got, err := ParseSelector(written)
			if err != nil {
				t.Fatal(err)
			}
			if got.String() != s {
				t.Errorf("%q read back as %q", written, got)
			}
			if (got.Kind == Fixed) == got.Span.IsZero() {
				t.Errorf("%q has the span %q", written, got.Span)
			}
		}
	}
	half, _ := ParseSelector("2025-H2")
	if want := (Span{HalfYear, month(t, "2025-07"), month(t, "2025-12")}); half.Span != want {
		t.Errorf("2025-H2 = %v, want %v", half.Span, want)
	}
}

func TestSelectorErrorsSayWhatIsAccepted(t *testing.T) {
	for _, s := range []string{"", "june", "2025-Q5", "2025-Q0", "2025-H3", "2025-3M", "2025-", "0000", "25", "20250", "2025-6", "06/2025", "2025-06-01"} {
		_, err := ParseSelector(s)
		if err == nil {
			t.Errorf("%q was read", s)
			continue
		}
		for _, example := range []string{"2025-06", "2025-Q2", "2025-H1", "2025-9M", "latest", "previous"} {
			if !strings.Contains(err.Error(), example) {
				t.Errorf("%q: %q does not mention %s", s, err, example)
			}
		}
	}
	if _, err := ParseSelector("2025-13"); err == nil || !strings.Contains(err.Error(), "no month 13") {
		t.Errorf("2025-13: %v", err)
	}
}
