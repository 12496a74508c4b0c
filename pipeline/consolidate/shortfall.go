package consolidate

import (
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/summary"
)

// cases tells the gap of a rate in cases: how many more of the numerator it
// takes, or how many fewer a ceiling allows, at the present denominator. "2,4
// điểm phần trăm" is no number of people.
func (c *consolidation) cases(f *summary.Figure, t *catalogue.Target) (*figure.Number, string) {
	value, _ := f.Value.Number()
	if f.Numerator == nil || f.Denominator == nil || reached(value, t) {
		return nil, ""
	}
	factor, of, ok := c.counted(f.Indicator)
	if !ok {
		return nil, ""
	}
	enough, err := t.Value.Mul(*f.Denominator).Quo(factor)
	if err != nil {
		return nil, ""
	}
	lacking := enough.Sub(*f.Numerator)
	if !floor(t) {
		lacking = lacking.Neg()
	}
	whole := ceil(lacking)
	if strict := t.Comparator == catalogue.MoreThan || t.Comparator == catalogue.LessThan; strict && whole.Equal(lacking) {
		whole = whole.Add(figure.Int(1))
	}
	return &whole, of
}

// counted says by what a rate's ratio is multiplied and what its numerator
// counts; ok is false where that is nothing whole. Of a share these are units,
// which have no measure in the catalogue.
func (c *consolidation) counted(ind *catalogue.Indicator) (factor figure.Number, of string, ok bool) {
	if ind.Across == catalogue.AcrossShare {
		return hundred, "", true
	}
	if ind.Formula == nil {
		return factor, "", false
	}
	numerator, _, ok := ind.Formula.Ratio()
	if !ok {
		return factor, "", false
	}
	for i, code := range numerator.Terms() {
		term, known := c.Catalogue.Indicator(code)
		if !known || term.Type != catalogue.Whole || i > 0 && term.Measure != of {
			return factor, "", false
		}
		of = term.Measure
	}
	factor = ind.Formula.Factor()
	return factor, of, factor.Sign() > 0
}

func ceil(n figure.Number) figure.Number {
	whole := n.Round(0)
	if whole.Cmp(n) < 0 {
		whole = whole.Add(figure.Int(1))
	}
	return whole
}

// projection carries the pace so far on to the horizon's end. It is for counts
// that accumulate: a rate or a stock does not grow with the months.
func (c *consolidation) projection(ind *catalogue.Indicator, j *summary.Judgment, value figure.Number, passed, all int) *figure.Number {
	paced := j.Target.Pace == catalogue.PaceLinear || j.Target.Pace == catalogue.PacePath
	if !paced || j.HorizonEnds || !c.accumulates(ind) {
		return nil
	}
	n, err := value.Mul(figure.Int(int64(all))).Quo(figure.Int(int64(passed)))
	if err != nil {
		return nil
	}
	return &n
}

// accumulates reports whether a figure grows with the months: a flow that is
// summed, or sums and differences of such.
func (c *consolidation) accumulates(ind *catalogue.Indicator) bool {
	if ind.Type == catalogue.Percent {
		return false
	}
	if ind.Kind == catalogue.Derived {
		written := ind.Formula.Excel(func(code string) string { return code })
		if strings.ContainsAny(written, "*/") {
			return false
		}
	}
	for _, t := range c.terms(ind) {
		if t.Nature != catalogue.Flow || t.Across != catalogue.AcrossSum {
			return false
		}
	}
	return true
}
