// Package xlsx draws the office's workbook, summary.xlsx: the city at a glance
// with charts, its figures with their verdicts, a sheet for each programme with
// its units, the report's running text, who submitted, what to correct, where
// every number comes from and what every indicator means.
//
// A reader can rely on this: each total of a programme sheet is a live formula
// over the cells above it, its stored result is the published figure (rounded
// half-up to 6 decimals), and a program that recalculates the workbook finds
// the same number. Each figure of a unit leads to its row in the sheet of
// sources, each of the city has a name that other workbooks can be linked to. "Không phát sinh" is the number 0 shown as "-"; what has no
// number is text or empty, which Excel's SUM and COUNT pass over. Text is never
// a formula. Equal inputs give equal bytes.
package xlsx

import (
	"errors"
	"fmt"
	"time"
	"unicode"
	"unicode/utf8"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/edition"
	"tonghop/pipeline/period"
	"tonghop/pipeline/submission"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/wording"
	"tonghop/pipeline/workbook/write"
)

// Input is what the workbook is drawn from. It is not changed.
type Input struct {
	Summary *summary.Summary
	// Submissions are those that count, of every period the summary adds up;
	// their values fill the sheet of sources. They hold nothing that may not be
	// printed.
	Submissions []*submission.Submission
	// Files are all files seen, in the order in which they are listed.
	Files []submission.File
	// Findings are listed in this order.
	Findings []Row
	// Changes are what the revision before gave otherwise; a first revision, of
	// which Before is 0, has no sheet of them.
	Before  int
	Changes []edition.Change
	// Adjustments reconcile cumulative figures with those signed for the month
	// Reconciled; none, no sheet.
	Reconciled  period.Month
	Adjustments []edition.Adjustment
	// Paragraphs are the report's running text, in its order; none, no sheet.
	Paragraphs []Paragraph
	// Words says what the workbook says, in its language. Names of sheets are
	// Vietnamese in every language, so that links into the workbook hold.
	Words wording.Phrases
	// Draft and Sample are printed at the head of every sheet and page: that
	// the report is not signed, that its figures are made up. Empty prints
	// nothing.
	Draft, Sample string
	// Projections adds a column of counts carried on to their horizon's end.
	Projections bool
	// Created is the workbook's time of creation; instants are printed by the
	// clocks of its zone.
	Created time.Time
}

// Row is one finding in words.
type Row struct {
	Severity   string
	Code       string
	UnitTitle  string
	Indicator  string
	File       string
	Sheet      string
	Cell       string
	Raw        string
	Message    string
	Suggestion string
}

// Draw returns the workbook's bytes. It fails where there is no summary to draw,
// or no words to draw it in, and where the workbook cannot be written; it never returns part of one.
func Draw(in Input) ([]byte, error) { return drawLinked(in, linkLimit) }

// drawLinked is Draw with the number of links that a programme sheet may have.
func drawLinked(in Input, limit int) ([]byte, error) {
	if in.Summary == nil || in.Summary.Catalogue == nil || len(in.Summary.Spans) == 0 {
		return nil, errors.New("draw workbook: the summary has no catalogue or no spans")
	}
	if in.Words.Language() == "" {
		return nil, errors.New("draw workbook: no words to say it in")
	}
	d := newDrawing(in)
	d.linkLimit = limit
	first, city := d.book.Add(sheetOverview), d.book.Add(sheetCity)
	d.traceSources()
	d.programmes()
	d.city(city)
	d.atAGlance(first)
	d.paragraphs()
	d.trends()
	d.areas()
	d.submissions()
	if d.spans() {
		d.months()
	}
	d.unitTargets()
	d.findings()
	d.sources()
	d.remarks()
	d.files()
	d.changes()
	d.reconciliation()
	d.definitions()
	data, err := d.book.Bytes()
	if err = errors.Join(d.err, err); err != nil {
		return nil, fmt.Errorf("draw workbook: %w", err)
	}
	return data, nil
}

// drawing is one workbook on its way.
type drawing struct {
	in      Input
	s       *summary.Summary
	words   *words
	say     wording.Phrases
	book    *write.Book
	figures map[figureKey]*summary.Figure
	units   map[string]*catalogue.Unit
	names   map[string]string // of indicators, by code
	// totals are the cells that hold a city figure as a live formula.
	totals map[figureKey]string
	// given are the units' answers in words, by indicator.
	given map[string]answers
	// valueAt and attainedAt are the cells of the city's sheet that hold a
	// figure and its percentage of the target.
	valueAt, attainedAt map[*summary.Figure]string
	taken               namespace
	defined             map[string][]string // names of cells, by indicator
	traces              map[traceKey][]traced
	lastSource          int // the last row of the sheet of sources
	linkLimit           int
	rows                []*catalogue.Unit // of the programme sheets, where groups stand for units
	queried             map[string]bool   // files and indicators of which a finding speaks
	err                 error
}

func (d *drawing) keep(err error) {
	if d.err == nil && err != nil {
		d.err = err
	}
}

type figureKey struct {
	span            period.SpanKind
	code, group, id string
}

func newDrawing(in Input) *drawing {
	d := &drawing{
		in: in, s: in.Summary, words: wordsOf(in.Words.Language()), say: in.Words,
		figures: make(map[figureKey]*summary.Figure, len(in.Summary.Figures)),
		units:   map[string]*catalogue.Unit{}, names: map[string]string{}, totals: map[figureKey]string{},
		given: map[string]answers{}, valueAt: map[*summary.Figure]string{}, attainedAt: map[*summary.Figure]string{},
		taken: newNamespace(), defined: map[string][]string{}, traces: map[traceKey][]traced{},
	}
	for _, u := range d.s.Catalogue.Units {
		d.units[u.ID] = u
	}
	for _, i := range d.s.Catalogue.Indicators {
		d.names[i.Code] = d.say.IndicatorName(i)
	}
	for i := range d.s.Figures {
		f := &d.s.Figures[i]
		d.figures[figureKey{f.Span, f.Indicator.Code, f.Group, f.Unit}] = f
	}
	d.book = write.New(write.Properties{
		Title:   d.words.titleCity + " – " + d.say.Period(d.s.Period),
		Subject: d.in.Sample, Author: "tonghop", Created: in.Created,
	})
	return d
}

// figure returns the unit's figure for a span, the city's for the unit "", nil
// where the summary holds none.
func (d *drawing) figure(code string, span period.SpanKind, unit string) *summary.Figure {
	return d.figures[figureKey{span: span, code: code, id: unit}]
}

// spans reports whether the run is for a longer span than a month.
func (d *drawing) spans() bool { return d.s.Period.Kind != period.Monthly }

// unitSpans are those of the programme sheets: the run's own, and the year to date where it
// publishes that.
func (d *drawing) unitSpans() []period.Span {
	spans := d.s.Spans[:1:1]
	for _, span := range d.s.Spans[1:] {
		if span.Kind == period.YearToDate {
			spans = append(spans, span)
		}
	}
	return spans
}

// unit gives a unit's code and title; of one that the catalogue does not know,
// its id.
func (d *drawing) unit(id string) (code, title string) {
	if u := d.units[id]; u != nil {
		return u.Code, u.Title()
	}
	return id, id
}

// column heads a column with a name that package wording has.
func (d *drawing) column(key string) string { return d.say.Say("column." + key) }

// within is a span's name within a sentence: "lũy kế năm".
func (d *drawing) within(span period.Span) string { return lower(d.say.Span(span)) }

// lower and upper change the first letter.
func lower(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(first)) + s[size:]
}

func upper(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}
