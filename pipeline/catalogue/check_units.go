package catalogue

import (
	"slices"
	"strings"
)

// checkUnits checks what rows of units, programmes and successions can only
// show together.
func (c *Catalogue) checkUnits(all rows) {
	ids := make(map[string]string)
	for i, e := range all.units {
		u := e.Value
		inOrder(e.Record, u.ValidFrom, u.ValidTo)
		if other := ids[strings.ToLower(u.ID)]; other != "" && other != u.ID {
			e.Wrong("id", "", say("trùng với %q khi không phân biệt chữ hoa", "is %q but for capitals", other))
		}
		ids[strings.ToLower(u.ID)] = u.ID
		if u.Email != "" && strings.Count(u.Email, "@") != 1 {
			e.Wrong("email", "ten@coquan.vn", say("không phải địa chỉ thư điện tử", "is not an e-mail address"))
		}
		for _, before := range all.units[:i] {
			o := before.Value
			if u.Code != "" && u.Code == o.Code && u.ID != o.ID && overlap(u.ValidFrom, u.ValidTo, o.ValidFrom, o.ValidTo) {
				e.Wrong("code", "", say("đơn vị %s cùng mã này trong cùng thời gian", "unit %s has this code at the same time", o.ID))
			}
		}
	}
	c.checkSuccessions(all.successions)
}

func (c *Catalogue) checkSuccessions(all []entry[Succession]) {
	next := make(map[string][]string)
	for _, e := range all {
		s := e.Value
		from, fromKnown := refer(e.Record, "from", s.From, c.units, aUnit)
		to, toKnown := refer(e.Record, "to", s.To, c.units, aUnit)
		switch {
		case s.From == s.To && s.From != "":
			e.Wrong("to", "", say("một đơn vị không thể kế thừa chính mình", "a unit cannot succeed itself"))
		case fromKnown && !from.ValidTo.IsZero() && s.Kind != "part" && s.Kind != "split" && s.Date.Before(from.ValidTo):
			e.Wrong("date", from.ValidTo.AddDays(1).String(), say("trước ngày %s kết thúc", "is before %s ended", s.From))
		case toKnown && !to.ValidFrom.IsZero() && s.Date.After(to.ValidFrom) && s.Kind != "part":
			e.Wrong("date", to.ValidFrom.String(), say("sau ngày %s bắt đầu", "is after %s began", s.To))
		case reaches(next, s.To, s.From):
			e.Wrong("to", "", say("các kế thừa tạo thành vòng", "the successions form a loop"))
		default:
			if slices.Contains(next[s.From], s.To) {
				e.Wrong("to", "", say("đã có ở một dòng trên", "is there in a row above"))
			}
			next[s.From] = append(next[s.From], s.To)
		}
	}
}

// reaches reports whether one can go from a to b. The graph has no loop.
func reaches(next map[string][]string, a, b string) bool {
	seen := make(map[string]bool)
	queue := []string{a}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		if at == b {
			return true
		}
		if !seen[at] {
			seen[at] = true
			queue = append(queue, next[at]...)
		}
	}
	return false
}
