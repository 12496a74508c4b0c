package narrative

import (
	"slices"
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/finding"
)

// Writing says whose words may stand in an argument of a finding.
type Writing uint8

// The kinds of writing.
const (
	Ours    Writing = iota // the program's: a number, a code, a reason
	Theirs                 // somebody's, such as the name of a file
	Quoted                 // what was typed for the finding's indicator, or the reason given for it
	Answers                // indicators and what was answered to each, "CT02_LD: 41 → 43|CT07_GP1_ND: …"
)

// Finding is a finding as it may be printed. Writing tells whose words stand in
// each of its arguments.
func (d *Discretion) Finding(f finding.Finding, writing func(argument string) Writing) finding.Finding {
	abouts := CityOnly(d.Catalogue, f)
	if len(abouts) == 0 {
		abouts = []string{f.Indicator}
	}
	for _, text := range []*string{&f.Raw, &f.Read, &f.Want} {
		if d.whyAll(abouts, f.Unit, *text) != "" {
			*text = d.Withheld
		}
	}
	for name, text := range f.Args {
		kind := writing(name)
		switch {
		case kind == Ours:
		case d.why("", f.Unit, text) != "", kind == Quoted && d.whyAll(abouts, f.Unit, text) != "":
			f = f.With(name, d.Withheld)
		case kind == Answers:
			f = f.With(name, d.answers(f.Unit, text))
		}
	}
	return f
}

// answers withholds those that are told in words and are about abuse.
func (d *Discretion) answers(unit, list string) string {
	items := strings.Split(list, "|")
	for i, item := range items {
		code, said, _ := strings.Cut(item, ": ")
		if strings.ContainsRune(said, '“') && d.why(code, unit, said) != "" {
			items[i] = code + ": " + d.Withheld
		}
	}
	return strings.Join(items, "|")
}

// CityOnly are the indicators printed for the city only of which a finding may
// quote a unit's figure or words: its own, and those that the broken rule
// compares. What a finding says of the city itself quotes no unit.
func CityOnly(c *catalogue.Catalogue, f finding.Finding) []string {
	var codes []string
	add := func(code string) {
		if ind, ok := c.Indicator(code); ok && ind.CityOnly && !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	add(f.Indicator)
	add(f.Args["whole"])
	add(f.Args["denominator"])
	if f.Code == finding.RuleBroken {
		for _, r := range c.Rules {
			if r.ID == f.Args["rule"] {
				for _, ref := range r.Check.Refs() {
					add(ref.Code)
				}
			}
		}
	}
	return codes
}
