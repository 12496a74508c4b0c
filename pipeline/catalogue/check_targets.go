package catalogue

import "tonghop/pipeline/period"

// checkTargets checks each target and that no two hold for the same months.
func (c *Catalogue) checkTargets(all rows) {
	for n, e := range all.targets {
		t := e.Value
		refer(e.Record, "unit", t.Unit, c.units, aUnit)
		i, known := c.referIndicator(e.Record, "indicator", t.Indicator)
		if known {
			c.checkTarget(e, i)
		}
		if t.To.Before(t.From) && !t.To.IsZero() {
			e.Wrong("to", "", say("trước tháng bắt đầu %s", "is before the first month, %s", t.From))
		}
		checkPath(e)
		if !t.Since.IsZero() && (t.Since.Before(t.From) || t.Since.After(t.To)) {
			e.Wrong("since", "", say("nằm ngoài thời gian của mục tiêu, %s đến %s", "is outside the target's months, %s to %s", t.From, t.To))
		}
		for _, before := range all.targets[:n] {
			checkApart(e, before)
		}
	}
}

// checkApart checks that two targets do not hold at once. They may share their
// months only where one adjusts the other: the horizon stays, and the value
// holds from another month on.
func checkApart(e, before entry[Target]) {
	t, o := e.Value, before.Value
	if o.To.Before(t.From) || t.To.Before(o.From) {
		return
	}
	if t.rivals(o) {
		switch {
		case t.Start() == o.Start() && !t.Since.IsZero():
			e.Wrong("since", "", say("cùng tháng bắt đầu với mục tiêu ở %s", "begins in the same month as the target at %s", before.Where("from")))
		case t.Since.IsZero() && o.Since.IsZero():
			e.Wrong("from", "", say("trùng tháng với mục tiêu ở %s; nếu là điều chỉnh thì ghi tháng áp dụng ở cột since", "shares months with the target at %s; an adjustment needs its month in column since", before.Where("from")))
		case t.From != o.From || t.To != o.To:
			e.Wrong("from", o.From.String(), say("mục tiêu điều chỉnh phải giữ nguyên from và to của mục tiêu ở %s", "an adjustment keeps from and to of the target at %s", before.Where("from")))
		}
		return
	}
	// Plan to date is one span with one beginning.
	if t.Horizon == HorizonPlan && o.Horizon == HorizonPlan && o.From != t.From {
		e.Wrong("from", o.From.String(), say("các kế hoạch cùng thời gian phải bắt đầu cùng tháng với mục tiêu ở %s", "plans that overlap must begin in the same month as the target at %s", before.Where("from")))
	}
}

// checkTarget checks a target against the indicator it judges.
func (c *Catalogue) checkTarget(e entry[Target], i *Indicator) {
	t := e.Value
	switch {
	case i.Kind == Text:
		e.Wrong("indicator", "", say("là lời, không có mục tiêu bằng số", "is words and has no target"))
	case t.Unit == "" && i.Across == AcrossNone:
		e.Wrong("unit", "", say("chỉ tiêu này không có số của thành phố", "this indicator has no figure for the city"))
	case t.Pace == PaceLinear && i.Type == Percent:
		e.Wrong("pace", string(PaceLevel), say("tỷ lệ không tăng dần theo tháng", "a rate does not accumulate over months"))
	case t.Pace == PaceAtDue && len(c.DueMonths(i)) == 0:
		e.Wrong("pace", string(PaceLevel), say("chỉ tiêu này hỏi hằng tháng, không có tháng đến hạn", "this indicator is asked every month and is due in none"))
	case t.Pace == PaceLinear && t.Horizon == HorizonMonth:
		e.Wrong("pace", string(PaceLevel), say("mục tiêu tháng không chia theo tiến độ", "a month's target has no pace"))
	}
}

func checkPath(e entry[Target]) {
	t := e.Value
	if t.Pace != PacePath {
		e.KeepEmpty(say("chỉ dùng với pace path", "is for pace path only"), "path")
		return
	}
	if len(t.Path) == 0 {
		e.Wrong("path", "2021-12:7000|2022-12:14000", say("pace path cần các mốc", "pace path needs its milestones"))
		return
	}
	for _, m := range t.Path {
		if m.Month.Before(t.From) || m.Month.After(t.To) {
			e.Wrong("path", "", say("mốc %s nằm ngoài thời gian của mục tiêu", "milestone %s is outside the target's months", m.Month))
		}
	}
	if last := t.Path[len(t.Path)-1]; !last.Value.Equal(t.Value) {
		e.Wrong("path", "", say("mốc cuối phải bằng value", "the last milestone must be the value"))
	}
}

// checkOpenings checks each opening and that none covers what another covers:
// the city's figure would count twice.
func (c *Catalogue) checkOpenings(all rows) {
	for n, e := range all.openings {
		o := e.Value
		refer(e.Record, "unit", o.Unit, c.units, aUnit)
		i, known := c.referIndicator(e.Record, "indicator", o.Indicator)
		if known && (i.Kind != Input || i.Nature != Flow) {
			e.Wrong("indicator", "", say("số mở đầu chỉ dùng cho chỉ tiêu nhập có nature flow", "an opening is for inputs of nature flow only"))
		}
		if known {
			if least := i.Min.In(o.Through); least != nil && o.Value.Cmp(*least) < 0 {
				e.Wrong("value", least.String(), say("nhỏ hơn mức thấp nhất của chỉ tiêu (%s)", "is less than the indicator's minimum (%s)", least.String()))
			}
		}
		for _, before := range all.openings[:n] {
			p := before.Value
			if p.Indicator != o.Indicator || p.Span != o.Span || o.Span == OpeningYear && p.Through.Year != o.Through.Year {
				continue
			}
			switch {
			case p.Unit == o.Unit:
				e.Wrong("through", "", say("cùng thời gian với số mở đầu ở %s", "covers the same time as the opening at %s", before.Where("through")))
			case p.Unit == "" || o.Unit == "":
				e.Wrong("unit", "", say("thành phố và đơn vị cùng có số mở đầu cho cùng thời gian (%s)", "the city and a unit both have an opening for the same time (%s)", before.Where("unit")))
			}
		}
	}
}

// checkCalendar checks that a day is there once and that one form at a time is
// in force.
func (c *Catalogue) checkCalendar(all rows) {
	days := make(map[period.Date]bool)
	for _, e := range all.calendar {
		if d := e.Value.date; !d.IsZero() && days[d] {
			e.Wrong("date", "", say("ngày này đã có ở một dòng trên", "the day is there in a row above"))
		}
		days[e.Value.date] = true
	}
	for n, e := range all.forms {
		f := e.Value
		inOrder(e.Record, f.ValidFrom, f.ValidTo)
		for _, before := range all.forms[:n] {
			if o := before.Value; overlap(f.ValidFrom, f.ValidTo, o.ValidFrom, o.ValidTo) {
				e.Wrong("valid_from", "", say("cùng thời gian với mẫu %s", "is in force at the same time as form %s", o.Version))
			}
		}
	}
}
