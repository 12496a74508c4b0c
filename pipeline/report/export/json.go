package export

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"strconv"
	"time"

	"tonghop/pipeline/edition"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
)

// JSON writes figures.json as it is made: one figure, submission, file or finding a
// line, so that two revisions can be compared with any text tool.
func JSON(to io.Writer, in Input) error {
	s := in.Summary
	w := newJSONWriter(to)
	w.open("{")
	w.field("schema", Schema)
	w.field("period", s.Period.String())
	w.field("window", windowJSON{s.Window.From, s.Window.To})
	w.field("revision", in.Revision)
	w.field("as_of", in.AsOf.Format(time.RFC3339))
	if in.Signed != nil {
		w.field("signed", in.Signed)
	}
	w.field("catalogue", catalogueJSON{s.Catalogue.ID, s.Catalogue.SHA256})
	if !s.Began.IsZero() {
		w.field("adopted", s.Began)
	}
	w.field("units", countsJSON{s.Counts.Expected, s.Counts.Received, s.Counts.Usable, s.Counts.OnTime})
	if len(s.Unreported) > 0 {
		list(w, "unreported", s.Unreported, newUnreported)
	}
	sequence(w, "figures", s.All(), newFigure)
	if len(s.Ended) > 0 {
		list(w, "ended", s.Ended, newFigure)
	}
	list(w, "submissions", s.Submissions, newSubmission)
	if len(s.Trends) > 0 {
		list(w, "trends", s.Trends, newTrend)
	}
	list(w, "rests_on", s.Basis, func(from **submission.Submission) edition.Basis { return edition.BasisOf(*from) })
	list(w, "files", in.Files, newFile)
	list(w, "findings", in.Findings, newFinding)
	if len(s.Decisions) > 0 {
		list(w, "decisions", s.Decisions, NewDecision)
	}
	if len(in.Adjustments) > 0 {
		w.field("reconciled_with", in.Reconciled)
		list(w, "adjustments", in.Adjustments, newAdjustment)
	}
	return w.close("}")
}

type windowJSON struct {
	From period.Date `json:"from"`
	To   period.Date `json:"to"`
}

type catalogueJSON struct {
	ID     string `json:"id"`
	SHA256 string `json:"sha256"`
}

type countsJSON struct {
	Expected int `json:"expected"`
	Received int `json:"received"`
	Usable   int `json:"usable"`
	OnTime   int `json:"on_time"`
}

type figureJSON struct {
	Indicator   string          `json:"indicator"`
	Unit        *string         `json:"unit"`
	Group       *string         `json:"group"`
	Span        period.SpanKind `json:"span"`
	Value       *string         `json:"value"`
	State       string          `json:"state"`
	Reason      string          `json:"reason,omitempty"`
	Provisional bool            `json:"provisional"`
	Unconfirmed bool            `json:"unconfirmed,omitempty"`
	Coverage    *coverageJSON   `json:"coverage,omitempty"`
	*termsJSON
	Opening string `json:"opening_through,omitempty"`
	// Carried is the month that a unit's stock was carried from; of the city and
	// a group it is in the coverage.
	Carried string      `json:"carried_from,omitempty"`
	Source  *sourceJSON `json:"source,omitempty"`
	*judgmentJSON
	Comparison *comparisonJSON `json:"comparison,omitempty"`
}

// termsJSON is present, with nulls, on every city figure, and on any other that
// is a ratio.
type termsJSON struct {
	Numerator   *string `json:"numerator"`
	Denominator *string `json:"denominator"`
}

type coverageJSON struct {
	Reported  int           `json:"reported"`
	Expected  int           `json:"expected"`
	By        string        `json:"by"`
	Missing   []missingJSON `json:"missing"`
	Uncovered []string      `json:"uncovered,omitempty"`
	Carried   []carriedJSON `json:"carried,omitempty"`
	// Weight is what the missing units gave of the same figure of the period
	// before, in percent, and Weighed the number of those of which it is known.
	Weight  *string `json:"missing_weight_percent,omitempty"`
	Weighed int     `json:"missing_weight_units,omitempty"`
}

type missingJSON struct {
	Unit    string         `json:"unit"`
	Periods []period.Month `json:"periods"`
}

