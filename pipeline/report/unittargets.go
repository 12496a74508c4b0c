package report

// unitTargets is the table of targets that single units were set, each with its
// verdict; nothing where no unit has any. What is printed for the city only has
// none here.
func (c *composer) unitTargets() []Block {
	t := Table{
		Columns: []Column{{Weight: 34}, {Weight: 60}, {Weight: 18, Align: Right}, {Weight: 18, Align: Right}, {Weight: 15, Align: Right}, {Weight: 16, Align: Center}, {Weight: 50}},
		Head: [][]Cell{c.head("column.unit", "column.indicator", "column.value", "column.target",
			"column.attained", "column.coverage", "column.verdict")},
	}
	for _, f := range c.Summary.JudgedUnits() {
		if f.Indicator.CityOnly {
			continue
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			{Text: c.unitTitle(f.Unit)},
			{Text: c.Phrases.IndicatorName(f.Indicator) + c.horizonSuffix(f)},
			{Text: c.value(f), Italic: f.Provisional},
			{Text: c.target(f)},
			{Text: c.percent(f.Judgment.Attained)},
			{Text: c.coverage(f)},
			{Text: joined(c.verdictCell(f), c.Phrases.Adjusted(f.Judgment, f.Indicator)), Strong: decided(f.Judgment.Verdict)},
		}})
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return []Block{Heading{Level: 3, Text: c.say("report.section.unit_targets")}, t}
}
