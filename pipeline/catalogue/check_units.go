package catalogue

import (
	"slices"
	"strings"

	"tonghop/pipeline/figure"
	"tonghop/pipeline/mailaddress"
	"tonghop/pipeline/period"
)

// checkUnits checks what rows of units, programmes and successions can only
// show together.
func (c *Catalogue) checkUnits(all rows) {
	ids := make(map[string]string)
	codes, names := make(map[string][]*Unit), make(map[string][]*Unit)
	for _, e := range all.units {
		u := e.Value
		inOrder(e.Record, u.ValidFrom, u.ValidTo)
		if other := ids[strings.ToLower(u.ID)]; other != "" && other != u.ID {
			e.Wrong("id", "", say("trùng với %q khi không phân biệt chữ hoa", "is %q but for capitals", other))
		}
		ids[strings.ToLower(u.ID)] = u.ID
		if u.Email != "" && mailaddress.Check(u.Email) != nil {
			e.Wrong("email", "ten@coquan.vn", say("không phải địa chỉ thư điện tử", "is not an e-mail address"))
		}
		if o := besides(codes, u.Code, u); o != nil {
			e.Wrong("code", "", say("đơn vị %s cùng mã này trong cùng thời gian", "unit %s has this code at the same time", o.ID))
		}
		if o := besides(names, string(u.Kind)+" "+strings.ToLower(u.Name), u); o != nil {
			e.Wrong("name", "", say("đơn vị %s cùng loại, cùng tên này trong cùng thời gian", "unit %s has this kind and name at the same time", o.ID))
		}
	}
	c.checkSuccessions(all.successions)
}

// besides remembers a unit under a key, and returns one remembered under it
// before that exists at the same time.
func besides(known map[string][]*Unit, key string, u *Unit) *Unit {
	if key == "" {
		return nil
	}
	before := known[key]
	known[key] = append(before, u)
	for _, o := range before {
		if o.ID != u.ID && overlap(u.ValidFrom, u.ValidTo, o.ValidFrom, o.ValidTo) {
			return o
		}
	}
	return nil
}

// checkSuccessions checks each succession against its two units, and against
// the rows above it.
func (c *Catalogue) checkSuccessions(all []entry[Succession]) {
	next := make(map[string][]string)
	given := make(map[origin]figure.Number)
	above := make(map[string][]*Succession) // by either unit
	for _, e := range all {
		s := e.Value
		from, fromKnown := refer(e.Record, "from", s.From, c.units, aUnit)
		to, toKnown := refer(e.Record, "to", s.To, c.units, aUnit)
		switch {
		case s.From == s.To && s.From != "":
			e.Wrong("to", "", say("một đơn vị không thể kế thừa chính mình", "a unit cannot succeed itself"))
		case reaches(next, s.To, s.From):
			e.Wrong("to", "", say("các kế thừa tạo thành vòng", "the successions form a loop"))
		case slices.Contains(next[s.From], s.To):
			e.Wrong("to", "", say("đã có ở một dòng trên", "is there in a row above"))
		case fromKnown && toKnown && !datesAgree(e, from, to):
		default:
			next[s.From] = append(next[s.From], s.To)
			checkKind(e, slices.Concat(above[s.From], above[s.To]))
			checkShare(e, given)
			above[s.From], above[s.To] = append(above[s.From], s), append(above[s.To], s)
		}
	}
}

// datesAgree reports whether a succession's date is that on which the one unit
// left off and the other took over.
func datesAgree(e entry[Succession], from, to *Unit) bool {
	s := e.Value
	if s.Date.IsZero() {
		return true // the cell has its own problem
	}
	ends, begins := leaves(s.Kind), makes(s.Kind)
	after := from.ValidTo.AddDays(1)
	switch {
	case ends && from.ValidTo.IsZero():
		e.Wrong("from", "valid_to "+s.Date.AddDays(-1).String(), say("%s chưa có ngày kết thúc trong bảng units", "%s has no end in the table units", s.From))
	case ends && s.Date.Before(after):
		e.Wrong("date", after.String(), say("trước ngày %s kết thúc", "is before %s ended", s.From))
	case !from.ValidTo.IsZero() && s.Date.After(after):
		e.Wrong("date", after.String(), say("%s kết thúc từ %s, khoảng giữa không thuộc đơn vị nào", "%s ended on %s: the days between are nobody's", s.From, from.ValidTo))
	case !from.ValidFrom.IsZero() && !s.Date.After(from.ValidFrom):
		e.Wrong("date", "", say("trước khi %s bắt đầu", "is before %s began", s.From))
	case begins && to.ValidFrom.IsZero():
		e.Wrong("to", "valid_from "+s.Date.String(), say("%s chưa có ngày bắt đầu trong bảng units", "%s has no beginning in the table units", s.To))
	case begins && s.Date.After(to.ValidFrom):
		e.Wrong("date", to.ValidFrom.String(), say("sau ngày %s bắt đầu", "is after %s began", s.To))
	case s.Date.Before(to.ValidFrom):
		e.Wrong("date", to.ValidFrom.String(), say("trước ngày %s bắt đầu", "is before %s began", s.To))
	case !to.ValidTo.IsZero() && s.Date.After(to.ValidTo):
		e.Wrong("date", "", say("sau ngày %s kết thúc", "is after %s ended", s.To))
	default:
		return true
	}
	return false
}

// checkKind holds what a kind says of the whole of a unit against the rows above
// about either unit.
func checkKind(e entry[Succession], above []*Succession) {
	s := e.Value
	for _, o := range above {
		switch {
		case o.From == s.From && (leaves(s.Kind) || leaves(o.Kind)):
			e.Wrong("kind", "split | part", say("%s đã đi hết sang %s ở một dòng trên, hoặc dòng này là cả đơn vị", "the whole of %s went to %s in a row above, or to this one", s.From, o.To))
		case o.To == s.To && (makes(s.Kind) || makes(o.Kind)):
			e.Wrong("kind", "merged | part", say("%s đã gồm cả %s ở một dòng trên: không phải chỉ từ một đơn vị", "%s came from %s, too, in a row above: from no single unit", s.To, o.From))
		default:
			continue
		}
		return
	}
}

// leaves reports whether a succession takes the whole of the old unit, makes
// whether it is the whole of the new one.
func leaves(k SuccessionKind) bool { return k == Renamed || k == Merged }
func makes(k SuccessionKind) bool  { return k == Renamed || k == Split }

// origin is a unit at one of the days on which it gave something away.
type origin struct {
	unit string
	date period.Date
}

// checkShare checks that a unit does not give away more than it had.
func checkShare(e entry[Succession], given map[origin]figure.Number) {
	s := e.Value
	one := figure.Int(1)
	if s.Share == nil || s.Share.Cmp(one) > 0 { // the cell has its own problem
		return
	}
	if leaves(s.Kind) && s.Share.Cmp(one) != 0 {
		e.Wrong("share", "1", say("loại %[1]s là cả đơn vị", "kind %[1]s is the whole unit", s.Kind))
		return
	}
	from := origin{s.From, s.Date}
	sum := given[from].Add(*s.Share)
	if sum.Cmp(one) > 0 {
		e.Wrong("share", "", say("các phần của %s cộng lại là %s, lớn hơn 1", "the shares of %s add up to %s, more than 1", s.From, sum))
		return
	}
	given[from] = sum
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
