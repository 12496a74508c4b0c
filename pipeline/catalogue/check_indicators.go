package catalogue

import (
	"maps"
	"slices"
	"strings"

	"tonghop/pipeline/table"
)

// askedCity is the word in asked_of for the city office.
const askedCity = "city"

// checkIndicators checks each indicator by its kind, then what it refers to.
func (c *Catalogue) checkIndicators(all rows) {
	asked := c.askable()
	for _, e := range all.indicators {
		i := e.Value
		refer(e.Record, "programme", i.Programme, c.programmes, aProgramme)
		inOrder(e.Record, i.ValidFrom, i.ValidTo)
		switch i.Kind {
		case Input:
			checkInput(e)
		case Derived:
			checkDerived(e)
		case Text:
			checkText(e)
		}
		checkTyped(e)
		c.checkPart(e)
		c.checkCompare(e)
		for _, name := range i.AskedOf {
			if !asked[name] {
				e.Wrong("asked_of", table.Meant(name, slices.Sorted(maps.Keys(asked))), say("%q không phải loại đơn vị, nhóm đơn vị hay city", "%q is no kind of unit, group of units or city", name))
			}
		}
		c.checkAliases(e)
	}
}

// askable is what may stand in asked_of.
func (c *Catalogue) askable() map[string]bool {
	all := map[string]bool{askedCity: true}
	for _, kind := range unitKinds {
		if kind != CityOffice {
			all[string(kind)] = true
		}
	}
	for _, u := range c.Units {
		if u.Group != "" {
			all[u.Group] = true
		}
	}
	return all
}

var numeric = []ValueType{Whole, Decimal, Percent}

// checkInput checks what a unit types as a number.
func checkInput(e entry[indicatorRow]) {
	i := e.Value
	if i.Type != "" && !slices.Contains(numeric, i.Type) {
		e.Wrong("type", "whole | decimal | percent", say("chỉ tiêu nhập là số; lời và lựa chọn có kind là text", "an input is a number; words and choices have kind text"))
	}
	for _, column := range []string{"nature", "across"} {
		if e.Text(column) == "" {
			e.Wrong(column, "", say("chỉ tiêu nhập phải có", "an input needs it"))
		}
	}
	if i.Type == Percent && i.Across == AcrossSum {
		e.Wrong("across", string(AcrossNone), say("tỷ lệ không cộng được; hãy nhập tử số, mẫu số và tính tỷ lệ bằng công thức", "a percent cannot be summed; ask for numerator and denominator and derive it"))
	}
	if i.Type == Percent && i.Nature == Flow {
		e.Wrong("nature", string(Stock), say("tỷ lệ không cộng được qua các tháng", "a percent cannot be added over months"))
	}
	e.KeepEmpty(say("chỉ dùng cho chỉ tiêu tính (kind derived)", "is for derived indicators only"), "formula", "compute_at")
}

// checkDerived checks what a formula computes. It is asked of nobody.
func checkDerived(e entry[indicatorRow]) {
	i := e.Value
	if i.Type != "" && !slices.Contains(numeric, i.Type) {
		e.Wrong("type", "whole | decimal | percent", say("chỉ tiêu tính là số", "a derived indicator is a number"))
	}
	if i.formula == "" {
		e.Wrong("formula", "", say("chỉ tiêu tính phải có công thức", "a derived indicator needs its formula"))
	}
	e.KeepEmpty(say("chỉ tiêu tính không hỏi đơn vị; điều này theo các số hạng", "a derived indicator is asked of nobody; its terms decide this"),
		"nature", "min", "max", "required", "part_of", "asked_of", "due", "allow_na")
	if i.ComputeAt == AtUnit && e.Text("across") == "" {
		e.Wrong("across", "share | sum | min | max | none", say("tính ở từng đơn vị thì phải nói cách gộp các đơn vị", "computed at the unit it needs a way across units"))
	}
	if i.ComputeAt == AtAggregate {
		e.KeepEmpty(say("chỉ tiêu tính trên số cộng thì không gộp thêm lần nữa", "computed over aggregates it is not aggregated again"), "across")
	}
}

