package report

import (
	"cmp"
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/narrative"
	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
	"tonghop/pipeline/wording"
)

// ProgrammeText is what the report says of a programme in running text.
type ProgrammeText struct {
	Programme string // its code
	Title     string
	Text      string // a line is a paragraph
}

// Paragraphs are the texts of the programmes that have one, in catalogue order.
// They need the summary and the phrases of in alone. Where a template fails there
// are none: TextError says why.
func Paragraphs(in Input) []ProgrammeText {
	texts, err := spoken(in)
	if err != nil {
		return nil
	}
	return texts
}

// TextError reports why the paragraphs cannot be written: a template of the office
// that fails on these very figures. Nothing is to be drawn then.
func TextError(in Input) error {
	_, err := spoken(in)
	return err
}

func spoken(in Input) ([]ProgrammeText, error) {
	c := composer{Input: in, say: in.Phrases.Say}
	index := c.index()
	var texts []ProgrammeText
	for _, p := range in.Summary.Catalogue.Programmes {
		facts := c.programmeFacts(p, index)
		if len(facts.Headline)+len(facts.Others)+len(facts.NotDue) == 0 {
			continue
		}
		text, err := in.Phrases.Paragraph(facts)
		if err != nil {
			return nil, err
		}
		if text != "" {
			texts = append(texts, ProgrammeText{Programme: p.Code, Title: c.programmeTitle(p), Text: text})
		}
	}
	return texts, nil
}

// programmeFacts are what the template of paragraphs is given of a programme.
func (c *composer) programmeFacts(p *catalogue.Programme, index lookup) wording.ProgrammeFacts {
	facts := wording.ProgrammeFacts{Code: p.Code, Number: p.Number, Name: c.Phrases.ProgrammeName(p), Period: c.period()}
	var all []*catalogue.Indicator
	for _, ind := range c.Summary.Catalogue.Indicators {
		if ind.Programme == p.Code {
			all = append(all, ind)
		}
	}
	told := map[string]*wording.IndicatorFacts{} // by code
	for _, ind := range all {
		one := c.indicatorFacts(ind, index)
		switch {
		case c.headline(ind, index) && len(one.Figures) == 0:
			facts.NotDue = append(facts.NotDue, one)
		case len(one.Figures) > 0:
			told[ind.Code] = &one
		}
	}
	for _, ind := range all { // parts are told with their whole, which may be a part itself
		if one, whole := told[ind.Code], told[ind.PartOf]; one != nil && whole != nil {
			whole.Parts = append(whole.Parts, *one)
		}
	}
	for _, ind := range all {
		switch one := told[ind.Code]; {
		case one == nil:
		case c.headline(ind, index):
			facts.Headline = append(facts.Headline, *one)
		case told[ind.PartOf] == nil:
			facts.Others = append(facts.Others, *one)
		}
	}
	facts.Missing = c.lacked(facts, index)
	return facts
}

// lacked counts the units that have not given all that the headline's figures rest
// on; those of the others where there is none.
func (c *composer) lacked(facts wording.ProgrammeFacts, index lookup) int {
	of := facts.Headline
	if len(of) == 0 {
		of = facts.Others
	}
	units := map[string]bool{}
	for _, ind := range of {
		for _, span := range []period.SpanKind{c.own(), c.inYear(), period.PlanToDate} {
			if f := index[lookupKey{indicator: ind.Code, span: span}]; f != nil {
				for _, m := range f.Coverage.Missing {
					units[m.Unit] = true
				}
			}
		}
	}
	return len(units)
}

// headline reports whether page 1 judges an indicator.
func (c *composer) headline(ind *catalogue.Indicator, index lookup) bool {
	for _, span := range []period.SpanKind{c.own(), c.inYear(), period.PlanToDate} {
		if f := index[c.cityKey(ind, span)]; f != nil && f.Judgment != nil && f.Judgment.Target.Headline {
			return true
		}
	}
	return false
}

