package intake

import (
	"regexp"
	"slices"
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/finding"
	"tonghop/pipeline/layout"
	"tonghop/pipeline/memo"
	"tonghop/pipeline/naming"
	"tonghop/pipeline/vietnamese"
)

// matched are the lines of each indicator asked of the unit, by code.
type matched map[string][]*line

// step is a row of the tables in their order, for the sums.
type step struct {
	line *line
	ind  *catalogue.Indicator // nil for a total, a group and a row of no indicator
	kind stepKind
}

type stepKind uint8

const (
	rowStep   stepKind = iota
	groupStep          // a heading among the rows, "I. Xây dựng tổ chức Hội"
	totalStep          // "Tổng cộng"
)

// match gives each line of the tables to its indicator: by code, else by name,
// else by an alias. What belongs to no indicator asked of the unit is told, so
// that no figure is dropped in silence; a name that two share is asked about.
func (r *reader) match(asked []*catalogue.Indicator) matched {
	byName := r.namesOf(asked)
	lines, blank := make(matched, len(asked)), matched{}
	unknown := 0
	tell := func(f finding.Finding) {
		if unknown++; unknown <= mostFindings {
			r.add(f)
		}
	}
	r.steps = make([]step, 0, r.tables[0].Sheet.DataRows)
	ours := r.codesAreOurs()
	for _, t := range r.tables {
		for l := range t.lines() {
			if !ours {
				l.code = ""
			}
			ind := r.byCode(l.code)
			s := step{line: l, ind: ind}
			switch {
			case ind != nil && slices.Contains(asked, ind):
				// A name that is nobody's is the unit's own wording; another
				// indicator's means that rows or codes were swapped.
				if !slices.Contains(byName.found.Of(l.name), ind) {
					l.others = byName.exact.Of(l.name)
				}
				lines[ind.Code] = append(lines[ind.Code], l)
			case ind != nil:
				if l.typed() && !(ind.Kind == catalogue.Derived && l.value.Formula) {
					f := finding.New(finding.ValueNotDue).With("why", "not-asked")
					f.Indicator = ind.Code
					r.add(t.at(f, l.value))
				}
			default:
				named := byName.found.Of(l.name)
				if l.code != "" {
					named = nil
				}
				switch {
				case len(named) == 1:
					s.ind = named[0]
					if l.typed() {
						lines[s.ind.Code] = append(lines[s.ind.Code], l)
					} else { // a definition may read like the name above it
						blank[s.ind.Code] = append(blank[s.ind.Code], l)
					}
				case len(named) > 1:
					if l.typed() {
						tell(ambiguousLine(l, named))
					}
				case r.totals.Of(l.lead.Raw):
					s.kind = totalStep
				case roman.MatchString(l.number) || r.groups.Of(l.name):
					s.kind = groupStep
				case l.typed() || l.code != "":
					tell(r.unknownLine(l))
				}
			}
			r.steps = append(r.steps, s)
		}
	}
	for code, rest := range blank {
		if len(lines[code]) == 0 {
			lines[code] = rest[:1]
		}
	}
	return lines
}

// codesAreOurs reports whether the column of codes holds the catalogue's. Other
// offices number rows in a column of that name; then the names decide.
func (r *reader) codesAreOurs() bool {
	some := false
	for _, t := range r.tables {
		for l := range t.lines() {
			if r.byCode(l.code) != nil {
				return true
			}
			some = some || l.code != "" && !isRowNumber.MatchString(l.code)
		}
	}
	return some
}

// isRowNumber matches what numbers a row and can be nobody's code.
var isRowNumber = regexp.MustCompile(`^[0-9IVXLC]*[0-9.,)]*$`)

// unknownLine tells of a line that is no indicator's, and which code may have
// been meant.
func (r *reader) unknownLine(l *line) finding.Finding {
	f, at := finding.New(finding.IndicatorUnknown), *l.codeCell
	f.Raw = l.code
	if l.code == "" {
		f.Raw, at = l.name, *l.nameCell
		if l.name == "" {
			at = l.value
		}
	}
	return l.table.at(withSome(f, "suggestion", r.nearCodes(l)), at)
}

func ambiguousLine(l *line, named []*catalogue.Indicator) finding.Finding {
	f := finding.New(finding.IndicatorAmbiguous).With("candidates", codesOf(named))
	return l.table.at(f, *l.nameCell)
}

