package catalogue

import (
	"maps"
	"slices"
	"strings"

	"tonghop/pipeline/table"
	"tonghop/pipeline/vietnamese"
)

// Named returns the indicator with this code, ignoring case, else the one that
// was called so before: what was stored under a code that has since changed,
// such as a decision of last year, still means its indicator.
func (c *Catalogue) Named(name string) (*Indicator, bool) {
	if i, ok := c.indicators[strings.ToUpper(name)]; ok {
		return i, true
	}
	i, ok := c.aliases[vietnamese.Fold(name)]
	return i, ok
}

// indexAliases gathers the older names of indicators. checkAliases tells of one
// that two share.
func (c *Catalogue) indexAliases() {
	c.aliases = make(map[string]*Indicator)
	for _, i := range c.Indicators {
		for _, alias := range i.Aliases {
			if key := vietnamese.Fold(alias); key != "" && c.aliases[key] == nil {
				c.aliases[key] = i
			}
		}
	}
}

// checkAliases refuses an older name that is another indicator's code or older
// name, as a reader of reports would match it: what is stored under it would
// belong to either.
func (c *Catalogue) checkAliases(e entry[indicatorRow]) {
	own := &e.Value.Indicator
	for _, alias := range own.Aliases {
		same := func(name string) bool { return vietnamese.Fold(name) == vietnamese.Fold(alias) }
		above := true // of two with one alias the second is told
		for _, other := range c.Indicators {
			if other == own {
				above = false
			} else if same(other.Code) || above && slices.ContainsFunc(other.Aliases, same) {
				e.Wrong("aliases", "", say("%q đã là mã hoặc tên khác của %s", "%q is a code or another alias of %s", alias, other.Code))
				break
			}
		}
	}
}

// referIndicator finds the indicator that a row names, or reports that there is
// none, with the code probably meant: the present one where an older one stands
// there.
func (c *Catalogue) referIndicator(r record, column, code string) (*Indicator, bool) {
	i, ok := c.indicators[code]
	if ok || code == "" {
		return i, ok
	}
	if renamed, known := c.Named(code); known {
		r.Wrong(column, renamed.Code, say("mã %q đã đổi thành %s", "%q is now called %s", code, renamed.Code))
		return nil, false
	}
	near := table.Meant(code, slices.Sorted(maps.Keys(c.indicators)))
	r.Wrong(column, near, say("không có chỉ tiêu %q", "there is no indicator %q", code))
	return nil, false
}