func (c *composer) indicatorFacts(ind *catalogue.Indicator, index lookup) wording.IndicatorFacts {
	own, year, plan := index[c.cityKey(ind, c.own())], index[c.cityKey(ind, c.inYear())], index[c.cityKey(ind, period.PlanToDate)]
	if c.own() == c.inYear() {
		year = nil
	}
	facts := wording.IndicatorFacts{
		Code: ind.Code, Name: c.Phrases.IndicatorName(ind), Measure: ind.Measure,
		Rate: ind.Type == catalogue.Percent, Required: ind.Required, Cumulative: c.accumulated(ind),
		Own: c.figureFacts(own), Year: c.figureFacts(year), Past: c.pastFacts(own, year),
	}
	facts.Own.Apart, facts.Year.Apart = c.apart(own, index), c.apart(year, index)
	if plan != nil && plan.Judgment == nil {
		plan = nil
	}
	for _, f := range []*summary.Figure{own, year, plan} {
		if f == nil || ind.Type == catalogue.Prose || undue(f) || notYet(f) || f == own && (repeated(own, year) || c.accumulated(ind) && year != nil && own.Judgment == nil) {
			continue
		}
		told := c.figureFacts(f)
		if ind.Nature == catalogue.Stock {
			told.Label = c.say("span.at_end")
		}
		facts.Figures = append(facts.Figures, told)
	}
	return facts
}

// notYet reports whether a figure has no number because its time has not come.
func notYet(f *summary.Figure) bool {
	_, known := f.Value.Number()
	return !known && f.Judgment != nil && f.Judgment.Verdict == summary.NotDue
}

// repeated reports whether the year's figure is the month's own, as that of a
// stock is.
func repeated(own, year *summary.Figure) bool {
	return own != nil && year != nil && own.Judgment == nil && !undue(year) && !notYet(year) &&
		own.Value.Equal(year.Value) && own.Reason == year.Reason && own.Coverage.Reported == year.Coverage.Reported && own.Coverage.Expected == year.Coverage.Expected
}

func (c *composer) figureFacts(f *summary.Figure) wording.FigureFacts {
	if f == nil {
		return wording.FigureFacts{}
	}
	span, _ := c.span(f.Span)
	n, known := f.Value.Number()
	facts := wording.FigureFacts{
		Label: c.Phrases.Span(span), Known: known && !f.Value.Is(figure.None),
		Provisional: f.Provisional, Missing: len(f.Coverage.Missing), Unconfirmed: f.Unconfirmed, Uncovered: c.uncovered(f),
	}
	switch {
	case facts.Known:
		facts.Value = c.printed(f, n)
		facts.Amount = c.measured(f, facts.Value)
		if f.Numerator != nil && f.Denominator != nil {
			facts.Numerator, facts.Denominator = c.Phrases.Exact(*f.Numerator), c.Phrases.Exact(*f.Denominator)
		}
	case known:
		facts.None, facts.Reason = true, c.Phrases.State(figure.None)
	default:
		facts.None = f.Reason == summary.ReasonNoCases
		facts.Reason = cmp.Or(c.Phrases.Reason(f.Reason), c.Phrases.State(f.Value.State()))
	}
	if j := f.Judgment; j != nil {
		facts.Judged, facts.Comparator = true, c.Phrases.Comparator(j.Target.Comparator)
		facts.Target = c.measured(f, c.targetNumber(f))
		facts.Attained = c.percent(j.Attained)
		facts.Verdict, facts.Behind, facts.Lacking = c.Phrases.Judgment(j), narrative.Lags(f), c.lacking(f)
		facts.VerdictProvisional = strings.HasSuffix(facts.Verdict, c.say("verdict.provisional", "verdict", ""))
	}
	return facts
}

// measured puts the measure behind a printed number; a rate carries it.
func (c *composer) measured(f *summary.Figure, printed string) string {
	if f.Indicator.Type == catalogue.Percent || f.Indicator.Measure == "" {
		return printed
	}
	return printed + " " + f.Indicator.Measure
}

// pastFacts set the figure that the table sets beside last year's.
func (c *composer) pastFacts(own, year *summary.Figure) wording.PastFacts {
	f := year
	if f == nil || !f.Comparison.Compared() {
		f = own
	}
	if f == nil || !f.Comparison.Compared() {
		return wording.PastFacts{}
	}
	span, _ := c.span(f.Span)
	change, _ := f.Comparison.Change()
	amount := func(n figure.Number) string { return c.measured(f, c.number(f, n, f.Indicator.Decimals)) }
	facts := wording.PastFacts{
		Known: true, Label: c.Phrases.Span(span), Base: amount(*f.Comparison.Base), Rose: change.Sign() > 0, Fell: change.Sign() < 0,
	}
	if !change.IsZero() {
		facts.Change = strings.TrimLeft(c.Phrases.ChangeInFull(f.Comparison, f.Indicator), "+-")
	}
	if f.Comparison.Basis == summary.OverSameUnits {
		facts.Now, facts.SameUnits = amount(*f.Comparison.Value), f.Comparison.Units
	}
	return facts
}
