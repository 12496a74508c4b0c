package imported

import (
	"slices"
	"strconv"
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/table"
)

// Decode reads the tables of one file. The header of each is the first row that
// names several columns: titles may stand above it. A row with a problem gives
// no figure. Two rows about the same unit, indicator and month are both
// problems, for nobody knows which was meant, also where they say the same.
// Equal rows in any order give equal figures.
func Decode(tables []table.Table, against Against) Rows {
	names := newNames(against)
	loaders := make([]*table.Loader, len(tables))
	var all []entry
	for i, t := range tables {
		t.Name = Name
		t.Rows = slices.Clone(t.Rows)
		for k := range header(t.Rows) {
			t.Rows[k] = nil // a title is no header; the places of the other rows stay
		}
		layout := table.Layout{form}
		loaders[i] = table.NewLoader(layout.FromTables([]table.Table{t}, ""))
		for _, e := range table.Decode(loaders[i], Name, columns(names)) {
			e.Value.Table, e.Value.Row, e.Value.Col = i, e.Row(), e.Col("value")
			all = append(all, entry{e, against})
		}
	}
	for _, e := range all {
		if e.Sound() && !loaders[e.Value.Table].Lacks(Name) {
			e.check()
		}
	}
	repeated(all)
	var rows Rows
	for i, l := range loaders {
		for _, p := range l.Problems() {
			rows.Problems = append(rows.Problems, Problem{p, i})
		}
	}
	for _, e := range all {
		if e.Sound() && !loaders[e.Value.Table].Lacks(Name) {
			rows.Rows = append(rows.Rows, *e.Value)
		}
	}
	return rows
}

// enough columns named in one row make it a header.
const enough = 3

// header finds the header row; 0 where no row looks like one.
func header(rows [][]string) int {
	const furthest = 20
	for i := range min(len(rows), furthest) {
		if form.Recognises(rows[i]) >= enough {
			return i
		}
	}
	return 0
}

// Looks reports whether a sheet's rows look like a table of past figures.
func Looks(rows [][]string) bool {
	h := header(rows)
	return h < len(rows) && form.Recognises(rows[h]) >= enough
}

type entry struct {
	table.Entry[Row]
	Against
}

// check refuses a figure of which nobody could have asked.
func (e entry) check() {
	r := e.Value
	u, _ := e.Catalogue.Unit(r.Unit)
	i, _ := e.Catalogue.Indicator(r.Indicator)
	window := e.Timetable.Window(r.Period)
	switch {
	case !u.ValidDuring(window):
		e.Wrong("unit", "", table.Because("%s không có trong kỳ này", "there was no %s in this month", u.Title()))
	case !i.ValidDuring(window):
		e.Wrong("indicator", "", table.Because("kỳ này không có chỉ tiêu này", "there was no such indicator in this month"))
	case !i.AskedOfUnit(u):
		e.Wrong("indicator", "", table.Because("%s không được hỏi chỉ tiêu này", "%s is not asked for this indicator", u.Title()))
	case !i.DueIn(r.Period):
		e.Wrong("period", dueMonths(e.Catalogue, i, r.Period.Year), table.Because("kỳ này không hỏi chỉ tiêu này", "this indicator is not asked in this month"))
	case !e.Catalogue.Asks(i, u, r.Period, e.Timetable.Scheme):
		e.Wrong("unit", "", table.Because("kỳ này không hỏi %s về chỉ tiêu này: đơn vị đã đổi tên hoặc không còn vào ngày cuối kỳ",
			"%s is not asked for this indicator in this month: it was renamed, or was not there on the last day", u.Title()))
	}
}

// dueMonths lists the months of a year in which an indicator is asked.
func dueMonths(cat *catalogue.Catalogue, i *catalogue.Indicator, year int) string {
	var all []string
	for _, m := range cat.DueMonths(i) {
		month := strconv.Itoa(m)
		if m < 10 {
			month = "0" + month
		}
		all = append(all, strconv.Itoa(year)+"-"+month)
	}
	return strings.Join(all, " | ")
}

// repeated refuses every row about a figure that another row gives as well.
func repeated(all []entry) {
	type figure struct{ period, unit, indicator string }
	rows := map[figure][]entry{}
	var order []figure
	for _, e := range all {
		r := e.Value
		if r.Period.IsZero() || r.Unit == "" || r.Indicator == "" {
			continue
		}
		k := figure{r.Period.String(), r.Unit, r.Indicator}
		if rows[k] == nil {
			order = append(order, k)
		}
		rows[k] = append(rows[k], e)
	}
	for _, k := range order {
		for i, e := range rows[k] {
			if len(rows[k]) == 1 {
				continue
			}
			other := rows[k][0]
			if i == 0 {
				other = rows[k][1]
			}
			e.Wrong("value", "", table.Because("số liệu này còn ở %s", "this figure is also in %s", other.Where("value")))
		}
	}
}
