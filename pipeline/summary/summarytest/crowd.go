package summarytest

import (
	"iter"
	"slices"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
)

// Unkept is the summary with the figures of its units made when they are asked for,
// as those of a crowded city are, instead of kept.
func Unkept(s *summary.Summary) *summary.Summary {
	own := *s
	all := slices.Clone(s.Figures)
	own.Figures = slices.DeleteFunc(slices.Clone(all), func(f summary.Figure) bool { return f.Unit != "" })
	own.Units = func(ind *catalogue.Indicator, span period.SpanKind) iter.Seq[*summary.Figure] {
		return func(yield func(*summary.Figure) bool) {
			for _, f := range all {
				if f.Unit != "" && f.Indicator == ind && f.Span == span && !yield(&f) {
					return
				}
			}
		}
	}
	return &own
}