type sourceJSON struct {
	Kind  string `json:"kind"`
	File  string `json:"file,omitempty"`
	Sheet string `json:"sheet,omitempty"`
	Cell  string `json:"cell,omitempty"`
	Raw   string `json:"raw,omitempty"`
	// Decision is the office's decision by which the figure stands; file and
	// cell are then those that it replaces.
	Decision string `json:"decision,omitempty"`
}

// judgmentJSON is present, with nulls, on every city figure, and on a unit's
// where it has a target of its own.
type judgmentJSON struct {
	Target     *string `json:"target"`
	Comparator string  `json:"comparator,omitempty"`
	// Of a target that has replaced another within its horizon: that other, the
	// document and the first month.
	Before   string  `json:"target_before,omitempty"`
	Act      string  `json:"target_act,omitempty"`
	Since    string  `json:"target_since,omitempty"`
	Expected *string `json:"expected_to_date,omitempty"`
	Attained *string `json:"attained_percent,omitempty"`
	Verdict  *string `json:"verdict"`
}

func newFigure(f *summary.Figure) figureJSON {
	out := figureJSON{
		Indicator: f.Indicator.Code, Unit: name(f.Unit), Group: name(f.Group), Span: f.Span,
		State: f.Value.State().String(), Reason: string(f.Reason), Provisional: f.Provisional, Unconfirmed: f.Unconfirmed,
		Opening: f.Opening.String(),
	}
	if f.IsCity() || f.Numerator != nil || f.Denominator != nil {
		out.termsJSON = &termsJSON{number(f.Numerator), number(f.Denominator)}
	}
	if v := value(f); v != "" {
		out.Value = &v
	}
	if f.Unit == "" || f.Span != period.Monthly {
		out.Coverage = newCoverage(f.Coverage)
	}
	if f.Unit != "" && f.Value.State() != figure.Blank {
		out.Source = newSource(f.Source)
	}
	if f.Unit != "" && len(f.Coverage.Carried) > 0 {
		out.Carried = f.Coverage.Carried[0].From.String()
	}
	out.Comparison = newComparison(f.Comparison)
	switch {
	case f.Judgment != nil:
		out.judgmentJSON = newJudgment(f)
	case f.IsCity():
		out.judgmentJSON = &judgmentJSON{}
	}
	return out
}

func newJudgment(f *summary.Figure) *judgmentJSON {
	j := f.Judgment
	target, verdict := j.Target.Value.Published(), string(j.Verdict)
	out := &judgmentJSON{
		Target: &target, Comparator: string(j.Target.Comparator),
		Expected: number(j.Expected), Verdict: &verdict,
	}
	if j.Before != nil {
		out.Before, out.Act, out.Since = j.Before.Value.Published(), j.Target.Act, j.Target.Start().String()
	}
	if j.Attained != nil {
		percent := j.Attained.RoundBeside(figure.Int(100), figure.PublishedDecimals).String()
		out.Attained = &percent
	}
	return out
}

func newCoverage(c summary.Coverage) *coverageJSON {
	out := &coverageJSON{Reported: c.Reported, Expected: c.Expected, By: string(c.By), Missing: []missingJSON{}}
	for _, m := range c.Missing {
		out.Missing = append(out.Missing, missingJSON(m))
	}
	for _, m := range c.Uncovered {
		out.Uncovered = append(out.Uncovered, m.String())
	}
	for _, one := range c.Carried {
		out.Carried = append(out.Carried, carriedJSON(one))
	}
	if c.Weight != nil {
		out.Weight, out.Weighed = number(&c.Weight.Percent), c.Weight.Known
	}
	return out
}

func newSource(s summary.Source) *sourceJSON {
	return &sourceJSON{Kind: string(s.Kind), File: s.File, Sheet: s.Sheet, Cell: s.Cell, Raw: s.Raw, Decision: s.Decision}
}

