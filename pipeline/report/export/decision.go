package export

import (
	"tonghop/pipeline/decision"
	"tonghop/pipeline/period"
)

// Decision is a decision of the office that the period rests on, by
// the columns of its table.
type Decision struct {
	ID        string      `json:"id"`
	Date      period.Date `json:"date"`
	By        string      `json:"by"`
	Kind      string      `json:"kind"`
	Period    string      `json:"period,omitempty"`
	Unit      string      `json:"unit,omitempty"`
	Indicator string      `json:"indicator,omitempty"`
	File      string      `json:"file,omitempty"`
	Old       string      `json:"old_value,omitempty"`
	New       string      `json:"new_value,omitempty"`
	Basis     string      `json:"basis"`
	Confirmed bool        `json:"confirmed"`
}

// NewDecision gives a decision as other programs read it.
func NewDecision(d *decision.Decision) Decision {
	return Decision{
		ID: d.ID, Date: d.Date, By: d.By, Kind: string(d.Kind), Period: d.Period.String(), Unit: d.Unit,
		Indicator: d.Indicator, File: d.File, Old: d.Old.Raw, New: d.New.Raw, Basis: d.Basis, Confirmed: d.Confirmed,
	}
}
