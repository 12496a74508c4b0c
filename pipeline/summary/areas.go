package summary

import (
	"fmt"
	"slices"
	"strings"

	"tonghop/pipeline/catalogue"
	"tonghop/pipeline/figure"
	"tonghop/pipeline/period"
)

// Trends says by which units figures of several months are grouped where units
// have changed.
type Trends string

// The groupings.
const (
	TrendsReported    Trends = "reported"    // by the units that reported them
	TrendsPredecessor Trends = "predecessor" // by the units there were before: approximate
)

// ParseTrends reads a setting.
func ParseTrends(text string) (Trends, error) {
	if t := Trends(text); slices.Contains([]Trends{TrendsReported, TrendsPredecessor}, t) {
		return t, nil
	}
	return "", fmt.Errorf("trends %q: want reported or predecessor", text)
}

// Areas are monthly figures grouped by predecessor: each figure stands with the
// old unit from whose area its unit came. They are approximate. What came from
// several old units is shared out among them only where the shares are known;
// else it stands in a remainder, and each of the old units lacks it.
//
// In every month and indicator the areas and the remainder add up to the city,
// exactly.
type Areas struct {
	Months []period.Month
	Units  []*catalogue.Unit // the old units, in catalogue order
	Series []AreaSeries      // by indicator, in catalogue order
}

// AreaSeries is one indicator, month by month.
type AreaSeries struct {
	Indicator *catalogue.Indicator
	City      []AreaFigure
	Areas     [][]AreaFigure // in the order of Units
	Remainder []AreaFigure
}

// AreaFigure is the figure of a month.
type AreaFigure struct {
	// Value is blank where no unit gave a figure for it: that is not 0.
	Value figure.Figure
	// Reported and Expected count the units, also those with a share in it only.
	Reported, Expected int
	// Partial says that some of the area's figures stand in the remainder.
	Partial bool
}

// Text writes every figure on a line of its own, exactly: two Areas are equal if
// their texts are.
func (a *Areas) Text() string {
	var all strings.Builder
	for _, s := range a.Series {
		for i, m := range a.Months {
			line := func(who string, f AreaFigure) {
				fmt.Fprintf(&all, "%s %s %s = %s [%d/%d]", s.Indicator.Code, m, who, f.Value, f.Reported, f.Expected)
				if f.Partial {
					all.WriteString(" partial")
				}
				all.WriteByte('\n')
			}
			line("city", s.City[i])
			for n, u := range a.Units {
				line(u.ID, s.Areas[n][i])
			}
			line("remainder", s.Remainder[i])
		}
	}
	return all.String()
}

// Unreported are the days of a month for which nobody is asked: those of units
// that ended inside its window, by the setting.
type Unreported struct {
	Month period.Month
	Days  period.Window
	Units []*catalogue.Unit // in catalogue order
}