// nearCodes lists the indicators with this name, else those whose codes are one
// letter away.
func (r *reader) nearCodes(l *line) string {
	if near := r.allNames.found.Of(l.name); len(near) > 0 {
		return codesOf(near)
	}
	var near []*catalogue.Indicator
	for _, ind := range r.cat.Indicators {
		if naming.Distance(ind.Code, l.code) == 1 {
			near = append(near, ind)
		}
	}
	return codesOf(near)
}

func codesOf(indicators []*catalogue.Indicator) string {
	var all []string
	for _, ind := range indicators {
		all = append(all, ind.Code)
	}
	return strings.Join(all, "|")
}

// names leads from names as offices write them to indicators. A name that two
// share leads to both, and so to neither.
type names struct {
	index map[string][]*catalogue.Indicator // by folded names and aliases

	found, exact *memo.Texts[[]*catalogue.Indicator]
}

func newNames(asked []*catalogue.Indicator) *names {
	index := make(map[string][]*catalogue.Indicator)
	for _, ind := range asked {
		for _, name := range append([]string{ind.NameVI}, ind.Aliases...) {
			for _, key := range []string{vietnamese.Fold(name), ofWhich(vietnamese.Fold(name))} {
				addName(index, key, ind)
			}
		}
	}
	n := &names{index: index}
	n.found, n.exact = memo.New(n.find), memo.New(n.exactly)
	return n
}

func addName(index map[string][]*catalogue.Indicator, key string, ind *catalogue.Indicator) {
	if key != "" && !slices.Contains(index[key], ind) {
		index[key] = append(index[key], ind)
	}
}

// find gives the indicators with a name as offices write it: as it stands, else
// without its number, "trong đó" and the measure in brackets.
func (n *names) find(name string) []*catalogue.Indicator {
	if found := n.called(name); len(found) > 0 {
		return found
	}
	plain := unnumbered(name)
	if found := n.called(plain); plain != name && len(found) > 0 {
		return found
	}
	if outside, _ := layout.Bracketed(plain); outside != plain {
		return n.called(outside)
	}
	return nil
}

// called gives the indicators with a name as it stands, with or without "trong
// đó".
func (n *names) called(name string) []*catalogue.Indicator {
	folded := vietnamese.Fold(name)
	if found := n.index[folded]; len(found) > 0 {
		return found
	}
	return n.index[ofWhich(folded)]
}

// exactly is find, but brackets are dropped for a measure alone: "Số cơ sở Hội
// (loại tốt)" is no wording of "Số cơ sở Hội".
func (n *names) exactly(name string) []*catalogue.Indicator {
	plain := unnumbered(name)
	if outside, bracket := layout.Bracketed(plain); bracket != "" && layout.IsMeasure(vietnamese.Fold(bracket)) {
		plain = outside
	}
	return n.called(plain)
}

func ofWhich(folded string) string { return strings.TrimPrefix(folded, "trong do ") }

// numbering is what stands before a name in the same cell: "1.2.", "a)", "-",
// "II.".
var numbering = regexp.MustCompile(`^\s*(?:[-+*•–]\s*|\(?[0-9]+(?:\.[0-9]+)*[.)]?\s+|[0-9]+(?:\.[0-9]+)*[.)]\s*|[a-zđ][.)]\s*|[IVXLC]+[.)]\s*)+`)

func unnumbered(name string) string { return numbering.ReplaceAllString(name, "") }

var (
	totals   = []string{"tong cong", "tong", "cong", "tong so", "tong chung", "cong chung", "tong cong chung"}
	totalOf  = regexp.MustCompile(`^(?:tong cong|cong|tong) (?:nhom |muc |phan )?(?:[ivx]+|[a-d0-9])(?: [ivx]+| [a-d0-9])*$`)
	roman    = regexp.MustCompile(`^[IVXLC]+[.)]?$`)
	romanTop = regexp.MustCompile(`^\s*[IVXLC]+\s*[.)/-]`)
)

// isTotal reports whether a row sums others: "Tổng cộng", "Cộng (I+II)".
func isTotal(text string) bool {
	folded := vietnamese.Fold(text)
	return slices.Contains(totals, folded) || totalOf.MatchString(folded)
}
