package intake

import (
	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/period"
	"tonghop/pipeline/reading"
	"tonghop/pipeline/submission"
)

// checkTotals holds the figures of total and group rows against the rows they
// sum. They are never added to anything. Offices sum in more than one way: up
// to the group or over the table, with or without the rows "trong đó"; a total
// that is none of these sums is told, with the nearest rows' sum.
func (r *reader) checkTotals(values []submission.Value) {
	figures := make(map[string]figure.Figure, len(values))
	for _, v := range values {
		figures[v.Indicator] = v.Figure
	}
	for i, s := range r.steps {
		if s.kind == rowStep || !s.line.typed() {
			continue
		}
		total, readable := plainNumber(s.line)
		first, agrees, checked := figure.Number{}, false, false
		for _, rows := range r.summed(i) {
			for _, withParts := range []bool{false, true} {
				sum, ok := r.sum(rows, figures, withParts)
				if !ok {
					continue
				}
				if !checked {
					first, checked = sum, true
				}
				agrees = agrees || sum.Equal(total)
			}
		}
		switch {
		case agrees:
		case !checked || !readable:
			if s.kind == groupStep { // with nothing under it to sum: a row like others
				r.add(r.unknownLine(s.line))
			}
		default:
			f := finding.New(finding.TotalDisagrees).With("sum", first.String())
			f.Read = total.String()
			r.add(s.line.table.at(f, s.line.value))
		}
	}
}

// summed are the rows that a total or group row may stand for, the likeliest
// first.
func (r *reader) summed(i int) [][]step {
	from, to := i, i+1
	for from > 0 && r.steps[from-1].kind == rowStep {
		from--
	}
	for to < len(r.steps) && r.steps[to].kind == rowStep {
		to++
	}
	above, below := r.steps[from:i], r.steps[i+1:to]
	if r.steps[i].kind == groupStep {
		return [][]step{below}
	}
	return [][]step{above, r.steps[:i], below, r.steps[i+1:], r.steps}
}

// sum adds the figures of rows; ok is false where there are none, or one cannot
// be read. Shares and words are not added.
func (r *reader) sum(rows []step, figures map[string]figure.Figure, withParts bool) (figure.Number, bool) {
	total, some := figure.Number{}, false
	seen := make(map[*catalogue.Indicator]bool) // a definition may read like the name above it
	for _, s := range rows {
		if s.kind != rowStep {
			continue
		}
		if s.ind == nil {
			if !s.line.typed() {
				continue
			}
			n, ok := plainNumber(s.line)
			if !ok {
				return figure.Number{}, false
			}
			total, some = total.Add(n), true
			continue
		}
		if s.ind.Type != catalogue.Whole && s.ind.Type != catalogue.Decimal || s.ind.PartOf != "" && !withParts || seen[s.ind] {
			continue
		}
		seen[s.ind] = true
		known, asked := figures[s.ind.Code]
		if !asked {
			continue
		}
		switch known.State() {
		case figure.Known:
			n, _ := known.Number()
			total, some = total.Add(n), true
		case figure.None:
			some = true
		case figure.Refused:
			return figure.Number{}, false
		}
	}
	return total, some
}

// plainNumber reads a figure of no indicator.
func plainNumber(l *line) (figure.Number, bool) {
	answer := reading.Read(AsRead(l.value), &catalogue.Indicator{Type: catalogue.Decimal, Nature: catalogue.Flow}, period.Month{})
	if answer.Figure.Is(figure.None) {
		return figure.Number{}, true
	}
	return answer.Figure.Number()
}
