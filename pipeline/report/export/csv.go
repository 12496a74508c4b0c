package export

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"tonghop/pipeline/figure"
)

// bom lets Excel recognise UTF-8.
const bom = "\ufeff"

// FiguresCSV writes figures.csv as it is made: every figure of figures.json, a row
// each.
func FiguresCSV(to io.Writer, in Input) error {
	t := newTable(to, "indicator", "unit", "group", "period", "span", "value", "state", "reason", "provisional",
		"reported", "expected", "coverage_by", "numerator", "denominator", "target", "comparator",
		"expected_to_date", "attained_percent", "verdict", "file", "sheet", "cell", "raw",
		"carried_from", "missing_weight_percent", "compared_with", "comparison", "compared_units", "compared_value", "base", "change", "change_percent")
	for one := range in.Summary.All() {
		f := newFigure(one)
		cover, source, judged, terms := f.Coverage, f.Source, f.judgmentJSON, f.termsJSON
		if cover == nil {
			cover = newCoverage(one.Coverage)
		}
		if source == nil {
			source = &sourceJSON{}
		}
		if judged == nil {
			judged = &judgmentJSON{}
		}
		if terms == nil {
			terms = &termsJSON{}
		}
		compared := f.Comparison
		if compared == nil {
			compared = &comparisonJSON{}
		}
		t.row(f.Indicator, or(f.Unit), text(or(f.Group)), in.Summary.Period.String(), f.Span.String(),
			or(f.Value), f.State, f.Reason, yes(f.Provisional),
			strconv.Itoa(cover.Reported), strconv.Itoa(cover.Expected), cover.By,
			or(terms.Numerator), or(terms.Denominator), or(judged.Target), judged.Comparator,
			or(judged.Expected), or(judged.Attained), or(judged.Verdict),
			text(source.File), text(source.Sheet), source.Cell, text(source.Raw),
			f.Carried, or(cover.Weight), then(f.Comparison), compared.Basis, count(compared.Units),
			or(compared.Value), or(compared.Base), or(compared.Change), or(compared.Percent))
	}
	return t.close()
}

// FindingsCSV writes findings.csv: what to mend, a row a place.
func FindingsCSV(to io.Writer, in Input) error {
	t := newTable(to, "severity", "code", "unit", "period", "indicator", "file", "sheet", "cell", "raw", "read",
		"message", "suggestion")
	for _, f := range in.Findings {
		t.row(f.Severity.String(), string(f.Code), f.Unit, f.Period.String(), f.Indicator,
			text(f.File), text(f.Sheet), f.Cell, text(f.Raw), text(f.Read), text(f.Message), text(f.Suggestion))
	}
	return t.close()
}

// CSV gives rows as a spreadsheet opens them, the first being the header. Every
// field is taken for text that somebody may have written.
func CSV(rows [][]string) []byte {
	if len(rows) == 0 {
		return nil
	}
	var out bytes.Buffer
	t := newTable(&out, rows[0]...)
	for _, row := range rows[1:] {
		safe := make([]string, len(row))
		for j, field := range row {
			safe[j] = text(field)
		}
		t.row(safe...)
	}
	_ = t.close() // memory takes everything
	return out.Bytes()
}

// table keeps the first error of writing, which close returns.
type table struct{ csv *csv.Writer }

func newTable(to io.Writer, header ...string) table {
	out := bufio.NewWriterSize(to, bufferSize)
	_, _ = out.WriteString(bom)
	t := table{csv.NewWriter(out)}
	t.row(header...)
	return t
}

func (t table) row(fields ...string) { _ = t.csv.Write(fields) }

func (t table) close() error {
	t.csv.Flush()
	return t.csv.Error()
}

// text defuses a field that a spreadsheet would take for a formula (OWASP CSV
// injection). Numbers are never passed through it: -5 stays -5.
func text(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) && !isNumber(s) {
		return "'" + s
	}
	return s
}

func isNumber(s string) bool { _, err := figure.Parse(s); return err == nil }

func or(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// then names the months that a figure is compared with.
func then(c *comparisonJSON) string {
	switch {
	case c == nil:
		return ""
	case c.From == c.To:
		return c.To.String()
	}
	return c.From.String() + ".." + c.To.String()
}

// count leaves a column empty where there is nothing to count.
func count(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}
