package imported

import (
	"slices"
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/naming"
	"tonghop/pipeline/period"
	"tonghop/pipeline/table"
	"tonghop/pipeline/vietnamese"
)

// names resolves what the cells of a table call by name. A table of some years
// says the same few names ten thousand times: what was found once is kept.
type names struct {
	Against
	byName map[string][]*catalogue.Indicator // by folded name or alias
	all    naming.Units
	units  map[period.Month]naming.Units // those there were in a month
	found  map[asked]naming.Answer
}

type asked struct {
	text  string
	month period.Month
}

func newNames(against Against) *names {
	n := &names{
		Against: against, byName: map[string][]*catalogue.Indicator{}, all: naming.Among(against.Catalogue.Units),
		units: map[period.Month]naming.Units{}, found: map[asked]naming.Answer{},
	}
	for _, i := range against.Catalogue.Indicators {
		for _, name := range append([]string{i.NameVI}, i.Aliases...) {
			key := vietnamese.Fold(name)
			if key != "" && !slices.Contains(n.byName[key], i) {
				n.byName[key] = append(n.byName[key], i)
			}
		}
	}
	return n
}

// month reads a month that was over when the table was imported.
func (n *names) month(c table.Cell) period.Month {
	m := c.TypedMonth()
	if m.IsZero() || n.Timetable.Closed(m, n.At) {
		return m
	}
	ends := n.Timetable.Window(m).To
	c.Wrong("", table.Because("kỳ này chưa kết thúc (đến hết %[1]s); kỳ đang mở do đơn vị báo cáo", "this month is not over (it ends on %[2]s); an open month is reported by its unit",
		vietnamese.ShortDate(ends), ends))
	return period.Month{}
}

// unit finds a unit by its id, by its code in the month, or as its own reports
// may name it. Of several with one name those there were in the month are
// meant; where that leaves two, it is asked.
func (n *names) unit(c table.Cell, m period.Month) string {
	k := asked{c.Text, m}
	answer, known := n.found[k]
	if !known {
		answer = n.find(c.Text, m)
		n.found[k] = answer
	}
	switch len(answer.Units) {
	case 1:
		return answer.Units[0].ID
	case 0:
		c.Wrong(listed(answer.Near, (*catalogue.Unit).Title), table.Because("không có đơn vị này trong danh mục", "there is no such unit"))
	default:
		c.Wrong(listed(answer.Units, id), table.Because("tên này chỉ nhiều đơn vị; hãy ghi mã", "this name means several units; write the id"))
	}
	return ""
}

func (n *names) find(text string, m period.Month) naming.Answer {
	var ofCode []*catalogue.Unit
	for _, u := range n.Catalogue.Units {
		switch {
		case strings.EqualFold(u.ID, text):
			return naming.Answer{Units: []*catalogue.Unit{u}}
		case u.Code == text && n.there(u, m): // codes come back: the one of the month is meant
			ofCode = append(ofCode, u)
		}
	}
	if len(ofCode) > 0 {
		return naming.Answer{Units: ofCode}
	}
	if answer := n.in(m).Find(text); len(answer.Units) > 0 {
		return answer
	}
	// One that was not there in the month is told as such, not as unknown.
	return n.all.Find(text)
}

func (n *names) there(u *catalogue.Unit, m period.Month) bool {
	return m.IsZero() || u.ValidDuring(n.Timetable.Window(m))
}

func (n *names) in(m period.Month) naming.Units {
	units, known := n.units[m]
	if !known {
		absent := func(u *catalogue.Unit) bool { return !n.there(u, m) }
		units = naming.Among(slices.DeleteFunc(slices.Clone(n.Catalogue.Units), absent))
		n.units[m] = units
	}
	return units
}

// indicator finds an indicator by code, name or alias.
func (n *names) indicator(c table.Cell) string {
	// A workbook's list offers "CT02_LD – Số lao động …".
	text, _, _ := strings.Cut(c.Text, " – ")
	if i := slices.IndexFunc(n.Catalogue.Indicators, func(i *catalogue.Indicator) bool { return strings.EqualFold(i.Code, text) }); i >= 0 {
		return n.input(c, n.Catalogue.Indicators[i])
	}
	meant := n.byName[vietnamese.Fold(text)]
	if len(meant) == 0 {
		meant = n.byName[vietnamese.Fold(c.Text)] // a name may hold a dash of its own
	}
	switch {
	case len(meant) == 0:
		var codes []string
		for _, i := range n.Catalogue.Indicators {
			codes = append(codes, i.Code)
		}
		c.Wrong(table.Meant(text, codes), table.Because("không có chỉ tiêu này trong danh mục", "there is no such indicator"))
	case len(meant) > 1:
		c.Wrong(listed(meant, code), table.Because("tên này chỉ nhiều chỉ tiêu; hãy ghi mã", "this name means several indicators; write the code"))
	default:
		return n.input(c, meant[0])
	}
	return ""
}

// input is the code of an indicator that units report; one that is computed has
// no figures of its own.
func (n *names) input(c table.Cell, i *catalogue.Indicator) string {
	if i.Kind == catalogue.Derived {
		c.Wrong(strings.Join(i.Formula.Terms(), " | "), table.Because("chỉ tiêu này được tính từ chỉ tiêu khác", "this indicator is computed from others"))
		return ""
	}
	return i.Code
}

func id(u *catalogue.Unit) string { return u.ID }

func code(i *catalogue.Indicator) string { return i.Code }

// listed names what there is to choose from.
func listed[T any](all []T, name func(T) string) string {
	texts := make([]string, len(all))
	for i, one := range all {
		texts[i] = name(one)
	}
	return strings.Join(texts, " | ")
}
