package simulation_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"tonghop/pipeline/period"
)

var hanoi = time.FixedZone("+07", 7*60*60)

// report is the content of a file that a unit sends: what its original holds.
// Answers are as typed, by code: a number, "-" for none, "…" not available, "x"
// not applicable, "!" what cannot be read, and nothing for a blank.
type report struct {
	Unit     string
	Month    period.Month
	Version  int
	Sent     int // tells files apart that say the same
	Readable bool
	Answers  map[string]string
}

// sent is a file among the inputs.
type sent struct {
	report
	path, sha256 string
	data         []byte
	at, gone     time.Time // gone is zero while it is there
}

// ruling is a decision of the office; what the ledger keeps of it is its JSON.
type ruling struct {
	ID, Kind  string // correction, paper, choose, discard, withdraw
	Unit      string
	Month     period.Month
	Code, New string
	File      string
	Withdraws string
	At        time.Time
}

// table is an import: past figures of units and months.
type table struct {
	Rows []pastRow

	name, sha256 string
	data         []byte
	at, gone     time.Time
}

type pastRow struct {
	Unit        string
	Month       period.Month
	Code, Value string
}

// events is all that happens in a story, each in order of time.
type events struct {
	files   []*sent
	rulings []*ruling
	tables  []*table
}

// author draws what happens.
type author struct {
	*rand.Rand
	city *city
	plot plot
	events
}

// play draws a whole story.
func play(p plot, c *city, r *rand.Rand) events {
	a := &author{Rand: r, city: c, plot: p}
	a.before()
	for m := p.first; !m.After(p.last); m = m.Add(1) {
		for _, u := range c.units {
			a.month(u, m)
		}
	}
	slices.SortFunc(a.files, func(x, y *sent) int { return x.at.Compare(y.at) })
	slices.SortFunc(a.rulings, func(x, y *ruling) int { return x.At.Compare(y.At) })
	slices.SortFunc(a.tables, func(x, y *table) int { return x.at.Compare(y.at) })
	a.number()
	return a.events
}

// number gives decisions their ids in order of time.
func (a *author) number() {
	ids := map[string]string{}
	for i, d := range a.rulings {
		ids[d.ID], d.ID = fmt.Sprintf("QD-%d", i+1), fmt.Sprintf("QD-%d", i+1)
	}
	for _, d := range a.rulings {
		d.Withdraws = ids[d.Withdraws]
	}
}

// before draws imports of months before the first report, and reports that some
// unit sent too early: of months that are nobody's.
func (a *author) before() {
	for back := 1; back <= 6; back++ {
		m := a.plot.first.Add(-back)
		codes := [][]string{{"F"}, {"F", "IN", "OUT"}, {"F", "P", "H"}, {"IN", "Q", "G", "C"}}[a.IntN(4)]
		var rows []pastRow
		for _, u := range a.city.units {
			for _, code := range codes {
				if asked(code, u, m) && due(code, m) && a.IntN(4) > 0 {
					rows = append(rows, pastRow{u.id, m, code, a.value(code)})
				}
			}
		}
		if a.IntN(2) == 0 && len(rows) > 0 {
			a.enter(rows, a.after(a.plot.first, 400))
		}
	}
	if a.IntN(2) == 0 {
		u := a.city.units[3]
		a.send(u, a.plot.first.Add(-1), 1, a.answers(u, a.plot.first.Add(-1)), a.after(a.plot.first.Add(-1), 40))
	}
}

// month draws what happens about a unit's report.
func (a *author) month(u unit, m period.Month) {
	if !asked("F", u, m) && !asked("H", u, m) {
		return
	}
	if a.IntN(16) == 0 {
		a.unsent(u, m)
		return
	}
	late := []int{2, 2, 2, 3, 3, 6, 30, 200}[a.IntN(8)]
	answers := a.answers(u, m)
	files := []*sent{a.send(u, m, 1, answers, a.after(m, late))}
	for version := 2; a.IntN(6) == 0 && version < 5; version++ {
		last := files[len(files)-1]
		answers = a.revised(answers)
		said := version
		if a.IntN(4) == 0 {
			said = last.Version // the form's number was not raised
		}
		files = append(files, a.send(u, m, said, answers, a.later(last.at, []int{2, 20, 200}[a.IntN(3)])))
	}
	if a.IntN(50) == 0 {
		files[0].gone = a.later(files[0].at, 60)
	}
	if a.IntN(40) == 0 {
		a.send(u, m, 1, nil, a.after(m, 20)).Readable = false
	}
	for a.IntN(12) == 0 {
		a.decide(&ruling{Kind: "correction", Unit: u.id, Month: m, Code: a.code(u, m), New: fmt.Sprint(a.IntN(90))}, files[0].at)
	}
	about := files[a.IntN(len(files))]
	switch a.IntN(40) {
	case 0:
		a.decide(&ruling{Kind: "choose", Unit: u.id, Month: m, File: about.path}, about.at)
	case 1:
		a.decide(&ruling{Kind: "discard", Unit: u.id, Month: m, File: about.path}, about.at)
	}
}