// checkText checks what a unit answers in words or by choosing.
func checkText(e entry[indicatorRow]) {
	if slices.Contains(numeric, e.Value.Type) {
		e.Wrong("type", "text | choice | yesno", say("chỉ tiêu lời không phải là số", "an indicator of words is not a number"))
	}
	if e.Value.Across != AcrossNone && e.Text("across") != "" {
		e.Wrong("across", string(AcrossNone), say("lời không cộng được", "words are never summed"))
	}
	e.KeepEmpty(say("không dùng cho chỉ tiêu lời", "is not for indicators of words"), "formula", "compute_at", "nature", "min", "max", "part_of", "decimals")
}

// checkTyped checks the columns that depend on the type and the way across.
func checkTyped(e entry[indicatorRow]) {
	i := e.Value
	switch {
	case i.Type == Choice && len(i.Choices) < 2:
		e.Wrong("choices", "chưa triển khai|đang triển khai|hoàn thành", say("cần ít nhất hai lựa chọn", "needs at least two choices"))
	case i.Type != Choice:
		e.KeepEmpty(say("chỉ dùng cho type choice", "is for type choice only"), "choices")
	}
	switch {
	case i.Across == AcrossShare && e.Text("reaches") == "":
		e.Wrong("reaches", "100", say("across share cần mức mà từ đó một đơn vị được tính", "across share needs the value from which a unit counts"))
	case i.Across != AcrossShare:
		e.KeepEmpty(say("chỉ dùng với across share", "is for across share only"), "reaches")
	}
	if i.Type == Whole && i.Decimals > 0 {
		e.Wrong("decimals", "0", say("số nguyên không có phần thập phân", "a whole number has no decimals"))
	}
	checkBounds(e)
}

// checkBounds checks that there is something between min and max at all times:
// at each step of either.
func checkBounds(e entry[indicatorRow]) {
	i := e.Value
	for _, step := range slices.Concat(i.Min, i.Max) {
		least, most := i.Min.In(step.From), i.Max.In(step.From)
		if least != nil && most != nil && least.Cmp(*most) > 0 {
			e.Wrong("max", "", say("nhỏ hơn min", "is less than min"))
			return
		}
	}
}

// checkPart checks part_of: both must add up alike, so that a part can be held
// against its whole in every span. A count since January may be part of a
// stock, since both are taken from the span's last month: officers trained, of
// officers.
func (c *Catalogue) checkPart(e entry[indicatorRow]) {
	i := e.Value
	whole, ok := c.referIndicator(e.Record, "part_of", i.PartOf)
	if !ok {
		return
	}
	switch {
	case whole.Kind != Input:
		e.Wrong("part_of", "", say("phải là chỉ tiêu nhập", "must be an input"))
	case (whole.Nature == Flow) != (i.Nature == Flow) || whole.Across != i.Across:
		e.Wrong("part_of", "", say("phần và toàn thể phải cùng cách cộng theo tháng (nature) và theo đơn vị (across)", "a part and its whole must add up alike over months (nature) and units (across)"))
	}
	seen := map[string]bool{i.Code: true}
	for at := whole; at != nil; at = c.indicators[at.PartOf] {
		if at.Code == i.Code {
			e.Wrong("part_of", "", say("các phần tạo thành vòng", "the parts form a loop"))
		}
		if seen[at.Code] {
			return
		}
		seen[at.Code] = true
	}
}

func (c *Catalogue) checkCompare(e entry[indicatorRow]) {
	i := e.Value
	base, isPer := strings.CutPrefix(i.Compare, "per:")
	switch {
	case isPer:
		if of, ok := c.referIndicator(e.Record, "compare", base); ok && of.Kind == Text {
			e.Wrong("compare", "", say("mẫu số phải là số", "the base must be a number"))
		}
	case i.Compare == "rate" && i.Kind != Derived:
		e.Wrong("compare", "none | own_target | per:CODE", say("rate chỉ dùng cho tỷ lệ tính được", "rate is for derived rates only"))
	case !slices.Contains([]string{"none", "own_target", "rate"}, i.Compare):
		e.Wrong("compare", "none | own_target | rate | per:CODE", say("không phải giá trị cho phép", "is not one of the allowed values"))
	}
}
