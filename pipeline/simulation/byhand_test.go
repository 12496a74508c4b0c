package simulation_test

import (
	"time"

	"tonghop/pipeline/period"
)

// asked reports whether a unit is asked for a code in a month: of what stands on
// the window's last day if it is there then, of what happened if it is there on
// any day and does not go on there under another name.
func asked(code string, u unit, m period.Month) bool {
	first, last := window(m)
	if code == "G" && u.kind != "quận" && u.kind != "phường" {
		return false
	}
	if standing(code) {
		first = last
	} else if u.renamed >= first && u.renamed <= last {
		return false
	}
	return u.from <= last && (u.to == "" || u.to >= first)
}

// window is the first and the last day of a month.
func window(m period.Month) (first, last string) {
	w, known := windows[m]
	if !known {
		w = [2]string{m.Add(-1).String() + "-15", m.String() + "-14"}
		windows[m] = w
	}
	return w[0], w[1]
}

var windows = map[period.Month][2]string{}

func standing(code string) bool { return code == "H" || code == "C" }

func due(code string, m period.Month) bool { return code != "Q" || int(m.Number)%3 == 0 }

// byHand is what is known at an instant, from the raw events alone: it shares no
// code with the packages that it is held against, and writes the rules of the
// story's indicators out a second time.
type byHand struct {
	city    *city
	began   int // month of adoption, as monthNumber counts; whoever asks sets it
	answers map[unitMonth]map[string]string
	// imported are the codes and months of imports that count, and tables the
	// units and months for which they do.
	imported map[codeMonth]bool
	tables   map[unitMonth]bool
}

type unitMonth struct {
	unit  string
	month int
}

type codeMonth struct {
	code  string
	month int
}

func monthNumber(m period.Month) int { return m.Year*12 + int(m.Number) - 1 }

// byHandAt reads the events up to an instant.
func byHandAt(c *city, e events, at time.Time) byHand {
	h := byHand{
		city: c, answers: map[unitMonth]map[string]string{}, imported: map[codeMonth]bool{}, tables: map[unitMonth]bool{},
	}
	withdrawn := map[string]bool{}
	for _, d := range e.rulings {
		if d.Kind == "withdraw" && !d.At.After(at) {
			withdrawn[d.Withdraws] = true
		}
	}
	discarded := map[string]bool{}
	about := map[unitMonth][]*ruling{}
	for _, d := range e.rulings {
		switch {
		case d.At.After(at) || withdrawn[d.ID] || d.Kind == "withdraw":
		case d.Kind == "discard":
			discarded[d.File] = true
		default:
			k := unitMonth{d.Unit, monthNumber(d.Month)}
			about[k] = append(about[k], d)
		}
	}
	versions := map[unitMonth][]*sent{}
	for _, f := range e.files {
		gone := !f.gone.IsZero() && !f.gone.After(at)
		if f.Readable && !f.at.After(at) && !gone && !discarded[f.path] {
			k := unitMonth{f.Unit, monthNumber(f.Month)}
			versions[k] = append(versions[k], f)
		}
	}
	for k, all := range versions {
		h.answers[k] = h.counting(k, all, about[k])
	}
	for k, all := range about { // on paper, where no file came
		answers := map[string]string{}
		for _, d := range all {
			if d.Kind == "paper" {
				answers[d.Code] = d.New
			}
		}
		if len(versions[k]) == 0 && len(answers) > 0 {
			h.answers[k], _ = h.checked(answers, k, all)
		}
	}
	h.enterTables(e.tables, about, at)
	return h
}

// counting are the answers of the version that counts: the one that the office
// chose, else that with the fewest errors, else the newest.
func (h byHand) counting(k unitMonth, versions []*sent, decided []*ruling) map[string]string {
	var best map[string]string
	fewest, newest := 0, (*sent)(nil)
	for _, f := range versions {
		answers, errors := h.checked(f.Answers, k, decided)
		for code, value := range answers {
			if value == "" && code != "G" && due(code, f.Month) {
				errors++
			}
		}
		if best == nil || errors < fewest || errors == fewest && newer(f, newest) {
			best, fewest, newest = answers, errors, f
		}
	}
	for _, d := range decided {
		for _, f := range versions {
			if d.Kind == "choose" && d.File == f.path {
				best, _ = h.checked(f.Answers, k, decided)
			}
		}
	}
	return best
}

func newer(a, b *sent) bool {
	if a.Version != b.Version {
		return a.Version > b.Version
	}
	if !a.at.Equal(b.at) {
		return a.at.After(b.at)
	}
	return a.sha256 > b.sha256
}

// checked puts corrections in the place of answers, and refuses a part that is
// more than its whole with the whole. Errors are what could not be read or is
// refused.
func (h byHand) checked(given map[string]string, k unitMonth, decided []*ruling) (answers map[string]string, errors int) {
	answers = map[string]string{}
	for code, value := range given {
		answers[code] = value
	}
	for _, d := range decided {
		if _, there := answers[d.Code]; d.Kind == "correction" && there {
			answers[d.Code] = d.New
		}
	}
	for _, value := range answers {
		if value == "!" {
			errors++
		}
	}
	part, partKnown := rational(answers["P"])
	whole, wholeKnown := rational(answers["F"])
	if partKnown && wholeKnown && part.Cmp(whole) > 0 {
		answers["P"], answers["F"] = "!", "!"
		errors++
	}
	return answers, errors
}

// enterTables takes what was imported and not taken back, of units and months
// that nobody reported.
func (h byHand) enterTables(tables []*table, about map[unitMonth][]*ruling, at time.Time) {
	given := map[unitMonth]map[string]string{}
	for _, t := range tables {
		if t.at.After(at) || !t.gone.IsZero() && !t.gone.After(at) {
			continue
		}
		for _, row := range t.Rows {
			k := unitMonth{row.Unit, monthNumber(row.Month)}
			if given[k] == nil {
				given[k] = map[string]string{}
			}
			if _, there := given[k][row.Code]; !there {
				given[k][row.Code] = row.Value
			}
		}
	}
	for k, answers := range given {
		if h.answers[k] != nil {
			continue
		}
		h.answers[k], _ = h.checked(answers, k, about[k])
		h.tables[k] = true
		for code := range answers {
			h.imported[codeMonth{code, k.month}] = true
		}
	}
}

// adoption is the first month, up to one, of which a quarter of the units asked
// reported themselves; where there is none, the first of which any did.
func (h byHand) adoption(to period.Month) int {
	reports := map[int]int{}
	first := monthNumber(to) + 1
	for k := range h.answers {
		if !h.tables[k] {
			reports[k.month]++
			first = min(first, k.month)
		}
	}
	for m := first; m <= monthNumber(to); m++ {
		month := period.Month{Year: m / 12, Number: time.Month(m%12 + 1)}
		expected := 0
		for _, u := range h.city.units {
			if asked("F", u, month) || asked("H", u, month) {
				expected++
			}
		}
		if reports[m] > 0 && reports[m]*4 >= expected {
			return m
		}
	}
	return first
}
