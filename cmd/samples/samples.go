package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/form"
	"tonghop/pipeline/period"
	"tonghop/pipeline/vietnamese"
)

// file is one file of the inputs.
type file struct {
	path string // slash-separated, relative to the inputs
	data []byte
}

// The months of the samples: the first with submissions, and how many.
var firstMonth = period.Month{Year: 2025, Number: time.April}

const (
	months = 3
	june   = 2 // the month in which things go wrong
)

// zone is Vietnam's, which has kept no summer time since long before 2025.
var zone = time.FixedZone("Asia/Ho_Chi_Minh", 7*60*60)

// timetable is the office's by default.
func timetable(cat *catalogue.Catalogue) period.Timetable {
	return period.Timetable{
		Scheme: period.Scheme15to14, Calendar: cat.Calendar, Zone: zone,
		Deadline: period.DeadlineRule{Day: 17, Hour: 17, IfNotWorking: period.MoveNext},
	}
}

// report is one workbook that a unit sends.
type report struct {
	unit   *catalogue.Unit
	month  int // from 0
	path   string
	filled form.Filled
	at     time.Time // received
	by     string    // channel
}

// samples makes every file, ordered by path.
func samples(cat *catalogue.Catalogue) ([]file, error) {
	tt := timetable(cat)
	units := cat.ExpectedUnits(firstMonth, tt.Scheme)
	lives := make(map[string]*life, len(units))
	var reports []report
	for n, u := range units {
		l := newLife(u)
		lives[u.ID] = l
		for m := range months {
			r, err := send(cat, tt, newClerk(u, n), l, m)
			if err != nil {
				return nil, err
			}
			reports = append(reports, r...)
		}
	}
	files := strays()
	for _, r := range reports {
		data, err := build(cat, tt, r, lives[r.unit.ID])
		if err != nil {
			return nil, err
		}
		files = append(files, file{r.path, data})
	}
	files = append(files,
		file{"so-nhan.csv", register(reports)},
		file{"_van-phong/openings.csv", openings(cat, units, lives)},
	)
	slices.SortFunc(files, func(a, b file) int { return cmp.Compare(a.path, b.path) })
	return files, nil
}

// send gives what a unit hands in for a month: one report, none, or two.
func send(cat *catalogue.Catalogue, tt period.Timetable, c *clerk, l *life, m int) ([]report, error) {
	month := firstMonth.Add(m)
	filled, err := c.fill(cat.IndicatorsFor(l.unit, month, tt.Scheme), l, m)
	if err != nil {
		return nil, fmt.Errorf("fill in %s for %s: %w", l.unit.ID, month, err)
	}
	r := report{
		unit: l.unit, month: m, path: fmt.Sprintf("%s/%s.xlsx", month, slug(l.unit)), filled: filled,
		at: c.received(tt, month), by: c.channel,
	}
	if m == june {
		return goWrong(r, l), nil
	}
	return []report{r}, nil
}

// build makes the workbook of a report.
func build(cat *catalogue.Catalogue, tt period.Timetable, r report, l *life) ([]byte, error) {
	month := firstMonth.Add(r.month)
	version, ok := cat.FormFor(month, tt.Scheme)
	if !ok {
		return nil, fmt.Errorf("no form for %s", month)
	}
	return form.Build(form.Input{
		Catalogue: cat, Unit: r.unit, Month: month, Scheme: tt.Scheme, Deadline: tt.Due(month), Form: version,
		Previous: l.known(cat, r.month), Created: tt.Window(month).To.At(8, 0, zone),
		Sample: true, Contact: "Văn phòng Hội (hư cấu), " + phone, Filled: &r.filled,
	})
}

// slug is the file name of a unit: "ba-dinh".
func slug(u *catalogue.Unit) string {
	if u.Kind == catalogue.CityOffice {
		return "thanh-pho"
	}
	return strings.ReplaceAll(vietnamese.Fold(u.Name), " ", "-")
}
