package report

import (
	"slices"

	"tonghop/pipeline/catalogue"
)

// group is some units under one heading of a table.
type group struct {
	name  string // as in the catalogue; empty for the units of none
	title string // empty where nothing is grouped
	units []*catalogue.Unit
}

// groups are the expected units by their groups, in the order in which these
// first appear; then those of no group. Where nobody is in a group there is one
// without a title.
func (c *composer) groups() []group {
	var all []group
	var none []*catalogue.Unit
	for _, u := range c.Summary.Expected {
		i := slices.IndexFunc(all, func(g group) bool { return g.name == u.Group })
		switch {
		case u.Group == "":
			none = append(none, u)
		case i < 0:
			all = append(all, group{name: u.Group, title: u.Group, units: []*catalogue.Unit{u}})
		default:
			all[i].units = append(all[i].units, u)
		}
	}
	switch {
	case len(none) > 0 && len(all) > 0:
		all = append(all, group{title: c.say("report.no_group"), units: none})
	case len(none) > 0:
		all = append(all, group{units: none})
	}
	return all
}