func name(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func number(n *figure.Number) *string {
	if n == nil {
		return nil
	}
	s := n.Published()
	return &s
}

type submissionJSON struct {
	Unit       string            `json:"unit"`
	Period     period.Month      `json:"period"`
	Status     submission.Status `json:"status"`
	OnTime     bool              `json:"on_time"`
	Deadline   string            `json:"deadline"`
	Extended   bool              `json:"extended,omitempty"`
	Closed     bool              `json:"closed,omitempty"`
	File       *string           `json:"file"`
	SHA256     *string           `json:"sha256"`
	Version    int               `json:"version,omitempty"`
	ReceivedAt *string           `json:"received_at"`
	ReceivedBy string            `json:"received_from,omitempty"`
	Errors     int               `json:"errors"`
	Warnings   int               `json:"warnings"`
}

func newSubmission(r *summary.Receipt) submissionJSON {
	out := submissionJSON{
		Unit: r.Unit.ID, Period: r.Month, Status: r.Status, OnTime: r.OnTime,
		Deadline: r.Deadline.Format(time.RFC3339), ReceivedBy: string(r.ReceivedFrom),
		Extended: r.Extended, Closed: r.Closed,
	}
	if !r.FirstReceived.IsZero() {
		at := r.FirstReceived.In(r.Deadline.Location()).Format(time.RFC3339)
		out.ReceivedAt = &at
	}
	if s := r.Used; s != nil {
		out.File, out.SHA256, out.Version = name(s.File), name(s.SHA256), s.Version
		out.Errors, out.Warnings = s.Errors(), s.Warnings()
	}
	return out
}

type fileJSON struct {
	File        string                 `json:"file"`
	SHA256      *string                `json:"sha256"`
	Disposition submission.Disposition `json:"disposition"`
	Unit        *string                `json:"unit"`
	Period      *string                `json:"period"`
}

func newFile(f *submission.File) fileJSON {
	return fileJSON{
		File: f.Path, SHA256: name(f.SHA256), Disposition: f.Disposition,
		Unit: name(f.Unit), Period: name(f.Period.String()),
	}
}

type findingJSON struct {
	Code       string `json:"code"`
	Severity   string `json:"severity"`
	Unit       string `json:"unit,omitempty"`
	Period     string `json:"period,omitempty"`
	Indicator  string `json:"indicator,omitempty"`
	File       string `json:"file,omitempty"`
	Sheet      string `json:"sheet,omitempty"`
	Cell       string `json:"cell,omitempty"`
	Raw        string `json:"raw,omitempty"`
	Read       string `json:"read,omitempty"`
	Message    string `json:"message"`
	Suggestion string `json:"suggestion,omitempty"`
}

func newFinding(f *Finding) findingJSON {
	return findingJSON{
		Code: string(f.Code), Severity: f.Severity.String(), Unit: f.Unit, Period: f.Period.String(),
		Indicator: f.Indicator, File: f.File, Sheet: f.Sheet, Cell: f.Cell, Raw: f.Raw, Read: f.Read,
		Message: f.Message, Suggestion: f.Suggestion,
	}
}

// writer lays the document out by hand around encoding/json: the standard
// indentation would spread each figure over twenty lines.
type writer struct {
	out   *bufio.Writer // keeps the first error of writing
	comma bool
	err   error // of encoding

	value bytes.Buffer // the one encoded last
	json  *json.Encoder
}

func newJSONWriter(to io.Writer) *writer {
	w := &writer{out: bufio.NewWriterSize(to, bufferSize)}
	w.json = json.NewEncoder(&w.value)
	w.json.SetEscapeHTML(false) // "≤", "<" and Vietnamese stay readable
	return w
}

func (w *writer) open(bracket string) { w.text(bracket + "\n"); w.comma = false }

func (w *writer) close(bracket string) error {
	w.text("\n" + bracket + "\n")
	if w.err != nil {
		return w.err
	}
	return w.out.Flush()
}

func (w *writer) text(s string) { _, _ = w.out.WriteString(s) }

func (w *writer) separate() {
	if w.comma {
		w.text(",\n")
	}
	w.comma = true
}

func (w *writer) field(key string, v any) {
	w.separate()
	w.text(strconv.Quote(key) + ": ")
	w.encode(v)
}

func (w *writer) encode(v any) {
	w.value.Reset()
	if err := w.json.Encode(v); err != nil && w.err == nil {
		w.err = fmt.Errorf("encode figures: %w", err)
	}
	_, _ = w.out.Write(bytes.TrimSuffix(w.value.Bytes(), []byte("\n")))
}

func list[T, J any](w *writer, key string, items []T, convert func(*T) J) {
	sequence(w, key, func(yield func(*T) bool) {
		for i := range items {
			if !yield(&items[i]) {
				return
			}
		}
	}, convert)
}

func sequence[T, J any](w *writer, key string, items iter.Seq[*T], convert func(*T) J) {
	w.separate()
	w.text(strconv.Quote(key) + ": [")
	comma := ""
	for item := range items {
		w.text(comma + "\n ")
		w.encode(convert(item))
		comma = ","
	}
	w.text("]")
}
