package intake

import (
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/vietnamese"
)

// matched are the lines of each indicator asked of the unit, by code.
type matched map[string][]line

// match gives each line of the table to its indicator: by code, else by the
// name as it folds. What belongs to no indicator asked of the unit is told, so
// that no figure is dropped in silence.
func (r *reader) match(asked []*catalogue.Indicator) matched {
	byName := names(asked)
	isAsked := make(map[string]bool, len(asked))
	for _, ind := range asked {
		isAsked[ind.Code] = true
	}
	lines, blank := matched{}, matched{}
	unknown := 0
	for l := range r.table.lines() {
		ind, known := r.cat.Indicator(l.code)
		switch {
		case l.code == "":
			named := byName[vietnamese.Fold(l.name)]
			switch {
			case len(named) == 1 && l.typed():
				lines[named[0].Code] = append(lines[named[0].Code], l)
			case len(named) == 1:
				// A definition may read like the name above it.
				blank[named[0].Code] = append(blank[named[0].Code], l)
			case l.typed():
				if unknown++; unknown <= mostFindings {
					r.add(r.unknownLine(l))
				}
			}
		case !known:
			if unknown++; unknown <= mostFindings {
				r.add(r.unknownLine(l))
			}
		case isAsked[ind.Code]:
			lines[ind.Code] = append(lines[ind.Code], l)
		case l.typed() && !(ind.Kind == catalogue.Derived && l.value.Formula):
			f := finding.New(finding.ValueNotDue).With("why", "not-asked")
			f.Indicator = ind.Code
			r.add(r.table.at(f, l.value))
		}
	}
	for code, rest := range blank {
		if len(lines[code]) == 0 {
			lines[code] = rest[:1]
		}
	}
	return lines
}

// unknownLine tells of a line that is no indicator's, and which code may have
// been meant.
func (r *reader) unknownLine(l line) finding.Finding {
	f, at := finding.New(finding.IndicatorUnknown), l.codeCell
	f.Raw = l.code
	if l.code == "" {
		f.Raw, at = l.name, l.nameCell
		if l.name == "" {
			at = l.value
		}
	}
	return r.table.at(withSome(f, "suggestion", r.nearCodes(l)), at)
}

// nearCodes lists the indicators with this name, else those whose codes are one
// letter away.
func (r *reader) nearCodes(l line) string {
	if r.allNames == nil {
		r.allNames = names(r.cat.Indicators)
	}
	var near []string
	for _, ind := range r.allNames[vietnamese.Fold(l.name)] {
		near = append(near, ind.Code)
	}
	if len(near) > 0 {
		return strings.Join(near, "|")
	}
	for _, ind := range r.cat.Indicators {
		if distance(ind.Code, l.code) == 1 {
			near = append(near, ind.Code)
		}
	}
	return strings.Join(near, "|")
}

// names indexes indicators by their folded names and aliases. A name that two
// share leads to both, and so to neither.
func names(asked []*catalogue.Indicator) map[string][]*catalogue.Indicator {
	index := make(map[string][]*catalogue.Indicator)
	for _, ind := range asked {
		seen := make(map[string]bool)
		for _, name := range append([]string{ind.NameVI}, ind.Aliases...) {
			if folded := vietnamese.Fold(name); folded != "" && !seen[folded] {
				seen[folded] = true
				index[folded] = append(index[folded], ind)
			}
		}
	}
	return index
}
