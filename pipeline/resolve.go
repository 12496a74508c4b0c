package pipeline

import "tonghop/pipeline/period"

// NothingError says that no usable report was found for the period asked for.
type NothingError struct {
	Period string // empty where any period would have done
	Inputs string
}

func (e *NothingError) Error() string {
	if e.Period == "" {
		return "nothing to publish in " + e.Inputs
	}
	return "nothing to publish for " + e.Period + " in " + e.Inputs
}

// OpenError says that a quarter or a longer span is not over: its targets would
// be judged as if it were.
type OpenError struct {
	Period string
	Ends   period.Date
}

func (e *OpenError) Error() string { return e.Period + " ends on " + e.Ends.String() }

// resolve names the period to publish. Latest is the newest month with a usable
// report whose window has closed; previous is the month before it.
func (p *Pipeline) resolve(sel period.Selector, v view) (period.Span, error) {
	span := sel.Span
	if sel.Kind != period.Fixed {
		m, ok := v.checked.Latest()
		if !ok {
			return period.Span{}, &NothingError{Inputs: p.Inputs}
		}
		if sel.Kind == period.Previous {
			m = m.Add(-1)
		}
		span = period.SpanOf(period.Monthly, m, period.Month{})
	}
	if span.Kind != period.Monthly && !p.Timetable.Closed(span.To, v.asOf) {
		return span, &OpenError{Period: span.String(), Ends: p.Timetable.Window(span.To).To}
	}
	if len(v.checked.Used(span)) == 0 {
		return span, &NothingError{Period: span.String(), Inputs: p.Inputs}
	}
	return span, nil
}
