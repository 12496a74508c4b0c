package intake

import (
	"slices"
	"strings"
	"sync"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/layout"
	"tonghop/pipeline/memo"
	"tonghop/pipeline/naming"
	"tonghop/pipeline/period"
	"tonghop/pipeline/vietnamese"
)

// lexicon is what the words of a catalogue lead to, worked out once for all
// files that are read against it. It may be used by several readers at a time.
type lexicon struct {
	cat       *catalogue.Catalogue
	timetable period.Timetable

	allNames   *names
	aliases    map[string][]*catalogue.Indicator
	programmes map[string]*catalogue.Programme
	order      map[string]int // of the programmes, by code

	finder   *layout.Finder
	texts    *memo.Texts[*textFacts]
	periods  *memo.Texts[naming.Said]
	measures *memo.Texts[counted]
	groups   *memo.Texts[bool] // whether a name is a heading among the rows
	totals   *memo.Texts[bool] // whether a row sums others

	guard  sync.Mutex // of what is worked out when it is first asked for
	months map[period.Month]*monthly
	named  []named
	asked  map[string]*names
}

// monthly is what the words of a catalogue lead to in one month.
type monthly struct {
	units    naming.Units // there are on any day of it; all, where the month is not known
	expected map[*catalogue.Unit]bool
}

type named struct {
	units []*catalogue.Unit
	names naming.Units
}

func newLexicon(cat *catalogue.Catalogue, timetable period.Timetable) *lexicon {
	l := &lexicon{
		cat: cat, timetable: timetable,
		allNames: newNames(cat.Indicators), aliases: make(map[string][]*catalogue.Indicator),
		programmes: make(map[string]*catalogue.Programme), order: make(map[string]int),
		months: make(map[period.Month]*monthly), asked: make(map[string]*names),

		finder:   layout.NewFinder(timetable.Scheme),
		texts:    memo.New(newTextFacts),
		periods:  memo.New(func(text string) naming.Said { return naming.Periods(text, timetable.Scheme) }),
		measures: memo.New(countedIn),
		totals:   memo.New(isTotal),
	}
	l.groups = memo.New(func(name string) bool {
		return romanTop.MatchString(name) || l.programmeCalled(unnumbered(name)) != nil
	})
	for _, ind := range cat.Indicators {
		for _, alias := range ind.Aliases {
			addName(l.aliases, vietnamese.Fold(alias), ind)
		}
	}
	for i, p := range cat.Programmes {
		l.order[p.Code] = i
		for _, name := range []string{p.NameVI, p.Number, p.NameVI + " " + p.Number} {
			if folded := vietnamese.Fold(name); folded != "" && l.programmes[folded] == nil {
				l.programmes[folded] = p
			}
		}
	}
	return l
}

// in gives what there is in a month; the zero month is a month that is not known.
func (l *lexicon) in(m period.Month) *monthly {
	l.guard.Lock()
	defer l.guard.Unlock()
	if known := l.months[m]; known != nil {
		return known
	}
	found := &monthly{expected: make(map[*catalogue.Unit]bool)}
	units := l.cat.Units
	if !m.IsZero() {
		units = nil
		for _, u := range l.cat.Units {
			if u.ValidDuring(l.timetable.Window(m)) {
				units = append(units, u)
			}
		}
		for _, u := range l.cat.ExpectedUnits(m, l.timetable.Scheme) {
			found.expected[u] = true
		}
	}
	found.units = l.among(units)
	l.months[m] = found
	return found
}

// among prepares the names of units. Of most months they are the same.
func (l *lexicon) among(units []*catalogue.Unit) naming.Units {
	for _, known := range l.named {
		if slices.Equal(known.units, units) {
			return known.names
		}
	}
	names := naming.Among(units)
	l.named = append(l.named, named{units, names})
	return names
}

// namesOf gives the names of the indicators asked of a unit. Most units are
// asked the same.
func (l *lexicon) namesOf(asked []*catalogue.Indicator) *names {
	var key strings.Builder
	for _, ind := range asked {
		key.WriteString(ind.Code)
		key.WriteByte(' ')
	}
	l.guard.Lock()
	defer l.guard.Unlock()
	known, ok := l.asked[key.String()]
	if !ok {
		known = newNames(asked)
		l.asked[key.String()] = known
	}
	return known
}

// byCode finds an indicator by its code, else by a code it had before, which is
// among its aliases.
func (l *lexicon) byCode(code string) *catalogue.Indicator {
	if code == "" {
		return nil
	}
	if ind, ok := l.cat.Indicator(code); ok {
		return ind
	}
	if known := l.aliases[vietnamese.Fold(code)]; len(known) == 1 {
		return known[0]
	}
	return nil
}

// programmeCalled finds a programme by its name, its number, or both as the
// form writes them over its rows.
func (l *lexicon) programmeCalled(title string) *catalogue.Programme {
	return l.programmes[vietnamese.Fold(title)]
}
