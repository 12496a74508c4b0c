package export

import (
	"tonghop/pipeline/period"
	"tonghop/pipeline/summary"
)

// unreportedJSON are days that no figure covers: those of units that ended, by
// the office's setting. It is there only where there are any.
type unreportedJSON struct {
	Period period.Month `json:"period"`
	Days   windowJSON   `json:"days"`
	Units  []string     `json:"units"`
}

func newUnreported(u *summary.Unreported) unreportedJSON {
	out := unreportedJSON{Period: u.Month, Days: windowJSON{u.Days.From, u.Days.To}}
	for _, unit := range u.Units {
		out.Units = append(out.Units, unit.ID)
	}
	return out
}