// unsent draws what the office does of a report that does not come: nothing,
// enter the one on paper, or import the figures from elsewhere.
func (a *author) unsent(u unit, m period.Month) {
	answers := a.answers(u, m)
	var rows []pastRow
	paper := a.IntN(3) == 0
	for _, code := range inputs {
		value, there := answers[code]
		if !there || !due(code, m) || a.IntN(12) == 0 {
			continue
		}
		if paper {
			a.decide(&ruling{Kind: "paper", Unit: u.id, Month: m, Code: code, New: number(value)}, a.after(m, 20))
		} else if value != "" && value != "!" && value != "…" {
			rows = append(rows, pastRow{u.id, m, code, value})
		}
	}
	if len(rows) > 0 && a.IntN(2) == 0 {
		a.enter(rows, a.after(m, 300))
	}
	if len(rows) > 0 && a.IntN(6) == 0 { // and comes after all
		a.send(u, m, 1, answers, a.after(m, 600))
	}
}

func number(value string) string {
	if strings.Trim(value, "0123456789.") != "" || value == "" {
		return "7"
	}
	return value
}

func (a *author) send(u unit, m period.Month, version int, answers map[string]string, at time.Time) *sent {
	f := &sent{report: report{u.id, m, version, len(a.files), true, answers}, at: at}
	f.path = fmt.Sprintf("%s/%s-%d.xlsx", m, u.id, f.Sent)
	a.files = append(a.files, f)
	return f
}

// decide draws when a decision is made, and whether it is taken back.
func (a *author) decide(d *ruling, from time.Time) {
	d.At = a.later(from, 90)
	d.ID = fmt.Sprint(len(a.rulings))
	a.rulings = append(a.rulings, d)
	if a.IntN(4) == 0 {
		a.rulings = append(a.rulings, &ruling{ID: fmt.Sprint(len(a.rulings)), Kind: "withdraw", Withdraws: d.ID, At: a.later(d.At, 200)})
	}
}

func (a *author) enter(rows []pastRow, at time.Time) {
	t := &table{Rows: rows, name: fmt.Sprintf("past-%d.csv", len(a.tables)), at: at}
	if a.IntN(4) == 0 {
		t.gone = a.later(at, 300)
	}
	a.tables = append(a.tables, t)
}

// after is an instant up to some days after a month's window has closed.
func (a *author) after(m period.Month, days int) time.Time {
	return a.later(time.Date(m.Year, m.Number, 14, 8, 0, 0, 0, hanoi), days)
}

func (a *author) later(t time.Time, days int) time.Time {
	return t.Add(time.Minute * time.Duration(1+a.IntN(days*24*60)))
}

// inputs are the codes that units answer, in the catalogue's order.
var inputs = []string{"F", "P", "IN", "OUT", "G", "Q", "H", "C"}

func (a *author) answers(u unit, m period.Month) map[string]string {
	all := map[string]string{}
	for _, code := range inputs {
		if asked(code, u, m) {
			all[code] = ""
			if due(code, m) {
				all[code] = a.answer(code)
			}
		}
	}
	return all
}

func (a *author) answer(code string) string {
	switch n := a.IntN(60); {
	case n == 0:
		return ""
	case n == 1:
		return "…"
	case n == 2:
		return "!"
	case n < 6 && code == "G":
		return "x"
	case n < 6 && code != "H":
		return "-"
	}
	return a.value(code)
}

// value is a number; a part is mostly less than its whole.
func (a *author) value(code string) string {
	switch code {
	case "F":
		return fmt.Sprint(30 + a.IntN(70))
	case "P":
		return fmt.Sprint(a.IntN(32))
	case "H":
		return fmt.Sprintf("%d.5", 500+a.IntN(90))
	}
	return fmt.Sprint(a.IntN(40))
}

// revised are the answers of the next version: some differ.
func (a *author) revised(before map[string]string) map[string]string {
	next := map[string]string{}
	for _, code := range inputs {
		value, there := before[code]
		if !there {
			continue
		}
		if next[code] = value; value != "" && a.IntN(3) == 0 || value == "!" {
			next[code] = a.answer(code)
		}
	}
	return next
}

// code picks one that a unit answers in a month.
func (a *author) code(u unit, m period.Month) string {
	var all []string
	for _, code := range inputs {
		if asked(code, u, m) && due(code, m) {
			all = append(all, code)
		}
	}
	return all[a.IntN(len(all))]
}

// seal writes the originals: the bytes that are received and kept.
func (e events) seal() {
	for _, f := range e.files {
		f.data, f.sha256 = written(f.report)
	}
	for _, t := range e.tables {
		t.data, t.sha256 = written(struct {
			Name string
			Rows []pastRow
		}{t.name, t.Rows})
	}
}

func written(content any) (data []byte, hash string) {
	data, err := json.Marshal(content)
	if err != nil {
		panic(err)
	}
	sum := sha256.Sum256(data)
	return data, hex.EncodeToString(sum[:])
}
