package main

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"slices"
	"strconv"
	"time"

	"tonghop/pipeline/catalogue"
)

// register is the office's register of receipts: a row for every file that
// reached it.
func register(reports []report) []byte {
	rows := [][]string{}
	for _, r := range reports {
		rows = append(rows, received(r.path, r.at, r.by))
	}
	rows = append(rows, received(stray, time.Date(2025, time.June, 16, 15, 5, 0, 0, zone), "email"))
	slices.SortFunc(rows, func(a, b []string) int { return cmp.Or(cmp.Compare(a[1], b[1]), cmp.Compare(a[0], b[0])) })
	return table([]string{"file", "received_at", "channel", "by"}, rows)
}

func received(path string, at time.Time, channel string) []string {
	return []string{path, at.Format("2006-01-02 15:04"), channel, "Văn thư (hư cấu)"}
}

// The months before the first submission, as openings give them.
var (
	endOfLastYear = firstMonth.Add(-int(firstMonth.Number))
	monthBefore   = firstMonth.Add(-1)
)

// opening is what the city had before submissions began: since the plan began
// to the end of last year, and since January.
type opening struct {
	code       string
	plan, year int
}

// cityOpenings put the members' increase a little ahead of its pace, the
// workers behind theirs, and the households near their target.
var cityOpenings = []opening{
	{"CT01_KN", 49870, 2410}, {"CT01_CDEN", 8710, 402}, {"CT01_CDI", 8475, 389}, {"CT01_GK", 20505, 1060},
	{"CT02_LD", 60790, 3560}, {"CT02_LD_NU", 42960, 2531},
	{"CT02_LD_DN", 20180, 1205}, {"CT02_LD_TV", 31020, 1830}, {"CT02_LD_GT", 12410, 741}, {"CT02_LD_KY", 16270, 968},
	{"CT03_HO", 5024, 776},
}

const fictional = "số liệu mẫu – hư cấu"

// openings is the office's table of figures from before the first month. Cases
// are the units' own, for the share of districts is computed from them.
func openings(cat *catalogue.Catalogue, units []*catalogue.Unit, lives map[string]*life) []byte {
	all := slices.Clone(cityOpenings)
	for _, o := range optionals {
		if !o.cumulative {
			// Half of thirty districts gave an ordinary figure each month.
			monthly := (o.low + o.high) * 15 / 2
			all = append(all, opening{o.code, monthly * 40, monthly * 3})
		}
	}
	var rows [][]string
	add := func(code, unit string, o opening) {
		rows = append(rows,
			[]string{code, unit, string(catalogue.OpeningPlan), endOfLastYear.String(), strconv.Itoa(o.plan), fictional},
			[]string{code, unit, string(catalogue.OpeningYear), monthBefore.String(), strconv.Itoa(o.year), fictional})
	}
	for _, o := range all {
		add(o.code, "", o)
	}
	for _, code := range []string{"CT01_VU", "CT01_VU_DX"} {
		ind, ok := cat.Indicator(code)
		for _, u := range units {
			if ok && ind.AskedOfUnit(u) {
				add(code, u.ID, opening{plan: lives[u.ID].casesBefore, year: lives[u.ID].casesSinceJanuary})
			}
		}
	}
	return table([]string{"indicator", "unit", "span", "through", "value", "source"}, rows)
}

func table(header []string, rows [][]string) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	// Writing to memory fails only where a field cannot be written at all.
	if err := w.WriteAll(append([][]string{header}, rows...)); err != nil {
		panic(err)
	}
	return b.Bytes()
}
