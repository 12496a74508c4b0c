package reading

import (
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
)

var (
	hundred  = figure.Int(100)
	thousand = figure.Int(1000)
)

// read is a number taken from a cell, before it is checked.
type read struct {
	number figure.Number
	// percent is set where a percent sign was typed or the number format shows
	// one: then 0.9 is what was meant.
	percent bool
	remark  string
	want    string // the number probably meant, should this one be refused
	// said are the findings that go with the number if it is used.
	said []finding.Finding
}

func (r *read) say(cell Cell, f finding.Finding) {
	f.Raw, f.Read = cell.Raw, r.number.String()
	r.said = append(r.said, f)
}

// answer checks a number against the indicator's type and its bounds of month m.
func (r *read) answer(cell Cell, ind *catalogue.Indicator, m period.Month) Answer {
	n := r.number
	switch {
	case ind.Type == catalogue.Whole && !n.IsWhole():
		return r.refuse(cell, finding.New(finding.NumberNotWhole))
	case !ind.Admits(n, m):
		f := finding.New(finding.ValueOutOfRange)
		if least := ind.Min.In(m); least != nil {
			f = f.With("min", least.String())
		}
		if most := ind.Max.In(m); most != nil {
			f = f.With("max", most.String())
		}
		return r.refuse(cell, f)
	}
	if ind.Type == catalogue.Percent && !r.percent && n.Sign() > 0 && n.Cmp(figure.Int(1)) <= 0 {
		f := finding.New(finding.PercentScale)
		f.Want = n.Mul(hundred).String()
		r.say(cell, f)
	}
	if cell.Kind == Text && len(r.said) == 0 {
		f := finding.New(finding.TextNumber)
		if r.remark != "" {
			f = f.With("remark", r.remark)
		}
		r.say(cell, f)
	}
	a := Answer{Figure: figure.Of(n), Remark: r.remark, Findings: r.said}
	// Zero of something that happens is "none"; zero of something that stands,
	// such as the number of branches graded poor, is a number like any other.
	if n.IsZero() && ind.Nature != catalogue.Stock && ind.Type != catalogue.Percent {
		a.Figure = figure.Without(figure.None)
	}
	return a
}

// refuse says what was read and, where there is one, the number probably meant.
// What would have been said of a number in use is left out.
func (r *read) refuse(cell Cell, why finding.Finding) Answer {
	why.Read, why.Want = r.number.String(), r.want
	a := refuse(cell, why)
	a.Remark = r.remark
	return a
}
