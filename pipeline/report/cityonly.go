package report

import (
	"strings"

	"tonghop/pipeline/finding"
	"tonghop/pipeline/narrative"
	"tonghop/pipeline/wording"
)

// point is what is printed of a finding beside its place: the cell's text, and
// what to do. Where it would tell a unit's figure that is printed for the city
// only, the place alone is told.
func (c *composer) point(f Finding) (raw, what string) {
	if len(narrative.CityOnly(c.Summary.Catalogue, f.Finding)) > 0 {
		return "", c.say("report.point_city_only", "title", f.Title)
	}
	told := f.Sentence
	if own := c.withoutCityOnly(f.Finding); own.Args != nil {
		told = c.Phrases.Finding(own, c.Phrases.FactsFrom(c.Summary.Catalogue, own))
	}
	return f.Raw, join(told.Message, told.Remedy)
}

// withoutCityOnly is a finding that lists the figures of several indicators,
// without those that are printed for the city only; the zero Finding where it
// lists none of them.
func (c *composer) withoutCityOnly(f finding.Finding) finding.Finding {
	changed := false
	for name, list := range f.Args {
		if !wording.Figured(f.Code, name) {
			continue
		}
		items := strings.Split(list, "|")
		for i, item := range items {
			code, _, figured := strings.Cut(item, ": ")
			if ind, ok := c.Summary.Catalogue.Indicator(code); ok && ind.CityOnly && figured {
				items[i], changed = code+": "+c.say("report.value_city_only"), true
			}
		}
		f = f.With(name, strings.Join(items, "|"))
	}
	if !changed {
		return finding.Finding{}
	}
	return f
}
